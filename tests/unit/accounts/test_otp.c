/* One-time codes at rest and at the door: sealed, once, slowed down; and links to choose a password. */
#include "test.h"

#include "accounts/otp.h"
#include "accounts/password_link.h"
#include "accounts/totp.h"
#include "support/temp_db.h"

static const struct str password = { "baobab et tamarin", 17 };

#define NOW (1000 * DAY_US)

struct clinic {
    struct temp_db t;
    struct accounts accounts;
    struct user awa, moussa;
    char secret[TOTP_SECRET_BYTES]; /* Awa's */
    struct otp_recovery_codes codes;
};

static struct user add_user(struct clinic *c, const char *email, struct str hash) {
    struct user u = {
        .email = str_from_c(email), .role = ROLE_DOCTOR, .is_active = true, .password_hash = hash
    };
    assert_int_equal(user_create(c->t.db, &u, 0, 1, NULL), OK);
    return u;
}

static void open_clinic(struct clinic *c) {
    const struct key root = { { 7 } };
    struct str hash;
    *c = (struct clinic) { 0 };
    temp_db_open(&c->t);
    assert_int_equal(accounts_init(&c->accounts, &root, STR("https://exemple.sn"), NULL), OK);
    assert_int_equal(accounts_hash_password(&c->accounts, c->t.arena, password, &hash, NULL), OK);
    c->awa = add_user(c, "awa@b.sn", hash);
    c->moussa = add_user(c, "moussa@b.sn", hash);
}

static void close_clinic(struct clinic *c) {
    accounts_done(&c->accounts);
    temp_db_close(&c->t);
}

/* The bytes of what a person would type into the application. */
static void read_secret(struct str text, char out[TOTP_SECRET_BYTES]) {
    unsigned bits = 0, held = 0;
    size_t n = 0;
    assert_int_equal(text.n, TOTP_SECRET_TEXT_BYTES - 1);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        held = (held << 5 | (unsigned)(c >= 'A' ? c - 'A' : c - '2' + 26)) & 0xFFFFU;
        for (bits += 5; bits >= 8; bits -= 8) out[n++] = (char)(held >> (bits - 8) & 255U);
    }
}

static struct str code_at(const struct clinic *c, int64_t now_us) {
    struct str out;
    char text[TOTP_CODE_BYTES];
    assert_true(
        totp_code((struct str) { c->secret, sizeof c->secret }, now_us / SECOND_US / TOTP_STEP_S, text));
    assert_true(arena_dup(c->t.arena, str_from_c(text), &out));
    return out;
}

/* Awa signs in with codes from NOW on. */
static void enrol(struct clinic *c) {
    struct str text, uri;
    assert_int_equal(otp_begin(&c->accounts, c->t.db, c->t.arena, &c->awa, NOW, &text, &uri, NULL), OK);
    read_secret(text, c->secret);
    assert_true(str_find(uri, text) < uri.n);
    assert_int_equal(otp_check(&c->accounts, c->t.db, c->t.arena, c->awa.id, STR(""), NOW, NULL), OK);
    assert_int_equal(
        otp_confirm(&c->accounts, c->t.db, c->t.arena, c->awa.id, STR("000000"), NOW, &c->codes, NULL),
        E_DENIED);
    assert_int_equal(
        otp_confirm(&c->accounts, c->t.db, c->t.arena, c->awa.id, code_at(c, NOW), NOW, &c->codes, NULL), OK);
}

static enum status sign_in(struct clinic *c, struct str word, struct str otp, int64_t now_us, struct err *e) {
    const struct credentials given = {
        .email = c->awa.email, .password = word, .otp = otp, .address = STR("10.0.0.1")
    };
    struct user u;
    return accounts_check_login(&c->accounts, c->t.db, c->t.arena, &given, now_us, &u, e);
}

static void a_code_opens_once(void **state) {
    struct clinic c;
    struct err e = { 0 };
    (void)state;
    open_clinic(&c);
    assert_int_equal(sign_in(&c, password, STR(""), NOW, NULL), OK);
    enrol(&c);
    assert_int_equal(sign_in(&c, password, STR(""), NOW, &e), E_DENIED);
    assert_ptr_equal(e.message, &otp_required);
    /* The code of the enrolment was used by it. */
    e = (struct err) { 0 };
    assert_int_equal(sign_in(&c, password, code_at(&c, NOW), NOW, &e), E_DENIED);
    assert_ptr_equal(e.message, &otp_wrong);
    const int64_t later = NOW + 10 * MINUTE_US;
    assert_int_equal(sign_in(&c, password, code_at(&c, later), later, NULL), OK);
    assert_int_equal(sign_in(&c, password, code_at(&c, later), later, NULL), E_DENIED);
    /* Nor one of before, though it would still be in time. */
    assert_int_equal(sign_in(&c, password, code_at(&c, later - 30 * SECOND_US), later, NULL), E_DENIED);
    assert_int_equal(sign_in(&c, password, code_at(&c, later + MINUTE_US), later + MINUTE_US, NULL), OK);
    close_clinic(&c);
}

static void a_code_without_the_password_tells_nothing(void **state) {
    struct clinic c;
    struct err e = { 0 };
    (void)state;
    open_clinic(&c);
    enrol(&c);
    const int64_t later = NOW + MINUTE_US;
    assert_int_equal(sign_in(&c, STR("wrong"), code_at(&c, later), later, &e), E_DENIED);
    assert_ptr_equal(e.message, &login_wrong);
    assert_int_equal(sign_in(&c, password, code_at(&c, later), later, NULL), OK);
    close_clinic(&c);
}

static void guessing_codes_slows_down_like_passwords(void **state) {
    struct clinic c;
    struct err e = { 0 };
    const int64_t later = NOW + MINUTE_US;
    (void)state;
    open_clinic(&c);
    enrol(&c);
    for (int i = 0; i < LOGIN_FREE_FAILURES; i++) {
        assert_int_equal(sign_in(&c, password, STR("000000"), later, NULL), E_DENIED);
        /* Asking without a code takes nothing back. */
        if (i + 1 < LOGIN_FREE_FAILURES)
            assert_int_equal(sign_in(&c, password, STR(""), later, NULL), E_DENIED);
    }
    assert_int_equal(sign_in(&c, password, code_at(&c, later), later, &e), E_LIMIT);
    assert_in_range(e.retry_after_s, 1, 2);
    assert_int_equal(sign_in(&c, password, code_at(&c, later), later + 2 * SECOND_US, NULL), OK);
    close_clinic(&c);
}

static void a_recovery_code_opens_once_and_is_replaced(void **state) {
    struct clinic c;
    struct otp_recovery_codes more;
    struct otp_state now;
    char shouted[OTP_RECOVERY_BYTES];
    (void)state;
    open_clinic(&c);
    enrol(&c);
    for (size_t i = 0; i < sizeof shouted; i++) {
        char one = c.codes.text[3][i];
        shouted[i] = one == '-' ? ' ' : one >= 'a' && one <= 'z' ? (char)(one - ('a' - 'A')) : one;
    }
    assert_int_equal(sign_in(&c, password, str_from_c(shouted), NOW, NULL), OK);
    assert_int_equal(sign_in(&c, password, str_from_c(c.codes.text[3]), NOW, NULL), E_DENIED);
    assert_int_equal(otp_state_of(c.t.db, c.awa.id, &now, NULL), OK);
    assert_true(now.enabled);
    assert_int_equal(now.recovery_left, OTP_RECOVERY_COUNT - 1);
    assert_int_equal(otp_renew_recovery(&c.accounts, c.t.db, c.t.arena, c.awa.id, NOW, &more, NULL), OK);
    assert_int_equal(sign_in(&c, password, str_from_c(c.codes.text[4]), NOW, NULL), E_DENIED);
    assert_int_equal(sign_in(&c, password, str_from_c(more.text[9]), NOW, NULL), OK);
    close_clinic(&c);
}

static enum status count_rows(void *ctx, const struct db_val *col, struct err *e) {
    (void)e;
    *(int64_t *)ctx = col[0].i;
    return OK;
}

static void a_sealed_secret_is_of_its_user_alone(void **state) {
    static const struct db_query steal = {
        .name = "steal",
        .sql = "INSERT INTO otp (user_id, secret, confirmed_at_us, used_step, created_at_us) "
               "SELECT $1, secret, confirmed_at_us, 0, created_at_us FROM otp WHERE user_id = $2",
        .id = -1,
        .params = 2
    };
    static const struct db_query plain = { .name = "plain",
                                           .sql = "SELECT count(*) FROM otp WHERE instr(secret, $1) > 0",
                                           .id = -1,
                                           .params = 1,
                                           .columns = 1 };
    struct clinic c;
    int64_t found = -1;
    (void)state;
    open_clinic(&c);
    enrol(&c);
    const struct db_val secret[] = { db_blob((struct str) { c.secret, sizeof c.secret }) };
    assert_int_equal(db_run(c.t.db, &plain, secret, count_rows, &found, NULL, NULL), OK);
    assert_int_equal(found, 0);
    const struct db_val users[] = { db_int(c.moussa.id), db_int(c.awa.id) };
    assert_int_equal(db_begin(c.t.db, NULL), OK);
    assert_int_equal(db_finish(c.t.db, db_run(c.t.db, &steal, users, NULL, NULL, NULL, NULL), NULL), OK);
    const int64_t later = NOW + MINUTE_US;
    assert_int_equal(otp_check(&c.accounts, c.t.db, c.t.arena, c.moussa.id, code_at(&c, later), later, NULL),
                     E_INTERNAL);
    close_clinic(&c);
}

static void codes_are_turned_off(void **state) {
    struct clinic c;
    struct str text, uri;
    (void)state;
    open_clinic(&c);
    enrol(&c);
    assert_int_equal(otp_begin(&c.accounts, c.t.db, c.t.arena, &c.awa, NOW, &text, &uri, NULL), E_CONFLICT);
    assert_int_equal(otp_remove(c.t.db, c.awa.id, c.moussa.id, NOW, NULL), OK);
    assert_int_equal(sign_in(&c, password, STR(""), NOW, NULL), OK);
    assert_int_equal(otp_renew_recovery(&c.accounts, c.t.db, c.t.arena, c.awa.id, NOW, &c.codes, NULL),
                     E_CONFLICT);
    enrol(&c);
    close_clinic(&c);
}

static void a_link_chooses_one_password_and_is_gone(void **state) {
    struct clinic c;
    char first[TOKEN_TEXT_BYTES], second[TOKEN_TEXT_BYTES];
    struct password_link link;
    struct err e = { 0 };
    int64_t id;
    (void)state;
    open_clinic(&c);
    struct accounts *acc = &c.accounts;
    assert_int_equal(password_link_make(acc, c.t.db, c.awa.id, LINK_FORGOTTEN, NOW, first, &id, NULL), OK);
    assert_int_equal(password_link_make(acc, c.t.db, c.awa.id, LINK_INVITATION, NOW, second, &id, NULL), OK);
    assert_int_equal(password_link_find(acc, c.t.db, str_from_c(first), NOW, &link, NULL), OK);
    assert_int_equal(link.user_id, c.awa.id);
    assert_int_equal(password_link_find(acc, c.t.db, STR("nothing"), NOW, &link, &e), E_NOT_FOUND);
    assert_ptr_equal(e.message, &password_link_ended);
    assert_int_equal(password_link_find(acc, c.t.db, str_from_c(first), NOW + LINK_FORGOTTEN_US, &link, NULL),
                     E_NOT_FOUND);

    assert_int_equal(password_link_use(acc, c.t.db, c.t.arena, str_from_c(first), STR("court"), NOW, NULL),
                     E_INVALID);
    assert_int_equal(
        password_link_use(acc, c.t.db, c.t.arena, str_from_c(first), STR("fromager et rônier"), NOW, NULL),
        OK);
    assert_int_equal(sign_in(&c, STR("fromager et rônier"), STR(""), NOW, NULL), OK);
    assert_int_equal(sign_in(&c, password, STR(""), NOW, NULL), E_DENIED);
    assert_int_equal(
        password_link_use(acc, c.t.db, c.t.arena, str_from_c(first), STR("encore un autre mot"), NOW, NULL),
        E_NOT_FOUND);
    /* The other one went with it. */
    assert_int_equal(password_link_find(acc, c.t.db, str_from_c(second), NOW, &link, NULL), E_NOT_FOUND);
    close_clinic(&c);
}

static void a_link_opens_nothing_of_an_account_that_is_off_and_leaves_codes_on(void **state) {
    struct clinic c;
    char token[TOKEN_TEXT_BYTES];
    struct password_link link;
    int64_t id;
    (void)state;
    open_clinic(&c);
    struct accounts *acc = &c.accounts;
    enrol(&c);
    assert_int_equal(password_link_make(acc, c.t.db, c.awa.id, LINK_FORGOTTEN, NOW, token, &id, NULL), OK);
    assert_int_equal(
        password_link_use(acc, c.t.db, c.t.arena, str_from_c(token), STR("fromager et rônier"), NOW, NULL),
        OK);
    assert_int_equal(sign_in(&c, STR("fromager et rônier"), STR(""), NOW, NULL), E_DENIED);

    struct user off = c.moussa;
    off.is_active = false;
    assert_int_equal(user_save(c.t.db, &c.moussa, &off, 0, NOW, NULL), OK);
    assert_int_equal(password_link_make(acc, c.t.db, c.moussa.id, LINK_FORGOTTEN, NOW, token, &id, NULL), OK);
    assert_int_equal(password_link_find(acc, c.t.db, str_from_c(token), NOW, &link, NULL), E_NOT_FOUND);
    close_clinic(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_opens_once),
        cmocka_unit_test(a_code_without_the_password_tells_nothing),
        cmocka_unit_test(guessing_codes_slows_down_like_passwords),
        cmocka_unit_test(a_recovery_code_opens_once_and_is_replaced),
        cmocka_unit_test(a_sealed_secret_is_of_its_user_alone),
        cmocka_unit_test(codes_are_turned_off),
        cmocka_unit_test(a_link_chooses_one_password_and_is_gone),
        cmocka_unit_test(a_link_opens_nothing_of_an_account_that_is_off_and_leaves_codes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
