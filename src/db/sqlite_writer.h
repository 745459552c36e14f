#ifndef DB_SQLITE_WRITER_H
#define DB_SQLITE_WRITER_H
/*
 * sqlite_writer -- the one connection that writes, shared by all threads, with group commit. Private to src/db.
 *
 * A commit waits for the disk, and the disk takes as long for one transaction as for fifty. So the use cases that queue for the writer are
 * gathered into one SQLite transaction, a batch: the first opens it, each next one works in a savepoint (its failure undoes its own work
 * only), and whoever leaves while nobody waits, or when the batch is full or old enough, commits for all. Each member returns only when
 * its batch is on the disk; if the commit fails, all of its members fail. Nobody waits longer than the use cases before him.
 *
 * Lock: `lock` protects every field below it; it is never held while SQL runs. The connection belongs to who set `taken`.
 */
#include "db/sqlite_connection.h"

#include <pthread.h>

struct batch; /* sqlite_writer.c */

struct sqlite_writer {
    struct sqlite_connection connection;
    pthread_mutex_t lock;
    pthread_cond_t turn;      /* the writer is free */
    pthread_cond_t committed; /* a batch has ended, well or not */
    bool taken;
    int waiting;
    struct batch *batch; /* the open one; NULL: no transaction is open */
};

enum status sqlite_writer_open(const char *path, struct sqlite_writer *, struct err *) MUST_CHECK;
void sqlite_writer_close(struct sqlite_writer *);

/* Waits for the writer and joins or opens a batch. Then the caller owns writer->connection until one of the two below. */
enum status sqlite_writer_begin(struct sqlite_writer *, struct err *) MUST_CHECK;
enum status sqlite_writer_keep(struct sqlite_writer *, struct err *) MUST_CHECK;
void sqlite_writer_undo(struct sqlite_writer *);

#endif
