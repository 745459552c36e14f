/*
 * Pages spoilt as scanners and telephones spoil them: how many of their words are still read, and that a sheet cut out of a photograph has
 * its words where its picture shows them.
 */
#include "place.h"

#include "draw.h"
#include "spoil.h"
#include "spoilt.h"

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

/* As much of the page is read as has to be. */
static const struct page *assert_read(struct place *p, enum spoilt what) {
    const struct page *page = page_of(p, spoilt_draw(what), DRAW_JPEG);
    double recall = recall_of(page);

    if (recall < spoilt_bound(what))
        fail_msg("%s: %.2f of the words, \"%.*s\"", spoilt_name(what), recall, STR_ARG(page->text));
    return page;
}

static void a_skew_of_15_degrees_is_levelled(void **state) {
    static const struct {
        enum spoilt what;
        int degrees;
    } skews[] = { { SPOILT_SKEW_LEFT_15, -15 },
                  { SPOILT_SKEW_LEFT_11, -11 },
                  { SPOILT_SKEW_RIGHT_1, 1 },
                  { SPOILT_SKEW_RIGHT_7, 7 },
                  { SPOILT_SKEW_RIGHT_15, 15 } };

    for (size_t i = 0; i < COUNT_OF(skews); i++) {
        const struct page *page = assert_read(*state, skews[i].what);
        assert_in_range(page->turn.skew_mdeg + 1000 * skews[i].degrees + 1000, 600, 1400);
    }
}

static void a_skewed_page_on_its_side_is_turned_upright(void **state) {
    assert_read(*state, SPOILT_SIDE_SKEW_12);
    assert_read(*state, SPOILT_UPSIDE_DOWN_SKEW_9);
    assert_read(*state, SPOILT_OTHER_SIDE_SKEW_14);
}

static void few_dots_an_inch_are_enlarged(void **state) {
    assert_read(*state, SPOILT_150_DPI);
    assert_read(*state, SPOILT_44_DPI);
}

static void shadows_are_taken_away(void **state) {
    assert_read(*state, SPOILT_LIGHT_FALLS);
    assert_read(*state, SPOILT_HARD_SHADOW);
    assert_read(*state, SPOILT_LAMP);
}

static void soft_print_is_read(void **state) {
    assert_read(*state, SPOILT_SOFT_PRINT);
}

static void a_border_is_cut_off(void **state) {
    /* The sheet alone is the page: A5 stands on its picture, 4200 tenths of a point wide. */
    assert_in_range(assert_read(*state, SPOILT_DARK_BORDER)->width, 4150, 4250);
    assert_in_range(assert_read(*state, SPOILT_LIGHT_BORDER)->width, 4150, 4250);
}

/* The first word of each line, where it stands on the paper: the OCR bears keystones, so that its words alone prove nothing. */
static void assert_left_margin(const struct page *page, enum spoilt what) {
    enum { MARGIN = 360, NEAR = 40 };
    int found = 0;

    for (int i = 0; i < DRAW_LINES; i++) {
        struct str line = str_from_c(draw_lines[i]), first = str_sub(line, 0, str_find_char(line, ' '));
        for (size_t k = 0; k < page->word_count; k++) {
            if (!str_eq(page->words[k].text, first)) continue;
            int x = page->words[k].box.x;
            if (x < MARGIN - NEAR || x > MARGIN + NEAR)
                fail_msg("%s: \"%.*s\" begins at %d", spoilt_name(what), STR_ARG(first), x);
            found++;
        }
    }
    assert_true(found >= DRAW_LINES - 1);
}

static void a_sheet_seen_aslant_is_made_a_rectangle(void **state) {
    static const enum spoilt aslant[] = { SPOILT_KEYSTONE, SPOILT_KEYSTONE_LIGHT_TABLE };

    for (size_t i = 0; i < COUNT_OF(aslant); i++) {
        const struct page *page = assert_read(*state, aslant[i]);
        assert_left_margin(page, aslant[i]);
        assert_false(corners_are_none(&page->turn.corners));
    }
}

static void a_photograph_with_all_of_it_is_read(void **state) {
    assert_read(*state, SPOILT_PHOTOGRAPH);
    assert_read(*state, SPOILT_PHOTOGRAPH_ON_ITS_SIDE);
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
        PLACED(soft_print_is_read),
        PLACED(a_border_is_cut_off),
        PLACED(a_sheet_seen_aslant_is_made_a_rectangle),
        PLACED(a_photograph_with_all_of_it_is_read),
        PLACED(a_good_page_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
