#include "base/base.h"

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s) {
    while (s.n > 0 && is_space(s.p[0])) s = (struct str) { s.p + 1, s.n - 1 };
    while (s.n > 0 && is_space(s.p[s.n - 1])) s.n--;
    return s;
}

size_t str_find(struct str s, struct str needle) {
    if (needle.n == 0) return 0;
    const char *hit = s.n >= needle.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
    return hit ? (size_t)(hit - s.p) : s.n;
}

bool str_eq_nocase(struct str a, struct str b) {
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i])) return false;
    return true;
}

int str_compare_text(struct str s, const char *text) {
    for (size_t i = 0; i < s.n; i++) {
        int difference = (int)(unsigned char)s.p[i] - (int)(unsigned char)text[i];
        if (difference) return difference;
        if (text[i] == '\0') return 1;
    }
    return text[s.n] == '\0' ? 0 : -1;
}

static bool is_one_of(char c, const char *chars) {
    while (*chars && *chars != c) chars++; /* of two or three: faster than strchr() */
    return *chars != '\0';
}

struct str str_next_word(struct str *rest, const char *between) {
    size_t start = 0;
    while (start < rest->n && is_one_of(rest->p[start], between)) start++;
    size_t end = start;
    while (end < rest->n && !is_one_of(rest->p[end], between)) end++;
    struct str word = str_sub(*rest, start, end - start);
    *rest = str_sub(*rest, end, rest->n);
    return word;
}

bool str_in_words(struct str word, const char *words) {
    if (word.n == 0) return false;
    for (const char *at = words; *at; at++) {
        size_t n = 0;
        while (n < word.n && at[n] == word.p[n] && (unsigned char)at[n] > ' ') n++;
        if (n == word.n && (at[n] == ' ' || at[n] == '\0')) return true;
        while ((unsigned char)*at > ' ') at++;
        if (*at == '\0') return false;
    }
    return false;
}

bool str_begins_in(struct str word, const char *beginnings) {
    struct str rest = str_from_c(beginnings);
    while (rest.n) {
        struct str beginning = str_next_word(&rest, " ");
        if (beginning.n && str_starts(word, beginning)) return true;
    }
    return false;
}

bool str_to_i64(struct str s, int64_t *out) {
    bool negative = s.n > 0 && s.p[0] == '-';
    size_t i = negative || (s.n > 0 && s.p[0] == '+') ? 1 : 0;
    if (i >= s.n) return false;

    /* Counted downwards, because INT64_MIN has no positive twin. */
    int64_t v = 0;
    for (; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, s.p[i] - '0', &v)) return false;
    }
    if (!negative && v == INT64_MIN) return false;
    *out = negative ? v : -v;
    return true;
}
