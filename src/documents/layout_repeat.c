#include "documents/layout.h"

#include "base/utf8.h"

#include <stdlib.h>

/* Headers and footers stand in these parts of a page, at the same height from page to page within a tolerance. */
enum {
    HEADER_PERCENT = 16,
    FOOTER_PERCENT = 88,
    PAGE_NUMBER_PERCENT = 8,
    HEIGHT_TOLERANCE_PERMILLE = 8,
    KEY_BYTES_MAX = 160
};

struct margin_line {
    struct line *line;
    struct str key;   /* folded, each digit as '#' */
    int32_t permille; /* of the page's height */
};

static int32_t permille_of(const struct page_lines *p, const struct line *l) {
    int64_t height = p->page->height > 0 ? p->page->height : 1;
    int64_t at = ((int64_t)l->box.y + l->box.h / 2) * 1000 / height;
    return (int32_t)(at < -1000 ? -1000 : at > 2000 ? 2000 : at);
}

static int compare_margin(const void *va, const void *vb) {
    const struct margin_line *a = va, *b = vb;
    size_t n = a->key.n < b->key.n ? a->key.n : b->key.n;
    int order = n ? memcmp(a->key.p, b->key.p, n) : 0;
    if (order) return order;
    if (a->key.n != b->key.n) return a->key.n < b->key.n ? -1 : 1;
    if (a->permille != b->permille) return a->permille < b->permille ? -1 : 1;
    return a->line->page < b->line->page ? -1 : a->line->page > b->line->page;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* "3", "3/5", "- 3 -", "page 3 sur 5", "p. 3": words of a page number and nothing else. */
static bool is_page_number(struct str key) {
    static const struct str words[] = {
        { "page", 4 }, { "sur", 3 }, { "p", 1 }, { "of", 2 }, { "pages", 5 }
    };
    size_t digits = 0, i = 0;
    if (key.n > 24) return false;
    while (i < key.n) {
        size_t from = i;
        while (i < key.n && key.p[i] >= 'a' && key.p[i] <= 'z') i++;
        if (i == from) {
            if (key.p[i] == '#')
                digits++;
            else if (!strchr(" /-.:", key.p[i]))
                return false;
            i++;
            continue;
        }
        bool known = false;
        for (size_t k = 0; k < COUNT_OF(words); k++)
            known = known || str_eq(str_sub(key, from, i - from), words[k]);
        if (!known) return false;
    }
    return digits >= 1 && digits <= 6;
}

static bool key_of(struct arena *arena, const struct line *l, struct str *out) {
    struct str folded;
    if (!utf8_fold(arena, utf8_prefix(l->text, KEY_BYTES_MAX), &folded)) return false;
    char *p = arena_alloc(arena, folded.n + 1);
    if (!p) return false;
    for (size_t i = 0; i < folded.n; i++) p[i] = is_digit(folded.p[i]) ? '#' : folded.p[i];
    *out = (struct str) { p, folded.n };
    return true;
}

/* The lines near the upper and lower edge; page numbers are marked at once. */
static bool collect(struct arena *arena, struct page_lines *p, struct margin_line *out, size_t *count) {
    for (size_t i = 0; i < p->count; i++) {
        struct margin_line m = { .line = &p->lines[i], .permille = permille_of(p, &p->lines[i]) };
        if (m.permille > HEADER_PERCENT * 10 && m.permille < FOOTER_PERCENT * 10) continue;
        if (!key_of(arena, m.line, &m.key)) return false;
        bool edge = m.permille < PAGE_NUMBER_PERCENT * 10 || m.permille > 1000 - PAGE_NUMBER_PERCENT * 10;
        if (edge && is_page_number(m.key)) m.line->repeated = true;
        out[(*count)++] = m;
    }
    return true;
}

enum status layout_mark_repeated(struct arena *arena, struct page_lines *pages, size_t count, struct err *e) {
    size_t total = 0, n = 0;
    for (size_t i = 0; i < count; i++) total += pages[i].count;
    struct margin_line *m = arena_array(arena, total + 1, sizeof *m);
    if (!m) return fail(e, E_LIMIT, NULL, "no memory for %zu lines", total);
    for (size_t i = 0; i < count; i++)
        if (!collect(arena, &pages[i], m, &n))
            return fail(e, E_LIMIT, NULL, "no memory for the margins of a page");
    qsort(m, n, sizeof *m, compare_margin);
    for (size_t i = 1; i < n; i++) {
        if (!str_eq(m[i].key, m[i - 1].key) || m[i].line->page == m[i - 1].line->page) continue;
        if (m[i].permille - m[i - 1].permille > HEIGHT_TOLERANCE_PERMILLE) continue;
        m[i].line->repeated = m[i - 1].line->repeated = true;
    }
    return OK;
}
