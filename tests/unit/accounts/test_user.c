#include "test.h"

#include "accounts/user.h"
#include "support/temp_db.h"

static void emails_have_a_shape(void **state) {
    static const char *const good[] = { "a@b.sn", " Awa.Diop+cab@Exemple.SN ", "admin@localhost" };
    static const char *const bad[] = { "",         "a",        "@b.sn", "a@",    "a@b",
                                       "a b@c.sn", "a@b@c.sn", "a@.sn", "a@sn.", "a,b@c.sn" };
    struct arena *a = arena_new(65536);
    struct str out;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++) assert_true(user_email_parse(a, str_from_c(good[i]), &out));
    assert_true(user_email_parse(a, str_from_c(good[1]), &out));
    assert_str_equal(out, STR("awa.diop+cab@exemple.sn"));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (user_email_parse(a, str_from_c(bad[i]), &out)) fail_msg("accepted \"%s\"", bad[i]);
    arena_free(a);
}

static void weak_passwords_are_told_why(void **state) {
    (void)state;
    assert_ptr_equal(password_weakness(STR("123456789"), STR("")), &password_too_short);
    assert_ptr_equal(password_weakness(STR("Azerty1234"), STR("")), &password_too_common);
    assert_ptr_equal(password_weakness(STR("zzzzzzzzzzzz"), STR("")), &password_too_common);
    assert_ptr_equal(password_weakness(STR("xx-awa@b.sn-xx"), STR("awa@b.sn")), &password_is_email);
    assert_null(password_weakness(STR("baobab et tamarin"), STR("awa@b.sn")));
    assert_null(password_weakness(STR("éèàùçôîâüë"), STR(""))); /* ten characters, twenty bytes */
}

static struct user make(struct temp_db *t, const char *email, enum role role) {
    struct user u = { .email = str_from_c(email),
                      .password_hash = STR("hash"),
                      .role = role,
                      .language = LANG_FR,
                      .is_active = true };
    assert_int_equal(user_create(t->db, &u, 0, 5, NULL), OK);
    assert_true(u.id > 0);
    return u;
}

static void an_email_is_taken_once(void **state) {
    struct user twin = { .email = STR("a@b.sn"), .role = ROLE_NURSE };
    struct err e = { 0 };
    struct temp_db t;

    (void)state;
    temp_db_open(&t);
    make(&t, "a@b.sn", ROLE_DOCTOR);
    assert_int_equal(user_create(t.db, &twin, 0, 5, &e), E_INVALID);
    assert_int_equal(e.field_count, 1);
    assert_str_equal(e.fields[0].field, STR("email"));
    temp_db_close(&t);
}

static void the_last_administrator_stays(void **state) {
    struct temp_db t;
    struct err e = { 0 };

    (void)state;
    temp_db_open(&t);
    struct user admin = make(&t, "admin@b.sn", ROLE_ADMIN), demoted = admin;
    demoted.role = ROLE_DOCTOR;
    assert_int_equal(user_delete(t.db, admin.id, 0, 6, &e), E_CONFLICT);
    assert_ptr_equal(e.message, &user_last_admin);
    assert_int_equal(user_save(t.db, &admin, &demoted, 0, 6, NULL), E_CONFLICT);
    struct user second = make(&t, "second@b.sn", ROLE_ADMIN);
    assert_int_equal(user_save(t.db, &admin, &demoted, second.id, 7, NULL), OK);
    assert_int_equal(user_delete(t.db, second.id, second.id, 8, NULL), E_CONFLICT);
    assert_int_equal(user_delete(t.db, admin.id, second.id, 8, NULL), OK);
    temp_db_close(&t);
}

static void what_is_saved_is_read_back(void **state) {
    struct temp_db t;
    struct user u, after;

    (void)state;
    temp_db_open(&t);
    struct user made = make(&t, "n@b.sn", ROLE_NURSE);
    after = made;
    after.full_name = STR("Fatou SARR");
    after.language = LANG_EN;
    assert_int_equal(user_save(t.db, &made, &after, made.id, 9, NULL), OK);
    assert_int_equal(user_by_email(t.db, t.arena, STR("n@b.sn"), &u, NULL), OK);
    assert_str_equal(u.full_name, STR("Fatou SARR"));
    assert_int_equal(u.language, LANG_EN);
    assert_int_equal(u.created_at_us, 5);
    assert_int_equal(u.updated_at_us, 9);
    assert_int_equal(user_by_id(t.db, t.arena, 999, &u, NULL), E_NOT_FOUND);
    temp_db_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(emails_have_a_shape),        cmocka_unit_test(weak_passwords_are_told_why),
        cmocka_unit_test(an_email_is_taken_once),     cmocka_unit_test(the_last_administrator_stays),
        cmocka_unit_test(what_is_saved_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
