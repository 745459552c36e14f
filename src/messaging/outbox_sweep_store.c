#include "messaging/outbox_sweep_store.h"
#include "db/db.h"
#include "queries.h"

#define ASK_PAUSE_MAX_US (4 * HOUR_US)

struct found {
    struct arena *arena;
    struct unreported *out;
    size_t count;
};

static enum status take(void *ctx, const struct db_val *col, struct err *e) {
    struct found *f = ctx;
    struct unreported *u = &f->out[f->count++];
    *u = (struct unreported) { .id = col[0].i, .patient_id = col[1].i, .sent_at_us = col[3].i };
    return db_copy(f->arena, &col[2], &u->provider_sid, e);
}

enum status outbox_unreported(struct db *db, struct arena *arena, int64_t now_us,
                              struct unreported out[OUTBOX_SWEEP_MAX], size_t *count, struct err *e) {
    const struct db_val in[] = { db_int(now_us), db_int(OUTBOX_SWEEP_MAX) };
    struct found found = { arena, out, 0 };
    enum status s = db_run(db, &q_outbox_unreported, in, take, &found, NULL, e);
    *count = found.count;
    return s;
}

static enum status keep(struct messaging *room, struct db *db, struct arena *arena,
                        const struct unreported *u, const struct channel_event *event, int64_t ask_us,
                        int64_t now_us, bool *climbed, struct err *e) {
    const struct db_val in[] = { db_int(u->id), db_int_or_null(ask_us) };
    enum status s = event ? message_report(room, db, arena, event, now_us, climbed, e) : OK;
    if (s != OK && s != E_NOT_FOUND) return s; /* not found: erased meanwhile */
    return db_run(db, &q_outbox_ask_again, in, NULL, NULL, NULL, e);
}

enum status outbox_keep_report(struct messaging *room, struct db *db, struct arena *arena,
                               const struct unreported *u, const struct channel_event *event, int64_t ask_us,
                               int64_t now_us, bool *climbed, struct err *e) {
    enum status s = db_begin(db, e);
    *climbed = false;
    return s == OK ? db_finish(db, keep(room, db, arena, u, event, ask_us, now_us, climbed, e), e) : s;
}

/* As long as it was waited for so far: the pauses double. */
int64_t outbox_next_ask_us(int64_t sent_at_us, int64_t now_us) {
    int64_t age_us = now_us - sent_at_us;
    if (age_us < OUTBOX_REPORT_US) return now_us + OUTBOX_REPORT_US;
    if (age_us >= DAY_US) return 0;
    return now_us + (age_us < ASK_PAUSE_MAX_US ? age_us : ASK_PAUSE_MAX_US);
}
