#ifndef SESSIONS_THREAD_H
#define SESSIONS_THREAD_H
/*
 * thread -- everything that was ever written with one patient, or with one number, as one reads it on a telephone. Of this room only.
 *
 * Messages are numbered from the oldest, so that a number never changes while new ones come: a page of a long thread may be asked for
 * anywhere in it.
 */
#include "messaging/message.h"

enum { THREAD_SIZE_DEFAULT = 50, THREAD_SIZE_MAX = 100 };

struct thread_part {
    struct message_thread of;
    int64_t from, size; /* from -1: the newest */
};

/* The part as JSON: with its answers' sources, who wrote, and what people of the clinic did meanwhile. */
enum status thread_write(struct db *, struct arena *, const struct thread_part *, struct json_out *,
                         struct err *) MUST_CHECK;

#endif
