#include "rag/advice_text.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "documents/layout.h"
#include "rag/advice.h"

/* Percent of a word's height, as in chunk.c; and how far to the right a line reaches that only the paper's edge ended. */
enum {
    PARAGRAPH_GAP_PERCENT = 70,
    HEADING_HEIGHT_PERCENT = 118,
    HEADING_BYTES_MAX = 90,
    FULL_LINE_PERCENT = 80
};

/* The bullet of Wingdings (U+F0B7) comes as it is out of many a PDF. */
static bool begins_item(struct str s) {
    size_t at = 0;
    while (at < s.n && is_digit(s.p[at])) at++;
    if (at && at < s.n && strchr(".)-", s.p[at])) return true;
    return s.n && (strchr("-*#", s.p[0]) || str_starts(s, STR("•")) || str_starts(s, STR("–")) ||
                   str_starts(s, STR("▪")) || str_starts(s, STR("\xEF\x82\xB7")));
}

static bool ends_sentence(struct str s) {
    return s.n && strchr(".:;!?", s.p[s.n - 1]);
}

struct writing {
    struct buf *text;
    struct str last; /* the line before; empty: nothing can go on */
};

static bool is_large(const struct page_lines *page, const struct line *line) {
    int32_t tallest = 0, height = page->word_height > 0 ? page->word_height : 1;
    for (size_t i = 0; i < line->word_count; i++)
        if (line->words[i].box.h > tallest) tallest = line->words[i].box.h;
    return tallest * 100 >= height * HEADING_HEIGHT_PERCENT;
}

static bool is_heading(const struct page_lines *page, const struct line *line) {
    struct str s = line->text;
    if (line->cell_count != 1 || s.n < 3 || s.n > HEADING_BYTES_MAX || strchr(".,;", s.p[s.n - 1]))
        return false;
    return is_large(page, line) && !begins_item(s);
}

static int32_t right_edge(const struct page_lines *page) {
    int32_t right = 0;
    for (size_t i = 0; i < page->count; i++)
        if (page->lines[i].box.x + page->lines[i].box.w > right)
            right = page->lines[i].box.x + page->lines[i].box.w;
    return right;
}

/* The sentence of the line before goes on in this one. */
static bool goes_on(const struct writing *w, const struct page_lines *page, const struct line *before,
                    const struct line *line, int32_t gap_percent) {
    if (!before || w->last.n == 0 || line->cell_count != 1 || before->cell_count != 1) return false;
    bool full = (before->box.x + before->box.w) * 100 >= right_edge(page) * FULL_LINE_PERCENT;
    return full && gap_percent < PARAGRAPH_GAP_PERCENT && gap_percent > -PARAGRAPH_GAP_PERCENT &&
           !ends_sentence(w->last) && !begins_item(line->text);
}

static void start_line(struct writing *w, bool apart) {
    if (w->text->n == 0) return;
    buf_add_char(w->text, '\n');
    if (apart) buf_add_char(w->text, '\n');
}

static void write_page(struct writing *w, const struct page_lines *page) {
    const struct line *before = NULL;
    bool headed = false; /* the line before is a heading */
    int32_t height = page->word_height > 0 ? page->word_height : 1;
    for (size_t i = 0; i < page->count; i++) {
        const struct line *line = &page->lines[i];
        if (line->repeated || line->text.n == 0) continue;
        int32_t gap = before ? (line->box.y - before->box.y - before->box.h) * 100 / height : 0;
        bool heading = is_heading(page, line);
        if (!heading && goes_on(w, page, before, line, gap)) {
            buf_add_char(w->text, ' ');
        } else {
            start_line(w, heading || (!headed && (gap >= PARAGRAPH_GAP_PERCENT || gap < -100)));
            if (heading) buf_add(w->text, STR("# "));
        }
        buf_add(w->text, line->text);
        w->last = heading ? (struct str) { "", 0 } : line->text;
        headed = heading;
        before = line;
    }
    w->last = (struct str) { "", 0 };
}

enum status advice_text_of_pages(struct arena *arena, const struct page *pages, size_t count, struct str *out,
                                 bool *fits, struct err *e) {
    struct buf text;
    struct writing w = { &text, { "", 0 } };
    struct page_lines *lines;
    enum status s = layout_pages(arena, pages, count, &lines, e);

    if (s != OK) return s;
    *out = (struct str) { "", 0 };
    buf_init(&text, (size_t)ADVICE_BODY_CHARS_MAX * 4);
    for (size_t i = 0; i < count; i++)
        if (pages[i].legible) write_page(&w, &lines[i]);
    *fits = buf_ok(&text) && utf8_length(buf_str(&text)) <= ADVICE_BODY_CHARS_MAX;
    if (*fits && !utf8_clean(arena, buf_str(&text), out)) s = fail(e, E_LIMIT, NULL, "no room for a sheet");
    buf_done(&text);
    return s;
}
