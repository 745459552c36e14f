#include "test.h"

#include "documents/page_wire.h"
#include "os/wire.h"

static struct word words[] = {
    { { "Doliprane", 9 }, { 100, 200, 300, 40 }, 90, 0 },
    { { "500", 3 }, { 420, 200, 90, 40 }, 96, 0 },
    { { "mg", 2 }, { 520, 200, 60, 40 }, 80, 0 },
    { { "matin", 5 }, { 100, 260, 160, 40 }, 40, 1 },
};
static const struct page good = {
    .number = 3, .width = 5950, .height = 8420, .words = words, .word_count = 4
};

struct place {
    struct arena *arena;
    struct buf buf;
};

static int set_up(void **state) {
    static struct place p;
    p.arena = arena_new(8 << 20);
    buf_init(&p.buf, PAGE_WIRE_MAX);
    *state = &p;
    return p.arena ? 0 : 1;
}

static int tear_down(void **state) {
    struct place *p = *state;
    arena_free(p->arena);
    buf_done(&p->buf);
    return 0;
}

static enum status read_back(struct place *p, struct page *out) {
    return page_wire_read(p->arena, buf_str(&p->buf), out, NULL);
}

static void a_page_comes_back(void **state) {
    struct place *p = *state;
    struct page out;
    page_wire_put(&p->buf, &good, PAGE_WIRE_OCR);
    assert_int_equal(read_back(p, &out), OK);
    assert_int_equal(out.number, 3);
    assert_int_equal(out.width, 5950);
    assert_int_equal(out.height, 8420);
    assert_int_equal(out.source, PAGE_OCR);
    assert_int_equal(out.word_count, 4);
    assert_str_equal(out.words[1].text, STR("500"));
    assert_memory_equal(&out.words[3].box, &words[3].box, sizeof(struct box));
    assert_int_equal(out.words[3].line, 1);
    assert_str_equal(out.text, STR("Doliprane 500 mg\nmatin"));
    assert_int_equal(out.confidence, (90 * 9 + 96 * 3 + 80 * 2 + 40 * 5 + 9) / 19);
    assert_true(out.legible);
}

static void a_text_layer_is_sure_of_itself(void **state) {
    struct place *p = *state;
    struct page out;
    page_wire_put(&p->buf, &good, PAGE_WIRE_TEXT);
    assert_int_equal(read_back(p, &out), OK);
    assert_int_equal(out.source, PAGE_TEXT);
    assert_int_equal(out.confidence, 100);
    assert_true(out.legible);
}

static void how_a_page_was_turned_comes_back(void **state) {
    struct place *p = *state;
    struct page turned = good, out;
    turned.turn = (struct turn) { 3, -4250, { { 1, 65535, 60000, 300 }, { 2, 40, 65534, 61000 } } };
    page_wire_put(&p->buf, &turned, PAGE_WIRE_OCR);
    assert_int_equal(read_back(p, &out), OK);
    assert_int_equal(out.turn.quarters, 3);
    assert_int_equal(out.turn.skew_mdeg, -4250);
    assert_memory_equal(&out.turn.corners, &turned.turn.corners, sizeof out.turn.corners);
}

/* Places on such a sheet have none in the photograph, or two. */
static void corners_of_no_sheet_are_refused(void **state) {
    static const struct corners bad[] = {
        { { 0, 0, 65535, 0 }, { 0, 0, 65535, 65535 } },             /* two are one */
        { { 0, 20000, 40000, 65535 }, { 0, 20000, 40000, 65535 } }, /* on a line */
        { { 0, 0, 65535, 65535 }, { 0, 65535, 65535, 0 } },         /* seen from behind */
        { { 0, 65535, 0, 65535 }, { 0, 0, 65535, 65535 } },         /* crossed */
        { { 0, 65535, 20000, 0 }, { 0, 0, 20000, 65535 } },         /* a dent */
        { { 0, 5000, 5000, 0 }, { 0, 0, 5000, 5000 } },             /* a speck */
    };
    struct place *p = *state;

    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct page turned = good, out;
        turned.turn.corners = bad[i];
        p->buf.n = 0;
        page_wire_put(&p->buf, &turned, PAGE_WIRE_OCR);
        if (read_back(p, &out) != E_INVALID) fail_msg("corners %zu", i);
    }
}

static void corners_in_the_database_come_back_and_none_are_none(void **state) {
    struct place *p = *state;
    const struct corners given = { { 1, 65535, 60000, 300 }, { 2, 40, 65534, 61000 } };

    corners_wire_put(&p->buf, &given);
    struct corners back = corners_wire_read(buf_str(&p->buf)), none = corners_wire_read(STR("")),
                   cut = corners_wire_read(str_sub(buf_str(&p->buf), 0, 15));
    assert_memory_equal(&back, &given, sizeof given);
    assert_false(corners_are_none(&back));
    assert_true(corners_are_none(&none));
    assert_true(corners_are_none(&cut));
}

static void a_page_read_badly_is_not_legible(void **state) {
    struct place *p = *state;
    struct word one[] = { { { "x", 1 }, { 0, 0, 1, 1 }, PAGE_LEGIBLE_CONFIDENCE, 0 } };
    struct page page = { .number = 1, .width = 10, .height = 10, .words = one, .word_count = 1 }, out;
    page_wire_put(&p->buf, &page, PAGE_WIRE_OCR);
    assert_int_equal(read_back(p, &out), OK);
    assert_true(out.legible);
    buf_clear(&p->buf);
    one[0].confidence--;
    page_wire_put(&p->buf, &page, PAGE_WIRE_OCR);
    assert_int_equal(read_back(p, &out), OK);
    assert_false(out.legible);
}

static void blank_paper_is_legible_and_unread_paper_is_not(void **state) {
    struct place *p = *state;
    struct page page = { .number = 1, .width = 10, .height = 10 }, out;
    page_wire_put(&p->buf, &page, PAGE_WIRE_BLANK);
    assert_int_equal(read_back(p, &out), OK);
    assert_true(out.legible);
    assert_int_equal(out.text.n, 0);
    buf_clear(&p->buf);
    page_wire_put(&p->buf, &page, PAGE_WIRE_OCR);
    assert_int_equal(read_back(p, &out), OK);
    assert_false(out.legible);
    buf_clear(&p->buf);
    page_wire_put(&p->buf, &good, PAGE_WIRE_BLANK);
    assert_int_equal(read_back(p, &out), E_INVALID);
}

static void words_are_cleaned(void **state) {
    struct place *p = *state;
    struct word dirty[] = {
        { { "e\xcc\x81t\x07", 5 }, { 0, 0, 1, 1 }, 50, 0 }, /* e and a combining accent, a bell */
        { { "\x01\x02", 2 }, { 0, 0, 1, 1 }, 50, 0 },
        { { "fin", 3 }, { 0, 0, 1, 1 }, 50, 5 },
    };
    struct page page = { .number = 1, .width = 10, .height = 10, .words = dirty, .word_count = 3 }, out;
    page_wire_put(&p->buf, &page, PAGE_WIRE_TEXT);
    assert_int_equal(read_back(p, &out), OK);
    assert_int_equal(out.word_count, 2);
    assert_str_equal(out.words[0].text, STR("ét"));
    assert_str_equal(out.text, STR("ét\nfin"));
}

/* Each broken byte becomes a sign of three: the word is cut at a whole one, and the page can be written again. */
static void a_word_that_cleaning_makes_longer_is_cut(void **state) {
    struct place *p = *state;
    char broken[WORD_TEXT_MAX];
    memset(broken, 0xff, sizeof broken);
    struct word word = { { broken, sizeof broken }, { 0, 0, 1, 1 }, 50, 0 };
    struct page page = { .number = 1, .width = 10, .height = 10, .words = &word, .word_count = 1 }, out,
                again;
    page_wire_put(&p->buf, &page, PAGE_WIRE_OCR);
    assert_int_equal(read_back(p, &out), OK);
    assert_int_equal(out.words[0].text.n, WORD_TEXT_MAX / 3 * 3);
    buf_clear(&p->buf);
    page_wire_put(&p->buf, &out, PAGE_WIRE_OCR);
    assert_int_equal(read_back(p, &again), OK);
    assert_str_equal(again.text, out.text);
}

/* One field of the good page made wrong, at byte `at`. */
static enum status with_bytes(struct place *p, size_t at, struct str bytes) {
    struct page out;
    buf_clear(&p->buf);
    page_wire_put(&p->buf, &good, PAGE_WIRE_OCR);
    assert_true(at + bytes.n <= p->buf.n);
    memcpy(p->buf.p + at, bytes.p, bytes.n);
    return read_back(p, &out);
}

static void nonsense_is_refused(void **state) {
    struct place *p = *state;
    enum {
        NUMBER = 0,
        WIDTH = 4,
        HEIGHT = 8,
        SOURCE = 12,
        QUARTERS = 13,
        SKEW = 14,
        COUNT = 34,
        LINE = 38,
        X = 42,
        Y = 46,
        W = 50,
        H = 54,
        CONFIDENCE = 58,
        LENGTH = 59,
        TEXT = 61
    };
    assert_int_equal(with_bytes(p, NUMBER, STR("\0\0\0\x03")), OK);
    assert_int_equal(with_bytes(p, NUMBER, STR("\0\0\0\0")), E_INVALID);
    assert_int_equal(with_bytes(p, NUMBER, STR("\0\0\x01\xf5")), E_INVALID); /* 501 */
    assert_int_equal(with_bytes(p, WIDTH, STR("\0\0\0\0")), E_INVALID);
    assert_int_equal(with_bytes(p, HEIGHT, STR("\xff\xff\xff\xff")), E_INVALID);
    assert_int_equal(with_bytes(p, SOURCE, STR("\0")), E_INVALID);
    assert_int_equal(with_bytes(p, SOURCE, STR("\x05")), E_INVALID);
    assert_int_equal(with_bytes(p, QUARTERS, STR("\x03")), OK);
    assert_int_equal(with_bytes(p, QUARTERS, STR("\x04")), E_INVALID);
    assert_int_equal(with_bytes(p, SKEW, STR("\0\0\x9c\x40")), OK);
    assert_int_equal(with_bytes(p, SKEW, STR("\0\0\x9c\x41")), E_INVALID); /* over 20 degrees */
    assert_int_equal(with_bytes(p, SKEW, STR("\x80\0\0\0")), E_INVALID);
    assert_int_equal(with_bytes(p, COUNT, STR("\0\0\0\x03")), E_INVALID); /* a word left over */
    assert_int_equal(with_bytes(p, COUNT, STR("\0\0\0\x05")), E_INVALID);
    assert_int_equal(with_bytes(p, COUNT, STR("\xff\xff\xff\xff")), E_INVALID);
    assert_int_equal(with_bytes(p, LINE, STR("\0\0\0\x01")), E_INVALID); /* the next word stands on line 0 */
    assert_int_equal(with_bytes(p, X, STR("\0\0\x17\x3e")), E_INVALID);  /* 5950 + 300 > 5950 */
    assert_int_equal(with_bytes(p, X, STR("\xff\xff\xff\xff")), E_INVALID);
    assert_int_equal(with_bytes(p, Y, STR("\x80\0\0\0")), E_INVALID);
    assert_int_equal(with_bytes(p, W, STR("\xff\xff\xff\x9c")), E_INVALID); /* wraps around */
    assert_int_equal(with_bytes(p, H, STR("\0\0\x21\0")), E_INVALID);
    assert_int_equal(with_bytes(p, CONFIDENCE, STR("\x64")), OK);
    assert_int_equal(with_bytes(p, CONFIDENCE, STR("\x65")), E_INVALID);
    assert_int_equal(with_bytes(p, LENGTH, STR("\xff\xff")), E_INVALID);
    assert_int_equal(with_bytes(p, TEXT, STR("a b")), E_INVALID);
}

static void every_shorter_page_is_refused(void **state) {
    struct place *p = *state;
    struct page out;
    page_wire_put(&p->buf, &good, PAGE_WIRE_TEXT);
    for (size_t n = 0; n < p->buf.n; n++)
        assert_int_equal(page_wire_read(p->arena, (struct str) { p->buf.p, n }, &out, NULL), E_INVALID);
    buf_add_char(&p->buf, 'x');
    assert_int_equal(read_back(p, &out), E_INVALID);
}

static void a_full_arena_is_said(void **state) {
    struct place *p = *state;
    struct arena *small = arena_new(200);
    struct page out;
    page_wire_put(&p->buf, &good, PAGE_WIRE_TEXT);
    assert_int_equal(page_wire_read(small, buf_str(&p->buf), &out, NULL), E_LIMIT);
    arena_free(small);
}

static void words_alone_come_back(void **state) {
    struct place *p = *state;
    struct page out = { .number = 3, .width = 5950, .height = 8420 };
    page_wire_put_words(&p->buf, &good);
    assert_int_equal(page_wire_read_words(p->arena, buf_str(&p->buf), &out, NULL), OK);
    assert_int_equal(out.word_count, 4);
    assert_str_equal(out.words[0].text, STR("Doliprane"));
    assert_int_equal(page_wire_read_words(p->arena, str_sub(buf_str(&p->buf), 0, 20), &out, NULL), E_INVALID);
}

static void packed_words_are_passed_on_as_the_doctor_s(void **state) {
    struct place *p = *state;
    struct page bare = { .number = 3, .width = 5950, .height = 8420, .turn = { 1, 300 } }, out;
    struct buf packed;

    buf_init(&packed, PAGE_WIRE_MAX);
    page_wire_put_words(&packed, &good);
    page_wire_put_packed(&p->buf, &bare, PAGE_WIRE_TYPED, buf_str(&packed));
    buf_done(&packed);
    assert_int_equal(read_back(p, &out), OK);
    assert_int_equal(out.source, PAGE_CORRECTED);
    assert_int_equal(out.turn.skew_mdeg, 300);
    assert_int_equal(out.confidence, 100);
    assert_str_equal(out.text, STR("Doliprane 500 mg\nmatin"));
    buf_clear(&p->buf);
    page_wire_put_packed(&p->buf, &bare, PAGE_WIRE_OCR, STR(""));
    assert_int_equal(read_back(p, &out), OK);
    assert_int_equal(out.word_count, 0);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static enum status total_of(struct place *p, int pages, int first, int second, const char *name,
                            struct page_wire_total *out) {
    const struct page_wire_total total = { .pages = pages,
                                           .left_out = true,
                                           .files = { { first, str_from_c(name) },
                                                      { second, STR("note.txt") } },
                                           .file_count = 2 };
    buf_clear(&p->buf);
    page_wire_put_total(&p->buf, &total);
    return page_wire_read_total(buf_str(&p->buf), out, NULL);
}

static void a_number_of_pages_comes_with_the_files_behind_them(void **state) {
    struct place *p = *state;
    struct page_wire_total out;
    char long_name[PAGE_ATTACHMENT_NAME_MAX + 2];

    assert_int_equal(total_of(p, 6, 2, 6, "bilan.pdf", &out), OK);
    assert_int_equal(out.pages, 6);
    assert_true(out.left_out);
    assert_int_equal(out.file_count, 2);
    assert_int_equal(out.files[0].first, 2);
    assert_str_equal(out.files[0].name, STR("bilan.pdf"));
    assert_int_equal(out.files[1].first, 6);
    for (size_t n = 0; n < p->buf.n;
         n++) /* cut off behind the first file it is another total, and no other cut is one */
        if (page_wire_read_total((struct str) { p->buf.p, n }, &out, NULL) == OK && n != 5 && n != 20)
            fail_msg("%zu bytes", n);

    /* No pages, too many, a document of attachments alone, out of order, twice, beyond the end, a long name. */
    assert_int_equal(total_of(p, 0, 2, 3, "x", &out), E_INVALID);
    assert_int_equal(total_of(p, PAGES_MAX + 1, 2, 3, "x", &out), E_INVALID);
    assert_int_equal(total_of(p, 6, 1, 3, "x", &out), E_INVALID);
    assert_int_equal(total_of(p, 6, 3, 2, "x", &out), E_INVALID);
    assert_int_equal(total_of(p, 6, 3, 3, "x", &out), E_INVALID);
    assert_int_equal(total_of(p, 6, 3, 7, "x", &out), E_INVALID);
    memset(long_name, 'x', sizeof long_name);
    long_name[sizeof long_name - 1] = 0;
    assert_int_equal(total_of(p, 6, 2, 3, long_name, &out), E_INVALID);
    p->buf.p[4] = 2; /* neither left out nor not */
    assert_int_equal(page_wire_read_total(buf_str(&p->buf), &out, NULL), E_INVALID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        PLACED(a_page_comes_back),
        PLACED(a_number_of_pages_comes_with_the_files_behind_them),
        PLACED(a_text_layer_is_sure_of_itself),
        PLACED(how_a_page_was_turned_comes_back),
        PLACED(corners_of_no_sheet_are_refused),
        PLACED(corners_in_the_database_come_back_and_none_are_none),
        PLACED(a_page_read_badly_is_not_legible),
        PLACED(blank_paper_is_legible_and_unread_paper_is_not),
        PLACED(words_are_cleaned),
        PLACED(a_word_that_cleaning_makes_longer_is_cut),
        PLACED(nonsense_is_refused),
        PLACED(every_shorter_page_is_refused),
        PLACED(a_full_arena_is_said),
        PLACED(words_alone_come_back),
        PLACED(packed_words_are_passed_on_as_the_doctor_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
