#ifndef DB_SQLITE_CONNECTION_H
#define DB_SQLITE_CONNECTION_H
/*
 * sqlite_connection -- one SQLite connection with its prepared statements. Private to src/db.
 *
 * Used by one thread at a time; statements are prepared at their first use and kept. SQLite numbers $1, $2 by first appearance,
 * not by digit, so each statement remembers which slot each parameter has.
 */
#include "db/db_driver.h"
#include "queries.h"

#include <sqlite3.h>

struct prepared {
    sqlite3_stmt *statement;
    unsigned char slot[DB_PARAMS_MAX]; /* of $1, $2, … */
};

struct sqlite_connection {
    sqlite3 *handle;
    bool writes; /* false: only statements that change nothing */
    struct prepared prepared[DB_QUERY_COUNT];
};

/* writes: the one connection that changes things, with synchronous=FULL. */
enum status sqlite_connect(const char *path, bool writes, struct sqlite_connection *,
                           struct err *) MUST_CHECK;
void sqlite_disconnect(struct sqlite_connection *);

enum status sqlite_run(struct sqlite_connection *c, const struct db_query *q, const struct db_val *args,
                       db_row_fn *fn, void *ctx, int64_t *changed, struct err *e) MUST_CHECK;

/* Text without parameters: BEGIN, COMMIT, migrations. */
enum status sqlite_script(struct sqlite_connection *, const char *sql, struct err *);

/* What a result code of SQLite means to the caller. `what` is the name of the statement. */
enum status sqlite_failed(const struct sqlite_connection *, const char *what, struct err *);

#endif
