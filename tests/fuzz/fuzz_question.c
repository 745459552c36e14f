/*
 * Any bytes as a question of a small record: triage, intent, search, answer and guard end, with words that can be sent; what is clean
 * UTF-8 is answered in clean UTF-8, and an answer about the record has sources. Names that are hidden in it come back as they were.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "rag/answer.h"
#include "rag/pseudonym.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct clinic {
    struct arena *arena;
    struct answer_books books;
    struct record *record;
};

static void must(bool ok) {
    if (!ok) abort();
}

static void add_chunk(struct clinic *c, struct text_reader *reader, int64_t document, struct str text) {
    const struct record_chunk chunk = { .id = document, .confidence = 100, .page = 1, .text = text };
    struct str terms;
    must(terms_pack(reader, c->arena, STR(""), text, &terms, NULL) == OK);
    must(record_add_chunk(c->record, document, &chunk, terms, NULL) == OK);
}

static void open_clinic(struct clinic *c) {
    struct text_reader *reader;
    const struct record_document papers[] = {
        { .id = 1,
          .title = STR("Ordonnance"),
          .author = STR("Dr Martin"),
          .kind = KIND_PRESCRIPTION,
          .date = { 2024, 11, 15 } },
        { .id = 2, .title = STR("Bilan"), .kind = KIND_LABORATORY, .date = { 2024, 11, 4 } },
    };
    const struct fact drug = { .type = FACT_MEDICATION,
                               .page = 1,
                               .confidence = 100,
                               .quote = STR("Lisinopril 10mg, 1 comprimé par jour"),
                               .name = STR("Lisinopril"),
                               .name_folded = STR("lisinopril"),
                               .strength = STR("10mg"),
                               .dose = STR("1 comprimé"),
                               .frequency = STR("par jour") };
    const struct fact value = { .type = FACT_LAB_VALUE,
                                .page = 1,
                                .confidence = 100,
                                .quote = STR("Glycémie 1,26 g/L (0,70 - 1,10)"),
                                .name = STR("Glycémie"),
                                .name_folded = STR("glycemie"),
                                .value = STR("1,26"),
                                .unit = STR("g/L"),
                                .reference = STR("0,70 - 1,10"),
                                .flag = STR("high") };
    must((c->arena = arena_new((size_t)64 << 20)) != NULL);
    must(answer_books_new(c->arena, &c->books, NULL) == OK && record_new(&c->record, NULL) == OK);
    must(text_reader_open(c->arena, &reader, NULL) == OK);
    c->record->first_name = STR("Fatou");
    c->record->allergies = STR("Pénicilline");
    must(record_add_file(c->record, reader, NULL) == OK);
    for (size_t i = 0; i < COUNT_OF(papers); i++)
        must(record_add_document(c->record, reader, &papers[i], NULL) == OK);
    add_chunk(c, reader, 1, drug.quote);
    add_chunk(c, reader, 2, value.quote);
    must(record_add_fact(c->record, 1, &drug, NULL) == OK &&
         record_add_fact(c->record, 2, &value, NULL) == OK);
}

static void hide_and_put_back(struct arena *arena, struct str text) {
    struct text_reader *reader;
    struct pseudonym *people;
    struct patient patient = patient_blank();
    struct str out, back;
    patient.first_name = STR("Fatou");
    patient.last_name = STR("Sarr");
    must(text_reader_open(arena, &reader, NULL) == OK);
    must(pseudonym_new(arena, reader, &patient, NULL, 0, &people, NULL) == OK);
    enum status s = pseudonym_hide(people, text, &out, NULL);
    must(s == OK || s == E_LIMIT);
    if (s == OK) must(pseudonym_put_back(people, out, &back, NULL) == OK && str_eq(back, text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct clinic clinic;
    if (!clinic.arena) open_clinic(&clinic);
    struct arena *arena = arena_new((size_t)64 << 20);
    must(arena != NULL);
    const struct asked asked = { .text = { (const char *)data, size },
                                 .context = { INTENT_DOSAGE, STR("lisinopril") },
                                 .has_context = size % 2 == 1,
                                 .today = { 2024, 12, 1 },
                                 .emergency_number = STR("1515") };
    struct rag_answer out;
    enum status s = answer_make(&clinic.books, arena, clinic.record, &asked, &out, NULL);
    must(s == OK || s == E_LIMIT);
    if (s == OK) {
        must(out.text.n > 0 && out.text.n <= 2 * ANSWER_BYTES_MAX);
        must(!utf8_is_clean(asked.text) || utf8_is_clean(out.text));
        must(out.grounded == (out.source_count > 0));
        for (size_t i = 0; i < out.source_count; i++)
            must(utf8_is_clean(out.sources[i].quote) && out.sources[i].title.n > 0);
    }
    hide_and_put_back(arena, asked.text);
    arena_free(arena);
    return 0;
}
