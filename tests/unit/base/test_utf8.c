#include "test.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <unicase.h>
#include <uninorm.h>

static struct arena *arena;

static int start(void **state) {
    (void)state;
    arena = arena_new(1 << 20);
    return arena ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct str fold(struct str s) {
    struct str out = STR("failed");
    assert_true(utf8_fold(arena, s, &out));
    return out;
}

static struct str clean(struct str s) {
    struct str out = STR("failed");
    assert_true(utf8_clean(arena, s, &out));
    return out;
}

static void tells_clean_text(void **state) {
    (void)state;
    assert_true(utf8_is_clean(STR("")));
    assert_true(utf8_is_clean(STR("Ordonnance n° 12 — à 8 h, 😀 ŋ")));
    assert_true(utf8_is_clean(STR("\xF4\x8F\xBF\xBF")));
    const struct str bad[] = { STR("a\0b"),         STR("12345678\0"),   STR("\xC0\x80"),
                               STR("\xE0\x80\x80"), STR("\xED\xA0\x80"), STR("\xF4\x90\x80\x80"),
                               STR("abcdefgh\xC3"), STR("\x80"),         STR("\xFF") };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(utf8_is_clean(bad[i]));
}

static void counts_and_cuts_characters(void **state) {
    (void)state;
    assert_int_equal(utf8_length(STR("déjà 😀")), 6);
    assert_str_equal(utf8_prefix(STR("déjà"), 2), STR("d"));
    assert_str_equal(utf8_prefix(STR("déjà"), 3), STR("dé"));
    assert_str_equal(utf8_prefix(STR("😀"), 3), STR(""));
    assert_str_equal(utf8_prefix(STR("abc"), 10), STR("abc"));
}

static void reads_one_character_at_a_time(void **state) {
    (void)state;
    struct str s = STR("aé\xFF😀\xE2\x82");
    const uint32_t want[] = { 'a', 0xE9, 0xFFFD, 0x1F600, 0xFFFD, 0xFFFD };
    size_t at = 0;
    for (size_t i = 0; i < COUNT_OF(want); i++) assert_int_equal(utf8_next(s, &at), want[i]);
    assert_int_equal(at, s.n);
}

static void tells_capital_from_small_letters(void **state) {
    (void)state;
    const struct str s = STR("Éé Za");
    assert_true(utf8_is_capital(s, 0) && !utf8_is_small(s, 0));
    assert_true(utf8_is_small(s, 2) && !utf8_is_capital(s, 2));
    assert_false(utf8_is_small(s, 4) || utf8_is_capital(s, 4));
    assert_true(utf8_is_capital(s, 5) && utf8_is_small(s, 6));
    /* Neither: a letter that has no case, another alphabet, half a character. */
    const struct str none[] = { STR("ß"), STR("ŋ"), STR("\xC3"), STR("5") };
    for (size_t i = 0; i < COUNT_OF(none); i++)
        assert_false(utf8_is_capital(none[i], 0) || utf8_is_small(none[i], 0));
}

static void folds_for_comparison(void **state) {
    (void)state;
    assert_str_equal(fold(STR("AbZ09 @[`{")), STR("abz09 @[`{"));
    assert_str_equal(fold(STR("Œdème")), STR("oedeme"));
    assert_str_equal(fold(STR("L’ÉTÉ — n° 5")), STR("l'ete - n° 5"));
    assert_str_equal(fold(STR("cœur naïf çà ÿ Æ ß")), STR("coeur naif ca y ae ss"));
    assert_str_equal(fold(STR("E\xCC\x81te\xCC\x81")), STR("ete"));
    assert_str_equal(fold(STR("ﬁn ½ ² 10 µg")), STR("fin 1/2 2 10 μg"));
    assert_str_equal(fold(STR("Ŋàŋ ñëw")), STR("nan new"));
    assert_str_equal(fold(STR("10\xC2\xA0mg\xC2\xAD")), STR("10 mg"));
    assert_str_equal(fold(STR("ΑΒΓ Ж İ")), STR("αβγ ж i"));
    assert_str_equal(fold(STR("")), STR(""));
    assert_str_equal(fold(STR("« oui » … ≤ 5 €")), STR("\" oui \" ... ≤ 5 €"));
}

/* The quick way and the Unicode tables must agree: a Greek letter forces the slow way on the second text. */
static void both_ways_of_folding_agree(void **state) {
    (void)state;
    for (unsigned c = 0x20; c < 0x3000; c++) {
        char alone[8], with_greek[10];
        int n = c < 0x80 ? snprintf(alone, sizeof alone, "%c", (char)c)
                : c < 0x800
                    ? snprintf(alone, sizeof alone, "%c%c", (char)(0xC0 | c >> 6), (char)(0x80 | (c & 63)))
                    : snprintf(alone, sizeof alone, "%c%c%c", (char)(0xE0 | c >> 12),
                               (char)(0x80 | (c >> 6 & 63)), (char)(0x80 | (c & 63)));
        int m = snprintf(with_greek, sizeof with_greek, "%sα", alone);
        struct str quick = fold((struct str) { alone, (size_t)n });
        struct str slow = fold((struct str) { with_greek, (size_t)m });
        assert_true(str_ends(slow, STR("α")));
        slow.n -= 2;
        if (!str_eq(quick, slow)) fail_msg("U+%04X: \"%.*s\" and \"%.*s\"", c, STR_ARG(quick), STR_ARG(slow));
        if (c % 256 == 0) arena_reset(arena);
    }
}

static void cleans_text_from_outside(void **state) {
    (void)state;
    assert_str_equal(clean(STR("a\r\nb\rc\n\td")), STR("a\nb\nc\n\td"));
    assert_str_equal(clean(STR("a\x01\x7F\0b")), STR("ab"));
    assert_str_equal(clean(STR("e\xCC\x81t\xC2\x85é")), STR("ét\né"));
    assert_str_equal(clean(STR("x\xE2\x80\xAEy\xEF\xBB\xBFz")), STR("xyz"));
    assert_str_equal(clean(STR("a\xFFz")), STR("a\xEF\xBF\xBDz"));
    assert_str_equal(clean(STR("")), STR(""));
}

static void makes_letters_small(void **state) {
    (void)state;
    struct str out;
    assert_true(utf8_lower(arena, STR("ÉCHO DU Cœur, INR 2,6"), &out));
    assert_str_equal(out, STR("écho du cœur, inr 2,6"));
    assert_true(utf8_lower(arena, STR(""), &out));
    assert_int_equal(out.n, 0);
}

static void says_when_the_arena_is_full(void **state) {
    (void)state;
    struct arena *small = arena_new(16);
    struct str out = STR("same");
    assert_false(utf8_fold(small, STR("un texte trop long pour tenir"), &out));
    assert_false(utf8_fold(small, STR("αβγδεζηθικλμνξοπρστυ"), &out));
    assert_false(utf8_lower(small, STR("UN TEXTE TROP LONG POUR TENIR"), &out));
    assert_false(utf8_clean(small, STR("un texte trop long pour tenir"), &out));
    assert_str_equal(out, STR("same"));
    arena_free(small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tells_clean_text, start, stop),
        cmocka_unit_test_setup_teardown(counts_and_cuts_characters, start, stop),
        cmocka_unit_test_setup_teardown(reads_one_character_at_a_time, start, stop),
        cmocka_unit_test(tells_capital_from_small_letters),
        cmocka_unit_test_setup_teardown(folds_for_comparison, start, stop),
        cmocka_unit_test_setup_teardown(both_ways_of_folding_agree, start, stop),
        cmocka_unit_test_setup_teardown(cleans_text_from_outside, start, stop),
        cmocka_unit_test_setup_teardown(makes_letters_small, start, stop),
        cmocka_unit_test_setup_teardown(says_when_the_arena_is_full, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
