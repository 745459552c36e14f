#ifndef TESTS_EVAL_WANTED_H
#define TESTS_EVAL_WANTED_H
/*
 * wanted -- whether a text holds the words that an answer must hold.
 *
 * Forgiven, for it says nothing: accents, capitals, spaces, the bars of tables, brackets, and commas and semicolons that are in no figure.
 * Forgiven in a line of facts ("- …", not between « »), which says one thing in our words: up to four words between those that are wanted, which
 * come in their order, if none of the four denies or is a figure of anything but time ("1 sachet, pendant 3 jours, dans 1 litre").
 * Never forgiven: another figure, a word that is missing, words that stand in another order or line.
 */
#include "base/arena.h"

/* Every one of the words, separated by |. False as well when the arena is full. */
bool wanted_stand(struct arena *, struct str text, struct str words);

#endif
