#include "accounts/audit.h"
#include "backups/backups.h"
#include "queries.h"

#include <stdio.h>

static enum status add_row(const struct backups *room, struct db *db, const char *state, int64_t user_id,
                           int64_t now_us, int64_t *id, struct err *e) {
    const struct db_val args[] = { db_text(str_from_c(state)), db_text(room->folder), db_int(user_id),
                                   db_int(now_us) };
    enum status s = db_run(db, &q_backup_insert, args, db_take_i64, id, NULL, e);
    return s == OK ? audit_add(db, user_id, STR("backup.make"), STR("backup"), *id, now_us, e) : s;
}

static enum status request(const struct backups *room, struct db *db, int64_t user_id, int64_t now_us,
                           int64_t *id, struct err *e) {
    char payload[48];
    int64_t open;
    enum status s = db_get_i64(db, &q_backup_under_way, NULL, &open, e);

    if (s == OK && open) return fail(e, E_CONFLICT, &backup_under_way, "a backup is under way");
    if (s == OK) s = add_row(room, db, "waiting", user_id, now_us, id, e);
    if (s != OK) return s;
    snprintf(payload, sizeof payload, "{\"id\":%lld}", (long long)*id);
    return job_add(db, room->signal, STR(BACKUP_JOB_MAKE), str_from_c(payload), 0, STR(""), now_us, e);
}

enum status backup_request(const struct backups *room, struct db *db, int64_t user_id, int64_t now_us,
                           int64_t *id, struct err *e) {
    enum status s = db_begin(db, e);
    if (s != OK) return s;
    s = request(room, db, user_id, now_us, id, e);
    return db_finish(db, s, e);
}

struct row_reader {
    backup_row_fn *fn;
    void *ctx;
};

static enum status read_row(void *ctx, const struct db_val *col, struct err *e) {
    const struct row_reader *r = ctx;
    const struct backup b = { .id = col[0].i,
                              .state = col[1].s,
                              .name = col[2].s,
                              .folder = col[3].s,
                              .size_bytes = col[4].i,
                              .patients = col[5].i,
                              .documents = col[6].i,
                              .missing = col[7].i,
                              .damaged = col[8].i,
                              .error_code = col[9].s,
                              .created_by = col[10].i,
                              .created_at_us = col[11].i,
                              .taken_at_us = col[12].i,
                              .ended_at_us = col[13].i };
    return r->fn(r->ctx, &b, e);
}

enum status backup_each(struct db *db, int64_t id, int64_t limit, int64_t offset, backup_row_fn *fn,
                        void *ctx, struct err *e) {
    const struct db_val args[] = { db_int(id), db_int(limit), db_int(offset) };
    struct row_reader r = { fn, ctx };
    return db_run(db, &q_backup_list, args, read_row, &r, NULL, e);
}

enum status backup_rows(struct db *db, int64_t *count, struct err *e) {
    return db_get_i64(db, &q_backup_count, NULL, count, e);
}

enum status backup_last(struct db *db, int64_t *taken_at_us, struct err *e) {
    return db_get_i64(db, &q_backup_last_proven, NULL, taken_at_us, e);
}

static enum status set_state(struct db *db, int64_t id, const char *state, struct str code,
                             int64_t ended_at_us, struct err *e) {
    const struct db_val args[] = { db_int(id), db_text(str_from_c(state)), db_text(code),
                                   db_int_or_null(ended_at_us) };
    enum status s = db_begin(db, e);
    if (s != OK) return s;
    s = db_run(db, &q_backup_set_state, args, NULL, NULL, NULL, e);
    return db_finish(db, s, e);
}

enum status backup_set_running(struct db *db, int64_t id, struct err *e) {
    return set_state(db, id, "running", STR(""), 0, e);
}

enum status backup_set_ended(struct db *db, int64_t id, const char *state, struct str error_code,
                             int64_t ended_at_us, struct err *e) {
    return set_state(db, id, state, error_code, ended_at_us, e);
}

enum status backup_set_proven(struct db *db, int64_t id, const struct backup_made *made, int64_t now_us,
                              struct err *e) {
    const struct db_val args[] = { db_int(id),
                                   db_text(str_from_c(made->name)),
                                   db_int(made->size_bytes),
                                   db_int(made->facts.patients),
                                   db_int(made->facts.documents),
                                   db_int(made->missing),
                                   db_int(made->damaged),
                                   db_int(made->facts.taken_at_us),
                                   db_int(now_us) };
    return db_run(db, &q_backup_set_proven, args, NULL, NULL, NULL, e);
}

enum status backup_record(const struct backups *room, struct db *db, const struct backup_made *made,
                          int64_t now_us, struct err *e) {
    int64_t id = 0;
    enum status s = db_begin(db, e);

    if (s != OK) return s;
    s = add_row(room, db, "running", 0, now_us, &id, e);
    if (s == OK) s = backup_set_proven(db, id, made, now_us, e);
    return db_finish(db, s, e);
}

enum status backup_last_asked(struct db *db, int64_t *at_us, struct err *e) {
    return db_get_i64(db, &q_backup_last_asked, NULL, at_us, e);
}

enum status backup_clean_up(struct db *db, int64_t before_us, struct err *e) {
    const struct db_val args[] = { db_int(before_us) };
    enum status s = db_begin(db, e);
    if (s != OK) return s;
    s = db_run(db, &q_backup_clean, args, NULL, NULL, NULL, e);
    return db_finish(db, s, e);
}
