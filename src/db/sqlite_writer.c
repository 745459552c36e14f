#include "db/sqlite_writer.h"

#include "base/clock.h"

#include <stdlib.h>

enum { BATCH_MEMBERS_MAX = 64 };
#define BATCH_AGE_MAX_US                                                                                     \
    INT64_C(4000) /* about two commits of a slow disk: who came first does not wait for ever */

struct batch {
    int members; /* who kept their work in it and wait for the commit, the committer included */
    int64_t opened_us;
    bool in_savepoint; /* the member at work is not the first one */
    bool ended;
    enum status result;
    struct err why;
};

enum status sqlite_writer_open(const char *path, struct sqlite_writer *w, struct err *e) {
    if (pthread_mutex_init(&w->lock, NULL) != 0) return fail(e, E_INTERNAL, NULL, "no lock for the writer");
    if (pthread_cond_init(&w->turn, NULL) != 0 || pthread_cond_init(&w->committed, NULL) != 0)
        return fail(e, E_INTERNAL, NULL, "no condition for the writer");
    return sqlite_connect(path, true, &w->connection, e);
}

void sqlite_writer_close(struct sqlite_writer *w) {
    sqlite_disconnect(&w->connection);
    pthread_cond_destroy(&w->committed);
    pthread_cond_destroy(&w->turn);
    pthread_mutex_destroy(&w->lock);
}

static void take_turn(struct sqlite_writer *w) {
    pthread_mutex_lock(&w->lock);
    w->waiting++;
    while (w->taken) pthread_cond_wait(&w->turn, &w->lock);
    w->waiting--;
    w->taken = true;
    pthread_mutex_unlock(&w->lock);
}

/* With the lock held. */
static void give_turn(struct sqlite_writer *w) {
    w->taken = false;
    pthread_cond_signal(&w->turn);
}

/* Commits the open batch, or says why it is lost. The caller owns the connection, no lock is held. */
static enum status commit_batch(struct sqlite_writer *w, struct err *why) {
    struct sqlite_connection *c = &w->connection;
    if (sqlite3_get_autocommit(c->handle))
        return fail(why, E_RETRY, &db_unavailable, "SQLite rolled the transaction back after an error");
    enum status s = sqlite_script(c, "COMMIT", why);
    if (s != OK && !sqlite3_get_autocommit(c->handle)) (void)sqlite_script(c, "ROLLBACK", NULL);
    return s;
}

/* Takes the batch's result to one of its members; the last one frees it. With the lock held. */
static enum status leave_batch(struct batch *b, struct err *e) {
    enum status s = b->result;
    if (s != OK && e) *e = b->why;
    if (--b->members == 0) free(b);
    return s;
}

/* True when the work of the batch should go on with who waits. With the lock held. */
static bool batch_goes_on(const struct sqlite_writer *w, const struct batch *b) {
    return w->waiting > 0 && b->members < BATCH_MEMBERS_MAX &&
           clock_monotonic_us() - b->opened_us < BATCH_AGE_MAX_US;
}

/*
 * Gives the writer away after a member's work. A member that kept its work waits for the commit, or does it.
 * A member that undid its work only sees to it that the others do not wait for nobody.
 */
static enum status leave(struct sqlite_writer *w, bool kept, struct err *e) {
    struct batch *b = w->batch;
    bool lost = sqlite3_get_autocommit(w->connection.handle) !=
                0; /* a full disk ended the transaction: nobody may join it */
    enum status s = OK;

    pthread_mutex_lock(&w->lock);
    if (kept) b->members++;
    if (b->members > 0 && !lost && batch_goes_on(w, b)) {
        give_turn(w);
        while (kept && !b->ended) pthread_cond_wait(&w->committed, &w->lock);
    } else {
        pthread_mutex_unlock(&w->lock);
        struct err why = { 0 };
        enum status result = commit_batch(w, &why);
        pthread_mutex_lock(&w->lock);
        b->result = result;
        b->why = why;
        b->ended = true;
        w->batch = NULL;
        give_turn(w);
        pthread_cond_broadcast(&w->committed);
        if (b->members == 0) free(b);
    }
    if (kept) s = leave_batch(b, e); /* NOLINT(clang-analyzer-unix.Malloc): then this thread was a member */
    pthread_mutex_unlock(&w->lock);
    return s;
}

static enum status open_batch(struct sqlite_writer *w, struct err *e) {
    struct batch *b = calloc(1, sizeof *b);
    enum status s;

    if (!b) return fail(e, E_INTERNAL, NULL, "no memory for a batch");
    if ((s = sqlite_script(&w->connection, "BEGIN IMMEDIATE", e)) != OK) {
        free(b);
        return s;
    }
    b->opened_us = clock_monotonic_us();
    w->batch = b;
    return OK;
}

enum status sqlite_writer_begin(struct sqlite_writer *w, struct err *e) {
    enum status s;

    take_turn(w);
    if (!w->batch) {
        if ((s = open_batch(w, e)) == OK) return OK;
        pthread_mutex_lock(&w->lock);
        give_turn(w);
        pthread_mutex_unlock(&w->lock);
        return s;
    }
    w->batch->in_savepoint = true;
    if ((s = sqlite_script(&w->connection, "SAVEPOINT part", e)) == OK) return OK;
    (void)leave(w, false, NULL);
    return s;
}

enum status sqlite_writer_keep(struct sqlite_writer *w, struct err *e) {
    if (w->batch->in_savepoint) {
        enum status s = sqlite_script(&w->connection, "RELEASE part", e);
        if (s != OK) {
            sqlite_writer_undo(w);
            return s;
        }
    }
    return leave(w, true, e);
}

void sqlite_writer_undo(struct sqlite_writer *w) {
    if (w->batch->in_savepoint) {
        (void)sqlite_script(&w->connection, "ROLLBACK TO part; RELEASE part", NULL);
        (void)leave(w, false, NULL);
        return;
    }
    (void)sqlite_script(&w->connection, "ROLLBACK", NULL);
    pthread_mutex_lock(&w->lock);
    free(w->batch);
    w->batch = NULL;
    give_turn(w);
    pthread_mutex_unlock(&w->lock);
}
