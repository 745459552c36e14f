/*
 * JSON from outside. Whatever the body of a request, reading it ends with a status, and every string that comes out is clean, trimmed and within
 * its limit. Whatever a model's service answers, what is believed of it is of the shape that was asked for, and vectors are of unit length.
 * Whatever Pinecone answers to a search names passages, with cosines. Whatever a model writes as its answer, the patient gets words that the guard lets pass, or the answer as it was.
 */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "http/fields.h"
#include "models/provider.h"
#include "models/service_error.h"
#include "rag/model_answer.h"
#include "vectors/pinecone_room.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_MAX = 20 };

static void check_text(struct str s) {
    struct str trimmed = str_trim(s);
    if (!utf8_is_clean(s) || utf8_length(s) > TEXT_MAX || trimmed.n != s.n) abort();
}

static void read_all(struct fields *f) {
    static const char *const words[] = { "a", "b", NULL };
    struct str text, *list;
    struct date date;
    int64_t number;
    size_t count;
    bool flag;
    int word;
    if (fields_str(f, "s", FIELD_REQUIRED, TEXT_MAX, &text)) {
        check_text(text);
        if (text.n == 0) abort();
    }
    if (fields_str(f, "o", FIELD_OPTIONAL, TEXT_MAX, &text)) check_text(text);
    if (fields_secret(f, "p", FIELD_OPTIONAL, TEXT_MAX, &text) && (text.n > TEXT_MAX || !utf8_is_clean(text)))
        abort();
    if (fields_i64(f, "n", FIELD_OPTIONAL, -5, 5, &number) && (number < -5 || number > 5)) abort();
    if (fields_date(f, "d", FIELD_OPTIONAL, &date) && !date_is_valid(date)) abort();
    if (fields_time(f, "t", FIELD_OPTIONAL, &number) && number == INT64_MIN) abort();
    if (fields_word(f, "w", FIELD_OPTIONAL, words, &word) && (word < 0 || word > 1)) abort();
    (void)fields_bool(f, "b", FIELD_OPTIONAL, &flag);
    if (!fields_str_list(f, "l", FIELD_OPTIONAL, 3, TEXT_MAX, &list, &count)) return;
    if (count > 3) abort();
    for (size_t i = 0; i < count; i++) check_text(list[i]);
}

static void check_generation(struct arena *a, const struct generator_wire *wire, struct str body,
                             const json_t *schema) {
    struct generation g = { .json = STR(""), .model_version = STR("") };
    enum generation_outcome outcome = wire->read(a, body, &g);

    if (outcome >= GENERATION_OUTCOME_COUNT || g.tokens_in < 0 || g.tokens_out < 0) abort();
    if (!utf8_is_clean(g.model_version) || g.model_version.n > WIRE_NAME_BYTES_MAX) abort();
    if (outcome != GENERATED || wire_shape(&g, schema) != GENERATED) return;
    json_t *value = wire_json(g.json);
    if (!json_is_string(json_object_get(value, "answer")) || !utf8_is_clean(g.json)) abort();
    json_decref(value);
}

static void check_embedding(struct arena *a, const struct embedder_wire *wire, struct str body) {
    for (size_t count = 1; count <= 2; count++) {
        struct embedding out = { 0 };
        if (wire->read(a, body, count, &out, NULL) != OK) continue;
        if (out.dimensions < 1 || out.dimensions > EMBEDDING_DIMENSIONS_MAX || out.tokens_in < 0) abort();
        for (size_t i = 0; i < count; i++) {
            double sum = 0;
            for (int d = 0; d < out.dimensions; d++)
                sum += pow((double)out.vectors[i * (size_t)out.dimensions + (size_t)d], 2);
            if (!(fabs(sqrt(sum) - 1) < 1e-3)) abort();
        }
    }
}

static void check_answer(struct arena *a, struct str body) {
    json_t *schema = json_loads("{\"type\":\"object\",\"required\":[\"answer\"],\"properties\":"
                                "{\"answer\":{\"type\":\"string\"}}}",
                                0, NULL);
    struct service_error error = service_error_read(body);

    if (error.retry_us < 0 || error.retry_us > DAY_US) abort();
    check_generation(a, &gemini_generator_wire, body, schema);
    check_generation(a, &openai_generator_wire, body, schema);
    check_embedding(a, &gemini_embedder_wire, body);
    check_embedding(a, &openai_embedder_wire, body);
    json_decref(schema);
}

static void check_matches(struct str body) {
    struct vector_hit hits[3];
    json_t *answer = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, NULL);
    size_t count = pinecone_read_matches(answer, hits, COUNT_OF(hits));
    if (count > COUNT_OF(hits)) abort();
    for (size_t i = 0; i < count; i++)
        if (hits[i].document_id <= 0 || hits[i].chunk_id <= 0 || !(fabsf(hits[i].cosine) < 1.02F)) abort();
    json_decref(answer);
}

static enum status say_the_bytes(void *ctx, struct arena *a, const struct generation_request *rq,
                                 struct generation *out, struct err *e) {
    (void)a, (void)rq, (void)e;
    *out = (struct generation) { .outcome = GENERATED, .json = *(struct str *)ctx, .model_version = STR("") };
    return OK;
}

static void check_words(struct str body) {
    const struct evidence evidence = {
        .passages = { { .document_id = 1,
                        .title = STR("Ordonnance"),
                        .page = 1,
                        .quote = STR("Lisinopril 10 mg : 1 comprimé par jour le matin. Dr Sarr"),
                        .date = { 2024, 11, 15 } },
                      { .document_id = 2,
                        .title = STR("Lettre"),
                        .page = 1,
                        .quote = STR("Garder le repos pendant 10 jours. Ne pas prendre d'ibuprofène.") } },
        .count = 2,
        .local_count = 1,
        .subject = STR("")
    };
    const struct generator g = { "gemini", STR("m"), STR("h"), &body, say_the_bytes };
    struct patient patient = patient_blank();
    struct arena *work = arena_new((size_t)64 << 20);
    struct rag_answer answer = { .text = STR("…"), .engine = "local" };
    struct model_report report = { 0 };
    if (!work) abort();
    const struct model_question q = { &g, &patient, STR("Combien de repos ?"), &evidence, 0 };
    model_answer(work, work, &q, &answer, &report);
    bool said = report.end == MODEL_SAID;
    if (said != (strcmp(answer.engine, "gemini") == 0) || said != (answer.source_count > 0)) abort();
    if (!utf8_is_clean(answer.text) || answer.text.n > ANSWER_BYTES_MAX) abort();
    struct str words = str_sub(answer.text, 0, str_find(answer.text, STR("\n\nSource")));
    if (said && guard_check(work, words, q.text, answer.sources, answer.source_count, NULL) != OK) abort();
    arena_free(work);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new(64 * size + 1024 * 1024);
    struct fields *f = NULL;
    struct err e = { 0 };
    if (!arena) abort();
    if (fields_parse(arena, (struct str) { (const char *)data, size }, &f, &e) == OK) {
        read_all(f);
        if ((fields_done(f) == OK) != (e.field_count == 0)) abort();
    }
    check_answer(arena, (struct str) { (const char *)data, size });
    check_words((struct str) { (const char *)data, size });
    check_matches((struct str) { (const char *)data, size });
    arena_free(arena);
    return 0;
}
