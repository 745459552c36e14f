#ifndef BASE_UTF8_H
#define BASE_UTF8_H
/*
 * utf8 -- the little that we need to know about text, over libunistring.
 */
#include "base/arena.h"

/* Valid UTF-8 (RFC 3629: no surrogates, no overlong forms) without NUL. */
bool utf8_is_clean(struct str);

/* Number of characters (code points); s must be clean. */
size_t utf8_length(struct str);

/* The longest prefix of s of at most max_bytes that ends at a whole character. */
struct str utf8_prefix(struct str s, size_t max_bytes);

/* At most max_bytes, so that nothing is cut that a reader sees as one character (Unicode's grapheme clusters); max_bytes, which is at a whole
 * character, when one is longer than all that. */
size_t utf8_whole(struct str s, size_t max_bytes);

/* Reads the character at *at and moves *at behind it; U+FFFD for a broken one. *at < s.n. */
uint32_t utf8_next(struct str s, size_t *at);

/* The character at byte `at` (at < s.n) is a capital or small letter of ASCII or Latin-1: "É", "é". */
bool utf8_is_capital(struct str s, size_t at);
bool utf8_is_small(struct str s, size_t at);

/* Small letters, accents kept: "ÉCHO" -> "écho". */
bool utf8_lower(struct arena *, struct str in, struct str *out) MUST_CHECK;

/*
 * For comparing: lower case, accents and ligatures taken away ("Œdème" -> "oedeme"), compatibility forms made plain (NFKD),
 * typographic apostrophes and dashes made ASCII. Used by search, never for display.
 */
bool utf8_fold(struct arena *, struct str in, struct str *out) MUST_CHECK;

/* NFC, with control characters other than \n and \t taken away and line ends made \n. For text from outside. */
bool utf8_clean(struct arena *, struct str in, struct str *out) MUST_CHECK;

#endif
