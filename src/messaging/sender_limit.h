#ifndef MESSAGING_SENDER_LIMIT_H
#define MESSAGING_SENDER_LIMIT_H
/*
 * sender_limit -- to how many different people a sender may write with templates in any 24 hours: WhatsApp's messaging limit.
 *
 * Whom it has written to is counted from the messages themselves, on all nodes. The limit is a setting, or is learnt from refusals (63018 of Twilio,
 * 131048 of Meta). Such a code may also mean that too much was sent in a moment, so the first makes broadcasts pause; one that comes after the pause, when
 * nobody more was reached meanwhile, means people: the highest of WhatsApp's steps that was reached then holds for a day. After it more is tried,
 * because WhatsApp raises the limit by itself.
 */
#include "base/clock.h"
#include "base/status.h"

struct db;

#define SENDER_LIMIT_DAY_US DAY_US

/* What is known of a sender; all 0: nothing. */
struct sender_limit {
    int64_t people, learnt_at_us; /* 0: not learnt */
    int64_t reached, refused_at_us;
    int64_t paused_until_us; /* nothing is sent to many before it */
};
enum status sender_limit_get(struct db *, struct str sender, struct sender_limit *, struct err *) MUST_CHECK;

/* Pure: the limit that is believed now; 0: none is known. And until when it pauses; 0: it does not. */
int64_t sender_limit_people(const struct sender_limit *, int64_t now_us);
int64_t sender_limit_pause_us(const struct sender_limit *, int64_t now_us);

/* Pure: the highest of WhatsApp's steps that is not above; 0: below all. */
int64_t sender_limit_step(int64_t people);
/* Pure: what a refusal teaches, when so many people were reached in 24 hours. True: that the limit is one of people. */
bool sender_limit_learn(struct sender_limit *, int64_t people, int64_t now_us, int64_t until_us);

/* The carrier refused for a limit of hours: what is written to many pauses. Inside the caller's transaction. */
enum status sender_limit_refused(struct db *, struct str sender, int64_t now_us, int64_t until_us,
                                 struct err *) MUST_CHECK;

/* Different people whom templates were sent to in the last 24 hours. */
enum status sender_people(struct db *, int64_t now_us, int64_t *count, struct err *) MUST_CHECK;
/* When so many of them do not count any more, as far as their messages tell; never before now. */
enum status sender_people_free_us(struct db *, int64_t now_us, int64_t count, int64_t *free_us,
                                  struct err *) MUST_CHECK;

#endif
