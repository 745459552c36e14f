#include "printed.h"

#include "base/utf8.h"
#include "documents/page_wire.h"
#include "upright.h"

/* No Unicode value known, or a code of the font's own: nobody finds what is written so. */
static bool is_unreadable(uint32_t c) {
    return c <= ' ' || c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF) || (c >= 0x80 && c < 0xA0);
}

/* What the page has as text: a character and its place each. */
struct letters {
    uint32_t *codes;
    PopplerRectangle *places;
    guint count;
};

static void letters_done(struct letters *l) {
    g_free(l->codes);
    g_free(l->places);
}

/* Those that can be read. */
static void letters_read(PopplerPage *page, struct letters *out) {
    char *bytes = poppler_page_get_text(page);
    struct str text = str_from_c(bytes ? bytes : "");
    guint kept = 0, count = 0;
    size_t at = 0;

    *out = (struct letters) { 0 };
    if (text.n > 0 && poppler_page_get_text_layout(page, &out->places, &count)) {
        out->codes = g_new(uint32_t, count);
        for (guint i = 0; i < count && at < text.n; i++) {
            uint32_t c = utf8_next(text, &at);
            if (is_unreadable(c)) continue;
            out->codes[kept] = c;
            out->places[kept++] = out->places[i];
        }
    }
    out->count = kept;
    g_free(bytes);
}

/* The characters of the page's text whose middle lies in the box of the word. */
static size_t letters_within(const struct letters *l, const struct page *page, const struct box *box,
                             const cairo_matrix_t *to_page, uint32_t *out, size_t max) {
    size_t n = 0;

    for (guint i = 0; i < l->count && n < max; i++) {
        const PopplerRectangle *r = &l->places[i];
        double x = (r->x1 + r->x2) / 2, y = (r->y1 + r->y2) / 2;
        cairo_matrix_transform_point(to_page, &x, &y);
        upright_level(page, &x, &y);
        if (x >= box->x && x <= box->x + box->w && y >= box->y && y <= box->y + box->h)
            out[n++] = l->codes[i];
    }
    return n;
}

/* Half of it at least is there, read by the OCR or not: "Duliprane" over "Doliprane", but no word over the codes of an unknown font. */
static bool is_printed(const struct word *word, uint32_t *there, size_t count) {
    size_t letters = 0, same = 0;

    for (size_t at = 0; at < word->text.n; letters++) {
        uint32_t c = utf8_next(word->text, &at);
        size_t i = 0;
        while (i < count && there[i] != c) i++;
        if (i == count) continue;
        there[i] = there[--count];
        same++;
    }
    return same * 2 >= letters && letters > 0;
}

static void take_out(const struct letters *l, struct page *page, const cairo_matrix_t *to_page) {
    uint32_t there[WORD_TEXT_MAX];
    size_t kept = 0;

    for (size_t i = 0; i < page->word_count; i++) {
        const struct word *word = &page->words[i];
        size_t n = letters_within(l, page, &word->box, to_page, there, COUNT_OF(there));
        if (!is_printed(word, there, n)) page->words[kept++] = *word;
    }
    page->word_count = kept;
}

/* From points of the page as Poppler sees it to tenths on the upright one. */
static bool to_upright(PopplerPage *from, const struct page *page, cairo_matrix_t *out) {
    struct paper paper = { .quarters = page->turn.quarters };

    poppler_page_get_size(from, &paper.width, &paper.height);
    upright_lay_down(&paper, page, out);
    return cairo_matrix_invert(out) == CAIRO_STATUS_SUCCESS;
}

void printed_take_out(PopplerDocument *document, struct page *page) {
    bool there = page->number <= poppler_document_get_n_pages(document);
    PopplerPage *from = there ? poppler_document_get_page(document, page->number - 1) : NULL;
    cairo_matrix_t to_page;
    struct letters letters;

    if (!from) return;
    letters_read(from, &letters);
    if (letters.count > 0 && to_upright(from, page, &to_page)) take_out(&letters, page, &to_page);
    letters_done(&letters);
    g_object_unref(from);
}
