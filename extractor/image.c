#include "image.h"

#include "exif.h"
#include "mend.h"
#include "picture.h"

#include <math.h>
#include <stdlib.h>

/* Sharp letters without halos; a sheet of A4 at 300 dpi, of 9 million pixels, is about 1 MB. */
enum { JPEG_QUALITY = 80 };
static const double PIXELS_MAX = 16e6;

bool image_of_jpeg(struct str file, struct image *out) {
    /* By EXIF orientation; those that are not here mirror the picture. */
    static const int quarters[9] = { 0, 0, -1, 2, -1, -1, 1, -1, 3 };
    l_int32 w = 0, h = 0, components = 0, ycck = 0, cmyk = 0;
    int orientation = exif_jpeg_orientation(file);

    if (readHeaderMemJpeg((const l_uint8 *)file.p, file.n, &w, &h, &components, &ycck, &cmyk) != 0)
        return false;
    if ((components != 1 && components != 3) || ycck || cmyk || quarters[orientation] < 0) return false;
    *out = (struct image) { .width = w,
                            .height = h,
                            .bits = 8,
                            .colour = components == 3,
                            .jpeg = true,
                            .quarters = quarters[orientation],
                            .bytes = file };
    return true;
}

/* Rows of whole bytes; leptonica's are of whole words. */
static enum extract_code ink_pack(PIX *in, struct image *out) {
    l_int32 w = pixGetWidth(in), h = pixGetHeight(in), words = pixGetWpl(in);
    size_t row_bytes = ((size_t)w + 7) / 8;
    char *bytes = malloc(row_bytes * (size_t)h);

    if (!bytes) return EXTRACT_TOO_COMPLEX;
    for (l_int32 y = 0; y < h; y++) {
        l_uint32 *line = pixGetData(in) + (ptrdiff_t)y * words;
        for (size_t x = 0; x < row_bytes; x++)
            bytes[(size_t)y * row_bytes + x] = (char)GET_DATA_BYTE(line, x);
    }
    *out = (struct image) { .width = w, .height = h, .bits = 1, .owned = bytes };
    out->bytes = (struct str) { bytes, row_bytes * (size_t)h };
    return EXTRACT_OK;
}

static PIX *not_huge(PIX *in) {
    double pixels = (double)pixGetWidth(in) * pixGetHeight(in);
    l_float32 scale = (l_float32)sqrt(PIXELS_MAX / pixels);

    return pixels <= PIXELS_MAX ? pixClone(in) : pixScale(in, scale, scale);
}

static enum extract_code jpeg_pack(PIX *in, struct image *out) {
    PIX *opaque = mend_opaque(in), *sized = opaque ? not_huge(opaque) : NULL;
    l_uint8 *bytes = NULL;
    size_t n = 0;
    bool good = sized && pixWriteMemJpeg(&bytes, &n, sized, JPEG_QUALITY, 0) == 0;

    if (good)
        *out = (struct image) { .width = pixGetWidth(sized),
                                .height = pixGetHeight(sized),
                                .bits = 8,
                                .colour = pixGetDepth(sized) == 32,
                                .jpeg = true,
                                .bytes = { (const char *)bytes, n },
                                .owned = bytes };
    pixDestroy(&opaque);
    pixDestroy(&sized);
    return good ? EXTRACT_OK : EXTRACT_TOO_COMPLEX;
}

enum extract_code image_of_picture(PIX *take, struct image *out) {
    bool ink = pixGetDepth(take) == 1 && !pixGetColormap(take);
    enum extract_code code = ink ? ink_pack(take, out) : jpeg_pack(take, out);

    pixDestroy(&take);
    return code;
}

void image_done(struct image *image) {
    free(image->owned);
}
