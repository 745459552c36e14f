/*
 * The pages that lie beside a document that is exported: whatever the bytes, they come one by one and in order, and what is laid of each is
 * a text object of letters and figures of a bounded size.
 */
#include <stdlib.h>

#include "invisible.h"
#include "leaves.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A word of the longest is 4 digits a byte at most, and its operators. */
static void check(const struct page *page) {
    static const cairo_matrix_t place = { 0.1, 0, 0, -0.1, 0, 842 };
    size_t text_bytes = 0;
    struct buf b;

    for (size_t i = 0; i < page->word_count; i++) text_bytes += page->words[i].text.n;
    buf_init(&b, 1024 + 200 * page->word_count + 4 * text_bytes);
    invisible_put(&b, page, &place, "F");
    struct str out = buf_str(&b);
    if (!buf_ok(&b) || !str_ends(out, STR("ET Q\n"))) abort();
    for (size_t i = 0; i < out.n; i++)
        if (out.p[i] != '\n' && (out.p[i] < ' ' || out.p[i] > '~')) abort();
    if (str_find(out, STR("nan")) < out.n || str_find(out, STR("inf")) < out.n) abort();
    buf_done(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct leaves leaves;
    bool end = false;

    if (!leaves_open(&leaves, (struct str) { (const char *)data, size })) return 0;
    for (int number = 1; leaves_next(&leaves, &end) == EXTRACT_OK && !end; number++) {
        if (leaves.page.number != number || number > PAGES_MAX) abort();
        check(&leaves.page);
    }
    leaves_close(&leaves);
    return 0;
}
