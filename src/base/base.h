#ifndef BASE_BASE_H
#define BASE_BASE_H
/*
 * base -- the few words that every file of the project uses.
 *
 * A `struct str` is borrowed bytes with a length: it is not NUL-terminated and nothing is ever
 * freed through it. Text in a `struct str` is valid UTF-8 without NUL once it has passed the
 * edge (HTTP fields, configuration, extractor frames check it there).
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MUST_CHECK   __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))

/* AddressSanitizer watches this build. */
#if defined __has_feature
#if __has_feature(address_sanitizer) && !defined __SANITIZE_ADDRESS__
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define UNDER_ASAN 1
#else
#define UNDER_ASAN 0
#endif

/* Number of elements of an array (not of a pointer). */
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

struct str {
    const char *p;
    size_t n;
};

/* A str from a string literal, and the two arguments of printf's "%.*s". */
#define STR(lit)   ((struct str) { (lit), sizeof(lit) - 1 })
#define STR_ARG(s) (int)(s).n, (s).p

static inline struct str str_from_c(const char *c) {
    return (struct str) { c ? c : "", c ? strlen(c) : 0 };
}

static inline bool str_eq(struct str a, struct str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* ASCII letters are the same whatever their case. */
bool str_eq_nocase(struct str a, struct str b);

/* By bytes, as memcmp() orders: below 0, 0 or above. */
static inline int str_compare(struct str a, struct str b) {
    size_t shorter = a.n < b.n ? a.n : b.n;
    int order = shorter ? memcmp(a.p, b.p, shorter) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* str_compare() with a C string, whose end need not be looked for first. */
int str_compare_text(struct str s, const char *text);

static inline bool str_starts(struct str s, struct str prefix) {
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool str_ends(struct str s, struct str suffix) {
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

/* The part of s from byte `from` (at most s.n) of at most n bytes. */
static inline struct str str_sub(struct str s, size_t from, size_t n) {
    if (from > s.n) from = s.n;
    if (n > s.n - from) n = s.n - from;
    return (struct str) { s.p ? s.p + from : s.p, n };
}

/* s without leading and trailing ASCII white space. */
struct str str_trim(struct str s);

/* Where c stands in s, or s.n if it does not. */
static inline size_t str_find_char(struct str s, char c) {
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    return hit ? (size_t)(hit - s.p) : s.n;
}

/* Where needle starts in s, or s.n if it does not occur. */
size_t str_find(struct str s, struct str needle);

/* Takes the next word off *rest: what stands before any of the characters `between`, those before it left out. Empty at the end. */
struct str str_next_word(struct str *rest, const char *between);

/* Takes the next line off *rest, and the line end behind it. A text is at its end when nothing is left of it. */
static inline struct str str_next_line(struct str *rest) {
    size_t end = str_find_char(*rest, '\n');
    struct str line = str_sub(*rest, 0, end);
    *rest = str_sub(*rest, end + 1, rest->n);
    return line;
}

/* Whether the word is one of several that are separated by single spaces. */
bool str_in_words(struct str word, const char *words);

/* Whether the word begins as one of several beginnings that are separated by single spaces. */
bool str_begins_in(struct str word, const char *beginnings);

/* An ASCII digit; bytes of other characters are none. */
static inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* An ASCII letter, small or capital. */
static inline bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A byte of a word: an ASCII letter, or of a character beyond ASCII, which in our texts is mostly a letter. */
static inline bool is_letter_byte(char c) {
    return is_ascii_letter(c) || (unsigned char)c >= 0x80;
}

/* Small, when it is a capital ASCII letter. */
static inline char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* A whole decimal number, with an optional sign and nothing else; false leaves *out alone. */
bool str_to_i64(struct str s, int64_t *out) MUST_CHECK;

/* The languages that people read. A message without Wolof words falls back to French. */
enum lang { LANG_FR, LANG_EN, LANG_WO, LANG_COUNT };

#endif
