/*
 * Lines that the OCR passed over are found in the ink, and nothing that is no line of letters.
 */
#include "test.h"

#include "missed.h"

/* A letter is a block of 10 by 20 pixels, a page has 25 words of five letters on lines 60 apart. */
enum { LETTER_W = 10, LETTER_H = 20, STEP = 60, LEFT = 50, RIGHT = 700, LINES = 25, SIDE = 1700 };
static const double SCALE = 2.4; /* 300 dots an inch */

static void ink_word(PIX *ink, int x, int y, int letters, int step) {
    for (int i = 0; i < letters; i++)
        pixRasterop(ink, x + i * step, y, LETTER_W, LETTER_H, PIX_SET, NULL, 0, 0);
}

struct paper {
    PIX *ink;
    struct word words[LINES];
    struct page page;
};

static void paper_make(struct paper *p) {
    *p = (struct paper) { .ink = pixCreate(SIDE, SIDE, 1) };
    for (int i = 0; i < LINES; i++) {
        int y = 40 + i * STEP;
        ink_word(p->ink, LEFT, y, 5, 14);
        p->words[i].confidence = 90;
        p->words[i].box =
            (struct box) { (int)((double)LEFT * SCALE), (int)(y * SCALE), (int)(66 * SCALE), 48 };
    }
    p->page = (struct page) { .words = p->words, .word_count = LINES };
}

static void assert_found(struct paper *p, const struct box *want, int count) {
    BOXA *lines = missed_lines(p->ink, &p->page, SCALE);
    int found = lines ? boxaGetCount(lines) : 0;

    assert_int_equal(found, count);
    for (int i = 0; i < found; i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(lines, i, &x, &y, &w, &h);
        /* All of it, with a little paper around. */
        assert_in_range(want[i].x - x, 1, LETTER_H);
        assert_in_range(x + w - want[i].x - want[i].w, 1, LETTER_H);
        assert_in_range(want[i].y - y, 1, LETTER_H);
        assert_in_range(y + h - want[i].y - want[i].h, 1, LETTER_H);
    }
    boxaDestroy(&lines);
    pixDestroy(&p->ink);
}

static void a_page_that_was_read_has_nothing_left(void **state) {
    struct paper p;

    (void)state;
    paper_make(&p);
    assert_found(&p, NULL, 0);
}

static void a_column_beside_the_words_is_found_line_by_line(void **state) {
    struct paper p;
    struct box want[4];

    (void)state;
    paper_make(&p);
    for (int i = 0; i < 4; i++) {
        ink_word(p.ink, RIGHT, 40 + i * STEP, 3, 14);
        want[i] = (struct box) { .x = RIGHT, .y = 40 + i * STEP, .w = 38, .h = LETTER_H };
    }
    assert_found(&p, want, 4);
}

static void a_word_that_cannot_be_believed_is_read_again(void **state) {
    struct paper p;
    const struct box want = { .x = LEFT, .y = 40 + 3 * STEP, .w = 66, .h = LETTER_H };

    (void)state;
    paper_make(&p);
    p.words[3].confidence = MISSED_CONFIDENCE - 1;
    assert_found(&p, &want, 1);
}

/* A comma of a typewriter's figures leaves more paper than a letter is wide: the figure must not lose its end. */
static void a_figure_is_not_cut_at_its_comma(void **state) {
    struct paper p;
    const struct box want = { .x = RIGHT, .y = 40, .w = 3 * 17 + LETTER_W, .h = LETTER_H };

    (void)state;
    paper_make(&p);
    ink_word(p.ink, RIGHT, 40, 2, 17);
    pixRasterop(p.ink, RIGHT + 2 * 17 + 4, 40 + LETTER_H - 4, 3, 8, PIX_SET, NULL, 0, 0);
    ink_word(p.ink, RIGHT + 3 * 17, 40, 1, 17);
    assert_found(&p, &want, 1);
}

static void rules_stains_and_single_letters_are_no_lines(void **state) {
    struct paper p;

    (void)state;
    paper_make(&p);
    pixRasterop(p.ink, 10, 1650, 1600, 3, PIX_SET, NULL, 0, 0);                    /* a rule */
    pixRasterop(p.ink, 1500, 100, 150, 400, PIX_SET, NULL, 0, 0);                  /* a logo */
    pixRasterop(p.ink, 1000, 900, LETTER_W, LETTER_H, PIX_SET, NULL, 0, 0);        /* one letter */
    for (int i = 0; i < 40; i++) pixSetPixel(p.ink, 800 + 7 * i, 1200 + i % 5, 1); /* dust */
    assert_found(&p, NULL, 0);
}

static void too_few_words_say_nothing_of_the_height_of_letters(void **state) {
    struct paper p;

    (void)state;
    paper_make(&p);
    p.page.word_count = 5;
    assert_found(&p, NULL, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_that_was_read_has_nothing_left),
        cmocka_unit_test(a_column_beside_the_words_is_found_line_by_line),
        cmocka_unit_test(a_word_that_cannot_be_believed_is_read_again),
        cmocka_unit_test(a_figure_is_not_cut_at_its_comma),
        cmocka_unit_test(rules_stains_and_single_letters_are_no_lines),
        cmocka_unit_test(too_few_words_say_nothing_of_the_height_of_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
