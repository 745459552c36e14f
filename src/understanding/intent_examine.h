#ifndef UNDERSTANDING_INTENT_EXAMINE_H
#define UNDERSTANDING_INTENT_EXAMINE_H
/*
 * intent_examine -- what is found in a message before its intent is chosen: cues and words of classes (intents.txt), and words that are
 * explained by nothing.
 */
#include "understanding/intent.h"

struct intent_book {
    struct phrase_book *phrases;
    const struct phrase
        *rows; /* the cues, then a pattern "$class" for each class, then what leans on the question before */
    size_t cue_count, class_count;
};

/* What a token is, when its being that says more than the word itself. */
enum intent_mark {
    MARK_DRUG,
    MARK_LAB,
    MARK_NAME,   /* two unknown words side by side: somebody's name, not the patient's own */
    MARK_PERSON, /* a name that is common in Senegal */
    MARK_OTHER,  /* a word that the tables, everyday French and the subject leave unexplained */
    MARK_DISEASE,
    MARK_VACCINE,
    MARK_SHOT,
    MARK_COUNT
};

struct intent_said {
    const struct tokens *tokens;
    const struct subject *subject;
    const struct when *when;
    struct phrase_mark marks[MARK_COUNT]; /* by enum intent_mark */
    bool *other, *disease;                /* the same as their marks */
    struct phrase_hit *hits;
    size_t hit_count;
    int scores[INTENT_COUNT]; /* the sum of the cues */
    bool asks;                /* beside courtesy, if any, there is a question */
    int asked[INTENT_COUNT];  /* the sum of the cues that count: without those of courtesy, when it asks */
    size_t turn_at[FOLLOW_COUNT]; /* 1 + the first token of its first hit; 0: none */
    bool *filler, *polite;        /* a token each: asks nothing by itself; courtesy around a question */
};

/* Cues and turns of the words alone, of which only names of people are marked; and which turn a hit is (-1: none). */
enum status intent_find_turns(const struct intent_book *, struct arena *, const struct tokens *,
                              struct phrase_hit **out, size_t *count, struct err *) MUST_CHECK;
int intent_turn_of(const struct intent_book *, const struct phrase_hit *);

/* What a row is. */
static inline bool intent_is_class(const struct intent_book *b, uint16_t row) {
    return row >= b->cue_count && row < b->cue_count + b->class_count;
}

enum status intent_examine(const struct intent_book *, struct arena *, const struct tokens *,
                           const struct subject *, const struct when *, struct intent_said *out,
                           struct err *) MUST_CHECK;

#endif
