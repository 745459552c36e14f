/*
 * Any bytes as the text of a page: no letter of clean text is lost, and the chunks pack into terms that read back.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "rag/chunk.h"
#include "rag/terms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
    if (!ok) abort();
}

static size_t letters_of(struct str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z');
    return n;
}

static void read_terms(struct str blob) {
    struct terms terms;
    struct term t;
    must(terms_open(blob, &terms));
    while (terms_next(&terms, &t)) {
        must(t.hash == text_hash(t.stem));
        must(t.in_text + t.in_heading > 0);
    }
    must(terms_whole(&terms));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new((size_t)256 << 20);
    struct text_reader *reader;
    struct chunk *chunks = NULL;
    size_t count = 0, letters = 0;
    struct page page = {
        .number = 1, .confidence = 100, .legible = true, .text = { (const char *)data, size }
    };
    must(arena != NULL && text_reader_open(arena, &reader, NULL) == OK);
    enum status s = chunk_pages(arena, &page, 1, &chunks, &count, NULL);
    must(s == OK || s == E_LIMIT);
    for (size_t i = 0; i < count && s == OK; i++) {
        struct str terms;
        must(chunks[i].text.n <= CHUNK_MAX_BYTES + CHUNK_HEADING_MAX_BYTES && chunks[i].position == (int)i);
        letters += letters_of(chunks[i].text) + letters_of(chunks[i].heading);
        if (terms_pack(reader, arena, chunks[i].heading, chunks[i].text, &terms, NULL) == OK)
            read_terms(terms);
    }
    must(s != OK || !utf8_is_clean(page.text) || letters >= letters_of(page.text));
    arena_free(arena);
    return 0;
}
