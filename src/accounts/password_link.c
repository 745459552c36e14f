#include "accounts/password_link.h"

#include "accounts/audit.h"
#include "accounts/guess.h"
#include "queries.h"

const struct message password_link_ended = {
    "link_ended", "Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau.",
    "This link was used already or is too old. Ask for a new one."
};

static const char *const kind_names[LINK_KIND_COUNT] = { "forgotten", "invitation" };

static struct hash token_hash(const struct accounts *acc, struct str token) {
    return crypto_hash_keyed(&acc->token_key, token);
}

enum status password_link_make(struct accounts *acc, struct db *db, int64_t user_id,
                               enum password_link_kind kind, int64_t now_us, char token[TOKEN_TEXT_BYTES],
                               int64_t *id, struct err *e) {
    int64_t until_us = now_us + (kind == LINK_INVITATION ? LINK_INVITATION_US : LINK_FORGOTTEN_US);
    enum status s;

    crypto_token(token);
    struct hash h = token_hash(acc, str_from_c(token));
    const struct db_val args[] = { db_int(user_id), db_text(str_from_c(kind_names[kind])),
                                   db_blob((struct str) { (const char *)h.b, HASH_BYTES }), db_int(now_us),
                                   db_int(until_us) };
    if ((s = db_begin(db, e)) != OK) return s;
    return db_finish(db, db_get_i64(db, &q_password_link_insert, args, id, e), e);
}

static enum status take_link(void *ctx, const struct db_val *col, struct err *e) {
    struct password_link *link = ctx;
    (void)e;
    *link = (struct password_link) { .id = col[0].i,
                                     .user_id = col[1].i,
                                     .kind = str_eq(col[2].s, STR("invitation")) ? LINK_INVITATION
                                                                                 : LINK_FORGOTTEN,
                                     .expires_at_us = col[3].i };
    return OK;
}

enum status password_link_find(struct accounts *acc, struct db *db, struct str token, int64_t now_us,
                               struct password_link *out, struct err *e) {
    struct hash h = token_hash(acc, token);
    const struct db_val args[] = { db_blob((struct str) { (const char *)h.b, HASH_BYTES }), db_int(now_us) };
    struct password_link link = { 0 };
    enum status s = db_run(db, &q_password_link_get, args, take_link, &link, NULL, e);

    if (s == OK && !link.id) return fail(e, E_NOT_FOUND, &password_link_ended, "no such link");
    if (s == OK) *out = link;
    return s;
}

/* Whoever comes second finds it gone. */
static enum status take_once(struct db *db, const struct password_link *link, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(link->id), db_int(now_us) };
    int64_t changed = 0;
    enum status s = db_run(db, &q_password_link_take, args, NULL, NULL, &changed, e);
    return s == OK && !changed ? fail(e, E_NOT_FOUND, &password_link_ended, "the link was used") : s;
}

static enum status write_password(struct accounts *acc, struct db *db, struct arena *a,
                                  const struct password_link *link, const struct user *before,
                                  struct user *after, int64_t now_us, struct err *e) {
    const struct db_val user[] = { db_int(before->id) };
    struct hash subject;
    enum status s;

    if (!accounts_guess_subject(acc, a, "email", before->email, &subject))
        return fail(e, E_LIMIT, NULL, "no room for a new password");
    if ((s = db_begin(db, e)) != OK) return s;
    s = take_once(db, link, now_us, e);
    if (s == OK) s = db_run(db, &q_password_link_delete_of_user, user, NULL, NULL, NULL, e);
    if (s == OK) s = user_save(db, before, after, before->id, now_us, e);
    if (s == OK) s = guess_forget(db, &subject, e); /* who guessed before must not keep the owner out */
    if (s == OK) s = audit_add(db, before->id, STR("password.reset"), STR("user"), before->id, now_us, e);
    return db_finish(db, s, e);
}

enum status password_link_use(struct accounts *acc, struct db *db, struct arena *a, struct str token,
                              struct str new_password, int64_t now_us, struct err *e) {
    struct user before = { 0 }, after;
    struct password_link link = { 0 };
    enum status s;

    if ((s = password_link_find(acc, db, token, now_us, &link, e)) != OK) return s;
    if ((s = user_by_id(db, a, link.user_id, &before, e)) != OK) return s;
    const struct message *weak = password_weakness(new_password, before.email);
    if (weak) return fail_field(e, STR("new_password"), weak, STR(""));
    after = before;
    after.must_change_password = false;
    if ((s = accounts_hash_password(acc, a, new_password, &after.password_hash, e)) != OK) return s;
    return write_password(acc, db, a, &link, &before, &after, now_us, e);
}
