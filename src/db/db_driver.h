#ifndef DB_DB_DRIVER_H
#define DB_DB_DRIVER_H
/*
 * db_driver -- what a database engine gives to db.c. Private to src/db.
 *
 * db.c keeps the nesting of transactions, the calls after a commit and the checks of arguments; a driver runs one statement and
 * opens, saves, undoes and commits. Each call below is on the thread that owns the connection.
 */
#include "db/db.h"

struct db_dialect {
    const char *id_column; /* what @id@ stands for in a migration */
    const char *blob;      /* what @blob@ stands for */
};

struct db_driver {
    struct db_dialect dialect;
    void (*pool_close)(void *pool);
    enum status (*open)(void *pool, void **connection, struct err *);
    void (*close)(void *connection);

    /* One statement. Inside a transaction it sees and makes the transaction's changes, outside it only reads. */
    enum status (*run)(void *connection, const struct db_query *, const struct db_val *args, db_row_fn *,
                       void *ctx, int64_t *changed, struct err *);
    /* Several statements without parameters, inside a transaction: migrations. */
    enum status (*script)(void *connection, const char *sql, struct err *);

    /* depth 0 opens a transaction; a greater one sets a savepoint inside it. */
    enum status (*begin)(void *connection, int depth, struct err *);
    /* The transaction or savepoint of that depth: keeps it, or undoes it. After a failure to keep depth 0 everything is undone. */
    enum status (*keep)(void *connection, int depth, struct err *);
    void (*undo)(void *connection, int depth);

    /* Reads all of the data: E_INTERNAL with a message when it is damaged. */
    enum status (*check)(void *connection, struct err *);
};

/* What an engine's open function fills in. */
struct db_engine {
    const struct db_driver *driver;
    void *pool;
};

enum status sqlite_pool_open(struct str path, bool create, struct db_engine *, struct err *) MUST_CHECK;

const struct db_dialect *db_dialect(const struct db *);

/* Several statements of a migration, inside the caller's transaction. */
enum status db_script(struct db *, struct str sql, struct err *) MUST_CHECK;

/* Words that both engines use. */
extern const struct message db_unavailable, db_disk_full;

#endif
