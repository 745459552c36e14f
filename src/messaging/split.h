#ifndef MESSAGING_SPLIT_H
#define MESSAGING_SPLIT_H
/*
 * split -- a long text in parts that a carrier takes, cut where a reader would pause. Pure.
 */
#include "base/base.h"

/*
 * Takes the next part of at most max_chars characters off *rest and returns it, trimmed: cut after a
 * paragraph, else a line, else a sentence, else a word, in the second half of the part; else at the last
 * character, and never inside what a reader sees as one (a family of emoji). A character beyond U+FFFF counts as
 * two, as carriers count. Empty when nothing is left. *rest is clean UTF-8.
 */
struct str split_next(struct str *rest, size_t max_chars);

#endif
