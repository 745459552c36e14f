#include "language/typo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void distances_count_inserts_deletes_replaces_and_swaps(void **state) {
    (void)state;
    assert_int_equal(typo_distance(STR(""), STR(""), 2), 0);
    assert_int_equal(typo_distance(STR("dose"), STR("dose"), 2), 0);
    assert_int_equal(typo_distance(STR("dose"), STR("doses"), 2), 1);
    assert_int_equal(typo_distance(STR("dosse"), STR("dose"), 2), 1);
    assert_int_equal(typo_distance(STR("doxe"), STR("dose"), 2), 1);
    assert_int_equal(typo_distance(STR("odse"), STR("dose"), 2), 1);
    assert_int_equal(typo_distance(STR("posologei"), STR("posologie"), 2), 1);
    assert_int_equal(typo_distance(STR("prednisone"), STR("prednisolone"), 2), 2);
    /* The restricted form: a swapped pair is not edited again. */
    assert_int_equal(typo_distance(STR("ca"), STR("abc"), 3), 3);
}

static void distances_beyond_the_limit_are_only_too_far(void **state) {
    (void)state;
    assert_int_equal(typo_distance(STR("abcdef"), STR("uvwxyz"), 2), 3);
    assert_int_equal(typo_distance(STR("a"), STR("abcdef"), 2), 3);
    assert_int_equal(typo_distance(STR("a"), STR("b"), 0), 1);
    char longer[TYPO_WORD_BYTES_MAX + 1];
    memset(longer, 'a', sizeof longer);
    struct str word = { longer, sizeof longer };
    assert_int_equal(typo_distance(word, word, 2), 3);
}

/* The bounded distance against the plain table of the definition, on every pair of short words over two letters and swaps. */
static int plain_distance(struct str a, struct str b) {
    int d[8][8];
    for (size_t i = 0; i <= a.n; i++) {
        for (size_t j = 0; j <= b.n; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = (int)(i + j);
                continue;
            }
            int best = d[i - 1][j - 1] + (a.p[i - 1] != b.p[j - 1]);
            if (d[i - 1][j] + 1 < best) best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best) best = d[i][j - 1] + 1;
            bool swapped = i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1];
            if (swapped && d[i - 2][j - 2] + 1 < best) best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    }
    return d[a.n][b.n];
}

static struct str word_of(unsigned number, char out[8]) {
    size_t n = number % 7;
    for (size_t i = 0; i < n; i++) out[i] = (char)('a' + (number >> (3 + 2 * i)) % 3);
    return (struct str) { out, n };
}

static void bounded_and_plain_distances_agree(void **state) {
    (void)state;
    unsigned number = 1;
    for (int round = 0; round < 200000; round++) {
        char one[8], other[8];
        number = number * 1664525U + 1013904223U;
        struct str a = word_of(number >> 7, one);
        number = number * 1664525U + 1013904223U;
        struct str b = word_of(number >> 7, other);
        int max = round % 4, plain = plain_distance(a, b);
        assert_int_equal(typo_distance(a, b, max), plain > max ? max + 1 : plain);
    }
}

static void short_words_allow_fewer_errors(void **state) {
    (void)state;
    assert_true(typo_is_near(STR("ordonance"), STR("ordonnance")));
    assert_true(typo_is_near(STR("lizinoprile"), STR("lisinopril")));
    assert_true(typo_is_near(STR("aspirne"), STR("aspirine")));
    assert_false(typo_is_near(STR("tsa"), STR("tsh")));
    assert_false(typo_is_near(STR("rose"), STR("dose")));
    assert_false(typo_is_near(STR("nifedipine"), STR("amlodipine")));
}

static void what_sounds_the_same_is_the_same(void **state) {
    (void)state;
    assert_true(typo_sounds_same(STR("glucofage"), STR("glucophage")));
    assert_true(typo_sounds_same(STR("glicemi"), STR("glycemie")));
    assert_true(typo_sounds_same(STR("kreatinine"), STR("creatinine")));
    assert_false(typo_sounds_same(STR("prednisone"), STR("prednisolone")));
    assert_false(typo_sounds_same(STR("hydroxyzine"), STR("hydralazine")));
    assert_false(typo_sounds_same(STR("dose"), STR("doze"))); /* too short to tell */
    assert_false(typo_sounds_same(STR("hhhhh"), STR("aaaaa")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_sounds_the_same_is_the_same),
        cmocka_unit_test(distances_count_inserts_deletes_replaces_and_swaps),
        cmocka_unit_test(distances_beyond_the_limit_are_only_too_far),
        cmocka_unit_test(bounded_and_plain_distances_agree),
        cmocka_unit_test(short_words_allow_fewer_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
