#include "picture.h"
#include "exif.h"
#include "tiff.h"

enum { SPECK = 6 }; /* points */

static bool fits(l_int32 w, l_int32 h) {
    return w > 0 && h > 0 && w <= PICTURE_SIDE_MAX && h <= PICTURE_SIDE_MAX &&
           (int64_t)w * h <= PICTURE_PIXELS_MAX;
}

static const l_uint8 *octets(struct str bytes) {
    return (const l_uint8 *)bytes.p;
}

/* EXIF and TIFF orientation 1..8 as leptonica's turns and mirrors (TIFF 6.0, tag 274). */
static PIX *turned(PIX *in, int orientation) {
    static const struct {
        int quarters;
        bool mirror;
    } how[9] = { { 0, false }, { 0, false }, { 0, true }, { 2, false }, { 2, true },
                 { 1, true },  { 1, false }, { 3, true }, { 3, false } };
    if (orientation < 2 || orientation > 8) return pixClone(in);
    PIX *out = pixRotateOrth(in, how[orientation].quarters);
    return out && how[orientation].mirror ? pixFlipLR(out, out) : out;
}

/*
 * Half, quarter or eighth size while that keeps more than enough: the JPEG library then never makes the
 * large picture.
 */
static int jpeg_reduction(l_int32 w, l_int32 h) {
    enum { SIDE_ENOUGH = 4500 };
    l_int32 side = w > h ? w : h;
    int reduction = 1;

    while (reduction < 8 && side / (2 * reduction) >= SIDE_ENOUGH) reduction *= 2;
    return reduction;
}

static enum extract_code jpeg_decode(struct str bytes, enum picture_colours colours, PIX **out) {
    l_int32 w = 0, h = 0, hint = colours == PICTURE_GREY ? L_JPEG_READ_LUMINANCE : 0;

    if (readHeaderMemJpeg(octets(bytes), bytes.n, &w, &h, NULL, NULL, NULL) != 0) return EXTRACT_DAMAGED;
    if (!fits(w, h)) return EXTRACT_TOO_LARGE_PICTURE;
    PIX *raw = pixReadMemJpeg(octets(bytes), bytes.n, 0, jpeg_reduction(w, h), NULL, hint);
    if (!raw) return EXTRACT_DAMAGED;
    *out = turned(raw, exif_jpeg_orientation(bytes));
    pixDestroy(&raw);
    return *out ? EXTRACT_OK : EXTRACT_TOO_COMPLEX;
}

static enum extract_code png_decode(struct str bytes, PIX **out) {
    l_int32 w = 0, h = 0;

    if (readHeaderMemPng(octets(bytes), bytes.n, &w, &h, NULL, NULL, NULL) != 0) return EXTRACT_DAMAGED;
    if (!fits(w, h)) return EXTRACT_TOO_LARGE_PICTURE;
    *out = pixReadMemPng(octets(bytes), bytes.n);
    return *out ? EXTRACT_OK : EXTRACT_DAMAGED;
}

static enum extract_code webp_decode(struct str bytes, PIX **out) {
    l_int32 w = 0, h = 0, spp = 0;

    if (readHeaderMemWebP(octets(bytes), bytes.n, &w, &h, &spp) != 0) return EXTRACT_DAMAGED;
    if (!fits(w, h)) return EXTRACT_TOO_LARGE_PICTURE;
    *out = pixReadMemWebP(octets(bytes), bytes.n);
    return *out ? EXTRACT_OK : EXTRACT_DAMAGED;
}

/* The size stands in the header: of 16 bits in the oldest kind, else of 32, the height upside down when negative. */
static enum extract_code bmp_decode(struct str bytes, PIX **out) {
    enum { HEADER_AT = 14, BYTES_MIN = 26, OLD_HEADER = 12 };
    const l_uint8 *p = octets(bytes);
    int64_t w, h;

    if (bytes.n < BYTES_MIN) return EXTRACT_DAMAGED;
    if (p[HEADER_AT] == OLD_HEADER) return EXTRACT_UNSUPPORTED; /* leptonica does not know it */
    w = (int32_t)((uint32_t)p[18] | (uint32_t)p[19] << 8 | (uint32_t)p[20] << 16 | (uint32_t)p[21] << 24);
    h = (int32_t)((uint32_t)p[22] | (uint32_t)p[23] << 8 | (uint32_t)p[24] << 16 | (uint32_t)p[25] << 24);
    if (w <= 0 || h == 0) return EXTRACT_DAMAGED;
    if (h < 0) h = -h;
    if (w > PICTURE_SIDE_MAX || h > PICTURE_SIDE_MAX || w * h > PICTURE_PIXELS_MAX)
        return EXTRACT_TOO_LARGE_PICTURE;
    *out = pixReadMemBmp(p, bytes.n);
    return *out ? EXTRACT_OK : EXTRACT_DAMAGED;
}

static enum extract_code picture_page(struct sheet *sheet, struct ocr *ocr, int number, PIX *picture) {
    enum page_wire_source source;

    sheet_begin(sheet, number, 1, 1);
    /* No letter fits on it, and the mending of pictures wants a few points. */
    if (pixGetWidth(picture) < SPECK || pixGetHeight(picture) < SPECK)
        return sheet_send(sheet, PAGE_WIRE_OCR);
    enum extract_code code = ocr_read(ocr, sheet, picture, &source);
    return code == EXTRACT_OK ? sheet_send(sheet, source) : code;
}

/* How many pictures a TIFF file holds, each looked at before one is decoded. */
static enum extract_code tiff_count(struct str bytes, int *count) {
    l_int32 w, h;

    for (*count = 0;
         readHeaderMemTiff(octets(bytes), bytes.n, *count, &w, &h, NULL, NULL, NULL, NULL, NULL) == 0;
         (*count)++) {
        if (*count >= PAGES_MAX) return EXTRACT_TOO_MANY_PAGES;
        if (!fits(w, h)) return EXTRACT_TOO_LARGE_PICTURE;
    }
    return *count > 0 ? EXTRACT_OK : EXTRACT_DAMAGED;
}

static enum extract_code tiff_decode(struct str bytes, int page, PIX **out) {
    int count = 0;
    enum extract_code code = tiff_count(bytes, &count);

    if (code != EXTRACT_OK) return code;
    if (page > count) return EXTRACT_NO_PAGES;
    *out = pixReadMemTiff(octets(bytes), bytes.n, page - 1);
    return *out ? EXTRACT_OK : EXTRACT_DAMAGED;
}

/* A file that was cut off has a page more: the one that is lost, and any behind it. */
static enum extract_code tiff_read(struct sheet *sheet, struct ocr *ocr, struct str bytes) {
    int count = 0;
    size_t offset = 0;
    enum extract_code code = tiff_count(bytes, &count);
    bool cut = count < PAGES_MAX && tiff_is_cut(bytes);

    if (code == EXTRACT_OK) code = sheet_send_total(sheet, count + cut);
    for (int i = 0; i < count && code == EXTRACT_OK; i++) {
        PIX *picture = pixReadMemFromMultipageTiff(octets(bytes), bytes.n, &offset);
        if (!picture) return EXTRACT_DAMAGED;
        if (sheet_claim(sheet, i + 1)) code = picture_page(sheet, ocr, i + 1, picture);
        pixDestroy(&picture);
    }
    return code == EXTRACT_OK && cut && sheet_claim(sheet, count + 1) ? EXTRACT_DAMAGED : code;
}

enum extract_code picture_decode(enum file_type type, struct str bytes, int page,
                                 enum picture_colours colours, PIX **out) {
    if (type == FILE_TIFF) return tiff_decode(bytes, page, out);
    if (page > 1) return EXTRACT_NO_PAGES;
    if (type == FILE_JPEG) return jpeg_decode(bytes, colours, out);
    if (type == FILE_PNG) return png_decode(bytes, out);
    if (type == FILE_WEBP) return webp_decode(bytes, out);
    if (type == FILE_BMP) return bmp_decode(bytes, out);
    return type == FILE_HEIC ? heic_decode(bytes, colours, out) : EXTRACT_UNSUPPORTED;
}

enum extract_code pictures_open(struct pictures *p, enum file_type type, struct str bytes) {
    int count = 0; /* and with it the size of each */

    *p = (struct pictures) { type, bytes, 0, 0 };
    return type == FILE_TIFF ? tiff_count(bytes, &count) : EXTRACT_OK;
}

enum extract_code pictures_next(struct pictures *p, enum picture_colours colours, PIX **out) {
    p->page++;
    if (p->type != FILE_TIFF) return picture_decode(p->type, p->bytes, p->page, colours, out);
    if (p->page > 1 && p->offset == 0) return EXTRACT_NO_PAGES;
    *out = pixReadMemFromMultipageTiff(octets(p->bytes), p->bytes.n, &p->offset);
    if (*out) return EXTRACT_OK;
    p->offset = 0;
    return EXTRACT_DAMAGED;
}

enum extract_code picture_read(struct sheet *sheet, struct ocr *ocr, enum file_type type, struct str bytes) {
    PIX *picture = NULL;

    if (type == FILE_TIFF) return tiff_read(sheet, ocr, bytes);
    enum extract_code code = sheet_send_total(sheet, 1); /* who counts pages decodes no picture */
    if (code == EXTRACT_OK) code = picture_decode(type, bytes, 1, PICTURE_GREY, &picture);
    if (code == EXTRACT_OK) code = picture_page(sheet, ocr, 1, picture);
    pixDestroy(&picture);
    return code;
}
