/*
 * Vectors in bytes: what packing keeps, what it refuses, and that the nearest are the nearest.
 */
#include "numbers.h"

#include "test.h"
#include "vectors/vector.h"

enum { DIMENSIONS = 768, ROWS = 1000, NEAREST = 5 };

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)32 << 20);
    assert_non_null(arena);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct str packed_of(const float *v, size_t n) {
    unsigned char *out = arena_alloc(arena, vector_packed_bytes(n));
    assert_non_null(out);
    assert_true(vector_pack(v, n, out));
    return (struct str) { (const char *)out, vector_packed_bytes(n) };
}

static double cosine(const float *a, const float *b, size_t n) {
    double dot = 0, aa = 0, bb = 0;
    for (size_t i = 0; i < n; i++) {
        dot += (double)a[i] * (double)b[i];
        aa += (double)a[i] * (double)a[i];
        bb += (double)b[i] * (double)b[i];
    }
    return dot / sqrt(aa * bb);
}

static void packing_keeps_the_direction_at_any_length(void **state) {
    (void)state;
    static const float lengths[] = { 1e-30F, 1e-3F, 1, 1e6F, 1e30F };
    uint64_t seed = 3;
    for (size_t k = 0; k < COUNT_OF(lengths); k++) {
        float v[DIMENSIONS], again[DIMENSIONS];
        numbers_vector(&seed, v, DIMENSIONS);
        for (size_t i = 0; i < DIMENSIONS; i++) v[i] *= lengths[k];
        assert_true(vector_unpack(packed_of(v, DIMENSIONS), DIMENSIONS, again));
        assert_true(cosine(v, again, DIMENSIONS) > 0.9998);
        double squares = 0;
        for (size_t i = 0; i < DIMENSIONS; i++) squares += (double)again[i] * (double)again[i];
        assert_true(fabs(squares - 1) < 1e-4);
    }
}

static void what_is_no_vector_is_refused(void **state) {
    (void)state;
    unsigned char out[VECTOR_SCALE_BYTES + 4];
    static struct vector_question q;
    const float zero[4] = { 0 }, nan[4] = { 1, NAN, 0, 0 }, infinite[4] = { 1, INFINITY, 0, 0 },
                good[4] = { 0.1F, 0, -0.2F, 0 };
    assert_false(vector_pack(zero, 4, out));
    assert_false(vector_pack(nan, 4, out));
    assert_false(vector_pack(infinite, 4, out));
    assert_false(vector_pack(good, 0, out));
    assert_false(vector_pack(good, DOT_DIMENSIONS_MAX + 1, out));
    assert_false(vector_question_read(zero, 4, &q));
    assert_false(vector_question_read(nan, 4, &q));
    assert_false(vector_question_read(good, DOT_DIMENSIONS_MAX + 1, &q));
    assert_true(vector_pack(good, 4, out));
    assert_true(vector_question_read(good, 4, &q));
}

static void bytes_that_are_no_packed_vector_are_refused(void **state) {
    (void)state;
    const float v[4] = { 0.5F, 0.5F, -0.5F, 0.5F };
    float out[4];
    struct str good = packed_of(v, 4);
    struct vector_rows rows;
    char bad[VECTOR_SCALE_BYTES + 4];
    assert_int_equal(vector_rows_init(&rows, arena, 4, 1, NULL), OK);
    assert_false(vector_unpack(str_sub(good, 0, 7), 4, out));
    assert_false(vector_unpack(good, 3, out));
    assert_false(vector_rows_add(&rows, str_sub(good, 0, 7)));
    memcpy(bad, good.p, good.n);
    memset(bad, 0xFF, VECTOR_SCALE_BYTES); /* a scale that is no number */
    assert_false(vector_rows_add(&rows, (struct str) { bad, sizeof bad }));
    memset(bad, 0, VECTOR_SCALE_BYTES);
    assert_false(vector_rows_add(&rows, (struct str) { bad, sizeof bad }));
    assert_true(vector_rows_add(&rows, good));
    assert_false(vector_rows_add(&rows, good)); /* there is no more room */
    assert_int_equal(rows.count, 1);
}

static float all[ROWS * DIMENSIONS];

static struct vector_rows many(uint64_t *seed) {
    struct vector_rows rows;
    assert_int_equal(vector_rows_init(&rows, arena, DIMENSIONS, ROWS, NULL), OK);
    for (size_t r = 0; r < ROWS; r++) {
        numbers_vector(seed, all + r * DIMENSIONS, DIMENSIONS);
        assert_true(vector_rows_add(&rows, packed_of(all + r * DIMENSIONS, DIMENSIONS)));
    }
    return rows;
}

/* In any direction vectors are all nearly as far: what is found must be as near as the true five, but for what a byte loses. */
static void the_nearest_are_found_among_many(void **state) {
    (void)state;
    uint64_t seed = 4;
    struct vector_rows rows = many(&seed);
    static struct vector_question q;
    for (int k = 0; k < 20; k++) {
        float v[DIMENSIONS];
        struct vector_near near[NEAREST];
        size_t better = 0;
        numbers_vector(&seed, v, DIMENSIONS);
        assert_true(vector_question_read(v, DIMENSIONS, &q));
        assert_int_equal(vector_nearest(&rows, &q, near, NEAREST), NEAREST);
        for (size_t i = 0; i < NEAREST; i++) {
            double true_cosine = cosine(v, all + near[i].row * (size_t)DIMENSIONS, DIMENSIONS);
            assert_true(fabs(true_cosine - (double)near[i].cosine) < 0.002);
            assert_true(i == 0 || near[i - 1].cosine >= near[i].cosine);
        }
        for (size_t r = 0; r < ROWS; r++)
            better += cosine(v, all + r * DIMENSIONS, DIMENSIONS) > (double)near[NEAREST - 1].cosine + 0.002;
        assert_true(better < NEAREST);
    }
}

static void each_vector_finds_itself_first(void **state) {
    (void)state;
    uint64_t seed = 5;
    struct vector_rows rows = many(&seed);
    static struct vector_question q;
    for (size_t r = 0; r < ROWS; r++) {
        struct vector_near near[1];
        assert_true(vector_question_read(all + r * DIMENSIONS, DIMENSIONS, &q));
        assert_int_equal(vector_nearest(&rows, &q, near, 1), 1);
        assert_int_equal(near[0].row, r);
        assert_true(near[0].cosine > 0.999F && near[0].cosine < 1.001F);
    }
}

static void of_equally_near_ones_the_earlier_comes_first(void **state) {
    (void)state;
    struct vector_rows rows;
    static struct vector_question q;
    struct vector_near near[8];
    const float v[2] = { 1, 0 }, other[2] = { 0, 1 };
    assert_int_equal(vector_rows_init(&rows, arena, 2, 700, NULL), OK);
    for (int i = 0; i < 700; i++) assert_true(vector_rows_add(&rows, packed_of(i % 300 ? other : v, 2)));
    assert_true(vector_question_read(v, 2, &q));
    assert_int_equal(vector_nearest(&rows, &q, near, COUNT_OF(near)), COUNT_OF(near));
    assert_int_equal(near[0].row, 0);
    assert_int_equal(near[1].row, 300);
    assert_int_equal(near[2].row, 600);
    assert_int_equal(near[3].row, 1);
    assert_int_equal(near[4].row, 2);
}

static void other_dimensions_find_nothing(void **state) {
    (void)state;
    struct vector_rows rows;
    static struct vector_question q;
    struct vector_near near[1];
    const float v[3] = { 1, 0, 1 };
    assert_int_equal(vector_rows_init(&rows, arena, 2, 1, NULL), OK);
    assert_true(vector_rows_add(&rows, packed_of(v, 2)));
    assert_true(vector_question_read(v, 3, &q));
    assert_int_equal(vector_nearest(&rows, &q, near, 1), 0);
    assert_true(vector_question_read(v, 2, &q));
    assert_int_equal(vector_nearest(&rows, &q, near, 0), 0);
    assert_int_equal(vector_nearest(&rows, &q, near, 1), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packing_keeps_the_direction_at_any_length),
        cmocka_unit_test(what_is_no_vector_is_refused),
        cmocka_unit_test(bytes_that_are_no_packed_vector_are_refused),
        cmocka_unit_test(the_nearest_are_found_among_many),
        cmocka_unit_test(each_vector_finds_itself_first),
        cmocka_unit_test(of_equally_near_ones_the_earlier_comes_first),
        cmocka_unit_test(other_dimensions_find_nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
