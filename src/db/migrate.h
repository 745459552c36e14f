#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H
/*
 * migrate -- brings the schema to the version of this program.
 *
 * sql/migrations/NNNN_words.sql are built into the program in order. Each is applied once, in a transaction of its own, and recorded
 * with its hash. A recorded hash that differs, a gap, or a database newer than the program stops with an explanation.
 * Two words of the files depend on the engine: @id@ (a self-numbering 64-bit primary key) and @blob@ (bytes).
 */
#include "db/db.h"

struct migration {
    int number;
    const char *name, *sql;
};

/* The migrations of this program, in order; the list ends with number 0. */
extern const struct migration db_migrations[];

/* applied may be NULL. */
enum status db_migrate(struct db_pool *, int64_t now_us, int *applied, struct err *) MUST_CHECK;

/* OK when the schema is exactly that of this program; E_CONFLICT otherwise, with what to do. */
enum status db_schema_check(struct db_pool *, struct err *) MUST_CHECK;

#endif
