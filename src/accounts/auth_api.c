/*
 * auth_api -- POST /api/auth/login/, logout/, token/, password/; GET and PATCH me/.
 */
#include "accounts/auth_api.h"

#include "accounts/accounts.h"
#include "accounts/otp.h"
#include "accounts/user_json.h"
#include "http/fields.h"

static const struct message old_password_wrong = { "old_password_wrong",
                                                   "Le mot de passe actuel n’est pas le bon.",
                                                   "The current password is wrong." };

/* Reads {email, password[, otp]} and checks them. */
static enum status check_credentials(struct request *rq, struct user *u, struct err *e) {
    struct credentials c = {
        .email = STR(""), .password = STR(""), .otp = STR(""), .address = rq->remote_addr
    };
    struct fields *f;
    enum status s;

    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_str(f, "email", FIELD_REQUIRED, EMAIL_MAX_CHARS, &c.email);
    fields_secret(f, "password", FIELD_REQUIRED, PASSWORD_MAX_BYTES, &c.password);
    fields_secret(f, "otp", FIELD_OPTIONAL, OTP_TYPED_MAX_BYTES, &c.otp);
    if ((s = fields_done(f)) != OK) return s;
    if (!user_email_parse(rq->arena, c.email, &c.email))
        return fail_field(e, STR("email"), &user_email_invalid, STR(""));
    return accounts_check_login(rq->room, rq->db, rq->arena, &c, rq->now_us, u, e);
}

/* What the browser calls itself, as far as it is plain ASCII. */
static struct str browser_of(struct request *rq) {
    struct str agent = request_header(rq, "User-Agent"), copy;
    if (!agent.n || !arena_dup(rq->arena, agent, &copy)) return STR("");
    for (char *p = (char *)(uintptr_t)copy.p; p < copy.p + copy.n; p++)
        if (*p < ' ' || *p > '~') *p = '?';
    return copy;
}

/* "name=value; Path=/; …": the session cookie is out of reach of scripts, the CSRF cookie is made for them. */
static enum status set_cookie(struct request *rq, struct reply *re, const char *name, struct str value,
                              bool for_scripts, int64_t max_age_s, struct err *e) {
    const struct accounts *acc = rq->room;
    struct str cookie;

    if (!arena_printf(rq->arena, &cookie, "%s=%.*s; Path=/; Max-Age=%lld; SameSite=Lax%s%s", name,
                      STR_ARG(value), (long long)max_age_s, for_scripts ? "" : "; HttpOnly",
                      acc->secure_cookies ? "; Secure" : ""))
        return fail(e, E_LIMIT, NULL, "no room for a cookie");
    return reply_header(re, "Set-Cookie", cookie, e);
}

static enum status start_session(struct request *rq, struct reply *re, int64_t user_id, struct err *e) {
    const struct accounts *acc = rq->room;
    const int64_t max_age_s = acc->session_us / SECOND_US;
    struct web_session session;
    enum status s =
        web_session_create(rq->room, rq->db, rq->arena, user_id, browser_of(rq), rq->now_us, &session, e);
    if (s == OK) s = accounts_flush_seen(rq->room, rq->db, e);

    if (s == OK) s = set_cookie(rq, re, "sessionid", str_from_c(session.id), false, max_age_s, e);
    return s == OK ? set_cookie(rq, re, "csrftoken", session.csrf, true, max_age_s, e) : s;
}

enum status auth_login(struct request *rq, struct reply *re, struct err *e) {
    struct user u = { 0 };
    enum status s = check_credentials(rq, &u, e);

    if (s == E_DENIED) re->http = 401;
    if (s != OK) return s;
    if ((s = start_session(rq, re, u.id, e)) != OK) return s;
    u.last_login_us = rq->now_us;
    struct json_out o = json_out_to(&re->body);
    user_json(&o, &u);
    return OK;
}

enum status auth_logout(struct request *rq, struct reply *re, struct err *e) {
    struct str session = request_cookie(rq, "sessionid");
    enum status s;

    if (rq->who.by_cookie && (s = web_session_end(rq->room, rq->db, session, e)) != OK) return s;
    if ((s = set_cookie(rq, re, "sessionid", STR(""), false, 0, e)) != OK) return s;
    return set_cookie(rq, re, "csrftoken", STR(""), true, 0, e);
}

enum status auth_token(struct request *rq, struct reply *re, struct err *e) {
    char token[TOKEN_TEXT_BYTES];
    struct user u = { 0 };
    enum status s = check_credentials(rq, &u, e);

    if (s == E_DENIED) re->http = 401;
    if (s == OK && u.must_change_password) {
        re->http = 403;
        s = fail(e, E_DENIED, &identity_password_given, "password was given");
    }
    if (s != OK) return s;
    s = accounts_token_create(rq->room, rq->db, u.id, STR("api/auth/token"), u.id, rq->now_us, token, e);
    if (s != OK) return s;
    struct json_out o = json_out_to(&re->body);
    json_put_object(&o);
    json_field_str(&o, "token", str_from_c(token));
    json_put_object_end(&o);
    return OK;
}

enum status auth_me(struct request *rq, struct reply *re, struct err *e) {
    struct user u = { 0 };
    enum status s = user_by_id(rq->db, rq->arena, rq->who.user_id, &u, e);
    if (s != OK) return s;
    struct json_out o = json_out_to(&re->body);
    user_json(&o, &u);
    return OK;
}

/* One's own name and language; the rest is an administrator's to change. */
enum status auth_me_patch(struct request *rq, struct reply *re, struct err *e) {
    static const char *const languages[] = { "fr", "en", NULL };
    struct user before = { 0 }, after;
    struct fields *f;
    enum status s;

    if ((s = user_by_id(rq->db, rq->arena, rq->who.user_id, &before, e)) != OK) return s;
    after = before;
    int language = before.language == LANG_EN;
    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_str(f, "full_name", FIELD_OPTIONAL, USER_NAME_MAX_CHARS, &after.full_name);
    fields_word(f, "language", FIELD_OPTIONAL, languages, &language);
    if ((s = fields_done(f)) != OK) return s;
    after.language = language ? LANG_EN : LANG_FR;
    if ((s = user_save(rq->db, &before, &after, rq->who.user_id, rq->now_us, e)) != OK) return s;
    struct json_out o = json_out_to(&re->body);
    user_json(&o, &after);
    return OK;
}

/* Changing one's own password asks for the old one again and ends all sessions; this browser gets a new one. */
enum status auth_password(struct request *rq, struct reply *re, struct err *e) {
    struct str old_password = STR(""), new_password = STR("");
    struct user before = { 0 }, checked, after;
    struct fields *f;
    enum status s;

    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_secret(f, "old_password", FIELD_REQUIRED, PASSWORD_MAX_BYTES, &old_password);
    fields_secret(f, "new_password", FIELD_REQUIRED, PASSWORD_MAX_BYTES, &new_password);
    if ((s = user_by_id(rq->db, rq->arena, rq->who.user_id, &before, e)) != OK) return s;
    const struct message *weak = password_weakness(new_password, before.email);
    if (new_password.n && weak) fields_fail(f, "new_password", weak, STR(""));
    if ((s = fields_done(f)) != OK) return s;
    struct err why = { 0 };
    const struct credentials c = {
        .email = before.email, .password = old_password, .address = rq->remote_addr, .password_only = true
    };
    s = accounts_check_login(rq->room, rq->db, rq->arena, &c, rq->now_us, &checked, &why);
    if (s == E_DENIED) return fail_field(e, STR("old_password"), &old_password_wrong, STR(""));
    if (s != OK) {
        if (e) *e = why;
        return s;
    }
    after = before;
    after.must_change_password = false;
    if ((s = accounts_hash_password(rq->room, rq->arena, new_password, &after.password_hash, e)) != OK)
        return s;
    if ((s = user_save(rq->db, &before, &after, rq->who.user_id, rq->now_us, e)) != OK) return s;
    return rq->who.by_cookie ? start_session(rq, re, after.id, e) : OK;
}
