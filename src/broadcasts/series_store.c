/*
 * series_store -- a broadcast that repeats, and what it waits for. See fill.h.
 */
#include "broadcasts/fill.h"
#include "db/db.h"
#include "queries.h"

struct day_span broadcast_quiet(const struct broadcasts *room, struct str quiet_hours) {
    struct day_span own = { 0 };
    if (!quiet_hours.n) return room->quiet;
    return day_span_parse(quiet_hours, &own) ? own : (struct day_span) { 0 };
}

struct repetition broadcast_series(const struct broadcast *b) {
    return (struct repetition) { .repeat = b->repeat,
                                 .first_us = b->repeat_from_us,
                                 .until_us = b->repeat_until_us,
                                 .count = b->repeat_count,
                                 .runs = b->runs };
}

enum status broadcast_note_wait(struct db *db, const struct broadcast *b, const char *waits_for,
                                int64_t until_us, struct err *e) {
    struct str what = str_from_c(waits_for);
    const struct db_val in[] = { db_int(b->id), db_text_or_null(what), db_int_or_null(until_us) };
    if (str_eq(what, b->waits_for) && until_us == b->waits_until_us) return OK;
    return db_run(db, &q_broadcast_waits, in, NULL, NULL, NULL, e);
}

/* The next time of the series, or its end; *mine false: another moved it on. */
static enum status move_on(struct db *db, struct arena *arena, const struct broadcast_actor *by,
                           const struct broadcast *b, int64_t next_us, bool *mine, struct err *e) {
    enum broadcast_status to = next_us ? BROADCAST_SCHEDULED : BROADCAST_SENT;
    const struct db_val in[] = { db_int(b->id),
                                 db_int(b->version),
                                 db_int(b->scheduled_at_us),
                                 db_int_or_null(next_us),
                                 db_text(str_from_c(broadcast_status_name(to))),
                                 db_int(by->now_us) };
    struct broadcast next = *b;
    int64_t changed = 0;
    enum status s = db_run(db, &q_broadcast_next_run, in, NULL, NULL, &changed, e);

    *mine = changed > 0;
    if (s != OK || !*mine || !next_us) return s;
    next.version++;
    next.scheduled_at_us = next_us;
    return fill_add_start_job(by->room, db, arena, &next, by->now_us, e);
}

/* The same words to the same people as the series says now; who they are is found out when it starts. */
static enum status add_run(struct db *db, struct arena *arena, const struct broadcast_actor *by,
                           const struct broadcast *b, int64_t run_at_us, struct err *e) {
    struct broadcast run = *b;
    run.repeat = REPEAT_NONE;
    run.repeat_from_us = run.repeat_until_us = run.repeat_count = 0;
    run.run_of = b->id;
    run.run_at_us = run.scheduled_at_us = run_at_us;
    return broadcast_add(db, arena, by, &run, e);
}

static enum status run(struct db *db, struct arena *arena, const struct broadcast_actor *by,
                       const struct broadcast *b, struct err *e) {
    const struct repetition series = broadcast_series(b);
    const struct repetition_step step = series_step(&series, by->now_us);
    bool mine;
    enum status s = move_on(db, arena, by, b, step.next_us, &mine, e);

    if (s != OK || !mine || !step.run_at_us) return s;
    return add_run(db, arena, by, b, step.run_at_us, e);
}

enum status series_run(struct db *db, struct arena *arena, const struct broadcast_actor *by,
                       const struct broadcast *b, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, run(db, arena, by, b, e), e) : s;
}
