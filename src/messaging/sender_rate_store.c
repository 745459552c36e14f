#include "messaging/sender_rate.h"
#include "db/db.h"
#include "queries.h"

int64_t sender_rate_grant(int64_t *next_us, int64_t per_second, int64_t now_us, int64_t wanted) {
    int64_t oldest = now_us - SENDER_RATE_BURST_US;
    int64_t next = *next_us > now_us + SENDER_RATE_AHEAD_MAX_US ? now_us : *next_us;
    if (next < oldest) next = oldest;
    if (next > now_us || wanted <= 0) return 0;
    /* As many as fit between next and now, the one at `next` included. */
    int64_t fit = (now_us - next) * per_second / SECOND_US + 1;
    int64_t granted = fit < wanted ? fit : wanted;
    *next_us = next + granted * SECOND_US / per_second;
    return granted;
}

enum status sender_rate_lock(struct db *db, struct str sender, int64_t now_us, int64_t *next_us,
                             struct err *e) {
    const struct db_val in[] = { db_text(sender), db_int(now_us - SENDER_RATE_BURST_US) };
    return db_get_i64(db, &q_sender_rate_lock, in, next_us, e);
}

enum status sender_rate_set(struct db *db, struct str sender, int64_t next_us, struct err *e) {
    const struct db_val in[] = { db_text(sender), db_int(next_us) };
    return db_run(db, &q_sender_rate_set, in, NULL, NULL, NULL, e);
}
