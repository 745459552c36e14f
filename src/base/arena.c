#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Sanitizer builds put a poisoned gap after every object, because ASan sees only whole blocks. */
#if UNDER_ASAN
#include <sanitizer/asan_interface.h>
enum { GAP_BYTES = 16 };
static void hide(void *p, size_t n) {
    __asan_poison_memory_region(p, n);
}
static void show(void *p, size_t n) {
    __asan_unpoison_memory_region(p, n);
}
#else
enum { GAP_BYTES = 0 };
static void hide(void *p, size_t n) {
    (void)p, (void)n;
}
static void show(void *p, size_t n) {
    (void)p, (void)n;
}
#endif

enum { FIRST_BLOCK_BYTES = 16 * 1024, BLOCK_BYTES_MAX = 1024 * 1024, PRINT_FIRST_BYTES = 256 };

struct block {
    struct block *next;
    size_t cap, used;
    alignas(max_align_t) unsigned char mem[];
};

struct defer {
    struct defer *next;
    void (*fn)(void *);
    void *obj;
};

struct arena {
    struct block *head; /* the newest; the first one is the last of the list and stays */
    struct defer *defers;
    size_t used_bytes, limit_bytes;
};

static struct block *block_new(size_t cap) {
    struct block *b = calloc(1, sizeof *b + cap);
    if (!b) return NULL;
    b->cap = cap;
    hide(b->mem, cap);
    return b;
}

static void block_wipe(struct block *b) {
    show(b->mem, b->cap);
    explicit_bzero(b->mem, b->used);
    b->used = 0;
}

struct arena *arena_new(size_t limit_bytes) {
    struct arena *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    a->limit_bytes = limit_bytes;
    a->head = block_new(FIRST_BLOCK_BYTES);
    if (!a->head) {
        free(a);
        return NULL;
    }
    return a;
}

void arena_reset(struct arena *a) {
    /* A clean-up may still read what the arena holds, so all of them run before anything is wiped. */
    while (a->defers) {
        struct defer *d = a->defers;
        a->defers = d->next;
        d->fn(d->obj);
    }
    while (a->head->next) {
        struct block *b = a->head;
        a->head = b->next;
        block_wipe(b);
        free(b);
    }
    block_wipe(a->head);
    hide(a->head->mem, a->head->cap);
    a->used_bytes = 0;
}

void arena_free(struct arena *a) {
    if (!a) return;
    arena_reset(a);
    show(a->head->mem, a->head->cap);
    free(a->head);
    free(a);
}

/* Blocks double, so that a large result costs few calls; a block is never much larger than what was asked for. */
static size_t next_block_bytes(const struct arena *a, size_t need) {
    size_t cap = a->head->cap * 2;
    if (cap > BLOCK_BYTES_MAX) cap = BLOCK_BYTES_MAX;
    return need > cap ? need : cap;
}

void *arena_alloc(struct arena *a, size_t bytes) {
    const size_t align = alignof(max_align_t);
    if (bytes > a->limit_bytes || a->used_bytes > a->limit_bytes - bytes) return NULL;
    if (bytes > SIZE_MAX / 2) return NULL;
    size_t need = ((bytes + align - 1) & ~(align - 1)) + GAP_BYTES;
    if (need == 0) need = align; /* two empty objects have two addresses */

    if (a->head->cap - a->head->used < need) {
        struct block *b = block_new(next_block_bytes(a, need));
        if (!b) return NULL;
        b->next = a->head;
        a->head = b;
    }
    void *p = a->head->mem + a->head->used;
    a->head->used += need;
    a->used_bytes += bytes;
    show(p, bytes);
    return p;
}

void *arena_array(struct arena *a, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) return NULL;
    return arena_alloc(a, bytes);
}

bool arena_dup(struct arena *a, struct str in, struct str *out) {
    if (in.n == SIZE_MAX) return false;
    char *p = arena_alloc(a, in.n + 1);
    if (!p) return false;
    if (in.n) memcpy(p, in.p, in.n);
    *out = (struct str) { p, in.n };
    return true;
}

char *arena_cstr(struct arena *a, struct str in) {
    if (str_find_char(in, '\0') < in.n || in.n == SIZE_MAX) return NULL;
    char *p = arena_alloc(a, in.n + 1);
    if (p && in.n) memcpy(p, in.p, in.n);
    return p;
}

bool arena_printf(struct arena *a, struct str *out, const char *fmt, ...) {
    char first[PRINT_FIRST_BYTES]; /* most texts are short: they are written once */
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(first, sizeof first, fmt, args);
    va_end(args);

    char *p = n < 0 ? NULL : arena_alloc(a, (size_t)n + 1);
    if (p && (size_t)n < sizeof first)
        memcpy(p, first, (size_t)n + 1);
    else if (p)
        vsnprintf(p, (size_t)n + 1, fmt, again);
    if (p) *out = (struct str) { p, (size_t)n };
    va_end(again);
    explicit_bzero(first, n > 0 && (size_t)n < sizeof first ? (size_t)n : sizeof first);
    return p != NULL;
}

bool arena_defer(struct arena *a, void (*fn)(void *), void *obj) {
    struct defer *d = arena_alloc(a, sizeof *d);
    if (!d) return false;
    *d = (struct defer) { a->defers, fn, obj };
    a->defers = d;
    return true;
}

size_t arena_used_bytes(const struct arena *a) {
    return a->used_bytes;
}
