#include "mend.h"

#include "cutout.h"

#include <math.h>

enum {
    DPI_MIN = 70, /* below: the 72 or 96 that cameras and screens write says nothing, nor does less */
    DPI_MAX = 1200,
    DPI_LOW = 200, /* word recall 0.93 at 150 dpi, 0.975 at 200 */
    DPI_HIGH = 400,
    DPI_BEST = 300,
    LETTERS_MIN = 40,
    HEIGHT_SMALL = 18, /* of letters, in pixels: as at 200 dpi */
    SIDE_MAX = 6000,
    SKEW_RANGE = 18 /* degrees that are searched; nearly so many are mended */
};
static const double A4_LONG_INCHES = 11.69;

PIX *mend_opaque(PIX *in) {
    PIX *plain = pixRemoveColormap(in, REMOVE_CMAP_BASED_ON_SRC), *out = NULL;

    if (!plain) return NULL;
    if (pixGetDepth(plain) != 32)
        out = pixConvertTo8(plain, 0);
    else if (pixGetSpp(plain) == 4)
        out = pixAlphaBlendUniform(plain, 0xffffff00);
    else
        out = pixClone(plain);
    pixDestroy(&plain);
    return out;
}

PIX *mend_grey(PIX *in) {
    PIX *opaque = mend_opaque(in), *grey = opaque ? pixConvertTo8(opaque, 0) : NULL;

    pixDestroy(&opaque);
    return grey;
}

int mend_dpi(PIX *in) {
    int dpi = pixGetXRes(in), side = pixGetWidth(in) > pixGetHeight(in) ? pixGetWidth(in) : pixGetHeight(in);
    int of_a4 = (int)lround(side / A4_LONG_INCHES);

    /* 72 and 96 are what programs write that do not know; a real scan has more. */
    if (dpi > DPI_MIN && dpi <= DPI_MAX && dpi != 72 && dpi != 96) return dpi;
    return of_a4 < DPI_MIN ? DPI_MIN : of_a4 > DPI_MAX ? DPI_MAX : of_a4;
}

/* Ink as black on white, at half the size; NULL: no memory. */
static PIX *ink_of(PIX *grey) {
    PIX *small = pixScaleAreaMap2(grey), *out = NULL;

    if (small && pixOtsuAdaptiveThreshold(small, 300, 300, 0, 0, 0.1f, NULL, &out) != 0) out = NULL;
    pixDestroy(&small);
    return out;
}

bool mend_is_blank(PIX *grey) {
    l_float32 dark = 1;
    PIX *ink = pixThresholdToBinary(grey, 160);

    if (!ink) return false;
    l_int32 status = pixForegroundFraction(ink, &dark);
    pixDestroy(&ink);
    return status == 0 && dark < 0.0003f;
}

/*
 * The middle height in pixels of the grey picture of the parts that look like letters; 0: too few of them. A part counts by its
 * height: the dots that needle printers make letters of, and specks, are many but small.
 */
static double letter_height(PIX *ink) {
    enum { LOW = 3, HIGH = 60 };
    BOXA *parts = pixConnCompBB(ink, 8);
    int count = parts ? boxaGetCount(parts) : 0, found = 0, h = LOW;
    double weight[HIGH + 1] = { 0 }, half = 0, below = 0;

    for (int i = 0; i < count; i++) {
        l_int32 part_w, part_h;
        boxaGetBoxGeometry(parts, i, NULL, NULL, &part_w, &part_h);
        if (part_h < LOW || part_h > HIGH || part_w > 3 * part_h || part_h > 8 * part_w) continue;
        weight[part_h] += part_h;
        half += part_h / 2.0;
        found++;
    }
    boxaDestroy(&parts);
    if (found < LETTERS_MIN) return 0;
    while (h < HIGH && below + weight[h] < half) below += weight[h++];
    return 2 * (h - 0.5 + (half - below) / weight[h]);
}

/* Of the paper, its ink left out: how bright a tenth of it is at most, and a tenth at least. */
struct light {
    l_float32 low, high;
};

static struct light light_of(PIX *grey) {
    PIX *bright = pixScaleGrayRank2(grey, 1); /* next to the brightest of four: the paper, not the ink */
    PIX *paper = bright ? pixScaleSmooth(bright, 1.0f / 32, 1.0f / 32) : NULL;
    NUMA *histogram = paper ? pixGetGrayHistogram(paper, 1) : NULL;
    struct light out = { 255, 255 };

    if (histogram) {
        numaHistogramGetValFromRank(histogram, 0.1f, &out.low);
        numaHistogramGetValFromRank(histogram, 0.9f, &out.high);
    }
    pixDestroy(&bright);
    pixDestroy(&paper);
    numaDestroy(&histogram);
    return out;
}

/* A good part of the paper is darker than the rest, or all of it dark. */
static bool has_shadows(struct light light) {
    return light.high - light.low > 60 || light.high < 200;
}

/*
 * A telephone has taken it, or sent it on: a sheet on a table, lit more unevenly than old paper is brown, or A4 with so few dots as
 * messengers leave. Its letters have soft edges, and are read better larger and sharpened widely. On old or small paper (of fewer
 * dots, if it were A4) that would make letters of the grain.
 */
static bool is_soft(struct light light, const struct corners *sheet, int dpi) {
    enum { UNEVEN = 70, MESSENGER_MIN = 130, MESSENGER_MAX = 160 };

    return !corners_are_none(sheet) || light.high - light.low > UNEVEN ||
           (dpi >= MESSENGER_MIN && dpi <= MESSENGER_MAX);
}

static double scale_factor(PIX *grey, double height, int dpi, bool soft) {
    /* At 300 dpi the small letters of a 10 point text are about 20 pixels high. */
    enum { HEIGHT_BEST = 20, HEIGHT_LOW = 12, HEIGHT_HIGH = 45 };
    int side = pixGetWidth(grey) > pixGetHeight(grey) ? pixGetWidth(grey) : pixGetHeight(grey);
    double factor = 1;

    if (height > 0) {
        /* Small parts at a high resolution are specks, not letters. */
        if ((height < (soft ? HEIGHT_SMALL : HEIGHT_LOW) && dpi < DPI_BEST) || height > HEIGHT_HIGH)
            factor = HEIGHT_BEST / height;
    } else if (dpi < DPI_LOW || dpi > DPI_HIGH) {
        factor = (double)DPI_BEST / dpi;
    }
    /* Twice as large is done well and quickly, a little less is neither. */
    if (factor > 1.5 && factor < 2) factor = 2;
    factor = fmin(fmin(factor, 3), (double)SIDE_MAX / side);
    return fabs(factor - 1) < 0.05 ? 1 : factor;
}

static PIX *lit(PIX *grey, bool shadows) {
    PIX *out = shadows ? pixBackgroundNormSimple(grey, NULL, NULL) : NULL;
    return out ? out : pixClone(grey);
}

/* What is darker or brighter than its surroundings, some pixels wide, is made more so: soft edges of letters, pale print. */
static PIX *sharpened(PIX *take, int around, double by) {
    PIX *out = take ? pixUnsharpMaskingGray(take, around, (l_float32)by) : NULL;

    if (!out) return take;
    pixDestroy(&take);
    return out;
}

/* The sheet of a photograph; of anything else the picture itself. */
static PIX *sheet_alone(PIX *grey, struct corners *corners) {
    int width, height;

    if (!cutout_find(grey, corners)) return pixClone(grey);
    cutout_size(grey, corners, &width, &height);
    double factor = fmin(1, SIDE_MAX / fmax(width, height));
    width = (int)lround(width * factor), height = (int)lround(height * factor);
    PIX *out = cutout_flatten(grey, corners, width, height);
    if (out) return out;
    *corners = (struct corners) { { 0 }, { 0 } };
    return pixClone(grey);
}

/* By how many degrees the lines of text have to be turned clockwise, on whichever side of the paper they stand; 0: level. */
static double skew_of(PIX *ink) {
    l_float32 angle = 0, sureness = 0;

    if (pixFindSkewOrthogonalRange(ink, &angle, &sureness, 2, 1, SKEW_RANGE, 1, 0.02f, 1) != 0) return 0;
    if (angle < -45) angle += 90; /* the lines run up or down */
    return sureness < 3 || fabs((double)angle) < 0.3 ? 0 : (double)angle;
}

static PIX *scaled(PIX *grey, double factor, bool soft) {
    if (factor == 1) return pixClone(grey);
    PIX *out = pixScale(grey, (l_float32)factor, (l_float32)factor);
    if (factor < 1) return out;
    return soft ? sharpened(out, 6, 3) : sharpened(out, 2, 0.7);
}

/* Turning makes edges soft, which costs small pale letters their words. */
static PIX *levelled(PIX *grey, double degrees, bool small) {
    if (degrees == 0) return pixClone(grey);
    PIX *out = pixRotateAMGray(grey, (l_float32)(degrees * M_PI / 180), 255);
    return small ? sharpened(out, 2, 1) : out;
}

/* An evenly lit sheet, made larger or smaller and levelled. */
static PIX *resized(PIX *even, PIX *ink, int dpi, bool soft, struct mended *m) {
    double height = letter_height(ink), skew = skew_of(ink), factor = scale_factor(even, height, dpi, soft);
    PIX *sized = scaled(even, factor, soft);
    PIX *out = sized ? levelled(sized, skew, factor == 1 && height < HEIGHT_SMALL) : NULL;

    m->dpi = dpi * factor;
    m->turn.skew_mdeg = (int32_t)lround(skew * 1000);
    pixDestroy(&sized);
    return out;
}

bool mend_page(PIX *grey, struct mended *out) {
    struct mended m = { .turn = { 0 } };
    PIX *sheet = sheet_alone(grey, &m.turn.corners);

    if (!sheet) return false;
    int dpi = mend_dpi(sheet);
    struct light light = light_of(sheet);
    PIX *even = lit(sheet, has_shadows(light)), *ink = even ? ink_of(even) : NULL;
    if (ink) m.grey = resized(even, ink, dpi, is_soft(light, &m.turn.corners, dpi), &m);
    pixDestroy(&sheet);
    pixDestroy(&even);
    pixDestroy(&ink);
    if (m.grey) *out = m;
    return m.grey != NULL;
}

int mend_quarters(PIX *grey) {
    l_float32 up = 0, left = 0;
    l_int32 decision = L_TEXT_ORIENT_UNKNOWN;
    PIX *ink = NULL;

    if (pixOtsuAdaptiveThreshold(grey, 300, 300, 0, 0, 0.1f, NULL, &ink) != 0) return -1;
    if (pixOrientDetect(ink, &up, &left, 0, 0) == 0) makeOrientDecision(up, left, 0, 0, &decision, 0);
    pixDestroy(&ink);
    switch (decision) {
    case L_TEXT_ORIENT_UP: return 0;
    case L_TEXT_ORIENT_LEFT: return 1;
    case L_TEXT_ORIENT_DOWN: return 2;
    case L_TEXT_ORIENT_RIGHT: return 3;
    default: return -1;
    }
}
