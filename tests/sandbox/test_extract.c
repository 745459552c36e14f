/*
 * The program's side of the extractor, against a keeper and readers that misbehave (fake_keeper.c). Whatever they do, the call ends with a
 * message, in time, and the next document is read.
 */
#include "test.h"

#include "base/arena.h"
#include "base/buf.h"
#include "documents/extractor.h"
#include "os/file.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

struct place {
    struct arena *arena, *pages;
    struct extractor *extractor;
};

static int set_up(void **state) {
    static struct place p;
    struct extractor_options options = { 0 };
    const char *build = getenv("MEDIRECORD_BUILD_ROOT");

    p.arena = arena_new(1 << 20);
    p.pages = arena_new(1 << 20);
    if (!build || !p.arena || !p.pages ||
        !arena_printf(p.arena, &options.program, "%s/tests/sandbox/fake_keeper", build))
        return 1;
    *state = &p;
    return extractor_open(p.arena, &options, &p.extractor, NULL) == OK ? 0 : 1;
}

static int tear_down(void **state) {
    struct place *p = *state;
    extractor_close(p->extractor);
    arena_free(p->pages);
    arena_free(p->arena);
    return 0;
}

static enum status play(struct place *p, char part, const struct extract_options *options, size_t *count,
                        struct err *e) {
    struct page *pages = NULL;
    int fd = -1;

    arena_reset(p->pages);
    assert_int_equal(memory_file_new(&fd, NULL), OK);
    assert_int_equal(fd_write_all(fd, (struct str) { &part, 1 }, NULL), OK);
    enum status s = extract_pages(p->extractor, p->pages, fd, options, &pages, count, e);
    fd_close(&fd);
    return s;
}

static void assert_good_still_works(struct place *p) {
    size_t count = 0;
    assert_int_equal(play(p, 'g', NULL, &count, NULL), OK);
    assert_int_equal(count, 2);
}

static void assert_ends(struct place *p, const char *parts, enum status want, const char *code) {
    for (; *parts; parts++) {
        struct err e = { 0 };
        size_t count = 99;
        enum status s = play(p, *parts, NULL, &count, &e);
        if (s != want) fail_msg("part %c: %s, %s", *parts, status_name(s), e.detail);
        if (code && (!e.message || strcmp(e.message->code, code) != 0))
            fail_msg("part %c: %s, %s", *parts, e.message ? e.message->code : "no message", e.detail);
        assert_int_equal(count, 99);
    }
    assert_good_still_works(p);
}

static void an_honest_reader_is_believed(void **state) {
    assert_good_still_works(*state);
    assert_good_still_works(*state);
}

static void nonsense_is_not_believed(void **state) {
    assert_ends(*state, "RtkjTo210empey", E_INVALID, "unreadable");
}

/* The extractor with so many cores. */
static void with_readers(struct place *p, int readers_max) {
    struct extractor_options options = { .readers_max = readers_max };
    extractor_close(p->extractor);
    assert_true(arena_printf(p->arena, &options.program, "%s/tests/sandbox/fake_keeper",
                             getenv("MEDIRECORD_BUILD_ROOT")));
    assert_int_equal(extractor_open(p->arena, &options, &p->extractor, NULL), OK);
}

static enum status count_calls(void *ctx, int done, int total, struct err *e) {
    (void)total, (void)e;
    *(int *)ctx = done;
    return OK;
}

static void a_long_scan_is_read_by_several(void **state) {
    struct place *p = *state;
    int done = 0;
    const struct extract_options options = { .on_page = count_calls, .ctx = &done };
    struct page *pages = NULL;
    size_t count = 0;
    int fd = -1;

    with_readers(p, 2);
    assert_int_equal(memory_file_new(&fd, NULL), OK);
    assert_int_equal(fd_write_all(fd, STR("w"), NULL), OK);
    assert_int_equal(extract_pages(p->extractor, p->pages, fd, &options, &pages, &count, NULL), OK);
    fd_close(&fd);
    assert_int_equal(count, 4);
    for (int i = 0; i < 4; i++) assert_int_equal(pages[i].number, i + 1);
    assert_int_equal(done, 4);
    assert_int_equal(extractor_take_helpers(p->extractor, 9), 2); /* all were given back */
}

static void without_a_free_core_nobody_helps(void **state) {
    struct place *p = *state;
    const struct extract_options options = { .budget_us = SECOND_US / 4, .page_budget_us = 1 };
    struct err e = { 0 };
    size_t count;

    with_readers(p, 1);
    assert_int_equal(play(p, 'w', &options, &count, &e), E_INVALID);
    assert_string_equal(e.message->code, "timeout");
}

static void a_helper_that_dies_ends_the_document_only(void **state) {
    with_readers(*state, 3);
    assert_ends(*state, "v", E_INVALID, "unreadable");
}

/* What was read, a letter a page ('-': unread), and why the rest was not. */
static void assert_kept(struct place *p, char part, const char *read, const char *code) {
    const struct message *unread = NULL;
    const struct extract_options options = { .budget_us = SECOND_US / 2, .unread = &unread };
    struct page *pages = NULL;
    struct err e = { 0 };
    size_t count = 0;
    int fd = -1;

    arena_reset(p->pages);
    assert_int_equal(memory_file_new(&fd, NULL), OK);
    assert_int_equal(fd_write_all(fd, (struct str) { &part, 1 }, NULL), OK);
    if (extract_pages(p->extractor, p->pages, fd, &options, &pages, &count, &e) != OK)
        fail_msg("part %c: %s", part, e.detail);
    fd_close(&fd);
    assert_int_equal(count, strlen(read));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(pages[i].number, i + 1);
        assert_int_equal(pages[i].source == PAGE_UNREAD, read[i] == '-');
        assert_int_equal(pages[i].word_count, read[i] == '-' ? 0 : 1);
        assert_int_equal(pages[i].width, 100);
        if (read[i] == '-') assert_false(pages[i].legible);
    }
    assert_string_equal(unread ? unread->code : "", code);
}

static void pages_that_were_read_are_kept(void **state) {
    struct place *p = *state;

    assert_kept(p, 'g', "12", "");
    assert_kept(p, 'l', "12345----", "pages_timeout");
    assert_kept(p, '3', "1-34", "pages_unreadable");
    assert_kept(p, '4', "12--", "pages_too_complex");
    assert_kept(p, '6', "1--------", "pages_unreadable");
    with_readers(p, 2);
    assert_kept(p, 'v', "1-34", "pages_unreadable");
}

static void a_file_within_a_document_is_called_by_a_clean_name(void **state) {
    struct place *p = *state;
    const struct message *unread = NULL;
    const struct extract_options options = { .unread = &unread };
    struct page *pages = NULL;
    size_t count = 0;
    int fd = -1;

    assert_int_equal(memory_file_new(&fd, NULL), OK);
    assert_int_equal(fd_write_all(fd, STR("8"), NULL), OK);
    assert_int_equal(extract_pages(p->extractor, p->pages, fd, &options, &pages, &count, NULL), OK);
    fd_close(&fd);
    assert_int_equal(count, 2);
    assert_int_equal(pages[0].attachment.n, 0);
    assert_str_equal(pages[1].attachment, STR("a\nb\xEF\xBF\xBD.pdf"));
    assert_ptr_equal(unread, &extract_left_out);
}

static void who_talks_nonsense_or_reads_no_page_at_all_fails_as_a_whole(void **state) {
    struct place *p = *state;
    const struct message *unread = NULL;
    const struct extract_options options = { .budget_us = SECOND_US / 2, .unread = &unread };

    for (const char *part = "57dDMhcj12"; *part; part++) {
        struct err e = { 0 };
        size_t count = 99;
        if (play(p, *part, &options, &count, &e) != E_INVALID) fail_msg("part %c: %s", *part, e.detail);
        assert_non_null(e.message);
        assert_int_equal(count, 99);
        assert_null(unread);
    }
    assert_good_still_works(p);
}

static enum status play_picture(struct place *p, char part, struct str *jpeg, struct err *e) {
    const struct page page = { .number = 1, .width = 5950, .height = 8420 };
    int fd = -1;

    arena_reset(p->pages);
    assert_int_equal(memory_file_new(&fd, NULL), OK);
    assert_int_equal(fd_write_all(fd, (struct str) { &part, 1 }, NULL), OK);
    enum status s = extract_picture(p->extractor, p->pages, fd, &page, jpeg, e);
    fd_close(&fd);
    return s;
}

static void a_picture_is_believed_when_it_is_one(void **state) {
    struct place *p = *state;
    struct str jpeg = STR("untouched");

    /* No picture, not a picture, two of them, pages instead, and a picture among pages. */
    for (const char *part = "eQWgtkRD"; *part; part++) {
        struct err e = { 0 };
        assert_int_equal(play_picture(p, *part, &jpeg, &e), E_INVALID);
        assert_string_equal(e.message->code, "unreadable");
        assert_str_equal(jpeg, STR("untouched"));
    }
    assert_int_equal(play_picture(p, 'P', &jpeg, NULL), OK);
    assert_int_equal(jpeg.n, 16);
    assert_ends(p, "PW", E_INVALID, "unreadable");
}

static enum status take_bytes(void *ctx, struct str piece, struct err *e) {
    struct buf *out = ctx;
    (void)e;
    buf_add(out, piece);
    return OK;
}

static enum status play_unlock(struct place *p, char part, struct buf *out, struct err *e) {
    const struct extract_sink sink = { take_bytes, out };
    int fd = -1;

    buf_clear(out);
    arena_reset(p->pages);
    assert_int_equal(memory_file_new(&fd, NULL), OK);
    assert_int_equal(fd_write_all(fd, (struct str) { &part, 1 }, NULL), OK);
    enum status s = extract_unlock(p->extractor, p->pages, fd, STR("secret"), &sink, e);
    fd_close(&fd);
    return s;
}

static void a_file_without_its_password_is_taken_piece_by_piece(void **state) {
    struct place *p = *state;
    struct err wrong = { 0 };
    struct buf out;

    buf_init(&out, 1 << 16);
    /* Nothing, an empty piece, one too large, one after the other without end, pages or a picture instead, a death. */
    for (const char *part = "eUV+PgtkRD"; *part; part++) {
        struct err e = { 0 };
        if (play_unlock(p, *part, &out, &e) != E_INVALID) fail_msg("part %c: %s", *part, e.detail);
        assert_string_equal(e.message->code, "unreadable");
    }
    assert_int_equal(play_unlock(p, '!', &out, &wrong), E_DENIED);
    assert_string_equal(wrong.message->code, "wrong_password");
    assert_int_equal(play_unlock(p, 'u', &out, NULL), OK);
    assert_str_equal(buf_str(&out), STR("%PDF-1.7 and the rest"));
    buf_done(&out);
    assert_ends(p, "u", E_INVALID, "unreadable");
    assert_ends(p, "!", E_INTERNAL, "internal");
}

/* What lies beside the document is not looked at by a reader that means ill. */
static enum status play_export(struct place *p, char part, struct buf *out, struct err *e) {
    const struct extract_sink sink = { take_bytes, out };
    int fd = -1, pages = -1;

    buf_clear(out);
    arena_reset(p->pages);
    assert_int_equal(memory_file_new(&fd, NULL), OK);
    assert_int_equal(memory_file_new(&pages, NULL), OK);
    assert_int_equal(fd_write_all(fd, (struct str) { &part, 1 }, NULL), OK);
    enum status s = extract_export(p->extractor, p->pages, fd, pages, &sink, e);
    fd_close(&fd);
    fd_close(&pages);
    return s;
}

static void a_searchable_file_is_taken_piece_by_piece(void **state) {
    struct place *p = *state;
    struct buf out;

    buf_init(&out, 1 << 16);
    for (const char *part = "eUV+PgtkRD"; *part; part++) {
        struct err e = { 0 };
        if (play_export(p, *part, &out, &e) != E_INVALID) fail_msg("part %c: %s", *part, e.detail);
        assert_string_equal(e.message->code, "unreadable");
    }
    assert_int_equal(play_export(p, '!', &out, NULL), E_INTERNAL); /* nobody asked for a password */
    assert_int_equal(play_export(p, 'u', &out, NULL), OK);
    assert_str_equal(buf_str(&out), STR("%PDF-1.7 and the rest"));
    buf_done(&out);
}

struct crowd {
    struct extractor *extractor;
    sem_t refused;
    atomic_int got;
};

static void *want_a_place(void *ctx) {
    struct crowd *c = ctx;
    struct err e = { 0 };

    if (extractor_take_place(c->extractor, &e) == OK) {
        atomic_fetch_add(&c->got, 1);
        extractor_leave_place(c->extractor);
    } else if (e.message && strcmp(e.message->code, "busy") == 0) {
        sem_post(&c->refused);
    }
    return NULL;
}

/* Two draw, four wait, and the next one is told to come back. */
static void only_so_many_draw_at_once(void **state) {
    struct place *p = *state;
    enum { CROWD = EXTRACT_PICTURES_WAITING + 1 };
    struct crowd crowd = { .extractor = p->extractor };
    pthread_t threads[CROWD];

    assert_int_equal(sem_init(&crowd.refused, 0, 0), 0);
    for (int i = 0; i < EXTRACT_PICTURES_AT_ONCE; i++)
        assert_int_equal(extractor_take_place(p->extractor, NULL), OK);
    for (int i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, want_a_place, &crowd), 0);
    sem_wait(&crowd.refused);
    assert_int_equal(atomic_load(&crowd.got), 0);
    for (int i = 0; i < EXTRACT_PICTURES_AT_ONCE; i++) extractor_leave_place(p->extractor);
    for (int i = 0; i < CROWD; i++) pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&crowd.got), EXTRACT_PICTURES_WAITING);
    sem_destroy(&crowd.refused);
}

static void a_death_is_explained(void **state) {
    assert_ends(*state, "D", E_INVALID, "unreadable");
    assert_ends(*state, "d", E_INVALID, "unreadable");
    assert_ends(*state, "M", E_INVALID, "too_complex");
    assert_ends(*state, "s", E_INTERNAL, "internal");
}

static void codes_are_passed_on(void **state) {
    assert_ends(*state, "c", E_INVALID, "encrypted");
    assert_ends(*state, "Cx", E_INTERNAL, "internal");
}

static void a_flood_is_cut_off(void **state) {
    assert_ends(*state, "f", E_INVALID, "unreadable");
}

static void silence_ends_at_the_budget(void **state) {
    struct place *p = *state;
    const struct extract_options options = { .budget_us = SECOND_US / 10 };
    struct err e = { 0 };
    size_t count;
    assert_int_equal(play(p, 'h', &options, &count, &e), E_INVALID);
    assert_string_equal(e.message->code, "timeout");
    assert_good_still_works(p);
}

/* Pages that earned time would hold the test for most of an hour. */
static void a_few_legible_pages_earn_no_time(void **state) {
    struct place *p = *state;
    const struct extract_options options = { .budget_us = SECOND_US / 2, .page_budget_us = 600 * SECOND_US };
    struct err e = { 0 };
    size_t count;
    assert_int_equal(play(p, 'l', &options, &count, &e), E_INVALID);
    assert_string_equal(e.message->code, "timeout");
    assert_non_null(strstr(e.detail, "after 5 of 9 pages"));
}

static void a_stopping_program_tries_again_later(void **state) {
    struct place *p = *state;
    bool stopping = true;
    const struct extract_options options = { .stopping = &stopping };
    size_t count;
    assert_int_equal(play(p, 'h', &options, &count, NULL), E_RETRY);
}

struct seen {
    int calls, last, total;
};

static enum status count_pages(void *ctx, int done, int total, struct err *e) {
    struct seen *seen = ctx;
    seen->calls++;
    seen->last = done;
    seen->total = total;
    return done == 2 && total == 2 && e && seen->calls > 2 ? fail(e, E_CONFLICT, NULL, "enough") : OK;
}

static void progress_is_told_and_may_stop_it(void **state) {
    struct place *p = *state;
    struct seen seen = { 0 };
    const struct extract_options options = { .on_page = count_pages, .ctx = &seen };
    struct err e = { 0 };
    size_t count;
    assert_int_equal(play(p, 'g', &options, &count, &e), OK);
    assert_int_equal(seen.calls, 2);
    assert_int_equal(seen.last, 2);
    assert_int_equal(seen.total, 2);
    assert_int_equal(play(p, 'g', &options, &count, &e), E_CONFLICT);
}

static void a_full_arena_is_said(void **state) {
    struct place *p = *state;
    struct arena *small = arena_new(200);
    struct arena *kept = p->pages;
    struct err e = { 0 };
    size_t count;
    p->pages = small;
    assert_int_equal(play(p, 'g', NULL, &count, &e), E_LIMIT);
    p->pages = kept;
    arena_free(small);
}

static void a_missing_program_is_ours_to_mend(void **state) {
    struct place *p = *state;
    const struct extractor_options options = { .program = STR("/nowhere/medirecord-extract") };
    struct extractor *kept = p->extractor;
    struct err e = { 0 };
    size_t count;
    assert_int_equal(extractor_open(p->arena, &options, &p->extractor, NULL), OK);
    assert_int_equal(play(p, 'g', NULL, &count, &e), E_INTERNAL);
    extractor_close(p->extractor);
    p->extractor = kept;
}

static void a_program_that_leaves_at_once_is_not_waited_for(void **state) {
    struct place *p = *state;
    const struct extractor_options options = { .program = STR("/bin/true") };
    struct extractor *kept = p->extractor;
    size_t count;
    assert_int_equal(extractor_open(p->arena, &options, &p->extractor, NULL), OK);
    assert_int_equal(play(p, 'g', NULL, &count, NULL), E_RETRY);
    extractor_close(p->extractor);
    p->extractor = kept;
}

static void every_code_has_words_in_both_languages(void **state) {
    (void)state;
    size_t n = 0;
    for (const struct message *m = extract_messages; m->code; m++, n++) {
        assert_true(strlen(m->fr) > 20);
        assert_true(strlen(m->en) > 20);
    }
    assert_true(n > 10);
    for (const struct message *m = extract_unread_messages; m->code; m++, n++) {
        assert_true(strlen(m->fr) > 20);
        assert_true(strlen(m->en) > 20);
    }
    assert_true(n > 13);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    signal(SIGPIPE, SIG_IGN); /* as the program does */
    const struct CMUnitTest tests[] = {
        PLACED(an_honest_reader_is_believed),
        PLACED(nonsense_is_not_believed),
        PLACED(a_long_scan_is_read_by_several),
        PLACED(without_a_free_core_nobody_helps),
        PLACED(a_helper_that_dies_ends_the_document_only),
        PLACED(pages_that_were_read_are_kept),
        PLACED(a_file_within_a_document_is_called_by_a_clean_name),
        PLACED(who_talks_nonsense_or_reads_no_page_at_all_fails_as_a_whole),
        PLACED(a_picture_is_believed_when_it_is_one),
        PLACED(a_file_without_its_password_is_taken_piece_by_piece),
        PLACED(a_searchable_file_is_taken_piece_by_piece),
        PLACED(only_so_many_draw_at_once),
        PLACED(a_death_is_explained),
        PLACED(codes_are_passed_on),
        PLACED(a_flood_is_cut_off),
        PLACED(silence_ends_at_the_budget),
        PLACED(a_few_legible_pages_earn_no_time),
        PLACED(a_stopping_program_tries_again_later),
        PLACED(progress_is_told_and_may_stop_it),
        PLACED(a_full_arena_is_said),
        PLACED(a_missing_program_is_ours_to_mend),
        PLACED(a_program_that_leaves_at_once_is_not_waited_for),
        cmocka_unit_test(every_code_has_words_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
