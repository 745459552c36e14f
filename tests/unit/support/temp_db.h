#ifndef SUPPORT_TEMP_DB_H
#define SUPPORT_TEMP_DB_H
/*
 * temp_db -- a real SQLite database with the whole schema, in a folder of its own that is removed afterwards.
 */
#include "base/arena.h"
#include "db/db.h"

enum { TEMP_DIR_BYTES = 64, TEMP_URL_BYTES = 96 };

struct temp_db {
    char dir[TEMP_DIR_BYTES];
    char url[TEMP_URL_BYTES]; /* for further pools on the same file */
    struct db_pool *pool;
    struct db *db;
    struct arena *arena;
};

/* Ends the test with a message when it cannot be made. */
void temp_db_open(struct temp_db *);
void temp_db_close(struct temp_db *);

#endif
