#ifndef MESSAGING_OUTBOX_SWEEP_STORE_H
#define MESSAGING_OUTBOX_SWEEP_STORE_H
/*
 * outbox_sweep_store -- the transactions behind "outbox.sweep". Of this room only.
 */
#include "messaging/outbox.h"

/* A message that its carrier took and did not report on. */
struct unreported {
    int64_t id, patient_id;
    struct str provider_sid; /* in the arena of who asked */
    int64_t sent_at_us;
};

/* At most OUTBOX_SWEEP_MAX, those that wait longest first. */
enum status outbox_unreported(struct db *, struct arena *, int64_t now_us,
                              struct unreported out[OUTBOX_SWEEP_MAX], size_t *count,
                              struct err *) MUST_CHECK;

/* One transaction: what the carrier said (NULL: it does not know), and when it is asked again (0: never). *climbed tells. */
enum status outbox_keep_report(struct messaging *, struct db *, struct arena *, const struct unreported *,
                               const struct channel_event *, int64_t ask_us, int64_t now_us, bool *climbed,
                               struct err *) MUST_CHECK;

/* Pure: when it is asked again after it was asked now; 0: never. */
int64_t outbox_next_ask_us(int64_t sent_at_us, int64_t now_us);

#endif
