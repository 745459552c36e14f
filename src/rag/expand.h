#ifndef RAG_EXPAND_H
#define RAG_EXPAND_H
/*
 * expand -- words that the answer uses though the question does not, from tables.
 *
 * Two kinds: other names of the same thing ("hta" and "hypertension artérielle", "sucre" and "glycémie"), which count as found; and words that
 * passages of a kind are written in ("comment conserver" -> "péremption, température, portée des enfants"), which only help to rank.
 */
#include "rag/phrase.h"

struct expander;

/* Compiled once; constant afterwards, shared by all threads. */
enum status expander_new(struct arena *, struct expander **, struct err *) MUST_CHECK;

enum { EXPAND_SAME_MAX = 6, EXPAND_HELPERS_MAX = 80 };

/* Other folded names of the word at a token; answers how many (at most EXPAND_SAME_MAX single words). */
size_t expand_same(struct str folded, struct str out[EXPAND_SAME_MAX]);

/* Helping words of the kinds of question that the message asks, folded; at most EXPAND_HELPERS_MAX. */
enum status expand_helpers(const struct expander *, struct arena *, const struct tokens *, struct str *out,
                           size_t *count, struct err *) MUST_CHECK;

/* A word that says which kind of question it is ("conserver"): passages that answer may be written in other words. */
bool expand_knows(const struct expander *, struct str folded);

/* "mg", "comprimé", "sirop": strength and form say which product, not which passage. */
bool expand_is_form(struct str folded);

#endif
