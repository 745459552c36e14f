#include "documents/correction_place.h"

#include "base/utf8.h"

/* Lines compared with one another at most; more is laid out as typed. */
enum { PAIRS_MAX = 500 * 500 };

/* A line: words [from, to) of its list; `number` is its line in the text. */
struct row {
    size_t from, to;
    uint32_t number;
};

struct side {
    struct word *words;
    struct row *rows;
    size_t word_count, row_count;
};

struct placing {
    struct side was, now;
    size_t kept; /* words that are what was read, or nearly */
    int32_t width, height;
    bool fits;
};

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

static bool read_rows(struct arena *a, const struct page *p, struct side *s) {
    s->words = p->words;
    s->word_count = p->word_count;
    s->rows = arena_array(a, p->word_count + 1, sizeof *s->rows);
    if (!s->rows) return false;
    for (size_t i = 0; i < p->word_count; i++) {
        if (i == 0 || p->words[i].line != p->words[i - 1].line)
            s->rows[s->row_count++] = (struct row) { i, i, p->words[i].line };
        s->rows[s->row_count - 1].to = i + 1;
    }
    return true;
}

static bool typed_rows(struct arena *a, struct str text, size_t longest, struct side *s) {
    size_t max = 1;
    uint32_t line = 0;

    for (size_t i = 0; i < text.n; i++) max += i == 0 || is_space(text.p[i - 1]);
    s->words = arena_array(a, max, sizeof *s->words);
    s->rows = arena_array(a, max, sizeof *s->rows);
    if (!s->words || !s->rows || max > PAGE_WORDS_MAX) return false;
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        if (is_space(text.p[i])) {
            line += text.p[i++] == '\n';
            continue;
        }
        while (i < text.n && !is_space(text.p[i])) i++;
        if (s->row_count == 0 || s->rows[s->row_count - 1].number != line)
            s->rows[s->row_count++] = (struct row) { s->word_count, s->word_count, line };
        s->words[s->word_count++] =
            (struct word) { utf8_prefix(str_sub(text, from, i - from), longest), { 0 }, 100, line };
        s->rows[s->row_count - 1].to = s->word_count;
    }
    return true;
}

static size_t length(const struct row *r) {
    return r->to - r->from;
}

static bool same_row(const struct placing *p, size_t was, size_t now) {
    const struct row *a = &p->was.rows[was], *b = &p->now.rows[now];
    if (length(a) != length(b)) return false;
    for (size_t i = 0; i < length(a); i++)
        if (!str_eq(p->was.words[a->from + i].text, p->now.words[b->from + i].text)) return false;
    return true;
}

/* Most of the longer one stands at both ends of both. */
static bool alike(struct str a, struct str b) {
    size_t max = a.n > b.n ? a.n : b.n, min = a.n < b.n ? a.n : b.n, head = 0, tail = 0;
    while (head < min && a.p[head] == b.p[head]) head++;
    while (tail < min - head && a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail]) tail++;
    return 2 * (head + tail) >= max;
}

static struct box union_of(const struct word *words, size_t from, size_t to) {
    struct box b = words[from].box;
    for (size_t i = from + 1; i < to; i++) {
        const struct box w = words[i].box;
        int32_t right = b.x + b.w > w.x + w.w ? b.x + b.w : w.x + w.w;
        int32_t bottom = b.y + b.h > w.y + w.h ? b.y + b.h : w.y + w.h;
        b.x = b.x < w.x ? b.x : w.x;
        b.y = b.y < w.y ? b.y : w.y;
        b.w = right - b.x;
        b.h = bottom - b.y;
    }
    return b;
}

/* Words [from, to) side by side over the width of a box, by their lengths. */
static void spread(struct placing *p, size_t from, size_t to, struct box box) {
    int32_t total = 0, at = 0;
    for (size_t i = from; i < to; i++) total += (int32_t)p->now.words[i].text.n + 1;
    for (size_t i = from; i < to; i++) {
        int32_t n = (int32_t)p->now.words[i].text.n;
        int32_t x = box.x + (int32_t)((int64_t)box.w * at / total);
        int32_t w = (int32_t)((int64_t)box.w * n / total);
        if (w < 1) w = 1;
        if (x + w > p->width) x = p->width - w;
        p->now.words[i].box = (struct box) { x, box.y, w, box.h };
        at += n + 1;
    }
}

/* A line in the place of another: same words at both ends keep their places, the rest shares what is between. */
static void replace_row(struct placing *p, const struct row *was, const struct row *now) {
    const struct word *old = p->was.words;
    struct word *new = p->now.words;
    size_t head = 0, tail = 0, a = length(was), b = length(now), min = a < b ? a : b;

    while (head < min && alike(old[was->from + head].text, new[now->from + head].text)) head++;
    while (tail < min - head && alike(old[was->to - 1 - tail].text, new[now->to - 1 - tail].text)) tail++;
    if (a == b) head = a, tail = 0;
    for (size_t i = 0; i < head; i++) {
        new[now->from + i].box = old[was->from + i].box;
        p->kept += alike(old[was->from + i].text, new[now->from + i].text);
    }
    for (size_t i = 1; i <= tail; i++) new[now->to - i].box = old[was->to - i].box;
    p->kept += tail;
    if (head + tail == b) return;
    struct box whole = union_of(old, was->from, was->to), between = whole;
    if (head + tail < a) {
        between = union_of(old, was->from + head, was->to - tail);
    } else { /* put in: what is free, or as if it were */
        if (head) between.x = old[was->from + head - 1].box.x + old[was->from + head - 1].box.w + whole.h / 4;
        between.w = (tail ? old[was->to - tail].box.x : whole.x + whole.w + whole.w / 2) - between.x;
        if (between.x >= p->width) between.x = p->width - 1;
        if (between.w < 1 || between.x + between.w > p->width) between.w = p->width - between.x;
    }
    spread(p, now->from + head, now->to - tail, between);
}

enum { LINE_LOW = 20 };

/* Lines that nothing was read for, between the one before and the one behind. */
static void add_rows(struct placing *p, size_t from, size_t to, size_t was_before, size_t was_behind) {
    struct box above = { 0, 0, p->width, 0 };
    int32_t bottom = p->height;
    int32_t count = (int32_t)(to - from);

    if (count <= 0) return;
    if (was_before != SIZE_MAX)
        above = union_of(p->was.words, p->was.rows[was_before].from, p->was.rows[was_before].to);
    if (was_behind < p->was.row_count)
        bottom = union_of(p->was.words, p->was.rows[was_behind].from, p->was.rows[was_behind].to).y;
    int32_t top = above.y + above.h, each = (bottom - top) / count;
    if (above.h > 0 && each > above.h * 5 / 4) each = above.h * 5 / 4;
    if (each < LINE_LOW) {
        p->fits = false;
        return;
    }
    for (int32_t i = 0; i < count; i++) {
        const struct row *r = &p->now.rows[from + (size_t)i];
        spread(p, r->from, r->to,
               (struct box) { above.x, top + i * each + each / 10, above.w, each * 8 / 10 });
    }
}

/* Lines [a, a_to) were replaced by [b, b_to): one by one, and what is more is added behind. */
static void replace_rows(struct placing *p, size_t a, size_t a_to, size_t b, size_t b_to) {
    for (; a < a_to && b < b_to; a++, b++) replace_row(p, &p->was.rows[a], &p->now.rows[b]);
    add_rows(p, b, b_to, a > 0 ? a - 1 : SIZE_MAX, a_to);
}

/* How many lines of the ends of both are the same at most: the usual table, from the end. */
static uint16_t *common_rows(struct arena *arena, const struct placing *p) {
    size_t n = p->was.row_count, m = p->now.row_count;
    uint16_t *t = (n + 1) * (m + 1) > PAIRS_MAX ? NULL : arena_array(arena, (n + 1) * (m + 1), sizeof *t);

    for (size_t i = n; t && i-- > 0;)
        for (size_t j = m; j-- > 0;) {
            uint16_t skip_was = t[(i + 1) * (m + 1) + j], skip_now = t[i * (m + 1) + j + 1];
            t[i * (m + 1) + j] = same_row(p, i, j)     ? (uint16_t)(t[(i + 1) * (m + 1) + j + 1] + 1)
                                 : skip_was > skip_now ? skip_was
                                                       : skip_now;
        }
    return t;
}

static void place_rows(struct placing *p, const uint16_t *t) {
    size_t n = p->was.row_count, m = p->now.row_count, i = 0, j = 0, a = 0, b = 0;

    while (i < n && j < m) {
        if (same_row(p, i, j)) {
            replace_rows(p, a, i, b, j);
            replace_row(p, &p->was.rows[i++], &p->now.rows[j++]);
            a = i, b = j;
        } else if (t[(i + 1) * (m + 1) + j] >= t[i * (m + 1) + j + 1]) {
            i++;
        } else {
            j++;
        }
    }
    replace_rows(p, a, n, b, m);
}

bool correction_place(struct arena *arena, struct page *page, struct str text, size_t longest) {
    struct placing p = { .width = page->width, .height = page->height, .fits = true };
    uint16_t *t;

    if (page->word_count == 0) return false;
    if (!read_rows(arena, page, &p.was) || !typed_rows(arena, text, longest, &p.now)) return false;
    if (p.now.word_count == 0 || !(t = common_rows(arena, &p))) return false;
    place_rows(&p, t);
    if (!p.fits || 2 * p.kept < p.now.word_count) return false;
    page->words = p.now.words;
    page->word_count = p.now.word_count;
    return true;
}
