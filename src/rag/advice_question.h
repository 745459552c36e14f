#ifndef RAG_ADVICE_QUESTION_H
#define RAG_ADVICE_QUESTION_H
/*
 * advice_question -- whether a question that the record does not answer may be answered by the clinic's advice, from a table of cues
 * (advice.txt).
 *
 * What is the asker's own ("ma glycémie", "mon dernier rendez-vous", "suis-je allergique") is never answered by what is said to everybody, nor
 * what is somebody's of his ("ma mère"), unless it tells of an illness ("mon enfant a de la fièvre").
 * A question that wants a fact of a record ("glycémie", "vaccins") must be asked in general ("à quel âge", "comment faire baisser") and
 * without a figure that is the asker's ("1,20 de glycémie"); one that goes on with the conversation, and names nothing itself, means what that was about. A wish to change or stop a treatment
 * is the doctor's to answer, who is told even when the clinic has something to say.
 */
#include "understanding/intent.h"

enum advice_cue { CUE_OWN, CUE_KIN, CUE_ILL, CUE_MINE, CUE_HOW, CUE_GENERAL, CUE_CHANGE, CUE_COUNT };

struct advice_question {
    bool may_answer;
    bool wants_change;
};

struct advice_book;
enum status advice_book_new(struct arena *, struct advice_book **, struct err *) MUST_CHECK;

enum status advice_question_read(const struct advice_book *, struct arena *, const struct tokens *,
                                 const struct subject *, const struct intent_reading *,
                                 struct advice_question *out, struct err *) MUST_CHECK;

/* The tables, made from advice.txt. */
extern const struct phrase_class advice_classes[];
extern const struct phrase advice_cue[];

#endif
