#include "documents/sheet.h"

#include <stdlib.h>

enum { STEP_PERCENT_MAX = 10000 };

static int compare_ints(const void *va, const void *vb) {
    const int *a = va, *b = vb;
    return *a < *b ? -1 : *a > *b;
}

static bool measure_steps(struct arena *arena, struct sheet *s) {
    int *steps = arena_array(arena, s->page->count + 1, sizeof *steps);
    if (!steps) return false;
    for (size_t i = 0; i + 1 < s->page->count; i++) steps[i] = sheet_step_percent(s, i);
    if (s->page->count < 2) return true;
    qsort(steps, s->page->count - 1, sizeof *steps, compare_ints);
    s->usual_step = steps[(s->page->count - 1) / 2];
    return true;
}

bool sheet_open(struct arena *arena, const struct page_lines *page, struct sheet *out) {
    *out = (struct sheet) { .page = page, .tolerant = page->page->source == PAGE_OCR };
    out->tokens = arena_array(arena, page->count + 1, sizeof *out->tokens);
    out->claimed = arena_array(arena, page->count + 1, sizeof *out->claimed);
    out->vaccinated = arena_array(arena, page->count + 1, sizeof *out->vaccinated);
    out->tables = arena_array(arena, TABLES_MAX, sizeof *out->tables);
    if (!out->tokens || !out->claimed || !out->vaccinated || !out->tables) return false;
    for (size_t i = 0; i < page->count; i++)
        if (!line_tokens_split(arena, &page->lines[i], &out->tokens[i])) return false;
    if (!measure_steps(arena, out)) return false;
    size_t from = 0;
    while (out->table_count < TABLES_MAX && table_find(arena, page, from, &out->tables[out->table_count])) {
        from = out->tables[out->table_count].end;
        out->table_count++;
    }
    return true;
}

void sheet_claim(struct sheet *s, size_t first, size_t last) {
    for (size_t i = first; i <= last && i < s->page->count; i++) s->claimed[i] = true;
}

bool sheet_join_lines(struct arena *arena, const struct sheet *s, size_t first, size_t last,
                      struct tokens *out) {
    size_t bytes = 0, n = 0;
    for (size_t i = first; i <= last; i++) bytes += s->page->lines[i].text.n + 1;
    char *text = arena_alloc(arena, bytes + 1);
    if (!text) return false;
    for (size_t i = first; i <= last; i++) {
        if (i > first) text[n++] = ' ';
        memcpy(text + n, s->page->lines[i].text.p, s->page->lines[i].text.n);
        n += s->page->lines[i].text.n;
    }
    if (!tokens_split(arena, (struct str) { text, n }, out)) return false;
    size_t at = 0;
    uint8_t base = 0;
    for (size_t i = first; i <= last; i++) {
        const struct tokens *line = &s->tokens[i].tokens;
        for (size_t k = 0; k < line->count && at < out->count; k++, at++)
            out->items[at].cell = (uint8_t)(base + line->items[k].cell);
        base = (uint8_t)(base + s->page->lines[i].cell_count);
    }
    return true;
}

const struct table *sheet_table_at(const struct sheet *s, size_t line) {
    for (size_t i = 0; i < s->table_count; i++)
        if (line >= s->tables[i].header_first && line < s->tables[i].end) return &s->tables[i];
    return NULL;
}

int sheet_step_percent(const struct sheet *s, size_t line) {
    if (line + 1 >= s->page->count) return STEP_PERCENT_MAX;
    const struct box *a = &s->page->lines[line].box, *b = &s->page->lines[line + 1].box;
    int64_t step = ((int64_t)b->y + b->h / 2 - a->y - a->h / 2) * 100 /
                   (s->page->word_height > 0 ? s->page->word_height : 1);
    if (step < -100) return STEP_PERCENT_MAX; /* up again: another column */
    return step < 0 ? 0 : step > STEP_PERCENT_MAX ? STEP_PERCENT_MAX : (int)step;
}
