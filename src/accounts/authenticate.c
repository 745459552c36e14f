/*
 * authenticate -- who is calling: an API token in Authorization, or a browser's session cookie.
 */
#include "accounts/accounts.h"

#include "accounts/audit.h"
#include "queries.h"

enum { BROWSER_MAX_BYTES = 300 };

const struct message login_invalid_token = { "invalid_token",
                                             "Ce jeton d’accès n’est pas (ou n’est plus) valable.",
                                             "This access token is not (or no longer) valid." };
const struct message login_session_ended = { "session_ended",
                                             "Votre session est terminée : connectez-vous de nouveau.",
                                             "Your session has ended: sign in again." };

static enum status take_identity(void *ctx, const struct db_val *col, struct err *e) {
    struct identity *who = ctx;
    (void)e;
    who->user_id = col[0].i;
    who->role = role_from_name(col[1].s);
    who->credential_id = col[2].i;
    return OK;
}

/* A token was made by somebody who had chosen a password, or on the machine itself; a session may stand on a given one. */
static enum status take_signed_in(void *ctx, const struct db_val *col, struct err *e) {
    struct identity *who = ctx;
    who->must_change_password = col[3].i != 0;
    return take_identity(ctx, col, e);
}

static struct hash secret_hash(const struct accounts *acc, struct str secret) {
    return crypto_hash_keyed(&acc->token_key, secret);
}

static struct db_val hash_val(const struct hash *h) {
    return db_blob((struct str) { (const char *)h->b, HASH_BYTES });
}

/* The key after "Token " or "Bearer " (any case), or an empty str. */
static struct str bearer(struct str header) {
    static const struct str schemes[] = { { "Token ", 6 }, { "Bearer ", 7 } };
    for (size_t i = 0; i < COUNT_OF(schemes); i++)
        if (header.n > schemes[i].n && strncasecmp(header.p, schemes[i].p, schemes[i].n) == 0)
            return str_trim(str_sub(header, schemes[i].n, header.n));
    return STR("");
}

static enum status by_token(struct accounts *acc, struct request *rq, struct str header, struct identity *who,
                            struct err *e) {
    struct str token = bearer(header);
    struct hash h = secret_hash(acc, token);
    const struct db_val args[] = { hash_val(&h), db_int(rq->now_us) };
    enum status s;

    if (token.n && (s = db_run(rq->db, &q_token_user, args, take_identity, who, NULL, e)) != OK) return s;
    if (who->user_id == 0) return fail(e, E_DENIED, &login_invalid_token, "unknown token");
    seen_note(&acc->seen, false, who->credential_id, rq->now_us);
    return OK;
}

static enum status by_cookie(struct accounts *acc, struct request *rq, struct str session,
                             struct identity *who, struct err *e) {
    struct hash h = secret_hash(acc, session);
    const struct db_val args[] = { hash_val(&h), db_int(rq->now_us) };
    enum status s = db_run(rq->db, &q_web_session_user, args, take_signed_in, who, NULL, e);

    if (s != OK) return s;
    /* A cookie of an ended session stands in many browsers for weeks: public pages stay open to it. */
    if (who->user_id == 0)
        return rq->route->permission == PERM_PUBLIC
                   ? OK
                   : fail(e, E_DENIED, &login_session_ended, "session ended");
    who->by_cookie = true;
    seen_note(&acc->seen, true, who->credential_id, rq->now_us);
    return OK;
}

static enum status authenticate(void *ctx, struct request *rq, struct identity *who, struct err *e) {
    struct accounts *acc = ctx;
    struct str header = request_header(rq, "Authorization");
    struct str session = request_cookie(rq, "sessionid");

    *who = (struct identity) { 0 };
    if (header.n) return by_token(acc, rq, header, who, e);
    if (session.n) return by_cookie(acc, rq, session, who, e);
    return OK;
}

static bool csrf_ok(void *ctx, const struct request *rq) {
    const struct accounts *acc = ctx;
    struct str expected;
    return web_session_csrf(acc, rq->arena, request_cookie(rq, "sessionid"), &expected) &&
           crypto_equal(request_header(rq, "X-CSRFToken"), expected);
}

struct http_authenticator accounts_authenticator(struct accounts *acc) {
    return (struct http_authenticator) { .ctx = acc, .authenticate = authenticate, .csrf_ok = csrf_ok };
}

enum status accounts_token_create_until(struct accounts *acc, struct db *db, int64_t user_id, struct str name,
                                        int64_t expires_at_us, int64_t actor_id, int64_t now_us,
                                        char text[TOKEN_TEXT_BYTES], int64_t *id, struct err *e) {
    enum status s;

    crypto_token(text);
    struct hash h = secret_hash(acc, str_from_c(text));
    const struct db_val args[] = { db_int(user_id), db_text(name), hash_val(&h), db_int(now_us),
                                   db_int_or_null(expires_at_us) };
    if ((s = db_begin(db, e)) != OK) return s;
    s = db_get_i64(db, &q_token_insert, args, id, e);
    if (s == OK) s = audit_add(db, actor_id, STR("token.create"), STR("user"), user_id, now_us, e);
    return db_finish(db, s, e);
}

enum status accounts_token_create(struct accounts *acc, struct db *db, int64_t user_id, struct str name,
                                  int64_t actor_id, int64_t now_us, char text[TOKEN_TEXT_BYTES],
                                  struct err *e) {
    int64_t id;
    return accounts_token_create_until(acc, db, user_id, name, 0, actor_id, now_us, text, &id, e);
}

bool web_session_csrf(const struct accounts *acc, struct arena *a, struct str id, struct str *csrf) {
    struct str labelled;
    if (!arena_printf(a, &labelled, "csrf:%.*s", STR_ARG(id))) return false;
    struct hash h = secret_hash(acc, labelled);
    return crypto_hex(a, (struct str) { (const char *)h.b, HASH_BYTES }, csrf);
}

enum status web_session_create(struct accounts *acc, struct db *db, struct arena *a, int64_t user_id,
                               struct str browser, int64_t now_us, struct web_session *out, struct err *e) {
    enum status s;

    crypto_token(out->id);
    struct str id = str_from_c(out->id);
    if (!web_session_csrf(acc, a, id, &out->csrf)) return fail(e, E_LIMIT, NULL, "no room for a session");
    struct hash h = secret_hash(acc, id);
    const struct db_val args[] = { db_int(user_id), hash_val(&h), db_int(now_us),
                                   db_int(now_us + acc->session_us),
                                   db_text(str_sub(browser, 0, BROWSER_MAX_BYTES)) };
    const struct db_val signed_in[] = { db_int(user_id), db_int(now_us) };
    if ((s = db_begin(db, e)) != OK) return s;
    s = db_run(db, &q_web_session_insert, args, NULL, NULL, NULL, e);
    if (s == OK) s = db_run(db, &q_user_signed_in, signed_in, NULL, NULL, NULL, e);
    if (s == OK) s = audit_add(db, user_id, STR("login"), STR("user"), user_id, now_us, e);
    return db_finish(db, s, e);
}

enum status web_session_end(struct accounts *acc, struct db *db, struct str id, struct err *e) {
    struct hash h = secret_hash(acc, id);
    const struct db_val args[] = { hash_val(&h) };
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    return db_finish(db, db_run(db, &q_web_session_delete, args, NULL, NULL, NULL, e), e);
}
