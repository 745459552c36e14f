#include "quad.h"

#include <math.h>

static const double COSINE_MAX = 0.37;  /* angles of 68 to 112 degrees */
static const double OPPOSITE_MIN = 0.7; /* the shorter of two opposite sides to the longer */

static bool meet(struct line l, struct line m, struct point *out) {
    double d = l.a * m.b - m.a * l.b;

    if (fabs(d) < 1e-6) return false;
    *out = (struct point) { (l.c * m.b - m.c * l.b) / d, (l.a * m.c - m.a * l.c) / d };
    return true;
}

bool quad_of_sides(const struct line sides[QUAD_CORNERS], struct quad *out) {
    for (int i = 0; i < QUAD_CORNERS; i++)
        if (!meet(sides[(i + QUAD_CORNERS - 1) % QUAD_CORNERS], sides[i], &out->at[i])) return false;
    return true;
}

static struct point corner(const struct quad *q, int i) {
    return q->at[(i + QUAD_CORNERS) % QUAD_CORNERS];
}

double quad_side(const struct quad *q, int side) {
    struct point a = corner(q, side), b = corner(q, side + 1);
    return hypot(a.x - b.x, a.y - b.y);
}

double quad_area(const struct quad *q) {
    double sum = 0;

    for (int i = 0; i < QUAD_CORNERS; i++) {
        struct point a = corner(q, i), b = corner(q, i + 1);
        sum += a.x * b.y - b.x * a.y;
    }
    return sum / 2;
}

bool quad_is_sheet(const struct quad *q) {
    for (int i = 0; i < QUAD_CORNERS; i++) {
        struct point at = corner(q, i), next = corner(q, i + 1), before = corner(q, i - 1);
        double dot = (next.x - at.x) * (before.x - at.x) + (next.y - at.y) * (before.y - at.y);
        if (quad_side(q, i) < 1) return false;
        if (fabs(dot) > COSINE_MAX * quad_side(q, i) * quad_side(q, i + QUAD_CORNERS - 1)) return false;
    }
    for (int i = 0; i < 2; i++) {
        double one = quad_side(q, i), other = quad_side(q, i + 2);
        if (fmin(one, other) < OPPOSITE_MIN * fmax(one, other)) return false;
    }
    return quad_area(q) > 0;
}

bool quad_touches(const struct quad *q, double width, double height, double margin) {
    for (int i = 0; i < QUAD_CORNERS; i++)
        if (!(q->at[i].x >= margin && q->at[i].x <= width - margin && q->at[i].y >= margin &&
              q->at[i].y <= height - margin))
            return true;
    return false;
}

bool quad_holds(const struct quad *q, double x, double y) {
    for (int i = 0; i < QUAD_CORNERS; i++) {
        struct point a = corner(q, i), b = corner(q, i + 1);
        if ((b.x - a.x) * (y - a.y) < (b.y - a.y) * (x - a.x)) return false;
    }
    return true;
}

/* The square as it is seen: x = (m0 x + m1 y + m2) / (m6 x + m7 y + m8), y with m3 to m5. */
static bool projection(const struct quad *q, double m[9]) {
    struct point a = q->at[0], b = q->at[1], c = q->at[2], d = q->at[3];
    double bx = b.x - c.x, by = b.y - c.y, dx = d.x - c.x, dy = d.y - c.y;
    double skew_x = a.x - b.x + c.x - d.x, skew_y = a.y - b.y + c.y - d.y, whole = bx * dy - dx * by;

    if (whole == 0) return false;
    m[6] = (skew_x * dy - dx * skew_y) / whole;
    m[7] = (bx * skew_y - skew_x * by) / whole;
    m[8] = 1;
    m[0] = b.x - a.x + m[6] * b.x, m[1] = d.x - a.x + m[7] * d.x, m[2] = a.x;
    m[3] = b.y - a.y + m[6] * b.y, m[4] = d.y - a.y + m[7] * d.y, m[5] = a.y;
    return true;
}

static struct point projected(const double m[9], double x, double y) {
    double depth = m[6] * x + m[7] * y + m[8];

    if (depth == 0) return (struct point) { 0, 0 };
    return (struct point) { (m[0] * x + m[1] * y + m[2]) / depth, (m[3] * x + m[4] * y + m[5]) / depth };
}

struct point quad_place(const struct quad *q, double x, double y) {
    double m[9];
    return projection(q, m) ? projected(m, x, y) : q->at[0];
}

struct point quad_find(const struct quad *q, double x, double y) {
    double m[9];

    if (!projection(q, m)) return (struct point) { 0, 0 };
    /* The adjugate does what the inverse does: a common factor falls out of the division. */
    const double back[9] = {
        m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
        m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
        m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]
    };
    return projected(back, x, y);
}
