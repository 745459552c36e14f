/*
 * A question without what is said around it.
 */
#include "understanding/question_core.h"
#include "test.h"

static struct arena *arena;
static struct intent_book *book;
static struct text_reader *reader;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)32 << 20);
    if (!arena || intent_book_new(arena, &book, NULL) != OK) return -1;
    return text_reader_open(arena, &reader, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static void asks(const char *text, const char *core) {
    struct str out;
    assert_int_equal(question_core(book, reader, arena, str_from_c(text), &out, NULL), OK);
    assert_str_equal(out, str_from_c(core));
}

static void courtesy_is_left_out(void **state) {
    (void)state;
    asks("Bonjour docteur, ma dernière ordonnance ?", "ma dernière ordonnance ?");
    asks("bjr dr svp c koi mon inr merci bcp", "c koi mon inr");
    asks("Assalamou aleykoum. J'espère que vous allez bien. Quand est mon rendez-vous ? Merci d'avance.",
         "Quand est mon rendez-vous ?");
    asks("Bonsoir, c'est Fatou Ndiaye, j'ai une question : la metformine, combien ?",
         "la metformine, combien ?");
    asks("Hello doctor, I hope you are well. When is my appointment?", "When is my appointment?");
    asks("C'est grave, docteur ?", "C'est grave,");
    asks("Mon INR ? Merci de me répondre vite", "Mon INR ?");
}

static void what_is_asked_stays_whole(void **state) {
    (void)state;
    static const char *const same[] = { "Ma dernière ordonnance ?",
                                        "Ça va faire mal ?",
                                        "Comment va mon rein ?",
                                        "Le docteur a dit quoi ?",
                                        "Je peux parler au docteur",
                                        "c'est quoi mon groupe ?",
                                        "" };
    for (size_t i = 0; i < COUNT_OF(same); i++) asks(same[i], same[i]);
}

static void nothing_but_courtesy_stays(void **state) {
    (void)state;
    static const char *const same[] = { "Bonjour",        "Bonjour docteur",
                                        "merci beaucoup", "Bonjour, comment allez-vous ?",
                                        "Bonjour 12",     "svp" };
    for (size_t i = 0; i < COUNT_OF(same); i++) asks(same[i], same[i]);
}

static void capitals_say_nothing(void **state) {
    (void)state;
    asks("BONJOUR, LE MÉDICAMENT DU MATIN ?", "le médicament du matin ?");
    asks("JE PRENDS COMBIEN DE cp", "je prends combien de cp");
    asks("Mon INR et ma TSH ?", "Mon INR et ma TSH ?");
    asks("INR ?", "INR ?");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(courtesy_is_left_out),
        cmocka_unit_test(what_is_asked_stays_whole),
        cmocka_unit_test(nothing_but_courtesy_stays),
        cmocka_unit_test(capitals_say_nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
