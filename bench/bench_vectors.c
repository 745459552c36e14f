/*
 * bench_vectors -- how fast one question is compared with many vectors, against the plainest loop, and what one byte a dimension loses.
 *
 *     bench_vectors [DIMENSIONS]
 *
 * Best of several rounds, in GB/s of the vectors that are read. Loss: of the five nearest by float32, the share that is among the five nearest by
 * bytes ("recall"), and how much nearer in cosine the true five are on the average. Vectors in any direction are the hardest case, because
 * all are nearly as far; texts lie in bunches.
 */
#include "base/clock.h"
#include "vectors/vector.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SMALL = 1000, LARGE = 100000, NEAREST = 5, QUESTIONS = 200, BUNCHES = 2000 };

struct bench {
    size_t dimensions, count;
    float *floats, *question;
    struct vector_rows rows;
    struct vector_question *packed_question;
    float *float_out;
    int32_t *int_out;
};

static float random_part(uint64_t *seed) {
    float sum = 0;
    for (int i = 0; i < 4; i++) {
        *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        sum += (float)(*seed >> 40) / (float)(1 << 24) - 0.5F;
    }
    return sum;
}

static void set_length_1(float *v, size_t n) {
    double squares = 0;
    for (size_t i = 0; i < n; i++) squares += (double)v[i] * (double)v[i];
    for (size_t i = 0; i < n; i++) v[i] /= (float)sqrt(squares);
}

/* A vector in any direction, or near the middle of a bunch. */
static void make_vector(uint64_t *seed, const float *middle, float *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = random_part(seed) * (middle ? 0.6F : 1);
    set_length_1(out, n);
    for (size_t i = 0; i < n && middle; i++) out[i] = 0.7F * out[i] + middle[i];
    set_length_1(out, n);
}

__attribute__((noinline)) static void plain_float(const float *q, const float *rows, size_t count, size_t n,
                                                  float *out) {
    for (size_t r = 0; r < count; r++) {
        float sum = 0;
        for (size_t i = 0; i < n; i++) sum += q[i] * rows[r * n + i];
        out[r] = sum;
    }
}

__attribute__((noinline)) static void plain_int8(const int16_t *q, const int8_t *rows, size_t count, size_t n,
                                                 int32_t *out) {
    for (size_t r = 0; r < count; r++) {
        int32_t sum = 0;
        for (size_t i = 0; i < n; i++) sum += q[i] * rows[r * n + i];
        out[r] = sum;
    }
}

enum way { PLAIN_FLOAT, FAST_FLOAT, PLAIN_INT8, FAST_INT8, FAST_INT8_NEAREST, WAYS };

static void run(const struct bench *b, enum way way) {
    struct vector_near near[NEAREST];
    size_t n = b->dimensions;
    switch (way) {
    case PLAIN_FLOAT: plain_float(b->question, b->floats, b->count, n, b->float_out); break;
    case FAST_FLOAT: dot_float_rows(b->question, b->floats, b->count, n, b->float_out); break;
    case PLAIN_INT8: plain_int8(b->packed_question->values, b->rows.values, b->count, n, b->int_out); break;
    case FAST_INT8: dot_int8_rows(b->packed_question->values, b->rows.values, b->count, n, b->int_out); break;
    case FAST_INT8_NEAREST:
    case WAYS: (void)vector_nearest(&b->rows, b->packed_question, near, NEAREST); break;
    }
}

static void measure_speed(const struct bench *b) {
    static const char *const names[WAYS] = { "float32, plain loop", "float32", "int8, plain loop", "int8",
                                             "int8, with the five nearest" };
    int rounds = b->count > SMALL ? 7 : 200;
    double plain_us = 0;
    for (enum way way = 0; way < WAYS; way++) {
        int64_t best_us = INT64_MAX;
        for (int i = 0; i < rounds; i++) {
            int64_t start_us = clock_monotonic_us();
            for (int k = 0; k < 8; k++) run(b, way);
            int64_t us = clock_monotonic_us() - start_us;
            if (us < best_us) best_us = us;
        }
        double us = (double)best_us / 8;
        size_t bytes = b->count * b->dimensions * (way <= FAST_FLOAT ? sizeof(float) : 1);
        if (way == PLAIN_FLOAT) plain_us = us;
        printf("%7zu x %zu  %-28s %10.1f us %7.1f GB/s %6.1f times the plain float loop\n", b->count,
               b->dimensions, names[way], us, (double)bytes / us / 1000, plain_us / us);
    }
}

/* The five nearest by float32. */
static void true_nearest(const struct bench *b, struct vector_near best[NEAREST]) {
    dot_float_rows(b->question, b->floats, b->count, b->dimensions, b->float_out);
    for (size_t k = 0; k < NEAREST; k++) {
        size_t at = 0;
        for (size_t r = 1; r < b->count; r++)
            if (b->float_out[r] > b->float_out[at]) at = r;
        best[k] = (struct vector_near) { (uint32_t)at, b->float_out[at] };
        b->float_out[at] = -2;
    }
    for (size_t k = 0; k < NEAREST; k++) b->float_out[best[k].row] = best[k].cosine;
}

static void measure_loss(const struct bench *b, const char *name, uint64_t *seed, const float *middles) {
    size_t same = 0;
    double lost = 0;
    for (int q = 0; q < QUESTIONS; q++) {
        struct vector_near want[NEAREST], got[NEAREST];
        const float *middle = middles ? middles + (size_t)(q * 7 % BUNCHES) * b->dimensions : NULL;
        make_vector(seed, middle, b->question, b->dimensions);
        if (!vector_question_read(b->question, b->dimensions, b->packed_question)) abort();
        true_nearest(b, want);
        if (vector_nearest(&b->rows, b->packed_question, got, NEAREST) != NEAREST) abort();
        for (size_t i = 0; i < NEAREST; i++) {
            for (size_t k = 0; k < NEAREST; k++) same += want[i].row == got[k].row;
            lost += (double)(want[i].cosine - b->float_out[got[i].row]);
        }
    }
    printf("loss of int8, %s: recall@5 %.4f, cosine %.6f\n", name,
           (double)same / (double)(QUESTIONS * NEAREST), lost / (double)(QUESTIONS * NEAREST));
}

static void fill(struct bench *b, struct arena *arena, uint64_t *seed, const float *middles) {
    unsigned char *packed = arena_alloc(arena, vector_packed_bytes(b->dimensions));
    b->rows.count = 0;
    for (size_t r = 0; r < b->count; r++) {
        float *v = b->floats + r * b->dimensions;
        make_vector(seed, middles ? middles + r % BUNCHES * b->dimensions : NULL, v, b->dimensions);
        if (!packed || !vector_pack(v, b->dimensions, packed) ||
            !vector_rows_add(&b->rows,
                             (struct str) { (const char *)packed, vector_packed_bytes(b->dimensions) }))
            abort();
    }
}

int main(int argc, char **argv) {
    struct bench b = { .dimensions = argc > 1 ? strtoul(argv[1], NULL, 10) : 768 };
    uint64_t seed = 1;
    if (b.dimensions == 0 || b.dimensions > DOT_DIMENSIONS_MAX) return 2;
    struct arena *arena = arena_new((size_t)4 << 30);
    if (!arena || vector_rows_init(&b.rows, arena, b.dimensions, LARGE, NULL) != OK) abort();
    b.floats = arena_array(arena, LARGE * b.dimensions, sizeof(float));
    b.question = arena_array(arena, b.dimensions, sizeof(float));
    b.packed_question = arena_alloc(arena, sizeof *b.packed_question);
    b.float_out = arena_array(arena, LARGE, sizeof(float));
    b.int_out = arena_array(arena, LARGE, sizeof(int32_t));
    float *middles = arena_array(arena, BUNCHES * b.dimensions, sizeof(float));
    if (!b.floats || !b.question || !b.packed_question || !b.float_out || !b.int_out || !middles) abort();
    for (size_t i = 0; i < BUNCHES; i++) make_vector(&seed, NULL, middles + i * b.dimensions, b.dimensions);

    static const size_t counts[] = { SMALL, LARGE };
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        b.count = counts[i];
        fill(&b, arena, &seed, NULL);
        make_vector(&seed, NULL, b.question, b.dimensions);
        if (!vector_question_read(b.question, b.dimensions, b.packed_question)) abort();
        measure_speed(&b);
    }
    measure_loss(&b, "any direction, 100,000", &seed, NULL);
    fill(&b, arena, &seed, middles);
    measure_loss(&b, "in bunches of 50, 100,000", &seed, middles);
    arena_free(arena);
    return 0;
}
