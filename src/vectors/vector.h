#ifndef VECTORS_VECTOR_H
#define VECTORS_VECTOR_H
/*
 * vector -- vectors of meaning in one byte a dimension, and the nearest of them by exact search.
 *
 * A vector is kept as whole numbers of -127..127 and one scale, which makes it of length 1 again: a quarter of the room of float32, and
 * the five nearest are the same but for near ties (bench/bench_vectors.c measures it). The question keeps 12 bits. Pure.
 */
#include "base/arena.h"
#include "base/status.h"
#include "vectors/dot.h"

enum { VECTOR_SCALE_BYTES = 4 };

/* Bytes of a packed vector: its scale (float32, little endian), then its numbers. */
static inline size_t vector_packed_bytes(size_t dimensions) {
    return VECTOR_SCALE_BYTES + dimensions;
}

/* Packs into out[vector_packed_bytes()]. False: no vector (a number that is none, or all zero, or not 1..DOT_DIMENSIONS_MAX of them). */
bool vector_pack(const float *, size_t dimensions, unsigned char *out) MUST_CHECK;

/* The numbers again, of length 1. False: not a packed vector of so many dimensions. */
bool vector_unpack(struct str packed, size_t dimensions, float *out) MUST_CHECK;

/* Vectors of one space, side by side. */
struct vector_rows {
    size_t dimensions, count, capacity;
    int8_t *values;
    float *scales;
};

/* Room for so many; E_LIMIT when the arena is full. */
enum status vector_rows_init(struct vector_rows *, struct arena *, size_t dimensions, size_t capacity,
                             struct err *) MUST_CHECK;

/* Adds a packed vector. False: there is no room, or it is not one of these dimensions. */
bool vector_rows_add(struct vector_rows *, struct str packed) MUST_CHECK;

struct vector_question {
    size_t dimensions;
    float scale;
    int16_t values[DOT_DIMENSIONS_MAX];
};

/* False as vector_pack(). */
bool vector_question_read(const float *, size_t dimensions, struct vector_question *out) MUST_CHECK;

struct vector_near {
    uint32_t row;
    float cosine;
};

/* The nearest `max` rows, best first; of equally near ones the earlier row. Answers how many; 0 when the dimensions differ. */
size_t vector_nearest(const struct vector_rows *, const struct vector_question *, struct vector_near *out,
                      size_t max);

#endif
