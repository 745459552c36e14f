#ifndef HTTP_SEARCH_WORDS_H
#define HTTP_SEARCH_WORDS_H
/*
 * search_words -- ?search= of lists as LIKE patterns over folded text: all words must be found, whatever their case and accents.
 */
#include "http/route.h"

/* '!' escapes in the patterns. Each of `max` places is filled, with an empty str behind the last word; words beyond them could only
 * narrow the result and are left out. */
enum status search_words_read(const struct request *, struct str *patterns, size_t max,
                              struct err *) MUST_CHECK;

#endif
