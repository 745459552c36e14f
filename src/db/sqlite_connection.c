#include "db/sqlite_connection.h"

#include <errno.h>
#include <stdlib.h>

/*
 * WAL lets readers go on while the writer works; FULL puts each commit on the disk before it is answered. Caches are small, because there
 * are as many reader connections as threads and the program has to fit into tens of megabytes. What is deleted is overwritten: an
 * erased patient must not stay readable in the file.
 */
static const char common_pragmas[] =
    "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-1024;";
static const char writer_pragmas[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; "
    "PRAGMA secure_delete=ON;";
static const char reader_pragmas[] = "PRAGMA query_only=ON;";

/* Longer than any transaction of another process on this file: a command beside a running server. */
enum { BUSY_TIMEOUT_MS = 10000 };

static enum status fail_retry(const struct sqlite_connection *c, const struct message *m, const char *what,
                              struct err *e) {
    enum status s = fail(e, E_RETRY, m, "%s: %s (%d)", what, sqlite3_errstr(sqlite3_errcode(c->handle)),
                         sqlite3_extended_errcode(c->handle));
    if (e && e->retry_after_s == 0) e->retry_after_s = 1;
    return s;
}

enum status sqlite_failed(const struct sqlite_connection *c, const char *what, struct err *e) {
    int code = sqlite3_extended_errcode(c->handle);
    bool disk_full = sqlite3_system_errno(c->handle) == ENOSPC || sqlite3_system_errno(c->handle) == EDQUOT;

    switch (code & 0xFF) {
    case SQLITE_FULL: return fail_retry(c, &db_disk_full, what, e);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return fail_retry(c, disk_full ? &db_disk_full : &db_unavailable, what, e);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT: return fail_retry(c, &db_unavailable, what, e);
    case SQLITE_CONSTRAINT: break;
    /* Other messages of SQLite may quote a value (a search expression, for instance): only the kind is said. */
    default: return fail(e, E_INTERNAL, NULL, "%s: %s (%d)", what, sqlite3_errstr(code), code);
    }
    bool key = code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
               code == SQLITE_CONSTRAINT_ROWID || code == SQLITE_CONSTRAINT_FOREIGNKEY;
    /* Names of tables and columns, never values. */
    return fail(e, key ? E_CONFLICT : E_INTERNAL, NULL, "%s: %s", what, sqlite3_errmsg(c->handle));
}

enum status sqlite_script(struct sqlite_connection *c, const char *sql, struct err *e) {
    int code = sqlite3_exec(c->handle, sql, NULL, NULL, NULL);
    if (code == SQLITE_OK) return OK;
    if (code == SQLITE_ERROR) /* of the text, which is ours: the message says where */
        return fail(e, E_INTERNAL, NULL, "script: %s", sqlite3_errmsg(c->handle));
    return sqlite_failed(c, "script", e);
}

enum status sqlite_connect(const char *path, bool writes, struct sqlite_connection *c, struct err *e) {
    enum status s;

    c->writes = writes;
    if (sqlite3_open_v2(path, &c->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI,
                        NULL) != SQLITE_OK)
        return c->handle ? sqlite_failed(c, "open", e)
                         : fail(e, E_INTERNAL, NULL, "no memory for a connection");
    sqlite3_extended_result_codes(c->handle, 1);
    sqlite3_busy_timeout(c->handle, BUSY_TIMEOUT_MS);
    sqlite3_db_config(c->handle, SQLITE_DBCONFIG_DQS_DML, 0,
                      NULL); /* "x" is a name, never a text by mistake */
    sqlite3_db_config(c->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(c->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    s = sqlite_script(c, common_pragmas, e);
    if (s == OK) s = sqlite_script(c, writes ? writer_pragmas : reader_pragmas, e);
    return s;
}

void sqlite_disconnect(struct sqlite_connection *c) {
    for (int i = 0; i < DB_QUERY_COUNT; i++) sqlite3_finalize(c->prepared[i].statement);
    sqlite3_close(c->handle);
    *c = (struct sqlite_connection) { 0 };
}

static enum status check_shape(const struct db_query *q, sqlite3_stmt *st, unsigned char slot[DB_PARAMS_MAX],
                               struct err *e) {
    if (q->params > DB_PARAMS_MAX || q->columns > DB_COLUMNS_MAX ||
        sqlite3_bind_parameter_count(st) != q->params || sqlite3_column_count(st) != q->columns)
        return fail(e, E_INTERNAL, NULL, "%s has %d parameters and %d columns, not what its head says",
                    q->name, sqlite3_bind_parameter_count(st), sqlite3_column_count(st));
    for (int i = 0; i < q->params; i++) {
        char name[8];
        sqlite3_snprintf(sizeof name, name, "$%d", i + 1);
        slot[i] = (unsigned char)sqlite3_bind_parameter_index(st, name);
    }
    return OK;
}

static enum status prepare(struct sqlite_connection *c, const struct db_query *q, unsigned flags,
                           struct prepared *out, struct err *e) {
    struct prepared p = { 0 };
    enum status s;

    int code = sqlite3_prepare_v3(c->handle, q->sql, -1, flags, &p.statement, NULL);
    if (code == SQLITE_ERROR) /* of the text, as above */
        return fail(e, E_INTERNAL, NULL, "%s: %s", q->name, sqlite3_errmsg(c->handle));
    if (code != SQLITE_OK) return sqlite_failed(c, q->name, e);
    s = check_shape(q, p.statement, p.slot, e);
    if (s == OK && !c->writes && !sqlite3_stmt_readonly(p.statement))
        s = fail(e, E_INTERNAL, NULL, "%s writes outside a transaction", q->name);
    if (s != OK) {
        sqlite3_finalize(p.statement);
        return s;
    }
    *out = p;
    return OK;
}

static int bind(sqlite3_stmt *st, int slot, const struct db_val *v) {
    switch (v->type) {
    case DB_NULL: return sqlite3_bind_null(st, slot);
    case DB_INT: return sqlite3_bind_int64(st, slot, v->i);
    case DB_REAL: return sqlite3_bind_double(st, slot, v->real);
    case DB_TEXT:
        return sqlite3_bind_text64(st, slot, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC, SQLITE_UTF8);
    case DB_BLOB: return sqlite3_bind_blob64(st, slot, v->s.p ? v->s.p : "", v->s.n, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static struct db_val column(sqlite3_stmt *st, int i) {
    const void *p;

    switch (sqlite3_column_type(st, i)) {
    case SQLITE_INTEGER: return db_int(sqlite3_column_int64(st, i));
    case SQLITE_FLOAT: return db_real(sqlite3_column_double(st, i));
    case SQLITE_TEXT:
        p = sqlite3_column_text(st, i);
        return db_text((struct str) { p, (size_t)sqlite3_column_bytes(st, i) });
    case SQLITE_BLOB:
        p = sqlite3_column_blob(st, i);
        return db_blob((struct str) { p ? p : "", (size_t)sqlite3_column_bytes(st, i) });
    default: return (struct db_val) { .type = DB_NULL, .s = { "", 0 } };
    }
}

static enum status step_all(struct sqlite_connection *c, const struct db_query *q, sqlite3_stmt *st,
                            db_row_fn *fn, void *ctx, struct err *e) {
    struct db_val row[DB_COLUMNS_MAX];
    int code;

    while ((code = sqlite3_step(st)) == SQLITE_ROW) {
        if (!fn) continue;
        for (int i = 0; i < q->columns; i++) row[i] = column(st, i);
        enum status s = fn(ctx, row, e);
        if (s != OK) return s;
    }
    return code == SQLITE_DONE ? OK : sqlite_failed(c, q->name, e);
}

static enum status bind_and_step(struct sqlite_connection *c, const struct db_query *q,
                                 const struct prepared *p, const struct db_val *args, db_row_fn *fn,
                                 void *ctx, int64_t *changed, struct err *e) {
    enum status s = OK;

    for (int i = 0; i < q->params && s == OK; i++)
        if (bind(p->statement, p->slot[i], &args[i]) != SQLITE_OK) s = sqlite_failed(c, q->name, e);
    if (s == OK) s = step_all(c, q, p->statement, fn, ctx, e);
    if (s == OK && changed) *changed = sqlite3_stmt_readonly(p->statement) ? 0 : sqlite3_changes64(c->handle);
    sqlite3_reset(p->statement);
    sqlite3_clear_bindings(p->statement); /* they point into the caller's memory */
    return s;
}

enum status sqlite_run(struct sqlite_connection *c, const struct db_query *q, const struct db_val *args,
                       db_row_fn *fn, void *ctx, int64_t *changed, struct err *e) {
    struct prepared once = { 0 };
    struct prepared *p = q->id >= 0 ? &c->prepared[q->id] : &once;
    enum status s = OK;

    /* A row function runs the statement that is calling it: the inner run gets a statement of its own. */
    if (p->statement && sqlite3_stmt_busy(p->statement)) p = &once;
    if (!p->statement) s = prepare(c, q, p == &once ? 0 : SQLITE_PREPARE_PERSISTENT, p, e);
    if (s == OK) s = bind_and_step(c, q, p, args, fn, ctx, changed, e);
    sqlite3_finalize(once.statement);
    return s;
}
