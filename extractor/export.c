#include "export.h"

#include "attached.h"
#include "content.h"
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

/* Draws a page as it lies in its file, whose page it is of the number there. */
static enum extract_code page_redraw(struct str file, int number, const struct page *page, PIX **out) {
    bool lies = page->turn.quarters % 2 == 1;
    double w = lies ? page->height : page->width, h = lies ? page->width : page->height;
    double scale = fmin(REDRAW_DPI / TENTHS_PER_INCH, sqrt(REDRAW_PIXELS_MAX / (w * h)));

    return content_draw(file, number, (int)fmax(1, w * scale), (int)fmax(1, h * scale), out);
}

static enum extract_code page_image(struct pictures *pictures, const struct page *page, struct image *out) {
    PIX *picture = NULL;

    if (pictures->type == FILE_JPEG && page->number == 1 && image_of_jpeg(pictures->bytes, out))
        return EXTRACT_OK;
    enum extract_code code = pictures->type == FILE_PDF
                                 ? page_redraw(pictures->bytes, page->number, page, &picture)
                                 : pictures_next(pictures, PICTURE_COLOUR, &picture);
    return code == EXTRACT_OK ? image_of_picture(picture, out) : code;
}

/* A page that the file names and does not hold, or half of which is missing, was not read, and is empty here. */
static bool is_lost(enum extract_code code, const struct page *page) {
    return (code == EXTRACT_DAMAGED || code == EXTRACT_NO_PAGES) && page->word_count == 0 && page->number > 1;
}

/* A page more; `code` is what came of its image, which is given back. */
static enum extract_code page_add(struct folio *folio, const struct page *page, enum extract_code code,
                                  struct image *image) {
    if (is_lost(code, page)) code = EXTRACT_OK;
    if (code != EXTRACT_OK) return code;
    code = folio_add(folio, page, image);
    image_done(image);
    return code;
}

/* Every page as a picture, one at a time. */
static enum extract_code pages_draw(struct folio *folio, struct pictures *pictures, struct leaves *leaves) {
    for (;;) {
        bool end = false;
        enum extract_code code = leaves_next(leaves, &end);
        if (end || code != EXTRACT_OK) return code;
        struct image image = { 0 };
        code = page_image(pictures, &leaves->page, &image);
        code = page_add(folio, &leaves->page, code, &image);
        if (code != EXTRACT_OK) return code;
    }
}

/* A PDF that keeps its own pages. */
struct keeping {
    struct folio folio;
    struct str bytes;
    int pages;                 /* its own: those of files within it follow */
    PopplerDocument *document; /* as Poppler sees it; NULL: nobody has asked yet */
    struct attached files;     /* within it; without pages until somebody asks */
};

static enum extract_code document_of(struct keeping *k) {
    return k->document ? EXTRACT_OK : pdf_open(k->bytes, &k->document);
}

/* A page that was read from its picture may have words of its own, which Poppler knows. */
static void page_lay(struct keeping *k, struct page *page) {
    if (page->source == PAGE_TEXT) return;
    if (page->source == PAGE_OCR && document_of(k) == EXTRACT_OK) printed_take_out(k->document, page);
    folio_lay(&k->folio, page);
}

/* The file within the document that a page is of. NULL: none, or the libraries do not see as many pages in front of it. */
static const struct attached_file *file_of(struct keeping *k, const struct page *page) {
    if (document_of(k) != EXTRACT_OK || poppler_document_get_n_pages(k->document) != k->pages) return NULL;
    if (k->files.pages == 0) attached_open(k->document, k->pages, &k->files);
    return attached_at(&k->files, page->number);
}

static enum extract_code page_append(struct keeping *k, const struct page *page) {
    const struct attached_file *file = file_of(k, page);
    struct image image = { 0 };
    PIX *picture = NULL;

    if (!file) return EXTRACT_DAMAGED;
    enum extract_code code =
        page_redraw(buf_str(&file->bytes), page->number - file->first + 1, page, &picture);
    if (code == EXTRACT_OK) code = image_of_picture(picture, &image);
    return page_add(&k->folio, page, code, &image);
}

static enum extract_code pages_lay(struct keeping *k, struct leaves *leaves) {
    for (;;) {
        bool end = false;
        enum extract_code code = leaves_next(leaves, &end);
        if (code == EXTRACT_OK && end) return leaves->page.number < k->pages ? EXTRACT_DAMAGED : EXTRACT_OK;
        if (code == EXTRACT_OK && leaves->page.number > k->pages) code = page_append(k, &leaves->page);
        if (code != EXTRACT_OK) return code;
        if (leaves->page.number <= k->pages) page_lay(k, &leaves->page);
    }
}

/* The document as it is, with words over it. Nothing was sent when it fails. EXTRACT_DAMAGED: it has to be drawn anew. */
static enum extract_code document_lay(struct str bytes, struct leaves *leaves, int fd) {
    struct keeping k = { .bytes = bytes };
    enum extract_code code = folio_open(&k.folio, bytes);

    if (code == EXTRACT_OK) {
        k.pages = folio_page_count(&k.folio);
        code = pages_lay(&k, leaves);
    }
    if (code == EXTRACT_OK) code = folio_send(&k.folio, fd);
    attached_done(&k.files);
    if (k.document) g_object_unref(k.document);
    folio_close(&k.folio);
    return code;
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
