#ifndef LANGUAGE_FEATURE_H
#define LANGUAGE_FEATURE_H
/*
 * feature -- what a message is made of, as short texts that can be weighed ("w:souffle", "c:^ouff"), and the tables of what they weigh.
 *
 * The weights are learned at build time from labelled messages (tools/learn.h). One class of messages or several: each has a weight of its
 * own for every feature, and the sum over a message's features with the bias of the class is how much the message speaks for it.
 */
#include "base/arena.h"
#include "base/status.h"

struct features {
    struct arena *arena;
    struct str *items;
    size_t count, room;
    bool full; /* no memory, or more than `room` */
};

/* Room for so many; false: the arena is full. */
bool features_open(struct features *, struct arena *, size_t room) MUST_CHECK;

/* Longer than any feature that two messages share, it is left out. */
void features_add(struct features *, const char *format, ...) PRINTF(2, 3);

/* The pieces of three to five letters of a word with its ends marked: misspellings share most of theirs. None of short and endless words. */
void features_add_pieces(struct features *, struct str word);

/* How many features_add_pieces() may add for a word. */
enum { FEATURE_PIECES_MAX = 78 };

/* In the order of feature_compare(), each once. */
enum status features_finish(struct features *, struct err *) MUST_CHECK;

/* By bytes, and the shorter first. */
int feature_compare(struct str a, struct str b);

struct weight_table {
    size_t count, classes;
    const struct str *features; /* in the order of feature_compare() */
    const float *weights;       /* of each feature, a row of classes */
    const float *bias;          /* a class each */
};

/* Adds up what the features weigh for each class. */
void features_weigh(const struct features *, const struct weight_table *, double *scores);

#endif
