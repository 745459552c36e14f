#include "rag/rag_json.h"

#include <jansson.h>

static struct str collection_name(enum source_collection c) {
    return c == COLLECTION_ADVICE ? STR("advice") : STR("record");
}

static const char *const correctors[] = {
    [CORRECTED_BY_NOBODY] = "", [CORRECTED_BY_DOCTOR] = "doctor", [CORRECTED_BY_STAFF] = "staff"
};

static enum corrected_by corrector_of(struct str name) {
    for (int i = CORRECTED_BY_DOCTOR; i <= CORRECTED_BY_STAFF; i++)
        if (str_eq(name, str_from_c(correctors[i]))) return (enum corrected_by)i;
    return CORRECTED_BY_NOBODY;
}

void rag_sources_json(struct json_out *o, const struct rag_source *sources, size_t count) {
    json_put_array(o);
    for (size_t i = 0; i < count; i++) {
        const struct rag_source *s = &sources[i];
        json_put_object(o);
        json_field_str(o, "collection", collection_name(s->collection));
        json_field_id_or_null(o, "document_id", s->document_id);
        json_field_str(o, "title", s->title);
        json_field_id_or_null(o, "page", s->page);
        json_field_str(o, "quote", s->quote);
        json_field_date_or_null(o, "date", s->date);
        json_field_str_or_null(o, "corrected_by", str_from_c(correctors[s->corrected_by]));
        json_put_object_end(o);
    }
    json_put_array_end(o);
}

static void put_ms(struct json_out *o, const char *key, int64_t us) {
    json_field_real(o, key, (double)us / 1000.0);
}

static void put_timings(struct json_out *o, const struct rag_answer *a, const struct rag_timings *t) {
    put_ms(o, "triage", a->triage_us);
    put_ms(o, "record", t->record_us);
    put_ms(o, "understand", a->understand_us);
    put_ms(o, "retrieve", a->retrieve_us);
    put_ms(o, "compose", a->compose_us);
    put_ms(o, "model", t->model_us);
    put_ms(o, "proof", t->proof_us);
    put_ms(o, "total", t->total_us);
}

void rag_timings_json(struct json_out *o, const struct rag_answer *a, const struct rag_timings *t) {
    json_put_object(o);
    put_timings(o, a, t);
    json_put_object_end(o);
}

void rag_timings_log_json(struct json_out *o, const struct rag_answer *a, const struct rag_timings *t) {
    json_put_object(o);
    put_timings(o, a, t);
    json_field_str_or_null(o, "fallback", str_from_c(t->fallback));
    json_put_object_end(o);
}

static bool copy_text(struct arena *arena, const json_t *object, const char *key, struct str *out) {
    const json_t *v = json_object_get(object, key);
    return arena_dup(arena, (struct str) { v ? json_string_value(v) : "", v ? json_string_length(v) : 0 },
                     out);
}

enum status rag_sources_read(struct arena *arena, struct str json, struct rag_source *out, size_t max,
                             size_t *count, struct err *err) {
    json_t *list = json_loadb(json.p, json.n, 0, NULL);
    *count = json_array_size(list);
    enum status s =
        json_is_array(list) && *count <= max ? OK : fail(err, E_INTERNAL, NULL, "logged sources are damaged");
    for (size_t i = 0; i < *count && s == OK; i++) {
        const json_t *o = json_array_get(list, i);
        struct str day = str_from_c(json_string_value(json_object_get(o, "date")));
        struct str collection = str_from_c(json_string_value(json_object_get(o, "collection")));
        out[i] = (struct rag_source) { .document_id = json_integer_value(json_object_get(o, "document_id")),
                                       .page = (int)json_integer_value(json_object_get(o, "page")) };
        /* Answers that were logged before there was any advice do not say. */
        if (str_eq(collection, collection_name(COLLECTION_ADVICE))) out[i].collection = COLLECTION_ADVICE;
        struct str corrector = str_from_c(json_string_value(json_object_get(o, "corrected_by")));
        out[i].corrected_by = corrector_of(corrector);
        if (day.n && !date_parse_iso(day, &out[i].date))
            s = fail(err, E_INTERNAL, NULL, "a logged source has a bad day");
        if (!copy_text(arena, o, "title", &out[i].title) || !copy_text(arena, o, "quote", &out[i].quote))
            s = fail(err, E_LIMIT, NULL, "no memory for sources");
    }
    json_decref(list);
    return s;
}
