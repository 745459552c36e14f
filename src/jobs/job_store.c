#include "jobs/job_store.h"

#include "queries.h"

enum status job_store_insert(struct db *db, struct str kind, struct str payload, int64_t due_at_us,
                             struct str unique_key, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_text(kind), db_text(payload), db_int(due_at_us),
                                   db_text_or_null(unique_key), db_int(now_us) };
    return db_run(db, &q_job_insert, args, NULL, NULL, NULL, e);
}

struct head_row {
    struct job_head *head;
    bool found;
};

static enum status take_head(void *ctx, const struct db_val *col, struct err *e) {
    struct head_row *row = ctx;
    (void)e;
    *row->head = (struct job_head) { .id = col[0].i, .due_at_us = col[1].i, .attempts = (int)col[2].i };
    row->found = true;
    return OK;
}

enum status job_store_head(struct db *db, const char *kind, struct job_head *out, struct err *e) {
    const struct db_val args[] = { db_text(str_from_c(kind)) };
    struct head_row row = { .head = out };
    enum status s = db_run(db, &q_job_head, args, take_head, &row, NULL, e);
    return s == OK && !row.found ? E_NOT_FOUND : s;
}

struct claim_row {
    struct arena *arena;
    struct str payload;
    bool found;
};

static enum status take_claim(void *ctx, const struct db_val *col, struct err *e) {
    struct claim_row *row = ctx;
    row->found = true;
    return db_copy(row->arena, &col[0], &row->payload, e);
}

enum status job_store_claim(struct db *db, struct arena *a, const struct job_head *head, int64_t now_us,
                            int64_t lease_until_us, struct str *payload, struct err *e) {
    const struct db_val args[] = { db_int(head->id), db_int(head->attempts), db_int(now_us),
                                   db_int(lease_until_us) };
    struct claim_row row = { .arena = a };
    enum status s = db_run(db, &q_job_claim, args, take_claim, &row, NULL, e);
    if (s != OK) return s;
    if (!row.found) return E_NOT_FOUND;
    *payload = row.payload;
    return OK;
}

/* Runs a change whose first two parameters name the lease. */
static enum status change_held(struct db *db, const struct db_query *q, const struct db_val *args,
                               struct err *e) {
    int64_t changed = 0;
    enum status s = db_run(db, q, args, NULL, NULL, &changed, e);
    if (s == OK && changed == 0)
        return fail(e, E_CONFLICT, NULL, "job %lld: the lease was lost", (long long)args[0].i);
    return s;
}

enum status job_store_renew(struct db *db, const struct job *job, int64_t lease_until_us, struct err *e) {
    const struct db_val args[] = { db_int(job->id), db_int(job->attempts), db_int(lease_until_us) };
    return change_held(db, &q_job_renew, args, e);
}

enum status job_release_all(struct db *db, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(now_us), db_int(JOB_CUTS_FORGIVEN) };
    return db_run(db, &q_job_release_all, args, NULL, NULL, NULL, e);
}

enum status job_store_done(struct db *db, const struct job *job, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(job->id), db_int(job->attempts), db_int(now_us) };
    return change_held(db, &q_job_done, args, e);
}

enum status job_store_dead(struct db *db, const struct job *job, int64_t now_us, struct str why,
                           struct err *e) {
    const struct db_val args[] = { db_int(job->id), db_int(job->attempts), db_int(now_us), db_text(why) };
    return change_held(db, &q_job_dead, args, e);
}

enum status job_store_again(struct db *db, const struct job *job, int64_t due_at_us, struct str why,
                            int attempts, struct err *e) {
    const struct db_val args[] = { db_int(job->id), db_int(job->attempts), db_int(due_at_us), db_text(why),
                                   db_int(attempts) };
    return change_held(db, &q_job_again, args, e);
}
