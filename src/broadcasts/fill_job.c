/*
 * fill_job -- the jobs of a broadcast. See fill.h.
 */
#include "broadcasts/fill.h"
#include "messaging/payload.h"

/* Other jobs want the worker, too. */
#define RUN_LONGEST_US (5 * SECOND_US)

enum { STEP_ARENA_BYTES = 8 << 20 };

enum status fill_add_job(const struct broadcasts *room, struct db *db, struct arena *arena,
                         int64_t broadcast_id, int64_t run_at_us, int64_t now_us, struct err *e) {
    struct str payload, key;
    enum status s;
    if (!arena_printf(arena, &payload, "{\"broadcast_id\":%lld}", (long long)broadcast_id) ||
        !arena_printf(arena, &key, "%lld", (long long)broadcast_id))
        return fail(e, E_LIMIT, NULL, "no memory for a job");
    s = job_add(db, room->signal, STR(BROADCAST_JOB_RUN), payload, run_at_us, key, now_us, e);
    return s == OK && !run_at_us ? job_hasten(db, STR(BROADCAST_JOB_RUN), key, now_us, e) : s;
}

/* One job a version: of a time that was changed the earlier job finds nothing to do. */
enum status fill_add_start_job(const struct broadcasts *room, struct db *db, struct arena *arena,
                               const struct broadcast *b, int64_t now_us, struct err *e) {
    struct str payload, key;
    if (!b->scheduled_at_us) return OK;
    if (!arena_printf(arena, &payload, "{\"broadcast_id\":%lld}", (long long)b->id) ||
        !arena_printf(arena, &key, "%lld:%lld", (long long)b->id, (long long)b->version))
        return fail(e, E_LIMIT, NULL, "no memory for a job");
    return job_add(db, room->signal, STR(BROADCAST_JOB_START), payload, b->scheduled_at_us, key, now_us, e);
}

/* One step of the list: it is made, or of a cancelled one what waits is told off, or of a deleted one it goes. *more: there is another. */
static enum status step_list(struct job_context *ctx, struct arena *arena, int64_t id, bool *more,
                             struct err *e) {
    int64_t now_us = clock_now_us(ctx->clock), cancelled = 0;
    struct broadcast b;
    struct err local = { 0 };
    enum status s = db_begin(ctx->db, e);

    *more = false;
    if (s != OK) return s;
    s = broadcast_get(ctx->db, arena, id, &b, &local);
    if (s == E_NOT_FOUND) {
        s = recipient_delete(ctx->db, id, FREEZE_STEP, more, e);
    } else if (s != OK) {
        s = fail(e, s, local.message, "%s", local.detail);
    } else if (b.status == BROADCAST_SENDING && !b.frozen_at_us) {
        s = freeze_step(ctx->db, arena, ctx->room, &b, now_us, e);
        *more = !b.frozen_at_us;
    } else if (b.status == BROADCAST_CANCELLED) {
        s = recipient_cancel(ctx->db, id, now_us, FREEZE_STEP, &cancelled, e);
        *more = cancelled == FREEZE_STEP;
    }
    return db_finish(ctx->db, s, e);
}

/* Until there is nothing to do now: the list grows while its first people are written to. */
static enum status run(struct job_context *ctx, struct arena *step, int64_t id, int64_t *look_again_us,
                       struct err *e) {
    int64_t until_us = clock_monotonic_us() + RUN_LONGEST_US;
    struct fill_result filled;
    bool more;
    enum status s;
    do {
        if (job_is_stopping(ctx)) return fail(e, E_RETRY, NULL, "the program is stopping");
        arena_reset(step);
        if ((s = step_list(ctx, step, id, &more, e)) != OK) return s;
        s = fill_batch(ctx->db, step, ctx->room, id, clock_now_us(ctx->clock), &filled, e);
        if (s != OK) return s;
    } while ((more || filled.moved) && clock_monotonic_us() < until_us);
    *look_again_us = more || filled.moved ? 0 : filled.look_again_us;
    return OK;
}

/* As it is now: it may have been paused, resumed or cancelled since it was looked at. */
static enum status has_more(struct job_context *ctx, int64_t id, bool *more, struct err *e) {
    int64_t n[RECIPIENT_STATE_COUNT];
    struct broadcast b;
    struct err local = { 0 };
    enum status s = broadcast_get(ctx->db, ctx->arena, id, &b, &local);

    if (s == E_NOT_FOUND) return recipient_any(ctx->db, id, more, e);
    if (s != OK) return fail(e, s, local.message, "%s", local.detail);
    s = recipient_counts_by_state(ctx->db, id, n, e);
    if (s != OK) return s;
    bool sends = b.status == BROADCAST_SENDING && (!b.frozen_at_us || n[RECIPIENT_WAITING]);
    *more = sends || (b.status == BROADCAST_CANCELLED && n[RECIPIENT_WAITING]);
    return OK;
}

static enum status go_on(struct job_context *ctx, const struct job *job, int64_t id, int64_t look_again_us,
                         struct err *e) {
    bool more = false;
    enum status s = db_begin(ctx->db, e);

    if (s != OK) return s;
    s = job_finish(ctx, job, e);
    if (s == OK) s = has_more(ctx, id, &more, e);
    if (s == OK && more)
        s = fill_add_job(ctx->room, ctx->db, ctx->arena, id, look_again_us, clock_now_us(ctx->clock), e);
    return db_finish(ctx->db, s, e);
}

enum status broadcast_run_job(struct job_context *ctx, const struct job *job, struct err *e) {
    struct arena *step = arena_new(STEP_ARENA_BYTES);
    struct err local = { 0 };
    int64_t look_again_us = 0;
    int64_t id;
    enum status s = step ? payload_id(ctx->arena, job, "broadcast_id", &id, e)
                         : fail(e, E_RETRY, NULL, "no memory for a broadcast");

    if (s == OK) s = run(ctx, step, id, &look_again_us, &local);
    arena_free(step);
    if (s != OK) return fail(e, s, local.message, "%s", local.detail);
    return go_on(ctx, job, id, look_again_us, e);
}

enum status broadcast_start_job(struct job_context *ctx, const struct job *job, struct err *e) {
    const struct broadcasts *room = ctx->room;
    const struct broadcast_actor program = { room, 0, clock_now_us(ctx->clock) };
    struct broadcast b;
    int64_t id;
    enum status s = payload_id(ctx->arena, job, "broadcast_id", &id, e);

    if (s != OK) return s;
    s = broadcast_get(ctx->db, ctx->arena, id, &b, NULL);
    if (s == E_NOT_FOUND) return OK;
    if (s != OK) return fail(e, s, NULL, "broadcast %lld cannot be read", (long long)id);
    if (b.status != BROADCAST_SCHEDULED || b.scheduled_at_us > program.now_us) return OK;
    if (b.repeat != REPEAT_NONE) return series_run(ctx->db, ctx->arena, &program, &b, e);
    return broadcast_start_scheduled(ctx->db, ctx->arena, &program, &b, e);
}

size_t broadcasts_job_kinds(struct broadcasts *room, struct job_kind kinds[BROADCASTS_JOB_KINDS]) {
    const struct job_kind made[BROADCASTS_JOB_KINDS] = {
        { .name = BROADCAST_JOB_RUN,
          .run = broadcast_run_job,
          .room = room,
          .lease_us = MINUTE_US,
          .attempts_max = INT32_MAX, /* a broadcast never stays half sent */
          .parallel_max = 2 },
        { .name = BROADCAST_JOB_START,
          .run = broadcast_start_job,
          .room = room,
          .lease_us = 5 * MINUTE_US,
          .attempts_max = INT32_MAX },
    };
    memcpy(kinds, made, sizeof made);
    return BROADCASTS_JOB_KINDS;
}
