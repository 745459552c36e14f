#ifndef MESSAGING_OUTBOX_FOLLOW_H
#define MESSAGING_OUTBOX_FOLLOW_H
/*
 * outbox_follow -- what follows a message that failed, at once or by a report after it was accepted. Of this room only.
 *
 * By the verdict: free text outside the window leaves again as a template or is held; who wants no messages has the consent withdrawn; who
 * has no WhatsApp gets an SMS where the clinic sends some and the message holds nothing of a record; what failed for now is sent
 * again, twice at most, later each time; what the carrier keeps from a person who gets much advertising is tried on another day, likewise. Each of these is one new row under the key "again:ID", so that there is exactly one however often and
 * in whatever order reports come. Where nothing replaces it the doctor is told.
 */
#include "messaging/messaging.h"

enum { OUTBOX_AGAIN_MAX = 2 }; /* replacements in a row */

struct outbox_failure {
    int64_t id;
    enum verdict verdict;
    bool reported; /* after the carrier had accepted it */
    bool tell;     /* the doctor should know, if nothing replaces it */
};

/* The message has just become "failed". Inside the caller's transaction. */
enum status outbox_follow(struct messaging *, struct db *, struct arena *, const struct outbox_failure *,
                          int64_t now_us, struct err *) MUST_CHECK;

/* It was delivered after all: what was to replace it and has not left is not sent. Inside the caller's transaction. */
enum status outbox_follow_delivered(struct messaging *, struct db *, struct arena *, int64_t id,
                                    int64_t now_us, struct err *) MUST_CHECK;

/*
 * A limit of hours: broadcasts that are due wait, and what follows them (sender_limit.h); people who asked something do not. Inside the caller's
 * transaction.
 */
enum status outbox_pause_bulk(const struct messaging *, struct db *, int64_t now_us, int64_t until_us,
                              struct err *) MUST_CHECK;

#endif
