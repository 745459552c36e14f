#ifndef MESSAGING_PAYLOAD_H
#define MESSAGING_PAYLOAD_H
/*
 * payload -- the one number that the jobs of this room carry: {"message_id": 12}.
 */
#include "jobs/job.h"

/* E_INVALID, which no repetition mends, when the payload is not that. */
enum status payload_id(struct arena *, const struct job *, const char *name, int64_t *id,
                       struct err *) MUST_CHECK;

#endif
