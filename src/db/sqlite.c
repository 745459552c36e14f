/*
 * sqlite -- the SQLite engine: a reader connection a thread, one writer for all.
 */
#include "db/db_driver.h"
#include "db/sqlite_writer.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct message cannot_open = {
    "database_cannot_open",
    "Impossible d’ouvrir la base de données {}. Vérifiez DATABASE_URL et MEDIRECORD_DATA_DIR.",
    "Cannot open the database {}. Check DATABASE_URL and MEDIRECORD_DATA_DIR."
};

struct pool {
    char *path;
    struct sqlite_writer writer;
};

/* What a thread holds. */
struct session {
    struct pool *pool;
    struct sqlite_connection reader;
    struct sqlite_turn turn;
    bool writing; /* owns the writer's connection */
};

static void pool_close(void *p) {
    struct pool *pool = p;
    sqlite_writer_close(&pool->writer);
    free(pool->path);
    free(pool);
}

static void session_close(void *p) {
    struct session *session = p;
    sqlite_disconnect(&session->reader);
    sqlite_turn_done(&session->turn);
    free(session);
}

static enum status session_open(void *p, void **out, struct err *e) {
    struct session *session = calloc(1, sizeof *session);
    enum status s;

    if (!session) return fail(e, E_INTERNAL, NULL, "no memory for a database session");
    session->pool = p;
    sqlite_turn_init(&session->turn);
    if ((s = sqlite_connect(session->pool->path, false, &session->reader, e)) != OK) {
        session_close(session);
        return s;
    }
    *out = session;
    return OK;
}

static enum status run(void *p, const struct db_query *q, const struct db_val *args, db_row_fn *fn, void *ctx,
                       int64_t *changed, struct err *e) {
    struct session *session = p;
    struct sqlite_writer *w = &session->pool->writer;
    if (!session->writing) return sqlite_run(&session->reader, q, args, fn, ctx, changed, e);
    enum status s = sqlite_writer_check(w, e);
    return s == OK ? sqlite_run(&w->connection, q, args, fn, ctx, changed, e) : s;
}

static enum status script(void *p, const char *sql, struct err *e) {
    struct session *session = p;
    struct sqlite_writer *w = &session->pool->writer;
    if (!session->writing) return fail(e, E_INTERNAL, NULL, "a script outside a transaction");
    enum status s = sqlite_writer_check(w, e);
    return s == OK ? sqlite_script(&w->connection, sql, e) : s;
}

static enum status begin(void *p, int depth, struct err *e) {
    struct session *session = p;
    if (depth > 0) return sqlite_writer_save(&session->pool->writer, e);
    enum status s = sqlite_writer_begin(&session->pool->writer, &session->turn, e);
    if (s == OK) session->writing = true;
    return s;
}

static void undo(void *p, int depth) {
    struct session *session = p;
    if (depth > 0) {
        sqlite_writer_save_undo(&session->pool->writer);
        return;
    }
    session->writing = false;
    sqlite_writer_undo(&session->pool->writer);
}

static enum status keep(void *p, int depth, struct err *e) {
    struct session *session = p;
    if (depth > 0) return sqlite_writer_save_keep(&session->pool->writer, e);
    session->writing = false;
    return sqlite_writer_keep(&session->pool->writer, &session->turn, e);
}

static const struct message damaged = {
    "database_damaged",
    "La base de données est abîmée. Arrêtez le serveur, gardez-en une copie, et restaurez la dernière sauvegarde.",
    "The database is damaged. Stop the server, keep a copy of it, and restore the last backup."
};

static enum status compare_ok(void *ctx, const struct db_val *col, struct err *e) {
    bool *whole = ctx;
    (void)e;
    *whole = str_eq(col[0].s, STR("ok"));
    return OK;
}

static enum status check(void *p, struct err *e) {
    static const struct db_query quick = { "quick_check", "PRAGMA quick_check(1)", -1, 0, 1 };
    bool whole = false;
    enum status s = run(p, &quick, NULL, compare_ok, &whole, NULL, e);

    if (s != OK && s != E_INTERNAL) return s;
    return s == OK && whole ? OK : fail(e, E_INTERNAL, &damaged, "SQLite's quick_check found damage");
}

static const struct db_driver driver = {
    /* AUTOINCREMENT: the id of an erased record never names another one. */
    .dialect = { .id_column = "INTEGER PRIMARY KEY AUTOINCREMENT", .blob = "BLOB" },
    .pool_close = pool_close,
    .open = session_open,
    .close = session_close,
    .run = run,
    .script = script,
    .begin = begin,
    .keep = keep,
    .undo = undo,
    .check = check,
};

/* The file belongs to its owner alone; SQLite gives the same rights to the files that it puts beside it. */
static enum status touch_file(const char *path, bool create, struct err *e) {
    if (strncmp(path, "file:", 5) == 0) return OK; /* a scratch database, which is there (db/scratch.h) */
    int fd = open(path, O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0600);
    if (fd < 0) {
        enum status s = fail_errno(e, E_INVALID, &cannot_open, "cannot open the database");
        err_arg(e, str_from_c(path));
        return s;
    }
    close(fd);
    return OK;
}

/* Whatever is wrong with the file, it is the setting or the file that has to be mended. */
static enum status open_writer(struct pool *pool, struct err *e) {
    struct err why = { 0 };
    enum status s = sqlite_writer_open(pool->path, &pool->writer, &why);
    if (s == OK) return OK;
    s = fail(e, s == E_RETRY ? E_RETRY : E_INVALID, why.message ? why.message : &cannot_open, "%s",
             why.detail);
    err_arg(e, str_from_c(pool->path));
    return s;
}

enum status sqlite_pool_open(struct str path, bool create, struct db_engine *engine, struct err *e) {
    struct pool *pool = calloc(1, sizeof *pool);
    enum status s;

    /* Nobody asks how much memory SQLite uses, and counting it takes a lock that all threads share. Too late in a process that used it. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (!pool || !(pool->path = strndup(path.p, path.n))) {
        free(pool);
        return fail(e, E_INTERNAL, NULL, "no memory for a database pool");
    }
    s = touch_file(pool->path, create, e);
    if (s == OK && (s = open_writer(pool, e)) != OK) sqlite_writer_close(&pool->writer);
    if (s != OK) {
        free(pool->path);
        free(pool);
        return s;
    }
    *engine = (struct db_engine) { &driver, pool };
    return OK;
}
