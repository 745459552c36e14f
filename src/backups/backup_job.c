/*
 * backup_job -- "backup.make" {"id"}: makes the backup of a row. Run twice it makes two, of which the row names the second: no harm.
 * "backup.watch": once an hour, whether one is due. A clinic's machine may be off at night, so there is no hour of the day for it.
 */
#include "accounts/notification.h"
#include "backups/backups.h"
#include "http/event_hub.h"
#include "http/fields.h"

#include <stdio.h>

#define LEASE_US (10 * MINUTE_US)
#define RENEW_US MINUTE_US
#define LOOK_US  HOUR_US
/* A program that just started has other things to do. */
#define FIRST_US (10 * MINUTE_US)

struct running {
    struct job_context *context;
    const struct job *job;
    const struct backups *room;
    int64_t id, renewed_us;
};

static const char *phase_name(enum backup_phase phase) {
    static const char *const names[] = { "copies", "writes", "proves", "restores" };
    return names[phase];
}

static void publish(const struct backups *room, int64_t id, const char *state, const char *phase,
                    uint64_t done, uint64_t total) {
    char json[160];
    snprintf(json, sizeof json, "{\"id\":%lld,\"state\":\"%s\",\"phase\":\"%s\",\"percent\":%d}",
             (long long)id, state, phase, total ? (int)(done * 100 / total) : 0);
    if (phase[0])
        event_hub_publish_seldom(room->events, "backup", id, str_from_c(json));
    else
        event_hub_publish(room->events, "backup", str_from_c(json));
}

/* Keeps the lease, and stops with the program. */
static enum status watch(void *ctx, enum backup_phase phase, uint64_t done, uint64_t total, struct err *e) {
    struct running *r = ctx;
    int64_t now_us = clock_monotonic_us();

    if (job_is_stopping(r->context)) return fail(e, E_RETRY, NULL, "the program is stopping");
    publish(r->room, r->id, "running", phase_name(phase), done, total);
    if (now_us - r->renewed_us < RENEW_US) return OK;
    r->renewed_us = now_us;
    return job_renew(r->context, r->job, LEASE_US, e);
}

static enum status read_id(struct job_context *c, const struct job *job, int64_t *id, struct err *e) {
    struct fields *f;
    enum status s = fields_parse(c->arena, job->payload, &f, e);
    if (s != OK) return s;
    fields_i64(f, "id", FIELD_REQUIRED, 1, INT64_MAX, id);
    return fields_done(f);
}

static enum status finish(struct running *r, const struct backup_made *made, struct err *e) {
    struct job_context *c = r->context;
    int64_t now_us = clock_now_us(c->clock);
    enum status s = db_begin(c->db, e);

    if (s != OK) return s;
    s = backup_set_proven(c->db, r->id, made, now_us, e);
    if (s == OK && made->missing + made->damaged > 0)
        s = notification_add_once(c->db, STR("backup.incomplete"), SEVERITY_LOOK, now_us, e);
    if (s == OK) s = job_finish(c, r->job, e);
    return db_finish(c->db, s, e);
}

static struct str code_of(const struct err *e, enum status s) {
    return str_from_c(e->message ? e->message->code : status_name(s));
}

static enum status make_run(struct job_context *c, const struct job *job, struct err *e) {
    struct running r = { c, job, c->room, 0, clock_monotonic_us() };
    const struct backup_watch w = { watch, &r };
    struct backup_made made;
    struct err why = { 0 };
    enum status s = read_id(c, job, &r.id, e);

    if (s != OK) return s;
    if ((s = backup_set_running(c->db, r.id, e)) != OK) return s;
    publish(r.room, r.id, "running", "", 0, 0);
    s = backup_make(r.room, c->db, c->arena, clock_now_us(c->clock), &w, &made, &why);
    if (s == OK) s = finish(&r, &made, &why);
    if (s != OK) {
        /* Only for people who look; that it cannot be written down is no reason to say something else. */
        (void)!backup_set_ended(c->db, r.id, "waiting", code_of(&why, s), 0, NULL);
        *e = why;
    }
    publish(r.room, r.id, s == OK ? "proven" : "waiting", "", 0, 0);
    return s;
}

/* Twice does no harm: the row is failed, and one notification waits. */
static enum status make_dead(struct job_context *c, const struct job *job, struct err *e) {
    const struct backups *room = c->room;
    int64_t id, now_us = clock_now_us(c->clock);
    struct str code = code_of(e, E_INTERNAL);
    struct err why = { 0 };
    enum status s = read_id(c, job, &id, &why);

    if (s != OK) return s == E_INVALID ? OK : s;
    if ((s = backup_set_ended(c->db, id, "failed", code, now_us, &why)) != OK) return s;
    if ((s = db_begin(c->db, &why)) != OK) return s;
    s = notification_add_once(c->db, STR("backup.failed"), SEVERITY_LOOK, now_us, &why);
    s = db_finish(c->db, s, &why);
    publish(room, id, "failed", "", 0, 0);
    return s;
}

static enum status add_watch(const struct backups *room, struct db *db, int64_t run_at_us, int64_t now_us,
                             struct err *e) {
    return job_add(db, room->signal, STR(BACKUP_JOB_WATCH), STR("{}"), run_at_us, STR(BACKUP_JOB_WATCH),
                   now_us, e);
}

static enum status request_when_due(const struct backups *room, struct db *db, int64_t now_us,
                                    struct err *e) {
    int64_t asked_us, id;
    enum status s = backup_last_asked(db, &asked_us, e);

    if (s != OK || !room->every_us || now_us - asked_us < room->every_us) return s;
    s = backup_request(room, db, 0, now_us, &id, e);
    return s == E_CONFLICT ? OK : s;
}

static enum status watch_run(struct job_context *c, const struct job *job, struct err *e) {
    const struct backups *room = c->room;
    int64_t now_us = clock_now_us(c->clock);
    enum status s = request_when_due(room, c->db, now_us, e);

    if (s != OK || (s = db_begin(c->db, e)) != OK) return s;
    s = job_finish(c, job, e);
    if (s == OK) s = add_watch(room, c->db, now_us + LOOK_US, now_us, e);
    return db_finish(c->db, s, e);
}

enum status backups_start_jobs(const struct backups *room, struct db *db, int64_t now_us, struct err *e) {
    return add_watch(room, db, now_us + FIRST_US, now_us, e);
}

void backups_job_kinds(struct backups *room, struct job_kind kinds[BACKUP_JOB_COUNT]) {
    kinds[0] = (struct job_kind) { .name = BACKUP_JOB_MAKE,
                                   .run = make_run,
                                   .on_dead = make_dead,
                                   .room = room,
                                   .lease_us = LEASE_US,
                                   .attempts_max = 3,
                                   .parallel_max = 1,
                                   .delay_max_us = 10 * MINUTE_US };
    kinds[1] = (struct job_kind) { .name = BACKUP_JOB_WATCH,
                                   .run = watch_run,
                                   .room = room,
                                   .lease_us = MINUTE_US,
                                   .attempts_max = 1000,
                                   .parallel_max = 1 };
}
