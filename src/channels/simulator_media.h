#ifndef CHANNELS_SIMULATOR_MEDIA_H
#define CHANNELS_SIMULATOR_MEDIA_H
/*
 * simulator_media -- what simulated phones sent beside words, until the program has fetched it.
 *
 * A real carrier keeps it for a while; this one keeps the last few in memory, never on the disk: what is not fetched before newer ones come,
 * or before the program ends, is gone, as it may be at any carrier. Any thread.
 */
#include "base/buf.h"
#include "base/crypto.h"
#include "base/status.h"
#include "channels/channel.h"

enum {
    SIM_MEDIA_BYTES_MAX = 16 << 20, /* of one, as WhatsApp */
    SIM_MEDIA_REF_BYTES = TOKEN_TEXT_BYTES
};

struct simulator_media;

enum status simulator_media_new(struct simulator_media **, struct err *) MUST_CHECK;
void simulator_media_free(struct simulator_media *); /* NULL is fine */

/* The bytes, which the caller gives away (*bytes is empty then), under a name of their own, NUL-terminated. */
void simulator_media_put(struct simulator_media *, struct buf *bytes, char ref[SIM_MEDIA_REF_BYTES]);

/* As channel.fetch and channel.forget_media. */
enum status simulator_media_fetch(struct simulator_media *, struct arena *, struct str ref, size_t bytes_max,
                                  struct str *bytes, struct err *) MUST_CHECK;
enum status simulator_media_forget(struct simulator_media *, struct str ref, struct err *) MUST_CHECK;

#endif
