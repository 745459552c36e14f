#include "db/db.h"
#include "jobs/job.h"
#include "metrics/sample.h"
#include "queries.h"

enum { DELETED_AT_ONCE = 500 };

static enum status add(struct db *db, const struct service_state *state, int64_t now_us, struct err *e) {
    int64_t waiting = 0, oldest_us = now_us;
    for (int i = 0; i < LANE_COUNT; i++) {
        waiting += state->lanes[i].count;
        if (state->lanes[i].count > 0 && state->lanes[i].oldest_us < oldest_us)
            oldest_us = state->lanes[i].oldest_us;
    }
    const struct db_val args[] = { db_int(now_us - now_us % SAMPLE_US),
                                   db_text(str_from_c(state->sending)),
                                   db_text(str_from_c(state->model)),
                                   db_text(str_from_c(state->embedder)),
                                   db_int(waiting),
                                   db_int(now_us - oldest_us),
                                   db_int(state->dead_jobs) };
    return db_run(db, &q_metric_sample_insert, args, NULL, NULL, NULL, e);
}

static enum status add_next(struct sampler *room, struct db *db, int64_t run_at_us, int64_t now_us,
                            struct err *e) {
    return job_add(db, room->signal, STR(SAMPLE_JOB), STR("{}"), run_at_us, STR(SAMPLE_JOB), now_us, e);
}

enum status sampler_start(struct sampler *room, struct db *db, int64_t now_us, struct err *e) {
    return add_next(room, db, 0, now_us, e);
}

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    struct sampler *room = c->room;
    int64_t now_us = clock_now_us(c->clock);
    struct service_state state;
    enum status s = service_state_look(c->db, room->messaging, room->models, now_us, &state, e);

    if (s != OK || (s = db_begin(c->db, e)) != OK) return s;
    s = add(c->db, &state, now_us, e);
    if (s == OK) s = job_finish(c, job, e);
    if (s == OK) s = add_next(room, c->db, now_us - now_us % SAMPLE_US + SAMPLE_US, now_us, e);
    return db_finish(c->db, s, e);
}

struct job_kind sampler_job_kind(struct sampler *room) {
    return (struct job_kind) { .name = SAMPLE_JOB,
                               .run = run,
                               .room = room,
                               .lease_us = MINUTE_US,
                               .attempts_max =
                                   1000, /* while the database refuses there is nothing better to do */
                               .parallel_max = 1,
                               .delay_max_us = SAMPLE_US };
}

enum status sample_clean_up(struct db *db, int64_t before_us, struct err *e) {
    const struct db_val args[] = { db_int(before_us), db_int(DELETED_AT_ONCE) };
    int64_t deleted = DELETED_AT_ONCE;
    enum status s = OK;
    while (s == OK && deleted == DELETED_AT_ONCE) {
        if ((s = db_begin(db, e)) != OK) return s;
        s = db_finish(db, db_run(db, &q_metric_sample_delete, args, NULL, NULL, &deleted, e), e);
    }
    return s;
}

struct reading {
    sample_fn *fn;
    void *ctx;
};

static enum status read_sample(void *ctx, const struct db_val *col, struct err *e) {
    const struct reading *r = ctx;
    const struct sample sample = { col[0].i, col[1].s, col[2].s, col[3].s, col[4].i, col[5].i, col[6].i };
    return r->fn(r->ctx, &sample, e);
}

enum status sample_each(struct db *db, int64_t from_us, int64_t to_us, sample_fn *fn, void *ctx,
                        struct err *e) {
    const struct db_val args[] = { db_int(from_us), db_int(to_us) };
    struct reading r = { fn, ctx };
    return db_run(db, &q_metric_sample_list, args, read_sample, &r, NULL, e);
}
