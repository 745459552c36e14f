#include "backups/content_store.h"

#include "db/db.h"
#include "db/migrate.h"
#include "messaging/message.h"
#include "queries.h"

#include <stdio.h>

static enum status take_counts(void *ctx, const struct db_val *col, struct err *e) {
    struct backup_facts *f = ctx;
    (void)e;
    f->patients = col[0].i;
    f->documents = col[1].i;
    f->messages = col[2].i;
    f->audit_rows = col[3].i;
    return OK;
}

enum status content_count(struct db *db, struct backup_facts *f, struct err *e) {
    struct blob_names names;
    int64_t size, blobs = 0;
    struct str name;
    enum status s = db_run(db, &q_backup_counts, NULL, take_counts, f, NULL, e);

    blob_names_start(&names, db);
    while (s == OK && (s = blob_names_next(&names, &name, &size, e)) == OK && name.n) blobs++;
    f->blobs = blobs;
    return s;
}

int64_t content_schema(void) {
    int64_t last = 0;
    for (const struct migration *m = db_migrations; m->number; m++) last = m->number;
    return last;
}

enum status content_open(const struct scratch *scratch, bool migrate, int64_t now_us, struct content *c,
                         struct err *e) {
    *c = (struct content) { 0 };
    enum status s = scratch_open(scratch, &c->pool, e);
    if (s == OK && migrate) s = db_migrate(c->pool, now_us, NULL, e);
    if (s == OK) s = db_schema_check(c->pool, e);
    if (s == OK) s = db_open(c->pool, &c->db, e);
    if (s != OK) content_close(c);
    return s;
}

void content_close(struct content *c) {
    db_close(c->db);
    db_pool_close(c->pool);
    *c = (struct content) { 0 };
}

void blob_names_start(struct blob_names *n, struct db *db) {
    n->db = db;
    n->at = n->count = 0;
    n->last = false;
    n->after[0] = '\0';
}

static enum status take_name(void *ctx, const struct db_val *col, struct err *e) {
    struct blob_names *n = ctx;
    if (!blob_is_name(col[0].s)) return fail(e, E_INTERNAL, NULL, "a row names an original that cannot be");
    snprintf(n->rows[n->count].name, sizeof n->rows[0].name, "%.*s", STR_ARG(col[0].s));
    n->rows[n->count++].size_bytes = col[1].i;
    return OK;
}

static enum status read_more(struct blob_names *n, struct err *e) {
    const struct db_val args[] = { db_text(str_from_c(n->after)), db_int(COUNT_OF(n->rows)) };
    n->at = n->count = 0;
    enum status s = db_run(n->db, &q_backup_blobs_after, args, take_name, n, NULL, e);
    n->last = n->count < COUNT_OF(n->rows);
    return s;
}

enum status blob_names_next(struct blob_names *n, struct str *name, int64_t *size_bytes, struct err *e) {
    enum status s = n->at == n->count && !n->last ? read_more(n, e) : OK;
    bool there = n->at < n->count;

    if (s != OK) return s;
    *name = there ? str_from_c(n->rows[n->at].name) : STR("");
    *size_bytes = there ? n->rows[n->at].size_bytes : -1;
    if (there) memcpy(n->after, n->rows[n->at++].name, sizeof n->after);
    return OK;
}

enum status content_hold(struct db *db, int64_t now_us, struct err *e) {
    const struct db_val at[] = { db_int(now_us) };
    const struct db_val messages[] = { db_int(now_us), db_int(MESSAGE_FAILED) };
    enum status s = db_run(db, &q_restore_hold_messages, messages, NULL, NULL, NULL, e);

    if (s == OK) s = db_run(db, &q_restore_hold_jobs, at, NULL, NULL, NULL, e);
    if (s == OK) s = db_run(db, &q_restore_hold_broadcasts, at, NULL, NULL, NULL, e);
    return s == OK ? db_run(db, &q_restore_end_backups, at, NULL, NULL, NULL, e) : s;
}
