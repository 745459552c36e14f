#include "accounts/seen.h"

#include "queries.h"

void seen_init(struct seen *seen) {
    *seen = (struct seen) { .count = 0 };
    pthread_mutex_init(&seen->lock, NULL);
}

void seen_done(struct seen *seen) {
    pthread_mutex_destroy(&seen->lock);
}

void seen_note(struct seen *seen, bool is_session, int64_t id, int64_t now_us) {
    size_t i = 0;

    pthread_mutex_lock(&seen->lock);
    while (i < seen->count && (seen->rows[i].id != id || seen->rows[i].is_session != is_session)) i++;
    if (i < SEEN_MAX) {
        seen->rows[i] = (struct seen_row) { id, now_us, is_session };
        if (i == seen->count) seen->count++;
    }
    pthread_mutex_unlock(&seen->lock);
}

enum status seen_flush(struct seen *seen, struct db *db, struct err *e) {
    struct seen_row rows[SEEN_MAX];
    size_t count;
    enum status s;

    pthread_mutex_lock(&seen->lock);
    count = seen->count;
    memcpy(rows, seen->rows, sizeof rows);
    seen->count = 0;
    pthread_mutex_unlock(&seen->lock);
    if (!count) return OK;
    if ((s = db_begin(db, e)) != OK) return s;
    for (size_t i = 0; i < count && s == OK; i++) {
        const struct db_val args[] = { db_int(rows[i].id), db_int(rows[i].at_us) };
        s = db_run(db, rows[i].is_session ? &q_web_session_seen : &q_token_seen, args, NULL, NULL, NULL, e);
    }
    return db_finish(db, s, e);
}
