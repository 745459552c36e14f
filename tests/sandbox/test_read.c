/*
 * medirecord-extract itself: a document of each kind is read inside its sandbox, and what cannot be read gets its reason.
 */
#include "place.h"

#include "base/buf.h"
#include "draw.h"
#include "os/file.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

/* Takes fd. */
static struct page *pages_of(struct place *p, int fd, size_t want) {
    struct page *pages = NULL;
    struct err e = { 0 };
    size_t count = 0;
    enum status s = extract_pages(p->extractor, p->arena, fd, NULL, &pages, &count, &e);

    close(fd);
    if (s != OK) fail_msg("%s, %s", status_name(s), e.detail);
    assert_int_equal(count, want);
    return pages;
}

static void assert_refused(struct place *p, int fd, const char *code) {
    struct page *pages;
    struct err e = { 0 };
    size_t count;
    enum status s = extract_pages(p->extractor, p->arena, fd, NULL, &pages, &count, &e);

    close(fd);
    assert_int_equal(s, E_INVALID);
    assert_non_null(e.message);
    assert_string_equal(e.message->code, code);
}

static bool has(const struct page *page, const char *words) {
    return str_find(page->text, str_from_c(words)) < page->text.n;
}

/* The prescription, read by OCR: every name and every figure, on upright paper. */
static void assert_prescription(const struct page *page) {
    static const char *const musts[] = { "NDIAYE",  "14 mars 2026",        "Doliprane 500 mg",
                                         "5 jours", "Amoxicilline 250 mg", "7 jours" };

    assert_int_equal(page->source, PAGE_OCR);
    assert_true(page->legible);
    for (size_t i = 0; i < COUNT_OF(musts); i++)
        if (!has(page, musts[i])) fail_msg("\"%s\" not in \"%.*s\"", musts[i], STR_ARG(page->text));
    assert_true(page->height > page->width);
    for (size_t i = 0; i < page->word_count; i++) /* words run from left to right */
        if (page->words[i].text.n > 4) assert_true(page->words[i].box.w > page->words[i].box.h);
}

static void a_text_layer_is_taken_as_it_is(void **state) {
    struct place *p = *state;
    struct page *page = pages_of(p, draw_pdf((enum draw_page[]) { DRAW_TEXT }, 1), 1);
    struct buf want;

    buf_init(&want, 1000);
    for (int i = 0; i < DRAW_LINES; i++) buf_addf(&want, "%s%s", i ? "\n" : "", draw_lines[i]);
    assert_str_equal(page->text, buf_str(&want));
    buf_done(&want);
    assert_int_equal(page->source, PAGE_TEXT);
    assert_int_equal(page->confidence, 100);
    assert_int_equal(page->width, 4200);
    assert_int_equal(page->height, 5950);
    /* "Docteur" stands at 36 points, its base line at 50. */
    assert_str_equal(page->words[0].text, STR("Docteur"));
    assert_in_range(page->words[0].box.x, 340, 380);
    assert_in_range(page->words[0].box.y, 300, 420);
    assert_in_range(page->words[0].box.y + page->words[0].box.h, 490, 550);
    assert_int_equal(page->words[0].line, page->words[1].line);
}

/* A text field of two lines, a list with its second entry chosen, a box that is ticked and one that is not. */
static void what_was_filled_into_a_form_is_read(void **state) {
    static const char pdf[] =
        "%PDF-1.4\n"
        "1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R 11 0 R 7 0 R 8 0 R 9 0 R]>>>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Annots[6 0 R 11 0 R 7 0 R 8 0 R 9 0 R]"
        "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        "4 0 obj<</Length 66>>stream\nBT /F 12 Tf 20 300 Td (Traitement en cours et allergies :) Tj ET  \nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n"
        "6 0 obj<</Type/Annot/Subtype/Widget/FT/Tx/Ff 4096/T(t)/V<FEFF004D006500740066006F0072006D0069006E00650020003800350030>/Rect[20 200 300 290]"
        ">>endobj\n"
        "7 0 obj<</Type/Annot/Subtype/Widget/FT/Ch/Ff 131072/T(c)/Opt[(aucune)(iode)]/V(iode)/Rect[20 150 200 170]>>endobj\n"
        "8 0 obj<</Type/Annot/Subtype/Widget/FT/Btn/T(b)/V/Oui/AS/Oui/AP<</N<</Oui 10 0 R/Off 10 0 R>>>>"
        "/Rect[20 100 40 120]>>endobj\n"
        "9 0 obj<</Type/Annot/Subtype/Widget/FT/Btn/T(d)/V/Off/AS/Off/AP<</N<</Oui 10 0 R/Off 10 0 R>>>>"
        "/Rect[20 60 40 80]>>endobj\n"
        "10 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 20 20]/Length 1>>stream\n \nendstream endobj\n"
        "11 0 obj<</Type/Annot/Subtype/Widget/FT/Tx/Ff 4096/T(u)/V(le soir, \\340 jeun\\rmatin)/Rect[20 180 300 199]>>endobj\n"
        "trailer<</Root 1 0 R>>\n%%EOF\n";
    struct page *page = pages_of(*state, draw_bytes(pdf, sizeof pdf - 1), 1);

    assert_str_equal(
        page->text,
        STR("Traitement en cours et allergies :\nMetformine 850\nle soir, à jeun\nmatin\niode\n\xE2\x98\x92"));
    /* The field begins 290 points above the bottom of 400. */
    assert_in_range(page->words[6].box.y, 1090, 1110);
    assert_in_range(page->words[6].box.x, 190, 210);
}

/*
 * A page of 400 by 300 points, cut by 50 on the left and 20 below, turned; two fields beside its printed line, which in the space of
 * the file stand at 100, 200 and at 100, 100.
 */
static struct page *turned_form(struct place *p, int degrees) {
    struct buf pdf;

    buf_init(&pdf, 1 << 14);
    buf_addf(
        &pdf,
        "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R 7 0 R]>>>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/Rotate %d>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/CropBox[50 20 400 300]/Contents 4 0 R"
        "/Annots[6 0 R 7 0 R]/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        "4 0 obj<</Length 66>>stream\nBT /F 12 Tf 60 250 Td (Traitement en cours et allergies :) Tj ET  \nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n"
        "6 0 obj<</Type/Annot/Subtype/Widget/FT/Tx/T(t)/V(Metformine)/Rect[100 200 180 220]>>endobj\n"
        "7 0 obj<</Type/Annot/Subtype/Widget/FT/Tx/T(u)/V(iode)/Rect[100 100 160 120]>>endobj\n"
        "trailer<</Root 1 0 R>>\n%%%%EOF\n",
        degrees);
    struct page *page = pages_of(p, draw_bytes(pdf.p, pdf.n), 1);
    buf_done(&pdf);
    return page;
}

static void values_of_a_form_stand_where_they_are_seen_on_a_turned_page(void **state) {
    /* From the upper left corner of the page that is seen: left, top, right, bottom of each field. */
    static const struct {
        int degrees, width, height, fields[2][4];
    } cases[] = {
        { 0, 3500, 2800, { { 500, 800, 1300, 1000 }, { 500, 1800, 1100, 2000 } } },
        { 90, 2800, 3500, { { 1800, 500, 2000, 1300 }, { 800, 500, 1000, 1100 } } },
        { 180, 3500, 2800, { { 2200, 1800, 3000, 2000 }, { 2400, 800, 3000, 1000 } } },
        { 270, 2800, 3500, { { 800, 2200, 1000, 3000 }, { 1800, 2400, 2000, 3000 } } },
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct page *page = turned_form(*state, cases[i].degrees);
        assert_int_equal(page->width, cases[i].width);
        assert_int_equal(page->height, cases[i].height);
        assert_int_equal(page->word_count, 8);
        for (int k = 0; k < 2; k++) {
            const struct word *word = &page->words[6 + k];
            const struct box *b = &word->box;
            const int *field = cases[i].fields[k];
            assert_str_equal(word->text, k ? STR("iode") : STR("Metformine"));
            if (b->x < field[0] || b->y < field[1] || b->x + b->w > field[2] || b->y + b->h > field[3])
                fail_msg("%d degrees: %.*s at %d, %d", cases[i].degrees, STR_ARG(word->text), b->x, b->y);
        }
    }
}

static void a_scan_and_curves_are_read_and_blank_paper_is_blank(void **state) {
    struct place *p = *state;
    struct page *pages =
        pages_of(p, draw_pdf((enum draw_page[]) { DRAW_SCAN, DRAW_TEXT, DRAW_BLANK, DRAW_CURVES }, 4), 4);

    assert_prescription(&pages[0]);
    assert_int_equal(pages[1].source, PAGE_TEXT);
    assert_int_equal(pages[2].word_count, 0);
    assert_true(pages[2].legible);
    assert_prescription(&pages[3]);
    for (int i = 0; i < 4; i++) assert_int_equal(pages[i].number, i + 1);
}

static void each_kind_of_picture_is_read(void **state) {
    struct place *p = *state;

    assert_prescription(pages_of(p, draw_file(draw_picture(200), DRAW_PNG, 1), 1));
    assert_prescription(pages_of(p, draw_file(draw_picture(200), DRAW_JPEG, 1), 1));
    assert_prescription(pages_of(p, draw_file(draw_picture(200), DRAW_WEBP, 1), 1));
    assert_prescription(pages_of(p, draw_file(draw_picture(200), DRAW_BMP, 1), 1));
}

static void a_tiff_has_pages(void **state) {
    struct page *pages = pages_of(*state, draw_file(draw_picture(200), DRAW_TIFF, 2), 2);

    for (int i = 0; i < 2; i++) assert_prescription(&pages[i]);
}

static void heic_is_read(void **state) {
    int fd = draw_heic(draw_picture(200));

    if (fd < 0) skip();
    assert_prescription(pages_of(*state, fd, 1));
}

static void boxes_of_text_and_ocr_agree(void **state) {
    struct place *p = *state;
    struct page *text = pages_of(p, draw_pdf((enum draw_page[]) { DRAW_TEXT }, 1), 1);
    struct page *ocr = pages_of(p, draw_file(draw_picture(300), DRAW_PNG, 1), 1);

    for (size_t i = 0; i < text->word_count; i++) {
        if (!str_eq(text->words[i].text, STR("Doliprane"))) continue;
        for (size_t k = 0; k < ocr->word_count; k++)
            if (str_eq(ocr->words[k].text, STR("Doliprane"))) {
                assert_in_range(ocr->words[k].box.x - text->words[i].box.x + 100, 60, 140);
                assert_in_range(ocr->words[k].box.w, text->words[i].box.w - 60, text->words[i].box.w + 60);
                return;
            }
    }
    fail_msg("the word is missing");
}

static void a_page_in_any_position_is_turned_upright(void **state) {
    for (int quarters = 1; quarters < 4; quarters++) {
        assert_prescription(pages_of(*state, draw_file(draw_turned(quarters), DRAW_PNG, 1), 1));
    }
}

static void the_cameras_word_is_taken_for_how_it_was_held(void **state) {
    /* 6: the top of the page is on the right of the sensor's picture; 3: upside down; 8: on the left. */
    static const struct { int orientation, quarters; } held[] = { { 3, 2 }, { 6, 3 }, { 8, 1 } };

    for (size_t i = 0; i < COUNT_OF(held); i++) {
        PIX *seen = draw_turned(held[i].quarters);
        assert_prescription(pages_of(*state, draw_jpeg_held(seen, held[i].orientation), 1));
    }
}

static void a_mirrored_picture_is_mended_when_the_camera_says_so(void **state) {
    PIX *picture = draw_picture(200);

    pixFlipLR(picture, picture);
    assert_prescription(pages_of(*state, draw_jpeg_held(picture, 2), 1));
}

static void a_skewed_page_is_straightened(void **state) {
    assert_prescription(pages_of(*state, draw_file(draw_skewed(0.07f), DRAW_PNG, 1), 1));
}

static void a_poor_resolution_is_enlarged(void **state) {
    assert_prescription(pages_of(*state, draw_file(draw_picture(110), DRAW_PNG, 1), 1));
}

static int draw_text_file(const char *text) {
    return draw_bytes(text, strlen(text));
}

static void text_files_are_read(void **state) {
    struct place *p = *state;
    struct page *utf8 =
        pages_of(p, draw_text_file("\xef\xbb\xbfGlycémie\t1,05 g/L\r\n\r\nœdème\f2e page"), 2);

    assert_str_equal(utf8[0].text, STR("Glycémie 1,05 g/L\nœdème"));
    assert_str_equal(utf8[1].text, STR("2e page"));
    assert_true(utf8[0].words[3].box.y > utf8[0].words[0].box.y);
    struct page *windows = pages_of(p,
                                    draw_text_file("Oed\xe8me: 5 \x80, l\x92"
                                                   "eau\n"),
                                    1);
    assert_str_equal(windows->text, STR("Oedème: 5 €, l’eau"));
}

static void a_long_text_has_pages_of_66_lines(void **state) {
    struct buf b;

    buf_init(&b, 10000);
    for (int i = 1; i <= 67; i++) buf_addf(&b, "ligne %d\n", i);
    struct page *pages = pages_of(*state, draw_bytes(b.p, b.n), 2);
    assert_true(str_ends(pages[0].text, STR("ligne 66")));
    assert_str_equal(pages[1].text, STR("ligne 67"));
    buf_done(&b);
}

static void what_cannot_be_read_has_its_reason(void **state) {
    struct place *p = *state;

    assert_refused(p, draw_bytes("", 0), "empty");
    assert_refused(p, draw_bytes(" \n\n ", 4), "empty");
    assert_refused(p, draw_bytes("PK\x03\x04\x14\0\0\0", 8), "unsupported");
    assert_refused(p, draw_bytes("%PDF-1.7\nnothing else", 21), "damaged");
    assert_refused(p, draw_bytes("\x89PNG\r\n\x1a\n\0\0", 10), "damaged");
    assert_refused(p, draw_bytes("\xff\xd8\xff\xe0garbage", 11), "damaged");
    assert_refused(p, draw_bytes("BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0", 26),
                   "damaged");
    assert_refused(p, draw_bytes("II*\0\xff\xff\xff\x7f", 8), "damaged");
    assert_refused(p, draw_bytes("RIFF\x10\0\0\0WEBPVP8 ", 16), "damaged");
    assert_refused(p,
                   draw_bytes("\0\0\0\x10"
                              "ftypheic\0\0\0\0",
                              16),
                   "damaged");
}

static void a_cut_off_file_ends_well(void **state) {
    struct place *p = *state;
    int fd = draw_pdf((enum draw_page[]) { DRAW_TEXT, DRAW_SCAN }, 2);
    static char bytes[1 << 20];
    size_t n = 0;

    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    assert_int_equal(fd_read_full(fd, bytes, sizeof bytes, &n, NULL), OK);
    close(fd);
    for (size_t part = 1; part < 8; part++) {
        struct page *pages;
        struct err e = { 0 };
        size_t count;
        int cut = draw_bytes(bytes, n * part / 8);
        enum status s = extract_pages(p->extractor, p->arena, cut, NULL, &pages, &count, &e);
        close(cut);
        assert_true(s == OK || (s == E_INVALID && e.message));
    }
}

/* What is lost is told: nobody takes half a document for the whole of it. */
static void half_a_file_is_not_taken_for_a_whole_one(void **state) {
    struct place *p = *state;
    const struct message *unread = NULL;
    const struct extract_options options = { .unread = &unread };
    int pdf = draw_pdf((enum draw_page[]) { DRAW_TEXT, DRAW_TEXT }, 2),
        tiff = draw_file(draw_picture(120), DRAW_TIFF, 2), cut;
    static char bytes[8 << 20];
    struct page *pages = NULL;
    size_t n = 0, count = 0;

    assert_int_equal(lseek(pdf, 0, SEEK_SET), 0);
    assert_int_equal(fd_read_full(pdf, bytes, sizeof bytes, &n, NULL), OK);
    close(pdf);
    assert_refused(p, draw_bytes(bytes, n / 2), "damaged");

    assert_int_equal(lseek(tiff, 0, SEEK_SET), 0);
    assert_int_equal(fd_read_full(tiff, bytes, sizeof bytes, &n, NULL), OK);
    close(tiff);
    cut = draw_bytes(bytes, n * 3 / 4);
    assert_int_equal(extract_pages(p->extractor, p->arena, cut, &options, &pages, &count, NULL), OK);
    close(cut);
    assert_int_equal(count, 2);
    assert_int_equal(pages[0].source, PAGE_OCR);
    assert_int_equal(pages[1].source, PAGE_UNREAD);
    assert_string_equal(unread->code, "pages_unreadable");
}

static void a_speck_is_a_page_without_words(void **state) {
    PIX *speck = pixCreate(2, 1, 8);
    const struct page *page = pages_of(*state, draw_file(speck, DRAW_PNG, 1), 1);

    assert_int_equal(page->word_count, 0);
    assert_false(page->legible);
}

static void a_password_is_said_to_be_one(void **state) {
    struct place *p = *state;
    struct str path, bytes;

    assert_true(
        arena_printf(p->arena, &path, "%s/tests/data/encrypted.pdf", getenv("MEDIRECORD_SOURCE_ROOT")));
    assert_int_equal(file_read(p->arena, path.p, 100000, &bytes, NULL), OK);
    assert_refused(p, draw_bytes(bytes.p, bytes.n), "encrypted");
}

static void pages_have_a_maximum(void **state) {
    struct place *p = *state;
    static enum draw_page blank[PAGES_MAX + 1];

    for (int i = 0; i <= PAGES_MAX; i++) blank[i] = DRAW_BLANK;
    assert_refused(p, draw_pdf(blank, PAGES_MAX + 1), "too_many_pages");
    pages_of(p, draw_pdf(blank, PAGES_MAX), PAGES_MAX);
}

/* A PNG that says to be so large, and holds nothing. */
static int png_of_size(uint32_t w, uint32_t h) {
    unsigned char png[64] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    for (int i = 0; i < 4; i++) {
        png[16 + i] = (unsigned char)(w >> (24 - 8 * i));
        png[20 + i] = (unsigned char)(h >> (24 - 8 * i));
    }
    png[24] = 8;
    uLong crc = crc32(0, png + 12, 17);
    for (int i = 0; i < 4; i++) png[29 + i] = (unsigned char)(crc >> (24 - 8 * i));
    return draw_bytes(png, sizeof png);
}

/* A bitmap that says to be so large, and holds nothing. */
static int bmp_of_size(uint32_t w, uint32_t h) {
    unsigned char bmp[64] = "BM";

    bmp[14] = 40;
    for (int i = 0; i < 4; i++) {
        bmp[18 + i] = (unsigned char)(w >> (8 * i));
        bmp[22 + i] = (unsigned char)(h >> (8 * i));
    }
    return draw_bytes(bmp, sizeof bmp);
}

static void pictures_have_a_maximum(void **state) {
    assert_refused(*state, bmp_of_size(10001, 10000), "too_large_picture");
    assert_refused(*state, bmp_of_size(60001, 1), "too_large_picture");
    assert_refused(*state, bmp_of_size(60001, 0x80000000), "too_large_picture");
    assert_refused(*state, png_of_size(10001, 10000), "too_large_picture");
    assert_refused(*state, png_of_size(60001, 1), "too_large_picture");
    assert_refused(*state, png_of_size(10000, 10000),
                   "damaged"); /* small enough, but there is nothing in it */
}

struct reading {
    struct extractor *extractor;
    enum draw_page kind;
    enum status status;
    bool right;
};

static void *read_one(void *arg) {
    struct reading *r = arg;
    struct arena *a = arena_new(4 << 20);
    struct page *pages = NULL;
    size_t count = 0;

    for (int i = 0; i < 2 && (i == 0 || r->right); i++) {
        int fd = draw_pdf(&r->kind, 1);
        r->status = extract_pages(r->extractor, a, fd, NULL, &pages, &count, NULL);
        close(fd);
        r->right = r->status == OK && count == 1 && has(pages, "Doliprane 500 mg");
        arena_reset(a);
    }
    arena_free(a);
    return NULL;
}

static void documents_are_read_side_by_side(void **state) {
    struct place *p = *state;
    struct reading readings[4];
    pthread_t threads[4];

    for (int i = 0; i < 4; i++) {
        readings[i] = (struct reading) { .extractor = p->extractor, .kind = i % 2 ? DRAW_TEXT : DRAW_SCAN };
        assert_int_equal(pthread_create(&threads[i], NULL, read_one, &readings[i]), 0);
    }
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < 4; i++) assert_true(readings[i].right);
}

static void memory_is_limited(void **state) {
#ifdef __SANITIZE_ADDRESS__
    (void)state;
    skip();
#else
    struct place *p = *state;
    struct extractor_options options = { .memory_bytes = 330 << 20 };
    const struct extractor *kept = p->extractor;
    struct extractor *small;

    assert_true(arena_printf(p->arena, &options.program, "%s/extractor/medirecord-extract",
                             getenv("MEDIRECORD_BUILD_ROOT")));
    assert_int_equal(extractor_open(p->arena, &options, &small, NULL), OK);
    p->extractor = small;
    PIX *large = pixCreate(9000, 9000, 32);
    pixSetAll(large);
    int fd = draw_file(large, DRAW_PNG, 1);
    struct page *pages;
    struct err e = { 0 };
    size_t count;
    assert_int_equal(extract_pages(small, p->arena, fd, NULL, &pages, &count, &e), E_INVALID);
    assert_non_null(e.message);
    close(fd);
    /* The next one has its memory to itself. */
    assert_int_equal(pages_of(p, draw_pdf((enum draw_page[]) { DRAW_TEXT }, 1), 1)->source, PAGE_TEXT);
    extractor_close(small);
    p->extractor = (struct extractor *)(uintptr_t)kept;
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        PLACED(a_text_layer_is_taken_as_it_is),
        PLACED(what_was_filled_into_a_form_is_read),
        PLACED(values_of_a_form_stand_where_they_are_seen_on_a_turned_page),
        PLACED(a_scan_and_curves_are_read_and_blank_paper_is_blank),
        PLACED(each_kind_of_picture_is_read),
        PLACED(a_tiff_has_pages),
        PLACED(heic_is_read),
        PLACED(boxes_of_text_and_ocr_agree),
        PLACED(a_page_in_any_position_is_turned_upright),
        PLACED(the_cameras_word_is_taken_for_how_it_was_held),
        PLACED(a_mirrored_picture_is_mended_when_the_camera_says_so),
        PLACED(a_skewed_page_is_straightened),
        PLACED(a_poor_resolution_is_enlarged),
        PLACED(text_files_are_read),
        PLACED(a_long_text_has_pages_of_66_lines),
        PLACED(what_cannot_be_read_has_its_reason),
        PLACED(a_cut_off_file_ends_well),
        PLACED(half_a_file_is_not_taken_for_a_whole_one),
        PLACED(a_speck_is_a_page_without_words),
        PLACED(a_password_is_said_to_be_one),
        PLACED(pages_have_a_maximum),
        PLACED(pictures_have_a_maximum),
        PLACED(documents_are_read_side_by_side),
        PLACED(memory_is_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
