/*
 * browser_api -- /api/auth/sessions/: the browsers in which one is signed in.
 */
#include "accounts/auth_api.h"

#include "accounts/accounts.h"
#include "accounts/audit.h"
#include "queries.h"

static const struct message session_unknown = { "session_unknown", "Cette session est déjà terminée.",
                                                "This session has ended already." };

struct rows {
    struct json_out out;
    int64_t current_id; /* 0: the caller came with a token */
};

static enum status write_session(void *ctx, const struct db_val *col, struct err *e) {
    struct rows *rows = ctx;
    struct json_out *o = &rows->out;
    (void)e;
    json_put_object(o);
    json_field_int(o, "id", col[0].i);
    json_field_str(o, "browser", col[1].s);
    json_field_time(o, "created_at", col[2].i);
    json_field_time(o, "last_used", col[3].i);
    json_field_time(o, "expires_at", col[4].i);
    json_field_bool(o, "current", col[0].i == rows->current_id);
    json_put_object_end(o);
    return OK;
}

static int64_t current_session(const struct request *rq) {
    return rq->who.by_cookie ? rq->who.credential_id : 0;
}

enum status browser_list_get(struct request *rq, struct reply *re, struct err *e) {
    const struct db_val args[] = { db_int(rq->who.user_id), db_int(rq->now_us) };
    struct rows rows = { json_out_to(&re->body), current_session(rq) };
    enum status s;

    if ((s = accounts_flush_seen(rq->room, rq->db, e)) != OK) return s;
    json_put_object(&rows.out);
    json_put_key(&rows.out, "results");
    json_put_array(&rows.out);
    if ((s = db_run(rq->db, &q_web_session_list, args, write_session, &rows, NULL, e)) != OK) return s;
    json_put_array_end(&rows.out);
    json_put_object_end(&rows.out);
    return OK;
}

/* All but the one that asks. */
enum status browser_list_delete(struct request *rq, struct reply *re, struct err *e) {
    const struct db_val args[] = { db_int(rq->who.user_id), db_int(current_session(rq)) };
    enum status s;

    (void)re;
    if ((s = db_begin(rq->db, e)) != OK) return s;
    s = db_run(rq->db, &q_web_session_delete_others, args, NULL, NULL, NULL, e);
    if (s == OK)
        s = audit_add(rq->db, rq->who.user_id, STR("session.end"), STR("user"), rq->who.user_id, rq->now_us,
                      e);
    return db_finish(rq->db, s, e);
}

enum status browser_delete(struct request *rq, struct reply *re, struct err *e) {
    int64_t id, changed = 0;
    enum status s;

    (void)re;
    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    const struct db_val args[] = { db_int(id), db_int(rq->who.user_id) };
    if ((s = db_begin(rq->db, e)) != OK) return s;
    s = db_run(rq->db, &q_web_session_delete_one, args, NULL, NULL, &changed, e);
    if (s == OK && !changed) s = fail(e, E_NOT_FOUND, &session_unknown, "no session %lld", (long long)id);
    if (s == OK)
        s = audit_add(rq->db, rq->who.user_id, STR("session.end"), STR("user"), rq->who.user_id, rq->now_us,
                      e);
    return db_finish(rq->db, s, e);
}

/* Somebody else's, all of them. */
enum status user_sessions_delete(struct request *rq, struct reply *re, struct err *e) {
    struct user u = { 0 };
    int64_t id;
    enum status s;

    (void)re;
    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    if ((s = user_by_id(rq->db, rq->arena, id, &u, e)) != OK) return s;
    const struct db_val args[] = { db_int(u.id) };
    if ((s = db_begin(rq->db, e)) != OK) return s;
    s = db_run(rq->db, &q_web_session_delete_of_user, args, NULL, NULL, NULL, e);
    if (s == OK) s = audit_add(rq->db, rq->who.user_id, STR("session.end"), STR("user"), u.id, rq->now_us, e);
    return db_finish(rq->db, s, e);
}
