#ifndef MESSAGING_OUTBOX_JUDGE_H
#define MESSAGING_OUTBOX_JUDGE_H
/*
 * outbox_judge -- what the outcome of a hand-over means for the message. Pure.
 *
 * Not taken for now: again after 0.5, 1, 2 … s (± 20 %), at most OUTBOX_ATTEMPTS_MAX times. It never left, because the carrier cannot be reached: the
 * same, but at least every five minutes, until the message is OUTBOX_AGE_MAX_US old; a limit of hours: every quarter of an hour until then.
 * An account that must be mended: it waits until it is. No answer: the carrier is asked first. Refused: the end.
 *
 * While it waits it shows the carrier's code.
 */
#include "messaging/outbox_store.h"

enum { OUTBOX_ATTEMPTS_MAX = 15 }; /* some four and a half hours */
#define OUTBOX_AGE_MAX_US (3 * DAY_US)

/* `s` is what the call came to: OK with sent->verdict, E_RETRY: it never left, anything else: nobody knows. chance: 0..UINT32_MAX. */
struct outcome outbox_judge(const struct outbox_item *, enum status s, const struct sent *, int64_t now_us,
                            uint32_t chance);

/* 0.5 s * 2^(attempts - 1), at most an hour, ± 20 %. */
int64_t outbox_delay_us(int attempts, uint32_t chance);

#endif
