#include "upright.h"

#include "quad.h"

#include <math.h>

/* x and y of the paper for those of the upright page. */
static cairo_matrix_t quarters_undo(const struct paper *paper) {
    const double w = paper->width, h = paper->height;
    cairo_matrix_t m;

    switch (paper->quarters) {
    case 1: cairo_matrix_init(&m, 0, -1, 1, 0, 0, h); break;
    case 2: cairo_matrix_init(&m, -1, 0, 0, -1, w, h); break;
    case 3: cairo_matrix_init(&m, 0, 1, -1, 0, w, 0); break;
    default: cairo_matrix_init_identity(&m); break;
    }
    return m;
}

static void turn_about_middle(const struct page *page, int32_t mdeg, double *x, double *y) {
    double a = mdeg * M_PI / 180000, middle_x = page->width / 2.0, middle_y = page->height / 2.0;
    double dx = *x - middle_x, dy = *y - middle_y;

    *x = middle_x + dx * cos(a) - dy * sin(a);
    *y = middle_y + dx * sin(a) + dy * cos(a);
}

/*
 * From the upright sheet to the upright photograph that it was cut out of, or back. Corners are those of the original, before
 * it was turned by quarters.
 */
static void cut(const struct page *page, struct point (*move)(const struct quad *, double, double), double *x,
                double *y) {
    const struct corners *c = &page->turn.corners;
    struct point at = { *x / page->width, *y / page->height };
    struct quad sheet;

    if (corners_are_none(c)) return;
    for (int i = 0; i < QUAD_CORNERS; i++)
        sheet.at[i] = (struct point) { c->x[i] / (double)CORNER_WHOLE, c->y[i] / (double)CORNER_WHOLE };
    for (int i = 0; i < page->turn.quarters; i++) at = (struct point) { at.y, 1 - at.x };
    at = move(&sheet, at.x, at.y);
    for (int i = 0; i < page->turn.quarters; i++) at = (struct point) { 1 - at.y, at.x };
    *x = at.x * page->width;
    *y = at.y * page->height;
}

void upright_level(const struct page *page, double *x, double *y) {
    cut(page, quad_find, x, y);
    turn_about_middle(page, page->turn.skew_mdeg, x, y);
}

void upright_unlevel(const struct page *page, double *x, double *y) {
    turn_about_middle(page, -page->turn.skew_mdeg, x, y);
    cut(page, quad_place, x, y);
}

double upright_part(const struct page *page, double x, double y) {
    enum { STEP = 20 };
    double x1 = x - STEP, y1 = y - STEP, x2 = x + STEP, y2 = y + STEP;

    if (corners_are_none(&page->turn.corners)) return 1;
    upright_unlevel(page, &x1, &y1);
    upright_unlevel(page, &x2, &y2);
    return hypot(x2 - x1, y2 - y1) / hypot(2 * STEP, 2 * STEP);
}

void upright_lay_down(const struct paper *paper, const struct page *page, cairo_matrix_t *out) {
    bool lies = paper->quarters % 2 == 1;
    double w = lies ? paper->height : paper->width, h = lies ? paper->width : paper->height;
    cairo_matrix_t quarters = quarters_undo(paper), scale;

    cairo_matrix_init_scale(&scale, w / page->width, h / page->height);
    cairo_matrix_multiply(out, &scale, &quarters);
}
