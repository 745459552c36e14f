#ifndef MESSAGING_MEDIA_FORGET_H
#define MESSAGING_MEDIA_FORGET_H
/*
 * media_forget -- what we have (or do not want) is removed at the carrier: people's papers lie nowhere that nobody needs them. Of this room only.
 */
#include "messaging/media.h"

/* In the caller's transaction; nothing for a carrier that cannot forget. */
enum status media_add_forget_job(struct messaging *, struct db *, struct arena *, struct str ref,
                                 int64_t now_us, struct err *) MUST_CHECK;

#endif
