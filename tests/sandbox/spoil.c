#include "spoil.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

static PIX *must(PIX *p) {
    if (!p) abort();
    return p;
}

static PIX *instead(PIX *take, PIX *out) {
    must(out);
    pixCopyResolution(out, take);
    pixDestroy(&take);
    return out;
}

PIX *spoil_skew(PIX *take, double degrees) {
    l_float32 angle = (l_float32)(degrees * M_PI / 180);
    return instead(take, pixRotate(take, angle, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, pixGetWidth(take),
                                   pixGetHeight(take)));
}

PIX *spoil_scale(PIX *take, double factor) {
    /* Four to one at the last: no pixel is left out, and nothing is sharpened. */
    l_float32 first = (l_float32)(2 * factor);
    PIX *twice = must(first < 0.7f ? pixScaleSmooth(take, first, first) : pixScaleGrayLI(take, first, first));
    PIX *out = must(pixScaleAreaMap2(twice));
    int dpi = (int)lround(pixGetXRes(take) * factor);

    pixDestroy(&take);
    pixDestroy(&twice);
    pixSetResolution(out, dpi, dpi);
    return out;
}

/* How much light falls on a place, both from 0 to 1. */
struct light {
    double (*at)(const struct light *, double x, double y);
    double dark, soft;
};

static PIX *lit(PIX *p, struct light light) {
    int w = pixGetWidth(p), h = pixGetHeight(p);

    for (int y = 0; y < h; y++) {
        l_uint32 *line = pixGetData(p) + (ptrdiff_t)y * pixGetWpl(p);
        for (int x = 0; x < w; x++) {
            double v = GET_DATA_BYTE(line, x) * light.at(&light, (double)x / w, (double)y / h);
            SET_DATA_BYTE(line, x, (l_uint8)lround(v));
        }
    }
    return p;
}

static double light_gradient(const struct light *l, double x, double y) {
    return 1 - (1 - l->dark) * (x + y) / 2;
}

static double light_edge(const struct light *l, double x, double y) {
    double behind = (x + 0.35 * y - 0.7) / l->soft; /* from 0 to 1 across the soft edge */
    return 1 - (1 - l->dark) * fmin(fmax(behind, 0), 1);
}

static double light_lamp(const struct light *l, double x, double y) {
    double far = ((x - 0.5) * (x - 0.5) + (y - 0.25) * (y - 0.25)) / (0.25 + 0.5625);
    return 1 - (1 - l->dark) * far;
}

PIX *spoil_gradient(PIX *take, double dark) {
    return lit(take, (struct light) { light_gradient, dark, 0 });
}

PIX *spoil_shadow(PIX *take, double dark, int soft) {
    return lit(take, (struct light) { light_edge, dark, (double)(soft > 0 ? soft : 1) / pixGetWidth(take) });
}

PIX *spoil_lamp(PIX *take, double dark) {
    return lit(take, (struct light) { light_lamp, dark, 0 });
}

/* -1 to 1, more often about 0. */
static double chance(uint32_t *seed) {
    double sum = 0;

    for (int i = 0; i < 3; i++) {
        *seed = *seed * 1664525 + 1013904223;
        sum += (*seed >> 8) / (double)(1 << 24);
    }
    return sum / 1.5 - 1;
}

static PIX *grained(PIX *p, double strength, int only) {
    int w = pixGetWidth(p), h = pixGetHeight(p);
    uint32_t seed = 7;

    for (int y = 0; y < h; y++) {
        l_uint32 *line = pixGetData(p) + (ptrdiff_t)y * pixGetWpl(p);
        for (int x = 0; x < w; x++) {
            int grey = GET_DATA_BYTE(line, x);
            long v = lround(grey + strength * chance(&seed));
            if (only < 0 || grey == only) SET_DATA_BYTE(line, x, (l_uint8)(v < 0 ? 0 : v > 255 ? 255 : v));
        }
    }
    return p;
}

PIX *spoil_noise(PIX *take, int strength) {
    return grained(take, strength, -1);
}

enum { TABLE_GRAIN = 12 };

/* An empty table of this grey. */
static PIX *table_new(int w, int h, int grey) {
    PIX *out = must(pixCreate(w, h, 8));
    pixSetAllArbitrary(out, (l_uint32)grey);
    return grained(out, TABLE_GRAIN, -1);
}

PIX *spoil_border(PIX *take, double share, int grey) {
    int w = pixGetWidth(take), h = pixGetHeight(take), wide = (int)lround(share * (w > h ? w : h));
    PIX *out = table_new(w + 2 * wide, h + 2 * wide, grey);

    pixRasterop(out, wide, wide, w, h, PIX_SRC, take, 0, 0);
    return instead(take, out);
}

static PTA *corners(const double xy[8]) {
    PTA *out = ptaCreate(4);
    for (int i = 0; i < 4; i++) ptaAddPt(out, (l_float32)xy[2 * i], (l_float32)xy[2 * i + 1]);
    return out;
}

PIX *spoil_perspective(PIX *take, double far, double aslant, int table) {
    double w = pixGetWidth(take), h = pixGetHeight(take), m = 0.06 * h;
    PTA *page = corners((double[]) { 0, 0, w - 1, 0, w - 1, h - 1, 0, h - 1 });
    PTA *seen = corners((double[]) { m + far / 2 * w, m + aslant * w, m + w - far / 2 * w, m, m + w, m + h, m,
                                     m + h - aslant * w / 2 });
    PIX *wide = must(pixAddBorderGeneral(take, 0, (int)(2 * m), 0, (int)(2 * m), 0));
    PIX *paper = must(pixProjectivePta(wide, seen, page, L_BRING_IN_BLACK));
    /* The page again as a mask: what the page does not cover is table. */
    PIX *mask = must(pixCreate(pixGetWidth(wide), pixGetHeight(wide), 1));
    pixRasterop(mask, 0, 0, (int)w, (int)h, PIX_SET, NULL, 0, 0);
    PIX *covered = must(pixProjectiveSampledPta(mask, seen, page, L_BRING_IN_WHITE));
    PIX *out = table_new(pixGetWidth(wide), pixGetHeight(wide), table);

    pixCombineMasked(out, paper, covered);
    ptaDestroy(&page);
    ptaDestroy(&seen);
    pixDestroy(&wide);
    pixDestroy(&paper);
    pixDestroy(&mask);
    pixDestroy(&covered);
    return instead(take, out);
}

PIX *spoil_blur(PIX *take, int half_width) {
    return instead(take, pixBlockconvGray(take, NULL, half_width, half_width));
}

PIX *spoil_jpeg(PIX *take, int quality) {
    l_uint8 *bytes = NULL;
    size_t n = 0;

    if (pixWriteMemJpeg(&bytes, &n, take, quality, 0) != 0) abort();
    PIX *out = pixReadMemJpeg(bytes, n, 0, 1, NULL, 0);
    lept_free(bytes);
    return instead(take, out);
}
