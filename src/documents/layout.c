#include "documents/layout.h"

#include <stdlib.h>

/* How far apart the middles of two neighbours on a line may be, and how wide a gap splits cells: parts of a word's height. */
enum {
    SLOPE_MIN_PERCENT = 25,
    SLOPE_PERCENT = 50,
    CELL_GAP_PERCENT = 100,
    CELL_GAP_MAX_PERCENT = 170,
    OVERLAP_PERCENT = 30
};
enum { LINE_GAPS_MIN = 2, LINE_GAP_PERCENT = 150 };
/* Open lines are found by height in buckets; a look-up looks at no more than this many, so that time stays linear. */
enum { BUCKETS_MAX = 8192, LOOKUPS_MAX = 48, COORDINATE_MAX = 1000000 };

enum { NONE = -1 };

/* A line while words are added to its right end. */
struct open_line {
    int32_t last_mid, last_height, top;
    int32_t first_word, last_word; /* chain through build.next_word */
    int32_t next, previous;        /* in its bucket */
    uint32_t words;
};

struct build {
    struct word *words;
    size_t count;
    int32_t *next_word;
    struct open_line *lines;
    size_t line_count;
    int32_t *buckets;
    int32_t bucket_count, bucket_size, word_height, top;
};

static int32_t clamp_i32(int64_t v, int64_t min, int64_t max) {
    return (int32_t)(v < min ? min : v > max ? max : v);
}

static int32_t word_mid(const struct word *w) {
    return w->box.y + w->box.h / 2;
}

static int compare_words(const void *va, const void *vb) {
    const struct word *a = va, *b = vb;
    if (a->box.x != b->box.x) return a->box.x < b->box.x ? -1 : 1;
    if (a->box.y != b->box.y) return a->box.y < b->box.y ? -1 : 1;
    return a->box.w < b->box.w ? -1 : a->box.w > b->box.w;
}

static int compare_i32(const void *va, const void *vb) {
    const int32_t *a = va, *b = vb;
    return *a < *b ? -1 : *a > *b;
}

static int compare_lines(const void *va, const void *vb) {
    const struct line *a = va, *b = vb;
    int32_t ma = a->box.y + a->box.h / 2, mb = b->box.y + b->box.h / 2;
    if (ma != mb) return ma < mb ? -1 : 1;
    return a->box.x < b->box.x ? -1 : a->box.x > b->box.x;
}

struct box box_union(struct box a, struct box b) {
    if (a.w <= 0 && a.h <= 0) return b;
    if (b.w <= 0 && b.h <= 0) return a;
    int32_t x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
    int32_t right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int32_t bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct box) { x, y, right - x, bottom - y };
}

/* A ruled line that was read as a sign. */
static bool is_rule(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '|') return false;
    return true;
}

/* Words with text, their boxes brought into sane bounds, from left to right. */
static bool take_words(struct arena *arena, const struct page *page, struct build *b) {
    b->words = arena_array(arena, page->word_count + 1, sizeof *b->words);
    if (!b->words) return false;
    for (size_t i = 0; i < page->word_count; i++) {
        struct word w = page->words[i];
        if (is_rule(w.text)) continue;
        w.box.x = clamp_i32(w.box.x, -COORDINATE_MAX, COORDINATE_MAX);
        w.box.y = clamp_i32(w.box.y, -COORDINATE_MAX, COORDINATE_MAX);
        w.box.w = clamp_i32(w.box.w, 1, COORDINATE_MAX);
        w.box.h = clamp_i32(w.box.h, 1, COORDINATE_MAX);
        b->words[b->count++] = w;
    }
    qsort(b->words, b->count, sizeof *b->words, compare_words);
    return true;
}

static bool measure(struct arena *arena, struct build *b) {
    int32_t *heights = arena_array(arena, b->count, sizeof *heights);
    if (!heights) return false;
    int32_t top = COORDINATE_MAX, bottom = -COORDINATE_MAX;
    for (size_t i = 0; i < b->count; i++) {
        int32_t mid = word_mid(&b->words[i]);
        heights[i] = b->words[i].box.h;
        if (mid < top) top = mid;
        if (mid > bottom) bottom = mid;
    }
    qsort(heights, b->count, sizeof *heights, compare_i32);
    b->word_height = heights[b->count / 2];
    b->top = top;
    b->bucket_size = b->word_height * SLOPE_MIN_PERCENT / 100 + 1;
    int32_t span = bottom - top;
    if (span / b->bucket_size >= BUCKETS_MAX) b->bucket_size = span / BUCKETS_MAX + 1;
    b->bucket_count = span / b->bucket_size + 1;
    return true;
}

static bool build_alloc(struct arena *arena, struct build *b) {
    b->next_word = arena_array(arena, b->count, sizeof *b->next_word);
    b->lines = arena_array(arena, b->count, sizeof *b->lines);
    b->buckets = arena_array(arena, (size_t)b->bucket_count, sizeof *b->buckets);
    if (!b->next_word || !b->lines || !b->buckets) return false;
    for (int32_t i = 0; i < b->bucket_count; i++) b->buckets[i] = NONE;
    return true;
}

static int32_t bucket_of(const struct build *b, int32_t mid) {
    return clamp_i32((mid - b->top) / b->bucket_size, 0, b->bucket_count - 1);
}

/* How far the middle of w may be from that of the last word of a line. */
static int32_t slope_allowed(const struct build *b, const struct word *w, int32_t last_height) {
    int32_t h = w->box.h < last_height ? w->box.h : last_height;
    return clamp_i32((int64_t)h * SLOPE_PERCENT / 100, (int64_t)b->word_height * SLOPE_MIN_PERCENT / 100,
                     b->word_height);
}

/* The open line that w continues best, or NONE. */
static int32_t find_line(const struct build *b, const struct word *w) {
    int32_t mid = word_mid(w), best = NONE, best_distance = INT32_MAX, looked = 0;
    int32_t reach = slope_allowed(b, w, w->box.h);
    int32_t from = bucket_of(b, mid - reach), to = bucket_of(b, mid + reach);
    for (int32_t k = from; k <= to; k++) {
        for (int32_t i = b->buckets[k]; i != NONE; i = b->lines[i].next) {
            if (++looked > LOOKUPS_MAX) return best;
            int32_t distance = abs(mid - b->lines[i].last_mid);
            if (distance > slope_allowed(b, w, b->lines[i].last_height) || distance >= best_distance)
                continue;
            best = i;
            best_distance = distance;
        }
    }
    return best;
}

static void bucket_remove(struct build *b, int32_t line) {
    const struct open_line *l = &b->lines[line];
    if (l->next != NONE) b->lines[l->next].previous = l->previous;
    if (l->previous != NONE)
        b->lines[l->previous].next = l->next;
    else
        b->buckets[bucket_of(b, l->last_mid)] = l->next;
}

static void bucket_insert(struct build *b, int32_t line) {
    int32_t *head = &b->buckets[bucket_of(b, b->lines[line].last_mid)];
    b->lines[line].next = *head;
    b->lines[line].previous = NONE;
    if (*head != NONE) b->lines[*head].previous = line;
    *head = line;
}

static void add_word(struct build *b, int32_t word) {
    const struct word *w = &b->words[word];
    int32_t at = find_line(b, w);
    b->next_word[word] = NONE;
    if (at == NONE) {
        at = (int32_t)b->line_count++;
        b->lines[at].first_word = word;
    } else {
        bucket_remove(b, at);
        b->next_word[b->lines[at].last_word] = word;
    }
    struct open_line *l = &b->lines[at];
    l->last_word = word;
    l->last_mid = word_mid(w);
    l->last_height = w->box.h;
    l->words++;
    bucket_insert(b, at);
}

static bool join_words(struct arena *arena, const struct word *words, size_t count, struct str *out) {
    size_t n = count ? count - 1 : 0;
    for (size_t i = 0; i < count; i++) n += words[i].text.n;
    char *p = arena_alloc(arena, n + 1);
    if (!p) return false;
    *out = (struct str) { p, n };
    for (size_t i = 0; i < count; i++) {
        if (i) *p++ = ' ';
        memcpy(p, words[i].text.p, words[i].text.n);
        p += words[i].text.n;
    }
    return true;
}

/* The gap that splits cells on a page: wider than its usual space between words, within bounds given by their height. */
static int32_t cell_gap(const struct page_lines *p, struct arena *arena) {
    int32_t *gaps = arena_array(arena, p->page->word_count + 1, sizeof *gaps), usual = p->word_height / 3;
    size_t n = 0;
    if (!gaps) return p->word_height;
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = 1; k < p->lines[i].word_count; k++) {
            const struct box *a = &p->lines[i].words[k - 1].box, *b = &p->lines[i].words[k].box;
            if (b->x > a->x + a->w) gaps[n++] = b->x - a->x - a->w;
        }
    qsort(gaps, n, sizeof *gaps, compare_i32);
    if (n >= 8) usual = gaps[n * 3 / 10];
    return clamp_i32((int64_t)usual * 22 / 10, (int64_t)p->word_height * CELL_GAP_PERCENT / 100,
                     (int64_t)p->word_height * CELL_GAP_MAX_PERCENT / 100);
}

static bool starts_cell(const struct line *l, size_t word, int32_t gap_min, int32_t word_height) {
    const struct box *a = &l->words[word - 1].box, *b = &l->words[word].box;
    int32_t gap = b->x - (a->x + a->w);
    int32_t height = a->h < b->h ? a->h : b->h; /* large print has large spaces */
    if (height > word_height) gap_min = clamp_i32((int64_t)gap_min * height / word_height, 1, COORDINATE_MAX);
    return gap > gap_min || gap < -word_height * OVERLAP_PERCENT / 100;
}

/* A line of typewriter letters has wide spaces: the usual gap of the line itself may ask for wider ones between cells. */
static bool line_gap(struct arena *arena, const struct line *l, int32_t word_height, int32_t *gap_min) {
    int32_t *gaps = arena_array(arena, l->word_count, sizeof *gaps);
    size_t n = 0;
    if (!gaps) return false;
    for (size_t i = 1; i < l->word_count; i++) {
        int32_t gap = l->words[i].box.x - l->words[i - 1].box.x - l->words[i - 1].box.w;
        if (gap > 0) gaps[n++] = gap;
    }
    if (n < LINE_GAPS_MIN) return true;
    qsort(gaps, n, sizeof *gaps, compare_i32);
    int64_t wanted = (int64_t)gaps[n * 3 / 10] * LINE_GAP_PERCENT / 100;
    int32_t most = clamp_i32((int64_t)word_height * CELL_GAP_MAX_PERCENT / 100, *gap_min, COORDINATE_MAX);
    *gap_min = clamp_i32(wanted, *gap_min, most);
    return true;
}

static bool split_cells(struct arena *arena, struct line *l, int32_t gap_min, int32_t word_height) {
    size_t n = 1;
    if (!line_gap(arena, l, word_height, &gap_min)) return false;
    for (size_t i = 1; i < l->word_count; i++) n += starts_cell(l, i, gap_min, word_height);
    l->cells = arena_array(arena, n, sizeof *l->cells);
    if (!l->cells) return false;
    l->cell_count = n;
    struct cell *c = l->cells;
    for (size_t i = 0; i < l->word_count; i++) {
        if (i && starts_cell(l, i, gap_min, word_height)) (++c)->first = (uint32_t)i;
        c->count++;
        c->box = box_union(c->box, l->words[i].box);
    }
    for (size_t i = 0; i < n; i++)
        if (!join_words(arena, l->words + l->cells[i].first, l->cells[i].count, &l->cells[i].text))
            return false;
    return true;
}

static bool close_line(struct arena *arena, const struct build *b, const struct open_line *o, int page,
                       struct line *l) {
    l->page = page;
    l->words = arena_array(arena, o->words, sizeof *l->words);
    if (!l->words) return false;
    for (int32_t w = o->first_word; w != NONE; w = b->next_word[w]) {
        l->words[l->word_count++] = b->words[w];
        l->box = box_union(l->box, b->words[w].box);
    }
    return join_words(arena, l->words, l->word_count, &l->text);
}

static bool layout_build(struct arena *arena, const struct page *page, struct page_lines *out) {
    struct build b = { 0 };
    *out = (struct page_lines) { .page = page };
    if (!take_words(arena, page, &b)) return false;
    if (b.count == 0) return true;
    if (!measure(arena, &b) || !build_alloc(arena, &b)) return false;
    for (size_t i = 0; i < b.count; i++) add_word(&b, (int32_t)i);
    out->word_height = b.word_height;
    out->lines = arena_array(arena, b.line_count, sizeof *out->lines);
    if (!out->lines) return false;
    for (size_t i = 0; i < b.line_count; i++)
        if (!close_line(arena, &b, &b.lines[i], page->number, &out->lines[out->count++])) return false;
    qsort(out->lines, out->count, sizeof *out->lines, compare_lines);
    int32_t gap = cell_gap(out, arena);
    for (size_t i = 0; i < out->count; i++)
        if (!split_cells(arena, &out->lines[i], gap, out->word_height)) return false;
    return true;
}

bool layout_part_of_line(struct arena *arena, const struct line *l, size_t first, size_t count,
                         struct line *out) {
    *out = (struct line) {
        .page = l->page, .words = l->words + first, .word_count = count, .repeated = l->repeated
    };
    out->cells = arena_array(arena, l->cell_count + 1, sizeof *out->cells);
    if (!out->cells) return false;
    for (size_t k = 0; k < l->cell_count; k++) {
        size_t from = l->cells[k].first > first ? l->cells[k].first : first,
               to = l->cells[k].first + (size_t)l->cells[k].count;
        if (to > first + count) to = first + count;
        if (from >= to) continue;
        struct cell *c = &out->cells[out->cell_count++];
        c->first = (uint32_t)(from - first);
        c->count = (uint32_t)(to - from);
        for (size_t w = from; w < to; w++) c->box = box_union(c->box, l->words[w].box);
        out->box = box_union(out->box, c->box);
        if (!join_words(arena, l->words + from, to - from, &c->text)) return false;
    }
    return join_words(arena, out->words, count, &out->text);
}

enum status layout_lines(struct arena *arena, const struct page *page, struct page_lines *out,
                         struct err *e) {
    if (!layout_build(arena, page, out))
        return fail(e, E_LIMIT, NULL, "page %d: no memory for its lines", page->number);
    return OK;
}

enum status layout_pages(struct arena *arena, const struct page *pages, size_t count, struct page_lines **out,
                         struct err *e) {
    struct page_lines *all = arena_array(arena, count + 1, sizeof *all);
    enum status s;
    if (!all) return fail(e, E_LIMIT, NULL, "no memory for the lines of %zu pages", count);
    for (size_t i = 0; i < count; i++) {
        if ((s = layout_lines(arena, &pages[i], &all[i], e)) != OK) return s;
        if (!layout_split_columns(arena, &all[i]))
            return fail(e, E_LIMIT, NULL, "page %d: no memory for its columns", pages[i].number);
    }
    if ((s = layout_mark_repeated(arena, all, count, e)) != OK) return s;
    *out = all;
    return OK;
}
