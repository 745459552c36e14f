/*
 * What the program hands over for a searchable PDF: every page in order, with the words that people may find on it.
 */
#include "test.h"

#include "documents/document_row.h"
#include "documents/page_wire.h"
#include "documents/searchable.h"
#include "os/file.h"
#include "os/wire.h"
#include "patients/clinic.h"

#include <sys/stat.h>
#include <unistd.h>

struct place {
    struct clinic clinic;
    struct arena *arena;
};

static int set_up(void **state) {
    static struct place p;
    clinic_open(&p.clinic);
    p.arena = arena_new((size_t)128 << 20);
    *state = &p;
    return p.arena ? 0 : 1;
}

static int tear_down(void **state) {
    struct place *p = *state;
    arena_free(p->arena);
    clinic_close(&p->clinic);
    return 0;
}

static int64_t store(struct place *p, const struct page *pages, size_t count) {
    struct db *db = p->clinic.t.db;
    const struct document_reading nothing = { 0 };
    struct document d = { .patient_id = clinic_add(&p->clinic, "Awa", "Diop", "+221700000001"),
                          .title = STR("papier.pdf"),
                          .file_name = STR("papier.pdf"),
                          .mime = STR("application/pdf"),
                          .blob_name = STR("blob"),
                          .status = STR("pending"),
                          .size_bytes = 1 };
    struct hash content = { 0 };
    bool made;

    assert_int_equal(db_begin(db, NULL), OK);
    enum status s = document_insert(db, &d, &content, NOON_US, &d.id, &made, NULL);
    if (s == OK) s = document_store_reading(db, &d, pages, count, &nothing, false, STR(""), NOON_US, NULL);
    assert_int_equal(db_finish(db, s, NULL), OK);
    return d.id;
}

/* Pages as the extractor reads them; *count becomes their number, and there is nothing behind them. */
static void gathered(struct place *p, int fd, struct page *out, size_t *count) {
    struct stat st;

    assert_int_equal(fstat(fd, &st), 0);
    char *bytes = arena_alloc(p->arena, (size_t)st.st_size);
    assert_int_equal(pread(fd, bytes, (size_t)st.st_size, 0), st.st_size);
    struct wire w = wire_of((struct str) { bytes, (size_t)st.st_size });
    for (*count = 0; !wire_end(&w); (*count)++) {
        struct str one = wire_bytes(&w, PAGE_WIRE_MAX);
        assert_false(w.bad);
        assert_int_equal(page_wire_read(p->arena, one, &out[*count], NULL), OK);
    }
}

static struct page page_of(int number, enum page_source source, bool legible) {
    static struct word words[] = { { { "matin", 5 }, { 100, 200, 300, 50 }, 80, 0 },
                                   { { "été", 5 }, { 500, 200, 300, 50 }, 80, 0 } };
    return (struct page) { .number = number,
                           .width = 5950,
                           .height = 8420,
                           .source = source,
                           .legible = legible,
                           .words = words,
                           .word_count = source == PAGE_UNREAD ? 0 : 2,
                           .turn = { (uint8_t)(number % 4), 100 * number } };
}

static void each_page_says_whose_words_it_has(void **state) {
    struct place *p = *state;
    const struct page pages[] = { page_of(1, PAGE_TEXT, true), page_of(2, PAGE_OCR, true),
                                  page_of(3, PAGE_OCR, false), page_of(4, PAGE_CORRECTED, true),
                                  page_of(5, PAGE_UNREAD, false) };
    static const size_t words[] = { 2, 2, 0, 2, 0 };
    static const enum page_source sources[] = { PAGE_TEXT, PAGE_OCR, PAGE_OCR, PAGE_CORRECTED, PAGE_OCR };
    struct page out[COUNT_OF(pages)];
    bool all_text = true;
    size_t count;
    int fd = -1;

    int64_t id = store(p, pages, COUNT_OF(pages));
    assert_int_equal(searchable_pages(p->clinic.t.db, id, &fd, &all_text, NULL), OK);
    gathered(p, fd, out, &count);
    fd_close(&fd);
    assert_false(all_text);
    assert_int_equal(count, COUNT_OF(pages));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(out[i].number, pages[i].number);
        assert_int_equal(out[i].turn.quarters, pages[i].turn.quarters);
        assert_int_equal(out[i].turn.skew_mdeg, pages[i].turn.skew_mdeg);
        assert_int_equal(out[i].source, sources[i]);
        assert_int_equal(out[i].word_count, words[i]);
    }
    assert_str_equal(out[3].words[1].text, STR("été"));
}

static void a_document_of_letters_needs_nothing(void **state) {
    struct place *p = *state;
    const struct page pages[] = { page_of(1, PAGE_TEXT, true), page_of(2, PAGE_TEXT, true) };
    bool all_text = false;
    int fd = -1;

    int64_t id = store(p, pages, COUNT_OF(pages));
    assert_int_equal(searchable_pages(p->clinic.t.db, id, &fd, &all_text, NULL), OK);
    assert_true(all_text);
    fd_close(&fd);
}

/* Whoever opens the original does not see those pages. */
static void pages_of_a_file_within_are_not_there_yet(void **state) {
    struct place *p = *state;
    struct page pages[] = { page_of(1, PAGE_TEXT, true), page_of(2, PAGE_TEXT, true) };
    bool all_text = true;
    int fd = -1;

    pages[1].attachment = STR("note.txt");
    int64_t id = store(p, pages, COUNT_OF(pages));
    assert_int_equal(searchable_pages(p->clinic.t.db, id, &fd, &all_text, NULL), OK);
    assert_false(all_text);
    fd_close(&fd);
}

/* Nine pages of nearly the most that one may have are more than memory should hold. */
static void more_than_a_document_can_hold_is_refused(void **state) {
    struct place *p = *state;
    enum { MANY = 14000, PAGES = 9 };
    static char text[WORD_TEXT_MAX];
    struct word *words = arena_array(p->arena, MANY, sizeof *words);
    struct page pages[PAGES];
    struct err e = { 0 };
    bool all_text = false;
    int fd = -1;

    memset(text, 'x', sizeof text);
    for (size_t i = 0; i < MANY; i++)
        words[i] = (struct word) { { text, sizeof text }, { 0, 0, 1, 1 }, 90, 0 };
    for (int i = 0; i < PAGES; i++) {
        pages[i] = page_of(i + 1, PAGE_OCR, true);
        pages[i].words = words;
        pages[i].word_count = MANY;
    }
    int64_t id = store(p, pages, PAGES);
    assert_int_equal(searchable_pages(p->clinic.t.db, id, &fd, &all_text, &e), E_LIMIT);
    assert_int_equal(fd, -1);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        PLACED(each_page_says_whose_words_it_has),
        PLACED(a_document_of_letters_needs_nothing),
        PLACED(pages_of_a_file_within_are_not_there_yet),
        PLACED(more_than_a_document_can_hold_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
