/*
 * The searchable PDF: made in the sandbox and read again as any other, every word is text now, stands where it is printed, and the page looks
 * as before.
 */
#include "place.h"

#include "documents/page_wire.h"
#include "darkness.h"
#include "draw.h"
#include "os/file.h"
#include "spoil.h"
#include "os/wire.h"

#include <math.h>
#include <qpdf/qpdf-c.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

struct read {
    struct page *pages;
    size_t count;
};

static struct read read_document(struct place *p, int fd) {
    struct err e = { 0 };
    struct read out = { 0 };

    if (extract_pages(p->extractor, p->arena, fd, NULL, &out.pages, &out.count, &e) != OK)
        fail_msg("%s", e.detail);
    return out;
}

static int bytes_file(struct str bytes) {
    return draw_bytes(bytes.p, bytes.n);
}

/* What the program knows, as it says it. */
static int pages_file(const struct page *pages, size_t count) {
    struct buf page, all;

    buf_init(&page, PAGE_WIRE_MAX);
    buf_init(&all, PAGE_WIRE_MAX);
    for (size_t i = 0; i < count; i++) {
        const struct page *one = &pages[i];
        buf_clear(&page);
        page_wire_put(&page, one,
                      one->source == PAGE_OCR         ? PAGE_WIRE_OCR
                      : one->source == PAGE_CORRECTED ? PAGE_WIRE_TYPED
                                                      : PAGE_WIRE_TEXT);
        wire_put_bytes(&all, buf_str(&page));
    }
    assert_true(buf_ok(&all));
    int fd = bytes_file(buf_str(&all));
    buf_done(&page);
    buf_done(&all);
    return fd;
}

static enum status take_bytes(void *ctx, struct str piece, struct err *e) {
    return fd_write_all(*(int *)ctx, piece, e);
}

static enum status export_with(struct place *p, int fd, int pages, int *out, struct err *e) {
    const struct extract_sink sink = { take_bytes, out };

    assert_int_equal(memory_file_new(out, NULL), OK);
    return extract_export(p->extractor, p->arena, fd, pages, &sink, e);
}

static int export(struct place *p, int fd, const struct page *pages, size_t count) {
    struct err e = { 0 };
    int known = pages_file(pages, count), out = -1;

    if (export_with(p, fd, known, &out, &e) != OK) fail_msg("%s", e.detail);
    close(known);
    return out;
}

static struct str bytes_of(struct place *p, int fd) {
    struct stat st;

    assert_int_equal(fstat(fd, &st), 0);
    char *bytes = arena_alloc(p->arena, (size_t)st.st_size);
    assert_non_null(bytes);
    assert_int_equal(pread(fd, bytes, (size_t)st.st_size, 0), st.st_size);
    return (struct str) { bytes, (size_t)st.st_size };
}

/* A page as it is seen, in grey. */
static PIX *picture_of(struct place *p, int fd, const struct page *page) {
    struct str jpeg;
    struct err e = { 0 };

    if (extract_picture(p->extractor, p->arena, fd, page, &jpeg, &e) != OK) fail_msg("%s", e.detail);
    PIX *colour = pixReadMemJpeg((const l_uint8 *)jpeg.p, jpeg.n, 0, 1, NULL, 0);
    PIX *grey = colour ? pixConvertTo8(colour, 0) : NULL;
    pixDestroy(&colour);
    assert_non_null(grey);
    return grey;
}

/* A word printed level on the page, on a page that was levelled by `turn` when it was read. */
static void middle_as_seen(const struct page *page, const struct box *b, double *x, double *y) {
    double a = -page->turn.skew_mdeg * M_PI / 180000, cx = page->width / 2.0, cy = page->height / 2.0;
    double dx = b->x + b->w / 2.0 - cx, dy = b->y + b->h / 2.0 - cy;

    *x = cx + dx * cos(a) - dy * sin(a);
    *y = cy + dx * sin(a) + dy * cos(a);
}

static size_t count_of(const struct page *page, struct str text) {
    size_t n = 0;
    for (size_t i = 0; i < page->word_count; i++) n += str_eq(page->words[i].text, text);
    return n;
}

/* Within 5 points across and half a line's height. */
static bool stands_at(const struct page *page, struct str text, double x, double y) {
    for (size_t i = 0; i < page->word_count; i++) {
        const struct box *b = &page->words[i].box;
        if (str_eq(page->words[i].text, text) && fabs(b->x + b->w / 2.0 - x) < 50 &&
            fabs(b->y + b->h / 2.0 - y) < 70)
            return true;
    }
    return false;
}

static void assert_words_stand(const struct page *now, const struct page *then) {
    assert_int_equal(now->source, PAGE_TEXT);
    assert_true(abs(now->width - then->width) <= 4 && abs(now->height - then->height) <= 4);
    assert_true(then->word_count > 20);
    for (size_t i = 0; i < then->word_count; i++) {
        const struct word *w = &then->words[i];
        double x, y;
        middle_as_seen(then, &w->box, &x, &y);
        if (!stands_at(now, w->text, x, y))
            fail_msg("\"%.*s\" does not stand at %.0f, %.0f", STR_ARG(w->text), x, y);
        assert_int_equal(count_of(now, w->text), count_of(then, w->text));
    }
}

/* Nothing but the compression of the pictures may differ. */
static void assert_looks_alike(PIX *a, PIX *b) {
    l_float32 difference = 255;

    PIX *scaled = pixScaleToSize(b, pixGetWidth(a), pixGetHeight(a));
    assert_true(abs(pixGetWidth(a) - pixGetWidth(b)) <= 1 && abs(pixGetHeight(a) - pixGetHeight(b)) <= 1);
    assert_int_equal(pixCompareGray(a, scaled, L_COMPARE_ABS_DIFF, 0, NULL, &difference, NULL, NULL), 0);
    pixDestroy(&scaled);
    if (difference > 3) fail_msg("pages differ by %.2f of 255", difference);
}

static void assert_exported(struct place *p, int fd) {
    struct read then = read_document(p, fd);
    int out = export(p, fd, then.pages, then.count);
    struct read now = read_document(p, out);

    assert_int_equal(now.count, then.count);
    for (size_t i = 0; i < then.count; i++) {
        struct page seen = then.pages[i];
        seen.turn.skew_mdeg = 0; /* the export is not levelled */
        PIX *before = picture_of(p, fd, &seen), *after = picture_of(p, out, &now.pages[i]);
        assert_words_stand(&now.pages[i], &then.pages[i]);
        assert_looks_alike(before, after);
        pixDestroy(&before);
        pixDestroy(&after);
    }
    close(out);
    close(fd);
}

static void set(qpdf_data q, qpdf_oh page, const char *key, const char *value) {
    qpdf_oh_replace_key(q, page, key, qpdf_oh_parse(q, value));
}

/* Takes a PDF; its first page gets these entries, NULL: stays as it is. */
static int pdf_with(struct place *p, int take_fd, const char *rotate, const char *media, const char *crop) {
    struct str bytes = bytes_of(p, take_fd);
    qpdf_data q = qpdf_init();

    close(take_fd);
    assert_int_equal(qpdf_read_memory(q, "pdf", bytes.p, bytes.n, NULL), QPDF_SUCCESS);
    qpdf_oh page = qpdf_get_page_n(q, 0);
    set(q, page, "/Rotate", rotate);
    if (media) set(q, page, "/MediaBox", media);
    if (crop) set(q, page, "/CropBox", crop);
    assert_int_equal(qpdf_init_write_memory(q), QPDF_SUCCESS);
    assert_int_equal(qpdf_write(q), QPDF_SUCCESS);
    int out = draw_bytes(qpdf_get_buffer(q), qpdf_get_buffer_length(q));
    qpdf_cleanup(&q);
    return out;
}

static void words_of_a_scanned_pdf_lie_over_the_printed_ones(void **state) {
    assert_exported(*state, draw_pdf((enum draw_page[]) { DRAW_SCAN }, 1));
    assert_exported(*state, draw_pdf((enum draw_page[]) { DRAW_CURVES, DRAW_SCAN }, 2));
}

/* A crop box that is higher than the paper, as some have, counts for nothing in Poppler. */
static void however_the_page_lies_it_is_upright_then(void **state) {
    static const struct {
        const char *rotate, *crop;
    } pages[] = {
        { "0", "[10 5 410 900]" }, { "90", "[10 5 410 590]" }, { "-180", "[-90 5 410 700]" }, { "270", NULL }
    };

    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        int scan = draw_pdf((enum draw_page[]) { DRAW_SCAN }, 1);
        assert_exported(*state, pdf_with(*state, scan, pages[i].rotate, "[-20 -10 420 595]", pages[i].crop));
    }
}

static void a_picture_becomes_a_page_however_it_lay(void **state) {
    for (int quarters = 0; quarters < 4; quarters++) {
        assert_exported(*state, draw_file(draw_turned(quarters), DRAW_PNG, 1));
    }
}

static void words_of_a_skewed_picture_are_skewed(void **state) {
    static const float angles[] = { 0.05f, -0.08f };

    for (size_t i = 0; i < COUNT_OF(angles); i++) {
        assert_exported(*state, draw_file(draw_skewed(angles[i]), DRAW_PNG, 1));
    }
}

/* The export shows the photograph as it was taken: the table, the sheet aslant, and each word over its print. */
static void words_of_a_photographed_sheet_lie_over_the_printed_ones(void **state) {
    struct place *p = *state;

    for (int quarters = 0; quarters < 2; quarters++) {
        PIX *photo = spoil_perspective(draw_picture(200), 0.12, 0.05, 60),
            *turned = pixRotateOrth(photo, quarters);
        double ratio = (double)pixGetWidth(photo) / pixGetHeight(photo);
        pixDestroy(&photo);
        int fd = draw_file(turned, DRAW_JPEG, 1);
        struct read then = read_document(p, fd);
        assert_false(corners_are_none(&then.pages[0].turn.corners));
        int out = export(p, fd, then.pages, then.count);
        struct read now = read_document(p, out);
        const struct page *page = now.pages;
        PIX *picture = picture_of(p, out, page);
        assert_true(fabs((double)page->width / page->height - ratio) < 0.01);
        assert_int_equal(page->source, PAGE_TEXT);
        for (size_t i = 0; i < then.pages[0].word_count; i++)
            assert_int_equal(count_of(page, then.pages[0].words[i].text),
                             count_of(then.pages, then.pages[0].words[i].text));
        for (size_t i = 0; i < page->word_count; i++) {
            const struct word *w = &page->words[i];
            double on = darkness(picture, page, w->box);
            if (w->text.n >= 3 && (on < 0.05 || on > 0.5))
                fail_msg("\"%.*s\" is %.3f dark", STR_ARG(w->text), on);
        }
        pixDestroy(&picture);
        close(out);
        close(fd);
    }
}

static void a_photo_keeps_its_bytes_and_stands_as_the_camera_was_held(void **state) {
    struct place *p = *state;
    static const struct { int turned, held; } cameras[] = { { 0, 1 }, { 3, 6 }, { 2, 3 }, { 1, 8 } };

    for (size_t i = 0; i < COUNT_OF(cameras); i++) {
        int fd = draw_jpeg_held(draw_turned(cameras[i].turned), cameras[i].held);
        struct read then = read_document(p, fd);
        int out = export(p, fd, then.pages, then.count);
        struct str photo = bytes_of(p, fd), pdf = bytes_of(p, out);
        assert_true(memmem(pdf.p, pdf.n, photo.p, photo.n) != NULL);
        close(out);
        assert_exported(p, fd);
    }
}

static void each_picture_of_a_tiff_is_a_page(void **state) {
    PIX *grey = draw_picture(200), *ink = pixThresholdToBinary(grey, 160);

    assert_exported(*state, draw_file(grey, DRAW_TIFF, 3));
    assert_exported(*state, draw_file(ink, DRAW_TIFF, 1));
}

static void pages_of_letters_stay_as_they_are(void **state) {
    struct place *p = *state;
    int fd = draw_pdf((enum draw_page[]) { DRAW_TEXT, DRAW_SCAN, DRAW_BLANK, DRAW_TEXT }, 4);
    struct read then = read_document(p, fd);
    int out = export(p, fd, then.pages, then.count);
    struct read now = read_document(p, out);

    assert_int_equal(now.count, 4);
    for (size_t i = 0; i < 4; i++) {
        if (i == 2) continue;
        assert_int_equal(now.pages[i].source, PAGE_TEXT);
        assert_words_stand(&now.pages[i], &then.pages[i]);
    }
    assert_int_equal(now.pages[2].word_count, 0);
    assert_str_equal(now.pages[0].text, then.pages[0].text);
    close(out);
    close(fd);
}

static struct page typed_page(const struct page *as, struct word *words, size_t count) {
    struct page out = *as;
    out.source = PAGE_CORRECTED;
    out.words = words;
    out.word_count = count;
    return out;
}

/* On paper that shows nothing, so that it is the typed words alone that are read again. */
static void what_the_doctor_typed_is_found_instead(void **state) {
    struct place *p = *state;
    PIX *white = pixCreate(1169, 1654, 8);
    pixSetAll(white);
    int fd = draw_file(white, DRAW_PNG, 1);
    struct read then = read_document(p, fd);
    struct word words[] = {
        { STR("L'œdème"), { 300, 300, 700, 150 }, 100, 0 }, { STR("n’est"), { 1050, 300, 500, 150 }, 100, 0 },
        { STR("plus"), { 1560, 300, 400, 150 }, 100, 0 },   { STR("là"), { 300, 600, 200, 150 }, 100, 1 },
        { STR("≥"), { 600, 600, 100, 150 }, 100, 1 },       { STR("37,5°C"), { 760, 600, 600, 150 }, 100, 1 },
    };
    struct page typed = typed_page(&then.pages[0], words, COUNT_OF(words));
    int out = export(p, fd, &typed, 1);
    struct page *now = read_document(p, out).pages;

    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (count_of(now, words[i].text) == 0) fail_msg("\"%.*s\" is not found", STR_ARG(words[i].text));
    close(out);
    close(fd);
}

/*
 * A scanner's line of text on top of the picture was read with it, well or not; it is not laid once more. Something else there is: codes of
 * an unknown font tell nobody anything.
 */
static void words_that_the_page_has_as_text_are_not_doubled(void **state) {
    struct place *p = *state;
    int fd = draw_pdf((enum draw_page[]) { DRAW_SCAN }, 1);
    struct read then = read_document(p, fd);
    struct page *page = &then.pages[0];
    struct word *misread = &page->words[page->word_count - 1], *other = &page->words[page->word_count - 2];

    assert_str_equal(misread->text, STR("semaines"));
    int once = export(p, fd, page, 1);
    misread->text = STR("scmaincs");
    other->text = STR("XYZW");
    int twice = export(p, once, page, 1);
    const struct page *now = read_document(p, twice).pages;
    assert_int_equal(count_of(now, STR("scmaincs")), 0);
    assert_int_equal(count_of(now, STR("semaines")), 1);
    assert_int_equal(count_of(now, STR("Doliprane")), 1);
    assert_int_equal(count_of(now, STR("XYZW")), 1);
    close(once);
    close(twice);
    close(fd);
}

/* Squeezed into a drawing, or cut by the edge of the paper. */
static void words_that_lie_oddly_are_whole(void **state) {
    struct place *p = *state;
    PIX *white = pixCreate(1169, 1654, 8);
    pixSetAll(white);
    int fd = draw_file(white, DRAW_PNG, 1);
    struct page *blank = read_document(p, fd).pages;
    struct word words[] = {
        { STR("aaaa"), { 2500, 2000, 40, 70 }, 100, 2 },
        { STR("dernier"), { blank->width - 600, blank->height - 60, 600, 60 }, 100, 3 },
        { STR("premier"), { 0, 0, 600, 60 }, 100, 4 },
    };
    struct page typed = typed_page(blank, words, COUNT_OF(words));
    typed.turn.skew_mdeg = 1500;
    int out = export(p, fd, &typed, 1);
    const struct page *now = read_document(p, out).pages;

    for (size_t i = 0; i < COUNT_OF(words); i++) {
        double x, y;
        middle_as_seen(&typed, &words[i].box, &x, &y);
        if (count_of(now, words[i].text) != 1) fail_msg("\"%.*s\" is not whole", STR_ARG(words[i].text));
        if (i == 0) assert_true(stands_at(now, words[i].text, x, y));
    }
    close(out);
    close(fd);
}

static void an_illegible_page_is_a_picture_alone(void **state) {
    struct place *p = *state;
    int fd = draw_file(draw_picture(200), DRAW_PNG, 1);
    struct read then = read_document(p, fd);
    struct page *page = &then.pages[0];

    page->word_count = 0;
    int out = export(p, fd, page, 1);
    struct str pdf = bytes_of(p, out);
    assert_null(memmem(pdf.p, pdf.n, "/Font", 5));
    assert_int_equal(read_document(p, out).pages[0].source, PAGE_OCR);
    close(out);
    close(fd);
}

static void a_text_becomes_pages_of_letters(void **state) {
    struct place *p = *state;
    struct buf text;

    buf_init(&text, 1 << 16);
    for (int i = 0; i < 100; i++)
        buf_addf(&text, "%.*s l'œdème a régressé, à revoir\n", 4 + i % 7, "Paragraphe");
    int fd = bytes_file(buf_str(&text));
    buf_done(&text);
    struct read then = read_document(p, fd);
    int out = export(p, fd, then.pages, then.count);
    struct read now = read_document(p, out);

    assert_true(then.count > 1);
    assert_int_equal(now.count, then.count);
    for (size_t i = 0; i < now.count; i++) {
        assert_int_equal(now.pages[i].source, PAGE_TEXT);
        assert_str_equal(now.pages[i].text, then.pages[i].text);
    }
    close(out);
    close(fd);
}

/* A letter with a note within it: pages of the note follow those of the letter, as they do where the document is shown. */
static void pages_of_a_file_within_follow(void **state) {
    struct place *p = *state;
    struct buf note, pdf;

    buf_init(&note, 4096);
    for (int i = 1; i <= 12; i++) buf_addf(&note, "%d) Revoir l'enfant dans trois mois, jour %d\n", i, i * 7);
    buf_init(&pdf, 16384);
    buf_addf(
        &pdf,
        "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(note.txt) 6 0 R]>>>>>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        "4 0 obj<</Length 54>>stream\nBT /F 14 Tf 20 200 Td (Lettre du docteur Diop) Tj ET  \nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        "6 0 obj<</Type/Filespec/F(note.txt)/EF<</F 7 0 R>>>>endobj\n7 0 obj<</Type/EmbeddedFile/Length %zu>>stream\n",
        buf_str(&note).n);
    buf_add(&pdf, buf_str(&note));
    buf_add(&pdf, STR("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"));
    int fd = bytes_file(buf_str(&pdf));
    struct read then = read_document(p, fd);
    assert_int_equal(then.count, 2);
    assert_str_equal(then.pages[1].attachment, STR("note.txt"));

    int out = export(p, fd, then.pages, then.count);
    struct read now = read_document(p, out);
    assert_int_equal(now.count, 3); /* the note is within it still */
    assert_str_equal(now.pages[0].text, then.pages[0].text);
    assert_words_stand(&now.pages[1], &then.pages[1]);
    buf_done(&note);
    buf_done(&pdf);
    close(out);
    close(fd);
}

/* A file that libqpdf sees otherwise than Poppler, by whose pages it was read. */
static void a_pdf_that_cannot_be_kept_is_drawn_anew(void **state) {
    struct place *p = *state;
    int fd = draw_pdf((enum draw_page[]) { DRAW_TEXT, DRAW_SCAN }, 2);
    struct read then = read_document(p, fd);
    struct page three[3] = { then.pages[0], then.pages[1], then.pages[1] };
    struct err e = { 0 };

    /* One page fewer than the file has: the others cannot be trusted to be the same. */
    int out = export(p, fd, three, 1);
    struct read now = read_document(p, out);
    assert_int_equal(now.count, 1);
    assert_words_stand(&now.pages[0], &then.pages[0]);
    close(out);
    /* One page more: it cannot be drawn. */
    three[2].number = 3;
    int known = pages_file(three, 3);
    assert_int_equal(export_with(p, fd, known, &out, &e), E_INVALID);
    assert_string_equal(e.message->code, "no_pages");
    close(known);
    close(out);
    close(fd);
}

/* The program is trusted, and looked at all the same. */
static void pages_that_make_no_sense_end_it(void **state) {
    struct place *p = *state;
    int fd = draw_pdf((enum draw_page[]) { DRAW_SCAN }, 1);
    struct read then = read_document(p, fd);
    struct page out_of_order = then.pages[0];

    out_of_order.number = 2;
    int good = pages_file(then.pages, 1), other = pages_file(&out_of_order, 1);
    struct str whole = bytes_of(p, good);
    const struct str bad[] = { str_sub(whole, 0, whole.n - 1), str_sub(whole, 0, 3), STR("\xff\xff\xff\xff"),
                               STR("\0\0\0\1x"), bytes_of(p, other) };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct err e = { 0 };
        int known = bytes_file(bad[i]), out = -1;
        struct stat st;
        assert_int_equal(export_with(p, fd, known, &out, &e), E_INTERNAL);
        assert_int_equal(fstat(out, &st), 0);
        assert_int_equal(st.st_size, 0);
        close(known);
        close(out);
    }
    close(good);
    close(other);
    close(fd);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN); /* as the program does */
    const struct CMUnitTest tests[] = {
        PLACED(words_of_a_scanned_pdf_lie_over_the_printed_ones),
        PLACED(however_the_page_lies_it_is_upright_then),
        PLACED(a_picture_becomes_a_page_however_it_lay),
        PLACED(words_of_a_skewed_picture_are_skewed),
        PLACED(words_of_a_photographed_sheet_lie_over_the_printed_ones),
        PLACED(a_photo_keeps_its_bytes_and_stands_as_the_camera_was_held),
        PLACED(each_picture_of_a_tiff_is_a_page),
        PLACED(pages_of_letters_stay_as_they_are),
        PLACED(what_the_doctor_typed_is_found_instead),
        PLACED(words_that_the_page_has_as_text_are_not_doubled),
        PLACED(words_that_lie_oddly_are_whole),
        PLACED(an_illegible_page_is_a_picture_alone),
        PLACED(a_text_becomes_pages_of_letters),
        PLACED(pages_of_a_file_within_follow),
        PLACED(a_pdf_that_cannot_be_kept_is_drawn_anew),
        PLACED(pages_that_make_no_sense_end_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
