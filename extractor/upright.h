#ifndef EXTRACTOR_UPRIGHT_H
#define EXTRACTOR_UPRIGHT_H
/*
 * upright -- from the page as it was read, upright and level, back to the paper as the file holds it. Pure.
 *
 * The boxes of words are those of the turned page (struct turn in documents/page.h); whoever lays the words over the original turns them
 * back: first a middle to where it was before the page was levelled, then by quarters.
 */
#include "documents/page.h"

#include <cairo.h>

/* Paper as the file holds it: its size in any unit, and how many quarters clockwise bring it upright. */
struct paper {
    double width, height;
    int quarters;
};

/*
 * Where a point of the upright original lies on the page, which was cut out of it if it is a photograph, and levelled, and
 * the other way round. Both in tenths of a point, and the original as large as the page.
 */
void upright_level(const struct page *, double *x, double *y);
void upright_unlevel(const struct page *, double *x, double *y);

/* How much smaller than on the page is on the original what stands there: 1 but for a sheet that was cut out. */
double upright_part(const struct page *, double x, double y);

/* From tenths of a point on the upright page to the unit of the paper; both count from the upper left corner, downwards. */
void upright_lay_down(const struct paper *, const struct page *, cairo_matrix_t *out);

#endif
