#include "test.h"

#include "patients/patient_edit.h"

enum { ARENA_BYTES = 1 << 20 };
static const struct date today = { 2026, 11, 23 };

#define PERSON                                                                                               \
    "\"first_name\":\"Jean\",\"last_name\":\"Dupont\",\"phone\":\"77 123 45 67\","                           \
    "\"date_of_birth\":\"1980-01-01\",\"gender\":\"M\""

static enum status read(struct arena *a, const char *body, enum patient_edit_mode mode,
                        struct patient_edit *edit, struct err *e) {
    struct fields *f;
    enum status s = fields_parse(a, str_from_c(body), &f, e);
    if (s == OK) s = patient_edit_read(a, f, mode, STR("SN"), today, edit, e);
    return s == OK ? fields_done(f) : s;
}

static bool names_field(const struct err *e, const char *name, const struct message *m) {
    for (size_t i = 0; i < e->field_count; i++) {
        if (str_eq(e->fields[i].field, str_from_c(name)) && e->fields[i].message == m) return true;
    }
    return false;
}

static void a_whole_record_is_read(void **state) {
    struct arena *a = arena_new(ARENA_BYTES);
    struct patient_edit edit;
    struct patient p = patient_blank();

    (void)state;
    assert_int_equal(
        read(a,
             "{" PERSON
             ",\"email\":\"jean@exemple.sn\",\"tags\":[\"a\",\"b \\\"c\\\"\"],\"language\":\"wo\"}",
             EDIT_CREATE, &edit, NULL),
        OK);
    patient_edit_apply(&edit, &p);
    assert_str_equal(p.phone, STR("+221771234567"));
    assert_str_equal(p.tags_json, STR("[\"a\",\"b \\\"c\\\"\"]"));
    assert_int_equal(p.language, LANG_WO);
    assert_int_equal(p.date_of_birth.year, 1980);
    assert_str_equal(p.gender, STR("M"));
    arena_free(a);
}

static void every_mistake_is_told_at_once(void **state) {
    struct arena *a = arena_new(ARENA_BYTES);
    struct patient_edit edit;
    struct err e = { 0 };

    (void)state;
    assert_int_equal(read(a, "{}", EDIT_CREATE, &edit, &e), E_INVALID);
    assert_int_equal(e.field_count,
                     3); /* first_name, last_name, phone: the rest may come to be known later */
    assert_true(names_field(&e, "phone", &field_required));
    e = (struct err) { 0 };
    assert_int_equal(
        read(a,
             "{\"first_name\":\" \",\"last_name\":5,\"phone\":\"12\",\"email\":\"x\",\"gender\":\"Z\","
             "\"date_of_birth\":\"2026-11-24\",\"status\":\"active\",\"frist\":1}",
             EDIT_CREATE, &edit, &e),
        E_INVALID);
    assert_true(names_field(&e, "first_name", &field_blank));
    assert_true(names_field(&e, "last_name", &field_not_text));
    assert_true(names_field(&e, "email", &patient_email_invalid));
    assert_true(names_field(&e, "gender", &field_not_a_choice));
    assert_true(names_field(&e, "date_of_birth", &patient_birth_in_future));
    assert_true(names_field(&e, "status", &patient_new_is_pending));
    assert_true(names_field(&e, "frist", &field_unknown));
    assert_int_equal(e.field_count, 8);
    arena_free(a);
}

static void birth_dates_are_bounded(void **state) {
    struct arena *a = arena_new(ARENA_BYTES);
    struct patient_edit edit;

    (void)state;
    assert_int_equal(read(a, "{\"date_of_birth\":\"2026-11-23\"}", EDIT_PATCH, &edit, NULL), OK);
    assert_int_equal(read(a, "{\"date_of_birth\":\"1900-01-01\"}", EDIT_PATCH, &edit, NULL), OK);
    struct err e = { 0 };
    assert_int_equal(read(a, "{\"date_of_birth\":\"1899-12-31\"}", EDIT_PATCH, &edit, &e), E_INVALID);
    assert_true(names_field(&e, "date_of_birth", &patient_birth_too_old));
    assert_int_equal(read(a, "{\"date_of_birth\":null}", EDIT_PATCH, &edit, NULL), OK);
    assert_int_equal(edit.given, FIELD_DATE_OF_BIRTH);
    assert_int_equal(edit.value.date_of_birth.year, 0);
    arena_free(a);
}

static void patch_changes_what_it_names_and_put_replaces(void **state) {
    struct arena *a = arena_new(ARENA_BYTES);
    struct patient_edit edit;
    struct patient p = patient_blank();

    (void)state;
    p.address = STR("Yoff");
    p.allergies = STR("Arachide");
    p.assigned_to = 4;
    assert_int_equal(read(a, "{\"allergies\":null,\"id\":7,\"created_at\":\"2026-01-01T00:00:00Z\"}",
                          EDIT_PATCH, &edit, NULL),
                     OK);
    patient_edit_apply(&edit, &p);
    assert_str_equal(p.allergies, STR(""));
    assert_str_equal(p.address, STR("Yoff"));
    p.status = PATIENT_ACTIVE;
    p.phone = STR("+221771234567");
    assert_int_equal(read(a, "{" PERSON ",\"status\":\"pending\"}", EDIT_REPLACE, &edit, NULL), OK);
    patient_edit_apply(&edit, &p);
    assert_str_equal(p.address, STR(""));
    assert_int_equal(p.assigned_to, 0);
    assert_int_equal(p.status, PATIENT_ACTIVE);
    struct err e = { 0 };
    assert_int_equal(read(a, "{\"first_name\":null}", EDIT_PATCH, &edit, &e), E_INVALID);
    assert_int_equal(e.field_count, 1);
    arena_free(a);
}

static void names_may_be_as_long_as_the_limit_and_no_longer(void **state) {
    struct arena *a = arena_new(ARENA_BYTES);
    struct patient_edit edit;
    char body[400];

    (void)state;
    for (int n = PATIENT_NAME_MAX; n <= PATIENT_NAME_MAX + 1; n++) {
        int at = snprintf(body, sizeof body, "{\"last_name\":\"");
        for (int i = 0; i < n; i++) at += snprintf(body + at, sizeof body - (size_t)at, "é");
        snprintf(body + at, sizeof body - (size_t)at, "\"}");
        assert_int_equal(read(a, body, EDIT_PATCH, &edit, NULL), n == PATIENT_NAME_MAX ? OK : E_INVALID);
    }
    arena_free(a);
}

static void addresses_have_a_shape(void **state) {
    static const char *const good[] = { "a@b.sn", "jean.dupont+x@exemple.co.uk", "o'neil@x-y.org" };
    static const char *const bad[] = { "a",        "@b.sn",    "a@",      "a@b",       "a@@b.sn",
                                       "a b@c.sn", "a@b.sn.",  "a@.b.sn", "a..b@c.sn", ".a@b.sn",
                                       "a.@b.sn",  "<a@b.sn>", "a@b,sn" };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++) assert_true(patient_email_is_plausible(str_from_c(good[i])));
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        if (patient_email_is_plausible(str_from_c(bad[i]))) fail_msg("%s", bad[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_record_is_read),
        cmocka_unit_test(every_mistake_is_told_at_once),
        cmocka_unit_test(birth_dates_are_bounded),
        cmocka_unit_test(patch_changes_what_it_names_and_put_replaces),
        cmocka_unit_test(names_may_be_as_long_as_the_limit_and_no_longer),
        cmocka_unit_test(addresses_have_a_shape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
