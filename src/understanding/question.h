#ifndef UNDERSTANDING_QUESTION_H
#define UNDERSTANDING_QUESTION_H
/*
 * question -- the questions of one message: "Quelle est ma dernière ordonnance ? Et ma glycémie ? merci docteur" holds two.
 *
 * A message is cut at the ends of sentences, and at "et" between two questions that are each one by themselves. What surrounds a question
 * (a greeting, thanks, what the patient tells) stays with it; sentences that want the same are one question ("Doliprane et amoxicilline,
 * combien par jour ?", "Combien de Doliprane ? Et pendant combien de temps ?").
 */
#include "understanding/understand.h"

enum { QUESTIONS_MAX = 3 };

struct questions {
    struct str texts[QUESTIONS_MAX]; /* parts of the message, in its order; one at least */
    size_t count;
    bool more; /* there were more than are answered at once */
};

enum status questions_of(const struct intent_book *, struct text_reader *, struct arena *,
                         const struct record *, const struct to_understand *, struct questions *out,
                         struct err *) MUST_CHECK;

#endif
