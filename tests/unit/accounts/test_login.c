#include "test.h"

#include <sched.h>

#include "accounts/accounts.h"
#include "support/temp_db.h"

/* One account, one password, one hash for all tests: hashing is slow on purpose. */
static const struct str email = { "awa@b.sn", 8 }, password = { "baobab et tamarin", 17 };

struct clinic {
    struct temp_db t;
    struct accounts accounts;
    struct user user;
};

static void open_clinic(struct clinic *c) {
    struct key root = { { 7 } };

    temp_db_open(&c->t);
    assert_int_equal(accounts_init(&c->accounts, &root, STR("https://exemple.sn"), NULL), OK);
    c->user = (struct user) { .email = email, .role = ROLE_DOCTOR, .is_active = true };
    assert_int_equal(accounts_hash_password(&c->accounts, c->t.arena, password, &c->user.password_hash, NULL),
                     OK);
    assert_int_equal(user_create(c->t.db, &c->user, 0, 1, NULL), OK);
}

static void close_clinic(struct clinic *c) {
    accounts_done(&c->accounts);
    temp_db_close(&c->t);
}

static enum status try(struct clinic *c, struct str who, struct str word, const char *address, int64_t now_us,
                       struct err *e) {
    struct user u;
    const struct credentials given = { .email = who, .password = word, .address = str_from_c(address) };
    return accounts_check_login(&c->accounts, c->t.db, c->t.arena, &given, now_us, &u, e);
}

static void the_right_password_lets_in(void **state) {
    struct clinic c;

    (void)state;
    open_clinic(&c);
    assert_int_equal(try(&c, email, password, "10.0.0.1", DAY_US, NULL), OK);
    assert_int_equal(try(&c, email, STR("baobab et tamarins"), "10.0.0.1", DAY_US, NULL), E_DENIED);
    assert_int_equal(try(&c, STR("nobody@b.sn"), password, "10.0.0.1", DAY_US, NULL), E_DENIED);
    close_clinic(&c);
}

static void guessing_slows_down_and_is_forgotten_after_a_success(void **state) {
    struct clinic c;
    int64_t now = DAY_US;

    (void)state;
    open_clinic(&c);
    /* Each guess from another address: the account itself is protected. */
    static const char *const addresses[] = { "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5" };
    for (int i = 0; i < LOGIN_FREE_FAILURES; i++)
        assert_int_equal(try(&c, email, STR("wrong"), addresses[i], now, NULL), E_DENIED);
    struct err e = { 0 };
    assert_int_equal(try(&c, email, password, "10.0.0.6", now, &e), E_LIMIT);
    assert_in_range(e.retry_after_s, 1, 2);
    assert_int_equal(try(&c, email, password, "10.0.0.6", now + 2 * SECOND_US, NULL), OK);
    assert_int_equal(try(&c, email, STR("wrong"), "10.0.0.7", now + 2 * SECOND_US, NULL), E_DENIED);
    assert_int_equal(try(&c, email, password, "10.0.0.7", now + 2 * SECOND_US, NULL), OK);
    close_clinic(&c);
}

static void one_address_cannot_try_many_accounts(void **state) {
    struct clinic c;
    char name[32];

    (void)state;
    open_clinic(&c);
    for (int i = 0; i < ADDRESS_FREE_FAILURES; i++) {
        snprintf(name, sizeof name, "n%d@b.sn", i);
        assert_int_equal(try(&c, str_from_c(name), STR("wrong"), "10.0.0.1", DAY_US, NULL), E_DENIED);
    }
    assert_int_equal(try(&c, email, password, "10.0.0.1", DAY_US, NULL), E_LIMIT);
    assert_int_equal(try(&c, email, password, "10.0.0.2", DAY_US, NULL), OK);
    close_clinic(&c);
}

struct guess {
    struct clinic *clinic;
    struct db *db;
    struct arena *arena;
};

static void *guess_wrong(void *arg) {
    struct guess *g = arg;
    struct user u;
    const struct credentials given = { .email = email, .password = STR("wrong"), .address = STR("10.0.0.1") };
    (void)!accounts_check_login(&g->clinic->accounts, g->db, g->arena, &given, DAY_US, &u, NULL);
    return NULL;
}

/* A user is created with an Idempotency-Key: its password is hashed while the writer is held. A failed sign-in at that time wants both. */
static void hashing_inside_a_transaction_blocks_nobody_for_good(void **state) {
    struct clinic c;
    pthread_t thread;
    struct str hash;

    (void)state;
    open_clinic(&c);
    struct guess g = { .clinic = &c, .arena = arena_new(1024 * 1024) };
    assert_int_equal(db_open(c.t.pool, &g.db, NULL), OK);
    assert_int_equal(db_begin(c.t.db, NULL), OK);
    assert_int_equal(pthread_create(&thread, NULL, guess_wrong, &g), 0);
    while (atomic_load(&c.accounts.signing_in) == 0) sched_yield();
    assert_int_equal(accounts_hash_password(&c.accounts, c.t.arena, password, &hash, NULL), OK);
    assert_int_equal(accounts_hash_password(&c.accounts, c.t.arena, password, &hash, NULL), OK);
    assert_int_equal(db_finish(c.t.db, OK, NULL), OK);
    pthread_join(thread, NULL);
    db_close(g.db);
    arena_free(g.arena);
    close_clinic(&c);
}

static void a_switched_off_account_is_like_a_wrong_password(void **state) {
    struct clinic c;

    (void)state;
    open_clinic(&c);
    struct user off = c.user;
    off.is_active = false;
    assert_int_equal(user_save(c.t.db, &c.user, &off, 0, 2, NULL), OK);
    struct err e = { 0 };
    assert_int_equal(try(&c, email, password, "10.0.0.1", DAY_US, &e), E_DENIED);
    assert_ptr_equal(e.message, &login_wrong);
    close_clinic(&c);
}

static void the_first_administrator_is_made_once(void **state) {
    struct key root = { { 7 } };
    struct accounts acc;
    struct temp_db t;
    char generated[TOKEN_TEXT_BYTES];
    struct user u;

    (void)state;
    temp_db_open(&t);
    assert_int_equal(accounts_init(&acc, &root, STR("http://127.0.0.1:8000"), NULL), OK);
    assert_int_equal(accounts_ensure_admin(&acc, t.db, t.arena, STR(""), STR(""), 1, generated, NULL), OK);
    assert_int_equal(strlen(generated), 16);
    assert_int_equal(user_by_email(t.db, t.arena, STR("admin@localhost"), &u, NULL), OK);
    assert_true(u.must_change_password);
    assert_true(crypto_password_check(str_from_c(generated), u.password_hash.p));
    assert_int_equal(accounts_ensure_admin(&acc, t.db, t.arena, STR("b@b.sn"), STR(""), 2, generated, NULL),
                     OK);
    assert_int_equal(strlen(generated), 0);
    assert_int_equal(user_by_email(t.db, t.arena, STR("b@b.sn"), &u, NULL), E_NOT_FOUND);
    accounts_done(&acc);
    temp_db_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_right_password_lets_in),
        cmocka_unit_test(guessing_slows_down_and_is_forgotten_after_a_success),
        cmocka_unit_test(one_address_cannot_try_many_accounts),
        cmocka_unit_test(hashing_inside_a_transaction_blocks_nobody_for_good),
        cmocka_unit_test(a_switched_off_account_is_like_a_wrong_password),
        cmocka_unit_test(the_first_administrator_is_made_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
