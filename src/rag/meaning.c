#include "rag/meaning.h"

#include "models/embedder.h"
#include "patients/consent.h"
#include "rag/pseudonym.h"
#include "rag/rag_room.h"

bool meaning_may_help(const struct rag *rag, const struct record *record) {
    return rag->embedder && near_is_complete(record);
}

static enum status hide(struct arena *arena, const struct patient *patient, struct str question,
                        struct str *out, struct err *err) {
    struct text_reader *reader;
    struct pseudonym *hidden;
    enum status s = text_reader_open(arena, &reader, err);
    if (s == OK) s = pseudonym_new(arena, reader, patient, NULL, 0, &hidden, err);
    return s == OK ? pseudonym_hide(hidden, question, out, err) : s;
}

static void describe(const struct embedder *e, const struct embedding *r, enum status outcome,
                     int64_t patient_id, int64_t now_us, struct model_call *out) {
    *out = (struct model_call) { .kind = CALL_EMBED_QUESTION,
                                 .patient_id = patient_id,
                                 .provider = e->provider,
                                 .model = e->model,
                                 .model_version = STR(""),
                                 .host = e->host,
                                 .outcome = str_from_c(status_name(outcome)),
                                 .http_code = r->http_code,
                                 .calls = r->calls,
                                 .texts = 1,
                                 .sent_bytes = r->sent_bytes,
                                 .tokens_in = r->tokens_in,
                                 .duration_us = r->duration_us,
                                 .at_us = now_us };
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
    describe(e, &result, s, patient->id, now_us, &out->call);
    out->known = s == OK && result.dimensions > 0 &&
                 vector_question_read(result.vectors, (size_t)result.dimensions, &out->question);
    return OK;
}
