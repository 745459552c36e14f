/*
 * What the two programs say to each other. Pages from the extractor: whatever the bytes, the page that is believed keeps its promises, each
 * view can be read, and its words are found on it. To the extractor: a password.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "documents/find.h"
#include "documents/page_wire.h"
#include "os/file.h"
#include "password.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned touch(struct str s) {
    unsigned sum = 0;
    for (size_t i = 0; i < s.n; i++) sum += (unsigned char)s.p[i];
    return sum;
}

static void check_words(const struct page *p) {
    for (size_t i = 0; i < p->word_count; i++) {
        const struct word *w = &p->words[i];
        if (w->text.n == 0 || !utf8_is_clean(w->text) || touch(w->text) == 0) abort();
        if (w->box.x < 0 || w->box.y < 0 || w->box.w < 0 || w->box.h < 0) abort();
        if (w->box.x > p->width - w->box.w || w->box.y > p->height - w->box.h) abort();
        if (w->confidence > 100 || (i > 0 && w->line < w[-1].line)) abort();
    }
}

/* What was believed, written and read again, is the same. */
static void check_again(struct arena *a, const struct page *p) {
    struct page again;
    struct buf b;

    buf_init(&b, PAGE_WIRE_MAX);
    page_wire_put(&b, p,
                  p->source == PAGE_OCR         ? PAGE_WIRE_OCR
                  : p->source == PAGE_CORRECTED ? PAGE_WIRE_TYPED
                                                : PAGE_WIRE_TEXT);
    if (buf_ok(&b)) {
        if (page_wire_read(a, buf_str(&b), &again, NULL) != OK) abort();
        if (!str_eq(again.text, p->text) || again.confidence != p->confidence || again.source != p->source)
            abort();
    }
    buf_done(&b);
}

/* Hits stand on the page, one behind the other. */
static size_t check_search(struct arena *a, const struct page *p, struct str text) {
    enum { HITS = 50 };
    struct find_query query;
    struct find_hit *hits = NULL;
    size_t count = 0, from = 0;

    if (find_query_read(a, text, &query, NULL) != OK || query.count > FIND_WORDS_MAX) return 0;
    if (find_on_page(a, &query, p, HITS, &hits, &count, NULL) != OK) return 0;
    if (count > HITS || (query.count == 0 && count > 0)) abort();
    for (size_t i = 0; i < count; i++) {
        if (hits[i].from < from || hits[i].to <= hits[i].from || hits[i].to > p->word_count) abort();
        from = hits[i].from;
    }
    return query.count == 0 ? 1 : count;
}

/* A word that stands on the page is found, and so is what anybody types. */
static void check_find(struct arena *a, const struct page *p) {
    for (size_t i = 0; i < p->word_count && i < 3; i++)
        if (p->words[i].text.n <= 100 && check_search(a, p, p->words[i].text) == 0) abort();
    (void)check_search(a, p, utf8_prefix(p->text, 200));
}

/* The other way: the bytes are a frame to the extractor, and its end. */
static void check_password(struct str bytes) {
    enum { PIPE_HOLDS = 4096 };
    struct password password;
    int ends[2];

    if (pipe(ends) != 0) return;
    if (fd_write_all(ends[1], str_sub(bytes, 0, PIPE_HOLDS), NULL) != OK) abort();
    close(ends[1]);
    if (password_take(ends[0], &password)) {
        size_t n = strlen(password.text);
        if (n > EXTRACT_PASSWORD_BYTES) abort();
        if (password_old(&password) && (strlen(password.latin1) >= n || n == 0)) abort();
    }
    close(ends[0]);
}

static void check_total(struct str bytes) {
    struct page_wire_total t;
    int last = 1;

    if (page_wire_read_total(bytes, &t, NULL) != OK) return;
    if (t.pages < 1 || t.pages > PAGES_MAX || t.file_count > PAGE_ATTACHMENTS_MAX) abort();
    for (size_t i = 0; i < t.file_count; last = t.files[i++].first) {
        (void)touch(t.files[i].name);
        if (t.files[i].first <= last || t.files[i].first > t.pages) abort();
        if (t.files[i].name.n > PAGE_ATTACHMENT_NAME_MAX) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str bytes = { (const char *)data, size };
    struct arena *a = arena_new(32 << 20);
    struct page p;

    if (a && page_wire_read(a, bytes, &p, NULL) == OK) {
        if (p.number < 1 || p.number > PAGES_MAX || p.confidence > 100 || p.word_count > PAGE_WORDS_MAX)
            abort();
        if (!utf8_is_clean(p.text)) abort();
        check_words(&p);
        check_find(a, &p);
        check_again(a, &p);
    }
    if (a) {
        struct page row = { .number = 1, .width = 1000, .height = 1000 };
        if (page_wire_read_words(a, bytes, &row, NULL) == OK) check_words(&row);
    }
    check_total(bytes);
    check_password(bytes);
    arena_free(a);
    return 0;
}
