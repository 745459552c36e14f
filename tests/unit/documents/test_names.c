#include "test.h"

#include "documents/ingest.h"

static void only_a_clear_contradiction_counts(void **state) {
    static const struct {
        const char *paper, *first, *last;
        struct date paper_birth, birth;
        bool another;
    } cases[] = {
        { "PAT-TROIS DOMINIQUE", "Dominique", "Pat-Trois", { 1979, 3, 28 }, { 1979, 3, 28 }, false },
        { "Mme Awa NDIAYE épouse DIOP", "Awa", "Diop", { 0 }, { 1980, 1, 1 }, false },
        { "MAMADOU SÈNE", "mamadou", "sene", { 0 }, { 0 }, false },
        { "Fatou Sarr", "Awa", "Diop", { 0 }, { 0 }, true },
        { "Awa Diop", "Awa", "Diop", { 1990, 5, 2 }, { 1980, 1, 1 }, true },
        { "Awa Diop", "Awa", "Diop", { 1990, 5, 2 }, { 0 }, false },
        { "", "Awa", "Diop", { 0 }, { 1980, 1, 1 }, false },
        { "Sy Ba", "Ba", "Sy", { 0 }, { 0 }, false },
        { "Fall de Dakar", "Awa", "de Ba", { 0 }, { 0 }, true },
    };
    struct arena *a = arena_new(65536);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct document_reading r = { .patient_name = str_from_c(cases[i].paper),
                                      .patient_birth = cases[i].paper_birth };
        if (document_names_another(a, &r, str_from_c(cases[i].first), str_from_c(cases[i].last),
                                   cases[i].birth) != cases[i].another)
            fail_msg("case %zu: \"%s\"", i, cases[i].paper);
    }
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(only_a_clear_contradiction_counts) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
