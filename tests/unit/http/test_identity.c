#include "http/identity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void nobody_gets_only_what_is_public(void **state) {
    (void)state;
    for (enum permission p = PERM_NONE; p < PERM_COUNT; p++)
        assert_int_equal(role_may(ROLE_NONE, p), p == PERM_PUBLIC);
}

static void no_role_has_the_forgotten_permission(void **state) {
    (void)state;
    for (enum role r = ROLE_NONE; r < ROLE_COUNT; r++) assert_false(role_may(r, PERM_NONE));
}

static void roles_differ(void **state) {
    (void)state;
    assert_true(role_may(ROLE_SERVICE, PERM_ASSISTANT));
    assert_false(role_may(ROLE_SERVICE, PERM_PATIENT_READ));
    assert_true(role_may(ROLE_NURSE, PERM_PATIENT_WRITE));
    assert_false(role_may(ROLE_NURSE, PERM_PATIENT_ERASE));
    assert_true(role_may(ROLE_DOCTOR, PERM_PATIENT_ERASE));
    assert_false(role_may(ROLE_DOCTOR, PERM_ADMIN));
    assert_false(role_may(ROLE_NURSE, PERM_ADVICE_WRITE) || role_may(ROLE_SERVICE, PERM_ADVICE_WRITE));
    assert_true(role_may(ROLE_DOCTOR, PERM_ADVICE_WRITE));
    for (enum permission p = PERM_PUBLIC; p < PERM_COUNT; p++) assert_true(role_may(ROLE_ADMIN, p));
    assert_false(role_may(ROLE_COUNT, PERM_PUBLIC));
    assert_false(role_may(ROLE_ADMIN, PERM_COUNT));
}

static void names_read_back(void **state) {
    (void)state;
    for (enum role r = ROLE_SERVICE; r < ROLE_COUNT; r++)
        assert_int_equal(role_from_name(str_from_c(role_name(r))), r);
    assert_int_equal(role_from_name(STR("none")), ROLE_NONE);
    assert_int_equal(role_from_name(STR("Admin")), ROLE_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_gets_only_what_is_public),
        cmocka_unit_test(no_role_has_the_forgotten_permission),
        cmocka_unit_test(roles_differ),
        cmocka_unit_test(names_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
