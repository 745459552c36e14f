#include "documents/layout.h"

#include "base/utf8.h"

/*
 * Columns of running text: what stands left of a gutter is read before what stands right of it. A table has gutters too; its rows
 * belong together and stay as they are. Text gives itself away: its lines go on, and begin with small letters.
 */
enum {
    GUTTER_PERCENT = 120, /* of a word's height: how wide the gutter is at least */
    STEP_MAX_PERCENT = 500,
    ZONE_LINES_MIN = 6,
    ZONE_LINES_MAX = 300,
    CELLS_MAX = 8,       /* of a line: more are a table, and cost time */
    PROSE_WORDS_MIN = 4, /* a line, on average */
    PROSE_LOWER_PERCENT = 40,
    FIGURES_FIRST_MAX_PERCENT = 20, /* lines that begin with a figure: doses, values */
    LABELS_MAX_PERCENT = 40,        /* lines that end with ':' */
    BESIDE_MIN_PERCENT =
        60 /* lines that a column of labels or of an address has, of those of the text beside it */
};

struct gutter {
    int32_t from, to;
};

/* What one side of a gutter has. */
struct side {
    size_t lines, words, lower, figures, labels; /* words: of letters only; the others count lines */
};

struct zone {
    struct gutter gutter;
    size_t first, end; /* lines */
    struct side left, right;
};

/* The free interval of a line that shares most with a gutter; false when less than `width` is left of it. */
static bool narrow(const struct line *l, int32_t width, struct gutter *g) {
    struct gutter best = { 0, 0 };
    for (size_t k = 0; k <= l->cell_count; k++) {
        int32_t from = k ? l->cells[k - 1].box.x + l->cells[k - 1].box.w : INT32_MIN,
                to = k < l->cell_count ? l->cells[k].box.x : INT32_MAX;
        if (from < g->from) from = g->from;
        if (to > g->to) to = g->to;
        if (to > from && to - from > best.to - best.from) best = (struct gutter) { from, to };
    }
    *g = best;
    return best.to - best.from >= width;
}

/* How many of the words of a line stand left of a gutter. */
static size_t words_left(const struct line *l, const struct gutter *g) {
    size_t n = 0;
    while (n < l->word_count && l->words[n].box.x < g->to) n++;
    return n;
}

/* Letters and the signs that stand at words: no figure, no unit like "mmol/L". */
static bool is_plain_word(struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        if (!is_letter_byte(s.p[i]) && !strchr("'-.,;:()\"", s.p[i])) return false;
    }
    return s.n >= 2;
}

static void count_side(struct side *side, const struct word *words, size_t count) {
    if (count == 0) return;
    struct str first = words[0].text, last = words[count - 1].text;
    side->lines++;
    for (size_t i = 0; i < count; i++) side->words += is_plain_word(words[i].text);
    side->lower += utf8_is_small(first, 0) && is_plain_word(first);
    side->figures += is_digit(first.p[0]);
    side->labels += last.p[last.n - 1] == ':';
}

static void count_sides(const struct page_lines *p, struct zone *z) {
    z->left = z->right = (struct side) { 0 };
    for (size_t i = z->first; i < z->end; i++) {
        const struct line *l = &p->lines[i];
        size_t left = words_left(l, &z->gutter);
        count_side(&z->left, l->words, left);
        count_side(&z->right, l->words + left, l->word_count - left);
    }
}

static bool is_prose(const struct side *s) {
    return s->lines >= ZONE_LINES_MIN && s->words >= s->lines * PROSE_WORDS_MIN &&
           s->lower * 100 >= s->lines * PROSE_LOWER_PERCENT &&
           s->figures * 100 <= s->lines * FIGURES_FIRST_MAX_PERCENT;
}

/* A side beside text that is no text itself: an address, a list, a table. No labels of what the text says. */
static bool may_stand_beside(const struct side *s, const struct side *prose) {
    return s->lines >= ZONE_LINES_MIN && s->labels * 100 <= s->lines * LABELS_MAX_PERCENT &&
           s->lines * 100 >= prose->lines * BESIDE_MIN_PERCENT &&
           s->figures * 100 <= s->lines * FIGURES_FIRST_MAX_PERCENT;
}

static bool are_columns(const struct zone *z) {
    bool left = is_prose(&z->left), right = is_prose(&z->right);
    if (left && right) return true;
    return left ? may_stand_beside(&z->right, &z->left) : right && may_stand_beside(&z->left, &z->right);
}

/* The zone that starts at line i with the gap before its cell k. */
static struct zone zone_from(const struct page_lines *p, size_t i, size_t k) {
    const struct line *l = &p->lines[i];
    int32_t width = p->word_height * GUTTER_PERCENT / 100;
    struct zone z = { .first = i, .end = i };
    z.gutter = (struct gutter) { l->cells[k - 1].box.x + l->cells[k - 1].box.w, l->cells[k].box.x };
    for (size_t n = i; n < p->count && n - i < ZONE_LINES_MAX; n++) {
        struct gutter g = z.gutter;
        int64_t step = n > i ? (int64_t)p->lines[n].box.y - p->lines[n - 1].box.y : 0;
        if (step * 100 > (int64_t)p->word_height * STEP_MAX_PERCENT || p->lines[n].cell_count > CELLS_MAX ||
            !narrow(&p->lines[n], width, &g))
            break;
        z.gutter = g;
        z.end = n + 1;
    }
    return z;
}

/* The columns that start at line i, if any do. */
static bool find_zone(const struct page_lines *p, size_t i, struct zone *out) {
    for (size_t k = 1; k < p->lines[i].cell_count; k++) {
        struct zone z = zone_from(p, i, k);
        if (z.end - z.first < ZONE_LINES_MIN) continue;
        count_sides(p, &z);
        if (!are_columns(&z)) continue;
        *out = z;
        return true;
    }
    return false;
}

/* Puts the parts of the zone's lines left of the gutter before those right of it. Returns how many lines came of it; 0: the arena is full. */
static size_t split_zone(struct arena *arena, const struct page_lines *p, const struct zone *z,
                         struct line *out) {
    size_t n = 0;
    for (int side = 0; side < 2; side++)
        for (size_t i = z->first; i < z->end; i++) {
            const struct line *l = &p->lines[i];
            size_t left = words_left(l, &z->gutter), first = side ? left : 0,
                   count = side ? l->word_count - left : left;
            if (count == 0) continue;
            if (!layout_part_of_line(arena, l, first, count, &out[n++])) return 0;
        }
    return n;
}

bool layout_split_columns(struct arena *arena, struct page_lines *p) {
    for (size_t i = 0; i < p->count; i++) {
        struct zone z;
        if (p->lines[i].cell_count < 2 || p->lines[i].cell_count > CELLS_MAX || !find_zone(p, i, &z))
            continue;
        size_t room = p->count + (z.end - z.first);
        struct line *lines = arena_array(arena, room, sizeof *lines);
        if (!lines) return false;
        memcpy(lines, p->lines, i * sizeof *lines);
        size_t made = split_zone(arena, p, &z, lines + i);
        if (made == 0) return false;
        memcpy(lines + i + made, p->lines + z.end, (p->count - z.end) * sizeof *lines);
        p->count += made - (z.end - z.first);
        p->lines = lines;
    }
    return true;
}
