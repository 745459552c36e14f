#include "documents/fact_list.h"

#include "base/utf8.h"
#include "documents/line_tokens.h"

enum { CAPACITY_FIRST = 32, QUOTE_BYTES_MAX = 1200 };

bool fact_list_add(struct fact_list *l, const struct fact *f) {
    if (l->count == FACTS_MAX) return true;
    if (l->count == l->capacity) {
        size_t capacity = l->capacity ? l->capacity * 2 : CAPACITY_FIRST;
        struct fact *items = arena_array(l->arena, capacity, sizeof *items);
        if (!items) return false;
        if (l->count) memcpy(items, l->items, l->count * sizeof *items);
        l->items = items;
        l->capacity = capacity;
    }
    struct fact *added = &l->items[l->count];
    *added = *f;
    if (!utf8_fold(l->arena, f->name, &added->name_folded)) return false;
    l->count++;
    return true;
}

bool fact_place(struct arena *arena, const struct page_lines *p, size_t first, size_t last, struct fact *f) {
    struct box box = { 0 };
    size_t bytes = 0;
    uint8_t confidence = 100;
    for (size_t i = first; i <= last; i++) {
        const struct line *l = &p->lines[i];
        uint8_t c = words_confidence(l->words, l->word_count);
        box = box_union(box, l->box);
        bytes += l->text.n + 1;
        if (c < confidence) confidence = c;
    }
    char *text = arena_alloc(arena, bytes + 1);
    if (!text) return false;
    size_t n = 0;
    for (size_t i = first; i <= last; i++) {
        if (n) text[n++] = '\n';
        memcpy(text + n, p->lines[i].text.p, p->lines[i].text.n);
        n += p->lines[i].text.n;
    }
    f->page = p->page->number;
    f->box = box;
    f->confidence = confidence;
    f->quote = utf8_prefix((struct str) { text, n }, QUOTE_BYTES_MAX);
    return true;
}
