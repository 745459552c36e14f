#ifndef RAG_EVALUATION_H
#define RAG_EVALUATION_H
/*
 * evaluation -- questions whose right answer the clinic knows (the golden set), and runs that try the assistant on all of them.
 *
 * A run asks as a patient would and shows its answers to doctors only: nothing of it is written into a conversation, nobody is notified and
 * nothing is sent. Golden questions of a patient, and what was answered to them, go with the patient.
 */
#include "jobs/job.h"
#include "rag/answer.h"

struct rag;

enum {
    GOLDEN_QUESTIONS_MAX =
        1000, /* a run stays a matter of seconds without a model, and its answer one page */
    GOLDEN_WORDS_MAX = 20,
    GOLDEN_WORD_CHARS_MAX = 100,
    GOLDEN_NOTE_CHARS_MAX = 2000
};

struct golden_question {
    int64_t id;
    int64_t patient_id; /* 0: nobody's record, the clinic's advice alone */
    struct str text;    /* the question */
    struct str
        words_json; /* list of strings; all must stand in the answer, whatever their capitals and accents */
    bool refuse;    /* the record does not hold it, and that must be said */
    struct str note, answer;
    int64_t question_id; /* of the conversation that it was taken from; 0: typed */
    int64_t created_by, created_at_us, updated_at_us;
    struct str patient_name; /* as it is read, not written; "": nobody's record */
};

/* How an answer is held against what was expected. */
struct evaluation_verdict {
    bool passed;
    const char *why;         /* "", "refused", "answered", "words_missing" */
    struct str missing_json; /* list of the words that the answer lacks */
};

/*
 * To be refused: nothing of the record was said. Else: every word stands in the answer; without words, that something of the record was said.
 * Pure. E_INTERNAL: words_json is damaged.
 */
enum status evaluation_judge(struct arena *, const struct golden_question *, const struct rag_answer *,
                             struct evaluation_verdict *, struct err *) MUST_CHECK;

struct evaluation {
    int64_t id;
    struct str state; /* "waiting", "running", "done", "failed" */
    int64_t total, up_to_id, at_id, done, passed;
    struct str engine;
    int64_t started_by, created_at_us, started_at_us, ended_at_us; /* 0: not yet */
};

/*
 * The job that runs one, payload {"evaluation_id": N}. Each question's result and the place in the set are one transaction, so that a run that
 * was cut goes on behind the last result: twice does no harm.
 */
#define EVALUATION_JOB "rag.evaluate"
struct job_kind evaluation_job_kind(struct rag *);

#endif
