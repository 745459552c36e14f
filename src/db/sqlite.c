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
    "Impossible d'ouvrir la base de données {}. Vérifiez DATABASE_URL et MEDIRECORD_DATA_DIR.",
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
    bool writing; /* owns the writer's connection */
};

static void pool_close(void *p) {
    struct pool *pool = p;
    sqlite_writer_close(&pool->writer);
    free(pool->path);
    free(pool);
}

static enum status session_open(void *p, void **out, struct err *e) {
    struct session *session = calloc(1, sizeof *session);
    enum status s;

    if (!session) return fail(e, E_INTERNAL, NULL, "no memory for a database session");
    session->pool = p;
    if ((s = sqlite_connect(session->pool->path, false, &session->reader, e)) != OK) {
        sqlite_disconnect(&session->reader);
        free(session);
        return s;
    }
    *out = session;
    return OK;
}

static void session_close(void *p) {
    struct session *session = p;
    sqlite_disconnect(&session->reader);
    free(session);
}

static struct sqlite_connection *connection_of(struct session *session) {
    return session->writing ? &session->pool->writer.connection : &session->reader;
}

static enum status run(void *p, const struct db_query *q, const struct db_val *args, db_row_fn *fn, void *ctx,
                       int64_t *changed, struct err *e) {
    return sqlite_run(connection_of(p), q, args, fn, ctx, changed, e);
}

static enum status script(void *p, const char *sql, struct err *e) {
    struct session *session = p;
    if (!session->writing) return fail(e, E_INTERNAL, NULL, "a script outside a transaction");
    return sqlite_script(&session->pool->writer.connection, sql, e);
}

static enum status begin(void *p, int depth, struct err *e) {
    struct session *session = p;
    if (depth > 0) return sqlite_script(&session->pool->writer.connection, "SAVEPOINT inner", e);
    enum status s = sqlite_writer_begin(&session->pool->writer, e);
    if (s == OK) session->writing = true;
    return s;
}

static void undo(void *p, int depth) {
    struct session *session = p;
    if (depth > 0) {
        (void)sqlite_script(&session->pool->writer.connection, "ROLLBACK TO inner; RELEASE inner", NULL);
        return;
    }
    session->writing = false;
    sqlite_writer_undo(&session->pool->writer);
}

static enum status keep(void *p, int depth, struct err *e) {
    struct session *session = p;
    if (depth > 0) return sqlite_script(&session->pool->writer.connection, "RELEASE inner", e);
    session->writing = false;
    return sqlite_writer_keep(&session->pool->writer, e);
}

static const struct db_driver driver = {
    .dialect = { .id_column = "INTEGER PRIMARY KEY", .blob = "BLOB" },
    .pool_close = pool_close,
    .open = session_open,
    .close = session_close,
    .run = run,
    .script = script,
    .begin = begin,
    .keep = keep,
    .undo = undo,
};

/* The file belongs to its owner alone; SQLite gives the same rights to the files that it puts beside it. */
static enum status touch_file(const char *path, bool create, struct err *e) {
    int fd = open(path, O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0600);
    if (fd < 0) {
        enum status s = fail_errno(e, E_INVALID, &cannot_open, "cannot open the database");
        err_arg(e, str_from_c(path));
        return s;
    }
    close(fd);
    return OK;
}

enum status sqlite_pool_open(struct str path, bool create, struct db_engine *engine, struct err *e) {
    struct pool *pool = calloc(1, sizeof *pool);
    enum status s;

    if (!pool || !(pool->path = strndup(path.p, path.n))) {
        free(pool);
        return fail(e, E_INTERNAL, NULL, "no memory for a database pool");
    }
    s = touch_file(pool->path, create, e);
    if (s == OK && (s = sqlite_writer_open(pool->path, &pool->writer, e)) != OK) {
        sqlite_writer_close(&pool->writer);
        if (e && !e->message) {
            e->message = &cannot_open;
            err_arg(e, path);
        }
    }
    if (s != OK) {
        free(pool->path);
        free(pool);
        return s;
    }
    *engine = (struct db_engine) { &driver, pool };
    return OK;
}
