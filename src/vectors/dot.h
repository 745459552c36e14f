#ifndef VECTORS_DOT_H
#define VECTORS_DOT_H
/*
 * dot -- dot products of one vector with many, at the speed of the memory they stand in.
 *
 * Plain loops that the compiler turns into the widest instructions there are: on x86-64 the best of three versions is taken when the
 * program starts, elsewhere the one of the target. Rows stand side by side, `dimensions` numbers each. Pure.
 */
#include <stddef.h>
#include <stdint.h>

/* Numbers of the question lie within +-DOT_QUESTION_MAX, so that DOT_DIMENSIONS_MAX products fit into 32 bits. */
enum { DOT_DIMENSIONS_MAX = 4096, DOT_QUESTION_MAX = 2047 };

void dot_float_rows(const float *question, const float *rows, size_t count, size_t dimensions, float *out);
void dot_int8_rows(const int16_t *question, const int8_t *rows, size_t count, size_t dimensions,
                   int32_t *out);

#endif
