#ifndef RAG_ANSWER_H
#define RAG_ANSWER_H
/*
 * answer -- words for a patient, made from the facts and passages of their own record, without a model.
 *
 * Triage first; then the intent; then facts, or passages, or a refusal; then the guard over the finished text. Everything that an answer says
 * of the record is quoted from a source that it names. Where the record is silent, what the clinic says to everybody may be quoted, as such. What was read with doubt is said to be so, and what could not be read is not said.
 * Pure: the record is in memory, nothing is written. Books are compiled once and shared by all threads.
 */
#include "rag/advice_question.h"
#include "rag/demand.h"
#include "language/expand.h"
#include "guard/guard.h"
#include "guard/injection.h"
#include "understanding/intent.h"
#include "rag/measure.h"
#include "rag/notice.h"
#include "rag/rule.h"
#include "rag/passing.h"
#include "search/near.h"
#include "search/record.h"
#include "triage/triage.h"

enum {
    ANSWER_SOURCES_MAX = 12,
    ANSWER_BYTES_MAX = 1500,   /* WhatsApp through Twilio takes 1,600 characters */
    QUESTION_CHARS_MAX = 2000, /* longer than anybody types */
    ANSWER_LIST_MAX = 12,      /* lines of a list */
    WEIGHED_MAX = 10,          /* passages that are thought of for one question */
    CONFIDENCE_SURE = 75,      /* a fact read less surely is quoted with a doubt */
    CONFIDENCE_READABLE = 55   /* … and below this not stated at all (PAGE_LEGIBLE_CONFIDENCE) */
};

struct answer_books {
    struct triage_book *triage;
    struct intent_book *intents;
    struct advice_book *advice;
    struct demand_book *demands;
    struct measure_book *measures;
    struct notice_book *notices;
    struct rule_book *rules;
    struct injection_book *injection;
    struct expander *expander;
};
enum status answer_books_new(struct arena *, struct answer_books *, struct err *) MUST_CHECK;

struct asked {
    struct str text;
    struct str whole;              /* the message that the question is a part of; empty: it is all */
    struct intent_context context; /* of the conversation; intent NONE: none */
    bool has_context;
    struct date today;
    struct str emergency_number;
    const struct record
        *advice; /* what the clinic publishes for everybody (advice_record.h); NULL: nothing */
    /* The nearest chunks in meaning, of the record and of the advice; NULL: not known. */
    const struct near_list *near, *near_advice;
};

/* What the doctor has to be told. */
enum tell_doctor { TELL_NOTHING, TELL_REFUSED, TELL_WANTED, TELL_STOPPED, TELL_DANGER };

/* What would have been quoted, and what spoke for it. */
struct weighed {
    struct str text;
    struct passing passing;
};

struct rag_answer {
    struct str text;
    struct rag_source sources[ANSWER_SOURCES_MAX];
    size_t source_count;
    enum lang language;
    enum intent intent;
    enum danger danger;
    bool
        grounded; /* it says something of the record, or of the clinic's advice, and every word of that is borne by a source */
    bool escalated; /* a danger sign: the doctor is alarmed */
    bool
        refused; /* asked for something that the record does not hold, or not for sure: sources are then what comes closest */
    size_t
        questions; /* that the message holds and the text answers, one below the other; 0: it was a danger sign */
    bool searched; /* passages were looked for: nearness in meaning may find more */
    bool
        names_more; /* the question names what no table of ours knows, or a disease: it may ask for more than its kind says */
    enum tell_doctor tell;
    const char *engine; /* "local": without a model */
    struct str
        caution; /* part of the text, whoever words it: the emergency number, where a danger is supposed; else empty */
    struct str session_id;               /* set by rag_ask() */
    int64_t question_id;                 /* likewise: the logged question */
    struct intent_context context;       /* to remember */
    struct weighed weighed[WEIGHED_MAX]; /* passages that were thought of, as the search found them */
    size_t weighed_count;
    /* By clock_monotonic_us(). Retrieving is reading the question for the search, and the search; what is quoted of it is chosen while composing. */
    int64_t triage_us, understand_us, retrieve_us, compose_us;
};

/* The danger signs alone, before a record is read: true when there is one, and *out is then complete. */
enum status answer_danger(const struct answer_books *, struct arena *, const struct asked *,
                          enum lang of_patient, struct rag_answer *out, bool *found, struct err *) MUST_CHECK;

/* Everything, triage included. *out lives in the arena; texts may point into the record. */
enum status answer_make(const struct answer_books *, struct arena *, const struct record *,
                        const struct asked *, struct rag_answer *out, struct err *) MUST_CHECK;

#endif
