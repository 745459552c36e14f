/*
 * Of which medicines of a paper a later one says something else.
 */
#include "rag/outdated.h"
#include "support/paper.h"
#include "test.h"

static const struct person fatou = { 7, "Fatou", "Ndiaye", "", "", "" };
static const char *const earlier[] = { "Dr Martin",
                                       "Dakar, le 15/11/2024",
                                       "ORDONNANCE",
                                       "- Lisinopril 5 mg, 1 comprimé le matin",
                                       "- Metformine 500 mg, 1 comprimé matin et soir",
                                       NULL };

/* The stems of the first paper's chunk that names lisinopril, when the second follows. */
static void is_outdated(const char *const *later, const char *stems) {
    struct arena *arena = arena_new((size_t)8 << 20);
    const struct paper papers[] = { { 1, NULL, earlier }, { 2, NULL, later } };
    struct record *record = paper_record(&fatou, papers, COUNT_OF(papers));
    struct text_reader *reader;
    struct outdated *o;
    struct str found = STR("");
    uint32_t chunk = 0;
    assert_int_equal(text_reader_open(arena, &reader, NULL), OK);
    assert_int_equal(outdated_new(arena, reader, record, &o, NULL), OK);
    while (record->documents[record->chunks[chunk].document].id != 1 ||
           str_find(record->chunks[chunk].text, STR("Lisinopril")) == record->chunks[chunk].text.n)
        assert_true(++chunk < record->chunk_count);
    assert_int_equal(outdated_find(o, chunk, &found, NULL), OK);
    assert_str_equal(found, str_from_c(stems));
    record_free(record);
    arena_free(arena);
}

static void another_dose_is_another_word(void **state) {
    (void)state;
    static const char *const dose[] = { "Dr Martin", "Dakar, le 15/12/2024", "ORDONNANCE",
                                        "- Lisinopril 10 mg, 1 comprimé le matin", NULL };
    static const char *const hour[] = { "Dr Martin", "Dakar, le 15/12/2024", "ORDONNANCE",
                                        "- Lisinopril 5 mg, 1 comprimé le soir", NULL };
    static const char *const stop[] = { "Dr Martin", "Dakar, le 15/12/2024", "COMPTE RENDU DE CONSULTATION",
                                        "Toux sèche. Arrêt du lisinopril ce jour.", NULL };
    is_outdated(dose, "lisinopril");
    is_outdated(hour, "lisinopril");
    is_outdated(stop, "lisinopril");
}

static void the_same_and_the_name_alone_leave_it(void **state) {
    (void)state;
    static const char *const same[] = { "Dr Martin", "Dakar, le 15/12/2024", "ORDONNANCE",
                                        "- Lisinopril 5 mg, 1 comprimé le matin", NULL };
    static const char *const name[] = { "Dr Martin", "Dakar, le 15/12/2024", "COMPTE RENDU DE CONSULTATION",
                                        "La tension est bonne sous lisinopril.", NULL };
    is_outdated(same, "");
    is_outdated(name, "");
}

/* An older paper is no word against a newer one. */
static void what_came_before_changes_nothing(void **state) {
    (void)state;
    static const char *const before[] = { "Dr Martin", "Dakar, le 15/10/2024", "ORDONNANCE",
                                          "- Lisinopril 20 mg, 1 comprimé le soir", NULL };
    is_outdated(before, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_dose_is_another_word),
        cmocka_unit_test(the_same_and_the_name_alone_leave_it),
        cmocka_unit_test(what_came_before_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
