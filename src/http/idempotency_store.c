#include "http/idempotency_store.h"

#include "http/idempotency.h"
#include "queries.h"

static struct db_val hash_val(const struct hash *h) {
    return db_blob((struct str) { (const char *)h->b, sizeof h->b });
}

enum status idempotency_claim(struct db *db, const struct hash *key, const struct hash *request,
                              int64_t now_us, bool *is_new, struct err *e) {
    const struct db_val old[] = { hash_val(key), db_int(now_us - IDEMPOTENCY_KEPT_US) };
    const struct db_val mine[] = { hash_val(key), hash_val(request), db_int(now_us) };
    int64_t inserted = 0;
    enum status s = db_run(db, &q_idempotency_forget, old, NULL, NULL, NULL, e);
    if (s == OK) s = db_run(db, &q_idempotency_insert, mine, NULL, NULL, &inserted, e);
    if (s == OK) *is_new = inserted == 1;
    return s;
}

enum status idempotency_finish(struct db *db, const struct hash *key, const struct idempotency_record *answer,
                               struct err *e) {
    const struct db_val args[] = { hash_val(key), db_int(answer->http), db_blob(answer->body),
                                   db_int_or_null(answer->patient_id), db_int_or_null(answer->advice_id) };
    return db_run(db, &q_idempotency_finish, args, NULL, NULL, NULL, e);
}

struct found {
    struct arena *arena;
    struct idempotency_record *record;
    bool there;
};

static enum status take_record(void *ctx, const struct db_val *col, struct err *e) {
    struct found *f = ctx;
    f->there = true;
    f->record->http = (int)col[0].i;
    enum status s = db_copy(f->arena, &col[1], &f->record->request_hash, e);
    return s == OK ? db_copy(f->arena, &col[2], &f->record->body, e) : s;
}

enum status idempotency_find(struct db *db, struct arena *arena, const struct hash *key,
                             struct idempotency_record *out, struct err *e) {
    const struct db_val args[] = { hash_val(key) };
    struct found f = { .arena = arena, .record = out };
    enum status s = db_run(db, &q_idempotency_find, args, take_record, &f, NULL, e);
    if (s == OK && !f.there) s = fail(e, E_RETRY, NULL, "idempotency record is gone");
    return s;
}

enum status idempotency_clean_up(struct db *db, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(now_us - IDEMPOTENCY_KEPT_US) };
    enum status s = db_begin(db, e);
    if (s != OK) return s;
    return db_finish(db, db_run(db, &q_idempotency_clean_up, args, NULL, NULL, NULL, e), e);
}
