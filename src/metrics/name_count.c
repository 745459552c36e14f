#include "metrics/name_count.h"

#include <stdlib.h>

static struct name_count *find(struct name_counts *list, struct str name) {
    for (size_t i = 0; i < list->count; i++)
        if (str_eq(list->items[i].name, name)) return &list->items[i];
    return NULL;
}

enum status name_count_add(struct name_counts *list, struct arena *arena, struct str name, bool also,
                           struct err *e) {
    struct name_count *item = find(list, name);
    if (!item && list->count >= NAME_COUNTS_MAX) {
        name = STR("other");
        item = find(list, name);
    }
    if (!item) {
        item = &list->items[list->count];
        *item = (struct name_count) { 0 };
        if (!arena_dup(arena, name, &item->name)) return fail(e, E_LIMIT, NULL, "no memory for a name");
        list->count++;
    }
    item->n++;
    item->also += also;
    return OK;
}

static int commonest_first(const void *va, const void *vb) {
    const struct name_count *a = va, *b = vb;
    if (a->n != b->n) return a->n > b->n ? -1 : 1;
    return str_compare(a->name, b->name);
}

void name_counts_sort(struct name_counts *list) {
    qsort(list->items, list->count, sizeof list->items[0], commonest_first);
}
