#ifndef BASE_WORD_LIST_H
#define BASE_WORD_LIST_H
/*
 * word_list -- lists of words that are data.
 *
 * A room's lists stand in its words.txt, each with a name and what it is for; tools/gen_words.py makes the room's "<room>_words.h" of
 * them, in which NAME is words_name. All live as long as the program.
 */
#include "base/base.h"

struct word_list {
    struct str first; /* the word that stands for all in a row of a table */
    struct word_table {
        const char *const *items; /* in the order of bytes */
        size_t count;
    } words, beginnings, endings; /* "cas", "oper*", "*pril" */
};

/* Whether the word is one of the list, begins as one of its beginnings or ends as one of its endings. The empty word never is. */
bool word_in(struct str word, const struct word_list *list);

/* The first row of a table in which the word is, or -1. */
int word_row(struct str word, const struct word_list *rows, size_t count);

#endif
