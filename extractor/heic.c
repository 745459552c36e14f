#include "picture.h"

#include <libheif/heif.h>

void heic_warm(void) {
    heif_context_free(heif_context_alloc());
}

/* The luminance plane is all that the OCR needs. */
static enum extract_code grey_of(const struct heif_image *image, PIX **out) {
    int stride = 0;
    int w = heif_image_get_width(image, heif_channel_Y), h = heif_image_get_height(image, heif_channel_Y);
    const uint8_t *plane = heif_image_get_plane_readonly(image, heif_channel_Y, &stride);
    int bits = heif_image_get_bits_per_pixel_range(image, heif_channel_Y);

    if (!plane || w <= 0 || h <= 0 || bits < 8) return EXTRACT_DAMAGED;
    *out = pixCreateNoInit(w, h, 8);
    if (!*out) return EXTRACT_TOO_COMPLEX;
    l_uint32 *lines = pixGetData(*out);
    int words_per_line = pixGetWpl(*out);
    for (int y = 0; y < h; y++) {
        const uint8_t *row = plane + (ptrdiff_t)y * stride;
        l_uint32 *line = lines + (ptrdiff_t)y * words_per_line;
        for (int x = 0; x < w; x++) {
            uint32_t v = bits == 8 ? row[x] : (uint32_t)(row[2 * x] | row[2 * x + 1] << 8) >> (bits - 8);
            SET_DATA_BYTE(line, x, (l_uint8)v);
        }
    }
    return EXTRACT_OK;
}

static enum extract_code colour_of(const struct heif_image *image, PIX **out) {
    int stride = 0, w = heif_image_get_width(image, heif_channel_interleaved),
        h = heif_image_get_height(image, heif_channel_interleaved);
    const uint8_t *plane = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);

    if (!plane || w <= 0 || h <= 0) return EXTRACT_DAMAGED;
    *out = pixCreate(w, h, 32);
    if (!*out) return EXTRACT_TOO_COMPLEX;
    l_uint32 *lines = pixGetData(*out);
    int words_per_line = pixGetWpl(*out);
    for (int y = 0; y < h; y++) {
        const uint8_t *row = plane + (ptrdiff_t)y * stride;
        l_uint32 *line = lines + (ptrdiff_t)y * words_per_line;
        for (int x = 0; x < w; x++) composeRGBPixel(row[3 * x], row[3 * x + 1], row[3 * x + 2], &line[x]);
    }
    return EXTRACT_OK;
}

/* Grey is the luminance as it is stored: no colour is made to be thrown away. */
static struct heif_error decode(const struct heif_image_handle *handle, enum picture_colours colours,
                                struct heif_image **out) {
    if (colours == PICTURE_GREY)
        return heif_decode_image(handle, out, heif_colorspace_YCbCr, heif_chroma_420, NULL);
    return heif_decode_image(handle, out, heif_colorspace_RGB, heif_chroma_interleaved_RGB, NULL);
}

static enum extract_code main_picture(struct heif_context *context, enum picture_colours colours, PIX **out) {
    struct heif_image_handle *handle = NULL;
    struct heif_image *image = NULL;
    enum extract_code code = EXTRACT_DAMAGED;

    if (heif_context_get_primary_image_handle(context, &handle).code != heif_error_Ok) return EXTRACT_DAMAGED;
    int64_t w = heif_image_handle_get_width(handle), h = heif_image_handle_get_height(handle);
    if (w > PICTURE_SIDE_MAX || h > PICTURE_SIDE_MAX || w * h > PICTURE_PIXELS_MAX) {
        code = EXTRACT_TOO_LARGE_PICTURE;
    } else {
        /* Turns and mirrors of the file are applied by the decoder. */
        struct heif_error error = decode(handle, colours, &image);
        if (error.code == heif_error_Unsupported_filetype || error.code == heif_error_Unsupported_feature ||
            error.code == heif_error_Decoder_plugin_error)
            code = EXTRACT_UNSUPPORTED;
        else if (error.code == heif_error_Ok)
            code = colours == PICTURE_GREY ? grey_of(image, out) : colour_of(image, out);
        heif_image_release(image);
    }
    heif_image_handle_release(handle);
    return code;
}

enum extract_code heic_decode(struct str bytes, enum picture_colours colours, PIX **out) {
    struct heif_context *context = heif_context_alloc();
    enum extract_code code = EXTRACT_DAMAGED;

    if (!context) return EXTRACT_TOO_COMPLEX;
    heif_context_set_max_decoding_threads(context, 0); /* 0: on this thread */
    heif_context_set_maximum_image_size_limit(context, PICTURE_SIDE_MAX);
    if (heif_context_read_from_memory_without_copy(context, bytes.p, bytes.n, NULL).code == heif_error_Ok)
        code = main_picture(context, colours, out);
    heif_context_free(context);
    return code;
}
