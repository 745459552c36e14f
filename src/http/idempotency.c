#include "http/idempotency.h"

#include "http/idempotency_store.h"
#include "http/upload_run.h"

static const struct message key_invalid = {
    "idempotency_key_invalid", "L’en-tête Idempotency-Key doit avoir de 1 à 255 caractères ASCII visibles.",
    "The Idempotency-Key header must have 1 to 255 visible ASCII characters."
};
static const struct message key_reused = { "idempotency_key_reused",
                                           "Cette clé d’idempotence a déjà servi pour une autre demande.",
                                           "This idempotency key was already used for another request." };

static struct str key_of(const struct exchange *ex) {
    return head_get(&ex->head, STR("idempotency-key"));
}

bool idempotency_wanted(const struct exchange *ex) {
    return ex->rq.route->creates && ex->rq.db && key_of(ex).n > 0;
}

static bool is_valid(struct str key) {
    for (size_t i = 0; i < key.n; i++) {
        if (key.p[i] < 0x21 || key.p[i] > 0x7E) return false;
    }
    return key.n <= IDEMPOTENCY_KEY_MAX;
}

static void add_piece(struct hash_stream *h, struct str s) {
    const uint64_t n = s.n;
    crypto_hash_add(h, (struct str) { (const char *)&n, sizeof n });
    crypto_hash_add(h, s);
}

/* Who, where and which key: two callers cannot meet on one key. */
static struct hash hash_of_key(const struct exchange *ex) {
    struct hash_stream h;
    const int64_t user = ex->rq.who.user_id;
    crypto_hash_start(&h);
    add_piece(&h, (struct str) { (const char *)&user, sizeof user });
    add_piece(&h, ex->head.method);
    add_piece(&h, ex->rq.path);
    add_piece(&h, key_of(ex));
    return crypto_hash_end(&h);
}

static struct hash hash_of_request(const struct exchange *ex) {
    struct hash_stream h;
    crypto_hash_start(&h);
    add_piece(&h, ex->rq.query);
    if (ex->upload_run) {
        struct hash upload = upload_run_hash(ex->upload_run);
        add_piece(&h, (struct str) { (const char *)upload.b, sizeof upload.b });
    } else {
        add_piece(&h, ex->rq.body);
    }
    return crypto_hash_end(&h);
}

static enum status replay(struct exchange *ex, const struct idempotency_record *record,
                          const struct hash *request) {
    struct str asked = { (const char *)request->b, sizeof request->b };
    if (!str_eq(record->request_hash, asked))
        return fail(&ex->err, E_CONFLICT, &key_reused, "idempotency key with another body");
    buf_clear(&ex->re.body);
    buf_add(&ex->re.body, record->body);
    ex->re.http = record->http;
    ex->replayed = true;
    return OK;
}

static enum status run_and_record(struct exchange *ex, const struct hash *key) {
    const struct route *route = ex->rq.route;
    enum status s = route->handler(&ex->rq, &ex->re, &ex->err);
    if (s != OK) return s;
    if (ex->source != BODY_BUF || !buf_ok(&ex->re.body))
        return fail(&ex->err, E_INTERNAL, NULL, "answer cannot be recorded");
    if (!ex->re.http) ex->re.http = route->success ? route->success : 200;
    const struct idempotency_record answer = { .http = ex->re.http,
                                               .body = buf_str(&ex->re.body),
                                               .patient_id = ex->re.patient_id,
                                               .advice_id = ex->re.advice_id };
    return idempotency_finish(ex->rq.db, key, &answer, &ex->err);
}

enum status idempotency_run(struct exchange *ex) {
    struct idempotency_record record;
    bool is_new = false;
    enum status s;

    if (!is_valid(key_of(ex))) return fail(&ex->err, E_INVALID, &key_invalid, "idempotency key");
    struct hash key = hash_of_key(ex), request = hash_of_request(ex);
    struct db *db = ex->rq.db;
    if ((s = db_begin(db, &ex->err)) != OK) return s;
    s = idempotency_claim(db, &key, &request, ex->rq.now_us, &is_new, &ex->err);
    if (s == OK && is_new) {
        s = run_and_record(ex, &key);
    } else if (s == OK) {
        s = idempotency_find(db, ex->arena, &key, &record, &ex->err);
        if (s == OK) s = replay(ex, &record, &request);
    }
    return db_finish(db, s, &ex->err);
}
