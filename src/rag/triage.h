#ifndef RAG_TRIAGE_H
#define RAG_TRIAGE_H
/*
 * triage -- danger signs in a message, before anything else is thought about it.
 *
 * Signs are turns of phrase in French, Wolof, English and mixtures, with their misspellings (triage_table.c). A sign that is denied ("je n'ai pas
 * mal à la poitrine"), long past ("un infarctus en 2012") or only asked about ("c'est quoi un AVC ?") is none. In doubt it is one:
 * an alarm too many costs a call, one too few a life.
 *
 * Pure. The book is compiled once and shared by all threads.
 */
#include "rag/phrase.h"

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
    DANGER_CALL, /* asks for rescue */
    DANGER_COUNT
};

/* How a sign may be taken back: the weights of the table. */
enum {
    SIGN_PLAIN = 0,
    SIGN_DENIES = 1, /* the denial is part of it: "peux pas respirer" */
    SIGN_NAME = 2    /* the name of a disease, which people also ask about */
};

struct triage_book;

enum status triage_book_new(struct arena *, struct triage_book **, struct err *) MUST_CHECK;

/* The gravest sign of the message, in the order of the enum; DANGER_NONE when there is none. */
enum status triage_read(const struct triage_book *, struct arena *, const struct tokens *, enum danger *out,
                        struct err *) MUST_CHECK;

const char *danger_name(enum danger); /* "chest", for the log and the inbox */

/* The tables, for triage.c. */
extern const struct phrase_class triage_classes[];
extern const struct phrase triage_signs[];

#endif
