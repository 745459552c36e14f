#ifndef UNIT_VECTORS_NUMBERS_H
#define UNIT_VECTORS_NUMBERS_H
/*
 * numbers -- the same made-up vectors in each run: splitmix64 (Steele, Lea & Flood 2014) from a seed.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>

static inline uint64_t numbers_next(uint64_t *seed) {
    uint64_t z = (*seed += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* -1 .. 1 */
static inline float numbers_float(uint64_t *seed) {
    return (float)((double)(numbers_next(seed) >> 11) / (double)(UINT64_C(1) << 52) - 1.0);
}

/* A vector of length 1 in any direction. */
static inline void numbers_vector(uint64_t *seed, float *out, size_t n) {
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        out[i] = numbers_float(seed) + numbers_float(seed) + numbers_float(seed);
        squares += (double)out[i] * (double)out[i];
    }
    for (size_t i = 0; i < n; i++) out[i] /= (float)sqrt(squares);
}

#endif
