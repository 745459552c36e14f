#include "documents/table_columns.h"

#include <stdlib.h>

/* In percent of a word's height: the gap before a word that starts a part of a row, and how exactly left edges agree. */
enum { EDGE_GAP_PERCENT = 90, EDGE_MERGE_PERCENT = 40, OVERLAP_PERCENT = 30 };
/* An edge with something before it on so many lines parts two columns, whatever the headings say. */
enum { INNER_LINES_MIN = 2, INNER_LINES_PERCENT = 25 };

struct edge {
    int32_t x;
    size_t line;
    bool inner; /* something of the same interval stands before it on its line */
};

/* Left edges that agree. */
struct cluster {
    int32_t x;
    size_t lines, inner;
    bool chosen;
};

enum { CLUSTERS_MAX = 128 };

static int compare_edges(const void *va, const void *vb) {
    const struct edge *a = va, *b = vb;
    if (a->x != b->x) return a->x < b->x ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

/* Intervals of x that cells of the lines cover, joined where they touch: columns with clear gaps between them. */
static size_t intervals(struct arena *arena, const struct page_lines *p, const struct table *t,
                        struct box *out) {
    size_t cells = 0, n = 0, count = 0;
    for (size_t i = t->first; i < t->end; i++) cells += p->lines[i].cell_count;
    struct edge *starts = arena_array(arena, cells + 1, sizeof *starts);
    if (!starts) return 0;
    for (size_t i = t->first; i < t->end; i++)
        for (size_t k = 0; k < p->lines[i].cell_count && k < UINT16_MAX; k++)
            starts[n++] = (struct edge) { .x = p->lines[i].cells[k].box.x, .line = (i << 16) | k };
    qsort(starts, n, sizeof *starts, compare_edges);
    for (size_t i = 0; i < n; i++) {
        const struct box *b = &p->lines[starts[i].line >> 16].cells[starts[i].line & UINT16_MAX].box;
        if (count && b->x <= out[count - 1].x + out[count - 1].w) {
            if (b->x + b->w > out[count - 1].x + out[count - 1].w)
                out[count - 1].w = b->x + b->w - out[count - 1].x;
        } else if (count < COLUMNS_MAX) {
            out[count++] = (struct box) { b->x, 0, b->w, 0 };
        } else {
            return 0;
        }
    }
    return count;
}

static bool starts_part(const struct line *l, size_t word, int32_t height) {
    if (word == 0) return true;
    const struct box *a = &l->words[word - 1].box, *b = &l->words[word].box;
    int32_t gap = b->x - (a->x + a->w);
    return gap * 100 > height * EDGE_GAP_PERCENT || gap * 100 < -height * OVERLAP_PERCENT;
}

/* The left edges inside an interval that lines share, from left to right. */
static size_t clusters_in(struct arena *arena, const struct page_lines *p, const struct table *t,
                          const struct box *in, struct cluster *out) {
    size_t words = 0, n = 0, count = 0;
    int32_t near = p->word_height * EDGE_MERGE_PERCENT / 100;
    for (size_t i = t->first; i < t->end; i++) words += p->lines[i].word_count;
    struct edge *edges = arena_array(arena, words + 1, sizeof *edges);
    if (!edges) return 0;
    for (size_t i = t->first; i < t->end; i++) {
        const struct line *l = &p->lines[i];
        for (size_t k = 0; k < l->word_count; k++) {
            int32_t x = l->words[k].box.x;
            if (x <= in->x + near || x >= in->x + in->w || !starts_part(l, k, p->word_height)) continue;
            edges[n++] = (struct edge) { x, i, k && l->words[k - 1].box.x >= in->x };
        }
    }
    qsort(edges, n, sizeof *edges, compare_edges);
    for (size_t i = 0; i < n && count < CLUSTERS_MAX;) {
        struct cluster *c = &out[count++];
        *c = (struct cluster) { .x = edges[i].x };
        size_t end = i;
        for (; end < n && edges[end].x - edges[i].x <= near; end++) {
            c->lines++;
            c->inner += edges[end].inner;
        }
        i = end;
    }
    return count;
}

static int32_t middle_of(const struct heading *h) {
    return h->left + (h->right - h->left) / 2;
}

/* Could the column under `right` start at c, when `left` is the heading before it? */
static bool can_part(const struct cluster *c, const struct heading *left, const struct heading *right,
                     int32_t height) {
    if (c->x <= middle_of(left) || c->x > middle_of(right) + height) return false;
    return c->inner > 0 || c->x >= left->right - height;
}

/* Chooses an edge between two headings, unless there is one. */
static void part_headings(struct cluster *c, size_t count, const struct heading *left,
                          const struct heading *right, int32_t height) {
    struct cluster *best = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!can_part(&c[i], left, right, height)) continue;
        if (c[i].chosen) return;
        bool better = !best || (c[i].inner > 0) > (best->inner > 0) ||
                      ((c[i].inner > 0) == (best->inner > 0) && c[i].lines > best->lines);
        if (better) best = &c[i];
    }
    if (best) best->chosen = true;
}

/* Chooses the edges that part an interval: those that lines prove, and one between any two headings above it. */
static void choose(struct cluster *c, size_t count, const struct headings *h, const struct box *in,
                   int32_t zone_right, size_t lines, int32_t height) {
    size_t proof = lines * INNER_LINES_PERCENT / 100;
    if (proof < INNER_LINES_MIN) proof = INNER_LINES_MIN;
    for (size_t i = 0; i < count; i++) c[i].chosen = c[i].inner >= proof;
    for (size_t i = 1; i < h->count; i++) {
        bool over = middle_of(&h->items[i - 1]) > in->x - height / 2 && middle_of(&h->items[i]) < zone_right;
        if (over) part_headings(c, count, &h->items[i - 1], &h->items[i], height);
    }
}

size_t table_columns_find(struct arena *arena, const struct page_lines *p, const struct headings *h,
                          const struct table *t, struct box *out) {
    struct box whole[COLUMNS_MAX];
    struct cluster c[CLUSTERS_MAX];
    size_t wholes = intervals(arena, p, t, whole), count = 0;
    for (size_t i = 0; i < wholes; i++) {
        int32_t right = whole[i].x + whole[i].w, zone_right = i + 1 < wholes ? whole[i + 1].x : INT32_MAX;
        size_t clusters = clusters_in(arena, p, t, &whole[i], c);
        choose(c, clusters, h, &whole[i], zone_right, t->end - t->first, p->word_height);
        if (count < COLUMNS_MAX) out[count++] = whole[i];
        for (size_t k = 0; k < clusters; k++) {
            if (!c[k].chosen || count == COLUMNS_MAX) continue;
            out[count - 1].w = c[k].x - out[count - 1].x - p->word_height / 2;
            if (out[count - 1].w < 1) out[count - 1].w = 1;
            out[count++] = (struct box) { c[k].x, 0, right - c[k].x, 0 };
        }
    }
    return count;
}
