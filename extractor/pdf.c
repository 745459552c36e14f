#include "pdf.h"
#include "attached.h"
#include "base/utf8.h"
#include "content.h"
#include "pdf_form.h"
#include "pdf_render.h"

#include <math.h>

#include <poppler.h>

/* Poppler counts in points, we in tenths of them. */
static const double TENTHS = 10;

/*
 * A text layer of so many letters is believed. With fewer, a picture that covers a good part of the page is
 * read too (a scan with a stamp or a fax line on it); with next to none, whatever is drawn is read (letters
 * turned into curves).
 */
enum { LETTERS_ENOUGH = 200, LETTERS_SOME = 16 };
static const double PICTURE_PART = 0.25;

/* Letters of one word stand so close (of their height), and side by side for so much of it. */
static const double WORD_GAP_PART = 0.15, SAME_LINE_PART = 0.3;

struct layer {
    char *text; /* UTF-8, a rectangle for each character */
    PopplerRectangle *boxes;
    guint count;
    size_t letters, unreadable;
};

static void layer_done(struct layer *l) {
    g_free(l->text);
    g_free(l->boxes);
}

static void layer_read(PopplerPage *page, struct layer *out) {
    *out = (struct layer) { .text = poppler_page_get_text(page) };
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

/* The words of the layer in Poppler's reading order. */
static void layer_lay(const struct layer *l, struct sheet *sheet) {
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

/* How much of the page the largest picture covers, 0..1. */
static double picture_part(PopplerPage *page) {
    double width, height, best = 0;
    GList *pictures = poppler_page_get_image_mapping(page);

    poppler_page_get_size(page, &width, &height);
    for (GList *i = pictures; i; i = i->next) {
        const PopplerRectangle *r = &((PopplerImageMapping *)i->data)->area;
        best = fmax(best, fabs((r->x2 - r->x1) * (r->y2 - r->y1)));
    }
    poppler_page_free_image_mapping(pictures);
    return width * height > 0 ? best / (width * height) : 0;
}

/*
 * Words of the layer that no word of the OCR touches follow it: fonts that are not in the file are not in
 * the picture of the page.
 */
static void layer_add_missing(const struct layer *l, struct sheet *sheet) {
    size_t ocr_words = sheet->page.word_count;

    sheet_next_line(sheet);
    layer_lay(l, sheet);
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

static enum extract_code page_ocr(PopplerPage *page, const struct layer *l, bool layer_good,
                                  struct sheet *sheet, struct ocr *ocr) {
    PIX *picture = pdf_render(page);
    enum page_wire_source source = PAGE_WIRE_BLANK;

    if (!picture) return EXTRACT_TOO_COMPLEX;
    enum extract_code code = ocr_read(ocr, sheet, picture, &source);
    pixDestroy(&picture);
    if (code != EXTRACT_OK) return code;
    if (layer_good && l->letters > 0) {
        layer_add_missing(l, sheet);
        if (source == PAGE_WIRE_BLANK) source = PAGE_WIRE_TEXT;
    }
    return sheet_send(sheet, source);
}

static enum extract_code page_read(PopplerPage *page, int number, struct sheet *sheet, struct ocr *ocr) {
    double width, height;
    struct layer layer;

    poppler_page_get_size(page, &width, &height);
    sheet_begin(sheet, number, width * TENTHS, height * TENTHS);
    layer_read(page, &layer);
    bool good = layer.unreadable * 5 <= layer.letters;
    bool enough = good && (layer.letters >= LETTERS_ENOUGH ||
                           (layer.letters >= LETTERS_SOME && picture_part(page) < PICTURE_PART));
    enum extract_code code;
    if (enough) {
        layer_lay(&layer, sheet);
        pdf_form_lay(page, sheet); /* a picture of the page, for the OCR, has the form in it */
        code = sheet_send(sheet, PAGE_WIRE_TEXT);
    } else {
        code = page_ocr(page, &layer, good, sheet, ocr);
    }
    layer_done(&layer);
    return code;
}

static enum extract_code open_failure(const GError *error) {
    if (error && error->domain == POPPLER_ERROR && error->code == POPPLER_ERROR_ENCRYPTED)
        return EXTRACT_ENCRYPTED;
    return EXTRACT_DAMAGED;
}

static enum extract_code pages_count(PopplerDocument *document, int *count) {
    *count = poppler_document_get_n_pages(document);
    if (*count <= 0) return EXTRACT_NO_PAGES;
    return *count > PAGES_MAX ? EXTRACT_TOO_MANY_PAGES : EXTRACT_OK;
}

static enum extract_code pages_read(PopplerDocument *document, int count, struct sheet *sheet,
                                    struct ocr *ocr) {
    enum extract_code code = EXTRACT_OK;

    for (int i = 0; i < count && code == EXTRACT_OK; i++) {
        if (!sheet_claim(sheet, i + 1)) continue;
        PopplerPage *page = poppler_document_get_page(document, i);
        if (page) {
            code = page_read(page, i + 1, sheet, ocr);
            g_object_unref(page);
        } else { /* a page that the file names but does not hold: the others can still be read */
            sheet_begin(sheet, i + 1, 5950, 8420);
            code = sheet_send(sheet, PAGE_WIRE_OCR);
        }
    }
    return code;
}

enum extract_code pdf_open(struct str bytes, PopplerDocument **out) {
    GError *error = NULL;
    GBytes *data = g_bytes_new_static(bytes.p, bytes.n);

    *out = poppler_document_new_from_bytes(data, NULL, &error);
    enum extract_code code = *out ? EXTRACT_OK : open_failure(error);
    g_clear_error(&error);
    g_bytes_unref(data);
    return code;
}

/* Files within a file within the document are not read. */
static enum extract_code file_read(PopplerDocument *document, int count, struct sheet *sheet,
                                   struct ocr *ocr) {
    sheet->holds_files = attached_any(document);
    enum extract_code code = sheet_send_total(sheet, count);
    return code == EXTRACT_OK ? pages_read(document, count, sheet, ocr) : code;
}

static enum extract_code whole_read(PopplerDocument *document, int count, struct sheet *sheet,
                                    struct ocr *ocr) {
    struct attached attached;

    attached_open(document, count, &attached);
    enum extract_code code = attached_send_total(&attached, sheet, count);
    if (code == EXTRACT_OK) code = pages_read(document, count, sheet, ocr);
    if (code == EXTRACT_OK) code = attached_read(&attached, sheet, ocr);
    attached_done(&attached);
    return code;
}

/* Its last line is missing, and what Poppler could not find stood behind. */
static bool is_cut(struct str bytes) {
    enum { END_BYTES = 2048 };
    struct str end = str_sub(bytes, bytes.n > END_BYTES ? bytes.n - END_BYTES : 0, END_BYTES);
    return str_find(end, STR("%%EOF")) == end.n;
}

enum extract_code pdf_read(struct sheet *sheet, struct ocr *ocr, struct str bytes) {
    PopplerDocument *document = NULL;
    enum extract_code code = pdf_open(bytes, &document);
    int count = 0;

    if (code == EXTRACT_OK) code = pages_count(document, &count);
    if (code == EXTRACT_NO_PAGES && is_cut(bytes)) code = EXTRACT_DAMAGED;
    if (code == EXTRACT_OK)
        code =
            sheet->within ? file_read(document, count, sheet, ocr) : whole_read(document, count, sheet, ocr);
    if (document) g_object_unref(document);
    return code;
}

static enum extract_code page_draw(PopplerDocument *document, int number, int width, int height, PIX **out) {
    PopplerPage *page = poppler_document_get_page(document, number - 1);

    if (!page) return EXTRACT_NO_PAGES;
    *out = pdf_render_colour(page, width, height);
    g_object_unref(page);
    return *out ? EXTRACT_OK : EXTRACT_TOO_COMPLEX;
}

/* A page of one of the files within the document. */
static enum extract_code attached_draw(PopplerDocument *document, int count, int number, int width,
                                       int height, PIX **out) {
    struct attached attached;

    attached_open(document, count, &attached);
    const struct attached_file *file = attached_at(&attached, number);
    enum extract_code code =
        file ? content_draw(buf_str(&file->bytes), number - file->first + 1, width, height, out)
             : EXTRACT_NO_PAGES;
    attached_done(&attached);
    return code;
}

enum extract_code pdf_draw(struct str bytes, int number, int width, int height, PIX **out) {
    PopplerDocument *document = NULL;
    enum extract_code code = pdf_open(bytes, &document);
    int count = 0;

    if (code == EXTRACT_OK) code = pages_count(document, &count);
    if (code == EXTRACT_OK)
        code = number <= count ? page_draw(document, number, width, height, out)
                               : attached_draw(document, count, number, width, height, out);
    if (document) g_object_unref(document);
    return code;
}
