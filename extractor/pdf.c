#include "pdf.h"
#include "attached.h"
#include "content.h"
#include "pdf_form.h"
#include "pdf_layer.h"
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

static enum extract_code page_ocr(PopplerPage *page, const struct pdf_layer *l, bool layer_good,
                                  struct sheet *sheet, struct ocr *ocr) {
    PIX *picture = pdf_render(page);
    enum page_wire_source source = PAGE_WIRE_BLANK;

    if (!picture) return EXTRACT_TOO_COMPLEX;
    enum extract_code code = ocr_read(ocr, sheet, picture, &source);
    pixDestroy(&picture);
    if (code != EXTRACT_OK) return code;
    if (layer_good && l->letters > 0) {
        pdf_layer_add_missing(l, sheet);
        if (source == PAGE_WIRE_BLANK) source = PAGE_WIRE_TEXT;
    }
    return sheet_send(sheet, source);
}

static enum extract_code page_read(PopplerPage *page, int number, struct sheet *sheet, struct ocr *ocr) {
    double width, height;
    struct pdf_layer layer;

    poppler_page_get_size(page, &width, &height);
    sheet_begin(sheet, number, width * TENTHS, height * TENTHS);
    pdf_layer_read(page, &layer);
    bool good = layer.unreadable * 5 <= layer.letters;
    bool enough = good && (layer.letters >= LETTERS_ENOUGH ||
                           (layer.letters >= LETTERS_SOME && picture_part(page) < PICTURE_PART));
    enum extract_code code;
    if (enough) {
        pdf_layer_lay(&layer, sheet);
        pdf_form_lay(page, sheet); /* a picture of the page, for the OCR, has the form in it */
        code = sheet_send(sheet, PAGE_WIRE_TEXT);
    } else {
        code = page_ocr(page, &layer, good, sheet, ocr);
    }
    pdf_layer_done(&layer);
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
    enum extract_code code = attached_send_total(&attached, sheet);
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
