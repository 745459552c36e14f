#include "documents/correction.h"

#include "base/utf8.h"
#include "documents/correction_place.h"

/* A typewriter's paper: so many characters a line and lines a page at least, more where the text needs them. */
enum { COLUMNS = 90, LINES = 60, TAB_COLUMNS = 8, WORD_BYTES_MAX = 512 };

struct typing {
    struct page *page;
    int32_t column_w, line_h;
    size_t word_max;
};

static size_t columns_of(struct str line) {
    size_t n = 0;
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] == '\t')
            n += TAB_COLUMNS - n % TAB_COLUMNS;
        else if (((unsigned char)line.p[i] & 0xC0) != 0x80)
            n++;
    return n;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

/* Takes the next line off rest. */
static struct str next_line(struct str *rest) {
    size_t n = str_find_char(*rest, '\n');
    struct str line = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return line;
}

static struct typing measure(struct page *p, struct str text) {
    size_t widest = COLUMNS, lines = 0, words = 1;
    for (struct str rest = text; rest.n > 0; lines++) {
        size_t n = columns_of(next_line(&rest));
        if (n > widest) widest = n;
    }
    for (size_t i = 1; i < text.n; i++) words += is_space(text.p[i - 1]) && !is_space(text.p[i]);
    if (lines < LINES) lines = LINES;
    return (struct typing) { p, p->width / (int32_t)(widest + 2), p->height / (int32_t)(lines + 2), words };
}

/* A word is as wide as its characters, and a fraction less high than its line. */
static void type_word(struct typing *t, struct str word, size_t column, uint32_t line) {
    struct page *p = t->page;
    struct box box = { t->column_w * (int32_t)(column + 1), t->line_h * (int32_t)(line + 1),
                       t->column_w * (int32_t)columns_of(word), t->line_h * 7 / 10 };
    p->words[p->word_count++] = (struct word) { utf8_prefix(word, WORD_BYTES_MAX), box, 100, line };
}

static void type_line(struct typing *t, struct str line, uint32_t number) {
    for (size_t i = 0; i < line.n;) {
        size_t from = i;
        if (is_space(line.p[i])) {
            i++;
            continue;
        }
        while (i < line.n && !is_space(line.p[i])) i++;
        type_word(t, str_sub(line, from, i - from), columns_of(str_sub(line, 0, from)), number);
    }
}

static enum status type_page(struct arena *a, struct page *page, struct err *e) {
    struct typing t = measure(page, page->text);
    uint32_t line = 0;

    if (t.word_max > PAGE_WORDS_MAX || t.column_w < 1 || t.line_h < 1)
        return fail(e, E_LIMIT, NULL, "the correction of page %d has too many words or lines", page->number);
    page->words = arena_array(a, t.word_max, sizeof *page->words);
    if (!page->words) return fail(e, E_LIMIT, NULL, "no memory for the correction of a page");
    page->word_count = 0;
    for (struct str rest = page->text; rest.n > 0; line++) type_line(&t, next_line(&rest), line);
    return OK;
}

enum status correction_apply(struct arena *a, struct page *page, struct str text, struct err *e) {
    enum status s = OK;

    if (!arena_dup(a, text, &page->text))
        return fail(e, E_LIMIT, NULL, "no memory for the correction of a page");
    if (!correction_place(a, page, page->text, WORD_BYTES_MAX)) s = type_page(a, page, e);
    if (s != OK) return s;
    page->source = PAGE_CORRECTED;
    page->confidence = 100;
    page->legible = true;
    return OK;
}
