#include "sessions/access_code.h"
#include "accounts/audit.h"
#include "accounts/notification.h"
#include "db/db.h"
#include "queries.h"

struct code_row {
    bool there;
    struct hash hash;
    int64_t failures, locked_until_us;
};

static enum status take_code(void *ctx, const struct db_val *col, struct err *e) {
    struct code_row *row = ctx;
    if (col[0].s.n != HASH_BYTES) return fail(e, E_INTERNAL, NULL, "an access code of another length");
    row->there = true;
    memcpy(row->hash.b, col[0].s.p, HASH_BYTES);
    row->failures = col[1].i;
    row->locked_until_us = col[2].i;
    return OK;
}

/* One code of two people is kept as two hashes. */
static enum status hash_of(const struct sessions *room, struct arena *arena, int64_t patient_id,
                           struct str code, struct hash *out, struct err *e) {
    struct str text;
    if (!arena_printf(arena, &text, "%lld:%.*s", (long long)patient_id, STR_ARG(code)))
        return fail(e, E_LIMIT, NULL, "no memory for a code");
    *out = crypto_hash_keyed(&room->code_key, text);
    return OK;
}

static struct str hash_str(const struct hash *h) {
    return (struct str) { (const char *)h->b, HASH_BYTES };
}

/* What a code comes to: the wrong one that locks is CODE_LOCKED already. */
static enum status judge(const struct sessions *room, struct arena *arena, int64_t patient_id,
                         struct str code, const struct code_row *row, int64_t now_us, enum code_state *state,
                         struct err *e) {
    struct hash shown;
    *state = !row->there ? CODE_NONE : row->locked_until_us > now_us ? CODE_LOCKED : CODE_WRONG;
    if (*state != CODE_WRONG || code.n == 0) return OK;
    enum status s = hash_of(room, arena, patient_id, code, &shown, e);
    if (s != OK) return s;
    if (crypto_equal(hash_str(&shown), hash_str(&row->hash)))
        *state = CODE_RIGHT;
    else if (row->failures + 1 >= ACCESS_CODE_TRIES)
        *state = CODE_LOCKED;
    return OK;
}

enum status access_code_check(void *ctx, struct db *db, struct arena *arena, int64_t patient_id,
                              struct str code, int64_t now_us, enum code_state *state, struct err *e) {
    const struct db_val key = db_int(patient_id);
    struct code_row row = { 0 };
    enum status s = db_run(db, &q_access_code_get, &key, take_code, &row, NULL, e);
    return s == OK ? judge(ctx, arena, patient_id, code, &row, now_us, state, e) : s;
}

enum status access_code_try(void *ctx, struct db *db, struct arena *arena, int64_t patient_id,
                            struct str code, int64_t now_us, enum code_state *state, struct err *e) {
    const struct db_val key = db_int(patient_id);
    struct code_row row = { 0 };
    enum status s = db_run(db, &q_access_code_lock, &key, take_code, &row, NULL, e);
    if (s == OK) s = judge(ctx, arena, patient_id, code, &row, now_us, state, e);
    if (s != OK || *state == CODE_NONE || row.locked_until_us > now_us) return s;
    bool locks = *state == CODE_LOCKED;
    const struct db_val tried[] = { key, db_int(*state == CODE_WRONG ? row.failures + 1 : 0),
                                    db_int(locks ? now_us + ACCESS_CODE_LOCK_US : 0) };
    s = db_run(db, &q_access_code_tried, tried, NULL, NULL, NULL, e);
    if (s != OK || !locks) return s;
    return notification_add(db, STR("access_code.locked"), patient_id, 0, SEVERITY_LOOK, now_us, e);
}

static enum status make(const struct sessions *room, struct db *db, struct arena *arena, int64_t patient_id,
                        int64_t user_id, int64_t now_us, struct str code, struct err *e) {
    struct hash hash;
    enum status s = patient_check_exists(db, patient_id, e);
    if (s == OK) s = hash_of(room, arena, patient_id, code, &hash, e);
    if (s != OK) return s;
    const struct db_val in[] = { db_int(patient_id), db_blob(hash_str(&hash)), db_int_or_null(user_id),
                                 db_int(now_us) };
    if ((s = db_run(db, &q_access_code_set, in, NULL, NULL, NULL, e)) != OK) return s;
    return audit_add(db, user_id, STR("patient.access_code"), STR("patient"), patient_id, now_us, e);
}

enum status access_code_make(const struct sessions *room, struct db *db, struct arena *arena,
                             int64_t patient_id, int64_t user_id, int64_t now_us,
                             char code[ACCESS_CODE_DIGITS + 1], struct err *e) {
    uint64_t random;
    enum status s;
    crypto_random(&random, sizeof random);
    for (int i = ACCESS_CODE_DIGITS - 1; i >= 0; i--, random /= 10) code[i] = (char)('0' + random % 10);
    code[ACCESS_CODE_DIGITS] = '\0';
    if ((s = db_begin(db, e)) != OK) return s;
    return db_finish(db, make(room, db, arena, patient_id, user_id, now_us, str_from_c(code), e), e);
}
