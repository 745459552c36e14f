/*
 * PDFs with a password: opened in the sandbox, given back without it, and read like any other.
 */
#include "place.h"

#include "draw.h"
#include "os/file.h"

#include <qpdf/qpdf-c.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct str bytes_of(struct place *p, int fd) {
    struct stat st;

    assert_int_equal(fstat(fd, &st), 0);
    char *bytes = arena_alloc(p->arena, (size_t)st.st_size);
    assert_non_null(bytes);
    assert_int_equal(pread(fd, bytes, (size_t)st.st_size, 0), st.st_size);
    return (struct str) { bytes, (size_t)st.st_size };
}

enum cipher { RC4_128, AES_128, AES_256 };

/* Two pages of letters behind a password for who reads them. */
static int locked_pdf(struct place *p, enum cipher cipher, const char *password) {
    int plain = draw_pdf((enum draw_page[]) { DRAW_TEXT, DRAW_TEXT }, 2);
    struct str bytes = bytes_of(p, plain);
    qpdf_data q = qpdf_init();

    close(plain);
    assert_int_equal(qpdf_read_memory(q, "plain", bytes.p, bytes.n, NULL), QPDF_SUCCESS);
    assert_int_equal(qpdf_init_write_memory(q), QPDF_SUCCESS);
    if (cipher == RC4_128)
        qpdf_set_r3_encryption_parameters_insecure(q, password, "the owner's", 1, 1, 1, 1, 1, 1,
                                                   qpdf_r3p_full);
    if (cipher == AES_128)
        qpdf_set_r4_encryption_parameters_insecure(q, password, "the owner's", 1, 1, 1, 1, 1, 1,
                                                   qpdf_r3p_full, 1, 1);
    if (cipher == AES_256)
        qpdf_set_r6_encryption_parameters2(q, password, "the owner's", 1, 1, 1, 1, 1, 1, qpdf_r3p_full, 1);
    assert_int_equal(qpdf_write(q), QPDF_SUCCESS);
    int out = draw_bytes(qpdf_get_buffer(q), qpdf_get_buffer_length(q));
    qpdf_cleanup(&q);
    return out;
}

static enum status take_bytes(void *ctx, struct str piece, struct err *e) {
    return fd_write_all(*(int *)ctx, piece, e);
}

static enum status unlock(struct place *p, int fd, const char *password, int *out, struct err *e) {
    const struct extract_sink sink = { take_bytes, out };

    assert_int_equal(memory_file_new(out, NULL), OK);
    return extract_unlock(p->extractor, p->arena, fd, str_from_c(password), &sink, e);
}

static enum status count_pages(struct place *p, int fd, size_t *count, struct page **pages, struct err *e) {
    return extract_pages(p->extractor, p->arena, fd, NULL, pages, count, e);
}

static void assert_unlocks(struct place *p, int locked, const char *password) {
    struct page *pages = NULL;
    struct err e = { 0 }, why = { 0 };
    size_t count = 0;
    int open = -1;

    assert_int_equal(count_pages(p, locked, &count, &pages, &why), E_INVALID);
    assert_string_equal(why.message->code, "encrypted");
    if (unlock(p, locked, password, &open, &e) != OK) fail_msg("%s: %s", password, e.detail);
    if (count_pages(p, open, &count, &pages, &e) != OK) fail_msg("%s: %s", password, e.detail);
    assert_int_equal(count, 2);
    assert_int_equal(pages[1].source, PAGE_TEXT);
    assert_true(pages[1].word_count > DRAW_LINES);
    close(open);
}

static void every_cipher_of_pdf_is_opened(void **state) {
    for (int cipher = RC4_128; cipher <= AES_256; cipher++) {
        int locked = locked_pdf(*state, (enum cipher)cipher, "secret 2026");
        assert_unlocks(*state, locked, "secret 2026");
        assert_unlocks(*state, locked, "the owner's");
        close(locked);
    }
}

/* Before PDF 2.0 an accent was one byte, and people type it all the same. */
static void accents_are_typed_as_people_do(void **state) {
    int old = locked_pdf(*state, AES_128, "\xe9t\xe9 2026"), modern = locked_pdf(*state, AES_256, "été 2026");

    assert_unlocks(*state, old, "été 2026");
    assert_unlocks(*state, modern, "été 2026");
    close(old);
    close(modern);
}

static void a_wrong_password_opens_nothing(void **state) {
    struct place *p = *state;
    static const char *const wrong[] = { "Secret 2026", "secret 202", "été", "x", "the owner" };

    for (int cipher = RC4_128; cipher <= AES_256; cipher++) {
        int locked = locked_pdf(p, (enum cipher)cipher, "secret 2026");
        for (size_t i = 0; i < COUNT_OF(wrong); i++) {
            struct err e = { 0 };
            struct stat st;
            int open = -1;
            assert_int_equal(unlock(p, locked, wrong[i], &open, &e), E_DENIED);
            assert_string_equal(e.message->code, "wrong_password");
            assert_int_equal(fstat(open, &st), 0);
            assert_int_equal(st.st_size, 0);
            close(open);
        }
        close(locked);
    }
}

static void half_a_file_ends_with_words(void **state) {
    struct place *p = *state;
    int locked = locked_pdf(p, AES_256, "secret 2026");
    struct str whole = bytes_of(p, locked);

    close(locked);
    for (size_t part = 0; part < 8; part++) {
        struct err e = { 0 };
        int cut = draw_bytes(whole.p, 1 + whole.n * part / 8), open = -1;
        enum status s = unlock(p, cut, "secret 2026", &open, &e);
        assert_true(s == OK || s == E_DENIED || s == E_INVALID);
        assert_true(s == OK || e.message);
        close(cut);
        close(open);
    }
    locked = locked_pdf(p, AES_256, "secret 2026");
    assert_unlocks(p, locked, "secret 2026");
    close(locked);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN); /* as the program does */
    const struct CMUnitTest tests[] = {
        PLACED(every_cipher_of_pdf_is_opened),
        PLACED(accents_are_typed_as_people_do),
        PLACED(a_wrong_password_opens_nothing),
        PLACED(half_a_file_ends_with_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
