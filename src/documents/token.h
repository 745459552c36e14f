#ifndef DOCUMENTS_TOKEN_H
#define DOCUMENTS_TOKEN_H
/*
 * token -- the text of a line cut into words, numbers and signs, each with its folded form and the classes it belongs to.
 *
 * "1cp x 3/j (5j)" is 1 · cp · x · 3 · / · j · ( · 5 · j · ). A decimal number is one token ("2,5"); digits after letters are a
 * token of their own that is glued ("B" "12"). Tokens quote the text: a run of them is a part of it.
 * Pure; everything lives in the arena.
 */
#include "base/arena.h"
#include "documents/word_class.h"

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_SIGN };

struct token {
    enum token_kind kind;
    bool glued;       /* no space before it */
    uint8_t cell;     /* which cell of its line, as told by the caller; 0 otherwise */
    struct str text;  /* part of tokens.text */
    struct str fold;  /* lower case, without accents */
    uint64_t classes; /* WORD_… bits; 0 for numbers and signs */
};

struct tokens {
    struct str text;
    struct token *items;
    size_t count;
};

/* False when the arena is full. */
bool tokens_split(struct arena *, struct str text, struct tokens *out) MUST_CHECK;

/* The part of the text from token `from` to the one before `to`; empty when there is none. */
struct str tokens_text(const struct tokens *, size_t from, size_t to);

/* Questions about token i, false beyond the end. */
bool token_is(const struct tokens *, size_t i, const char *fold);
bool token_has(const struct tokens *, size_t i, uint64_t classes); /* any of them */
bool token_is_sign(const struct tokens *, size_t i, char sign);
bool token_is_lower(const struct tokens *, size_t i); /* a word that starts with a small letter */
bool token_is_number(const struct tokens *, size_t i);
bool token_in(const struct tokens *, size_t i,
              const char *words); /* one of words separated by single spaces */

/* The words (folded, separated by single spaces) that start at token i: behind them, or i when they do not stand there. */
size_t tokens_match(const struct tokens *, size_t i, const char *words);

/* True if the word (folded) occurs. */
bool tokens_contain(const struct tokens *, const char *fold);

#endif
