#ifndef LANGUAGE_TEXT_H
#define LANGUAGE_TEXT_H
/*
 * text -- words with their place: what search, intents and triage see instead of characters.
 *
 * A token is a run of letters or a number, folded (utf8_fold: lower case, no accents) and stemmed (Snowball's French stemmer over the
 * folded form, so that "prescrites", "préscrite" and "PRESCRITE" meet). "10mg" is two tokens, "1,05" is one number ("1.05"),
 * "l'aspirine" is two words, "HbA1c" is one. Questions are read more kindly than documents: SMS spellings and
 * abbreviations are written out ("g mal ojd" -> "j ai mal aujourd hui"), long repetitions shortened ("nooon").
 *
 * Tokens point into the text they were read from; their folded form and stem live in the arena. Any bytes are accepted: what is
 * not valid UTF-8 separates words. At most TEXT_TOKENS_MAX tokens are made of one text; the rest is left out.
 */
#include "base/arena.h"
#include "base/status.h"
#include "base/word_list.h"

enum { TEXT_TOKENS_MAX = 4000, TEXT_WORD_BYTES_MAX = 64 };

struct token {
    struct str folded;
    struct str stem;
    uint32_t at, bytes;  /* where it stands in the text; words written out of one spelling share it */
    bool number;         /* "1.05" */
    bool stop;           /* a function word: "le", "est", "pour" */
    bool clause_start;   /* the first after . , ; : ! ? ( ) or a line end */
    bool sentence_start; /* the first after . ; ! ? or a line end */
};

struct tokens {
    struct token *items;
    size_t count;
};

enum text_kind { TEXT_DOCUMENT, TEXT_QUESTION };

/* Holds the stemmer, which is not shared between threads; dies with its arena. */
struct text_reader;
enum status text_reader_open(struct arena *, struct text_reader **, struct err *) MUST_CHECK;

enum status text_tokens(struct text_reader *, struct arena *, struct str text, enum text_kind,
                        struct tokens *out, struct err *) MUST_CHECK;

/* The stem of one folded word, in the arena. */
enum status text_stem(struct text_reader *, struct arena *, struct str folded, struct str *out,
                      struct err *) MUST_CHECK;

/* A number that stands for a term; equal terms have equal hashes, different ones differ in practice (32 bits, FNV-1a and a final mix). */
uint32_t text_hash(struct str term);

/* The full stop, exclamation or question mark at byte i ends a sentence: not behind an initial or title ("Dr S. NDIAYE"), nor within a number. */
bool text_ends_sentence(struct str text, size_t i);

/* The line that ends at the newline at byte i goes on below: a full line, whose next begins small or which ends open ("pendant", "avec"). */
bool text_wraps(struct str text, size_t i);

/* "du 28/03/2026 au", "pas de charge pendant": the last word wants another. */
bool text_ends_open(struct str line);

/* The line that begins at byte `at`, without blanks around it, and where the next one begins. */
struct str text_line_at(struct str text, size_t at);
size_t text_line_behind(struct str text, size_t at);

/* Whether a token is, folded, in the list. */
bool text_says_one(const struct tokens *, const struct word_list *);

/* Whether a token names a medicine (names_is_medicine()). */
bool text_names_medicine(const struct tokens *);

/* Whether the folded word, or words, stand in the folded text with no letter right before or behind. Empty: no. */
bool text_has_words(struct str folded, struct str words);

/* The words of the token's text as it was written. */
static inline struct str token_source(struct str text, const struct token *t) {
    return str_sub(text, t->at, t->bytes);
}

#endif
