#include "rag/model_step.h"

#include "patients/consent.h"
#include "rag/rag_room.h"

/* Evidence, prompt and answer of one question; a real one takes some hundred kilobytes. */
#define WORK_BYTES ((size_t)16 << 20)

void model_step_prepare(const struct rag *rag, const struct record *record, const struct asked *asked,
                        const struct rag_answer *local, struct model_step *step) {
    int64_t start_us = clock_monotonic_us();
    if (!rag->generator || !model_is_asked(local)) return;
    step->report.end = MODEL_TROUBLE;
    step->work = arena_new(WORK_BYTES);
    if (!step->work) return;
    enum status s = evidence_gather(&rag->books, step->work, record, asked, local, &step->evidence, NULL);
    if (s == OK) step->report.end = model_evidence_fits(&step->evidence);
    step->report.own_us = clock_monotonic_us() - start_us;
}

bool model_place_take(struct rag *rag) {
    if (atomic_fetch_add(&rag->models_waited_for, 1) < MODEL_WAITING_MAX) return true;
    atomic_fetch_sub(&rag->models_waited_for, 1);
    return false;
}

void model_place_leave(struct rag *rag) {
    atomic_fetch_sub(&rag->models_waited_for, 1);
}

static void remember_call(const struct rag *rag, const struct rag_question *q, struct model_step *step) {
    const struct generation *g = &step->report.generation;
    step->call = (struct model_call) { .kind = CALL_GENERATE,
                                       .patient_id = q->patient->id,
                                       .provider = rag->generator->provider,
                                       .model = rag->generator->model,
                                       .model_version = g->model_version,
                                       .host = rag->generator->host,
                                       .outcome = str_from_c(generation_outcome_name(g->outcome)),
                                       .http_code = g->http_code,
                                       .calls = g->calls,
                                       .texts = step->evidence.count + 1,
                                       .sent_bytes = g->sent_bytes,
                                       .tokens_in = g->tokens_in,
                                       .tokens_out = g->tokens_out,
                                       .duration_us = g->duration_us,
                                       .at_us = q->now_us };
}

enum status model_step_ask(struct rag *rag, struct db *db, struct arena *arena, const struct rag_question *q,
                           struct rag_answer *answer, struct model_step *step, struct err *err) {
    bool granted;
    if (step->report.end != MODEL_SAID) return OK;
    enum status s = consent_is_granted(db, q->patient->id, CONSENT_EXTERNAL_MODEL, &granted, err);
    if (s != OK) return s;
    step->report.end = granted ? MODEL_CROWDED : MODEL_NO_CONSENT;
    if (!granted || !model_place_take(rag)) return OK;
    const struct model_question question = { .generator = rag->generator,
                                             .patient = q->patient,
                                             .text = q->text,
                                             .evidence = &step->evidence,
                                             .deadline_us = clock_monotonic_us() + rag->model_timeout_us };
    model_answer(step->work, arena, &question, answer, &step->report);
    model_place_leave(rag);
    if (step->report.called) remember_call(rag, q, step);
    return OK;
}

enum status model_step_log(struct db *db, const struct model_step *step, int64_t question_id,
                           struct err *err) {
    /* The breaker may hold a call back: then nothing left the house. */
    if (!step->report.called || step->call.calls == 0) return OK;
    struct model_call call = step->call;
    call.question_id = question_id;
    return model_call_add(db, &call, err);
}

void model_step_done(struct model_step *step) {
    arena_free(step->work);
    step->work = NULL;
}
