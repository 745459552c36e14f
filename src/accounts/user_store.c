#include "accounts/user.h"

#include "accounts/audit.h"
#include "queries.h"

static const struct message user_unknown = { "user_unknown", "Ce compte n’existe pas.",
                                             "There is no such account." };

/* The row as a user whose strings are borrowed from it. */
static struct user user_of_row(const struct db_val *col) {
    return (struct user) {
        .id = col[0].i,
        .email = col[1].s,
        .password_hash = col[2].s,
        .role = role_from_name(col[3].s),
        .full_name = col[4].s,
        .language = str_eq(col[5].s, STR("en")) ? LANG_EN : LANG_FR,
        .is_active = col[6].i != 0,
        .must_change_password = col[7].i != 0,
        .created_at_us = col[8].i,
        .updated_at_us = col[9].i,
        .last_login_us = col[10].i,
        .otp_enabled = col[11].i != 0,
    };
}

struct take {
    struct arena *arena;
    struct user *user;
    bool found;
};

static enum status take_user(void *ctx, const struct db_val *col, struct err *e) {
    struct take *t = ctx;
    struct user u = user_of_row(col);

    if (!arena_dup(t->arena, u.email, &u.email) || !arena_dup(t->arena, u.password_hash, &u.password_hash) ||
        !arena_dup(t->arena, u.full_name, &u.full_name))
        return fail(e, E_LIMIT, NULL, "no room for a user");
    *t->user = u;
    t->found = true;
    return OK;
}

static enum status one_user(struct db *db, struct arena *a, const struct db_query *q, struct db_val key,
                            struct user *out, struct err *e) {
    struct take t = { a, out, false };
    enum status s = db_run(db, q, &key, take_user, &t, NULL, e);
    if (s == OK && !t.found) return fail(e, E_NOT_FOUND, &user_unknown, "no such user");
    return s;
}

enum status user_by_id(struct db *db, struct arena *a, int64_t id, struct user *out, struct err *e) {
    return one_user(db, a, &q_user_by_id, db_int(id), out, e);
}

enum status user_by_email(struct db *db, struct arena *a, struct str email, struct user *out, struct err *e) {
    return one_user(db, a, &q_user_by_email, db_text(email), out, e);
}

enum status user_count(struct db *db, int64_t *count, struct err *e) {
    return db_get_i64(db, &q_user_count, NULL, count, e);
}

struct each {
    user_row_fn *fn;
    void *ctx;
};

static enum status each_row(void *ctx, const struct db_val *col, struct err *e) {
    struct each *each = ctx;
    struct user u = user_of_row(col);
    return each->fn(each->ctx, &u, e);
}

enum status user_each(struct db *db, int64_t limit, int64_t offset, user_row_fn *fn, void *ctx,
                      struct err *e) {
    struct each each = { fn, ctx };
    const struct db_val args[] = { db_int(limit), db_int(offset) };
    return db_run(db, &q_user_list, args, each_row, &each, NULL, e);
}

static struct db_val language_val(enum lang lang) {
    return db_text(lang == LANG_EN ? STR("en") : STR("fr"));
}

/* A taken e-mail is a wrong field, not a conflict of states: it is answered beside the field. */
static enum status email_taken(enum status s, struct err *e) {
    if (s != E_CONFLICT) return s;
    if (e) *e = (struct err) { 0 };
    return fail_field(e, STR("email"), &user_email_taken, STR(""));
}

enum status user_create(struct db *db, struct user *u, int64_t actor_id, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_text(u->email),
                                   db_text(u->password_hash),
                                   db_text(str_from_c(role_name(u->role))),
                                   db_text(u->full_name),
                                   language_val(u->language),
                                   db_int(u->is_active),
                                   db_int(u->must_change_password),
                                   db_int(now_us) };
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = email_taken(db_run(db, &q_user_insert, args, db_take_i64, &u->id, NULL, e), e);
    if (s == OK) s = audit_add(db, actor_id, STR("user.create"), STR("user"), u->id, now_us, e);
    u->created_at_us = u->updated_at_us = now_us;
    return db_finish(db, s, e);
}

static enum status keep_an_admin(struct db *db, int64_t without_id, struct err *e) {
    const struct db_val args[] = { db_int(without_id) };
    int64_t others = 0;
    enum status s = db_get_i64(db, &q_user_count_active_admins, args, &others, e);
    if (s == OK && others == 0)
        return fail(e, E_CONFLICT, &user_last_admin, "user %lld is the last administrator",
                    (long long)without_id);
    return s;
}

static bool is_active_admin(const struct user *u) {
    return u->is_active && u->role == ROLE_ADMIN;
}

static enum status update_row(struct db *db, const struct user *u, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(u->id),
                                   db_text(u->email),
                                   db_text(u->password_hash),
                                   db_text(str_from_c(role_name(u->role))),
                                   db_text(u->full_name),
                                   language_val(u->language),
                                   db_int(u->is_active),
                                   db_int(u->must_change_password),
                                   db_int(now_us) };
    return email_taken(db_run(db, &q_user_update, args, NULL, NULL, NULL, e), e);
}

enum status user_save(struct db *db, const struct user *before, struct user *after, int64_t actor_id,
                      int64_t now_us, struct err *e) {
    const struct db_val id[] = { db_int(after->id) };
    bool locked_out = !after->is_active || after->role != before->role;
    bool new_password = !str_eq(before->password_hash, after->password_hash);
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = OK;
    if (is_active_admin(before) && !is_active_admin(after)) s = keep_an_admin(db, after->id, e);
    if (s == OK) s = update_row(db, after, now_us, e);
    if (s == OK && (locked_out || new_password))
        s = db_run(db, &q_web_session_delete_of_user, id, NULL, NULL, NULL, e);
    if (s == OK && new_password)
        s = audit_add(db, actor_id, STR("user.password"), STR("user"), after->id, now_us, e);
    if (s == OK) s = audit_add(db, actor_id, STR("user.update"), STR("user"), after->id, now_us, e);
    after->updated_at_us = now_us;
    return db_finish(db, s, e);
}

enum status user_delete(struct db *db, int64_t id, int64_t actor_id, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(id) };
    int64_t changed = 0;
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = keep_an_admin(db, id, e);
    if (s == OK) s = db_run(db, &q_user_delete, args, NULL, NULL, &changed, e);
    if (s == OK && changed == 0) s = fail(e, E_NOT_FOUND, NULL, "no user %lld", (long long)id);
    if (s == OK) s = audit_add(db, actor_id, STR("user.delete"), STR("user"), id, now_us, e);
    return db_finish(db, s, e);
}
