#include "draw.h"

#include "os/file.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <libheif/heif.h>
#include <stdlib.h>
#include <unistd.h>

const char *const draw_lines[DRAW_LINES] = {
    "Docteur Awa NDIAYE, médecine générale",
    "Dakar, le 14 mars 2026",
    "Ordonnance pour Fatou Diop",
    "Doliprane 500 mg",
    "un comprimé matin et soir pendant 5 jours",
    "Amoxicilline 250 mg",
    "une gélule trois fois par jour pendant 7 jours",
    "Prendre les médicaments après les repas",
    "Revenir en consultation dans deux semaines",
};

/* A5 in points. */
static const double WIDTH = 420, HEIGHT = 595, MARGIN = 36, STEP = 32, SIZE = 14;

static void must(bool good) {
    if (!good) abort();
}

int draw_bytes(const void *bytes, size_t n) {
    int fd = -1;
    must(memory_file_new(&fd, NULL) == OK);
    must(fd_write_all(fd, (struct str) { bytes, n }, NULL) == OK);
    return fd;
}

static void draw_text(cairo_t *c, bool curves) {
    cairo_select_font_face(c, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(c, SIZE);
    cairo_set_source_rgb(c, 0, 0, 0);
    for (int i = 0; i < DRAW_LINES; i++) {
        cairo_move_to(c, MARGIN, MARGIN + SIZE + i * STEP);
        if (curves) {
            cairo_text_path(c, draw_lines[i]);
            cairo_fill(c);
        } else {
            cairo_show_text(c, draw_lines[i]);
        }
    }
}

static cairo_surface_t *draw_surface(int dpi) {
    double scale = dpi / 72.0;
    cairo_surface_t *s =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(WIDTH * scale), (int)(HEIGHT * scale));
    cairo_t *c = cairo_create(s);
    cairo_set_source_rgb(c, 1, 1, 1);
    cairo_paint(c);
    cairo_scale(c, scale, scale);
    draw_text(c, false);
    must(cairo_status(c) == CAIRO_STATUS_SUCCESS);
    cairo_destroy(c);
    cairo_surface_flush(s);
    return s;
}

PIX *draw_picture(int dpi) {
    cairo_surface_t *s = draw_surface(dpi);
    int w = cairo_image_surface_get_width(s), h = cairo_image_surface_get_height(s);
    int stride = cairo_image_surface_get_stride(s);
    const unsigned char *rows = cairo_image_surface_get_data(s);
    PIX *out = pixCreate(w, h, 8);

    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) pixSetPixel(out, x, y, rows[y * stride + 4 * x + 1]);
    cairo_surface_destroy(s);
    pixSetResolution(out, dpi, dpi);
    return out;
}

PIX *draw_turned(int quarters) {
    PIX *upright = draw_picture(200), *turned = pixRotateOrth(upright, quarters);

    pixDestroy(&upright);
    return turned;
}

PIX *draw_skewed(float angle) {
    PIX *straight = draw_picture(200),
        *skewed = pixRotate(straight, angle, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0);

    pixDestroy(&straight);
    return skewed;
}

static cairo_status_t write_to(void *fd, const unsigned char *bytes, unsigned n) {
    return fd_write_all(*(int *)fd, (struct str) { (const char *)bytes, n }, NULL) == OK
               ? CAIRO_STATUS_SUCCESS
               : CAIRO_STATUS_WRITE_ERROR;
}

static void draw_scan(cairo_t *c) {
    cairo_surface_t *picture = draw_surface(200);
    cairo_save(c);
    cairo_scale(c, 72 / 200.0, 72 / 200.0);
    cairo_set_source_surface(c, picture, 0, 0);
    cairo_paint(c);
    cairo_restore(c);
    cairo_surface_destroy(picture);
}

int draw_pdf(const enum draw_page *pages, int count) {
    int fd = -1;

    must(memory_file_new(&fd, NULL) == OK);
    cairo_surface_t *s = cairo_pdf_surface_create_for_stream(write_to, &fd, WIDTH, HEIGHT);
    cairo_t *c = cairo_create(s);
    for (int i = 0; i < count; i++) {
        if (pages[i] == DRAW_TEXT || pages[i] == DRAW_CURVES) draw_text(c, pages[i] == DRAW_CURVES);
        if (pages[i] == DRAW_SCAN) draw_scan(c);
        cairo_show_page(c);
    }
    cairo_destroy(c);
    cairo_surface_finish(s);
    must(cairo_surface_status(s) == CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(s);
    return fd;
}

static void encode(PIX *picture, enum draw_format format, l_uint8 **bytes, size_t *n) {
    if (format == DRAW_PNG) must(pixWriteMemPng(bytes, n, picture, 0) == 0);
    if (format == DRAW_JPEG) must(pixWriteMemJpeg(bytes, n, picture, 80, 0) == 0);
    if (format == DRAW_BMP) must(pixWriteMemBmp(bytes, n, picture) == 0);
    if (format == DRAW_WEBP) must(pixWriteMemWebP(bytes, n, picture, 80, 0) == 0);
}

static void encode_tiff(PIX *picture, int pages, l_uint8 **bytes, size_t *n) {
    PIXA *all = pixaCreate(pages);
    for (int i = 0; i < pages; i++) pixaAddPix(all, picture, L_CLONE);
    must(pixaWriteMemMultipageTiff(bytes, n, all) == 0);
    pixaDestroy(&all);
}

int draw_file(PIX *take, enum draw_format format, int pages) {
    l_uint8 *bytes = NULL;
    size_t n = 0;

    if (format == DRAW_TIFF)
        encode_tiff(take, pages, &bytes, &n);
    else
        encode(take, format, &bytes, &n);
    int fd = draw_bytes(bytes, n);
    lept_free(bytes);
    pixDestroy(&take);
    return fd;
}

int draw_jpeg_held(PIX *take, int orientation) {
    /* APP1 with a TIFF directory of one entry: tag 0x0112, SHORT, one, the orientation. */
    unsigned char exif[] = { 0xff, 0xe1, 0,    34,   'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
                             0,    1,    0x01, 0x12, 0,   3,   0,   0,   0, 1, 0,   0,   0, 0,  0, 0, 0, 0 };
    l_uint8 *bytes = NULL;
    size_t n = 0;
    int fd = -1;

    exif[29] = (unsigned char)orientation;
    encode(take, DRAW_JPEG, &bytes, &n);
    must(memory_file_new(&fd, NULL) == OK);
    must(fd_write_all(fd, (struct str) { (const char *)bytes, 2 }, NULL) == OK);
    must(fd_write_all(fd, (struct str) { (const char *)exif, sizeof exif }, NULL) == OK);
    must(fd_write_all(fd, (struct str) { (const char *)bytes + 2, n - 2 }, NULL) == OK);
    lept_free(bytes);
    pixDestroy(&take);
    return fd;
}

static struct heif_error heic_write(struct heif_context *c, const void *bytes, size_t n, void *fd) {
    (void)c;
    *(int *)fd = draw_bytes(bytes, n);
    return (struct heif_error) { heif_error_Ok, heif_suberror_Unspecified, "" };
}

static struct heif_image *heic_image(PIX *picture) {
    int w = pixGetWidth(picture), h = pixGetHeight(picture), stride = 0;
    struct heif_image *image = NULL;

    must(heif_image_create(w, h, heif_colorspace_monochrome, heif_chroma_monochrome, &image).code ==
         heif_error_Ok);
    must(heif_image_add_plane(image, heif_channel_Y, w, h, 8).code == heif_error_Ok);
    uint8_t *plane = heif_image_get_plane(image, heif_channel_Y, &stride);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            l_uint32 v = 0;
            pixGetPixel(picture, x, y, &v);
            plane[y * stride + x] = (uint8_t)v;
        }
    return image;
}

int draw_heic(PIX *take) {
    struct heif_context *c = heif_context_alloc();
    struct heif_encoder *encoder = NULL;
    int fd = -1;

    if (heif_context_get_encoder_for_format(c, heif_compression_HEVC, &encoder).code == heif_error_Ok) {
        struct heif_writer writer = { .writer_api_version = 1, .write = heic_write };
        struct heif_image *image = heic_image(take);
        must(heif_context_encode_image(c, image, encoder, NULL, NULL).code == heif_error_Ok);
        must(heif_context_write(c, &writer, &fd).code == heif_error_Ok);
        heif_image_release(image);
        heif_encoder_release(encoder);
    }
    heif_context_free(c);
    pixDestroy(&take);
    return fd;
}
