/*
 * token_api -- /api/tokens/: keys for programs. Everybody sees and revokes one's own, administrators all of them.
 *
 * A key is in the answer that makes it and nowhere else; so this route keeps no record of its answer (no Idempotency-Key).
 */
#include "accounts/auth_api.h"

#include "accounts/accounts.h"
#include "accounts/audit.h"
#include "http/fields.h"
#include "http/page.h"
#include "queries.h"

enum { TOKEN_NAME_MAX_CHARS = 120, TOKEN_DAYS_MAX = 3650 };

static const struct message token_unknown = { "token_unknown", "Ce jeton n’existe pas (ou plus).",
                                              "There is no such token (any more)." };
static const struct message token_user_denied = {
    "token_user", "Seul un administrateur crée un jeton au nom d’un autre compte.",
    "Only an administrator creates a token in the name of another account."
};

/* Whose tokens the caller may see; 0: everybody's. */
static int64_t whose(const struct request *rq) {
    return role_may(rq->who.role, PERM_ADMIN) ? 0 : rq->who.user_id;
}

struct token_rows {
    struct json_out out;
    struct str key; /* of the one that was just made; empty: none is written */
};

static enum status write_token(void *ctx, const struct db_val *col, struct err *e) {
    struct token_rows *rows = ctx;
    struct json_out *o = &rows->out;
    (void)e;
    json_put_object(o);
    json_field_int(o, "id", col[0].i);
    json_field_str(o, "name", col[1].s);
    json_field_int(o, "user", col[2].i);
    json_field_str(o, "user_email", col[3].s);
    json_field_str(o, "user_name", col[4].s);
    json_field_time(o, "created_at", col[5].i);
    json_field_time(o, "last_used", col[6].i);
    json_field_time(o, "expires_at", col[7].i);
    if (rows->key.n) json_field_str(o, "token", rows->key);
    json_put_object_end(o);
    return OK;
}

enum status token_list_get(struct request *rq, struct reply *re, struct err *e) {
    struct token_rows rows = { .out = json_out_to(&re->body), .key = STR("") };
    struct page_request page;
    int64_t count;
    enum status s;

    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = accounts_flush_seen(rq->room, rq->db, e)) != OK) return s;
    const struct db_val args[] = { db_int(whose(rq)), db_int(page.size), db_int(page.offset) };
    if ((s = db_get_i64(rq->db, &q_token_count, args, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &rows.out, e)) != OK) return s;
    if ((s = db_run(rq->db, &q_token_list, args, write_token, &rows, NULL, e)) != OK) return s;
    page_end(&rows.out);
    return OK;
}

enum status token_list_post(struct request *rq, struct reply *re, struct err *e) {
    struct token_rows rows = { .out = json_out_to(&re->body) };
    struct str name = STR("");
    int64_t user_id = rq->who.user_id, days = 0, id = 0;
    char key[TOKEN_TEXT_BYTES];
    struct user u = { 0 };
    struct fields *f;
    enum status s;

    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_str(f, "name", FIELD_REQUIRED, TOKEN_NAME_MAX_CHARS, &name);
    fields_i64(f, "expires_in_days", FIELD_OPTIONAL, 1, TOKEN_DAYS_MAX, &days);
    fields_i64(f, "user", FIELD_OPTIONAL, 1, INT64_MAX, &user_id);
    if (fields_has(f, "name") && !name.n) fields_fail(f, "name", &field_blank, STR(""));
    if (user_id != rq->who.user_id && whose(rq) != 0) fields_fail(f, "user", &token_user_denied, STR(""));
    if ((s = fields_done(f)) != OK) return s;
    if ((s = user_by_id(rq->db, rq->arena, user_id, &u, e)) != OK) return s;
    s = accounts_token_create_until(rq->room, rq->db, u.id, name, days ? rq->now_us + days * DAY_US : 0,
                                    rq->who.user_id, rq->now_us, key, &id, e);
    if (s != OK) return s;
    rows.key = str_from_c(key);
    const struct db_val args[] = { db_int(id) };
    s = db_run(rq->db, &q_token_get, args, write_token, &rows, NULL, e);
    crypto_wipe(key, sizeof key);
    return s;
}

enum status token_delete_handler(struct request *rq, struct reply *re, struct err *e) {
    int64_t id, user_id = 0;
    enum status s;

    (void)re;
    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    const struct db_val args[] = { db_int(id), db_int(whose(rq)) };
    if ((s = db_begin(rq->db, e)) != OK) return s;
    s = db_get_i64(rq->db, &q_token_delete, args, &user_id, NULL);
    if (s == E_NOT_FOUND) s = fail(e, s, &token_unknown, "no token %lld", (long long)id);
    if (s == OK)
        s = audit_add(rq->db, rq->who.user_id, STR("token.revoke"), STR("user"), user_id, rq->now_us, e);
    return db_finish(rq->db, s, e);
}
