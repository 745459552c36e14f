#include "text_pdf.h"

#include "base/buf.h"
#include "font.h"
#include "pieces.h"
#include "text_picture.h"

#include <cairo-pdf.h>

/* Boxes are in tenths of a point. */
static const double TENTH = 0.1;

static cairo_status_t take_bytes(void *ctx, const unsigned char *bytes, unsigned n) {
    struct buf *b = ctx;

    buf_add(b, (struct str) { (const char *)bytes, n });
    return buf_ok(b) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static enum extract_code pages_paint(struct leaves *leaves, cairo_surface_t *surface, cairo_t *cairo) {
    cairo_font_face_t *font = font_plain(); /* without one the page is white */
    enum extract_code code = EXTRACT_OK;

    for (bool end = false; code == EXTRACT_OK;) {
        code = leaves_next(leaves, &end);
        if (end || code != EXTRACT_OK) break;
        const struct page *page = &leaves->page;
        cairo_pdf_surface_set_size(surface, page->width * TENTH, page->height * TENTH);
        cairo_save(cairo);
        cairo_scale(cairo, TENTH, TENTH);
        text_page_paint(cairo, font, page);
        cairo_restore(cairo);
        cairo_show_page(cairo);
        if (cairo_status(cairo) != CAIRO_STATUS_SUCCESS) code = EXTRACT_TOO_COMPLEX;
    }
    cairo_font_face_destroy(font);
    return code;
}

enum extract_code text_pdf_send(struct leaves *leaves, int fd) {
    struct buf file;

    buf_init(&file, EXTRACT_FILE_BYTES);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take_bytes, &file, 1, 1);
    cairo_t *cairo = cairo_create(surface);
    enum extract_code code = pages_paint(leaves, surface, cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    if (code == EXTRACT_OK && (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS || !buf_ok(&file)))
        code = EXTRACT_TOO_COMPLEX;
    cairo_surface_destroy(surface);
    if (code == EXTRACT_OK) code = pieces_send(buf_str(&file), fd);
    buf_done(&file);
    return code;
}
