#ifndef RAG_CITATION_H
#define RAG_CITATION_H
/*
 * citation -- the words of a passage at which a model's sentence points, as they are printed.
 *
 * A sentence that no passage bears word by word (claim.h) may still say where the answer stands. Then the paper itself is quoted there, and
 * nothing of the model: the run of whole sentences of the passage that holds most of the sentence's words, as short as can be. It must hold every
 * figure of the sentence, and half of its words with a meaning; so what the model adds, turns round or makes up is either not there, and nothing is quoted, or
 * the paper says it right. A dose is quoted together with the medicine that it is of.
 */
#include "base/clock.h"
#include "language/text.h"

enum { CITATION_BYTES_MAX = 420 };

/* *quote points into the passage; empty: the sentence points at nothing of it. `of` is the day of the passage's paper, which a sentence may name. */
enum status citation_find(struct arena *, struct text_reader *, struct str sentence, struct str passage,
                          struct date of, struct str *quote, struct err *) MUST_CHECK;

/* The words stand in the text, wherever its lines end. */
bool citation_stands(struct str text, struct str words);

/* How much of a medicine to take, or how often. */
enum status citation_tells_to_take(struct arena *, struct text_reader *, struct str quote, bool *tells,
                                   struct err *) MUST_CHECK;

/* Whether the text holds one of several stems, which have blanks between. */
enum status citation_holds_one(struct arena *, struct text_reader *, struct str text, struct str stems,
                               bool *holds, struct err *) MUST_CHECK;

#endif
