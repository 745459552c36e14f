#ifndef RAG_APART_H
#define RAG_APART_H
/*
 * apart -- what a question says so exactly that words of a paper about its neighbour are no answer: the third dose where two are noted, the fifth
 * month, drops where millilitres stand, the day of an operation where only the next visit has one, the brother's weight.
 *
 * All look at tokens alone: those of the question (TEXT_QUESTION), and those of what would be quoted (TEXT_DOCUMENT).
 */
#include "language/text.h"

/* "3e", "2eme", "troisième": 0 when the tokens at i are none; the first is none. */
int apart_rank_at(const struct tokens *, size_t i);

/* Another member of a series than is asked for: "Rota 3", "la troisième dose", "le 5e mois". `text` is that of the quote. */
bool apart_is_of_series(const struct tokens *question, struct str text, const struct tokens *quote);

/* "À deux mois", "à 6 semaines": a time that is no day, and the quote does not name it. */
bool apart_lacks_age(const struct tokens *question, const struct tokens *quote);

/* "Combien de gouttes": no number of drops stands there. */
bool apart_lacks_unit(const struct tokens *question, const struct tokens *quote);

/* When something is to be done, which the quote does not speak of: "opérer", "retirer", "arrêter". */
bool apart_lacks_deed(const struct tokens *question, const struct tokens *quote);

/* How long between two doses, or of what was opened, and the quote is about neither. */
bool apart_lacks_occasion(const struct tokens *question, const struct tokens *quote);

/* "Perdu combien de kilos": how much it changed; what a patient weighs is no answer. `text` is that of the quote. */
bool apart_asks_gain(const struct tokens *question);
bool apart_lacks_gain(const struct tokens *question, struct str text, const struct tokens *quote);

/* "Jusqu'à quand", "du combien au combien". */
bool apart_asks_until(const struct tokens *question);
/* When something is to be given up ("quand arrêter", "du combien au combien"), and no end stands there. `text` is that of the quote. */
bool apart_lacks_end(const struct tokens *question, struct str text, const struct tokens *quote);

#endif
