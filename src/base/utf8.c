#include "base/utf8.h"

#include <stdlib.h>
#include <unigbrk.h>
#include <unictype.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

/* A part of a message is shorter: then all of it is looked at. */
enum { WHOLE_BACK_BYTES = 8192, WHOLE_WINDOW_BYTES = WHOLE_BACK_BYTES + 256 };

static bool is_continuation(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* True when the eight bytes at p are all ASCII and none is NUL. */
static bool eight_plain_bytes(const char *p) {
    uint64_t w;
    memcpy(&w, p, sizeof w);
    const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
    return ((w | (w - ones)) & high) == 0;
}

bool utf8_is_clean(struct str s) {
    size_t i = 0;
    while (i < s.n) {
        if (s.n - i >= 8 && eight_plain_bytes(s.p + i)) {
            i += 8;
            continue;
        }
        if (s.p[i] == '\0') return false;
        if ((unsigned char)s.p[i] < 0x80) {
            i++;
            continue;
        }
        ucs4_t c;
        int n = u8_mbtoucr(&c, (const uint8_t *)s.p + i, s.n - i);
        if (n <= 0) return false;
        i += (size_t)n;
    }
    return true;
}

size_t utf8_length(struct str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += !is_continuation(s.p[i]);
    return n;
}

struct str utf8_prefix(struct str s, size_t max_bytes) {
    if (s.n <= max_bytes) return s;
    size_t n = max_bytes;
    while (n > 0 && is_continuation(s.p[n])) n--;
    return (struct str) { s.p, n };
}

uint32_t utf8_next(struct str s, size_t *at) {
    unsigned char first = (unsigned char)s.p[*at];
    if (first < 0x80) {
        (*at)++;
        return first;
    }
    ucs4_t c;
    int n = u8_mbtoucr(&c, (const uint8_t *)s.p + *at, s.n - *at);
    if (n <= 0) {
        (*at)++;
        return 0xFFFD;
    }
    *at += (size_t)n;
    return c;
}

/* Letters that no decomposition takes apart, and typographic signs, as ASCII. NULL: none of these. */
static const char *fold_special(uint32_t c) {
    switch (c) {
    case 0x0153:
    case 0x0152: return "oe";
    case 0x00E6:
    case 0x00C6: return "ae";
    case 0x00DF:
    case 0x1E9E: return "ss";
    case 0x00F8:
    case 0x00D8: return "o";
    case 0x0142:
    case 0x0141: return "l";
    case 0x0111:
    case 0x0110:
    case 0x00F0:
    case 0x00D0: return "d";
    case 0x00FE:
    case 0x00DE: return "th";
    case 0x0131: return "i";
    case 0x014B:
    case 0x014A: return "n"; /* the Wolof eng, typed as n on most phones */
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x02BC:
    case 0x02B9:
    case 0x2032: return "'";
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x00AB:
    case 0x00BB: return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212: return "-";
    case 0x2026: return "...";
    case 0x2044: return "/";
    case 0x00AD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF: return "";
    default: return NULL;
    }
}

/* Folds of U+00A0..U+00FF that are one ASCII letter; '=' keeps the character, 0 leaves it to the general way. */
static const char latin1_folds[] = " ======\0\0=a\0=\0=\0"
                                   "==23\0\0==\0"
                                   "1o\0\0\0\0="
                                   "aaaaaa\0ceeeeiiii\0nooooo=\0uuuuy\0\0"
                                   "aaaaaa\0ceeeeiiii\0nooooo=\0uuuuy\0y";
_Static_assert(sizeof latin1_folds == 0x60 + 1, "one entry a character");

/* Writes the fold of c where it is known without the Unicode tables; false: it is not. out has room for three bytes. */
static bool fold_quick(uint32_t c, const char *utf8, size_t utf8_n, char *out, size_t *used) {
    const char *special = fold_special(c);
    char simple = c >= 0xA0 && c <= 0xFF ? latin1_folds[c - 0xA0] : '\0';
    if (special) {
        size_t n = strlen(special);
        memcpy(out + *used, special, n);
        *used += n;
    } else if (simple == '=' || c == 0x20AC || c == 0x2022 || c == 0x2264 || c == 0x2265) {
        memcpy(out + *used, utf8, utf8_n);
        *used += utf8_n;
    } else if (simple) {
        out[(*used)++] = simple;
    } else {
        return false;
    }
    return true;
}

/* The second byte of a character of Latin-1 beyond "¿"; 0: another character. */
static unsigned char latin_at(struct str s, size_t at) {
    return (unsigned char)s.p[at] == 0xC3 && at + 1 < s.n ? (unsigned char)s.p[at + 1] : 0;
}

bool utf8_is_capital(struct str s, size_t at) {
    unsigned char latin = latin_at(s, at);
    return (s.p[at] >= 'A' && s.p[at] <= 'Z') || (latin >= 0x80 && latin <= 0x9E);
}

bool utf8_is_small(struct str s, size_t at) {
    return (s.p[at] >= 'a' && s.p[at] <= 'z') || latin_at(s, at) >= 0xA0;
}

/* Folds ASCII, French and Wolof text in one pass; false at the first character that needs the Unicode tables. */
static bool fold_known(struct str in, char *out, size_t *out_n) {
    size_t used = 0;
    for (size_t at = 0; at < in.n;) {
        if ((unsigned char)in.p[at] < 0x80) {
            out[used++] = ascii_lower(in.p[at++]);
            continue;
        }
        size_t start = at;
        uint32_t c = utf8_next(in, &at);
        if (!fold_quick(c, in.p + start, at - start, out, &used)) return false;
    }
    *out_n = used;
    return true;
}

/* One character of decomposed text into out, which has room for six bytes. Returns the bytes written. */
static size_t fold_one(uint32_t c, char *out) {
    const char *special = fold_special(c);
    if (c < 0x80) {
        *out = ascii_lower((char)c);
        return 1;
    }
    if (special) {
        size_t n = strlen(special);
        memcpy(out, special, n);
        return n;
    }
    if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M)) return 0;
    int n = u8_uctomb((uint8_t *)out, uc_tolower(c), 6);
    return n > 0 ? (size_t)n : 0;
}

static size_t ascii_prefix(struct str s) {
    size_t i = 0;
    while (s.n - i >= 8 && eight_plain_bytes(s.p + i)) i += 8;
    while (i < s.n && (unsigned char)s.p[i] < 0x80) i++;
    return i;
}

/* The general way: decompose, drop the marks, make lower case. The decomposition is memory of libunistring. */
static bool fold_decomposed(struct arena *a, struct str in, struct str *out) {
    size_t n = 0;
    uint8_t *plain = u8_normalize(UNINORM_NFKD, (const uint8_t *)in.p, in.n, NULL, &n);
    if (!plain) return false;

    char *p = arena_alloc(a, n * 2 + 8); /* the lower case of two bytes takes three at most */
    if (p) {
        size_t used = 0;
        for (size_t at = 0; at < n;)
            used += fold_one(utf8_next((struct str) { (char *)plain, n }, &at), p + used);
        p[used] = '\0';
        *out = (struct str) { p, used };
    }
    explicit_bzero(plain, n);
    free(plain);
    return p != NULL;
}

bool utf8_fold(struct arena *a, struct str in, struct str *out) {
    size_t n, bytes;
    if (__builtin_add_overflow(in.n, 8, &bytes)) return false;
    char *p = arena_alloc(a, bytes); /* no quick fold is longer than its character */
    if (!p) return false;
    if (!fold_known(in, p, &n)) return fold_decomposed(a, in, out);
    p[n] = '\0';
    *out = (struct str) { p, n };
    return true;
}

/* Control characters of ASCII and of Latin-1, and the signs that turn the direction of writing. */
static bool is_unwanted(uint32_t c) {
    if (c == '\n' || c == '\t') return false;
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

/* in without unwanted characters, broken bytes as U+FFFD, line ends as \n; out has room for three times in.n. */
static size_t take_wanted(struct str in, char *out) {
    size_t used = 0;
    for (size_t at = 0; at < in.n;) {
        uint32_t c = utf8_next(in, &at);
        if (c == '\r') {
            if (at < in.n && in.p[at] == '\n') at++;
            c = '\n';
        } else if (c == 0x2028 || c == 0x2029 || c == 0x85) {
            c = '\n';
        }
        if (is_unwanted(c)) continue;
        if (c < 0x80) {
            out[used++] = (char)c;
        } else {
            used += (size_t)u8_uctomb((uint8_t *)out + used, c, 6);
        }
    }
    return used;
}

bool utf8_clean(struct arena *a, struct str in, struct str *out) {
    size_t bytes;
    bool ascii = ascii_prefix(in) == in.n;
    if (__builtin_mul_overflow(in.n, ascii ? 1 : 3, &bytes) || __builtin_add_overflow(bytes, 8, &bytes))
        return false;
    char *p = arena_alloc(a, bytes);
    if (!p) return false;
    size_t n = take_wanted(in, p);
    p[n] = '\0';
    *out = (struct str) { p, n };
    if (ascii) return true;

    size_t composed_n = 0;
    uint8_t *composed = u8_normalize(UNINORM_NFC, (const uint8_t *)p, n, NULL, &composed_n);
    if (!composed) return false;
    bool ok = arena_dup(a, (struct str) { (const char *)composed, composed_n }, out);
    explicit_bzero(composed, composed_n);
    free(composed);
    return ok;
}

size_t utf8_whole(struct str s, size_t max_bytes) {
    char breaks[WHOLE_WINDOW_BYTES];
    if (max_bytes >= s.n) return s.n;
    size_t from = max_bytes > WHOLE_BACK_BYTES ? max_bytes - WHOLE_BACK_BYTES : 0;
    while (from > 0 && is_continuation(s.p[from])) from--;
    struct str near = utf8_prefix(str_sub(s, from, s.n), WHOLE_WINDOW_BYTES);
    u8_grapheme_breaks((const uint8_t *)near.p, near.n, breaks);
    for (size_t at = max_bytes - from; at > 0; at--)
        if (at < near.n && breaks[at]) return from + at;
    return max_bytes;
}

bool utf8_lower(struct arena *arena, struct str in, struct str *out) {
    size_t n = 0;
    uint8_t *lower = u8_tolower((const uint8_t *)in.p, in.n, NULL, NULL, NULL, &n);
    bool ok = lower && arena_dup(arena, (struct str) { (const char *)lower, n }, out);
    free(lower);
    return ok;
}
