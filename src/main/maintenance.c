#include "main/maintenance.h"

#include "accounts/accounts.h"
#include "backups/backups.h"
#include "http/idempotency.h"
#include "jobs/job_list.h"
#include "messaging/forgotten.h"
#include "metrics/sample.h"
#include "models/model_call.h"

enum status maintenance_add_job(struct db *db, struct job_signal *signal, int64_t run_at_us, int64_t now_us,
                                struct err *e) {
    return job_add(db, signal, STR(MAINTENANCE_JOB), STR("{}"), run_at_us, STR(MAINTENANCE_JOB), now_us, e);
}

struct retention retention_of(const struct config *c) {
    return (struct retention) { .metrics_us = c->metrics_retention_days * DAY_US,
                                .model_calls_us = c->model_call_retention_days * DAY_US,
                                .done_jobs_us = c->job_retention_days * DAY_US,
                                .backup_rows_us = c->backup_list_retention_days * DAY_US };
}

enum status maintenance_round(struct db *db, const struct retention *kept, int64_t now_us, struct err *e) {
    int64_t deleted;
    enum status s;

    if ((s = accounts_clean_up(db, now_us, e)) != OK) return s;
    if ((s = idempotency_clean_up(db, now_us, e)) != OK) return s;
    if ((s = model_call_clean_up(db, now_us - kept->model_calls_us, e)) != OK) return s;
    if ((s = sample_clean_up(db, now_us - kept->metrics_us, e)) != OK) return s;
    if ((s = forgotten_clean_up(db, now_us, e)) != OK) return s;
    if ((s = backup_clean_up(db, now_us - kept->backup_rows_us, e)) != OK) return s;
    return job_cleanup(db, now_us - kept->done_jobs_us, &deleted, e);
}

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    const struct maintenance *room = c->room;
    int64_t now_us = clock_now_us(c->clock);
    enum status s;

    if ((s = maintenance_round(c->db, &room->kept, now_us, e)) != OK) return s;
    if ((s = db_begin(c->db, e)) != OK) return s;
    s = job_finish(c, job, e);
    if (s == OK) s = maintenance_add_job(c->db, room->signal, now_us + DAY_US, now_us, e);
    return db_finish(c->db, s, e);
}

struct job_kind maintenance_job_kind(struct maintenance *room) {
    return (struct job_kind) { .name = MAINTENANCE_JOB,
                               .run = run,
                               .room = room,
                               .lease_us = 5 * MINUTE_US,
                               .attempts_max = 10,
                               .parallel_max = 1 };
}
