/*
 * user_api -- /api/users/: who may sign in, for administrators.
 */
#include "accounts/auth_api.h"

#include "accounts/accounts.h"
#include "accounts/otp.h"
#include "accounts/user_json.h"
#include "http/fields.h"
#include "http/page.h"

/* In the order of enum role, without ROLE_NONE; and of enum lang, without Wolof: the dashboard has no Wolof yet. */
static const char *const role_words[] = { "service", "nurse", "doctor", "admin", NULL };
static const char *const language_words[] = { "fr", "en", NULL };

static enum status write_one(void *ctx, const struct user *u, struct err *e) {
    (void)e;
    user_json(ctx, u);
    return OK;
}

enum status user_list_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct page_request page;
    int64_t count;
    enum status s;

    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = user_count(rq->db, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &o, e)) != OK) return s;
    if ((s = user_each(rq->db, page.size, page.offset, write_one, &o, e)) != OK) return s;
    page_end(&o);
    return OK;
}

/*
 * Somebody else set it, for a new account or for one that is there, and knows it: its owner chooses another first. No person stands behind
 * an account of a service.
 */
static bool is_given_by_another(const struct request *rq, const struct user *u) {
    return u->id != rq->who.user_id && u->role != ROLE_SERVICE;
}

/* Reads what is there over *u. `need` is FIELD_REQUIRED for a whole user (POST, PUT), FIELD_OPTIONAL for PATCH. */
static enum status parse_user(struct request *rq, enum field_need need, struct user *u, struct err *e) {
    struct str email = u->email, password = STR("");
    struct fields *f;
    int role = (int)u->role - 1, language = (int)u->language;
    enum status s;

    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    if (fields_str(f, "email", need, EMAIL_MAX_CHARS, &email) &&
        !user_email_parse(rq->arena, email, &u->email))
        fields_fail(f, "email", &user_email_invalid, STR(""));
    fields_word(f, "role", need, role_words, &role);
    fields_word(f, "language", FIELD_OPTIONAL, language_words, &language);
    fields_str(f, "full_name", FIELD_OPTIONAL, USER_NAME_MAX_CHARS, &u->full_name);
    fields_bool(f, "is_active", FIELD_OPTIONAL, &u->is_active);
    if (fields_secret(f, "password", FIELD_OPTIONAL, PASSWORD_MAX_BYTES, &password)) {
        const struct message *weak = password_weakness(password, u->email);
        if (weak) fields_fail(f, "password", weak, STR(""));
    }
    if ((s = fields_done(f)) != OK) return s;
    u->role = (enum role)(role + 1);
    u->language = language == 1 ? LANG_EN : LANG_FR;
    if (password.n) u->must_change_password = is_given_by_another(rq, u);
    return password.n ? accounts_hash_password(rq->room, rq->arena, password, &u->password_hash, e) : OK;
}

static void write_user(struct reply *re, const struct user *u) {
    struct json_out o = json_out_to(&re->body);
    user_json(&o, u);
}

enum status user_list_post(struct request *rq, struct reply *re, struct err *e) {
    struct user u = { .is_active = true, .language = LANG_FR, .password_hash = USER_NO_PASSWORD };
    enum status s;

    if ((s = parse_user(rq, FIELD_REQUIRED, &u, e)) != OK) return s;
    if ((s = user_create(rq->db, &u, rq->who.user_id, rq->now_us, e)) != OK) return s;
    write_user(re, &u);
    return OK;
}

static enum status load(struct request *rq, struct user *u, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);
    return s == OK ? user_by_id(rq->db, rq->arena, id, u, e) : s;
}

enum status user_get(struct request *rq, struct reply *re, struct err *e) {
    struct user u = { 0 };
    enum status s = load(rq, &u, e);
    if (s == OK) write_user(re, &u);
    return s;
}

static enum status change(struct request *rq, struct reply *re, enum field_need need, struct err *e) {
    struct user before = { 0 }, after;
    enum status s;

    if ((s = load(rq, &before, e)) != OK) return s;
    after = before;
    if ((s = parse_user(rq, need, &after, e)) != OK) return s;
    if ((s = user_save(rq->db, &before, &after, rq->who.user_id, rq->now_us, e)) != OK) return s;
    write_user(re, &after);
    return OK;
}

enum status user_put(struct request *rq, struct reply *re, struct err *e) {
    return change(rq, re, FIELD_REQUIRED, e);
}

enum status user_patch(struct request *rq, struct reply *re, struct err *e) {
    return change(rq, re, FIELD_OPTIONAL, e);
}

/* For who has lost the telephone with the codes. */
enum status user_otp_delete(struct request *rq, struct reply *re, struct err *e) {
    struct user u = { 0 };
    enum status s = load(rq, &u, e);

    (void)re;
    return s == OK ? otp_remove(rq->db, u.id, rq->who.user_id, rq->now_us, e) : s;
}

enum status user_delete_handler(struct request *rq, struct reply *re, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    (void)re;
    return s == OK ? user_delete(rq->db, id, rq->who.user_id, rq->now_us, e) : s;
}
