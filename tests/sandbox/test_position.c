/*
 * Of a page whose position its letters do not tell, the piece where most text stands is read in others, and the confidence
 * says which is upright.
 */
#include "test.h"

#include "draw.h"
#include "models.h"
#include "position.h"

enum { WIDTH = 1000, HEIGHT = 2000, SIDE = 448 /* whose square is a tenth of the page */, WORDS = 12 };

static const double SCALE = 2.4; /* 300 dots an inch */

/* Words on lines of three, the first at this pixel. */
static struct page page_with(struct word words[WORDS], int x, int y) {
    for (int i = 0; i < WORDS; i++) {
        words[i] = (struct word) { .text = STR("parole"), .confidence = 30 };
        words[i].box = (struct box) { (int)((x + i % 3 * 100) * SCALE), (int)((y + i / 3 * 60) * SCALE),
                                      (int)(80 * SCALE), (int)(30 * SCALE) };
    }
    return (struct page) { .words = words, .word_count = WORDS };
}

static void the_piece_holds_most_of_the_text(void **state) {
    static const int places[][2] = { { 20, 30 }, { 600, 100 }, { 350, 900 }, { 640, 1700 } };
    struct word words[WORDS];
    int x, y, w, h;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        struct page page = page_with(words, places[i][0], places[i][1]);
        position_sample(&page, SCALE, WIDTH, HEIGHT, &x, &y, &w, &h);
        assert_int_equal(w, SIDE);
        assert_int_equal(h, SIDE);
        assert_true(x >= 0 && x + w <= WIDTH && y >= 0 && y + h <= HEIGHT);
        int within = 0;
        for (int k = 0; k < WORDS; k++) {
            double at_x = words[k].box.x / SCALE + 40, at_y = words[k].box.y / SCALE + 15;
            within += at_x >= x && at_x < x + w && at_y >= y && at_y < y + h;
        }
        assert_true(within >= WORDS / 2);
    }
}

static void a_page_without_words_gives_its_middle(void **state) {
    const struct page page = { 0 };
    int x, y, w, h;

    (void)state;
    position_sample(&page, SCALE, WIDTH, HEIGHT, &x, &y, &w, &h);
    assert_int_equal(x, (WIDTH - SIDE) / 2);
    assert_int_equal(y, (HEIGHT - SIDE) / 2);
    /* A strip is less wide than the piece would be. */
    position_sample(&page, SCALE, 20, 4000, &x, &y, &w, &h);
    assert_true(x == 0 && w == 20 && y >= 0 && y + h <= 4000);
}

static void only_upright_text_reads_well(void **state) {
    PIX *page = draw_picture(150), *turned = pixRotateOrth(page, 1);
    TessBaseAPI *engine = models_open() ? models_engine_new() : NULL;

    (void)state;
    assert_non_null(engine);
    for (int back = 0; back < 4; back++) {
        int confidence = position_confidence(engine, turned, back, 150);
        if (back == 3 ? confidence < 80 : confidence > 60) fail_msg("%d quarters back: %d", back, confidence);
    }
    assert_int_equal(TessBaseAPIGetPageSegMode(engine), PSM_AUTO);
    pixDestroy(&page);
    pixDestroy(&turned);
    TessBaseAPIDelete(engine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_piece_holds_most_of_the_text),
        cmocka_unit_test(a_page_without_words_gives_its_middle),
        cmocka_unit_test(only_upright_text_reads_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
