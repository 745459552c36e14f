/*
 * The operators that lay words over a page, and the font that they are in.
 */
#include "test.h"

#include "glyphless.h"
#include "invisible.h"
#include "upright.h"

#include <math.h>
#include <stdlib.h>

static const cairo_matrix_t as_it_is = { 1, 0, 0, 1, 0, 0 };

/* The operators of so many words on a page of 1000 by 2000. */
static struct str laid(struct buf *b, struct word *words, size_t count, int32_t skew_mdeg) {
    const struct page page = {
        .width = 1000, .height = 2000, .words = words, .word_count = count, .turn = { 0, skew_mdeg }
    };

    buf_init(b, 4096);
    invisible_put(b, &page, &as_it_is, "F");
    assert_true(buf_ok(b));
    return buf_str(b);
}

static void assert_laid(struct word *words, size_t count, const char *want) {
    struct buf b;
    struct str all = laid(&b, words, count, 0),
               head = STR("q 1.000000 0.000000 0.000000 1.000000 0.000 0.000 cm BT 3 Tr\n");

    assert_true(str_starts(all, head));
    assert_str_equal(str_sub(all, head.n, all.n), str_from_c(want));
    buf_done(&b);
}

static void a_word_fills_its_box(void **state) {
    (void)state;
    struct word one[] = { { STR("été"), { 100, 200, 300, 50 }, 90, 0 } };
    /* Three letters, each half as wide as high, drawn out fourfold; the foot stands 50 below the top. */
    assert_laid(one, 1, "/F 50.0 Tf 400.000 Tz 1 0 0 -1 100.0 250.0 Tm <00E9007400E9> Tj\nET Q\n");
}

static void words_of_a_line_are_as_high_as_the_line(void **state) {
    (void)state;
    struct word line[] = { { STR("mg"), { 100, 210, 60, 40 }, 90, 0 },
                           { STR("El"), { 200, 200, 60, 50 }, 90, 0 },
                           { STR("a"), { 100, 300, 30, 20 }, 90, 1 } };
    assert_laid(line, 3,
                "/F 50.0 Tf 120.000 Tz 1 0 0 -1 100.0 250.0 Tm <006D00670020> Tj\n"
                "/F 50.0 Tf 120.000 Tz 1 0 0 -1 200.0 250.0 Tm <0045006C> Tj\n"
                "/F 20.0 Tf 300.000 Tz 1 0 0 -1 100.0 320.0 Tm <0061> Tj\nET Q\n");
}

static void a_line_that_climbs_is_laid_word_by_word(void **state) {
    (void)state;
    struct word line[] = { { STR("ab"), { 100, 300, 60, 40 }, 90, 0 },
                           { STR("cd"), { 500, 250, 60, 40 }, 90, 0 } };
    assert_laid(line, 2,
                "/F 40.0 Tf 150.000 Tz 1 0 0 -1 100.0 340.0 Tm <006100620020> Tj\n"
                "/F 40.0 Tf 150.000 Tz 1 0 0 -1 500.0 290.0 Tm <00630064> Tj\nET Q\n");
}

static void print_on_the_side_runs_up(void **state) {
    (void)state;
    struct word one[] = { { STR("côté"), { 100, 200, 50, 400 }, 90, 0 } };
    assert_laid(one, 1, "/F 50.0 Tf 400.000 Tz 0 -1 -1 0 150.0 600.0 Tm <006300F4007400E9> Tj\nET Q\n");
}

static void letters_that_crowd_are_smaller(void **state) {
    (void)state;
    struct word one[] = { { STR("rrrrrrrr"), { 100, 200, 80, 90 }, 90, 0 } };
    assert_laid(one, 1,
                "/F 40.0 Tf 50.000 Tz 1 0 0 -1 100.0 265.0 Tm <00720072007200720072007200720072> Tj\nET Q\n");
}

static void nothing_lies_behind_the_edge(void **state) {
    (void)state;
    struct buf b;
    struct word corner[] = { { STR("ab"), { 940, 1960, 60, 40 }, 90, 0 } };
    struct str all = laid(&b, corner, 1, -3000); /* would move it down, off the paper */

    assert_true(str_find(all, STR(" 2000.0 Tm")) < all.n);
    buf_done(&b);
}

static void what_utf16_has_no_single_code_for_is_one_unknown_letter(void **state) {
    (void)state;
    struct word one[] = { { STR("a\xf0\x9f\x92\x8a"), { 0, 0, 50, 50 }, 90, 0 },
                          { STR("≥’€"), { 0, 100, 75, 50 }, 90, 1 } };
    assert_laid(one, 2,
                "/F 50.0 Tf 100.000 Tz 1 0 0 -1 0.0 50.0 Tm <0061FFFD> Tj\n"
                "/F 50.0 Tf 100.000 Tz 1 0 0 -1 0.0 150.0 Tm <2265201920AC> Tj\nET Q\n");
}

/* A corner, an edge and a point within, for each way in which paper can lie: turned as a viewer does it, they are where they were. */
static void what_is_laid_down_can_be_turned_upright_again(void **state) {
    (void)state;
    static const double points[][2] = { { 0, 0 }, { 1000, 700 }, { 320, 1900 } };
    const struct page page = { .width = 1000, .height = 2000 };

    for (int quarters = 0; quarters < 4; quarters++) {
        bool lies = quarters % 2 == 1;
        struct paper paper = { lies ? 200 : 100, lies ? 100 : 200, quarters };
        cairo_matrix_t m;
        upright_lay_down(&paper, &page, &m);
        for (size_t i = 0; i < COUNT_OF(points); i++) {
            double x = points[i][0], y = points[i][1], w = paper.width, h = paper.height;
            cairo_matrix_transform_point(&m, &x, &y);
            for (int turn = 0; turn < quarters;
                 turn++) { /* a quarter clockwise, and the sides change places */
                double old_x = x, old_w = w;
                x = h - y, y = old_x;
                w = h, h = old_w;
            }
            assert_true(fabs(x - points[i][0] / 10) < 1e-6 && fabs(y - points[i][1] / 10) < 1e-6);
        }
    }
}

static void levelling_is_undone(void **state) {
    (void)state;
    const struct page page = { .width = 1000, .height = 2000, .turn = { 0, 90000 } };
    double x = 500, y = 0;

    upright_level(&page, &x, &y); /* a quarter clockwise: what was on top is on the right */
    assert_true(fabs(x - 1500) < 1e-6 && fabs(y - 1000) < 1e-6);
    upright_unlevel(&page, &x, &y);
    assert_true(fabs(x - 500) < 1e-6 && fabs(y) < 1e-6);
}

static uint32_t u32_at(struct str s, size_t at) {
    const unsigned char *p = (const unsigned char *)s.p + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* All of a TrueType file adds up to one number, and each table to its own (OpenType, "Calculating checksums"). */
static void the_font_is_whole(void **state) {
    (void)state;
    struct buf b;
    uint32_t sum = 0;

    buf_init(&b, 4096);
    glyphless_put(&b);
    struct str font = buf_str(&b);
    assert_int_equal(font.n % 4, 0);
    for (size_t at = 0; at < font.n; at += 4) sum += u32_at(font, at);
    assert_int_equal(sum, 0xB1B0AFBA);
    for (size_t table = 12; table < 12 + 6 * 16; table += 16) {
        size_t at = u32_at(font, table + 8), n = u32_at(font, table + 12);
        assert_true(at % 4 == 0 && n > 0 && at + n <= font.n);
        uint32_t own = 0;
        for (size_t i = 0; i < n; i += 4)
            own += i + 4 <= n ? u32_at(font, at + i) : u32_at(font, at + i) & 0xFFFF0000;
        if (memcmp(font.p + table, "head", 4) == 0) own -= u32_at(font, at + 8); /* counted as 0 */
        assert_int_equal(own, u32_at(font, table + 4));
    }
    buf_done(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_fills_its_box),
        cmocka_unit_test(words_of_a_line_are_as_high_as_the_line),
        cmocka_unit_test(a_line_that_climbs_is_laid_word_by_word),
        cmocka_unit_test(print_on_the_side_runs_up),
        cmocka_unit_test(letters_that_crowd_are_smaller),
        cmocka_unit_test(nothing_lies_behind_the_edge),
        cmocka_unit_test(what_utf16_has_no_single_code_for_is_one_unknown_letter),
        cmocka_unit_test(what_is_laid_down_can_be_turned_upright_again),
        cmocka_unit_test(levelling_is_undone),
        cmocka_unit_test(the_font_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
