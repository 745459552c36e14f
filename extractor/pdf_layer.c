#include "pdf_layer.h"

#include "base/utf8.h"

#include <math.h>

/* Poppler counts in points, we in tenths of them. */
static const double TENTHS = 10;

/* Letters of one word stand so close (of their height), and side by side for so much of it. */
static const double WORD_GAP_PART = 0.15, SAME_LINE_PART = 0.3;

void pdf_layer_done(struct pdf_layer *l) {
    g_free(l->text);
    g_free(l->boxes);
}

void pdf_layer_read(PopplerPage *page, struct pdf_layer *out) {
    *out = (struct pdf_layer) { .text = poppler_page_get_text(page) };
    if (!out->text || !out->text[0] || !poppler_page_get_text_layout(page, &out->boxes, &out->count))
        out->count = 0;
    struct str text = str_from_c(out->text);
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c <= ' ') continue;
        out->letters++;
        /* No Unicode value known, or a code of the font's own: the letters cannot be read from the file. */
        out->unreadable += c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF) || (c >= 0x80 && c < 0xA0);
    }
}

/*
 * Does the character at b go on with the word that ends at a? Poppler's text leaves out the space between cells of a table that stand
 * close to each other. Its own words end at a gap of a tenth of the letters' height; the same gap, an overlap or another line
 * ends ours. Text may run along the page or across it.
 */
static bool goes_on(const PopplerRectangle *a, const PopplerRectangle *b) {
    double height = fmin(a->y2 - a->y1, b->y2 - b->y1), width = fmin(a->x2 - a->x1, b->x2 - b->x1);
    double beside = fmin(a->y2, b->y2) - fmax(a->y1, b->y1), below = fmin(a->x2, b->x2) - fmax(a->x1, b->x1);
    double gap_x = fmin(fabs(b->x1 - a->x2), fabs(a->x1 - b->x2)),
           gap_y = fmin(fabs(b->y1 - a->y2), fabs(a->y1 - b->y2));
    bool along = beside > height * SAME_LINE_PART && gap_x <= height * WORD_GAP_PART;
    return along || (below > width * SAME_LINE_PART && gap_y <= width * WORD_GAP_PART);
}

void pdf_layer_lay(const struct pdf_layer *l, struct sheet *sheet) {
    struct str text = str_from_c(l->text);
    size_t from = 0;
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;

    for (size_t at = 0, i = 0; i < l->count && at <= text.n; i++) {
        size_t start = at;
        uint32_t c = at < text.n ? utf8_next(text, &at) : '\n';
        const PopplerRectangle *b = &l->boxes[i];
        if (c > ' ' && start > from && !goes_on(b - 1, b)) {
            sheet_add(sheet, str_sub(text, from, start - from), x1 * TENTHS, y1 * TENTHS, (x2 - x1) * TENTHS,
                      (y2 - y1) * TENTHS, 100);
            from = start;
        }
        if (c > ' ') {
            bool first = start == from;
            x1 = first ? b->x1 : fmin(x1, b->x1);
            y1 = first ? b->y1 : fmin(y1, b->y1);
            x2 = first ? b->x2 : fmax(x2, b->x2);
            y2 = first ? b->y2 : fmax(y2, b->y2);
            if (i + 1 < l->count) continue;
            start = at;
        }
        if (start > from)
            sheet_add(sheet, str_sub(text, from, start - from), x1 * TENTHS, y1 * TENTHS, (x2 - x1) * TENTHS,
                      (y2 - y1) * TENTHS, 100);
        if (c == '\n') sheet_next_line(sheet);
        from = at;
    }
}

void pdf_layer_add_missing(const struct pdf_layer *l, struct sheet *sheet) {
    size_t ocr_words = sheet->page.word_count;

    sheet_next_line(sheet);
    pdf_layer_lay(l, sheet);
    struct word *words = sheet->page.words;
    size_t kept = ocr_words;
    for (size_t i = ocr_words; i < sheet->page.word_count; i++) {
        const struct box *b = &words[i].box;
        bool touched = false;
        for (size_t k = 0; k < ocr_words && !touched; k++) {
            const struct box *o = &words[k].box;
            touched = b->x < o->x + o->w && o->x < b->x + b->w && b->y < o->y + o->h && o->y < b->y + b->h;
        }
        if (!touched) words[kept++] = words[i];
    }
    sheet->page.word_count = kept;
}
