#include "metrics/spread.h"

#include <stdlib.h>

enum { FIRST_ROOM = 1024 };

static enum status grow(struct spread *s, struct err *e) {
    size_t room = s->room ? 2 * s->room : FIRST_ROOM;
    struct spread_item *items = arena_array(s->arena, room, sizeof *items);
    if (!items) return fail(e, E_LIMIT, NULL, "no memory for %zu durations", room);
    if (s->count) memcpy(items, s->items, s->count * sizeof *items);
    s->items = items;
    s->room = room;
    return OK;
}

enum status spread_add(struct spread *s, size_t bucket, int64_t us, struct err *e) {
    if (s->count == s->room) {
        enum status grown = grow(s, e);
        if (grown != OK) return grown;
    }
    s->items[s->count++] = (struct spread_item) { bucket, us > 0 ? us : 0 };
    return OK;
}

static int by_us(const void *va, const void *vb) {
    const struct spread_item *a = va, *b = vb;
    return (a->us > b->us) - (a->us < b->us);
}

static int by_bucket_and_us(const void *va, const void *vb) {
    const struct spread_item *a = va, *b = vb;
    if (a->bucket != b->bucket) return a->bucket < b->bucket ? -1 : 1;
    return by_us(va, vb);
}

static int64_t rank(const struct spread_item *items, size_t n, unsigned percent) {
    return items[(n * percent + 99) / 100 - 1].us;
}

static struct spread_figures figures_of(const struct spread_item *items, size_t n) {
    double sum = 0;
    if (n == 0) return (struct spread_figures) { 0 };
    for (size_t i = 0; i < n; i++) sum += (double)items[i].us;
    return (struct spread_figures) { (int64_t)n, sum / (double)n, rank(items, n, 50), rank(items, n, 95) };
}

void spread_figures(struct spread *s, struct spread_figures *all, struct spread_figures *by_bucket,
                    size_t buckets) {
    *all = (struct spread_figures) { 0 };
    for (size_t i = 0; i < buckets; i++) by_bucket[i] = (struct spread_figures) { 0 };
    if (s->count == 0) return;
    qsort(s->items, s->count, sizeof *s->items, by_us);
    *all = figures_of(s->items, s->count);
    qsort(s->items, s->count, sizeof *s->items, by_bucket_and_us);
    for (size_t from = 0, to; from < s->count; from = to) {
        size_t bucket = s->items[from].bucket;
        for (to = from; to < s->count && s->items[to].bucket == bucket; to++) {
        }
        if (bucket < buckets) by_bucket[bucket] = figures_of(s->items + from, to - from);
    }
}
