#ifndef MESSAGING_CONTACT_H
#define MESSAGING_CONTACT_H
/*
 * contact -- what is known of a number that writes to the clinic, a patient's or not.
 *
 * A carrier lets us write freely for 24 hours after the person's last message (the window); later only by an approved template. A person may hide
 * the number behind a name of the carrier ("SN.1349…"), which is kept here as soon as both were seen together.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

struct db;

/* A little less than the carrier's 24 hours: clocks differ, and a message may wait before it leaves. */
#define CONTACT_WINDOW_US (24 * HOUR_US - 5 * MINUTE_US)

struct contact {
    struct str external_id;                   /* empty: not known */
    int64_t last_in_at_us, unreachable_at_us; /* 0: never */
    int64_t
        window_shut_at_us; /* when the carrier refused free text, whatever we thought of the window; 0: never */
};

/* A message came. external_id may be empty. Inside the caller's transaction. */
enum status contact_heard(struct db *, struct str phone, struct str external_id, int64_t at_us,
                          struct err *) MUST_CHECK;
/* The carrier says that nobody has WhatsApp there; what comes from there later says otherwise. Inside the caller's transaction. */
enum status contact_set_unreachable(struct db *, struct str phone, int64_t now_us, struct err *) MUST_CHECK;
/* The carrier refused free text that was handed over then: only what the person wrote later opens the window. Inside the caller's transaction. */
enum status contact_shut_window(struct db *, struct str phone, int64_t at_us, struct err *) MUST_CHECK;
enum status contact_forget(struct db *, struct str phone, struct err *) MUST_CHECK;

/* All zero when the number is unknown. */
enum status contact_get(struct db *, struct arena *, struct str phone, struct contact *,
                        struct err *) MUST_CHECK;
/* E_NOT_FOUND when no number was seen with it. */
enum status contact_phone_of(struct db *, struct arena *, struct str external_id, struct str *phone,
                             struct err *) MUST_CHECK;

static inline bool contact_window_is_open(const struct contact *c, int64_t now_us) {
    return c->last_in_at_us > c->window_shut_at_us && now_us - c->last_in_at_us < CONTACT_WINDOW_US;
}

#endif
