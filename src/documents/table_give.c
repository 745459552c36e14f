#include "documents/table_columns.h"

/* In percent of a word's height: how far left of its column a word may start, and the cost of a heading over nothing. */
enum { LEFT_TOLERANCE_PERCENT = 30, UNGIVEN_PERCENT = 600 };

static int32_t overlap(int32_t a, int32_t b, int32_t c, int32_t d) {
    int32_t left = a > c ? a : c, right = b < d ? b : d;
    return right - left;
}

void headings_add_below(struct headings *h, const struct headings *dates) {
    struct headings out = { .known = h->known };
    for (size_t i = 0; i < h->count; i++) {
        size_t under = 0;
        for (size_t k = 0; k < dates->count; k++) {
            const struct heading *d = &dates->items[k];
            int32_t best = overlap(d->left, d->right, h->items[i].left, h->items[i].right);
            bool nearest = true;
            for (size_t o = 0; o < h->count; o++)
                if (overlap(d->left, d->right, h->items[o].left, h->items[o].right) > best) nearest = false;
            if (!nearest || out.count >= HEADINGS_MAX) continue;
            struct heading one = h->items[i];
            one.left = d->left < one.left || under ? d->left : one.left;
            one.right = d->right;
            out.items[out.count++] = one;
            under++;
        }
        if (!under && out.count < HEADINGS_MAX) out.items[out.count++] = h->items[i];
    }
    *h = out;
}

void headings_join_below(struct arena *arena, struct headings *h, const struct line *l,
                         const struct line_tokens *lt) {
    for (size_t i = 0; i < lt->tokens.count; i++) {
        struct box box = line_tokens_box(l, lt, i, i + 1);
        size_t best = h->count;
        int32_t best_overlap = 0;
        for (size_t k = 0; k < h->count; k++) {
            int32_t o = overlap(box.x, box.x + box.w, h->items[k].left, h->items[k].right);
            if (o > best_overlap) {
                best_overlap = o;
                best = k;
            }
        }
        if (best == h->count) continue;
        struct tokens joined;
        struct str text;
        enum column_role role;
        if (!arena_printf(arena, &text, "%.*s %.*s", STR_ARG(h->items[best].title),
                          STR_ARG(lt->tokens.items[i].text)) ||
            !tokens_split(arena, text, &joined))
            return;
        h->items[best].title = text;
        if (table_heading_match(&joined, 0, &role) > 0)
            h->items[best].role = role;
        else if (h->items[best].role == COLUMN_OTHER &&
                 table_heading_match(&joined, joined.count - 1, &role) == joined.count)
            h->items[best].role = role;
    }
}

/* What it costs to give a heading to a column: nothing when they overlap, else the distance, less when its middle is in the column. */
static int64_t give_cost(const struct heading *h, const struct box *columns, size_t column, size_t count) {
    const struct box *c = &columns[column];
    int32_t o = overlap(h->left, h->right, c->x, c->x + c->w), middle = h->left + (h->right - h->left) / 2;
    if (o > 0) return 0;
    bool inside = middle >= c->x && (column + 1 == count || middle < columns[column + 1].x);
    return 1 + (inside ? -(int64_t)o / 4 : -(int64_t)o); /* one that only touches is not under it */
}

enum { STEP_GIVE, STEP_SKIP_HEADING, STEP_SKIP_COLUMN };

/* Gives headings to columns, both from left to right, at the least cost; a heading without a column stands over an empty one. */
static void give_headings(const struct headings *h, const struct box *columns, size_t count, int32_t height,
                          size_t *heading_of) {
    int64_t cost[HEADINGS_MAX + 1][COLUMNS_MAX + 1];
    uint8_t step[HEADINGS_MAX + 1][COLUMNS_MAX + 1] = { { 0 } };
    int64_t ungiven = (int64_t)height * UNGIVEN_PERCENT / 100;
    for (size_t i = 0; i <= h->count; i++)
        for (size_t k = 0; k <= count; k++) {
            cost[i][k] = i + k == 0 ? 0 : INT64_MAX / 4;
            if (i && k) {
                cost[i][k] = cost[i - 1][k - 1] + give_cost(&h->items[i - 1], columns, k - 1, count);
                step[i][k] = STEP_GIVE;
            }
            if (i && cost[i - 1][k] + ungiven < cost[i][k]) {
                cost[i][k] = cost[i - 1][k] + ungiven;
                step[i][k] = STEP_SKIP_HEADING;
            }
            int64_t unnamed = k == 1 ? height / 10 : height / 2;
            if (k && cost[i][k - 1] + unnamed < cost[i][k]) {
                cost[i][k] = cost[i][k - 1] + unnamed;
                step[i][k] = STEP_SKIP_COLUMN;
            }
        }
    for (size_t k = 0; k < count; k++) heading_of[k] = h->count;
    for (size_t i = h->count, k = count; i || k;) {
        if (step[i][k] == STEP_GIVE)
            heading_of[--k] = --i;
        else if (step[i][k] == STEP_SKIP_HEADING)
            i--;
        else
            k--;
    }
}

/* Several columns of results: the named one with the latest date, else the first, is the current one. */
static void mark_previous(struct table *t) {
    size_t current = t->column_count, days = 0;
    for (size_t i = 0; i < t->column_count; i++) days += t->columns[i].role == COLUMN_DATE;
    for (size_t i = 0; i < t->column_count; i++) {
        enum column_role role = t->columns[i].role;
        if (role != COLUMN_RESULT && role != COLUMN_DATE) continue;
        t->columns[i].is_day = role == COLUMN_DATE && days > 1;
        if (current == t->column_count) {
            current = i;
            continue;
        }
        t->columns[i].role = COLUMN_PREVIOUS;
    }
    if (current < t->column_count) t->columns[current].role = COLUMN_RESULT;
}

bool table_columns_build(struct arena *arena, const struct page_lines *p, const struct headings *h,
                         struct table *t) {
    struct box columns[COLUMNS_MAX];
    size_t heading_of[COLUMNS_MAX], count = table_columns_find(arena, p, h, t, columns);
    t->columns = arena_array(arena, count + 1, sizeof *t->columns);
    if (!t->columns) return false;
    t->column_count = count;
    give_headings(h, columns, count, p->word_height, heading_of);
    for (size_t i = 0; i < count; i++) {
        struct table_column *c = &t->columns[i];
        c->left = i ? columns[i].x - p->word_height * LEFT_TOLERANCE_PERCENT / 100 : INT32_MIN;
        c->right =
            i + 1 < count ? columns[i + 1].x - p->word_height * LEFT_TOLERANCE_PERCENT / 100 : INT32_MAX;
        if (heading_of[i] >= h->count) continue;
        c->role = h->items[heading_of[i]].role;
        c->title = h->items[heading_of[i]].title;
    }
    mark_previous(t);
    return true;
}

/* Columns go from left to right as the words do, so that a part is a piece of the text of the line. */
struct table_part *table_split_line(struct arena *arena, const struct table *t, const struct line *l) {
    struct table_part *parts = arena_array(arena, t->column_count + 1, sizeof *parts);
    size_t c = 0, at = 0;
    if (!parts) return NULL;
    for (size_t i = 0; i < l->word_count; i++) {
        const struct word *w = &l->words[i];
        while (c + 1 < t->column_count && w->box.x >= t->columns[c].right) c++;
        struct table_part *part = &parts[c];
        if (part->text.n == 0)
            *part = (struct table_part) { str_sub(l->text, at, w->text.n), w->box, w->confidence };
        part->text.n = (size_t)(l->text.p + at + w->text.n - part->text.p);
        part->box = box_union(part->box, w->box);
        if (w->confidence < part->confidence) part->confidence = w->confidence;
        at += w->text.n + 1;
    }
    return parts;
}
