#include "export.h"

#include "documents/file_type.h"
#include "folio.h"
#include "leaves.h"
#include "pdf.h"
#include "picture.h"
#include "printed.h"
#include "text_pdf.h"

#include <math.h>

/* Of a page that is drawn anew: small print stays sharp, and a page of A4 has 4 million pixels. */
static const double REDRAW_DPI = 200, TENTHS_PER_INCH = 720, REDRAW_PIXELS_MAX = 16e6;

/* Poppler is asked for pages that were read from their picture, once there is one. */
static void page_lay(struct folio *folio, struct str bytes, PopplerDocument **document, struct page *page) {
    if (page->source == PAGE_TEXT) return;
    if (page->source == PAGE_OCR && !*document && pdf_open(bytes, document) != EXTRACT_OK) *document = NULL;
    if (page->source == PAGE_OCR && *document) printed_take_out(*document, page);
    folio_lay(folio, page);
}

/* EXTRACT_DAMAGED: the two libraries do not see the same pages. */
static enum extract_code pages_lay(struct folio *folio, struct str bytes, struct leaves *leaves) {
    PopplerDocument *document = NULL;
    int count = folio_page_count(folio);
    enum extract_code code;

    for (bool end = false;;) {
        code = leaves_next(leaves, &end);
        if (end || code != EXTRACT_OK) break;
        if (leaves->page.number > count) {
            code = EXTRACT_DAMAGED;
            break;
        }
        page_lay(folio, bytes, &document, &leaves->page);
    }
    if (document) g_object_unref(document);
    return code == EXTRACT_OK && leaves->page.number != count ? EXTRACT_DAMAGED : code;
}

/* The document as it is, with words over it. Nothing was sent when it fails. */
static enum extract_code document_lay(struct str bytes, struct leaves *leaves, int fd) {
    struct folio folio;
    enum extract_code code = folio_open(&folio, bytes);

    if (code == EXTRACT_OK) code = pages_lay(&folio, bytes, leaves);
    if (code == EXTRACT_OK) code = folio_send(&folio, fd);
    folio_close(&folio);
    return code;
}

/* Pixels of the page as it lies in the file. */
static enum extract_code pdf_redraw(struct str bytes, const struct page *page, PIX **out) {
    bool lies = page->turn.quarters % 2 == 1;
    double w = lies ? page->height : page->width, h = lies ? page->width : page->height;
    double scale = fmin(REDRAW_DPI / TENTHS_PER_INCH, sqrt(REDRAW_PIXELS_MAX / (w * h)));

    return pdf_draw(bytes, page->number, (int)fmax(1, w * scale), (int)fmax(1, h * scale), out);
}

static enum extract_code page_image(struct pictures *pictures, const struct page *page, struct image *out) {
    PIX *picture = NULL;

    if (pictures->type == FILE_JPEG && page->number == 1 && image_of_jpeg(pictures->bytes, out))
        return EXTRACT_OK;
    enum extract_code code = pictures->type == FILE_PDF ? pdf_redraw(pictures->bytes, page, &picture)
                                                        : pictures_next(pictures, PICTURE_COLOUR, &picture);
    return code == EXTRACT_OK ? image_of_picture(picture, out) : code;
}

/* A page that the file names and does not hold, or half of which is missing, was not read, and is empty here. */
static bool is_lost(enum extract_code code, const struct page *page) {
    return (code == EXTRACT_DAMAGED || code == EXTRACT_NO_PAGES) && page->word_count == 0 && page->number > 1;
}

/* Every page as a picture, one at a time. */
static enum extract_code pages_draw(struct folio *folio, struct pictures *pictures, struct leaves *leaves) {
    for (;;) {
        struct image image = { 0 };
        bool end = false;
        enum extract_code code = leaves_next(leaves, &end);
        if (end || code != EXTRACT_OK) return code;
        code = page_image(pictures, &leaves->page, &image);
        if (is_lost(code, &leaves->page)) code = EXTRACT_OK;
        if (code != EXTRACT_OK) return code;
        code = folio_add(folio, &leaves->page, &image);
        image_done(&image);
        if (code != EXTRACT_OK) return code;
    }
}

static enum extract_code document_draw(enum file_type type, struct str bytes, struct leaves *leaves, int fd) {
    struct pictures pictures;
    struct folio folio;
    enum extract_code code = folio_new(&folio);

    if (code == EXTRACT_OK) code = pictures_open(&pictures, type, bytes);
    if (code == EXTRACT_OK) code = pages_draw(&folio, &pictures, leaves);
    if (code == EXTRACT_OK) code = folio_send(&folio, fd);
    folio_close(&folio);
    return code;
}

/* One way of making it, from the first page on. */
static enum extract_code attempt(enum file_type type, struct str bytes, struct str pages, bool anew, int fd) {
    struct leaves leaves;
    enum extract_code code = EXTRACT_UNSUPPORTED;

    if (!leaves_open(&leaves, pages)) return EXTRACT_TOO_COMPLEX;
    switch (type) {
    case FILE_PDF:
        code = anew ? document_draw(type, bytes, &leaves, fd) : document_lay(bytes, &leaves, fd);
        break;
    case FILE_DOCX:
    case FILE_ODT:
    case FILE_TEXT: code = text_pdf_send(&leaves, fd); break;
    case FILE_PNG:
    case FILE_JPEG:
    case FILE_TIFF:
    case FILE_WEBP:
    case FILE_BMP:
    case FILE_HEIC: code = document_draw(type, bytes, &leaves, fd); break;
    case FILE_OLE:
    case FILE_UNKNOWN:
    case FILE_TYPE_COUNT: break;
    }
    leaves_close(&leaves);
    return code;
}

enum extract_code export_send(struct str bytes, struct str pages, int fd) {
    enum file_type type = file_type_of(bytes);
    enum extract_code code = attempt(type, bytes, pages, false, fd);

    return type == FILE_PDF && code == EXTRACT_DAMAGED ? attempt(type, bytes, pages, true, fd) : code;
}
