#include "jobs/job_execute.h"

#include "base/crypto.h"
#include "jobs/job_claim.h"

#include <stdio.h>

enum { DELAY_MAX_S = 3600 };

int64_t job_delay_us(int attempts, uint32_t chance) {
    int64_t s = attempts >= 12 ? DELAY_MAX_S : INT64_C(1) << (attempts < 0 ? 0 : attempts);
    if (s > DELAY_MAX_S) s = DELAY_MAX_S;
    int64_t percent_times_1000 = 80000 + (int64_t)((uint64_t)chance * 40000 / UINT32_MAX);
    return s * SECOND_US / 100000 * percent_times_1000;
}

static void log_job(enum log_level level, const char *event, const struct job *job, enum status s,
                    const struct err *e) {
    char kind[64];
    snprintf(kind, sizeof kind, "%.*s", STR_ARG(job->kind));
    const struct log_field fields[] = { LOG_INT("job", job->id), LOG_TEXT("kind", kind),
                                        LOG_INT("attempt", job->attempts) };
    log_failure(level, event, s, e, fields, COUNT_OF(fields));
}

/* Why a run failed, for people who look at the jobs: no personal data, as in the log. */
static struct str describe(enum status s, const struct err *e, char out[JOB_ERROR_MAX]) {
    if (s == OK) return STR(""); /* not known: what stands in the row stays */
    const char *code = e->message ? e->message->code : "";
    snprintf(out, JOB_ERROR_MAX, "%s %s%s%s", status_name(s), code, e->detail[0] && code[0] ? ": " : "",
             e->detail);
    return str_trim(str_from_c(out));
}

/* A run function that leaves a transaction open has a bug; its half-done work must not stay. */
static void close_transactions(struct job_context *c, const struct job *job) {
    if (!db_in_transaction(c->db)) return;
    struct err e = { 0 };
    (void)fail(&e, E_INTERNAL, NULL, "the job left a transaction open");
    log_job(LOG_ERROR, "job_transaction_left_open", job, E_INTERNAL, &e);
    enum status s = E_INTERNAL;
    while (db_in_transaction(c->db)) s = db_finish(c->db, s, NULL);
}

static enum status finish_alone(struct job_context *c, const struct job *job, struct err *e) {
    enum status s;
    if ((s = db_begin(c->db, e)) != OK) return s;
    s = job_finish(c, job, e);
    return db_finish(c->db, s, e);
}

static enum status give_back(struct job_context *c, const struct job *job, int64_t due_at_us, struct str why,
                             int attempts, struct err *e) {
    enum status s;
    if ((s = db_begin(c->db, e)) != OK) return s;
    s = job_store_again(c->db, job, due_at_us, why, attempts, e);
    return db_finish(c->db, s, e);
}

static int64_t delay_after(const struct job_kind *kind, const struct job *job, const struct err *e) {
    uint32_t chance;
    crypto_random(&chance, sizeof chance);
    int64_t delay = job_delay_us(job->attempts, chance), asked = e->retry_after_s * SECOND_US;
    if (kind->delay_max_us && delay > kind->delay_max_us) delay = kind->delay_max_us;
    return asked > delay ? asked : delay;
}

/* Tells on_dead and marks the job. When that does not work it is tried again, as a job without attempts left. */
static enum status bury(struct job_context *c, const struct job_kind *kind, const struct job *job,
                        enum status why, const struct err *because, struct err *e) {
    char text[JOB_ERROR_MAX];
    struct str words = describe(why, because, text);
    enum status s = OK;
    if (kind->on_dead) {
        struct err told = *because;
        s = kind->on_dead(c, job, &told);
        close_transactions(c, job);
        if (s != OK) {
            log_job(LOG_ERROR, "job_on_dead_failed", job, s, NULL);
            int attempts = job->attempts > kind->attempts_max ? job->attempts : kind->attempts_max;
            return give_back(c, job, clock_now_us(c->clock) + delay_after(kind, job, because), words,
                             attempts, e);
        }
    }
    if ((s = db_begin(c->db, e)) != OK) return s;
    s = job_store_dead(c->db, job, clock_now_us(c->clock), words, e);
    return db_finish(c->db, s, e);
}

/* A conflict too: somebody was faster, and the next run sees what he did. */
static bool may_work_later(enum status s) {
    return s == E_RETRY || s == E_UNCERTAIN || s == E_INTERNAL || s == E_CONFLICT;
}

static enum status settle_failure(struct job_context *c, const struct job_kind *kind, const struct job *job,
                                  enum status why, const struct err *because, struct err *e) {
    char text[JOB_ERROR_MAX];
    if (why == E_RETRY && job_is_stopping(c))
        return give_back(c, job, clock_now_us(c->clock), STR(""), job->attempts - 1, e);
    if (may_work_later(why) && !job->last_attempt) {
        log_job(LOG_WARN, "job_retry", job, why, because);
        struct str words = describe(why, because, text);
        return give_back(c, job, clock_now_us(c->clock) + delay_after(kind, job, because), words,
                         job->attempts, e);
    }
    log_job(LOG_ERROR, "job_dead", job, why, because);
    return bury(c, kind, job, why, because, e);
}

static enum job_end end_of(enum status ran, const struct job_context *c, const struct job *job) {
    if (c->finished || ran == OK) return JOB_DONE;
    bool stopped = ran == E_RETRY && job_is_stopping(c);
    return stopped || (may_work_later(ran) && !job->last_attempt) ? JOB_AGAIN : JOB_GIVEN_UP;
}

static enum job_end execute(struct job_context *c, const struct job_kind *kind, const struct job *job) {
    struct err because = { 0 }, e = { 0 };
    enum job_end end = JOB_GIVEN_UP;
    enum status s;
    c->room = kind->room;
    c->finished = false;
    if (job->attempts > kind->attempts_max) {
        /* The lease of the last attempt ran out (a crash, most likely), or on_dead has to be told again. */
        log_job(LOG_ERROR, "job_dead", job, E_INTERNAL, &because);
        s = bury(c, kind, job, OK, &because, &e);
    } else {
        enum status ran = kind->run(c, job, &because);
        close_transactions(c, job);
        end = end_of(ran, c, job);
        if (c->finished) return end;
        s = ran == OK ? finish_alone(c, job, &e) : settle_failure(c, kind, job, ran, &because, &e);
    }
    if (!c->finished && c->claimer) job_claim_drop(c->claimer);
    /* Not recorded: the lease runs out, and the job runs again. */
    if (s != OK) log_job(LOG_WARN, "job_end_not_recorded", job, s, &e);
    return end;
}

void job_execute(struct job_context *c, const struct job_kind *kind, const struct job *job) {
    int64_t from_us = clock_monotonic_us();
    enum job_end end = execute(c, kind, job);
    if (kind->watch) kind->watch->ended(kind->watch->ctx, kind, end, clock_monotonic_us() - from_us);
}
