#include "cutout.h"

#include "beside.h"
#include "quad.h"

#include <math.h>

/*
 * The search is done on a small copy, without ink: what is narrower than CLOSE pixels of SMALL is ink. Grey steps
 * between table and paper are tried in turn, because a shadow may lie on the paper.
 */
enum { SMALL = 400, CLOSE = 9, LEVEL_FIRST = 40, LEVEL_LAST = 230, LEVEL_STEP = 10, SAMPLES = 24, ASIDE = 4 };

/* What makes a sheet certain. Lengths are pixels of the small copy. */
static const double AREA_MIN = 0.25, AREA_MAX = 0.97; /* of the picture */
static const double UNLIKE_MAX = 0.02; /* of the area: where bright part and quadrilateral differ */
static const double FRAME_MIN = 1.5;   /* from each corner to the edge of the picture */
static const int STEP_MIN = 18;        /* of grey, across an edge */
static const int SAMPLES_GOOD = SAMPLES * 9 / 10; /* places along an edge where it shows */

static PIX *without_ink(PIX *grey, double *scale) {
    int side = pixGetWidth(grey) > pixGetHeight(grey) ? pixGetWidth(grey) : pixGetHeight(grey);

    *scale = side > SMALL ? (double)SMALL / side : 1;
    PIX *small = pixScaleSmooth(grey, (l_float32)*scale, (l_float32)*scale);
    PIX *out = small ? pixCloseGray(small, CLOSE, CLOSE) : NULL;
    pixDestroy(&small);
    return out;
}

/* The largest part that is at least as bright as the level, holes filled, as one bit a pixel; NULL: none, or no memory. */
static PIX *bright_part(PIX *grey, int level) {
    PIX *dark = pixThresholdToBinary(grey, level), *out = NULL;
    BOXA *boxes = NULL;
    PIXA *parts = NULL;
    l_int32 largest = -1, most = 0;

    if (dark) {
        pixInvert(dark, dark);
        boxes = pixConnComp(dark, &parts, 4);
    }
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        l_int32 w = 0, h = 0, count = 0;
        boxaGetBoxGeometry(boxes, i, NULL, NULL, &w, &h);
        if (w * h <= most) continue;
        PIX *part = pixaGetPix(parts, i, L_CLONE);
        pixCountPixels(part, &count, NULL);
        if (count > most) {
            most = count;
            largest = i;
        }
        pixDestroy(&part);
    }
    if (largest >= 0 && most >= AREA_MIN / 2 * pixGetWidth(grey) * pixGetHeight(grey)) {
        l_int32 x = 0, y = 0, w = 0, h = 0;
        PIX *part = pixaGetPix(parts, largest, L_CLONE), *filled = pixHolesByFilling(part, 4);
        boxaGetBoxGeometry(boxes, largest, &x, &y, &w, &h);
        out = pixCreate(pixGetWidth(grey), pixGetHeight(grey), 1);
        if (out) pixRasterop(out, x, y, w, h, PIX_SRC, part, 0, 0);
        if (out && filled) pixRasterop(out, x, y, w, h, PIX_PAINT, filled, 0, 0);
        pixDestroy(&part);
        pixDestroy(&filled);
    }
    pixDestroy(&dark);
    pixaDestroy(&parts);
    boxaDestroy(&boxes);
    return out;
}

static bool is_set(PIX *part, int x, int y) {
    l_uint32 value = 0;
    return pixGetPixel(part, x, y, &value) == 0 && value;
}

/* The first and the last column of a row, or row of a column, that are set. False: none is. */
static bool reach(PIX *part, bool row, int at, int *first, int *last) {
    int n = row ? pixGetWidth(part) : pixGetHeight(part);

    for (*first = 0; *first < n && !is_set(part, row ? *first : at, row ? at : *first);) (*first)++;
    if (*first == n) return false;
    for (*last = n - 1; !is_set(part, row ? *last : at, row ? at : *last);) (*last)--;
    return true;
}

/* The outermost points in the four slanting directions: rough corners of a sheet that lies about level. */
static struct quad rough_corners(PIX *part) {
    struct quad q = { 0 };
    double best[QUAD_CORNERS] = { 1e9, -1e9, -1e9, 1e9 };

    for (int y = 0, first, last; y < pixGetHeight(part); y++) {
        if (!reach(part, true, y, &first, &last)) continue;
        const struct point left = { first, y }, right = { last, y };
        if (left.x + left.y < best[0]) best[0] = left.x + left.y, q.at[0] = left;
        if (right.x - right.y > best[1]) best[1] = right.x - right.y, q.at[1] = right;
        if (right.x + right.y > best[2]) best[2] = right.x + right.y, q.at[2] = right;
        if (left.x - left.y < best[3]) best[3] = left.x - left.y, q.at[3] = left;
    }
    return q;
}

/*
 * Through the outline of the part between two corners, its ends left out, where paper is often bent: least squares of
 * x over y for a side that stands, of y over x for one that lies.
 */
static bool side_fit(PIX *part, const struct quad *q, int side, struct line *out) {
    struct point from = q->at[side], to = q->at[(side + 1) % QUAD_CORNERS];
    bool standing = side % 2 == 1, low = side == 0 || side == 3; /* the part begins there, or ends */
    double begin = standing ? from.y : from.x, end = standing ? to.y : to.x, trim = 0.1 * (end - begin);
    double n = 0, su = 0, sv = 0, suu = 0, suv = 0;

    for (int u = (int)fmin(begin + trim, end - trim); u <= (int)fmax(begin + trim, end - trim); u++) {
        int first, last;
        if (!reach(part, standing, u, &first, &last)) continue;
        double v = low ? first : last + 1;
        n++, su += u, sv += v, suu += (double)u * u, suv += u * v;
    }
    double spread = n * suu - su * su;
    if (n < SAMPLES || spread <= 0) return false;
    double slope = (n * suv - su * sv) / spread, start = (sv - slope * su) / n;
    *out = standing ? (struct line) { 1, -slope, start } : (struct line) { -slope, 1, start };
    return true;
}

static bool quad_fit(PIX *part, struct quad *out) {
    struct quad rough = rough_corners(part);
    struct line sides[QUAD_CORNERS];

    for (int i = 0; i < QUAD_CORNERS; i++)
        if (!side_fit(part, &rough, i, &sides[i])) return false;
    return quad_of_sides(sides, out);
}

/* How many pixels lie in the part or in the quadrilateral, and not in both, as a share of its area. */
static double unlikeness(PIX *part, const struct quad *q) {
    double unlike = 0;

    for (int y = 0; y < pixGetHeight(part); y++) {
        const l_uint32 *line = pixGetData(part) + (size_t)y * (size_t)pixGetWpl(part);
        for (int x = 0; x < pixGetWidth(part); x++)
            unlike += (GET_DATA_BIT(line, x) != 0) != quad_holds(q, x + 0.5, y + 0.5);
    }
    return unlike / quad_area(q);
}

static int grey_at(PIX *grey, double x, double y) {
    l_uint32 value = 0;
    pixGetPixel(grey, (int)lround(x), (int)lround(y), &value); /* outside: 0 */
    return (int)value;
}

/* The paper is brighter than what lies beside it, nearly everywhere along the side. */
static bool side_shows(PIX *grey, const struct quad *q, int side) {
    struct point from = q->at[side], to = q->at[(side + 1) % QUAD_CORNERS];
    double length = quad_side(q, side);
    double in_x = -(to.y - from.y) / length * ASIDE, in_y = (to.x - from.x) / length * ASIDE;
    int good = 0;

    for (int i = 0; i < SAMPLES; i++) {
        double t = (i + 0.5) / SAMPLES, x = from.x + t * (to.x - from.x), y = from.y + t * (to.y - from.y);
        good += grey_at(grey, x + in_x, y + in_y) >= grey_at(grey, x - in_x, y - in_y) + STEP_MIN;
    }
    return good >= SAMPLES_GOOD;
}

static bool is_certain(PIX *grey, PIX *part, const struct quad *q, double *unlike) {
    double w = pixGetWidth(grey), h = pixGetHeight(grey), area = quad_area(q);

    if (quad_touches(q, w, h, FRAME_MIN) || !quad_is_sheet(q)) return false;
    if (area < AREA_MIN * w * h || area > AREA_MAX * w * h) return false;
    *unlike = unlikeness(part, q);
    if (*unlike > UNLIKE_MAX) return false;
    for (int i = 0; i < QUAD_CORNERS; i++)
        if (!side_shows(grey, q, i)) return false;
    return true;
}

static struct quad quad_of(PIX *picture, const struct corners *c) {
    struct quad q;

    for (int i = 0; i < QUAD_CORNERS; i++)
        q.at[i] = (struct point) { (double)c->x[i] * pixGetWidth(picture) / CORNER_WHOLE,
                                   (double)c->y[i] * pixGetHeight(picture) / CORNER_WHOLE };
    return q;
}

/* Letters beside the sheet say that it is none, but a white field on a coloured page. */
static bool text_beside(PIX *grey, const struct corners *c) {
    struct quad q = quad_of(grey, c);
    return beside_has_text(grey, &q);
}

static uint16_t share_of(double at, double whole) {
    return (uint16_t)lround(fmin(fmax(at / whole, 0), 1) * CORNER_WHOLE);
}

bool cutout_find(PIX *grey, struct corners *out) {
    double best = 1, unlike, scale;
    struct corners found = { { 0 }, { 0 } };
    PIX *small = without_ink(grey, &scale);

    for (int level = LEVEL_FIRST; small && level <= LEVEL_LAST; level += LEVEL_STEP) {
        struct quad q;
        PIX *part = bright_part(small, level);
        if (part && quad_fit(part, &q) && is_certain(small, part, &q, &unlike) && unlike < best) {
            best = unlike;
            for (int i = 0; i < QUAD_CORNERS; i++) {
                found.x[i] = share_of(q.at[i].x, pixGetWidth(small));
                found.y[i] = share_of(q.at[i].y, pixGetHeight(small));
            }
        }
        pixDestroy(&part);
    }
    pixDestroy(&small);
    if (best == 1 || text_beside(grey, &found)) return false;
    *out = found;
    return true;
}

void cutout_size(PIX *picture, const struct corners *c, int *width, int *height) {
    struct quad q = quad_of(picture, c);

    *width = (int)lround(fmax(quad_side(&q, 0), quad_side(&q, 2)));
    *height = (int)lround(fmax(quad_side(&q, 1), quad_side(&q, 3)));
}

/* leptonica answers a picture as large as the one that it is given: with room for the sheet. */
static PIX *with_room(PIX *picture, int width, int height) {
    int more_w = width > pixGetWidth(picture) ? width - pixGetWidth(picture) : 0;
    int more_h = height > pixGetHeight(picture) ? height - pixGetHeight(picture) : 0;

    return more_w || more_h ? pixAddBorderGeneral(picture, 0, more_w, 0, more_h, 0) : pixClone(picture);
}

/* Made smaller first when the sheet shall be: no pixel is left out then, and a large picture is not held twice. */
static PIX *about_as_large(PIX *picture, const struct corners *c, int width, int height) {
    int now_w, now_h;

    cutout_size(picture, c, &now_w, &now_h);
    double factor = now_w > 0 && now_h > 0 ? fmax((double)width / now_w, (double)height / now_h) : 1;
    return factor < 0.8 ? pixScale(picture, (l_float32)factor, (l_float32)factor) : pixClone(picture);
}

PIX *cutout_flatten(PIX *picture, const struct corners *c, int width, int height) {
    PIX *near = about_as_large(picture, c, width, height),
        *room = near ? with_room(near, width, height) : NULL;
    struct quad q = near ? quad_of(near, c) : (struct quad) { 0 };
    PTA *from = ptaCreate(QUAD_CORNERS), *to = ptaCreate(QUAD_CORNERS);
    BOX *sheet = boxCreate(0, 0, width, height);
    PIX *flat = NULL, *out = NULL;

    for (int i = 0; from && to && i < QUAD_CORNERS; i++) {
        ptaAddPt(from, (l_float32)q.at[i].x, (l_float32)q.at[i].y);
        ptaAddPt(to, (l_float32)(i == 1 || i == 2 ? width : 0), (l_float32)(i >= 2 ? height : 0));
    }
    if (room && from && to) flat = pixProjectivePta(room, to, from, L_BRING_IN_WHITE);
    pixDestroy(&near);
    pixDestroy(&room);
    if (flat && sheet) out = pixClipRectangle(flat, sheet, NULL);
    pixDestroy(&flat);
    ptaDestroy(&from);
    ptaDestroy(&to);
    boxDestroy(&sheet);
    return out;
}
