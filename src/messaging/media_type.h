#ifndef MESSAGING_MEDIA_TYPE_H
#define MESSAGING_MEDIA_TYPE_H
/*
 * media_type -- what somebody sent, by its bytes alone: what the carrier says of it was said by the sender's telephone. Pure.
 */
#include "base/base.h"

enum media_kind {
    MEDIA_UNWANTED, /* a program, a page, a video, whatever cannot be shown or heard here */
    MEDIA_PAPER,    /* can become a document (documents/file_type.h) */
    MEDIA_VOICE
};

struct media_type {
    enum media_kind kind;
    const char *mime, *suffix; /* "audio/ogg", ".ogg"; empty of what is unwanted */
};

/* All bytes. */
struct media_type media_type_of(struct str bytes);

/* ".ogg" of "audio/ogg"; "" of what is none of them. */
const char *media_type_suffix(struct str mime);

#endif
