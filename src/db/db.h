#ifndef DB_DB_H
#define DB_DB_H
/*
 * db -- one database, SQLite today, PostgreSQL behind the same calls.
 *
 * A `struct db_pool` is opened once a process; each thread opens a `struct db` of its own from it and never shares it.
 * SQL text comes from sql/queries at build time (build: queries.h). Parameters are $1..$n, times int64 microseconds UTC bound by
 * the caller, booleans 0/1, JSON as text, a `date` as ISO text ('1980-01-31').
 *
 * Reads outside a transaction use the thread's own reader connection and never wait for writers. Writes happen only between
 * db_begin() and db_finish(). On SQLite all writers share one connection: the use cases that finish at the same time are
 * committed together (group commit, synchronous=FULL), and db_finish() returns only when its work is on the disk.
 *
 * Only *_store.c files, jobs/, accounts/ and main/ include this header; others see `struct db`.
 */
#include "base/arena.h"
#include "base/status.h"

struct db_pool;
struct db;

enum db_type { DB_NULL, DB_INT, DB_REAL, DB_TEXT, DB_BLOB };

struct db_val {
    enum db_type type;
    int64_t i;    /* DB_INT */
    double real;  /* DB_REAL */
    struct str s; /* DB_TEXT, DB_BLOB: borrowed; in a row only until the row function returns */
};

static inline struct db_val db_int(int64_t v) {
    return (struct db_val) { .type = DB_INT, .i = v };
}
static inline struct db_val db_real(double v) {
    return (struct db_val) { .type = DB_REAL, .real = v };
}
static inline struct db_val db_text(struct str v) {
    return (struct db_val) { .type = DB_TEXT, .s = v };
}
static inline struct db_val db_blob(struct str v) {
    return (struct db_val) { .type = DB_BLOB, .s = v };
}
static inline struct db_val db_null(void) {
    return (struct db_val) { .type = DB_NULL };
}
/* Empty text and 0 as NULL, for optional columns. */
static inline struct db_val db_text_or_null(struct str v) {
    return v.n ? db_text(v) : db_null();
}
static inline struct db_val db_int_or_null(int64_t v) {
    return v ? db_int(v) : db_null();
}

enum { DB_PARAMS_MAX = 40, DB_COLUMNS_MAX = 48 };

/* A statement known at build time; `id` counts from 0 and indexes the cache of prepared statements. Tests write their own with id -1. */
struct db_query {
    const char *name, *sql;
    int id, params, columns;
};

/* Called once a row. Copy into an arena what must outlive the call. A failure stops the reading and is returned by db_run(). */
typedef enum status db_row_fn(void *ctx, const struct db_val *col, struct err *);

/* url: "sqlite:PATH" or "postgresql://…" (answers E_INVALID where the program has no such driver). `create` makes a missing SQLite file. */
enum status db_pool_open(struct str url, bool create, struct db_pool **, struct err *) MUST_CHECK;
void db_pool_close(struct db_pool *); /* after every db was closed; NULL is fine */

enum status db_open(struct db_pool *, struct db **, struct err *) MUST_CHECK;
void db_close(struct db *); /* NULL is fine */

/* Runs q once with q->params arguments. fn may be NULL; changed (rows written) may be NULL. */
enum status db_run(struct db *, const struct db_query *q, const struct db_val *args, db_row_fn *fn, void *ctx,
                   int64_t *changed, struct err *) MUST_CHECK;

/*
 * A write transaction. Nested calls join the outer one as savepoints: an inner failure undoes the inner part only.
 * Every path after a successful db_begin() ends in db_finish(db, s, e), which commits if s is OK and rolls back otherwise, and
 * returns s or the failure of the commit. A unique key that is taken answers E_CONFLICT, a full disk E_RETRY.
 */
enum status db_begin(struct db *, struct err *) MUST_CHECK;
enum status db_finish(struct db *, enum status s, struct err *) MUST_CHECK;
bool db_in_transaction(const struct db *);

/* Calls fn(ctx) on this thread after the outermost transaction committed; forgotten if it rolls back. For wake-ups, not for work. */
enum status db_after_commit(struct db *, void (*fn)(void *ctx), void *ctx, struct err *) MUST_CHECK;

/*
 * The same for what was taken in hope of the commit: fn is called once, with false when its part of the transaction was undone or could not
 * be committed.
 */
enum status db_after_end(struct db *, void (*fn)(void *ctx, bool committed), void *ctx,
                         struct err *) MUST_CHECK;

/* Reads all of the data: E_INTERNAL with a message when it is damaged. Seconds a gigabyte; for `medirecord doctor`. */
enum status db_check(struct db *, struct err *) MUST_CHECK;

/* Copies the bytes of a column (empty for NULL); E_LIMIT when the arena is full. */
enum status db_copy(struct arena *, const struct db_val *, struct str *out, struct err *) MUST_CHECK;

/* A row function: the integer of the first column (0 for NULL) into the int64_t at `out`, which stays as it is when no row comes. */
enum status db_take_i64(void *out, const struct db_val *col, struct err *);

/* For a query that answers exactly one integer. E_NOT_FOUND (without a message) when no row came. */
enum status db_get_i64(struct db *, const struct db_query *q, const struct db_val *args, int64_t *out,
                       struct err *) MUST_CHECK;

#endif
