/*
 * Any bytes as the text of a page: no letter of clean text is lost, and the chunks pack into terms that read back. The same bytes as words
 * that stand anywhere on a page: the text of a sheet of advice is clean, and has no letter too many.
 *
 * And as what is stored of a chunk. Its terms: read within bounds, or refused; what is read whole makes postings. Its vector: numbers, or refused.
 * The id under which a store outside knows it: written again as it was read, or refused.
 */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "rag/advice_text.h"
#include "search/chunk.h"
#include "search/postings.h"
#include "language/terms.h"
#include "vectors/vector.h"
#include "vectors/vector_store.h"

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

/* Four bytes say where a word stands and how large it is, the next up to a space are the word. */
static void read_as_sheet(struct arena *arena, const uint8_t *data, size_t size) {
    struct page page = { .number = 1, .width = 5950, .height = 8420, .confidence = 100, .legible = true };
    struct str text, rest = { (const char *)data, size };
    size_t letters = 0;
    bool fits;
    page.words = arena_array(arena, size / 5 + 1, sizeof *page.words);
    must(page.words != NULL);
    while (rest.n > 5 && page.word_count < PAGE_WORDS_MAX) {
        const uint8_t *at = (const uint8_t *)rest.p;
        struct box box = { at[0] * 23, at[1] * 33, at[2], at[3] };
        struct str word = str_sub(rest, 4, rest.n);
        word = str_sub(word, 0, str_find_char(word, ' '));
        rest = str_sub(rest, 4 + word.n + 1, rest.n);
        if (word.n == 0 || !utf8_is_clean(word) || str_find_char(word, '\n') < word.n) continue;
        page.words[page.word_count++] = (struct word) { .text = word, .box = box, .confidence = 100 };
        letters += letters_of(word);
    }
    enum status s = advice_text_of_pages(arena, &page, 1, &text, &fits, NULL);
    must(s == OK || s == E_LIMIT);
    if (s == OK && fits) must(utf8_is_clean(text) && letters_of(text) <= letters);
}

static void check_vector(struct arena *arena, struct str blob) {
    size_t n = blob.n > VECTOR_SCALE_BYTES ? blob.n - VECTOR_SCALE_BYTES : 1;
    struct vector_rows rows;
    float *v = arena_array(arena, n, sizeof *v);
    if (!v || vector_rows_init(&rows, arena, n, 1, NULL) != OK) abort();
    bool kept = vector_rows_add(&rows, blob);
    if (vector_unpack(blob, n, v) != kept) abort();
    for (size_t i = 0; kept && i < n; i++)
        if (!isfinite(v[i])) abort();
}

static void check_id(struct str text) {
    struct vector_item item = { 0 };
    char again[VECTOR_ID_BYTES];
    if (!vector_id_read(text, &item.document_id, &item.chunk_id)) return;
    vector_id_write(&item, again);
    if (!str_eq(str_from_c(again), text)) abort();
}

static void read_as_stored(struct str blob) {
    const struct tokens no_title = { 0 };
    struct arena *arena = arena_new((size_t)16 << 20);
    struct postings postings;
    uint16_t words;
    if (!arena || postings_init(&postings, arena, NULL) != OK) abort();
    enum status s = postings_add_chunk(&postings, blob, &no_title, &words, NULL);
    if (s == OK) {
        struct terms terms;
        struct term t;
        if (!terms_open(blob, &terms)) abort();
        while (terms_next(&terms, &t))
            if (!postings_find(&postings, t.hash, t.stem)) abort();
    }
    check_vector(arena, blob);
    check_id(blob);
    arena_free(arena);
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
    read_as_sheet(arena, data, size);
    read_as_stored(page.text);
    arena_free(arena);
    return 0;
}
