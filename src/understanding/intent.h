#ifndef UNDERSTANDING_INTENT_H
#define UNDERSTANDING_INTENT_H
/*
 * intent -- what a message wants, from a table of cues (intents.txt).
 *
 * Each cue that is found adds its weight to its intent; the highest sum of at least INTENT_SCORE_MIN wins, of equal sums the earlier
 * intent of the enum. A short message that only names another subject or time ("et pour l'aspirine ?") takes the intent of the
 * conversation; "ça", "ce médicament" take its subject.
 */
#include "language/phrase.h"
#include "understanding/subject.h"
#include "language/when.h"

enum intent {
    INTENT_NONE, /* search the passages */
    INTENT_OTHER_PERSON,
    INTENT_OUT_OF_SCOPE,
    INTENT_ADVICE, /* may I, side effects: only what the record says */
    INTENT_DOCTOR,
    INTENT_APPOINTMENTS,
    INTENT_ALLERGIES,
    INTENT_VACCINES,
    INTENT_LAB_HISTORY,
    INTENT_LAB_VALUE,
    INTENT_PRESCRIBER,
    INTENT_INSTRUCTIONS,
    INTENT_DOSAGE,
    INTENT_CURRENT_MEDICATION,
    INTENT_LAST_PRESCRIPTION,
    INTENT_DIAGNOSES,
    INTENT_DOCUMENTS,
    INTENT_STOP, /* wants no more messages */
    INTENT_HELP,
    INTENT_THANKS,
    INTENT_GREETING,
    INTENT_COUNT
};

enum {
    INTENT_SCORE_MIN = 3,
    INTENT_SCORE_SURE =
        9 /* somebody else's record, or what is no question to a record: whatever else the message asks */
};

/* What a conversation remembers of its last question. */
struct intent_context {
    enum intent intent;
    struct str subject; /* folded words; empty: none */
};

struct intent_reading {
    enum intent intent;
    enum intent second;        /* nearly as likely; NONE: none is */
    int cues;                  /* how much cues speak for any intent but courtesy */
    bool of_somebody;          /* "il", "sa": about a person who was named before */
    bool likely;               /* only by the weights of words: no cue says so */
    bool sure;                 /* somebody else's record, or no question to a record: cues say so */
    bool from_context;         /* the intent is that of the conversation */
    bool subject_from_context; /* so is the subject: "ça", "ce médicament" */
    bool
        has_other; /* words remain that are none of ours: a name, a disease, something that the record must hold */
    bool *other;   /* a token each */
    bool *disease; /* a token each: the name of a disease */
    bool names_disease;
    bool earlier; /* "avant", "précédente": not the last but what came before it */
};

/* Turns of phrase that lean on the question before. */
enum intent_turn {
    FOLLOW_BEGINS,
    FOLLOW_POINTS,
    FOLLOW_ALL,
    FOLLOW_NORMAL,
    FOLLOW_SERIOUS,
    FOLLOW_BEFORE,
    FOLLOW_NEXT,
    FOLLOW_WHEN,
    FOLLOW_FILLER,
    FOLLOW_POLITE,
    FOLLOW_WELLBEING,
    FOLLOW_SOMEBODY,
    FOLLOW_COUNT
};

struct intent_book;
enum status intent_book_new(struct arena *, struct intent_book **, struct err *) MUST_CHECK;

enum status intent_read(const struct intent_book *, struct arena *, const struct tokens *,
                        const struct subject *, const struct when *, const struct intent_context *,
                        struct intent_reading *out, struct err *) MUST_CHECK;

const char *intent_name(enum intent);     /* "last_prescription" */
enum intent intent_from_name(struct str); /* INTENT_NONE for anything else */

/* The tables, made from intents.txt. */
extern const struct phrase_class intents_classes[];
extern const struct phrase intents_intent[], intents_follow[];

#endif
