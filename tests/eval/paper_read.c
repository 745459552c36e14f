#include "paper_read.h"

#include "eval.h"
#include "os/file.h"
#include "search/chunk.h"

struct paper_reader {
    struct extractor *extractor;
    struct arena *work; /* of one record while it is made */
};

struct paper_reader *paper_reader_open(struct arena *arena, const char *extractor_program) {
    const struct extractor_options options = { .program = str_from_c(extractor_program) };
    struct paper_reader *r = eval_need(arena_alloc(arena, sizeof *r));
    struct err err = { 0 };
    if (extractor_open(arena, &options, &r->extractor, &err) != OK) eval_end(err.detail);
    r->work = eval_need(arena_new((size_t)512 << 20));
    return r;
}

void paper_reader_close(struct paper_reader *r) {
    extractor_close(r->extractor);
    arena_free(r->work);
}

void paper_read(struct paper_reader *r, struct arena *arena, const struct paper *paper,
                struct paper_pages *out) {
    struct err err = { 0 };
    int fd = -1;
    if (memory_file_new(&fd, &err) != OK || fd_write_all(fd, paper->text, &err) != OK ||
        extract_pages(r->extractor, arena, fd, NULL, &out->pages, &out->count, &err) != OK ||
        document_read_pages(arena, out->pages, out->count, DATE_UNKNOWN, &out->reading, &err) != OK)
        eval_end(err.detail);
    fd_close(&fd);
    if (out->reading.title.n == 0) out->reading.title = paper->name;
}

static void add_chunks(struct record *record, struct text_reader *words, struct arena *arena, int64_t id,
                       const struct paper_pages *p) {
    struct chunk *chunks = NULL;
    struct err err = { 0 };
    struct str terms;
    size_t count = 0;
    if (chunk_pages(arena, p->pages, p->count, &chunks, &count, &err) != OK) eval_end(err.detail);
    for (size_t i = 0; i < count; i++) {
        const struct record_chunk chunk = { .id = (int64_t)record->chunk_count + 1,
                                            .page = chunks[i].page,
                                            .confidence = chunks[i].confidence,
                                            .heading = chunks[i].heading,
                                            .text = chunks[i].text };
        if (terms_pack(words, arena, chunk.heading, chunk.text, &terms, &err) != OK ||
            record_add_chunk(record, id, &chunk, terms, &err) != OK)
            eval_end(err.detail);
    }
}

static void add_paper(struct record *record, struct text_reader *words, struct arena *arena, int64_t id,
                      const struct paper_pages *p) {
    const struct document_reading *reading = &p->reading;
    const struct record_document document = { .id = id,
                                              .title = reading->title,
                                              .author = reading->author,
                                              .kind = reading->kind,
                                              .date = reading->date,
                                              .added_us = id };
    struct err err = { 0 };
    if (record_add_document(record, words, &document, &err) != OK) eval_end(err.detail);
    add_chunks(record, words, arena, id, p);
    for (size_t i = 0; i < reading->fact_count; i++)
        if (record_add_fact(record, id, &reading->facts[i], &err) != OK) eval_end(err.detail);
}

static void add_person(struct record *r, struct text_reader *words, const struct paper_person *p) {
    r->patient_id = p->id;
    r->version = 1;
    r->birth = p->birth;
    r->language = p->language;
    if (!arena_dup(r->arena, p->first_name, &r->first_name) ||
        !arena_dup(r->arena, p->last_name, &r->last_name) ||
        !arena_dup(r->arena, p->allergies, &r->allergies) ||
        !arena_dup(r->arena, p->current_medications, &r->current_medications) ||
        !arena_dup(r->arena, p->medical_history, &r->medical_history) ||
        record_add_file(r, words, NULL) != OK)
        eval_end("no memory");
}

struct record *paper_record(struct paper_reader *r, const struct paper_person *person,
                            const struct paper *papers, size_t count) {
    struct text_reader *words;
    struct record *record;
    struct err err = { 0 };
    if (record_new(&record, &err) != OK || text_reader_open(record->arena, &words, &err) != OK)
        eval_end(err.detail);
    add_person(record, words, person);
    for (size_t i = 0; i < count; i++) {
        struct paper_pages pages;
        arena_reset(r->work);
        paper_read(r, r->work, &papers[i], &pages);
        add_paper(record, words, r->work, (int64_t)i + 1, &pages);
    }
    return record;
}
