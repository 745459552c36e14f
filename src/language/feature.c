#include "language/feature.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { PIECE_MIN = 3, PIECE_MAX = 5, PIECED_WORD_MIN = 4, WORD_BYTES_MAX = 24, FEATURE_BYTES_MAX = 96 };

_Static_assert(FEATURE_PIECES_MAX >= (PIECE_MAX - PIECE_MIN + 1) * (WORD_BYTES_MAX + 2),
               "room for all pieces");

bool features_open(struct features *f, struct arena *arena, size_t room) {
    *f = (struct features) { .arena = arena,
                             .room = room,
                             .items = arena_array(arena, room + 1, sizeof *f->items) };
    return f->items;
}

void features_add(struct features *f, const char *format, ...) {
    char text[FEATURE_BYTES_MAX];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof text) return;
    if (f->count == f->room || !arena_dup(f->arena, (struct str) { text, (size_t)n }, &f->items[f->count]))
        f->full = true;
    else
        f->count++;
}

void features_add_pieces(struct features *f, struct str word) {
    char framed[WORD_BYTES_MAX + 2];
    if (word.n < PIECED_WORD_MIN || word.n > WORD_BYTES_MAX) return;
    framed[0] = '^';
    memcpy(framed + 1, word.p, word.n);
    framed[word.n + 1] = '$';
    for (int size = PIECE_MIN; size <= PIECE_MAX; size++)
        for (size_t at = 0; at + (size_t)size <= word.n + 2; at++)
            features_add(f, "c:%.*s", size, framed + at);
}

int feature_compare(struct str a, struct str b) {
    int c = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

static int compare(const void *va, const void *vb) {
    const struct str *a = va, *b = vb;
    return feature_compare(*a, *b);
}

enum status features_finish(struct features *f, struct err *err) {
    size_t kept = 0;
    if (f->full) return fail(err, E_LIMIT, NULL, "no memory for the features of a message");
    qsort(f->items, f->count, sizeof *f->items, compare);
    for (size_t i = 0; i < f->count; i++)
        if (kept == 0 || !str_eq(f->items[i], f->items[kept - 1])) f->items[kept++] = f->items[i];
    f->count = kept;
    return OK;
}

static const float *row_of(const struct weight_table *t, struct str feature) {
    size_t low = 0, high = t->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = feature_compare(feature, t->features[middle]);
        if (c == 0) return &t->weights[middle * t->classes];
        if (c < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

void features_weigh(const struct features *f, const struct weight_table *t, double *scores) {
    for (size_t k = 0; k < t->classes; k++) scores[k] = (double)t->bias[k];
    for (size_t i = 0; i < f->count; i++) {
        const float *row = row_of(t, f->items[i]);
        for (size_t k = 0; row && k < t->classes; k++) scores[k] += (double)row[k];
    }
}
