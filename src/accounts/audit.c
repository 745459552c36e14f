#include "accounts/audit.h"

#include "base/crypto.h"
#include "queries.h"

enum { VERIFY_STEP_ROWS = 500 };

static void put_i64(struct hash_stream *h, int64_t v) {
    char bytes[8];
    for (int i = 0; i < 8; i++) bytes[i] = (char)((uint64_t)v >> (56 - 8 * i));
    crypto_hash_add(h, (struct str) { bytes, sizeof bytes });
}

/* Lengths go first, so that no two rows of different fields give the same bytes. */
static void put_text(struct hash_stream *h, struct str s) {
    put_i64(h, (int64_t)s.n);
    crypto_hash_add(h, s);
}

static struct hash row_hash(struct str previous, const struct audit_row *row) {
    struct hash_stream h;
    crypto_hash_start(&h);
    put_text(&h, previous);
    put_i64(&h, row->at_us);
    put_i64(&h, row->actor_id);
    put_text(&h, row->action);
    put_text(&h, row->object_type);
    put_i64(&h, row->object_id);
    return crypto_hash_end(&h);
}

static enum status take_hash(void *ctx, const struct db_val *col, struct err *e) {
    struct hash *last = ctx;
    if (col[0].s.n != HASH_BYTES)
        return fail(e, E_INTERNAL, NULL, "an audit row has a hash of %zu bytes", col[0].s.n);
    memcpy(last->b, col[0].s.p, HASH_BYTES);
    return OK;
}

enum status audit_add(struct db *db, int64_t actor_id, struct str action, struct str object_type,
                      int64_t object_id, int64_t now_us, struct err *e) {
    struct audit_row row = { .at_us = now_us,
                             .actor_id = actor_id,
                             .object_id = object_id,
                             .action = action,
                             .object_type = object_type };
    struct hash last = { 0 };
    enum status s;

    if (!db_in_transaction(db))
        return fail(e, E_INTERNAL, NULL, "an audit row was added outside a transaction");
    if ((s = db_run(db, &q_audit_last_hash, NULL, take_hash, &last, NULL, e)) != OK) return s;
    struct hash own = row_hash((struct str) { (const char *)last.b, HASH_BYTES }, &row);
    const struct db_val args[] = {
        db_int(now_us),       db_int(actor_id),  db_text(action),
        db_text(object_type), db_int(object_id), db_blob((struct str) { (const char *)own.b, HASH_BYTES })
    };
    return db_run(db, &q_audit_insert, args, NULL, NULL, NULL, e);
}

struct walk {
    struct hash last;
    int64_t last_id, checked, broken_id, seen;
};

static enum status check_row(void *ctx, const struct db_val *col, struct err *e) {
    struct walk *w = ctx;
    struct audit_row row = { .id = col[0].i,
                             .at_us = col[1].i,
                             .actor_id = col[2].i,
                             .action = col[3].s,
                             .object_type = col[4].s,
                             .object_id = col[5].i,
                             .hash = col[6].s };
    struct hash expected = row_hash((struct str) { (const char *)w->last.b, HASH_BYTES }, &row);

    (void)e;
    w->seen++;
    w->last_id = row.id;
    if (w->broken_id) return OK;
    if (!str_eq(row.hash, (struct str) { (const char *)expected.b, HASH_BYTES })) {
        w->broken_id = row.id;
        return OK;
    }
    w->last = expected;
    w->checked++;
    return OK;
}

enum status audit_verify(struct db *db, int64_t *checked, int64_t *broken_id, struct err *e) {
    struct walk w = { 0 };
    enum status s;

    do {
        const struct db_val args[] = { db_int(w.last_id), db_int(VERIFY_STEP_ROWS) };
        w.seen = 0;
        if ((s = db_run(db, &q_audit_after, args, check_row, &w, NULL, e)) != OK) return s;
    } while (w.seen == VERIFY_STEP_ROWS && !w.broken_id);
    *checked = w.checked;
    *broken_id = w.broken_id;
    return OK;
}
