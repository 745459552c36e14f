#include "canvas.h"

#include <stddef.h>
#include <stdint.h>

/* Luminance (ITU-R BT.601) of cairo's 32-bit pixels. */
static PIX *grey_of(cairo_surface_t *surface, int width, int height) {
    PIX *out = pixCreateNoInit(width, height, 8);
    const unsigned char *rows = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);

    if (!out || !rows) {
        pixDestroy(&out);
        return NULL;
    }
    l_uint32 *lines = pixGetData(out);
    int words_per_line = pixGetWpl(out);
    for (int y = 0; y < height; y++) {
        const uint32_t *in = (const uint32_t *)(const void *)(rows + (ptrdiff_t)y * stride);
        l_uint32 *line = lines + (ptrdiff_t)y * words_per_line;
        for (int x = 0; x < width; x++) {
            uint32_t p = in[x];
            uint32_t grey = ((p >> 16 & 0xff) * 77 + (p >> 8 & 0xff) * 150 + (p & 0xff) * 29) >> 8;
            SET_DATA_BYTE(line, x, (l_uint8)grey);
        }
    }
    return out;
}

static PIX *colour_of(cairo_surface_t *surface, int width, int height) {
    PIX *out = pixCreate(width, height, 32);
    const unsigned char *rows = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);

    if (!out || !rows) {
        pixDestroy(&out);
        return NULL;
    }
    l_uint32 *lines = pixGetData(out);
    int words_per_line = pixGetWpl(out);
    for (int y = 0; y < height; y++) {
        const uint32_t *in = (const uint32_t *)(const void *)(rows + (ptrdiff_t)y * stride);
        l_uint32 *line = lines + (ptrdiff_t)y * words_per_line;
        for (int x = 0; x < width; x++) line[x] = in[x] << 8; /* RGB above, nothing below */
    }
    return out;
}

static PIX *painted(int width, int height, double scale_x, double scale_y, void (*paint)(cairo_t *, void *),
                    void *ctx, PIX *(*take)(cairo_surface_t *, int, int)) {
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(surface);
    PIX *out = NULL;

    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale_x, scale_y);
    paint(cairo, ctx);
    if (cairo_status(cairo) == CAIRO_STATUS_SUCCESS &&
        cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
        cairo_surface_flush(surface);
        out = take(surface, width, height);
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return out;
}

PIX *canvas_paint(int width, int height, double scale_x, double scale_y, void (*paint)(cairo_t *, void *),
                  void *ctx) {
    return painted(width, height, scale_x, scale_y, paint, ctx, colour_of);
}

PIX *canvas_paint_grey(int width, int height, double scale_x, double scale_y,
                       void (*paint)(cairo_t *, void *), void *ctx) {
    return painted(width, height, scale_x, scale_y, paint, ctx, grey_of);
}
