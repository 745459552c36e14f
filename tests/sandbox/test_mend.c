/*
 * Pages spoilt as scanners and telephones spoil them: how many of their words are still read, and that a sheet cut out of a photograph has
 * its words where its picture shows them.
 */
#include "place.h"

#include "draw.h"
#include "spoil.h"

#include <stdlib.h>
#include <unistd.h>

enum { DPI = 200 };

/* Of the words of the sheet, how many stand in what was read. */
static double recall_of(const struct page *page) {
    int words = 0, found = 0;

    for (int i = 0; i < DRAW_LINES; i++) {
        struct str line = str_from_c(draw_lines[i]);
        while (line.n > 0) {
            size_t n = str_find_char(line, ' ');
            struct str word = str_sub(line, 0, n);
            bool seen = false;
            for (size_t k = 0; k < page->word_count; k++) seen |= str_eq(page->words[k].text, word);
            words++;
            found += seen;
            line = str_sub(line, n + 1, line.n);
        }
    }
    return (double)found / words;
}

/* Takes the picture. */
static struct page *page_of(struct place *p, PIX *take, enum draw_format format) {
    struct page *pages = NULL;
    struct err e = { 0 };
    size_t count = 0;
    int fd = draw_file(take, format, 1);
    enum status s = extract_pages(p->extractor, p->arena, fd, NULL, &pages, &count, &e);

    close(fd);
    if (s != OK) fail_msg("%s, %s", status_name(s), e.detail);
    assert_int_equal(count, 1);
    return pages;
}

static void assert_read(struct place *p, PIX *take, double bound, const char *how) {
    const struct page *page = page_of(p, take, DRAW_JPEG);
    double recall = recall_of(page);

    if (recall < bound) fail_msg("%s: %.2f of the words, \"%.*s\"", how, recall, STR_ARG(page->text));
}

static void a_skew_of_15_degrees_is_levelled(void **state) {
    static const double degrees[] = { -15, -11, 1, 7, 15 };

    for (size_t i = 0; i < COUNT_OF(degrees); i++) {
        const struct page *page = page_of(*state, spoil_skew(draw_picture(DPI), degrees[i]), DRAW_JPEG);
        if (recall_of(page) < 0.95) fail_msg("%.0f degrees: \"%.*s\"", degrees[i], STR_ARG(page->text));
        assert_in_range(page->turn.skew_mdeg + (int)(1000 * degrees[i]) + 1000, 600, 1400);
    }
}

static void a_skewed_page_on_its_side_is_turned_upright(void **state) {
    static const struct {
        double degrees;
        int quarters;
    } lies[] = { { 12, 1 }, { -9, 2 }, { -14, 3 } };

    for (size_t i = 0; i < COUNT_OF(lies); i++) {
        PIX *skewed = spoil_skew(draw_picture(DPI), lies[i].degrees);
        PIX *turned = pixRotateOrth(skewed, lies[i].quarters);
        pixDestroy(&skewed);
        assert_read(*state, turned, 0.95, "skewed and on its side");
    }
}

static void few_dots_an_inch_are_enlarged(void **state) {
    assert_read(*state, spoil_scale(draw_picture(DPI), 0.75), 0.95, "150 dpi");
    assert_read(*state, spoil_scale(draw_picture(DPI), 0.22), 0.9, "44 dpi, letters of 14 points");
}

static void shadows_are_taken_away(void **state) {
    assert_read(*state, spoil_gradient(draw_picture(DPI), 0.25), 0.95, "the light falls off");
    assert_read(*state, spoil_shadow(draw_picture(DPI), 0.35, 4), 0.9, "a hard shadow");
    assert_read(*state, spoil_lamp(draw_picture(DPI), 0.2), 0.95, "a lamp");
}

static void a_border_is_cut_off(void **state) {
    const struct page *dark = page_of(*state, spoil_border(draw_picture(DPI), 0.1, 60), DRAW_JPEG),
                      *light = page_of(*state, spoil_border(draw_picture(DPI), 0.1, 205), DRAW_JPEG);

    assert_true(recall_of(dark) >= 0.95 && recall_of(light) >= 0.95);
    /* The sheet alone is the page: A5 stands on its picture, 4200 tenths of a point wide. */
    assert_in_range(dark->width, 4150, 4250);
    assert_in_range(light->width, 4150, 4250);
}

static void a_sheet_seen_aslant_is_made_a_rectangle(void **state) {
    assert_read(*state, spoil_perspective(draw_picture(DPI), 0.15, 0.05, 70), 0.95, "far side shorter");
    assert_read(*state, spoil_perspective(draw_picture(DPI), 0.10, -0.06, 150), 0.95, "a light table");
}

static PIX *photograph(PIX *page) {
    PIX *lit = spoil_shadow(spoil_perspective(page, 0.12, 0.04, 60), 0.6, 60);
    return spoil_jpeg(spoil_noise(spoil_blur(lit, 1), 12), 60);
}

static void a_photograph_with_all_of_it_is_read(void **state) {
    assert_read(*state, photograph(draw_picture(DPI)), 0.9, "a photograph");
    PIX *photo = photograph(draw_picture(DPI)), *turned = pixRotateOrth(photo, 3);
    pixDestroy(&photo);
    assert_read(*state, turned, 0.9, "a photograph on its side");
}

/* Only what the sheet does not need may be left out: a clean page is the size that it was, to the pixel. */
static void a_good_page_stays_as_it_is(void **state) {
    PIX *framed = draw_picture(DPI);
    BOX *frame = boxCreate(40, 40, pixGetWidth(framed) - 80, pixGetHeight(framed) - 80);

    pixRenderBoxArb(framed, frame, 12, 0, 0, 0);
    boxDestroy(&frame);
    PIX *pictures[] = { draw_picture(DPI), framed, spoil_lamp(draw_picture(DPI), 0.3) };
    for (size_t i = 0; i < COUNT_OF(pictures); i++) {
        const struct page *page = page_of(*state, pictures[i], DRAW_PNG);
        assert_true(corners_are_none(&page->turn.corners));
        assert_int_equal(page->turn.skew_mdeg, 0);
        assert_in_range(page->width, 4190, 4200);
        assert_true(recall_of(page) >= 0.9);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        PLACED(a_skew_of_15_degrees_is_levelled),
        PLACED(a_skewed_page_on_its_side_is_turned_upright),
        PLACED(few_dots_an_inch_are_enlarged),
        PLACED(shadows_are_taken_away),
        PLACED(a_border_is_cut_off),
        PLACED(a_sheet_seen_aslant_is_made_a_rectangle),
        PLACED(a_photograph_with_all_of_it_is_read),
        PLACED(a_good_page_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
