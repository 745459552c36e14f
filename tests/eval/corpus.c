#include "corpus.h"

#include "eval.h"

static void add_document(struct record *r, struct text_reader *reader, struct str title) {
    const struct record_document d = { .id = (int64_t)r->document_count + 1, .title = title };
    if (record_add_document(r, reader, &d, NULL) != OK) eval_end("document");
}

bool corpus_read(struct arena *arena, const char *folder, const char *name, struct corpus *out) {
    struct text_reader *reader;
    struct str terms;
    if (!qa_set_read(arena, folder, name, &out->set)) return false;
    if (text_reader_open(arena, &reader, NULL) != OK || record_new(&out->record, NULL) != OK)
        eval_end("no memory");
    for (size_t i = 0; i < out->set.passage_count; i++) {
        const struct qa_passage *p = &out->set.passages[i];
        if (p->document == out->record->document_count) add_document(out->record, reader, p->title);
        struct record_chunk chunk = { .id = (int64_t)i, .confidence = 100, .text = p->text };
        if (terms_pack(reader, arena, chunk.heading, chunk.text, &terms, NULL) != OK) eval_end("terms");
        if (record_add_chunk(out->record, (int64_t)out->record->document_count, &chunk, terms, NULL) != OK)
            eval_end("chunk");
    }
    return true;
}
