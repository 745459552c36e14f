#ifndef MESSAGING_FORGOTTEN_H
#define MESSAGING_FORGOTTEN_H
/*
 * forgotten -- which received messages were erased with their person: carriers deliver again for days, and their lists are read after an outage. Only a
 * hash of the carrier's name for the message stays.
 */
#include "base/clock.h"
#include "base/status.h"

struct db;
struct arena;

/* Meta delivers again for 7 days, and what is older than CATCH_UP_MAX_US is not asked for. */
#define FORGOTTEN_KEPT_US (30 * DAY_US)

/* Before the messages of a patient, and of the number alone, are erased. Inside the caller's transaction. */
enum status forgotten_note(struct db *, struct arena *, int64_t patient_id, struct str phone, int64_t now_us,
                           struct err *) MUST_CHECK;
enum status forgotten_is(struct db *, struct str provider_sid, bool *out, struct err *) MUST_CHECK;
enum status forgotten_clean_up(struct db *, int64_t now_us, struct err *) MUST_CHECK;

#endif
