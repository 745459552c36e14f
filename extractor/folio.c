#include "folio.h"

#include "glyphless.h"
#include "invisible.h"
#include "pieces.h"

#include <math.h>
#include <stdio.h>

/* The name of the font in the resources of a page. */
#define FONT "MedirecordUnseen"

/* Operators of PAGE_WORDS_MAX words, each of the longest. */
enum { OPERATORS_MAX = 64 * 1024 * 1024 };

/* US letter, as viewers take a page that does not say its size. */
static const double PAGE_WIDTH = 612, PAGE_HEIGHT = 792;

/* ---- objects ---- */

static qpdf_oh key_of(struct folio *f, qpdf_oh dict, const char *key) {
    return qpdf_oh_get_key_if_dict(f->pdf, dict, key);
}

static void set(struct folio *f, qpdf_oh dict, const char *key, qpdf_oh value) {
    qpdf_oh_replace_key(f->pdf, dict, key, value);
}

static qpdf_oh name(struct folio *f, const char *text) {
    return qpdf_oh_new_name(f->pdf, text);
}

/* An entry that is a dictionary; it is made when it is missing or something else. */
static qpdf_oh dict_in(struct folio *f, qpdf_oh dict, const char *key) {
    qpdf_oh found = key_of(f, dict, key);

    if (qpdf_oh_is_dictionary(f->pdf, found)) return found;
    found = qpdf_oh_new_dictionary(f->pdf);
    set(f, dict, key, found);
    return found;
}

/* filter NULL: packed when it is written. */
static qpdf_oh stream_of(struct folio *f, struct str bytes, const char *filter) {
    qpdf_oh out = qpdf_oh_new_stream(f->pdf);

    qpdf_oh_replace_stream_data(f->pdf, out, (const unsigned char *)bytes.p, bytes.n,
                                filter ? name(f, filter) : qpdf_oh_new_null(f->pdf),
                                qpdf_oh_new_null(f->pdf));
    return out;
}

static qpdf_oh stream_of_buf(struct folio *f, struct buf *take) {
    qpdf_oh out = stream_of(f, buf_str(take), NULL);
    buf_done(take);
    return out;
}

/* ---- the font ---- */

static qpdf_oh font_file(struct folio *f) {
    struct buf b;

    buf_init(&b, 4096);
    glyphless_put(&b);
    size_t n = buf_str(&b).n;
    qpdf_oh out = stream_of_buf(f, &b);
    set(f, qpdf_oh_get_dict(f->pdf, out), "/Length1", qpdf_oh_new_integer(f->pdf, (long long)n));
    return out;
}

static qpdf_oh unicode_map(struct folio *f) {
    struct buf b;

    buf_init(&b, 64 * 1024);
    invisible_put_unicode_map(&b);
    return stream_of_buf(f, &b);
}

/* Every code is glyph 1. */
static qpdf_oh glyph_map(struct folio *f) {
    enum { CODES = 65536 };
    struct buf b;

    buf_init(&b, 2 * CODES);
    for (int i = 0; i < CODES; i++) buf_add(&b, (struct str) { "\0\1", 2 });
    return stream_of_buf(f, &b);
}

/* ISO 32000-1, 9.7. The descent is next to nothing, because 0 is taken for "not known". */
static qpdf_oh font_new(struct folio *f) {
    qpdf_oh about = qpdf_oh_parse(
        f->pdf, "<< /Type /FontDescriptor /FontName /" FONT " /Flags 5 /FontBBox [0 0 500 1000] "
                "/ItalicAngle 0 /Ascent 1000 /Descent -1 /CapHeight 1000 /StemV 80 >>");
    qpdf_oh letters = qpdf_oh_parse(f->pdf, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /" FONT
                                            " /DW 500 /CIDSystemInfo "
                                            "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>");
    qpdf_oh font =
        qpdf_oh_parse(f->pdf, "<< /Type /Font /Subtype /Type0 /BaseFont /" FONT " /Encoding /Identity-H >>");

    set(f, about, "/FontFile2", font_file(f));
    set(f, letters, "/FontDescriptor", qpdf_make_indirect_object(f->pdf, about));
    set(f, letters, "/CIDToGIDMap", glyph_map(f));
    set(f, font, "/DescendantFonts",
        qpdf_oh_wrap_in_array(f->pdf, qpdf_make_indirect_object(f->pdf, letters)));
    set(f, font, "/ToUnicode", unicode_map(f));
    return qpdf_make_indirect_object(f->pdf, font);
}

/* One for the whole document. */
static qpdf_oh font_of(struct folio *f) {
    if (f->font) return qpdf_get_object_by_id(f->pdf, f->font, 0);
    qpdf_oh out = font_new(f);
    f->font = qpdf_oh_get_object_id(f->pdf, out);
    return out;
}

/* ---- pages ---- */

struct rect {
    double x1, y1, x2, y2;
};

/* False: the entry is no rectangle that has something in it. */
static bool rect_of(struct folio *f, qpdf_oh page, const char *key, struct rect *out) {
    qpdf_oh array = key_of(f, page, key);
    double v[4];

    if (!qpdf_oh_is_array(f->pdf, array) || qpdf_oh_get_array_n_items(f->pdf, array) != 4) return false;
    for (int i = 0; i < 4; i++)
        if (!qpdf_oh_get_value_as_number(f->pdf, qpdf_oh_get_array_item(f->pdf, array, i), &v[i]))
            return false;
    if (!(v[0] != v[2] && v[1] != v[3])) return false;
    *out = (struct rect) { fmin(v[0], v[2]), fmin(v[1], v[3]), fmax(v[0], v[2]), fmax(v[1], v[3]) };
    return true;
}

/*
 * What is seen of the page: its crop box as far as there is paper. As Poppler sees it, by whose pages the words were placed: a crop box
 * that is wider or higher than the paper counts for nothing in that direction.
 */
static struct rect seen_of(struct folio *f, qpdf_oh page) {
    struct rect media = { 0, 0, PAGE_WIDTH, PAGE_HEIGHT }, crop;

    (void)rect_of(f, page, "/MediaBox", &media);
    if (!rect_of(f, page, "/CropBox", &crop)) return media;
    bool wide = crop.x2 - crop.x1 > media.x2 - media.x1, high = crop.y2 - crop.y1 > media.y2 - media.y1;
    crop.x1 = wide ? media.x1 : fmax(crop.x1, media.x1);
    crop.x2 = wide ? media.x2 : fmin(crop.x2, media.x2);
    crop.y1 = high ? media.y1 : fmax(crop.y1, media.y1);
    crop.y2 = high ? media.y2 : fmin(crop.y2, media.y2);
    return crop.x2 > crop.x1 && crop.y2 > crop.y1 ? crop : media;
}

static int quarters_of(struct folio *f, qpdf_oh page) {
    qpdf_oh entry = key_of(f, page, "/Rotate");
    long long degrees = qpdf_oh_is_integer(f->pdf, entry) ? qpdf_oh_get_int_value(f->pdf, entry) : 0;

    return degrees % 90 == 0 ? (int)((degrees / 90 % 4 + 4) % 4) : 0;
}

static qpdf_oh operators_of(struct folio *f, const struct page *page, struct rect seen, int quarters) {
    struct paper paper = { seen.x2 - seen.x1, seen.y2 - seen.y1, quarters };
    cairo_matrix_t place, user;
    struct buf b;

    upright_lay_down(&paper, page, &place);
    cairo_matrix_init(&user, 1, 0, 0, -1, seen.x1, seen.y2);
    cairo_matrix_multiply(&place, &place, &user);
    buf_init(&b, OPERATORS_MAX);
    invisible_put(&b, page, &place, FONT);
    return stream_of_buf(f, &b);
}

/* In front of what the page paints, where nothing has changed the user space yet. */
static void words_lay(struct folio *f, qpdf_oh on, const struct page *page, struct rect seen, int quarters) {
    qpdf_oh old = key_of(f, on, "/Contents"),
            all = qpdf_oh_wrap_in_array(f->pdf, operators_of(f, page, seen, quarters));

    if (qpdf_oh_is_array(f->pdf, old))
        for (int i = 0; i < qpdf_oh_get_array_n_items(f->pdf, old); i++)
            qpdf_oh_append_item(f->pdf, all, qpdf_oh_get_array_item(f->pdf, old, i));
    else if (qpdf_oh_is_stream(f->pdf, old))
        qpdf_oh_append_item(f->pdf, all, old);
    set(f, on, "/Contents", all);
    set(f, dict_in(f, dict_in(f, on, "/Resources"), "/Font"), "/" FONT, font_of(f));
}

static void lay(struct folio *f, qpdf_oh on, const struct page *page, struct rect seen, int quarters) {
    if (quarters != quarters_of(f, on)) set(f, on, "/Rotate", qpdf_oh_new_integer(f->pdf, quarters * 90));
    if (page->word_count > 0) words_lay(f, on, page, seen, quarters);
    qpdf_oh_release_all(f->pdf);
}

void folio_lay(struct folio *f, const struct page *page) {
    qpdf_oh on = qpdf_get_page_n(f->pdf, (size_t)page->number - 1);

    lay(f, on, page, seen_of(f, on), (quarters_of(f, on) + page->turn.quarters) % 4);
}

static qpdf_oh image_object(struct folio *f, const struct image *image) {
    char about[200];
    qpdf_oh out = stream_of(f, image->bytes, image->jpeg ? "/DCTDecode" : NULL),
            entries = qpdf_oh_get_dict(f->pdf, out);

    snprintf(about, sizeof about, "/%s", image->colour ? "DeviceRGB" : "DeviceGray");
    set(f, entries, "/Type", name(f, "/XObject"));
    set(f, entries, "/Subtype", name(f, "/Image"));
    set(f, entries, "/ColorSpace", name(f, about));
    set(f, entries, "/Width", qpdf_oh_new_integer(f->pdf, image->width));
    set(f, entries, "/Height", qpdf_oh_new_integer(f->pdf, image->height));
    set(f, entries, "/BitsPerComponent", qpdf_oh_new_integer(f->pdf, image->bits));
    if (!image->jpeg) set(f, entries, "/Decode", qpdf_oh_parse(f->pdf, "[1 0]"));
    return out;
}

enum extract_code folio_add(struct folio *f, const struct page *page, const struct image *image) {
    int quarters = (image->quarters + page->turn.quarters) % 4;
    bool lies = quarters % 2 == 1;
    double w = page->width / 10.0, h = page->height / 10.0;
    struct rect seen = { 0, 0, lies ? h : w, lies ? w : h };
    char text[200];

    /* A photograph is not as long and wide as the sheet on it. */
    if (!corners_are_none(&page->turn.corners)) seen.y2 = seen.x2 * image->height / image->width;
    if (image->bytes.n > EXTRACT_FILE_BYTES - f->image_bytes) return EXTRACT_TOO_COMPLEX;
    f->image_bytes += image->bytes.n;
    snprintf(text, sizeof text, "<< /Type /Page /MediaBox [0 0 %.1f %.1f] /Resources << >> >>", seen.x2,
             seen.y2);
    qpdf_oh on = qpdf_make_indirect_object(f->pdf, qpdf_oh_parse(f->pdf, text));
    if (image->bytes.n > 0) {
        int n = snprintf(text, sizeof text, "q %.1f 0 0 %.1f 0 0 cm /Picture Do Q\n", seen.x2, seen.y2);
        set(f, dict_in(f, dict_in(f, on, "/Resources"), "/XObject"), "/Picture", image_object(f, image));
        set(f, on, "/Contents", stream_of(f, (struct str) { text, (size_t)n }, NULL));
    }
    if (qpdf_add_page(f->pdf, f->pdf, on, QPDF_FALSE) & QPDF_ERRORS) return EXTRACT_TOO_COMPLEX;
    lay(f, on, page, seen, quarters);
    return EXTRACT_OK;
}

/* ---- the document ---- */

static enum extract_code folio_init(struct folio *f) {
    *f = (struct folio) { .pdf = qpdf_init() };
    if (!f->pdf) return EXTRACT_TOO_COMPLEX;
    qpdf_silence_errors(f->pdf);
    qpdf_set_suppress_warnings(f->pdf, QPDF_TRUE);
    return EXTRACT_OK;
}

/* Entries that pages have from their tree become their own, so that each can be looked at and changed alone. */
enum extract_code folio_open(struct folio *f, struct str bytes) {
    enum extract_code code = folio_init(f);

    if (code != EXTRACT_OK) return code;
    if (qpdf_read_memory(f->pdf, "document", bytes.p, bytes.n, "") & QPDF_ERRORS) return EXTRACT_DAMAGED;
    if (qpdf_push_inherited_attributes_to_page(f->pdf) & QPDF_ERRORS) return EXTRACT_DAMAGED;
    return qpdf_get_num_pages(f->pdf) > 0 ? EXTRACT_OK : EXTRACT_DAMAGED;
}

enum extract_code folio_new(struct folio *f) {
    enum extract_code code = folio_init(f);

    if (code != EXTRACT_OK) return code;
    return qpdf_empty_pdf(f->pdf) & QPDF_ERRORS ? EXTRACT_TOO_COMPLEX : EXTRACT_OK;
}

/* An error that nobody has asked for would be printed, and may quote the document. */
void folio_close(struct folio *f) {
    if (!f->pdf) return;
    if (qpdf_has_error(f->pdf)) (void)qpdf_get_error(f->pdf);
    qpdf_cleanup(&f->pdf);
}

int folio_page_count(struct folio *f) {
    return qpdf_get_num_pages(f->pdf);
}

enum extract_code folio_send(struct folio *f, int fd) {
    if (qpdf_has_error(f->pdf)) return EXTRACT_DAMAGED;
    return pieces_send_pdf(f->pdf, fd);
}
