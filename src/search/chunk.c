#include "search/chunk.h"

#include "base/utf8.h"
#include "documents/layout.h"

/* Percent of a word's height: what is a gap between paragraphs, and how much higher the letters of a heading are. */
enum {
    PARAGRAPH_GAP_PERCENT = 70,
    HEADING_HEIGHT_PERCENT = 118,
    HEADING_LINE_MAX_BYTES = 90,
    HEADINGS_IN_A_ROW_MAX = 2
};

/* A printed row, on its way into a chunk. */
struct row {
    struct str text;
    struct box box;
    int32_t gap_percent; /* above it */
    uint32_t confidence_sum, confidence_count;
    uint8_t worst_figure;
    bool heading, large;
};

struct build {
    struct arena *arena;
    struct chunk *chunks;
    size_t count, capacity;
    int page;
    struct row *rows; /* of the chunk under way, at most row_capacity */
    size_t row_count, bytes;
    struct str heading;
    struct box heading_box;
    int heading_page;
    bool heading_used; /* text followed it */
    struct err *err;
};

static enum status no_memory(struct err *err) {
    return fail(err, E_LIMIT, NULL, "no memory for chunks");
}

static bool has_digit(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (is_digit(s.p[i])) return true;
    return false;
}

/* Letters, and all of them capitals: "BIOCHIMIE". A line with figures is data: "PARACETAMOL 500 MG". */
static bool is_capitals(struct str s) {
    size_t capitals = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= 'a' && s.p[i] <= 'z') return false;
        if (s.p[i] >= 'A' && s.p[i] <= 'Z') capitals++;
    }
    return capitals >= 4 && !has_digit(s);
}

static bool looks_like_heading(const struct row *row, bool one_cell) {
    struct str s = row->text;
    if (s.n < 3 || s.n > HEADING_LINE_MAX_BYTES || !one_cell) return false;
    char last = s.p[s.n - 1];
    if (last == '.' || last == ',' || last == ';') return false;
    if (row->large && !has_digit(s)) return true;
    return is_capitals(s) || (last == ':' && !has_digit(s) && s.n <= 60);
}

static void row_add_word(struct row *row, const struct word *w) {
    row->confidence_sum += w->confidence * (uint32_t)w->text.n;
    row->confidence_count += (uint32_t)w->text.n;
    if (has_digit(w->text) && w->confidence < row->worst_figure) row->worst_figure = w->confidence;
}

static struct row row_of_line(const struct page_lines *page, size_t i, int32_t bottom) {
    const struct line *line = &page->lines[i];
    struct row row = { .text = line->text, .box = line->box, .worst_figure = 100 };
    int32_t height = page->word_height > 0 ? page->word_height : 1, tallest = 0;
    row.gap_percent = (line->box.y - bottom) * 100 / height;
    if (row.gap_percent < -100) row.gap_percent = PARAGRAPH_GAP_PERCENT; /* up again: another column */
    for (size_t w = 0; w < line->word_count; w++) {
        row_add_word(&row, &line->words[w]);
        if (line->words[w].box.h > tallest) tallest = line->words[w].box.h;
    }
    row.large = tallest * 100 >= height * HEADING_HEIGHT_PERCENT;
    row.heading = looks_like_heading(&row, line->cell_count == 1);
    return row;
}

/* More headings one below the other than a title and its subtitle are text in capitals, unless their letters are larger. */
static void unmark_false_headings(struct row *rows, size_t count) {
    for (size_t i = 0; i < count;) {
        size_t end = i;
        while (end < count && rows[end].heading && !rows[end].large) end++;
        if (end - i > HEADINGS_IN_A_ROW_MAX)
            for (size_t k = i; k < end; k++) rows[k].heading = false;
        i = end > i ? end : i + 1;
    }
}

static enum status rows_of_lines(struct arena *arena, const struct page_lines *page, struct row **out,
                                 size_t *count, struct err *err) {
    struct row *rows = arena_array(arena, page->count + 1, sizeof *rows);
    if (!rows) return no_memory(err);
    size_t n = 0;
    int32_t bottom = 0;
    for (size_t i = 0; i < page->count; i++) {
        const struct line *line = &page->lines[i];
        if (line->repeated || line->text.n == 0) continue;
        rows[n++] = row_of_line(page, i, bottom);
        bottom = line->box.y + line->box.h;
    }
    *out = rows;
    *count = n;
    return OK;
}

/* "# Quand consulter": how a heading is marked where letters have no size. */
static bool strip_heading_mark(struct str *s) {
    size_t marks = 0;
    while (marks < s->n && s->p[marks] == '#') marks++;
    if (marks == 0 || marks == s->n || s->p[marks] != ' ') return false;
    struct str text = str_trim(str_sub(*s, marks, s->n));
    if (text.n == 0 || text.n > HEADING_LINE_MAX_BYTES) return false;
    *s = text;
    return true;
}

/* A page without words (typed text): its lines, an empty one being a gap. */
static enum status rows_of_text(struct arena *arena, const struct page *page, struct row **out, size_t *count,
                                struct err *err) {
    size_t lines = 1;
    for (size_t i = 0; i < page->text.n; i++) lines += page->text.p[i] == '\n';
    struct row *rows = arena_array(arena, lines, sizeof *rows);
    if (!rows) return no_memory(err);
    size_t n = 0;
    int32_t gap = 0;
    for (struct str rest = page->text; rest.n;) {
        struct row row = { .text = str_trim(str_next_line(&rest)), .gap_percent = gap };
        gap = PARAGRAPH_GAP_PERCENT;
        if (row.text.n == 0) continue;
        gap = 0;
        row.worst_figure = page->confidence;
        row.confidence_count = 1;
        row.confidence_sum = page->confidence;
        row.large = strip_heading_mark(&row.text);
        row.heading = row.large || looks_like_heading(&row, true);
        rows[n++] = row;
    }
    *out = rows;
    *count = n;
    return OK;
}

static enum status chunk_add(struct build *b, const struct row *rows, size_t count) {
    if (count == 0) return OK;
    if (b->count == CHUNKS_MAX) return fail(b->err, E_LIMIT, NULL, "more than %d chunks", CHUNKS_MAX);
    if (b->count == b->capacity) {
        size_t more = b->capacity ? b->capacity * 2 : 16;
        struct chunk *larger = arena_array(b->arena, more, sizeof *larger);
        if (!larger) return no_memory(b->err);
        if (b->count) memcpy(larger, b->chunks, b->count * sizeof *larger);
        b->chunks = larger;
        b->capacity = more;
    }
    struct chunk c = { .page = b->page, .position = (int)b->count, .heading = b->heading };
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) bytes += rows[i].text.n + 1;
    char *p = arena_alloc(b->arena, bytes);
    if (!p) return no_memory(b->err);
    c.text = (struct str) { p, bytes - 1 };
    uint64_t sum = 0, weight = 0;
    uint8_t worst = 100;
    for (size_t i = 0; i < count; i++) {
        if (i) *p++ = '\n';
        memcpy(p, rows[i].text.p, rows[i].text.n);
        p += rows[i].text.n;
        c.box = box_union(c.box, rows[i].box);
        sum += rows[i].confidence_sum;
        weight += rows[i].confidence_count;
        if (rows[i].worst_figure < worst) worst = rows[i].worst_figure;
    }
    uint64_t mean = weight ? sum / weight : 100;
    c.confidence = (uint8_t)(mean < worst ? mean : worst);
    b->chunks[b->count++] = c;
    return OK;
}

static enum status flush(struct build *b, size_t rows) {
    enum status s = chunk_add(b, b->rows, rows);
    size_t left = b->row_count - rows;
    memmove(b->rows, b->rows + rows, left * sizeof *b->rows);
    b->row_count = left;
    b->bytes = 0;
    for (size_t i = 0; i < left; i++) b->bytes += b->rows[i].text.n + 1;
    return s;
}

/* Before which row a full chunk is cut: the widest gap in its second half, the last of equal ones. */
static size_t best_cut(const struct build *b) {
    size_t best = b->row_count, bytes = 0;
    int32_t widest = INT32_MIN;
    for (size_t i = 0; i < b->row_count; i++) {
        if (i && bytes * 2 >= b->bytes && b->rows[i].gap_percent >= widest) {
            widest = b->rows[i].gap_percent;
            best = i;
        }
        bytes += b->rows[i].text.n + 1;
    }
    return widest >= PARAGRAPH_GAP_PERCENT ? best : b->row_count;
}

static enum status add_row(struct build *b, struct row row) {
    enum status s = OK;
    bool full = b->bytes + row.text.n > CHUNK_MAX_BYTES;
    if (b->row_count && full)
        s = flush(b, row.gap_percent >= PARAGRAPH_GAP_PERCENT ? b->row_count : best_cut(b));
    else if (b->bytes >= CHUNK_GOOD_BYTES && row.gap_percent >= PARAGRAPH_GAP_PERCENT)
        s = flush(b, b->row_count);
    if (s == OK && b->row_count && b->bytes + row.text.n > CHUNK_MAX_BYTES) s = flush(b, b->row_count);
    b->rows[b->row_count++] = row;
    b->bytes += row.text.n + 1;
    b->heading_used = true;
    return s;
}

/* Where a line that is too long is cut: behind the last sentence that fits, else at the last space, else anywhere. */
static size_t sentence_cut(struct str s) {
    struct str head = utf8_prefix(s, CHUNK_MAX_BYTES);
    size_t space = 0;
    for (size_t i = head.n; i-- > 1;) {
        if (head.p[i] != ' ') continue;
        if (!space) space = i;
        if (i < CHUNK_MAX_BYTES / 3) break;
        if (strchr(".;!?", head.p[i - 1])) return i;
    }
    return space ? space : head.n;
}

static enum status add_long_row(struct build *b, struct row row) {
    enum status s = OK;
    while (s == OK && row.text.n > CHUNK_MAX_BYTES) {
        struct row part = row;
        size_t cut = sentence_cut(row.text);
        part.text = str_sub(row.text, 0, cut);
        row.text = str_trim(str_sub(row.text, cut, row.text.n));
        s = add_row(b, part);
        if (s == OK) s = flush(b, b->row_count);
    }
    return s == OK && row.text.n ? add_row(b, row) : s;
}

/* A heading that no text followed is text itself, so that nothing printed is lost. */
static enum status add_unused_heading(struct build *b) {
    if (b->heading.n == 0 || b->heading_used) return OK;
    struct row row = { .text = b->heading, .box = b->heading_box, .worst_figure = 100 };
    int page = b->page;
    b->page = b->heading_page;
    b->heading = (struct str) { "", 0 };
    enum status s = chunk_add(b, &row, 1);
    b->page = page;
    return s;
}

static enum status add_heading(struct build *b, const struct row *row) {
    struct str text = row->text;
    enum status s = flush(b, b->row_count);
    if (s != OK) return s;
    while (text.n && (text.p[text.n - 1] == ':' || text.p[text.n - 1] == ' ')) text.n--;
    bool joins = b->heading.n && !b->heading_used && b->heading.n + text.n + 5 <= CHUNK_HEADING_MAX_BYTES;
    if (!joins) {
        s = add_unused_heading(b);
        if (s != OK) return s;
        b->heading = text;
        b->heading_box = row->box;
        b->heading_page = b->page;
    } else if (!arena_printf(b->arena, &b->heading, "%.*s – %.*s", STR_ARG(b->heading), STR_ARG(text))) {
        return no_memory(b->err);
    }
    b->heading_box = box_union(b->heading_box, row->box);
    b->heading_used = false;
    return OK;
}

static enum status chunk_page(struct build *b, const struct page *page, const struct page_lines *lines) {
    struct row *rows = NULL;
    size_t count = 0;
    enum status s = page->word_count ? rows_of_lines(b->arena, lines, &rows, &count, b->err)
                                     : rows_of_text(b->arena, page, &rows, &count, b->err);
    if (s != OK) return s;
    unmark_false_headings(rows, count);
    b->page = page->number;
    b->rows = arena_array(b->arena, count + 1, sizeof *b->rows);
    if (!b->rows) return no_memory(b->err);
    b->row_count = b->bytes = 0;
    for (size_t i = 0; i < count && s == OK; i++) {
        if (rows[i].heading)
            s = add_heading(b, &rows[i]);
        else if (rows[i].text.n > CHUNK_MAX_BYTES)
            s = add_long_row(b, rows[i]);
        else
            s = add_row(b, rows[i]);
    }
    return s == OK ? flush(b, b->row_count) : s;
}

enum status chunk_pages(struct arena *arena, const struct page *pages, size_t count, struct chunk **out,
                        size_t *out_count, struct err *err) {
    struct build b = { .arena = arena, .err = err };
    struct page_lines *lines;
    enum status s = layout_pages(arena, pages, count, &lines, err);
    for (size_t i = 0; i < count && s == OK; i++)
        if (pages[i].legible) s = chunk_page(&b, &pages[i], &lines[i]);
    if (s == OK) s = add_unused_heading(&b);
    if (s != OK) return s;
    *out = b.chunks;
    *out_count = b.count;
    return OK;
}
