/*
 * Pages as pictures: drawn in the sandbox, upright, with every word where the reader said that it stands.
 */
#include "place.h"

#include "darkness.h"
#include "draw.h"
#include "os/file.h"
#include "spoil.h"

#include <stdlib.h>
#include <unistd.h>

static struct page *pages_of(struct place *p, int fd, size_t want) {
    struct page *pages = NULL;
    struct err e = { 0 };
    size_t count = 0;

    if (extract_pages(p->extractor, p->arena, fd, NULL, &pages, &count, &e) != OK) fail_msg("%s", e.detail);
    assert_int_equal(count, want);
    return pages;
}

static PIX *picture_of(struct place *p, int fd, const struct page *page) {
    struct str jpeg;
    struct err e = { 0 };

    if (extract_picture(p->extractor, p->arena, fd, page, &jpeg, &e) != OK) fail_msg("%s", e.detail);
    PIX *colour = pixReadMemJpeg((const l_uint8 *)jpeg.p, jpeg.n, 0, 1, NULL, 0);
    PIX *picture = colour ? pixConvertTo8(colour, 0) : NULL;
    pixDestroy(&colour);
    assert_non_null(picture);
    return picture;
}

/* Every word is dark where it should be and the paper between the lines is not: the page lies as it was read. */
static void assert_words_fall_on_their_boxes(PIX *picture, const struct page *page) {
    double page_ratio = (double)page->width / page->height,
           ratio = (double)pixGetWidth(picture) / pixGetHeight(picture);

    assert_true(page->word_count > 20);
    assert_true(ratio > page_ratio * 0.99 && ratio < page_ratio * 1.01);
    for (size_t i = 0; i < page->word_count; i++) {
        const struct word *w = &page->words[i];
        if (w->text.n < 3) continue;
        double on = darkness(picture, page, w->box);
        if (on < 0.06) fail_msg("\"%.*s\" is %.3f dark", STR_ARG(w->text), on);
        /* Lines stand twice as far apart as the highest letters reach, on pages of any resolution. */
        struct box under = { w->box.x, w->box.y + w->box.h + 20, w->box.w, 50 };
        double off = darkness(picture, page, under);
        if (off > 0.01) fail_msg("under \"%.*s\" it is %.3f dark", STR_ARG(w->text), off);
    }
}

static void assert_drawn_as_read(struct place *p, int fd) {
    struct page *page = pages_of(p, fd, 1);
    PIX *picture = picture_of(p, fd, page);

    assert_words_fall_on_their_boxes(picture, page);
    pixDestroy(&picture);
    close(fd);
}

static void a_pdf_with_letters_is_drawn_at_150_dpi(void **state) {
    struct place *p = *state;
    int fd = draw_pdf((enum draw_page[]) { DRAW_BLANK, DRAW_TEXT }, 2);
    struct page *pages = pages_of(p, fd, 2);
    PIX *picture = picture_of(p, fd, &pages[1]), *blank = picture_of(p, fd, &pages[0]);

    assert_int_equal(pixGetWidth(picture), 420 * 150 / 72);
    assert_words_fall_on_their_boxes(picture, &pages[1]);
    assert_true(darkness(blank, &pages[0], (struct box) { 0, 0, pages[0].width, pages[0].height }) == 0);
    pixDestroy(&picture);
    pixDestroy(&blank);
    close(fd);
}

static void a_scan_is_drawn_upright_however_it_lay(void **state) {
    for (int quarters = 0; quarters < 4; quarters++) {
        assert_drawn_as_read(*state, draw_file(draw_turned(quarters), DRAW_PNG, 1));
    }
}

static void a_skewed_scan_is_drawn_level(void **state) {
    static const float angles[] = { 0.05f, -0.08f };

    for (size_t i = 0; i < COUNT_OF(angles); i++) {
        assert_drawn_as_read(*state, draw_file(draw_skewed(angles[i]), DRAW_JPEG, 1));
    }
}

static void a_sheet_on_a_table_is_drawn_alone_and_flat(void **state) {
    for (int quarters = 0; quarters < 4; quarters++) {
        PIX *seen = spoil_perspective(draw_picture(200), 0.12, 0.05, 60),
            *turned = pixRotateOrth(seen, quarters);
        pixDestroy(&seen);
        assert_drawn_as_read(*state, draw_file(turned, DRAW_JPEG, 1));
    }
}

static void a_scan_within_a_pdf_is_drawn(void **state) {
    assert_drawn_as_read(*state, draw_pdf((enum draw_page[]) { DRAW_SCAN }, 1));
}

static void a_photo_is_drawn_as_the_camera_was_held(void **state) {
    assert_drawn_as_read(*state, draw_jpeg_held(draw_turned(3), 6));
}

static void heic_and_webp_are_drawn(void **state) {
    int fd = draw_heic(draw_picture(200));

    assert_drawn_as_read(*state, draw_file(draw_picture(200), DRAW_WEBP, 1));
    assert_drawn_as_read(*state, draw_file(draw_picture(200), DRAW_BMP, 1));
    if (fd >= 0) assert_drawn_as_read(*state, fd);
}

static void each_page_of_a_tiff_is_drawn_and_no_other(void **state) {
    struct place *p = *state;
    int fd = draw_file(draw_picture(200), DRAW_TIFF, 2);
    struct page *pages = pages_of(p, fd, 2), beyond = pages[1];
    struct err e = { 0 };
    struct str jpeg;

    PIX *picture = picture_of(p, fd, &pages[1]);
    assert_words_fall_on_their_boxes(picture, &pages[1]);
    pixDestroy(&picture);
    beyond.number = 3;
    assert_int_equal(extract_picture(p->extractor, p->arena, fd, &beyond, &jpeg, &e), E_INVALID);
    assert_string_equal(e.message->code, "no_pages");
    close(fd);
}

/* Each word on a line of its own, and lines apart, so that the paper between them shows. */
static void a_text_file_is_drawn(void **state) {
    struct place *p = *state;
    static const char text[] = "Ordonnance\n\n\nDoliprane\n\n\nMatin et soir\n";
    int fd = draw_bytes(text, sizeof text - 1);
    struct page *page = pages_of(p, fd, 1);
    PIX *picture = picture_of(p, fd, page);

    for (size_t i = 0; i < page->word_count; i++) {
        struct box b = page->words[i].box, under = { b.x, b.y + b.h + 20, b.w, 60 };
        assert_true(darkness(picture, page, b) > 0.04);
        assert_true(darkness(picture, page, under) == 0);
    }
    pixDestroy(&picture);
    close(fd);
}

/* Helvetica is named and not held by the file, as in most of what small programs print. */
static void letters_of_a_font_of_the_system_are_drawn(void **state) {
    struct place *p = *state;
    static const char pdf[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        "4 0 obj<</Length 62>>stream\nBT /F 20 Tf 30 200 Td (Amoxicilline matin et soir) Tj ET        \nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n"
        "trailer<</Root 1 0 R>>\n%%EOF\n";
    int fd = draw_bytes(pdf, sizeof pdf - 1);
    struct page *page = pages_of(p, fd, 1);
    PIX *picture = picture_of(p, fd, page);

    assert_int_equal(page->word_count, 4);
    for (size_t i = 0; i < page->word_count; i++)
        assert_true(darkness(picture, page, page->words[i].box) > 0.06);
    pixDestroy(&picture);
    close(fd);
}

static void a_huge_page_is_drawn_smaller(void **state) {
    struct place *p = *state;
    int fd = draw_file(draw_picture(200), DRAW_PNG, 1);
    struct page *page = pages_of(p, fd, 1);

    page->width *= 40; /* as if 15 metres of paper had been scanned */
    page->height *= 40;
    PIX *picture = picture_of(p, fd, page);
    assert_true((int64_t)pixGetWidth(picture) * pixGetHeight(picture) <= EXTRACT_PICTURE_PIXELS_MAX);
    assert_in_range(pixGetHeight(picture), 1500, EXTRACT_PICTURE_SIDE_MAX);
    pixDestroy(&picture);
    close(fd);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        PLACED(a_pdf_with_letters_is_drawn_at_150_dpi),
        PLACED(a_scan_is_drawn_upright_however_it_lay),
        PLACED(a_skewed_scan_is_drawn_level),
        PLACED(a_sheet_on_a_table_is_drawn_alone_and_flat),
        PLACED(a_scan_within_a_pdf_is_drawn),
        PLACED(a_photo_is_drawn_as_the_camera_was_held),
        PLACED(heic_and_webp_are_drawn),
        PLACED(each_page_of_a_tiff_is_drawn_and_no_other),
        PLACED(a_text_file_is_drawn),
        PLACED(letters_of_a_font_of_the_system_are_drawn),
        PLACED(a_huge_page_is_drawn_smaller),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
