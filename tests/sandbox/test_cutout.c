/*
 * A sheet on a table is found to a few pixels, and nothing else is taken for one.
 */
#include "test.h"

#include "cutout.h"
#include "draw.h"
#include "quad.h"
#include "spoil.h"

#include <math.h>

enum { DPI = 150 };

/* Takes the picture. */
static bool found(PIX *take, struct corners *out) {
    bool is = cutout_find(take, out);
    pixDestroy(&take);
    return is;
}

static void assert_not_found(PIX *take, const char *what) {
    struct corners c;
    if (found(take, &c)) fail_msg("%s was taken for a sheet on a table", what);
}

static void assert_corner(const struct corners *c, int i, double x, double y, double w, double h) {
    double at_x = c->x[i] * w / CORNER_WHOLE, at_y = c->y[i] * h / CORNER_WHOLE;
    if (fabs(at_x - x) > 4 || fabs(at_y - y) > 4)
        fail_msg("corner %d is at %.1f, %.1f instead of %.1f, %.1f", i, at_x, at_y, x, y);
}

static void the_corners_are_where_the_paper_ends(void **state) {
    PIX *page = draw_picture(DPI);
    double w = pixGetWidth(page), h = pixGetHeight(page), m = (int)lround(0.1 * h);
    struct corners c;

    (void)state;
    PIX *on_table = spoil_border(page, 0.1, 70);
    double all_w = pixGetWidth(on_table), all_h = pixGetHeight(on_table);
    assert_true(found(on_table, &c));
    assert_corner(&c, 0, m, m, all_w, all_h);
    assert_corner(&c, 1, m + w, m, all_w, all_h);
    assert_corner(&c, 2, m + w, m + h, all_w, all_h);
    assert_corner(&c, 3, m, m + h, all_w, all_h);
}

static void tables_of_any_grey_and_shadows_are_borne(void **state) {
    static const int greys[] = { 10, 60, 110, 160, 205 };
    struct corners c;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(greys); i++)
        assert_true(found(spoil_perspective(draw_picture(DPI), 0.1, 0.03, greys[i]), &c));
    assert_true(found(spoil_shadow(spoil_perspective(draw_picture(DPI), 0.12, -0.05, 60), 0.5, 20), &c));
    assert_true(found(spoil_skew(spoil_border(draw_picture(DPI), 0.12, 50), 0), &c));
}

static void a_page_without_a_table_is_none(void **state) {
    (void)state;
    assert_not_found(draw_picture(DPI), "a page");
    assert_not_found(spoil_skew(draw_picture(DPI), 8), "a skewed page");
    assert_not_found(spoil_lamp(draw_picture(DPI), 0.3), "a page under a lamp");
    assert_not_found(spoil_shadow(draw_picture(DPI), 0.4, 8), "a page in a shadow");
    assert_not_found(spoil_border(draw_picture(DPI), 0.1, 250), "a page on white");
}

/* The table has been cut off on one side: where the paper ends there nobody knows. */
static void three_edges_are_not_enough(void **state) {
    PIX *on_table = spoil_border(draw_picture(DPI), 0.1, 60);
    int w = pixGetWidth(on_table), h = pixGetHeight(on_table);
    BOX *box = boxCreate(w / 4, 0, w - w / 4, h);
    PIX *cut = pixClipRectangle(on_table, box, NULL);

    (void)state;
    pixDestroy(&on_table);
    boxDestroy(&box);
    assert_not_found(cut, "a sheet whose left side is outside");
}

/* A coloured page with a white field: the field is not the page. */
static void a_field_on_a_page_is_not_cut_out(void **state) {
    PIX *page = draw_picture(DPI);
    int w = pixGetWidth(page), h = pixGetHeight(page);

    (void)state;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            bool field = x > w / 10 && x < w - w / 10 && y > h / 3 && y < h - h / 20;
            l_uint32 grey = 0;
            pixGetPixel(page, x, y, &grey);
            if (!field && grey > 190) pixSetPixel(page, x, y, 190);
        }
    assert_not_found(page, "a field of a form");
}

static void a_flattened_sheet_is_what_was_on_the_table(void **state) {
    PIX *page = draw_picture(DPI), *photo = spoil_perspective(pixCopy(NULL, page), 0.12, 0.04, 60), *flat;
    struct corners c;
    l_float32 difference = 255;
    int w = pixGetWidth(page), h = pixGetHeight(page);

    (void)state;
    assert_true(cutout_find(photo, &c));
    flat = cutout_flatten(photo, &c, w, h);
    assert_non_null(flat);
    assert_int_equal(pixCompareGray(page, flat, L_COMPARE_ABS_DIFF, 0, NULL, &difference, NULL, NULL), 0);
    if (difference > 8) fail_msg("%.1f of 255 apart", difference);
    pixDestroy(&page);
    pixDestroy(&photo);
    pixDestroy(&flat);
}

static void a_square_is_seen_as_a_quadrilateral(void **state) {
    const struct quad q = { { { 2, 1 }, { 9, 2 }, { 12, 14 }, { 0, 11 } } };
    static const double corner[QUAD_CORNERS][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 } };

    (void)state;
    for (int i = 0; i < QUAD_CORNERS; i++) {
        struct point at = quad_place(&q, corner[i][0], corner[i][1]);
        assert_true(fabs(at.x - q.at[i].x) < 1e-9 && fabs(at.y - q.at[i].y) < 1e-9);
    }
    struct point there = quad_place(&q, 0.3, 0.8), back = quad_find(&q, there.x, there.y);
    assert_true(fabs(back.x - 0.3) < 1e-9 && fabs(back.y - 0.8) < 1e-9);
    /* Where the diagonals cross stays where they cross. */
    struct point middle = quad_place(&q, 0.5, 0.5);
    double along = (middle.x - 2) / 10, across = (middle.x - 9) / -9;
    assert_true(fabs(1 + along * 13 - middle.y) < 1e-9 && fabs(2 + across * 9 - middle.y) < 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_corners_are_where_the_paper_ends),
        cmocka_unit_test(tables_of_any_grey_and_shadows_are_borne),
        cmocka_unit_test(a_page_without_a_table_is_none),
        cmocka_unit_test(three_edges_are_not_enough),
        cmocka_unit_test(a_field_on_a_page_is_not_cut_out),
        cmocka_unit_test(a_flattened_sheet_is_what_was_on_the_table),
        cmocka_unit_test(a_square_is_seen_as_a_quadrilateral),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
