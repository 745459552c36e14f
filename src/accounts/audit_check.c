#include "accounts/audit_check.h"

#include "accounts/alert.h"
#include "accounts/audit.h"
#include "http/fields.h"
#include "queries.h"

#include <stdio.h>

#define AUDIT_CHECK_JOB "audit.verify"

static enum status take_check(void *ctx, const struct db_val *col, struct err *e) {
    struct audit_check *check = ctx;
    (void)e;
    *check = (struct audit_check) { .id = col[0].i,
                                    .started_at_us = col[1].i,
                                    .finished_at_us = col[2].i,
                                    .checked = col[3].i,
                                    .broken_id = col[4].i };
    return OK;
}

enum status audit_check_last(struct db *db, struct audit_check *check, struct err *e) {
    *check = (struct audit_check) { 0 };
    return db_run(db, &q_audit_check_last, NULL, take_check, check, NULL, e);
}

/* In a transaction. */
static enum status add(const struct accounts *acc, struct db *db, int64_t user_id, int64_t now_us,
                       struct audit_check *check, struct err *e) {
    const struct db_val args[] = { db_int(user_id), db_int(now_us) };
    char payload[64];
    enum status s;

    *check = (struct audit_check) { .started_at_us = now_us };
    if ((s = db_get_i64(db, &q_audit_check_insert, args, &check->id, e)) != OK) return s;
    snprintf(payload, sizeof payload, "{\"check_id\":%lld}", (long long)check->id);
    s = job_add(db, acc->mail ? acc->mail->signal : NULL, STR(AUDIT_CHECK_JOB), str_from_c(payload), 0,
                STR(AUDIT_CHECK_JOB), now_us, e);
    return s == OK ? audit_add(db, user_id, STR("audit.verify"), STR("audit"), 0, now_us, e) : s;
}

enum status audit_check_start(const struct accounts *acc, struct db *db, int64_t user_id, int64_t now_us,
                              struct audit_check *check, struct err *e) {
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = audit_check_last(db, check, e);
    if (s == OK && (!check->id || check->finished_at_us)) s = add(acc, db, user_id, now_us, check, e);
    return db_finish(db, s, e);
}

static enum status read_task(struct arena *a, const struct job *job, int64_t *check_id, struct err *e) {
    struct fields *f;
    enum status s = fields_parse(a, job->payload, &f, e);
    if (s != OK) return s;
    fields_i64(f, "check_id", FIELD_REQUIRED, 1, INT64_MAX, check_id);
    return fields_done(f);
}

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    int64_t id = 0, checked = 0, broken_id = 0;
    enum status s = read_task(c->arena, job, &id, e);

    if (s == OK) s = audit_verify(c->db, &checked, &broken_id, e);
    if (s != OK) return s;
    const struct db_val args[] = { db_int(id), db_int(clock_now_us(c->clock)), db_int(checked),
                                   db_int(broken_id) };
    if ((s = db_begin(c->db, e)) != OK) return s;
    s = db_run(c->db, &q_audit_check_finish, args, NULL, NULL, NULL, e);
    if (s == OK) s = job_finish(c, job, e);
    return db_finish(c->db, s, e);
}

/* Without a result it must not seem to run for ever. */
static enum status on_dead(struct job_context *c, const struct job *job, struct err *e) {
    int64_t id = 0;
    enum status s = read_task(c->arena, job, &id, NULL);
    const struct db_val args[] = { db_int(id) };

    if (s != OK) return OK;
    if ((s = db_begin(c->db, e)) != OK) return s;
    return db_finish(c->db, db_run(c->db, &q_audit_check_delete, args, NULL, NULL, NULL, e), e);
}

struct job_kind audit_check_job_kind(struct accounts *acc) {
    return (struct job_kind) { .name = AUDIT_CHECK_JOB,
                               .run = run,
                               .on_dead = on_dead,
                               .room = acc,
                               .lease_us = 10 * MINUTE_US,
                               .attempts_max = 3,
                               .parallel_max = 1 };
}
