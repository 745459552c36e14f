#ifndef UNDERSTANDING_QUESTION_CORE_H
#define UNDERSTANDING_QUESTION_CORE_H
/*
 * question_core -- what a message asks, without the courtesy around it ("Bonjour docteur, … svp, merci d'avance") and not in capitals, which
 * say nothing: who greets is answered as who does not.
 */
#include "understanding/intent.h"

/* *core: a part of the text, or its small letters in the arena; the text itself where nothing but courtesy is said. */
enum status question_core(const struct intent_book *, struct text_reader *, struct arena *, struct str text,
                          struct str *core, struct err *) MUST_CHECK;

#endif
