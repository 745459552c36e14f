#include "mend.h"

#include <math.h>
#include <stdlib.h>

enum {
    DPI_MIN = 70, /* below: the 72 or 96 that cameras and screens write says nothing, nor does less */
    DPI_MAX = 1200,
    DPI_LOW = 200, /* word recall 0.93 at 150 dpi, 0.975 at 200 */
    DPI_HIGH = 400,
    DPI_BEST = 300,
    LETTERS_MIN = 40,
    SIDE_MAX = 6000
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

static int by_value(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

/* The middle height in pixels of the grey picture of the parts that look like letters; 0: too few of them. */
static int letter_height(PIX *ink) {
    BOXA *parts = pixConnCompBB(ink, 8);
    int count = parts ? boxaGetCount(parts) : 0, found = 0, middle = 0;
    int *heights = count > 0 ? calloc((size_t)count, sizeof *heights) : NULL;

    for (int i = 0; heights && i < count; i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(parts, i, &x, &y, &w, &h);
        if (h >= 3 && h <= 60 && w >= 1 && w <= 3 * h && h <= 8 * w) heights[found++] = 2 * h;
    }
    if (found >= LETTERS_MIN) {
        qsort(heights, (size_t)found, sizeof *heights, by_value);
        middle = heights[found / 2];
    }
    free(heights);
    boxaDestroy(&parts);
    return middle;
}

static double scale_factor(PIX *grey, PIX *ink, int dpi) {
    /* At 300 dpi the small letters of a 10 point text are about 20 pixels high. */
    enum { HEIGHT_BEST = 20, HEIGHT_LOW = 12, HEIGHT_HIGH = 45 };
    int side = pixGetWidth(grey) > pixGetHeight(grey) ? pixGetWidth(grey) : pixGetHeight(grey);
    int height = letter_height(ink);
    double factor = 1;

    if (height > 0) {
        /* Small parts at a high resolution are specks, not letters. */
        if ((height < HEIGHT_LOW && dpi < DPI_BEST) || height > HEIGHT_HIGH)
            factor = (double)HEIGHT_BEST / height;
    } else if (dpi < DPI_LOW || dpi > DPI_HIGH) {
        factor = (double)DPI_BEST / dpi;
    }
    factor = fmin(fmin(factor, 3), (double)SIDE_MAX / side);
    return fabs(factor - 1) < 0.05 ? 1 : factor;
}

/* A good part of the paper is darker than the rest: a photograph. */
static bool has_shadows(PIX *grey) {
    PIX *bright = pixScaleGrayRank2(grey, 1); /* next to the brightest of four: the paper, not the ink */
    PIX *paper = bright ? pixScaleSmooth(bright, 1.0f / 32, 1.0f / 32) : NULL;
    NUMA *histogram = paper ? pixGetGrayHistogram(paper, 1) : NULL;
    l_float32 low = 255, high = 255;

    if (histogram) {
        numaHistogramGetValFromRank(histogram, 0.1f, &low);
        numaHistogramGetValFromRank(histogram, 0.9f, &high);
    }
    pixDestroy(&bright);
    pixDestroy(&paper);
    numaDestroy(&histogram);
    return high - low > 60 || high < 200;
}

static PIX *lit(PIX *grey) {
    PIX *out = has_shadows(grey) ? pixBackgroundNormSimple(grey, NULL, NULL) : NULL;
    return out ? out : pixClone(grey);
}

void plate_done(struct plate *p) {
    pixDestroy(&p->grey);
    pixDestroy(&p->ink);
}

bool plate_turn(const struct plate *p, int quarters, struct plate *out) {
    out->grey = pixRotateOrth(p->grey, quarters);
    out->ink = pixRotateOrth(p->ink, quarters);
    if (out->grey && out->ink) return true;
    plate_done(out);
    return false;
}

/*
 * Enlarged letters have soft edges; with sharp ones a poor photograph reads at 0.93 instead of 0.81, and a
 * good scan as before.
 */
static PIX *sharpened(PIX **take) {
    PIX *out = pixUnsharpMaskingGray(*take, 2, 0.7f);
    if (!out) return *take;
    pixDestroy(take);
    return out;
}

bool plate_make(PIX *grey, int dpi, struct plate *out, double *factor) {
    out->grey = lit(grey);
    out->ink = out->grey ? ink_of(out->grey) : NULL;
    if (!out->ink) return false;
    *factor = scale_factor(out->grey, out->ink, dpi);
    if (*factor == 1) return true;
    PIX *scaled = pixScale(out->grey, (l_float32)*factor, (l_float32)*factor);
    plate_done(out);
    out->grey = scaled && *factor > 1 ? sharpened(&scaled) : scaled;
    out->ink = out->grey ? ink_of(out->grey) : NULL;
    return out->ink != NULL;
}

int plate_quarters(const struct plate *p) {
    l_float32 up = 0, left = 0;
    l_int32 decision = L_TEXT_ORIENT_UNKNOWN;
    PIX *ink = NULL; /* the method wants 150 to 300 dpi, twice what p->ink may have */

    if (pixOtsuAdaptiveThreshold(p->grey, 300, 300, 0, 0, 0.1f, NULL, &ink) != 0) return -1;
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

PIX *plate_straight(const struct plate *p, int *skew_mdeg) {
    l_float32 angle = 0, sureness = 0;
    bool found = pixFindSkewSweepAndSearch(p->ink, &angle, &sureness, 2, 1, 10, 1, 0.02f) == 0;

    *skew_mdeg = 0;
    if (!found || sureness < 3 || fabs((double)angle) < 0.3) return pixClone(p->grey);
    *skew_mdeg = (int)lround((double)angle * 1000);
    return pixRotateAMGray(p->grey, angle * (l_float32)M_PI / 180, 255);
}
