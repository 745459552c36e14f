#include "rag/meaning.h"

#include "models/embedder.h"
#include "patients/consent.h"
#include "guard/pseudonym.h"
#include "rag/rag_room.h"
#include "vectors/vector_store.h"

bool meaning_may_help(const struct rag *rag, const struct record *record, const struct record *advice) {
    return rag->embedder && (near_is_complete(record) || (advice && near_is_complete(advice)));
}

static enum status hide(struct arena *arena, const struct patient *patient, struct str question,
                        struct str *out, struct err *err) {
    struct text_reader *reader;
    struct pseudonym *hidden;
    enum status s = text_reader_open(arena, &reader, err);
    if (s == OK) s = pseudonym_new(arena, reader, patient, NULL, 0, &hidden, err);
    return s == OK ? pseudonym_hide(hidden, question, out, err) : s;
}

enum status meaning_ask(const struct rag *rag, struct db *db, struct arena *arena,
                        const struct patient *patient, struct str question, int64_t now_us,
                        struct meaning *out, struct err *err) {
    const struct embedder *e = rag->embedder;
    struct embedding_text text = { .title = STR("") };
    struct embedding result = { 0 };
    bool agreed;
    out->known = out->called = false;
    if (!e) return OK;
    enum status s = consent_is_granted(db, patient->id, CONSENT_EXTERNAL_MODEL, &agreed, err);
    if (s != OK || !agreed) return s;
    if ((s = hide(arena, patient, question, &text.text, err)) != OK) return s;
    s = e->embed(e->ctx, arena, EMBED_QUESTION, &text, 1, clock_monotonic_us() + EMBED_QUESTION_US, &result,
                 NULL);
    out->called = result.calls > 0;
    out->call = model_call_of_embedding(e, &result, s);
    out->call.kind = CALL_EMBED_QUESTION;
    out->call.patient_id = patient->id;
    out->call.texts = 1;
    out->call.at_us = now_us;
    out->known = s == OK && result.dimensions > 0 &&
                 vector_question_read(result.vectors, (size_t)result.dimensions, &out->question);
    out->values = result.vectors;
    return OK;
}

/* The chunk that a hit names, or chunk_count: the store may hold what the record does not any more. */
static uint32_t chunk_of(const struct record *r, const struct vector_hit *hit) {
    uint32_t i = 0;
    for (; i < r->chunk_count; i++) {
        const struct record_chunk *c = &r->chunks[i];
        if (c->id == hit->chunk_id && r->documents[c->document].id == hit->document_id && hit->document_id)
            break;
    }
    return i;
}

/* False: the store is down, or behind the table: what it does not know yet would fall behind what it knows. */
static bool find_outside(const struct rag *rag, struct arena *arena, const struct record *r,
                         const struct meaning *m, struct near_list *out) {
    char name[VECTOR_NAMESPACE_BYTES];
    struct vector_hit hits[NEAR_MAX];
    size_t count = 0, wanted = r->vectors.count < NEAR_MAX ? r->vectors.count : NEAR_MAX;
    vector_namespace(&rag->vector_key, rag->space, r->patient_id, name);
    enum status s =
        rag->store->search(rag->store->ctx, arena, str_from_c(name), m->values, m->question.dimensions,
                           clock_monotonic_us() + STORE_SEARCH_US, hits, NEAR_MAX, &count, NULL);
    *out = (struct near_list) { .record = r };
    for (size_t i = 0; s == OK && i < count; i++) {
        uint32_t chunk = chunk_of(r, &hits[i]);
        if (chunk < r->chunk_count) out->items[out->count++] = (struct near_chunk) { chunk, hits[i].cosine };
    }
    return s == OK && out->count == wanted;
}

void meaning_find_near(const struct rag *rag, struct arena *arena, const struct record *r,
                       const struct meaning *m, struct near_list *out) {
    if (rag->store && near_is_complete(r) && find_outside(rag, arena, r, m, out)) return;
    near_find(r, &m->question, out);
}
