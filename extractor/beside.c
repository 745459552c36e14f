#include "beside.h"

/*
 * Letters are looked for on a copy of MEDIUM pixels; what is narrower than STROKE there, and so much darker than what is
 * around it, is ink. ASIDE: so near to its edge the sheet throws a shadow.
 */
enum { MEDIUM = 1000, STROKE = 9, INK_DEPTH = 32, LETTER_MIN = 3, LETTER_MAX = 30, ASIDE = 30 };

/* So many letters and more than one of so many on the sheet are text, and not dirt on the table. */
enum { BESIDE_MIN = 8, BESIDE_PART = 30 };

struct letters {
    int on_sheet, beside;
};

/* Everything deep in one bit a pixel; NULL: no memory. */
static PIX *ink_of(PIX *grey, double *scale) {
    int side = pixGetWidth(grey) > pixGetHeight(grey) ? pixGetWidth(grey) : pixGetHeight(grey);

    *scale = side > MEDIUM ? (double)MEDIUM / side : 1;
    PIX *medium = pixScaleSmooth(grey, (l_float32)*scale, (l_float32)*scale);
    PIX *paper = medium ? pixCloseGray(medium, STROKE, STROKE) : NULL;
    PIX *depth = paper ? pixSubtractGray(NULL, paper, medium) : NULL;
    PIX *out = depth ? pixThresholdToBinary(depth, INK_DEPTH) : NULL;
    if (out) pixInvert(out, out); /* leptonica sets what is dark, and depth is bright */
    pixDestroy(&medium);
    pixDestroy(&paper);
    pixDestroy(&depth);
    return out;
}

static bool is_near(const struct quad *q, double x, double y) {
    return quad_holds(q, x - ASIDE, y - ASIDE) || quad_holds(q, x + ASIDE, y - ASIDE) ||
           quad_holds(q, x - ASIDE, y + ASIDE) || quad_holds(q, x + ASIDE, y + ASIDE);
}

static struct letters letters_count(PIX *ink, const struct quad *sheet) {
    BOXA *parts = pixConnCompBB(ink, 8);
    struct letters out = { 0, 0 };

    for (int i = 0; parts && i < boxaGetCount(parts); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(parts, i, &x, &y, &w, &h);
        if (h < LETTER_MIN || h > LETTER_MAX || w > 3 * h || h > 8 * w) continue;
        double middle_x = x + w / 2.0, middle_y = y + h / 2.0;
        if (quad_holds(sheet, middle_x, middle_y))
            out.on_sheet++;
        else if (!is_near(sheet, middle_x, middle_y))
            out.beside++;
    }
    boxaDestroy(&parts);
    return out;
}

bool beside_has_text(PIX *grey, const struct quad *sheet) {
    double scale;
    PIX *ink = ink_of(grey, &scale);
    struct quad small = *sheet;

    if (!ink) return false;
    for (int i = 0; i < QUAD_CORNERS; i++) small.at[i].x *= scale, small.at[i].y *= scale;
    struct letters n = letters_count(ink, &small);
    pixDestroy(&ink);
    return n.beside >= BESIDE_MIN && n.beside * BESIDE_PART > n.on_sheet;
}
