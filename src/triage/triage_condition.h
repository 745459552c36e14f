#ifndef TRIAGE_TRIAGE_CONDITION_H
#define TRIAGE_TRIAGE_CONDITION_H
/*
 * triage_condition -- what a message only supposes: "si je saigne, j'appelle qui ?" asks what is to be done then, and tells of nothing.
 *
 * Only where the condition is followed by, or follows, a question what to do; where nothing in the message says that it happens now, no other
 * sign stands beside it, and none speaks of death, poison or rescue. In doubt nothing is supposed. triage.txt holds the words.
 */
#include "triage/triage_turn.h"

/* Marks the words that are only supposed, and takes back the signs among them. `supposed` of the message is there and all false. */
void triage_suppose(struct triage_said *);

#endif
