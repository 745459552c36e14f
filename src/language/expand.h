#ifndef LANGUAGE_EXPAND_H
#define LANGUAGE_EXPAND_H
/*
 * expand -- words that the answer uses though the question does not.
 *
 * Two kinds: what papers call the thing that is asked for ("ma tension", "blood pressure" -> "TA"; thesaurus.txt), which counts as found; and words
 * that passages of a kind are written in ("comment conserver" -> "péremption, température, portée des enfants"), which only help to rank.
 */
#include "language/phrase.h"

struct expander;

/* Compiled once; constant afterwards, shared by all threads. */
enum status expander_new(struct arena *, struct expander **, struct err *) MUST_CHECK;

enum { EXPAND_SAME_MAX = 40, EXPAND_HELPERS_MAX = 80, EXPAND_CONCEPTS_MAX = 4 };

/* What papers call one thing. */
struct concept {
    struct str *stems;
    size_t same, count; /* the first `same` of them say it, the others only show it: its unit, its heading */
    bool everyday;      /* in many questions: it says little about what is asked */
};

/* Tokens of a question that name a thing; an ambiguous name has several concepts. */
struct named {
    uint16_t first, last;
    uint16_t concepts[EXPAND_CONCEPTS_MAX];
    uint8_t concept_count;
};

struct expansion {
    const struct expander *expander;
    struct named *names;
    size_t count;
    uint16_t *at; /* a token each: the number of its name + 1, or 0 */
};

/* What the thesaurus knows of a question. Of names that overlap the broadest counts ("blood pressure" before "blood"). */
enum status expand_read(const struct expander *, struct arena *, const struct tokens *, struct expansion *out,
                        struct err *) MUST_CHECK;

/* The name that the token is a part of; NULL: the thesaurus does not know it. */
const struct named *expand_named(const struct expansion *, size_t token);
const struct concept *expand_concept(const struct expansion *, const struct named *, size_t i);

/* Whether papers say with that word what the token names. */
bool expand_says(const struct expansion *, size_t token, struct str stem);

/* Other single folded words by which papers say what the word says or asks for ("caillou" -> "calcul"); answers how many (at most EXPAND_SAME_MAX). */
size_t expand_same(struct str folded, struct str out[EXPAND_SAME_MAX]);
/* Both say one thing: a word that only asks for it is none of its names. */
bool expand_are_same(struct str a, struct str b);

/* Helping words of the kinds of question that the message asks, folded; at most EXPAND_HELPERS_MAX. */
enum status expand_helpers(const struct expander *, struct arena *, const struct tokens *, struct str *out,
                           size_t *count, struct err *) MUST_CHECK;

/* "mg", "comprimé", "sirop": strength and form say which product, not which passage. */
bool expand_is_form(struct str folded);

#endif
