#ifndef UNDERSTANDING_INTENT_FOLLOW_H
#define UNDERSTANDING_INTENT_FOLLOW_H
/*
 * intent_follow -- what a message leaves out and the conversation has: the intent, the subject or both.
 *
 * "et l'aspirine ?", "et avant ?", "c'est grave ?", "et la semaine dernière ?" name no question of their own, or a question without what it
 * is about. Turns of phrase stand in intents.txt ([follow …]).
 */
#include "understanding/intent_examine.h"

/* Completes what was read by itself; `before` may be NULL. */
void intent_follow(const struct intent_said *, const struct intent_context *before,
                   struct intent_reading *out);

#endif
