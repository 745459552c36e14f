#include "asking_model.h"

#include "eval.h"

enum { MODEL_WAIT_S = 300 };

void asking_model(struct asking *asking, struct model_asking *m, const struct record *record,
                  const struct patient *patient, struct str question, struct rag_answer *a,
                  struct model_report *report) {
    const struct asked asked = { .text = question, .today = asking->today, .emergency_number = STR("1515") };
    struct evidence *evidence = eval_need(arena_alloc(asking->work, sizeof *evidence));
    struct err err = { 0 };
    *report = (struct model_report) { .end = MODEL_NOT_OPEN };
    if (!model_is_asked(a)) return;
    if (evidence_gather(&asking->books, asking->work, record, &asked, a, evidence, &err) != OK)
        eval_end(err.detail);
    report->end = model_evidence_fits(evidence);
    if (report->end != MODEL_SAID) return;
    m->reader.evidence = evidence;
    m->reader.question = question;
    const struct model_question of = { .generator = m->generator,
                                       .patient = patient,
                                       .text = question,
                                       .evidence = evidence,
                                       .deadline_us =
                                           clock_monotonic_us() + MODEL_WAIT_S * INT64_C(1000000) };
    arena_reset(m->keep);
    model_answer(asking->work, m->keep, &of, a, report);
}
