#include "accounts/guess.h"

#include "base/clock.h"
#include "queries.h"

#include <stdio.h>

const struct message login_wait = { "login_wait", "Trop d’essais. Attendez avant de réessayer : {} s.",
                                    "Too many attempts: try again in {} seconds." };

struct attempts {
    int64_t failures, last_us;
};

static struct db_val subject_val(const struct hash *subject) {
    return db_blob((struct str) { (const char *)subject->b, HASH_BYTES });
}

static enum status take_attempts(void *ctx, const struct db_val *col, struct err *e) {
    struct attempts *t = ctx;
    (void)e;
    t->failures = col[0].i;
    t->last_us = col[1].i;
    return OK;
}

static int64_t wait_us(const struct attempts *t, int64_t free_failures) {
    if (t->failures < free_failures) return 0;
    int64_t doublings = t->failures - free_failures;
    int64_t seconds = doublings < 10 ? INT64_C(1) << doublings : GUESS_WAIT_MAX_S;
    return (seconds < GUESS_WAIT_MAX_S ? seconds : GUESS_WAIT_MAX_S) * SECOND_US;
}

enum status guess_check_wait(struct db *db, const struct hash *subject, int64_t free_failures, int64_t now_us,
                             struct err *e) {
    const struct db_val args[] = { subject_val(subject) };
    struct attempts t = { 0 };
    char seconds[24];
    enum status s = db_run(db, &q_login_attempt_get, args, take_attempts, &t, NULL, e);
    if (s != OK) return s;

    int64_t left_us = t.last_us + wait_us(&t, free_failures) - now_us;
    if (t.failures == 0 || left_us <= 0) return OK;
    int left_s = (int)(left_us / SECOND_US) + 1;
    s = fail(e, E_LIMIT, &login_wait, "too many wrong guesses");
    snprintf(seconds, sizeof seconds, "%d", left_s);
    err_arg(e, str_from_c(seconds));
    if (e) e->retry_after_s = left_s;
    return s;
}

enum status guess_add_failure(struct db *db, const struct hash *subject, int64_t now_us, struct err *e) {
    const struct db_val args[] = { subject_val(subject), db_int(now_us), db_int(now_us - DAY_US) };
    return db_run(db, &q_login_attempt_add, args, NULL, NULL, NULL, e);
}

enum status guess_forget(struct db *db, const struct hash *subject, struct err *e) {
    const struct db_val args[] = { subject_val(subject) };
    return db_run(db, &q_login_attempt_forget, args, NULL, NULL, NULL, e);
}
