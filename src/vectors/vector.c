#include "vectors/vector.h"

#include <math.h>

enum { ROW_MAX = 127, BLOCK_ROWS = 256 };

/* The largest number without its sign; 0: none, or one that is no number. */
static float largest(const float *v, size_t n) {
    float max = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(v[i])) return 0;
        max = fmaxf(max, fabsf(v[i]));
    }
    return max;
}

static void put_scale(float scale, unsigned char out[VECTOR_SCALE_BYTES]) {
    uint32_t bits;
    memcpy(&bits, &scale, sizeof bits);
    for (size_t i = 0; i < VECTOR_SCALE_BYTES; i++) out[i] = (unsigned char)(bits >> 8 * i);
}

static float get_scale(const char *in) {
    uint32_t bits = 0;
    float scale;
    for (size_t i = 0; i < VECTOR_SCALE_BYTES; i++) bits |= (uint32_t)(unsigned char)in[i] << 8 * i;
    memcpy(&scale, &bits, sizeof scale);
    return scale;
}

bool vector_pack(const float *v, size_t n, unsigned char *out) {
    float max = n && n <= DOT_DIMENSIONS_MAX ? largest(v, n) : 0;
    double squares = 0;
    if (max <= 0) return false;
    for (size_t i = 0; i < n; i++) {
        long rounded = lrintf(v[i] / max * ROW_MAX);
        squares += (double)(rounded * rounded);
        out[VECTOR_SCALE_BYTES + i] = (unsigned char)(int8_t)rounded;
    }
    put_scale((float)(1 / sqrt(squares)), out);
    return true;
}

static bool is_packed(struct str packed, size_t n) {
    if (n == 0 || n > DOT_DIMENSIONS_MAX || packed.n != vector_packed_bytes(n)) return false;
    float scale = get_scale(packed.p);
    return isfinite(scale) && scale > 0 && scale <= 1;
}

bool vector_unpack(struct str packed, size_t n, float *out) {
    if (!is_packed(packed, n)) return false;
    float scale = get_scale(packed.p);
    for (size_t i = 0; i < n; i++) out[i] = scale * (float)(int8_t)packed.p[VECTOR_SCALE_BYTES + i];
    return true;
}

enum status vector_rows_init(struct vector_rows *rows, struct arena *arena, size_t n, size_t capacity,
                             struct err *err) {
    *rows = (struct vector_rows) { .dimensions = n, .capacity = capacity };
    rows->values = arena_array(arena, capacity, n);
    rows->scales = arena_array(arena, capacity, sizeof *rows->scales);
    if (!rows->values || !rows->scales)
        return fail(err, E_LIMIT, NULL, "no memory for %zu vectors of %zu", capacity, n);
    return OK;
}

bool vector_rows_add(struct vector_rows *rows, struct str packed) {
    if (rows->count == rows->capacity || !is_packed(packed, rows->dimensions)) return false;
    rows->scales[rows->count] = get_scale(packed.p);
    memcpy(rows->values + rows->count * rows->dimensions, packed.p + VECTOR_SCALE_BYTES, rows->dimensions);
    rows->count++;
    return true;
}

bool vector_question_read(const float *v, size_t n, struct vector_question *out) {
    float max = n && n <= DOT_DIMENSIONS_MAX ? largest(v, n) : 0;
    double squares = 0;
    if (max <= 0) return false;
    for (size_t i = 0; i < n; i++) {
        out->values[i] = (int16_t)lrintf(v[i] / max * DOT_QUESTION_MAX);
        squares += (double)out->values[i] * out->values[i];
    }
    out->dimensions = n;
    out->scale = (float)(1 / sqrt(squares));
    return true;
}

/* Inserts into the best `max`, kept in order. Rows come by rising number, so that an equal one goes behind. */
static void keep_nearest(struct vector_near *list, size_t *count, size_t max, struct vector_near item) {
    size_t at = *count;
    while (at && list[at - 1].cosine < item.cosine) at--;
    if (at >= max) return;
    size_t end = *count < max ? (*count)++ : max - 1;
    for (size_t i = end; i > at; i--) list[i] = list[i - 1];
    list[at] = item;
}

size_t vector_nearest(const struct vector_rows *rows, const struct vector_question *q,
                      struct vector_near *out, size_t max) {
    int32_t sums[BLOCK_ROWS];
    size_t found = 0;
    if (max == 0 || rows->dimensions != q->dimensions) return 0;
    for (size_t from = 0; from < rows->count; from += BLOCK_ROWS) {
        size_t n = rows->count - from < BLOCK_ROWS ? rows->count - from : BLOCK_ROWS;
        dot_int8_rows(q->values, rows->values + from * rows->dimensions, n, rows->dimensions, sums);
        for (size_t i = 0; i < n; i++) {
            float cosine = (float)sums[i] * rows->scales[from + i] * q->scale;
            if (found == max && cosine <= out[max - 1].cosine) continue;
            keep_nearest(out, &found, max, (struct vector_near) { (uint32_t)(from + i), cosine });
        }
    }
    return found;
}
