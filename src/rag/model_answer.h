#ifndef RAG_MODEL_ANSWER_H
#define RAG_MODEL_ANSWER_H
/*
 * model_answer -- a model's words for an answer that was made without one, or its doubt of that answer, or the answer as it is.
 *
 * Evidence and question leave without names (prompt.h); what returns is read as hostile (model_reply.h), its sentences are kept when a passage bears
 * them (proof.h), and guard.h looks at the whole. Whatever goes wrong, the answer without a model stands: nobody waits for nothing.
 *
 * A model may say anew what the record's passages answer (reports, instructions, how long or how much, questions of no other kind), and the dose of one
 * medicine, which must then be said whole. Lists of facts (medicines, values, vaccinations, appointments) and answers with a warning of ours stay as they stand:
 * whole and in order. There, and where its own words are not borne, the model is asked for no more than the place: the paper is quoted where it points (proof.h).
 * So is what was not found without it, whatever was asked of the record.
 *
 * It is a second reader too. When it points at what our answer quotes, that stands; at something else, the quote takes its place, unless
 * it is from an older paper, or ours has a warning; when it finds no answer, or none that may be shown, ours is said to be no more than what comes closest, and the
 * doctor is told: two readers must agree before a patient is told that this is it.
 *
 * Not asked at all: danger signs, other people, what is no question to a record, lists of everything (allergies,
 * documents), and the clinic's advice, which is quoted as a doctor published it.
 */
#include "models/generator.h"
#include "patients/patient.h"
#include "rag/evidence.h"

/* What became of the answer without a model. */
enum model_end {
    MODEL_NOT_OPEN, /* not a question for a model, or there is none */
    MODEL_SAID,     /* it does not: the words are the model's */
    MODEL_INJECTED, /* the question speaks to the program */
    MODEL_NO_PASSAGE,
    MODEL_NO_CONSENT,
    MODEL_CROWDED,    /* as many wait for a model as may */
    MODEL_NAMES,      /* names could not be hidden: too long, too many */
    MODEL_NOT_GIVEN,  /* see the generation's outcome */
    MODEL_MALFORMED,  /* JSON of another form */
    MODEL_UNKNOWN,    /* it says that the passages do not answer, and nor does the answer without a model */
    MODEL_UNBORNE,    /* no sentence is borne by what it cites */
    MODEL_BESIDE,     /* what is demanded (demand.h) stands in none */
    MODEL_INCOMPLETE, /* a dose of the answer without a model got lost */
    MODEL_TROUBLE,    /* no memory */
    MODEL_CONFIRMED, /* it finds that they answer: the answer, which it may not put otherwise, stands as it is */
    MODEL_DOUBTED, /* it does not: the answer became what comes closest, and the doctor is told */
    MODEL_END_COUNT
};

struct model_report {
    enum model_end end;
    bool called;                  /* something left the house */
    struct generation generation; /* of the call; its JSON is not kept */
    int64_t wait_us, own_us;      /* for the service; for everything else */
};

/* "no_consent", "late" …; NULL: not to be told (not open, or the model's words). */
const char *model_fallback_name(const struct model_report *);

/* Whether a model may be asked of this answer, that was made without one. The evidence decides more (model_evidence_fits()). */
bool model_is_asked(const struct rag_answer *local);
enum model_end model_evidence_fits(const struct evidence *);

struct model_question {
    const struct generator *generator;
    const struct patient *patient;
    struct str text;
    const struct evidence *evidence;
    int64_t deadline_us; /* clock_monotonic_us() */
};

/*
 * Asks, and puts the model's words, sources and engine in the place of *answer (strings in `keep`), or doubts or leaves it. In no transaction: this waits for the
 * outside. `work` is for everything else and may be wiped afterwards.
 */
void model_answer(struct arena *work, struct arena *keep, const struct model_question *,
                  struct rag_answer *answer, struct model_report *);

#endif
