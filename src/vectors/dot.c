/*
 * Only scoring happens here; choosing the best happens in another loop (vector.c): GCC 12 makes no vector instructions of a loop that does both.
 */
#include "vectors/dot.h"

/*
 * The versions are chosen by the dynamic linker (an IFUNC), which sanitizers do not go with. Clang 14 has no such attribute for levels of x86-64,
 * and other processors have no levels.
 */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) &&                 \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define FOR_EACH_LEVEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_LEVEL
#endif

FOR_EACH_LEVEL
void dot_float_rows(const float *restrict question, const float *restrict rows, size_t count,
                    size_t dimensions, float *restrict out) {
    for (size_t r = 0; r < count; r++) {
        const float *row = rows + r * dimensions;
        float sum = 0;
        for (size_t i = 0; i < dimensions; i++) sum += question[i] * row[i];
        out[r] = sum;
    }
}

/* A question of 16 bits: products of 16 with 16 bits, added up in pairs, are one instruction. */
FOR_EACH_LEVEL
void dot_int8_rows(const int16_t *restrict question, const int8_t *restrict rows, size_t count,
                   size_t dimensions, int32_t *restrict out) {
    for (size_t r = 0; r < count; r++) {
        const int8_t *row = rows + r * dimensions;
        int32_t sum = 0;
        for (size_t i = 0; i < dimensions; i++) sum += question[i] * row[i];
        out[r] = sum;
    }
}
