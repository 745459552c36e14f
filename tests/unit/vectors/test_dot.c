/*
 * The fast loops against the plainest ones, over all lengths around what instructions take at once.
 */
#include "numbers.h"

#include "test.h"
#include "vectors/dot.h"

enum { ROWS = 5 };

static float floats[ROWS * DOT_DIMENSIONS_MAX], float_question[DOT_DIMENSIONS_MAX];
static int8_t bytes[ROWS * DOT_DIMENSIONS_MAX];
static int16_t question[DOT_DIMENSIONS_MAX];

static const size_t lengths[] = { 1,  2,  3,  7,  8,   9,   15,  16,  17,  31,   32,
                                  33, 63, 64, 65, 127, 128, 255, 768, 769, 1536, DOT_DIMENSIONS_MAX };

static void whole_numbers_are_exact(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (size_t k = 0; k < COUNT_OF(lengths); k++) {
        size_t n = lengths[k];
        int32_t got[ROWS];
        for (size_t i = 0; i < n; i++)
            question[i] =
                (int16_t)((int64_t)(numbers_next(&seed) % (2 * DOT_QUESTION_MAX + 1)) - DOT_QUESTION_MAX);
        for (size_t i = 0; i < ROWS * n; i++) bytes[i] = (int8_t)((int64_t)(numbers_next(&seed) % 255) - 127);
        dot_int8_rows(question, bytes, ROWS, n, got);
        for (size_t r = 0; r < ROWS; r++) {
            int64_t want = 0;
            for (size_t i = 0; i < n; i++) want += (int64_t)question[i] * bytes[r * n + i];
            assert_int_equal(got[r], want);
        }
    }
}

static void the_largest_sum_fits(void **state) {
    (void)state;
    int32_t got;
    for (size_t i = 0; i < DOT_DIMENSIONS_MAX; i++) {
        question[i] = -DOT_QUESTION_MAX;
        bytes[i] = 127;
    }
    dot_int8_rows(question, bytes, 1, DOT_DIMENSIONS_MAX, &got);
    assert_int_equal(got, -(int64_t)DOT_QUESTION_MAX * 127 * DOT_DIMENSIONS_MAX);
}

static void floats_are_as_near_as_their_sum_is_long(void **state) {
    (void)state;
    uint64_t seed = 2;
    for (size_t k = 0; k < COUNT_OF(lengths); k++) {
        size_t n = lengths[k];
        float got[ROWS];
        for (size_t i = 0; i < n; i++) float_question[i] = numbers_float(&seed);
        for (size_t i = 0; i < ROWS * n; i++) floats[i] = numbers_float(&seed);
        dot_float_rows(float_question, floats, ROWS, n, got);
        for (size_t r = 0; r < ROWS; r++) {
            double want = 0, size = 0;
            for (size_t i = 0; i < n; i++) {
                double product = (double)float_question[i] * (double)floats[r * n + i];
                want += product;
                size += fabs(product);
            }
            assert_true(fabs((double)got[r] - want) <= 1e-6 * (size + 1));
        }
    }
}

static void no_rows_are_no_work(void **state) {
    (void)state;
    int32_t whole = 7;
    float real = 7;
    dot_int8_rows(question, bytes, 0, 768, &whole);
    dot_float_rows(float_question, floats, 0, 768, &real);
    assert_int_equal(whole, 7);
    assert_true(real == 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_are_exact),
        cmocka_unit_test(the_largest_sum_fits),
        cmocka_unit_test(floats_are_as_near_as_their_sum_is_long),
        cmocka_unit_test(no_rows_are_no_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
