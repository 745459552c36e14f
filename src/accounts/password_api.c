/*
 * password_api -- /api/auth/password/forgotten/, link/ and reset/; POST /api/users/{id}/invite/.
 *
 * What a stranger is told of an address is nothing: an account or none gets the same answer after the same work (one look, one job, one audit row).
 */
#include "accounts/auth_api.h"

#include "accounts/audit.h"
#include "accounts/guess.h"
#include "accounts/password_link.h"
#include "http/fields.h"

enum { LINK_TOKEN_MAX_BYTES = 100, ADDRESS_FREE_REQUESTS = 10, ONE_TIME_CHARS = 16 };

static const struct message mail_missing = {
    "mail_missing",
    "Cette installation n’envoie pas de courriels. Demandez à l’administrateur de la clinique.",
    "This installation sends no mail. Ask the administrator of the clinic."
};
static const struct message account_off = { "account_off", "Ce compte est désactivé : réactivez-le d’abord.",
                                            "This account is switched off: switch it on first." };
static const struct message invite_oneself = {
    "invite_oneself", "C’est votre propre compte : changez votre mot de passe dans « Mon compte ».",
    "This is your own account: change your password in \"My account\"."
};

enum status forgotten_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    (void)e;
    json_put_object(&o);
    json_field_bool(&o, "by_mail", password_mail_possible(rq->room));
    json_put_object_end(&o);
    return OK;
}

/* In a transaction. Requests count as guesses do: the first are free, then each waits longer. */
static enum status count_request(struct request *rq, struct str email, struct err *e) {
    const int64_t free_requests[2] = { LINKS_AT_A_TIME, ADDRESS_FREE_REQUESTS };
    struct hash subjects[2];
    enum status s = OK;

    if (!accounts_guess_subject(rq->room, rq->arena, "forgotten", email, &subjects[0]) ||
        !accounts_guess_subject(rq->room, rq->arena, "forgotten-address", rq->remote_addr, &subjects[1]))
        return fail(e, E_LIMIT, NULL, "no room for a request");
    for (int i = 0; i < 2 && s == OK; i++)
        s = guess_check_wait(rq->db, &subjects[i], free_requests[i], rq->now_us, e);
    for (int i = 0; i < 2 && s == OK; i++) s = guess_add_failure(rq->db, &subjects[i], rq->now_us, e);
    return s;
}

enum status forgotten_post(struct request *rq, struct reply *re, struct err *e) {
    struct str email = STR("");
    struct user u = { 0 };
    struct fields *f;
    enum status s;

    (void)re;
    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_str(f, "email", FIELD_REQUIRED, EMAIL_MAX_CHARS, &email);
    if ((s = fields_done(f)) != OK) return s;
    if (!user_email_parse(rq->arena, email, &email))
        return fail_field(e, STR("email"), &user_email_invalid, STR(""));
    if (!password_mail_possible(rq->room)) return fail(e, E_CONFLICT, &mail_missing, "no mail server");
    if ((s = db_begin(rq->db, e)) != OK) return s;
    s = count_request(rq, email, e);
    if (s == OK) {
        s = user_by_email(rq->db, rq->arena, email, &u, NULL);
        s = s == E_NOT_FOUND ? OK : s;
    }
    if (s == OK) s = password_mail_add(rq->room, rq->db, u.id, LINK_FORGOTTEN, rq->now_us, e);
    if (s == OK) s = audit_add(rq->db, 0, STR("password.forgotten"), STR("user"), u.id, rq->now_us, e);
    return db_finish(rq->db, s, e);
}

/* What the page shows before somebody types a password in vain. */
enum status password_link_post(struct request *rq, struct reply *re, struct err *e) {
    struct str token = STR("");
    struct password_link link;
    struct user u = { 0 };
    struct fields *f;
    enum status s;

    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_secret(f, "token", FIELD_REQUIRED, LINK_TOKEN_MAX_BYTES, &token);
    if ((s = fields_done(f)) != OK) return s;
    if ((s = password_link_find(rq->room, rq->db, token, rq->now_us, &link, e)) != OK) return s;
    if ((s = user_by_id(rq->db, rq->arena, link.user_id, &u, e)) != OK) return s;
    struct json_out o = json_out_to(&re->body);
    json_put_object(&o);
    json_field_str(&o, "email", u.email);
    json_field_str(&o, "kind", link.kind == LINK_INVITATION ? STR("invitation") : STR("forgotten"));
    json_field_time(&o, "expires_at", link.expires_at_us);
    json_put_object_end(&o);
    return OK;
}

enum status password_reset_post(struct request *rq, struct reply *re, struct err *e) {
    struct str token = STR(""), password = STR("");
    struct fields *f;
    enum status s;

    (void)re;
    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_secret(f, "token", FIELD_REQUIRED, LINK_TOKEN_MAX_BYTES, &token);
    fields_secret(f, "new_password", FIELD_REQUIRED, PASSWORD_MAX_BYTES, &password);
    if ((s = fields_done(f)) != OK) return s;
    return password_link_use(rq->room, rq->db, rq->arena, token, password, rq->now_us, e);
}

/* A password that the administrator hands over by word of mouth; its owner chooses another. */
static enum status give_password(struct request *rq, const struct user *before, struct reply *re,
                                 struct err *e) {
    char password[TOKEN_TEXT_BYTES];
    struct user after = *before;
    enum status s;

    after.must_change_password = true;
    crypto_token(password);
    password[ONE_TIME_CHARS] = '\0'; /* 96 bits */
    s = accounts_hash_password(rq->room, rq->arena, str_from_c(password), &after.password_hash, e);
    if (s == OK) s = user_save(rq->db, before, &after, rq->who.user_id, rq->now_us, e);
    if (s == OK) {
        struct json_out o = json_out_to(&re->body);
        json_put_object(&o);
        json_field_str(&o, "password", str_from_c(password));
        json_put_object_end(&o);
    }
    crypto_wipe(password, sizeof password);
    return s;
}

static enum status mail_invitation(struct request *rq, const struct user *u, struct reply *re,
                                   struct err *e) {
    enum status s;

    if (!password_mail_possible(rq->room)) return fail(e, E_CONFLICT, &mail_missing, "no mail server");
    if ((s = db_begin(rq->db, e)) != OK) return s;
    s = password_mail_add(rq->room, rq->db, u->id, LINK_INVITATION, rq->now_us, e);
    if (s == OK)
        s = audit_add(rq->db, rq->who.user_id, STR("user.invite"), STR("user"), u->id, rq->now_us, e);
    if ((s = db_finish(rq->db, s, e)) != OK) return s;
    struct json_out o = json_out_to(&re->body);
    json_put_object(&o);
    json_field_null(&o, "password");
    json_put_object_end(&o);
    return OK;
}

enum status user_invite_post(struct request *rq, struct reply *re, struct err *e) {
    static const char *const ways[] = { "mail", "password", NULL };
    struct user u = { 0 };
    struct fields *f;
    int64_t id;
    int way = 0;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_word(f, "by", FIELD_REQUIRED, ways, &way);
    if ((s = fields_done(f)) != OK) return s;
    if ((s = user_by_id(rq->db, rq->arena, id, &u, e)) != OK) return s;
    if (!u.is_active) return fail(e, E_CONFLICT, &account_off, "user %lld is switched off", (long long)id);
    if (u.id == rq->who.user_id) return fail(e, E_CONFLICT, &invite_oneself, "inviting oneself");
    return way == 1 ? give_password(rq, &u, re, e) : mail_invitation(rq, &u, re, e);
}
