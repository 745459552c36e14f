#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_BYTES = 256 };

void buf_init(struct buf *b, size_t max_bytes) {
    *b = (struct buf) { .max = max_bytes };
}

void buf_done(struct buf *b) {
    if (b->p) explicit_bzero(b->p, b->cap);
    free(b->p);
    *b = (struct buf) { .max = b->max };
}

void buf_clear(struct buf *b) {
    b->n = 0;
    b->failed = false;
}

/* Room for `more` bytes behind the present ones; marks the failure otherwise. */
static bool reserve(struct buf *b, size_t more) {
    if (b->failed) return false;
    if (more <= b->cap - b->n) return true;
    if (b->n > b->max || more > b->max - b->n) {
        b->failed = true;
        return false;
    }

    size_t need = b->n + more, cap = b->cap < FIRST_BYTES ? FIRST_BYTES : b->cap;
    while (cap < need) cap = cap > b->max / 2 ? b->max : cap * 2;
    if (cap > b->max) cap = b->max;

    /* Not realloc: the old bytes would stay readable in freed memory. */
    char *p = malloc(cap);
    if (!p) {
        b->failed = true;
        return false;
    }
    if (b->n) memcpy(p, b->p, b->n);
    if (b->p) explicit_bzero(b->p, b->cap);
    free(b->p);
    b->p = p;
    b->cap = cap;
    return true;
}

char *buf_room(struct buf *b, size_t n) {
    return reserve(b, n) ? b->p + b->n : NULL;
}

void buf_add(struct buf *b, struct str s) {
    if (s.n == 0 || !reserve(b, s.n)) return;
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void buf_add_char(struct buf *b, char c) {
    if (!reserve(b, 1)) return;
    b->p[b->n++] = c;
}

void buf_add_i64(struct buf *b, int64_t v) {
    char digits[20];
    size_t at = sizeof digits;
    uint64_t left = v < 0 ? (uint64_t)0 - (uint64_t)v : (uint64_t)v;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (v < 0) digits[--at] = '-';
    buf_add(b, (struct str) { digits + at, sizeof digits - at });
}

void buf_addf(struct buf *b, const char *fmt, ...) {
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);

    char small[512];
    if (n < 0) {
        b->failed = true;
    } else if ((size_t)n < sizeof small) {
        vsnprintf(small, sizeof small, fmt, again);
        buf_add(b, (struct str) { small, (size_t)n });
    } else if (b->n <= b->max && (size_t)n <= b->max - b->n) {
        char *text =
            malloc((size_t)n + 1); /* vsnprintf writes a NUL that the maximum may not have room for */
        if (text) {
            vsnprintf(text, (size_t)n + 1, fmt, again);
            buf_add(b, (struct str) { text, (size_t)n });
            explicit_bzero(text, (size_t)n);
            free(text);
        } else {
            b->failed = true;
        }
    } else {
        b->failed = true;
    }
    va_end(again);
}
