/* What a broadcast says: fields, what stands for them, and what is wrong with them. */
#include "test.h"

#include "broadcasts/content.h"

static const struct content_values awa = {
    { [CONTENT_FIRST_NAME] = { "Awa", 3 }, [CONTENT_LAST_NAME] = { "Diop", 4 }, [CONTENT_DOCTOR] = { "", 0 } }
};

static void fields_are_filled(void **state) {
    static const struct {
        const char *content, *said;
    } cases[] = {
        { "Sans champ", "Sans champ" },
        { "Bonjour {{prenom}}", "Bonjour Awa" },
        { "{{ first_name }} {{nom}} !", "Awa Diop !" },
        { "{{medecin|Votre médecin}} vous attend", "Votre médecin vous attend" },
        { "{{prenom|cher patient}}", "Awa" },
        { "{{medecin|}}x", "x" },
        { "a } b { c }} d", "a } b { c }} d" },
    };
    struct arena *arena = arena_new(1 << 20);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str out, arg;
        struct str content = str_from_c(cases[i].content);
        assert_null(content_fault(content, &arg));
        assert_int_equal(content_render(arena, content, &awa, &out, NULL), OK);
        assert_str_equal(out, str_from_c(cases[i].said));
    }
    arena_free(arena);
}

static void what_is_missing_is_told(void **state) {
    struct arena *arena = arena_new(1 << 20);
    struct str out;
    (void)state;
    assert_int_equal(content_render(arena, STR("Le {{medecin}} vous attend"), &awa, &out, NULL), E_INVALID);
    assert_int_equal(content_needs(STR("{{prenom|x}} {{medecin}} {{nom}}")),
                     1u << CONTENT_DOCTOR | 1u << CONTENT_LAST_NAME);
    assert_int_equal(content_needs(STR("rien")), 0);
    arena_free(arena);
}

static void faults_are_named(void **state) {
    static const struct {
        const char *content, *code, *arg;
    } cases[] = {
        { "Bonjour {{surnom}}", "broadcast_field_unknown", "surnom" },
        { "Bonjour {{}}", "broadcast_field_unknown", "" },
        { "Bonjour {{prenom", "broadcast_field_open", "" },
        { "Bonjour {{prenom} et {{nom}}", "broadcast_field_unknown", "prenom} et {{nom" },
        { "{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}{{nom}}",
          "broadcast_fields_many", "20" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str arg;
        const struct message *m = content_fault(str_from_c(cases[i].content), &arg);
        assert_non_null(m);
        assert_string_equal(m->code, cases[i].code);
        assert_str_equal(arg, str_from_c(cases[i].arg));
    }
}

static void length_is_that_of_carriers(void **state) {
    (void)state;
    assert_int_equal(content_length(STR("été")), 3);
    assert_int_equal(content_length(STR("a\xF0\x9F\x92\x8A")), 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_filled),
        cmocka_unit_test(what_is_missing_is_told),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(length_is_that_of_carriers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
