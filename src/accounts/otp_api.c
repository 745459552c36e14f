/*
 * otp_api -- /api/auth/otp/: turning one-time codes on and off for oneself.
 *
 * What makes codes weaker asks for the password and a code again: a browser that was left open must not be enough.
 */
#include "accounts/auth_api.h"

#include "accounts/otp.h"
#include "http/fields.h"

static const struct message otp_password_wrong = { "password_wrong", "Le mot de passe n’est pas le bon.",
                                                   "The password is wrong." };

enum status otp_get(struct request *rq, struct reply *re, struct err *e) {
    struct otp_state state;
    enum status s = otp_state_of(rq->db, rq->who.user_id, &state, e);
    if (s != OK) return s;
    struct json_out o = json_out_to(&re->body);
    json_put_object(&o);
    json_field_bool(&o, "enabled", state.enabled);
    json_field_time(&o, "since", state.since_us);
    json_field_int(&o, "recovery_left", state.recovery_left);
    json_put_object_end(&o);
    return OK;
}

/* Reads {password[, otp]} and checks them for who is signed in; a mistake is answered beside its field. */
static enum status prove_again(struct request *rq, bool with_code, struct user *u, struct err *e) {
    struct credentials c = {
        .password = STR(""), .otp = STR(""), .address = rq->remote_addr, .password_only = !with_code
    };
    struct err why = { 0 };
    struct fields *f;
    enum status s;

    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_secret(f, "password", FIELD_REQUIRED, PASSWORD_MAX_BYTES, &c.password);
    if (with_code) fields_secret(f, "otp", FIELD_REQUIRED, OTP_TYPED_MAX_BYTES, &c.otp);
    if ((s = fields_done(f)) != OK) return s;
    if ((s = user_by_id(rq->db, rq->arena, rq->who.user_id, u, e)) != OK) return s;
    c.email = u->email;
    s = accounts_check_login(rq->room, rq->db, rq->arena, &c, rq->now_us, u, &why);
    if (s == E_DENIED && why.message == &login_wrong)
        return fail_field(e, STR("password"), &otp_password_wrong, STR(""));
    if (s == E_DENIED) return fail_field(e, STR("otp"), why.message, STR(""));
    if (s != OK && e) *e = why;
    return s;
}

enum status otp_post(struct request *rq, struct reply *re, struct err *e) {
    struct str secret, uri;
    struct user u = { 0 };
    enum status s;

    if ((s = prove_again(rq, false, &u, e)) != OK) return s;
    if ((s = otp_begin(rq->room, rq->db, rq->arena, &u, rq->now_us, &secret, &uri, e)) != OK) return s;
    struct json_out o = json_out_to(&re->body);
    json_put_object(&o);
    json_field_str(&o, "secret", secret);
    json_field_str(&o, "uri", uri);
    json_put_object_end(&o);
    return OK;
}

static void write_codes(struct reply *re, struct otp_recovery_codes *codes) {
    struct json_out o = json_out_to(&re->body);
    json_put_object(&o);
    json_put_key(&o, "recovery_codes");
    json_put_array(&o);
    for (int i = 0; i < OTP_RECOVERY_COUNT; i++) json_put_str(&o, str_from_c(codes->text[i]));
    json_put_array_end(&o);
    json_put_object_end(&o);
    crypto_wipe(codes, sizeof *codes);
}

enum status otp_confirm_post(struct request *rq, struct reply *re, struct err *e) {
    struct otp_recovery_codes codes;
    struct str otp = STR("");
    struct err why = { 0 };
    struct fields *f;
    enum status s;

    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_secret(f, "otp", FIELD_REQUIRED, OTP_TYPED_MAX_BYTES, &otp);
    if ((s = fields_done(f)) != OK) return s;
    s = otp_confirm(rq->room, rq->db, rq->arena, rq->who.user_id, otp, rq->now_us, &codes, &why);
    if (s == E_DENIED) return fail_field(e, STR("otp"), why.message, STR(""));
    if (s != OK && e) *e = why;
    if (s == OK) write_codes(re, &codes);
    return s;
}

enum status otp_recovery_post(struct request *rq, struct reply *re, struct err *e) {
    struct otp_recovery_codes codes;
    struct user u = { 0 };
    enum status s;

    if ((s = prove_again(rq, true, &u, e)) != OK) return s;
    if ((s = otp_renew_recovery(rq->room, rq->db, rq->arena, u.id, rq->now_us, &codes, e)) != OK) return s;
    write_codes(re, &codes);
    return OK;
}

enum status otp_disable_post(struct request *rq, struct reply *re, struct err *e) {
    struct user u = { 0 };
    enum status s;

    (void)re;
    if ((s = prove_again(rq, true, &u, e)) != OK) return s;
    return otp_remove(rq->db, u.id, u.id, rq->now_us, e);
}
