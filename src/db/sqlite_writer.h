#ifndef DB_SQLITE_WRITER_H
#define DB_SQLITE_WRITER_H
/*
 * sqlite_writer -- the one connection that writes, shared by all threads, with group commit. Private to src/db.
 *
 * A commit waits for the disk, and the disk takes as long for one transaction as for fifty. So the use cases that queue for the writer are
 * gathered into one SQLite transaction, a batch: each works in a savepoint of its own (a failure undoes its own work only), and
 * whoever leaves while nobody queues, or when the batch is full or old enough, commits for all. Each member returns only when its batch
 * is on the disk; if the commit fails, all of its members fail. Nobody waits longer than the use cases before him, and there is no
 * thread for it.
 *
 * What follows from it: constraints are never DEFERRABLE and never ON CONFLICT ROLLBACK, and a transaction should be short.
 *
 * Lock: `lock` protects every field below it; it is never held while SQL runs. What stands above it belongs to the holder.
 */
#include "db/sqlite_connection.h"

#include <pthread.h>
#include <semaphore.h>

/* A session's place in the queue for the connection, or in the batch that waits for its commit. */
struct sqlite_turn {
    pthread_cond_t wake; /* its turn has come */
    sem_t ended;         /* its batch has ended: the sleeper needs no lock to go on */
    struct sqlite_turn *next;
    enum status result; /* of the commit */
    struct err *err;    /* of the waiting thread; may be NULL */
};

enum sqlite_step { STEP_BEGIN, STEP_COMMIT, STEP_ROLLBACK, STEP_SAVE, STEP_RELEASE, STEP_BACK, STEP_COUNT };

struct sqlite_writer {
    struct sqlite_connection connection;
    sqlite3_stmt *steps[STEP_COUNT];
    bool open; /* a transaction of SQLite was begun for the batch */
    int64_t opened_us;

    pthread_mutex_t lock;
    bool held;
    struct sqlite_turn *queue, **queue_end; /* who waits for the connection */
    struct sqlite_turn *batch;              /* who kept his work and waits for the commit */
    int batch_count;
};

enum status sqlite_writer_open(const char *path, struct sqlite_writer *, struct err *) MUST_CHECK;
void sqlite_writer_close(struct sqlite_writer *); /* also after a failed open */

void sqlite_turn_init(struct sqlite_turn *);
void sqlite_turn_done(struct sqlite_turn *);

/* Waits for the writer and joins or opens a batch. Then the caller owns writer->connection until one of the two below. */
enum status sqlite_writer_begin(struct sqlite_writer *, struct sqlite_turn *, struct err *) MUST_CHECK;
enum status sqlite_writer_keep(struct sqlite_writer *, struct sqlite_turn *, struct err *) MUST_CHECK;
void sqlite_writer_undo(struct sqlite_writer *);

/* Savepoints inside the caller's part. After a failure to keep one it is undone. */
enum status sqlite_writer_save(struct sqlite_writer *, struct err *) MUST_CHECK;
enum status sqlite_writer_save_keep(struct sqlite_writer *, struct err *) MUST_CHECK;
void sqlite_writer_save_undo(struct sqlite_writer *);

/*
 * OK while the transaction is open. A full disk, for instance, makes SQLite roll all of it back by itself: what ran after it would be
 * committed alone.
 */
enum status sqlite_writer_check(const struct sqlite_writer *, struct err *) MUST_CHECK;

#endif
