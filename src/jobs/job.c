#include "jobs/job.h"

#include "jobs/job_claim.h"
#include "jobs/job_signal.h"
#include "queries.h"

static void wake(void *signal) {
    job_signal_wake(signal);
}

/* A job on its way to a worker that sleeps. */
static void end_handoff(void *handoff, bool committed) {
    if (committed)
        job_handoff_give(handoff);
    else
        job_handoff_withdraw(handoff);
}

/* NULL: the job waits as a row. */
static struct job_handoff *reserve(struct db *db, struct job_signal *signal, struct str kind,
                                   struct str payload, int64_t *lease_us) {
    struct job_handoff *h = signal ? job_handoff_reserve(signal, kind, payload, lease_us) : NULL;
    if (!h || db_after_end(db, end_handoff, h, NULL) == OK) return h;
    job_handoff_withdraw(h);
    return NULL;
}

enum status job_add(struct db *db, struct job_signal *signal, struct str kind, struct str payload,
                    int64_t run_at_us, struct str unique_key, int64_t now_us, struct err *e) {
    int64_t id, lease_us;
    enum status s;
    if (!db_in_transaction(db)) return fail(e, E_INTERNAL, NULL, "a job is added outside of a transaction");
    if (payload.n > JOB_PAYLOAD_MAX || unique_key.n > JOB_KEY_MAX)
        return fail(e, E_LIMIT, NULL, "the payload or the key of a job is too long");
    struct job_handoff *h = run_at_us <= now_us ? reserve(db, signal, kind, payload, &lease_us) : NULL;
    if (h) {
        s = job_store_insert_running(db, kind, payload, now_us + lease_us, unique_key, now_us, &id, e);
        job_handoff_name(h, id);
        return s;
    }
    s = job_store_insert(db, kind, payload, run_at_us ? run_at_us : now_us, unique_key, now_us, &id, e);
    return s == OK && signal ? db_after_commit(db, wake, signal, e) : s;
}

static void mark_finished(void *context) {
    ((struct job_context *)context)->finished = true;
}

enum status job_hasten(struct db *db, struct str kind, struct str unique_key, int64_t now_us, struct err *e) {
    const struct db_val in[] = { db_text(kind), db_text(unique_key), db_int(now_us) };
    return db_run(db, &q_job_hasten, in, NULL, NULL, NULL, e);
}

enum status job_finish(struct job_context *c, const struct job *job, struct err *e) {
    enum status s;
    if (!db_in_transaction(c->db))
        return fail(e, E_INTERNAL, NULL, "a job is finished outside of a transaction");
    int64_t now_us = clock_now_us(c->clock);
    if ((s = job_store_done(c->db, job, now_us, e)) != OK) return s;
    if (c->claimer && !job_is_stopping(c) && !(c->claimer->signal && job_handoff_waits(c->claimer->signal)) &&
        (s = job_claim_with_end(c->claimer, c->db, now_us, e)) != OK)
        return s;
    return db_after_commit(c->db, mark_finished, c, e);
}

enum status job_renew(struct job_context *c, const struct job *job, int64_t lease_us, struct err *e) {
    enum status s;
    if ((s = db_begin(c->db, e)) != OK) return s;
    s = job_store_renew(c->db, job, clock_now_us(c->clock) + lease_us, e);
    return db_finish(c->db, s, e);
}
