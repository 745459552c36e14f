#include "accounts/otp.h"

#include "accounts/audit.h"
#include "accounts/totp.h"
#include "base/secret_stream.h"
#include "queries.h"

const struct message otp_required = { "otp_required",
                                      "Tapez le code à six chiffres de votre application d’authentification.",
                                      "Enter the six-digit code of your authenticator application." };
const struct message otp_wrong = {
    "otp_wrong", "Ce code n’est pas bon, ou il a déjà servi. Attendez le suivant, puis tapez-le.",
    "This code is wrong, or it was used already. Wait for the next one and enter it."
};
static const struct message otp_on_already = { "otp_on_already",
                                               "Les codes à usage unique sont déjà activés sur ce compte.",
                                               "One-time codes are already on for this account." };
static const struct message otp_off = { "otp_off",
                                        "Les codes à usage unique ne sont pas activés sur ce compte.",
                                        "One-time codes are off for this account." };

struct otp_row {
    struct arena *arena;
    struct str sealed;
    int64_t confirmed_at_us, used_step, recovery_left;
    bool found;
};

static enum status take_row(void *ctx, const struct db_val *col, struct err *e) {
    struct otp_row *row = ctx;
    row->confirmed_at_us = col[1].i;
    row->used_step = col[2].i;
    row->recovery_left = col[3].i;
    row->found = true;
    return row->arena ? db_copy(row->arena, &col[0], &row->sealed, e) : OK;
}

/* `a` may be NULL: without the secret. */
static enum status get_row(struct db *db, struct arena *a, int64_t user_id, struct otp_row *row,
                           struct err *e) {
    const struct db_val args[] = { db_int(user_id) };
    *row = (struct otp_row) { .arena = a };
    return db_run(db, &q_otp_get, args, take_row, row, NULL, e);
}

enum status otp_state_of(struct db *db, int64_t user_id, struct otp_state *out, struct err *e) {
    struct otp_row row;
    enum status s = get_row(db, NULL, user_id, &row, e);
    if (s != OK) return s;
    *out = (struct otp_state) { row.confirmed_at_us != 0, row.confirmed_at_us, row.recovery_left };
    return OK;
}

/* ---- the secret ---- */

static struct key key_of(const struct accounts *acc, int64_t user_id) {
    return crypto_derive(&acc->otp_key, "otp-user", (uint64_t)user_id);
}

static enum status seal(const struct accounts *acc, struct arena *a, int64_t user_id,
                        const unsigned char secret[TOTP_SECRET_BYTES], struct str *sealed, struct err *e) {
    unsigned char *out = arena_alloc(a, SECRET_HEADER_BYTES + SECRET_SEALED_BYTES);
    struct key key = key_of(acc, user_id);
    struct secret_stream stream;

    if (!out) return fail(e, E_LIMIT, NULL, "no room for a secret");
    secret_seal_start(&stream, &key, out);
    size_t n = secret_seal(&stream, (struct str) { (const char *)secret, TOTP_SECRET_BYTES }, true,
                           out + SECRET_HEADER_BYTES);
    *sealed = (struct str) { (const char *)out, SECRET_HEADER_BYTES + n };
    crypto_wipe(&stream, sizeof stream);
    crypto_wipe(&key, sizeof key);
    return OK;
}

static enum status unseal(const struct accounts *acc, struct arena *a, int64_t user_id, struct str sealed,
                          struct str *secret, struct err *e) {
    unsigned char *plain = arena_alloc(a, SECRET_PIECE_BYTES);
    struct key key = key_of(acc, user_id);
    struct secret_stream stream;
    size_t n = 0;
    bool last = false;

    if (!plain) return fail(e, E_LIMIT, NULL, "no room for a secret");
    bool opened = sealed.n > SECRET_HEADER_BYTES &&
                  secret_open_start(&stream, &key, (const unsigned char *)sealed.p) &&
                  secret_open(&stream, str_sub(sealed, SECRET_HEADER_BYTES, sealed.n), plain, &n, &last);
    crypto_wipe(&stream, sizeof stream);
    crypto_wipe(&key, sizeof key);
    if (!opened || !last || n != TOTP_SECRET_BYTES)
        return fail(e, E_INTERNAL, NULL, "the secret of user %lld cannot be opened", (long long)user_id);
    *secret = (struct str) { (const char *)plain, n };
    return OK;
}

enum status otp_begin(struct accounts *acc, struct db *db, struct arena *a, const struct user *u,
                      int64_t now_us, struct str *secret_text, struct str *uri, struct err *e) {
    unsigned char secret[TOTP_SECRET_BYTES];
    char text[TOTP_SECRET_TEXT_BYTES];
    struct str sealed = STR("");
    int64_t changed = 0;
    enum status s;

    crypto_random(secret, sizeof secret);
    totp_secret_text(secret, text);
    s = seal(acc, a, u->id, secret, &sealed, e);
    crypto_wipe(secret, sizeof secret);
    if (s != OK) return s;
    if (!arena_dup(a, str_from_c(text), secret_text) || !totp_uri(a, u->email, text, uri))
        return fail(e, E_LIMIT, NULL, "no room for a secret");
    crypto_wipe(text, sizeof text);
    const struct db_val args[] = { db_int(u->id), db_blob(sealed), db_int(now_us) };
    if ((s = db_begin(db, e)) != OK) return s;
    s = db_run(db, &q_otp_begin, args, NULL, NULL, &changed, e);
    if (s == OK && changed == 0) s = fail(e, E_CONFLICT, &otp_on_already, "codes are on");
    return db_finish(db, s, e);
}

/* ---- recovery codes ---- */

/* Typed by hand: case, blanks and the dash do not matter. */
static size_t plain_code(struct str typed, char out[OTP_TYPED_MAX_BYTES]) {
    size_t n = 0;
    for (size_t i = 0; i < typed.n && n < OTP_TYPED_MAX_BYTES; i++) {
        char c = typed.p[i];
        if (c == ' ' || c == '-') continue;
        out[n++] = ascii_lower(c);
    }
    return n;
}

static bool recovery_hash(const struct accounts *acc, struct arena *a, int64_t user_id, struct str plain,
                          struct hash *out) {
    struct str labelled;
    if (!arena_printf(a, &labelled, "recovery:%lld:%.*s", (long long)user_id, STR_ARG(plain))) return false;
    *out = crypto_hash_keyed(&acc->token_key, labelled);
    return true;
}

/* Ten letters and digits that cannot be taken for another: 50 bits. */
static void make_code(char out[OTP_RECOVERY_BYTES]) {
    static const char digits[] = "abcdefghijkmnpqrstuvwxyz23456789";
    unsigned char random[OTP_RECOVERY_BYTES - 2];
    size_t n = 0;

    crypto_random(random, sizeof random);
    for (size_t i = 0; i < sizeof random; i++) {
        if (i == sizeof random / 2) out[n++] = '-';
        out[n++] = digits[random[i] & 31U];
    }
    out[n] = '\0';
}

/* In the caller's transaction. */
static enum status write_recovery(struct accounts *acc, struct db *db, struct arena *a, int64_t user_id,
                                  struct otp_recovery_codes *codes, struct err *e) {
    const struct db_val user[] = { db_int(user_id) };
    enum status s = db_run(db, &q_otp_recovery_delete, user, NULL, NULL, NULL, e);

    for (int i = 0; i < OTP_RECOVERY_COUNT && s == OK; i++) {
        char plain[OTP_TYPED_MAX_BYTES];
        struct hash h;
        make_code(codes->text[i]);
        size_t n = plain_code(str_from_c(codes->text[i]), plain);
        if (!recovery_hash(acc, a, user_id, (struct str) { plain, n }, &h))
            return fail(e, E_LIMIT, NULL, "no room for a recovery code");
        const struct db_val args[] = { db_int(user_id),
                                       db_blob((struct str) { (const char *)h.b, HASH_BYTES }) };
        s = db_run(db, &q_otp_recovery_insert, args, NULL, NULL, NULL, e);
    }
    return s;
}

enum status otp_renew_recovery(struct accounts *acc, struct db *db, struct arena *a, int64_t user_id,
                               int64_t now_us, struct otp_recovery_codes *codes, struct err *e) {
    struct otp_state state;
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = otp_state_of(db, user_id, &state, e);
    if (s == OK && !state.enabled) s = fail(e, E_CONFLICT, &otp_off, "codes are off");
    if (s == OK) s = write_recovery(acc, db, a, user_id, codes, e);
    if (s == OK) s = audit_add(db, user_id, STR("otp.recovery"), STR("user"), user_id, now_us, e);
    return db_finish(db, s, e);
}

/* ---- codes ---- */

/* In a transaction. *used: the code fitted, and nobody had used it. */
static enum status use_code(struct accounts *acc, struct db *db, struct arena *a, int64_t user_id,
                            const struct otp_row *row, struct str plain, int64_t now_us, bool *used,
                            struct err *e) {
    struct str secret;
    int64_t changed = 0;
    enum status s = unseal(acc, a, user_id, row->sealed, &secret, e);
    if (s != OK) return s;
    int64_t step = totp_find_step(secret, plain, now_us, row->used_step);
    *used = false;
    if (!step) return OK;
    const struct db_val args[] = { db_int(user_id), db_int(step) };
    s = db_run(db, &q_otp_use_step, args, NULL, NULL, &changed, e);
    *used = changed > 0;
    return s;
}

static enum status use_recovery(struct accounts *acc, struct db *db, struct arena *a, int64_t user_id,
                                struct str plain, int64_t now_us, bool *used, struct err *e) {
    struct hash h;
    int64_t changed = 0;
    enum status s;

    if (!recovery_hash(acc, a, user_id, plain, &h))
        return fail(e, E_LIMIT, NULL, "no room for a recovery code");
    const struct db_val args[] = { db_int(user_id), db_blob((struct str) { (const char *)h.b, HASH_BYTES }),
                                   db_int(now_us) };
    s = db_run(db, &q_otp_recovery_use, args, NULL, NULL, &changed, e);
    if (s == OK && changed)
        s = audit_add(db, user_id, STR("otp.recovery_used"), STR("user"), user_id, now_us, e);
    *used = changed > 0;
    return s;
}

enum status otp_confirm(struct accounts *acc, struct db *db, struct arena *a, int64_t user_id,
                        struct str typed, int64_t now_us, struct otp_recovery_codes *codes, struct err *e) {
    const struct db_val args[] = { db_int(user_id), db_int(now_us) };
    char plain[OTP_TYPED_MAX_BYTES];
    size_t n = plain_code(typed, plain);
    struct otp_row row;
    bool used = false;
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = get_row(db, a, user_id, &row, e);
    if (s == OK && row.confirmed_at_us) s = fail(e, E_CONFLICT, &otp_on_already, "codes are on");
    if (s == OK && !row.found) s = fail(e, E_CONFLICT, &otp_off, "no secret waits for its code");
    if (s == OK) s = use_code(acc, db, a, user_id, &row, (struct str) { plain, n }, now_us, &used, e);
    if (s == OK && !used) s = fail(e, E_DENIED, &otp_wrong, "wrong first code");
    if (s == OK) s = db_run(db, &q_otp_confirm, args, NULL, NULL, NULL, e);
    if (s == OK) s = write_recovery(acc, db, a, user_id, codes, e);
    if (s == OK) s = audit_add(db, user_id, STR("otp.enable"), STR("user"), user_id, now_us, e);
    return db_finish(db, s, e);
}

enum status otp_check(struct accounts *acc, struct db *db, struct arena *a, int64_t user_id, struct str typed,
                      int64_t now_us, struct err *e) {
    char text[OTP_TYPED_MAX_BYTES];
    struct str plain = { text, plain_code(typed, text) };
    struct otp_row row;
    bool used = false;
    enum status s = get_row(db, a, user_id, &row, e);

    if (s != OK || !row.confirmed_at_us) return s;
    if (!plain.n) return fail(e, E_DENIED, &otp_required, "a code is needed");
    if ((s = db_begin(db, e)) != OK) return s;
    s = use_code(acc, db, a, user_id, &row, plain, now_us, &used, e);
    if (s == OK && !used && plain.n == OTP_RECOVERY_BYTES - 2)
        s = use_recovery(acc, db, a, user_id, plain, now_us, &used, e);
    if (s == OK && !used) s = fail(e, E_DENIED, &otp_wrong, "wrong or used code");
    crypto_wipe(text, sizeof text);
    return db_finish(db, s, e);
}

enum status otp_remove(struct db *db, int64_t user_id, int64_t actor_id, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(user_id) };
    struct str action = actor_id == user_id ? STR("otp.disable") : STR("otp.reset");
    int64_t changed = 0;
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = db_run(db, &q_otp_delete, args, NULL, NULL, &changed, e);
    if (s == OK) s = db_run(db, &q_otp_recovery_delete, args, NULL, NULL, NULL, e);
    if (s == OK && changed) s = audit_add(db, actor_id, action, STR("user"), user_id, now_us, e);
    return db_finish(db, s, e);
}
