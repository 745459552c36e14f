#include "test.h"

#include "documents/token.h"

/* The tokens of a text, separated by '|'. */
static struct str cut(struct arena *a, const char *text) {
    struct tokens t;
    struct str out = STR("");
    assert_true(tokens_split(a, str_from_c(text), &t));
    for (size_t i = 0; i < t.count; i++)
        assert_true(
            arena_printf(a, &out, "%.*s%s%.*s", STR_ARG(out), i ? "|" : "", STR_ARG(t.items[i].text)));
    return out;
}

static void texts_are_cut(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20);
    assert_str_equal(cut(a, "1cp x 3/j (5j)"), STR("1|cp|x|3|/|j|(|5|j|)"));
    assert_str_equal(cut(a, "2,5 mg; 14.07.1955."), STR("2,5|mg|;|14.07.1955|."));
    assert_str_equal(cut(a, "½ cp, vitamine B12"), STR("½|cp|,|vitamine|B|12"));
    assert_str_equal(cut(a, "10^9/L µg/ml 5 mm³"), STR("10|^|9|/|L|µg|/|ml|5|mm³"));
    assert_str_equal(cut(a, "jusqu’au soir"), STR("jusqu|’|au|soir"));
    assert_str_equal(cut(a, "2CPX3/J 1cpà2cp"), STR("2|CP|X|3|/|J|1|cp|à|2|cp"));
    assert_str_equal(cut(a, "EXELON"), STR("EXELON"));
    assert_str_equal(cut(a, "   "), STR(""));
    arena_free(a);
}

static void tokens_know_what_they_are(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct tokens t;
    assert_true(tokens_split(a, STR("Gélule B12 – Évitez"), &t));
    assert_true(token_is(&t, 0, "gelule"));
    assert_false(token_is(&t, 0, "gel"));
    assert_false(token_is(&t, 0, "gelules"));
    assert_true(token_has(&t, 0, WORD_DOSE_UNIT) && token_has(&t, 0, WORD_FORM) &&
                !token_has(&t, 0, WORD_STOP));
    assert_true(t.items[2].glued && token_is_number(&t, 2));
    assert_true(token_is_sign(&t, 3, '-')); /* any dash */
    assert_true(token_has(&t, 4, WORD_STOP) && !token_is_lower(&t, 4));
    assert_false(token_is(&t, 99, "x") || token_has(&t, 99, ~UINT64_C(0)) || token_is_number(&t, 99));
    assert_true(token_in(&t, 0, "cp gelule sachet") && !token_in(&t, 0, "cp gelules gel"));
    assert_str_equal(tokens_text(&t, 0, 3), STR("Gélule B12"));
    assert_str_equal(tokens_text(&t, 3, 99), STR("– Évitez"));
    assert_int_equal(tokens_match(&t, 0, "gelule b"), 2);
    assert_int_equal(tokens_match(&t, 0, "gelule b 12 - evitez tout"), 0);
    arena_free(a);
}

static void the_word_table_is_sorted_and_folded(void **state) {
    (void)state;
    for (size_t i = 0; i < word_entry_count; i++) {
        const struct word_entry *e = &word_entries[i];
        assert_true(e->classes != 0 && e->word.n > 0);
        assert_int_equal(word_classes(e->word), e->classes);
        for (size_t k = 0; k < e->word.n; k++) assert_false(e->word.p[k] >= 'A' && e->word.p[k] <= 'Z');
    }
    assert_int_equal(word_classes(STR("motinconnu")), 0);
    assert_int_equal(word_classes(STR("")), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_cut),
        cmocka_unit_test(tokens_know_what_they_are),
        cmocka_unit_test(the_word_table_is_sorted_and_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
