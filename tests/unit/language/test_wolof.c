#include "language/wolof.h"

#include "test.h"

static void check(const char *word, const char *wanted) {
    char sound[WOLOF_SOUND_BYTES_MAX];
    struct str got = { sound, wolof_sound(str_from_c(word), sound) };
    if (!str_eq(got, str_from_c(wanted))) fail_msg("%s: %.*s instead of %s", word, STR_ARG(got), wanted);
}

static void spellings_of_one_word_sound_the_same(void **state) {
    (void)state;
    static const char *const words[][4] = { { "xol", "khol", "xool", NULL },
                                            { "menuma", "meunouma", "menouma", NULL },
                                            { "noyyi", "noyi", NULL },
                                            { "metti", "meti", "metty", NULL },
                                            { "matt", "matte", "mat", NULL },
                                            { "begg", "beugg", "begue", NULL },
                                            { "jaan", "djan", "diaan", NULL },
                                            { "taxaw", "takhaw", "taxaww", NULL },
                                            { "gemmin", "guemmigne", "gemin", NULL } };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        char first[WOLOF_SOUND_BYTES_MAX + 1] = { 0 };
        (void)wolof_sound(str_from_c(words[i][0]), first);
        assert_true(first[0] != '\0');
        for (size_t k = 1; words[i][k]; k++) check(words[i][k], first);
    }
}

static void different_words_stay_different(void **state) {
    (void)state;
    check("waccu", "wacu");
    check("wacc", "wac");
    check("taxawul", "taxawul");
    check("dee", "de");
}

static void what_is_no_word_has_no_sound(void **state) {
    (void)state;
    check("", "");
    check("a1", "");
    check("h", "");
    check("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_of_one_word_sound_the_same),
        cmocka_unit_test(different_words_stay_different),
        cmocka_unit_test(what_is_no_word_has_no_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
