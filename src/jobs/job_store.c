#include "jobs/job_store.h"

#include "queries.h"

enum status job_store_insert(struct db *db, struct str kind, struct str payload, int64_t due_at_us,
                             struct str unique_key, int64_t now_us, int64_t *id, struct err *e) {
    const struct db_val args[] = { db_text(kind), db_text(payload), db_int(due_at_us),
                                   db_text_or_null(unique_key), db_int(now_us) };
    *id = 0;
    return db_run(db, &q_job_insert, args, db_take_i64, id, NULL, e);
}

enum status job_store_insert_running(struct db *db, struct str kind, struct str payload,
                                     int64_t lease_until_us, struct str unique_key, int64_t now_us,
                                     int64_t *id, struct err *e) {
    const struct db_val args[] = { db_text(kind), db_text(payload), db_int(lease_until_us),
                                   db_text_or_null(unique_key), db_int(now_us) };
    *id = 0;
    return db_run(db, &q_job_insert_running, args, db_take_i64, id, NULL, e);
}

struct head_rows {
    const struct job_kind *kinds;
    struct job_head *heads;
    size_t count;
};

static struct job_head read_head(const struct db_val *col, int kind) {
    return (
        struct job_head) { .id = col[0].i, .due_at_us = col[1].i, .attempts = (int)col[2].i, .kind = kind };
}

static int kind_by_name(const struct job_kind *kinds, struct str name) {
    for (int i = 0; kinds[i].name; i++)
        if (str_eq(name, str_from_c(kinds[i].name))) return i;
    return -1;
}

static enum status take_heads(void *ctx, const struct db_val *col, struct err *e) {
    struct head_rows *rows = ctx;
    (void)e;
    rows->heads[rows->count++] = read_head(col, kind_by_name(rows->kinds, col[3].s));
    return OK;
}

enum status job_store_heads(struct db *db, const struct job_kind *kinds, struct job_head heads[JOB_HEADS_MAX],
                            size_t *count, struct err *e) {
    const struct db_val args[] = { db_int(JOB_HEADS_MAX) };
    struct head_rows rows = { .kinds = kinds, .heads = heads };
    enum status s = db_run(db, &q_job_heads, args, take_heads, &rows, NULL, e);
    *count = rows.count;
    return s;
}

static enum status take_head(void *ctx, const struct db_val *col, struct err *e) {
    struct head_rows *row = ctx;
    (void)e;
    row->heads[row->count++] = read_head(col, -1);
    return OK;
}

enum status job_store_head(struct db *db, const struct job_kind *kinds, int kind, struct job_head *out,
                           struct err *e) {
    const struct db_val args[] = { db_text(str_from_c(kinds[kind].name)) };
    struct job_head head;
    struct head_rows row = { .heads = &head };
    enum status s = db_run(db, &q_job_head, args, take_head, &row, NULL, e);
    if (s != OK) return s;
    if (row.count == 0) return E_NOT_FOUND;
    *out = head;
    out->kind = kind;
    return OK;
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
