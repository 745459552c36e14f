#include "support/paper.h"

#include "test.h"

/* Tenths of a point: a typewriter's pitch and line. */
enum {
    CHAR_WIDTH = 60,
    WORD_HEIGHT = 110,
    LINE_HEIGHT = 150,
    MARGIN = 500,
    PAGE_WIDTH = 5950,
    PAGE_HEIGHT = 8420
};

static size_t count_words(const char *const *lines) {
    size_t n = 0;
    for (; *lines; lines++)
        for (const char *p = *lines; *p; p++) n += *p != ' ' && (p == *lines || p[-1] == ' ');
    return n;
}

/* Characters, not bytes: a column must not move with accents. */
static int32_t width_of(struct str s) {
    int32_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n * CHAR_WIDTH;
}

static void add_line(struct page *page, struct str line, uint32_t number, uint8_t confidence) {
    for (size_t at = 0; at < line.n;) {
        if (line.p[at] == ' ') {
            at++;
            continue;
        }
        size_t end = at;
        while (end < line.n && line.p[end] != ' ') end++;
        struct str text = str_sub(line, at, end - at);
        page->words[page->word_count++] =
            (struct word) { .text = text,
                            .box = { MARGIN + width_of(str_sub(line, 0, at)),
                                     MARGIN + (int32_t)number * LINE_HEIGHT, width_of(text), WORD_HEIGHT },
                            .confidence = confidence,
                            .line = number };
        at = end;
    }
}

struct page paper_page(struct arena *arena, int number, const char *const *lines, uint8_t confidence) {
    struct page page = { .number = number,
                         .width = PAGE_WIDTH,
                         .height = PAGE_HEIGHT,
                         .source = confidence == 100 ? PAGE_TEXT : PAGE_OCR,
                         .confidence = confidence,
                         .legible = confidence >= PAGE_LEGIBLE_CONFIDENCE };
    page.words = arena_array(arena, count_words(lines) + 1, sizeof *page.words);
    assert_non_null(page.words);
    page.text = STR("");
    for (uint32_t i = 0; lines[i]; i++) {
        add_line(&page, str_from_c(lines[i]), i, confidence);
        assert_true(arena_printf(arena, &page.text, "%.*s%s%s", STR_ARG(page.text), i ? "\n" : "", lines[i]));
    }
    return page;
}

static void add_paper(struct record *r, struct arena *arena, struct text_reader *reader,
                      const struct paper *p) {
    struct page page = paper_page(arena, 1, p->lines, p->confidence ? p->confidence : 100);
    struct document_reading reading = { 0 };
    struct chunk *chunks = NULL;
    size_t count = 0;
    assert_int_equal(document_read_pages(arena, &page, 1, DATE_UNKNOWN, &reading, NULL), OK);
    const struct record_document d = { .id = p->id,
                                       .title = p->title ? str_from_c(p->title) : reading.title,
                                       .author = reading.author,
                                       .kind = p->kind ? p->kind : reading.kind,
                                       .date = p->date.year ? p->date : reading.date,
                                       .added_us = p->id,
                                       .names_another = p->names_another };
    assert_int_equal(record_add_document(r, reader, &d, NULL), OK);
    assert_int_equal(chunk_pages(arena, &page, 1, &chunks, &count, NULL), OK);
    for (size_t i = 0; i < count; i++) {
        struct str terms;
        const struct record_chunk c = { .id = (int64_t)r->chunk_count + 1,
                                        .confidence = chunks[i].confidence,
                                        .page = 1,
                                        .heading = chunks[i].heading,
                                        .text = chunks[i].text };
        assert_int_equal(terms_pack(reader, arena, c.heading, c.text, &terms, NULL), OK);
        assert_int_equal(record_add_chunk(r, p->id, &c, terms, NULL), OK);
    }
    for (size_t i = 0; i < reading.fact_count; i++)
        assert_int_equal(record_add_fact(r, p->id, &reading.facts[i], NULL), OK);
}

struct record *paper_record(const struct person *person, const struct paper *papers, size_t count) {
    struct record *r;
    struct text_reader *reader;
    struct arena *arena = arena_new((size_t)64 << 20);
    assert_non_null(arena);
    assert_int_equal(record_new(&r, NULL), OK);
    assert_int_equal(text_reader_open(arena, &reader, NULL), OK);
    r->patient_id = person->id;
    r->first_name = str_from_c(person->first_name);
    r->last_name = str_from_c(person->last_name);
    r->allergies = str_from_c(person->allergies);
    r->current_medications = str_from_c(person->current_medications);
    r->medical_history = str_from_c(person->medical_history);
    assert_int_equal(record_add_file(r, reader, NULL), OK);
    for (size_t i = 0; i < count; i++) add_paper(r, arena, reader, &papers[i]);
    arena_free(arena);
    return r;
}
