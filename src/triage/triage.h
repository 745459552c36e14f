#ifndef TRIAGE_TRIAGE_H
#define TRIAGE_TRIAGE_H
/*
 * triage -- danger signs in a message, before anything else is thought about it.
 *
 * Signs are turns of phrase in French, Wolof, English and mixtures, with their misspellings (triage.txt); a sign that is denied ("je n'ai pas
 * mal à la poitrine"), long past ("un infarctus en 2012") or only asked about ("c'est quoi un AVC ?") is taken back. All that, the words
 * and what they speak of are weighed with what was learned from thousands of labelled messages (triage_feature.h), so that a danger is seen
 * that no turn of phrase tells ("il laisse tomber sa tasse et ne trouve plus ses mots"). In doubt it is one: an alarm too many costs a
 * call, one too few a life.
 *
 * Pure. The book is compiled once and shared by all threads.
 */
#include "language/phrase.h"

enum danger {
    DANGER_NONE,
    DANGER_SUICIDE, /* first: it has words of its own */
    DANGER_CHEST,
    DANGER_BREATHING,
    DANGER_STROKE,
    DANGER_UNCONSCIOUS,
    DANGER_SEIZURE,
    DANGER_BLEEDING,
    DANGER_POISON,
    DANGER_PREGNANCY,
    DANGER_CHILD,
    DANGER_ALLERGY,
    DANGER_HEAD,
    DANGER_INJURY,
    DANGER_BITE,
    DANGER_SUGAR,
    DANGER_FEVER,
    DANGER_PAIN,
    DANGER_CALL,    /* asks for rescue */
    DANGER_UNNAMED, /* by the weights alone */
    DANGER_COUNT
};

/* How a sign may be taken back: the weights of the table. */
enum {
    SIGN_DENIES = 1, /* the denial is part of it: "peux pas respirer" */
    SIGN_NAME = 2    /* the name of a disease, which people also ask about */
};

/* Turns of phrase that take a sign back, or speak against that. */
enum triage_turn_kind {
    TURN_PAST,
    TURN_IMPERFECT,
    TURN_PRESENT,
    TURN_BACK,
    TURN_GONE,
    TURN_IDIOM,
    TURN_REPORTED,
    TURN_ASKS,
    TURN_DEFINES,
    TURN_CAUSES,
    TURN_KINDS_WEIGHED, /* those below only serve triage_condition.h */
    TURN_SUPPOSES = TURN_KINDS_WEIGHED,
    TURN_WHETHER,
    TURN_WHAT_THEN,
    TURN_SUBJECT,
    TURN_BRINGS_ON,
    TURN_NOW
};

/* What a message speaks of, for the weights. */
enum triage_concept_kind {
    CONCEPT_PAIN,
    CONCEPT_AWFUL,
    CONCEPT_MILD,
    CONCEPT_CHEST,
    CONCEPT_HEAD,
    CONCEPT_BELLY,
    CONCEPT_LIMB,
    CONCEPT_FACE,
    CONCEPT_SKIN,
    CONCEPT_GENITAL,
    CONCEPT_BREATH,
    CONCEPT_BLOOD,
    CONCEPT_VOMIT,
    CONCEPT_STOOL,
    CONCEPT_URINE,
    CONCEPT_FEVER,
    CONCEPT_COLD,
    CONCEPT_STROKE,
    CONCEPT_SPEECH,
    CONCEPT_SIGHT,
    CONCEPT_UNCONSCIOUS,
    CONCEPT_STILL,
    CONCEPT_SEIZURE,
    CONCEPT_CONFUSED,
    CONCEPT_SWELL,
    CONCEPT_CHOKE,
    CONCEPT_POISON,
    CONCEPT_PILLS,
    CONCEPT_MANY,
    CONCEPT_TOOK,
    CONCEPT_DEATH,
    CONCEPT_DESPAIR,
    CONCEPT_HURTSELF,
    CONCEPT_PREGNANT,
    CONCEPT_INFANT,
    CONCEPT_CHILD,
    CONCEPT_ELDER,
    CONCEPT_RELATIVE,
    CONCEPT_NEIGHBOUR,
    CONCEPT_ANIMAL,
    CONCEPT_BITE,
    CONCEPT_INJURY,
    CONCEPT_FALL,
    CONCEPT_CRASH,
    CONCEPT_FIRE,
    CONCEPT_POWER,
    CONCEPT_ATTACK,
    CONCEPT_SUGAR,
    CONCEPT_PRESSURE,
    CONCEPT_SICKLE,
    CONCEPT_ALLERGY,
    CONCEPT_CLOT,
    CONCEPT_BAD,
    CONCEPT_WORSE,
    CONCEPT_SUDDEN,
    CONCEPT_SINCENOW,
    CONCEPT_NOTABLE,
    CONCEPT_DENIAL,
    CONCEPT_PAST,
    CONCEPT_OVER,
    CONCEPT_FINE,
    CONCEPT_ASK,
    CONCEPT_RISK,
    CONCEPT_PAPER,
    CONCEPT_VISIT,
    CONCEPT_TREAT,
    CONCEPT_MONEY,
    CONCEPT_TECH,
    CONCEPT_LAUGH,
    CONCEPT_COUNT
};

struct triage_book;

enum status triage_book_new(struct arena *, struct triage_book **, struct err *) MUST_CHECK;

struct triage_reading {
    enum danger
        danger; /* the gravest sign of the message, in the order of the enum; DANGER_NONE when there is none */
    bool supposed; /* a sign is only supposed (triage_condition.h): it is no alarm, and may come true */
};
enum status triage_read(const struct triage_book *, struct arena *, const struct tokens *,
                        struct triage_reading *out, struct err *) MUST_CHECK;

const char *danger_name(enum danger); /* "chest", for the log and the inbox */

/* The tables, made from triage.txt. */
extern const struct phrase_class triage_classes[];
extern const struct phrase triage_danger[], triage_turn[], triage_concept[];

#endif
