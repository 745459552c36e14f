/*
 * Any bytes as a question of a small record: triage, intent, search, answer and guard end, with words that can be sent; what is clean
 * UTF-8 is answered in clean UTF-8, and an answer about the record has sources. What the clinic's advice says is called that, and says no
 * amount of a medicine that the record holds. Names that are hidden in it come back as they were.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "rag/answer.h"
#include "guard/pseudonym.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct clinic {
    struct arena *arena;
    struct answer_books books;
    struct record *record, *advice;
};

static void must(bool ok) {
    if (!ok) abort();
}

static void add_chunk(struct clinic *c, struct record *record, struct text_reader *reader, int64_t document,
                      struct str text) {
    const struct record_chunk chunk = { .id = document, .confidence = 100, .page = 1, .text = text };
    struct str terms;
    must(terms_pack(reader, c->arena, STR(""), text, &terms, NULL) == OK);
    must(record_add_chunk(record, document, &chunk, terms, NULL) == OK);
}

static void open_advice(struct clinic *c, struct text_reader *reader) {
    const struct {
        struct record_document sheet;
        const char *text;
    } sheets[] = {
        { { .id = 7, .title = STR("La tension") },
          "Le lisinopril se prend souvent à 5 mg une fois par jour." },
        { { .id = 8, .title = STR("Paracétamol") }, "Prenez-le avec de l'eau, sans alcool." },
        { { .id = 9, .title = STR("Mosquito nets"), .language = LANG_EN }, "Sleep under a mosquito net." },
    };
    must(record_new(&c->advice, NULL) == OK);
    for (size_t i = 0; i < COUNT_OF(sheets); i++) {
        must(record_add_document(c->advice, reader, &sheets[i].sheet, NULL) == OK);
        add_chunk(c, c->advice, reader, sheets[i].sheet.id, str_from_c(sheets[i].text));
    }
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
    add_chunk(c, c->record, reader, 1, drug.quote);
    add_chunk(c, c->record, reader, 2, value.quote);
    must(record_add_fact(c->record, 1, &drug, NULL) == OK &&
         record_add_fact(c->record, 2, &value, NULL) == OK);
    open_advice(c, reader);
}

static bool holds(struct str text, const char *words) {
    return str_find(text, str_from_c(words)) < text.n;
}

static void check_source(const struct rag_answer *a, const struct rag_source *s) {
    must(utf8_is_clean(s->quote) && s->title.n > 0);
    if (s->collection != COLLECTION_ADVICE) return;
    must(holds(a->text, "Conseil de la clinique") || holds(a->text, "Advice of the clinic") ||
         holds(a->text, "Ndigalu klinik bi"));
    must(!holds(s->quote, "5 mg"));
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
                                 .emergency_number = STR("1515"),
                                 .advice = clinic.advice };
    struct rag_answer out;
    enum status s = answer_make(&clinic.books, arena, clinic.record, &asked, &out, NULL);
    must(s == OK || s == E_LIMIT);
    if (s == OK) {
        must(out.text.n > 0 && out.text.n <= 2 * ANSWER_BYTES_MAX);
        must(!utf8_is_clean(asked.text) || utf8_is_clean(out.text));
        must(!out.grounded || out.source_count > 0);
        must(out.grounded || out.refused || out.source_count == 0); /* of a refusal: what comes closest */
        for (size_t i = 0; i < out.source_count; i++) check_source(&out, &out.sources[i]);
    }
    hide_and_put_back(arena, asked.text);
    arena_free(arena);
    return 0;
}
