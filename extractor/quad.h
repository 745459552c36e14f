#ifndef EXTRACTOR_QUAD_H
#define EXTRACTOR_QUAD_H
/*
 * quad -- four corners in a plane whose y runs down, clockwise from the left top one.
 */
#include <stdbool.h>

enum { QUAD_CORNERS = 4 };

struct point {
    double x, y;
};

struct quad {
    struct point at[QUAD_CORNERS];
};

/* A straight line: the places where a * x + b * y = c. */
struct line {
    double a, b, c;
};

/* Side i goes from corner i to the next one; each corner is where two sides meet. False: two are parallel. */
bool quad_of_sides(const struct line sides[QUAD_CORNERS], struct quad *out);

/* A sheet of paper seen from a hand's distance: angles nearly right, opposite sides about as long as each other. */
bool quad_is_sheet(const struct quad *);

/* A corner lies nearer than `margin` to the edge of a picture of this size, or outside of it. */
bool quad_touches(const struct quad *, double width, double height, double margin);

bool quad_holds(const struct quad *, double x, double y);

/* Where a point of the square from 0, 0 to 1, 1 lies when that is seen as the quadrilateral, and the other way round. */
struct point quad_place(const struct quad *, double x, double y);
struct point quad_find(const struct quad *, double x, double y);

double quad_area(const struct quad *);
double quad_side(const struct quad *, int side);

#endif
