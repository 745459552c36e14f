#include "drawing.h"

#include "content.h"
#include "cutout.h"
#include "mend.h"
#include "os/frame.h"

#include <math.h>

/* Letters stay sharp and a page of A4 is 100 to 300 KB. */
enum { JPEG_QUALITY = 75 };

bool drawing_is_sound(const struct drawing *d) {
    return d->page >= 1 && d->page <= PAGES_MAX && d->turn.quarters < 4 && d->width >= 1 && d->height >= 1 &&
           d->width <= DRAWING_SIDE_MAX && d->height <= DRAWING_SIDE_MAX &&
           (int64_t)d->width * d->height <= DRAWING_PIXELS_MAX;
}

/* The page as the file holds it, about as large as it will be shown. */
static enum extract_code page_draw(const struct drawing *d, struct str bytes, PIX **out) {
    bool lying = d->turn.quarters % 2 == 1;
    int width = lying ? d->height : d->width, height = lying ? d->width : d->height;

    return content_draw(bytes, d->page, width, height, out);
}

/* Each step takes its picture and answers another, or NULL. */
static PIX *opaque(PIX *take) {
    PIX *out = take ? mend_opaque(take) : NULL;
    pixDestroy(&take);
    return out;
}

/* As large as it will be shown; of a photographed sheet the sheet alone. */
static PIX *sized(PIX *take, const struct drawing *d) {
    bool lying = d->turn.quarters % 2 == 1;
    int width = lying ? d->height : d->width, height = lying ? d->width : d->height;
    PIX *out = NULL;

    if (take && corners_are_none(&d->turn.corners))
        out = pixScaleToSize(take, width, height);
    else if (take)
        out = cutout_flatten(take, &d->turn.corners, width, height);
    pixDestroy(&take);
    return out;
}

static PIX *turned(PIX *take, const struct turn *turn) {
    PIX *upright = take ? pixRotateOrth(take, turn->quarters) : NULL, *out = NULL;
    double angle = turn->skew_mdeg * M_PI / 180000;

    pixDestroy(&take);
    if (!upright) return NULL;
    out = turn->skew_mdeg == 0 ? pixClone(upright) : pixRotateAM(upright, (l_float32)angle, L_BRING_IN_WHITE);
    pixDestroy(&upright);
    return out;
}

static enum extract_code picture_send(PIX *picture, int fd) {
    l_uint8 *bytes = NULL;
    size_t n = 0;

    if (pixWriteMemJpeg(&bytes, &n, picture, JPEG_QUALITY, 0) != 0) return EXTRACT_TOO_COMPLEX;
    enum status s = frame_send(fd, EXTRACT_FRAME_PICTURE, (struct str) { (const char *)bytes, n }, NULL);
    lept_free(bytes);
    return s == OK ? EXTRACT_OK : EXTRACT_INTERNAL;
}

enum extract_code drawing_send(const struct drawing *d, struct str bytes, int fd) {
    PIX *picture = NULL;
    enum extract_code code = page_draw(d, bytes, &picture);

    if (code != EXTRACT_OK) return code;
    picture = turned(sized(opaque(picture), d), &d->turn);
    if (!picture) return EXTRACT_TOO_COMPLEX;
    code = picture_send(picture, fd);
    pixDestroy(&picture);
    return code;
}
