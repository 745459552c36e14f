#ifndef LANGUAGE_PHRASE_H
#define LANGUAGE_PHRASE_H
/*
 * phrase -- finds turns of phrase in a message, from tables: what intents, danger signs and kinds of question are written in.
 *
 * A pattern is a list of elements separated by spaces, matched against neighbouring words:
 *   mal            this folded word; where people type, words of five letters and more also when misspelt (typo.h), unless the
 *                  misspelling is itself a word that everybody uses or that the thesaurus knows
 *   respir*        any word that begins so
 *   ~xol  ~menu*   any word that sounds so in Wolof (wolof.h), but no everyday word of French
 *   $pain          any word of a class; a class is a list of words and prefixes
 *   @drug          a word that the caller marked
 *   mal|douleur    one of several of the above
 *   _  or  __      up to three, or up to six, words of the same clause in between, or none
 *   ___            up to sixteen words in between, whatever stops
 *
 * A book is compiled once from constant tables, constant afterwards and shared by all threads; a mistake in a table makes phrase_book_new()
 * fail. Finding takes time in proportion to the message.
 */
#include "language/text.h"

struct phrase_class {
    const char *name;  /* "$pain" */
    const char *words; /* separated by spaces */
};

struct phrase {
    const char *pattern;
    int16_t tag;    /* what it speaks for; the caller's meaning */
    int16_t weight; /* likewise */
};

struct phrase_hit {
    uint16_t phrase;      /* index in the table */
    uint16_t first, last; /* tokens */
};

/* A mark that patterns name: "@drug", and which tokens carry it. */
struct phrase_mark {
    const char *name;
    const bool *tokens;
};

/* How what is looked through is written: by people who mistype, or as printed. */
enum phrase_spelling { PHRASE_MISSPELT_TOO, PHRASE_AS_WRITTEN };

struct phrase_book;

/* Tables end with a NULL name or pattern and outlive the book. */
enum status phrase_book_new(struct arena *, const struct phrase_class *, const struct phrase *,
                            enum phrase_spelling, struct phrase_book **, struct err *) MUST_CHECK;

/* All hits, at most one a phrase and first token, by rising first token. marks may be NULL when count is 0. */
enum status phrase_find(const struct phrase_book *, struct arena *, const struct tokens *,
                        const struct phrase_mark *marks, size_t mark_count, struct phrase_hit **out,
                        size_t *count, struct err *) MUST_CHECK;

/* Whether the word stands as it is in the book's tables, or in one of the first `rows` patterns. */
bool phrase_book_knows(const struct phrase_book *, struct str folded);
bool phrase_book_knows_in(const struct phrase_book *, size_t rows, struct str folded);

#endif
