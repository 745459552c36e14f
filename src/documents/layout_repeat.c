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
/* Lines of neighbouring pages that OCR read a little differently are the same; how many of their letters may differ. */
enum {
    NEAR_PAGES = 2,
    NEAR_LINES_MAX = 64,
    NEAR_BYTES_MIN = 12,
    NEAR_PERCENT = 12,
    DIFFERENCE_MAX = KEY_BYTES_MAX * NEAR_PERCENT / 100
};
/* A header that goes on below its part of the page: to here, and as long as each line is that of the page before. */
enum { LONG_HEADER_PERCENT = 35 };

struct margin_line {
    struct line *line;
    struct str key;   /* folded, each number as '#' */
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

/* Each number as one '#': "page 9" and "page 10" are the same. */
static bool without_figures(struct arena *arena, struct str key, struct str *out) {
    char *p = arena_alloc(arena, key.n + 1);
    size_t n = 0;
    if (!p) return false;
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] != '#' || n == 0 || p[n - 1] != '#') p[n++] = key.p[i];
    *out = (struct str) { p, n };
    return true;
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
    folded = utf8_prefix(folded, KEY_BYTES_MAX); /* "½" is five bytes then */
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
        if (!without_figures(arena, m.key, &m.key)) return false;
        out[(*count)++] = m;
    }
    return true;
}

/* Letters to put in, leave out or change to make b of a, or more than max (at most DIFFERENCE_MAX). Both at most KEY_BYTES_MAX long. */
static size_t difference(struct str a, struct str b, size_t max) {
    size_t row[KEY_BYTES_MAX + 1];
    if (a.n + max < b.n || b.n + max < a.n) return max + 1;
    for (size_t k = 0; k <= b.n; k++) row[k] = k;
    for (size_t i = 1; i <= a.n; i++) {
        size_t before = row[0], best = row[0] = i;
        for (size_t k = 1; k <= b.n; k++) {
            size_t change = before + (a.p[i - 1] != b.p[k - 1]),
                   less = row[k] < row[k - 1] ? row[k] + 1 : row[k - 1] + 1;
            before = row[k];
            row[k] = change < less ? change : less;
            if (row[k] < best) best = row[k];
        }
        if (best > max) return max + 1;
    }
    return row[b.n];
}

static bool are_near(const struct margin_line *a, const struct margin_line *b) {
    int32_t apart = a->permille - b->permille;
    if (apart > HEIGHT_TOLERANCE_PERMILLE || apart < -HEIGHT_TOLERANCE_PERMILLE) return false;
    if (a->key.n < NEAR_BYTES_MIN || b->key.n < NEAR_BYTES_MIN) return false;
    size_t longer = a->key.n > b->key.n ? a->key.n : b->key.n, max = longer * NEAR_PERCENT / 100;
    return difference(a->key, b->key, max) <= max;
}

/* Marks lines of pages that lie near each other; `start` has where the lines of each page begin in m. */
static void mark_near(struct margin_line *m, const size_t *start, size_t pages) {
    for (size_t i = 0; i < pages; i++)
        for (size_t k = i + 1; k <= i + NEAR_PAGES && k < pages; k++) {
            if (start[i + 1] - start[i] > NEAR_LINES_MAX || start[k + 1] - start[k] > NEAR_LINES_MAX)
                continue;
            for (size_t a = start[i]; a < start[i + 1]; a++)
                for (size_t b = start[k]; b < start[k + 1]; b++)
                    if (!(m[a].line->repeated && m[b].line->repeated) && are_near(&m[a], &m[b]))
                        m[a].line->repeated = m[b].line->repeated = true;
        }
}

/* A long header that the page before has too: its lines below the usual part. There they stay, so that nothing printed is lost. */
static void mark_long_header(const struct page_lines *before, struct page_lines *p) {
    for (size_t i = 0; i < p->count && i < before->count; i++) {
        struct line *l = &p->lines[i];
        int32_t at = permille_of(p, l), apart = at - permille_of(before, &before->lines[i]);
        bool usual = at <= HEADER_PERCENT * 10, same = str_eq(l->text, before->lines[i].text);
        if (at > LONG_HEADER_PERCENT * 10 || (usual && !l->repeated && !same)) return;
        if (usual) continue;
        if (!same || apart > HEIGHT_TOLERANCE_PERMILLE || apart < -HEIGHT_TOLERANCE_PERMILLE) return;
        l->repeated = true;
    }
}

enum status layout_mark_repeated(struct arena *arena, struct page_lines *pages, size_t count, struct err *e) {
    size_t total = 0, n = 0;
    for (size_t i = 0; i < count; i++) total += pages[i].count;
    struct margin_line *m = arena_array(arena, total + 1, sizeof *m);
    size_t *start = arena_array(arena, count + 1, sizeof *start);
    if (!m || !start) return fail(e, E_LIMIT, NULL, "no memory for %zu lines", total);
    for (size_t i = 0; i < count; i++) {
        if (!collect(arena, &pages[i], m, &n))
            return fail(e, E_LIMIT, NULL, "no memory for the margins of a page");
        start[i + 1] = n;
    }
    mark_near(m, start, count);
    qsort(m, n, sizeof *m, compare_margin);
    for (size_t i = 1; i < n; i++) {
        if (!str_eq(m[i].key, m[i - 1].key) || m[i].line->page == m[i - 1].line->page) continue;
        if (m[i].permille - m[i - 1].permille > HEIGHT_TOLERANCE_PERMILLE) continue;
        m[i].line->repeated = m[i - 1].line->repeated = true;
    }
    for (size_t i = 1; i < count; i++) mark_long_header(&pages[i - 1], &pages[i]);
    return OK;
}
