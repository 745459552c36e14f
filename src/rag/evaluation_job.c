/*
 * evaluation_job -- tries the assistant on every golden question of a run.
 */
#include "rag/evaluation_store.h"

#include "rag/evaluation_event.h"
#include "rag/rag_room.h"

#include <jansson.h>

/* One question with a model may take half a minute; the lease is renewed with each. */
#define EVALUATION_LEASE_US (3 * MINUTE_US)

enum { QUESTION_BYTES_MAX = 32 << 20 };

static enum status job_evaluation_id(const struct job *job, int64_t *id, struct err *err) {
    json_t *payload = json_loadb(job->payload.p, job->payload.n, 0, NULL);
    *id = json_integer_value(json_object_get(payload, "evaluation_id"));
    json_decref(payload);
    return *id > 0 ? OK : fail(err, E_INVALID, NULL, "job %lld has no evaluation", (long long)job->id);
}

/* The result, the place in the set and the lease, or nothing of it. */
static enum status put_result(struct job_context *c, const struct job *job, struct arena *work,
                              struct evaluation *e, const struct golden_question *q,
                              const struct rag_answer *a, const struct evaluation_verdict *v,
                              struct err *err) {
    const struct rag *rag = c->room;
    enum status s = db_begin(c->db, err);
    if (s != OK) return s;
    s = job_renew(c, job, EVALUATION_LEASE_US, err);
    if (s == OK) s = evaluation_put_result(c->db, work, e->id, q, a, v, err);
    e->at_id = q->id;
    e->done++;
    e->passed += v->passed;
    if (s == OK) s = evaluation_event(rag, c->db, work, e, err);
    return db_finish(c->db, s, err);
}

static enum status try_question(struct job_context *c, const struct job *job, struct arena *work,
                                struct evaluation *e, const struct golden_question *q, struct err *err) {
    struct rag *rag = c->room;
    struct rag_answer answer;
    struct evaluation_verdict verdict;
    enum status s = rag_try(rag, c->db, work, q->patient_id, q->text, clock_now_us(c->clock), &answer, err);
    if (s == E_NOT_FOUND ||
        s == E_LIMIT) { /* erased with the patient since it was read; or no answer came about */
        answer = (struct rag_answer) { .text = STR(""), .engine = "local", .refused = true };
        s = OK;
    }
    if (s == OK) s = evaluation_judge(work, q, &answer, &verdict, err);
    return s == OK ? put_result(c, job, work, e, q, &answer, &verdict, err) : s;
}

static enum status try_all(struct job_context *c, const struct job *job, struct arena *work,
                           struct evaluation *e, struct err *err) {
    for (bool found = true;;) {
        struct golden_question q = { 0 };
        if (job_is_stopping(c)) return fail(err, E_RETRY, NULL, "the program is stopping");
        arena_reset(work);
        enum status s = golden_next(c->db, work, e->at_id, e->up_to_id, &q, &found, err);
        if (s == OK && found) s = try_question(c, job, work, e, &q, err);
        if (s != OK || !found) return s;
    }
}

static enum status change_state(struct job_context *c, const struct job *job, struct evaluation *e,
                                const char *state, struct err *err) {
    const struct rag *rag = c->room;
    int64_t now_us = clock_now_us(c->clock);
    bool begins = strcmp(state, "running") == 0;
    enum status s = db_begin(c->db, err);
    if (s != OK) return s;
    e->state = str_from_c(state);
    s = begins ? evaluation_begin(c->db, e->id, now_us, err)
               : evaluation_end(c->db, e->id, e->state, now_us, err);
    if (s == OK) s = evaluation_event(rag, c->db, c->arena, e, err);
    if (s == OK && !begins && job) s = job_finish(c, job, err);
    return db_finish(c->db, s, err);
}

static enum status evaluation_run(struct job_context *c, const struct job *job, struct err *err) {
    struct evaluation e = { 0 };
    int64_t id;
    enum status s = job_evaluation_id(job, &id, err);
    if (s == OK) s = evaluation_get(c->db, c->arena, id, &e, err);
    if (s != OK) return s;
    struct arena *work = arena_new(QUESTION_BYTES_MAX);
    if (!work) return fail(err, E_RETRY, NULL, "no memory for an evaluation");
    s = change_state(c, job, &e, "running", err);
    if (s == OK) s = try_all(c, job, work, &e, err);
    if (s == OK) s = change_state(c, job, &e, "done", err);
    arena_free(work);
    return s;
}

/* Out of attempts: the run says so, and another may be started. */
static enum status evaluation_dead(struct job_context *c, const struct job *job, struct err *err) {
    struct evaluation e = { 0 };
    int64_t id;
    enum status s = job_evaluation_id(job, &id, err);
    if (s == OK) s = evaluation_get(c->db, c->arena, id, &e, err);
    return s == OK ? change_state(c, NULL, &e, "failed", err) : s;
}

struct job_kind evaluation_job_kind(struct rag *rag) {
    return (struct job_kind) { .name = EVALUATION_JOB,
                               .run = evaluation_run,
                               .on_dead = evaluation_dead,
                               .room = rag,
                               .lease_us = EVALUATION_LEASE_US,
                               .attempts_max = 5,
                               .parallel_max = 1 };
}
