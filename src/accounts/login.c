/*
 * login -- passwords, and slowing down those who guess them.
 */
#include "accounts/accounts.h"

#include "accounts/audit.h"
#include "accounts/guess.h"
#include "accounts/otp.h"
#include "queries.h"

const struct message login_wrong = { "login_wrong", "Adresse e-mail ou mot de passe incorrect.",
                                     "Wrong e-mail address or password." };

static bool is_https(struct str url) {
    return str_starts(url, STR("https://"));
}

enum status accounts_init(struct accounts *acc, const struct key *root, struct str public_url,
                          struct err *e) {
    (void)e;
    *acc = (struct accounts) { .token_key = crypto_derive(root, "accounts", 1),
                               .otp_key = crypto_derive(root, "otp-keys", 1),
                               .session_us = WEB_SESSION_US,
                               .secure_cookies = is_https(public_url) };
    pthread_mutex_init(&acc->guessing, NULL);
    pthread_mutex_init(&acc->hashing, NULL);
    seen_init(&acc->seen);
    return OK;
}

void accounts_done(struct accounts *acc) {
    pthread_mutex_destroy(&acc->guessing);
    pthread_mutex_destroy(&acc->hashing);
    seen_done(&acc->seen);
    crypto_wipe(acc, sizeof *acc);
}

enum status accounts_hash_password(struct accounts *acc, struct arena *a, struct str password,
                                   struct str *hash, struct err *e) {
    char text[PASSWORD_HASH_BYTES];

    pthread_mutex_lock(&acc->hashing);
    enum status s = crypto_password_hash(password, text, e);
    pthread_mutex_unlock(&acc->hashing);
    if (s == OK && !arena_dup(a, str_from_c(text), hash))
        return fail(e, E_LIMIT, NULL, "no room for a password hash");
    return s;
}

/* The same work whether there is such a user or not, with a password or not yet. Under acc->guessing. */
static bool password_fits(struct accounts *acc, struct str password, const struct user *u) {
    char token[TOKEN_TEXT_BYTES];
    bool fits = false;

    pthread_mutex_lock(&acc->hashing);
    if (u && user_has_password(u)) {
        fits = crypto_password_check(password, u->password_hash.p);
    } else {
        crypto_token(token);
        if (acc->unknown_hash[0] || crypto_password_hash(str_from_c(token), acc->unknown_hash, NULL) == OK)
            (void)crypto_password_check(password, acc->unknown_hash);
    }
    pthread_mutex_unlock(&acc->hashing);
    return fits && u->is_active;
}

/* user_id: whose password was right, 0: it was wrong. */
static enum status record_failure(struct db *db, const struct hash subjects[2], int64_t user_id,
                                  int64_t now_us, struct err *e) {
    struct str action = user_id ? STR("login.code_failed") : STR("login.failed");
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    for (int i = 0; i < 2 && s == OK; i++) s = guess_add_failure(db, &subjects[i], now_us, e);
    if (s == OK) s = audit_add(db, 0, action, STR("user"), user_id, now_us, e);
    return db_finish(db, s, e);
}

static enum status forget_failures(struct db *db, const struct hash *subject, struct err *e) {
    enum status s;
    if ((s = db_begin(db, e)) != OK) return s;
    return db_finish(db, guess_forget(db, subject, e), e);
}

/* After the right password. */
static enum status check_code(struct accounts *acc, struct db *db, struct arena *a,
                              const struct credentials *c, int64_t user_id, const struct hash subjects[2],
                              int64_t now_us, struct err *e) {
    struct err why = { 0 };
    enum status s, recorded;

    if (c->password_only) return OK;
    s = otp_check(acc, db, a, user_id, c->otp, now_us, &why);
    if (s == E_DENIED && why.message == &otp_wrong &&
        (recorded = record_failure(db, subjects, user_id, now_us, e)) != OK)
        return recorded;
    if (s != OK && e) *e = why;
    return s;
}

/* Under acc->guessing. */
static enum status check_login(struct accounts *acc, struct db *db, struct arena *a,
                               const struct credentials *c, const struct hash subjects[2], int64_t now_us,
                               struct user *out, struct err *e) {
    struct user u = { 0 };
    enum status s;

    if ((s = guess_check_wait(db, &subjects[0], LOGIN_FREE_FAILURES, now_us, e)) != OK) return s;
    if ((s = guess_check_wait(db, &subjects[1], ADDRESS_FREE_FAILURES, now_us, e)) != OK) return s;
    s = user_by_email(db, a, c->email, &u, NULL);
    if (s != OK && s != E_NOT_FOUND) return fail(e, s, NULL, "could not look the user up");
    if (!password_fits(acc, c->password, s == OK ? &u : NULL)) {
        if ((s = record_failure(db, subjects, 0, now_us, e)) != OK) return s;
        return fail(e, E_DENIED, &login_wrong, "wrong name or password");
    }
    if ((s = check_code(acc, db, a, c, u.id, subjects, now_us, e)) != OK) return s;
    if ((s = forget_failures(db, &subjects[0], e)) != OK) return s;
    *out = u;
    return OK;
}

bool accounts_guess_subject(const struct accounts *acc, struct arena *a, const char *kind, struct str value,
                            struct hash *out) {
    struct str text;
    if (!arena_printf(a, &text, "%s:%.*s", kind, STR_ARG(value))) return false;
    *out = crypto_hash_keyed(&acc->token_key, text);
    return true;
}

enum status accounts_check_login(struct accounts *acc, struct db *db, struct arena *a,
                                 const struct credentials *c, int64_t now_us, struct user *out,
                                 struct err *e) {
    struct hash subjects[2];
    enum status s;

    if (!accounts_guess_subject(acc, a, "email", c->email, &subjects[0]) ||
        !accounts_guess_subject(acc, a, "address", c->address, &subjects[1]))
        return fail(e, E_LIMIT, NULL, "no room for a sign-in");
    if (atomic_fetch_add(&acc->signing_in, 1) >= LOGIN_QUEUE_MAX) {
        s = fail(e, E_RETRY, NULL, "too many sign-ins at once");
        if (e) e->retry_after_s = 2;
    } else {
        pthread_mutex_lock(&acc->guessing);
        s = check_login(acc, db, a, c, subjects, now_us, out, e);
        pthread_mutex_unlock(&acc->guessing);
    }
    atomic_fetch_sub(&acc->signing_in, 1);
    return s;
}

enum status accounts_ensure_admin(struct accounts *acc, struct db *db, struct arena *a, struct str email,
                                  struct str password, int64_t now_us, char generated[TOKEN_TEXT_BYTES],
                                  struct err *e) {
    struct user admin = {
        .role = ROLE_ADMIN, .language = LANG_FR, .is_active = true, .full_name = STR("Administrateur")
    };
    int64_t count = 0;
    enum status s = user_count(db, &count, e);

    generated[0] = '\0';
    if (s != OK || count > 0) return s;
    if (!user_email_parse(a, email.n ? email : STR("admin@localhost"), &admin.email))
        return fail(e, E_INVALID, &user_email_invalid, "MEDIRECORD_ADMIN_EMAIL is not an e-mail address");
    if (password.n) {
        const struct message *weak = password_weakness(password, admin.email);
        if (weak) return fail(e, E_INVALID, weak, "MEDIRECORD_ADMIN_PASSWORD cannot be used");
    } else {
        crypto_token(generated);
        generated[16] = '\0'; /* 96 bits, short enough to copy by hand */
        password = str_from_c(generated);
        admin.must_change_password = true;
    }
    if ((s = accounts_hash_password(acc, a, password, &admin.password_hash, e)) != OK) return s;
    return user_create(db, &admin, 0, now_us, e);
}

enum status accounts_clean_up(struct db *db, int64_t now_us, struct err *e) {
    const struct db_val now[] = { db_int(now_us) }, day_ago[] = { db_int(now_us - DAY_US) };
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = db_run(db, &q_web_session_delete_expired, now, NULL, NULL, NULL, e);
    if (s == OK) s = db_run(db, &q_password_link_delete_expired, now, NULL, NULL, NULL, e);
    if (s == OK) s = db_run(db, &q_login_attempt_delete_old, day_ago, NULL, NULL, NULL, e);
    return db_finish(db, s, e);
}

enum status accounts_flush_seen(struct accounts *acc, struct db *db, struct err *e) {
    return seen_flush(&acc->seen, db, e);
}
