#include "messaging/forgotten.h"
#include "base/arena.h"
#include "base/crypto.h"
#include "db/db.h"
#include "queries.h"

static struct db_val hash_val(const struct hash *hash) {
    return db_blob((struct str) { (const char *)hash->b, sizeof hash->b });
}

/* Names first, writing afterwards: a statement that still reads would see what is written. */
struct names {
    struct arena *arena;
    struct name {
        struct name *next;
        struct str sid;
    } * first;
};

static enum status take_name(void *ctx, const struct db_val *col, struct err *e) {
    struct names *names = ctx;
    struct name *name = arena_alloc(names->arena, sizeof *name);
    if (!name) return fail(e, E_LIMIT, NULL, "no memory for the messages of a patient");
    name->next = names->first;
    names->first = name;
    return db_copy(names->arena, &col[0], &name->sid, e);
}

enum status forgotten_note(struct db *db, struct arena *arena, int64_t patient_id, struct str phone,
                           int64_t now_us, struct err *e) {
    const struct db_val whose[] = { db_int(patient_id), db_text(phone) };
    struct names names = { arena, NULL };
    enum status s = db_run(db, &q_message_received_sids, whose, take_name, &names, NULL, e);

    for (const struct name *name = names.first; name && s == OK; name = name->next) {
        struct hash hash = crypto_hash_of(name->sid);
        const struct db_val in[] = { hash_val(&hash), db_int(now_us) };
        s = db_run(db, &q_forgotten_insert, in, NULL, NULL, NULL, e);
    }
    return s;
}

enum status forgotten_is(struct db *db, struct str provider_sid, bool *out, struct err *e) {
    struct hash hash = crypto_hash_of(provider_sid);
    const struct db_val in[] = { hash_val(&hash) };
    int64_t count = 0;
    enum status s = db_get_i64(db, &q_forgotten_count, in, &count, e);
    *out = count > 0;
    return s;
}

enum status forgotten_clean_up(struct db *db, int64_t now_us, struct err *e) {
    const struct db_val in[] = { db_int(now_us - FORGOTTEN_KEPT_US) };
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, db_run(db, &q_forgotten_clean_up, in, NULL, NULL, NULL, e), e) : s;
}
