#include "db/db.h"

#include "db/db_driver.h"

#include <stdlib.h>

enum { AFTER_COMMIT_MAX = 32 };

const struct message db_unavailable = {
    "database_unavailable",
    "La base de données n’est pas disponible pour le moment. Réessayez dans quelques instants.",
    "The database is not available for the moment. Try again shortly."
};
const struct message db_disk_full = {
    "disk_full", "Le disque est plein : rien n’a été enregistré. Libérez de la place, puis recommencez.",
    "The disk is full: nothing was saved. Make room, then try again."
};
static const struct message url_unknown = { "database_url",
                                            "DATABASE_URL doit être de la forme sqlite:CHEMIN.",
                                            "DATABASE_URL must have the form sqlite:PATH." };

struct db_pool {
    struct db_engine engine;
};

/* One of the two functions. */
struct after_commit {
    void (*fn)(void *ctx);
    void (*end)(void *ctx, bool committed);
    void *ctx;
};

struct db {
    const struct db_driver *driver;
    void *connection;
    int depth; /* open db_begin() calls */
    int after_count;
    struct after_commit after[AFTER_COMMIT_MAX]; /* to be called when the transaction ends */
    int after_at[AFTER_COMMIT_MAX];              /* the depth at which each was asked for */
};

enum status db_pool_open(struct str url, bool create, struct db_pool **out, struct err *e) {
    static const struct str sqlite_scheme = { "sqlite:", 7 };
    struct db_pool *pool;
    enum status s;

    if (!str_starts(url, sqlite_scheme))
        return fail(e, E_INVALID, &url_unknown, "this program has no driver for the scheme of DATABASE_URL");
    if (!(pool = calloc(1, sizeof *pool))) return fail(e, E_INTERNAL, NULL, "no memory for a database pool");
    s = sqlite_pool_open(str_sub(url, sqlite_scheme.n, url.n), create, &pool->engine, e);
    if (s != OK) {
        free(pool);
        return s;
    }
    *out = pool;
    return OK;
}

void db_pool_close(struct db_pool *pool) {
    if (!pool) return;
    pool->engine.driver->pool_close(pool->engine.pool);
    free(pool);
}

enum status db_open(struct db_pool *pool, struct db **out, struct err *e) {
    struct db *db = calloc(1, sizeof *db);
    enum status s;

    if (!db) return fail(e, E_INTERNAL, NULL, "no memory for a database connection");
    db->driver = pool->engine.driver;
    if ((s = db->driver->open(pool->engine.pool, &db->connection, e)) != OK) {
        free(db);
        return s;
    }
    *out = db;
    return OK;
}

/* Forgets the wake-ups that were asked for inside a part that was undone. */
static void drop_after(struct db *db, int depth) {
    int kept = 0;
    for (int i = 0; i < db->after_count; i++) {
        if (db->after_at[i] > depth) {
            if (db->after[i].end) db->after[i].end(db->after[i].ctx, false);
            continue;
        }
        db->after[kept] = db->after[i];
        db->after_at[kept++] = db->after_at[i];
    }
    db->after_count = kept;
}

void db_close(struct db *db) {
    if (!db) return;
    if (db->depth > 0) {
        db->driver->undo(db->connection, 0);
        drop_after(db, 0);
    }
    db->driver->close(db->connection);
    free(db);
}

/*
 * What a row lends ends with the call of its function, but the driver's memory stays readable, and holds other rows soon. So that a
 * borrowed text that was kept is found, a build under AddressSanitizer lends copies that are freed at once.
 */
struct lender {
    db_row_fn *fn;
    void *ctx;
    int columns;
};

static enum status lend(void *ctx, const struct db_val *col, struct err *e) {
    const struct lender *l = ctx;
    struct db_val lent[DB_COLUMNS_MAX];
    char *copies[DB_COLUMNS_MAX] = { NULL };
    enum status s = OK;

    for (int i = 0; i < l->columns && s == OK; i++) {
        lent[i] = col[i];
        if (col[i].type != DB_TEXT && col[i].type != DB_BLOB) continue;
        if (!(copies[i] = malloc(col[i].s.n + 1)))
            s = fail(e, E_INTERNAL, NULL, "no memory for a row");
        else
            lent[i].s.p = memcpy(copies[i], col[i].s.p, col[i].s.n);
    }
    if (s == OK) s = l->fn(l->ctx, lent, e);
    for (int i = 0; i < l->columns; i++) free(copies[i]);
    return s;
}

enum status db_run(struct db *db, const struct db_query *q, const struct db_val *args, db_row_fn *fn,
                   void *ctx, int64_t *changed, struct err *e) {
    struct lender l = { fn, ctx, q->columns };
    if (UNDER_ASAN && fn) return db->driver->run(db->connection, q, args, lend, &l, changed, e);
    return db->driver->run(db->connection, q, args, fn, ctx, changed, e);
}

enum status db_script(struct db *db, struct str sql, struct err *e) {
    char *text = malloc(sql.n + 1);
    if (!text) return fail(e, E_INTERNAL, NULL, "no memory for a script of %zu bytes", sql.n);
    memcpy(text, sql.p, sql.n);
    text[sql.n] = '\0';
    enum status s = db->driver->script(db->connection, text, e);
    free(text);
    return s;
}

const struct db_dialect *db_dialect(const struct db *db) {
    return &db->driver->dialect;
}

enum status db_begin(struct db *db, struct err *e) {
    enum status s = db->driver->begin(db->connection, db->depth, e);
    if (s == OK) db->depth++;
    return s;
}

/* A savepoint that was kept belongs to the part around it from now on. */
static void lift_after(struct db *db, int depth) {
    for (int i = 0; i < db->after_count; i++)
        if (db->after_at[i] > depth) db->after_at[i] = depth;
}

static void run_after(struct db *db) {
    int count = db->after_count;
    db->after_count = 0;
    for (int i = 0; i < count; i++) {
        const struct after_commit *after = &db->after[i];
        if (after->end)
            after->end(after->ctx, true);
        else
            after->fn(after->ctx);
    }
}

enum status db_finish(struct db *db, enum status s, struct err *e) {
    if (db->depth == 0) return fail(e, E_INTERNAL, NULL, "db_finish without db_begin");
    int depth = --db->depth;

    if (s == OK)
        s = db->driver->keep(db->connection, depth, e);
    else
        db->driver->undo(db->connection, depth);

    if (s != OK)
        drop_after(db, depth);
    else if (depth > 0)
        lift_after(db, depth);
    else
        run_after(db);
    return s;
}

bool db_in_transaction(const struct db *db) {
    return db->depth > 0;
}

static enum status add_after(struct db *db, struct after_commit after, struct err *e) {
    if (db->depth == 0)
        return fail(e, E_INTERNAL, NULL, "a call after a commit is asked for outside a transaction");
    if (db->after_count == AFTER_COMMIT_MAX)
        return fail(e, E_INTERNAL, NULL, "more than %d calls after a commit", AFTER_COMMIT_MAX);
    db->after[db->after_count] = after;
    db->after_at[db->after_count++] = db->depth;
    return OK;
}

enum status db_after_commit(struct db *db, void (*fn)(void *ctx), void *ctx, struct err *e) {
    for (int i = 0; i < db->after_count; i++)
        if (db->after[i].fn == fn && db->after[i].ctx == ctx && db->after_at[i] <= db->depth) return OK;
    return add_after(db, (struct after_commit) { .fn = fn, .ctx = ctx }, e);
}

enum status db_after_end(struct db *db, void (*fn)(void *ctx, bool committed), void *ctx, struct err *e) {
    return add_after(db, (struct after_commit) { .end = fn, .ctx = ctx }, e);
}

enum status db_copy(struct arena *a, const struct db_val *v, struct str *out, struct err *e) {
    if (!arena_dup(a, v->s, out)) return fail(e, E_LIMIT, NULL, "no room for a column of %zu bytes", v->s.n);
    return OK;
}

enum status db_take_i64(void *out, const struct db_val *col, struct err *e) {
    (void)e;
    *(int64_t *)out = col[0].i;
    return OK;
}

struct one_int {
    int64_t value;
    bool found;
};

static enum status take_int(void *ctx, const struct db_val *col, struct err *e) {
    struct one_int *one = ctx;
    (void)e;
    one->value = col[0].i;
    one->found = true;
    return OK;
}

enum status db_get_i64(struct db *db, const struct db_query *q, const struct db_val *args, int64_t *out,
                       struct err *e) {
    struct one_int one = { 0 };
    enum status s = db_run(db, q, args, take_int, &one, NULL, e);
    if (s != OK) return s;
    if (!one.found) return E_NOT_FOUND; /* the caller knows what it looked for, and says so */
    *out = one.value;
    return OK;
}

enum status db_check(struct db *db, struct err *e) {
    return db->driver->check(db->connection, e);
}
