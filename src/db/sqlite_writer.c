#include "db/sqlite_writer.h"

#include "base/clock.h"

#include <errno.h>

enum { BATCH_MEMBERS_MAX = 128 };
#define BATCH_AGE_MAX_US                                                                                     \
    INT64_C(4000) /* about two commits of a slow disk: who came first does not wait for ever */

/* Savepoints of one name nest: RELEASE and ROLLBACK TO mean the newest. */
static const char *const step_sql[STEP_COUNT] = {
    [STEP_BEGIN] = "BEGIN IMMEDIATE", [STEP_COMMIT] = "COMMIT",     [STEP_ROLLBACK] = "ROLLBACK",
    [STEP_SAVE] = "SAVEPOINT s",      [STEP_RELEASE] = "RELEASE s", [STEP_BACK] = "ROLLBACK TO s",
};

static bool run_step(struct sqlite_writer *w, enum sqlite_step step) {
    int code = sqlite3_step(w->steps[step]);
    sqlite3_reset(w->steps[step]);
    return code == SQLITE_DONE;
}

static enum status do_step(struct sqlite_writer *w, enum sqlite_step step, struct err *e) {
    return run_step(w, step) ? OK : sqlite_failed(&w->connection, step_sql[step], e);
}

static bool is_rolled_back(const struct sqlite_writer *w) {
    return sqlite3_get_autocommit(w->connection.handle) != 0;
}

enum status sqlite_writer_open(const char *path, struct sqlite_writer *w, struct err *e) {
    *w = (struct sqlite_writer) { 0 };
    w->queue_end = &w->queue;
    pthread_mutex_init(&w->lock, NULL);
    enum status s = sqlite_connect(path, true, &w->connection, e);
    for (int i = 0; s == OK && i < STEP_COUNT; i++) {
        if (sqlite3_prepare_v3(w->connection.handle, step_sql[i], -1, SQLITE_PREPARE_PERSISTENT, &w->steps[i],
                               NULL) != SQLITE_OK)
            s = sqlite_failed(&w->connection, step_sql[i], e);
    }
    return s;
}

void sqlite_writer_close(struct sqlite_writer *w) {
    for (int i = 0; i < STEP_COUNT; i++) sqlite3_finalize(w->steps[i]);
    sqlite_disconnect(&w->connection);
    pthread_mutex_destroy(&w->lock);
}

void sqlite_turn_init(struct sqlite_turn *t) {
    *t = (struct sqlite_turn) { 0 };
    pthread_cond_init(&t->wake, NULL);
    sem_init(&t->ended, 0, 0);
}

void sqlite_turn_done(struct sqlite_turn *t) {
    pthread_cond_destroy(&t->wake);
    sem_destroy(&t->ended);
}

/*
 * The connection is taken by who runs first: a thread that is awake spares the machine a switch to one that sleeps. The head of the
 * queue is woken at each chance, so nobody waits for ever.
 */
static void take_connection(struct sqlite_writer *w, struct sqlite_turn *t) {
    pthread_mutex_lock(&w->lock);
    if (w->held) {
        t->next = NULL;
        *w->queue_end = t;
        w->queue_end = &t->next;
        while (w->held || w->queue != t) pthread_cond_wait(&t->wake, &w->lock);
        w->queue = t->next;
        if (!w->queue) w->queue_end = &w->queue;
    }
    w->held = true;
    pthread_mutex_unlock(&w->lock);
}

/* With the lock held. */
static void pass_on(struct sqlite_writer *w) {
    w->held = false;
    if (w->queue) pthread_cond_signal(&w->queue->wake);
}

/* Tells everybody of a batch how the commit went. */
static void wake_batch(struct sqlite_turn *batch, enum status result, const struct err *why) {
    for (struct sqlite_turn *t = batch, *next; t; t = next) {
        next = t->next; /* once woken, t is its thread's again */
        t->result = result;
        if (result != OK && t->err) *t->err = *why;
        sem_post(&t->ended);
    }
}

static void end_batch(struct sqlite_writer *w, enum status result, const struct err *why) {
    w->open = false;
    pthread_mutex_lock(&w->lock);
    struct sqlite_turn *batch = w->batch;
    w->batch = NULL;
    w->batch_count = 0;
    pass_on(w);
    pthread_mutex_unlock(&w->lock);
    wake_batch(batch, result, why); /* without the lock, which the woken would wait for next */
}

static enum status fail_lost(struct err *e) {
    enum status s = fail(e, E_RETRY, &db_unavailable,
                         "SQLite rolled the transaction back after a failure of the storage");
    if (e && e->retry_after_s == 0) e->retry_after_s = 1;
    return s;
}

/* Commits for everybody and gives the connection away. */
static enum status commit_batch(struct sqlite_writer *w, struct err *e) {
    struct err why = { 0 };
    enum status s = do_step(w, STEP_COMMIT, &why);
    if (s != OK && !is_rolled_back(w)) run_step(w, STEP_ROLLBACK);
    if (s == OK) {
        end_batch(w, OK, NULL);
        return OK;
    }
    /* Whose work it was that could not be committed is not known; the same call may work for the others. */
    if (s == E_CONFLICT) {
        why = (struct err) { 0 };
        s = fail_lost(&why);
    }
    end_batch(w, s, &why);
    if (e) *e = why;
    return s;
}

/* Gives up the transaction with the work of everybody in the batch, if there is anybody. */
static void drop_batch(struct sqlite_writer *w) {
    struct err why = { 0 };
    if (!is_rolled_back(w)) run_step(w, STEP_ROLLBACK);
    end_batch(w, fail_lost(&why), &why);
}

/* True when somebody queues who can still join the batch. With the lock held. */
static bool may_join(const struct sqlite_writer *w) {
    return w->queue && w->batch_count + 1 < BATCH_MEMBERS_MAX &&
           clock_monotonic_us() - w->opened_us < BATCH_AGE_MAX_US;
}

enum status sqlite_writer_begin(struct sqlite_writer *w, struct sqlite_turn *t, struct err *e) {
    enum status s = OK;
    take_connection(w, t);
    if (!w->open) {
        if ((s = do_step(w, STEP_BEGIN, e)) == OK) {
            w->open = true;
            w->opened_us = clock_monotonic_us();
        } else {
            pthread_mutex_lock(&w->lock);
            pass_on(w);
            pthread_mutex_unlock(&w->lock);
            return s;
        }
    }
    if ((s = do_step(w, STEP_SAVE, e)) != OK) drop_batch(w);
    return s;
}

enum status sqlite_writer_keep(struct sqlite_writer *w, struct sqlite_turn *t, struct err *e) {
    enum status s = sqlite_writer_check(w, e);
    if (s == OK) s = do_step(w, STEP_RELEASE, e);
    if (s != OK) {
        sqlite_writer_undo(w);
        return s;
    }
    pthread_mutex_lock(&w->lock);
    if (!may_join(w)) {
        pthread_mutex_unlock(&w->lock);
        return commit_batch(w, e);
    }
    t->err = e;
    t->next = w->batch;
    w->batch = t;
    w->batch_count++;
    pass_on(w);
    pthread_mutex_unlock(&w->lock);
    while (sem_wait(&t->ended) != 0 && errno == EINTR) {
    }
    return t->result;
}

/* The others of the batch go on, and are committed for if nobody comes who would do it. */
void sqlite_writer_undo(struct sqlite_writer *w) {
    if (is_rolled_back(w) || !run_step(w, STEP_BACK) || !run_step(w, STEP_RELEASE)) {
        drop_batch(w);
        return;
    }
    pthread_mutex_lock(&w->lock);
    bool goes_on = may_join(w), nobody = w->batch_count == 0;
    if (goes_on) pass_on(w);
    pthread_mutex_unlock(&w->lock);
    if (goes_on) return;
    if (nobody) {
        drop_batch(w);
    } else {
        (void)!commit_batch(w, NULL); /* they are told themselves */
    }
}

enum status sqlite_writer_save(struct sqlite_writer *w, struct err *e) {
    enum status s = sqlite_writer_check(w, e);
    return s == OK ? do_step(w, STEP_SAVE, e) : s;
}

enum status sqlite_writer_save_keep(struct sqlite_writer *w, struct err *e) {
    enum status s = sqlite_writer_check(w, e);
    if (s != OK) return s;
    if ((s = do_step(w, STEP_RELEASE, e)) != OK) sqlite_writer_save_undo(w);
    return s;
}

void sqlite_writer_save_undo(struct sqlite_writer *w) {
    if (!is_rolled_back(w) && run_step(w, STEP_BACK)) run_step(w, STEP_RELEASE);
}

enum status sqlite_writer_check(const struct sqlite_writer *w, struct err *e) {
    return is_rolled_back(w) ? fail_lost(e) : OK;
}
