#include "upright.h"

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

void upright_level(const struct page *page, double *x, double *y) {
    turn_about_middle(page, page->turn.skew_mdeg, x, y);
}

void upright_unlevel(const struct page *page, double *x, double *y) {
    turn_about_middle(page, -page->turn.skew_mdeg, x, y);
}

void upright_lay_down(const struct paper *paper, const struct page *page, cairo_matrix_t *out) {
    bool lies = paper->quarters % 2 == 1;
    double w = lies ? paper->height : paper->width, h = lies ? paper->width : paper->height;
    cairo_matrix_t quarters = quarters_undo(paper), scale;

    cairo_matrix_init_scale(&scale, w / page->width, h / page->height);
    cairo_matrix_multiply(out, &scale, &quarters);
}
