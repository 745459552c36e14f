/* A medicine against what is noted of allergies, however the note is written. */
#include "test.h"

#include "rag/allergy.h"

static bool concerns(const char *medicine, const char *note) {
    return allergy_concerns(str_from_c(medicine), str_from_c(note));
}

static void a_family_is_found_in_any_note(void **state) {
    (void)state;
    static const char *const notes[] = { "penicilline",
                                         "allergie a la penicilline",
                                         "iode, penicilline",
                                         "[penicilline]",
                                         "*penicilline*",
                                         "iode\tpenicilline",
                                         "\"penicillines\"",
                                         "penicilline/iode",
                                         "amoxicilline : eruption" };
    for (size_t i = 0; i < COUNT_OF(notes); i++) {
        if (!concerns("augmentin", notes[i])) fail_msg("%s", notes[i]);
        assert_false(concerns("doliprane", notes[i]));
    }
    assert_false(concerns("augmentin", "iode") || concerns("augmentin", ""));
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_family_is_found_in_any_note) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
