#include "messaging/sender_limit.h"
#include "db/db.h"
#include "queries.h"

/* developers.facebook.com/docs/whatsapp/messaging-limits; 1,000 was a step until 2025. */
static const int64_t steps[] = { 250, 1000, 2000, 10000, 100000 };

/* Refusals of what was under way together are one. */
#define TOGETHER_US (10 * MINUTE_US)

static int64_t later(int64_t a, int64_t b) {
    return a > b ? a : b;
}

/* A time to come this far can only come from a clock that was set back. */
static bool is_of_today(int64_t time_us, int64_t now_us) {
    return time_us > now_us - SENDER_LIMIT_DAY_US && time_us < now_us + SENDER_LIMIT_DAY_US;
}

int64_t sender_limit_people(const struct sender_limit *l, int64_t now_us) {
    return is_of_today(l->learnt_at_us, now_us) ? l->people : 0;
}

int64_t sender_limit_pause_us(const struct sender_limit *l, int64_t now_us) {
    return l->paused_until_us > now_us && is_of_today(l->refused_at_us, now_us) ? l->paused_until_us : 0;
}

int64_t sender_limit_step(int64_t people) {
    int64_t step = 0;
    for (size_t i = 0; i < COUNT_OF(steps) && steps[i] <= people; i++) step = steps[i];
    return step;
}

bool sender_limit_learn(struct sender_limit *l, int64_t people, int64_t now_us, int64_t until_us) {
    bool again = is_of_today(l->refused_at_us, now_us) && people <= l->reached;
    if (again && now_us - l->refused_at_us < TOGETHER_US) {
        l->paused_until_us = later(l->paused_until_us, until_us);
        return false;
    }
    bool learns = again && sender_limit_step(people) > 0;
    if (learns) {
        l->people = sender_limit_step(people);
        l->learnt_at_us = now_us;
    }
    l->reached = people;
    l->refused_at_us = now_us;
    l->paused_until_us = later(sender_limit_pause_us(l, now_us), until_us);
    return learns;
}

/* ---- rows ---- */

static enum status take_limit(void *ctx, const struct db_val *col, struct err *e) {
    struct sender_limit *out = ctx;
    (void)e;
    *out = (struct sender_limit) { .people = col[0].i,
                                   .learnt_at_us = col[1].i,
                                   .reached = col[2].i,
                                   .refused_at_us = col[3].i,
                                   .paused_until_us = col[4].i };
    return OK;
}

enum status sender_limit_get(struct db *db, struct str sender, struct sender_limit *out, struct err *e) {
    const struct db_val in[] = { db_text(sender) };
    *out = (struct sender_limit) { 0 };
    return db_run(db, &q_sender_limit_get, in, take_limit, out, NULL, e);
}

static enum status set(struct db *db, struct str sender, const struct sender_limit *l, struct err *e) {
    const struct db_val in[] = { db_text(sender),    db_int(l->people),        db_int(l->learnt_at_us),
                                 db_int(l->reached), db_int(l->refused_at_us), db_int(l->paused_until_us) };
    return db_run(db, &q_sender_limit_set, in, NULL, NULL, NULL, e);
}

enum status sender_limit_refused(struct db *db, struct str sender, int64_t now_us, int64_t until_us,
                                 struct err *e) {
    struct sender_limit l;
    int64_t people = 0, free_us = 0;
    enum status s = sender_limit_get(db, sender, &l, e);

    if (s == OK) s = sender_people(db, now_us, &people, e);
    if (s != OK) return s;
    if (sender_limit_learn(&l, people, now_us, until_us)) {
        if ((s = sender_people_free_us(db, now_us, people - l.people + 1, &free_us, e)) != OK) return s;
        l.paused_until_us = later(l.paused_until_us, free_us);
    }
    return set(db, sender, &l, e);
}

enum status sender_people(struct db *db, int64_t now_us, int64_t *count, struct err *e) {
    const struct db_val in[] = { db_int(now_us - SENDER_LIMIT_DAY_US) };
    return db_get_i64(db, &q_sender_people, in, count, e);
}

enum status sender_people_free_us(struct db *db, int64_t now_us, int64_t count, int64_t *free_us,
                                  struct err *e) {
    const struct db_val in[] = { db_int(now_us - SENDER_LIMIT_DAY_US), db_int(count > 0 ? count - 1 : 0) };
    int64_t oldest_us = 0;
    enum status s = db_get_i64(db, &q_sender_people_oldest, in, &oldest_us, NULL);
    if (s == E_NOT_FOUND)
        s = OK; /* fewer have left than are counted: the others lie in the outbox */
    else if (s != OK)
        return fail(e, s, NULL, "the messages of a sender cannot be read");
    *free_us = later(oldest_us + SENDER_LIMIT_DAY_US, now_us);
    return s;
}
