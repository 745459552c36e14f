#include "http/negotiate.h"

#include "base/crypto.h"

#include <stdio.h>

/* Takes the next element of a comma-separated list off *rest: its word and its weight in thousandths. */
static bool next_weighted(struct str *rest, struct str *word, int *weight) {
    while (rest->n > 0) {
        size_t n = str_find_char(*rest, ',');
        struct str item = str_trim(str_sub(*rest, 0, n));
        *rest = str_sub(*rest, n + 1, rest->n);
        if (item.n == 0) continue;

        size_t semi = str_find_char(item, ';');
        *word = str_trim(str_sub(item, 0, semi));
        struct str q = str_trim(str_sub(item, semi + 1, item.n));
        *weight = 1000;
        if (q.n >= 3 && ascii_lower(q.p[0]) == 'q' && q.p[1] == '=') {
            *weight = q.p[2] == '1' ? 1000 : 0;
            int digit = 100;
            for (size_t i = 4; i < q.n && i < 7 && *weight < 1000; i++, digit /= 10) {
                if (is_digit(q.p[i])) *weight += (q.p[i] - '0') * digit;
            }
        }
        return true;
    }
    return false;
}

enum lang negotiate_lang(struct str accept_language) {
    int best = 0, weight;
    enum lang lang = LANG_FR;
    struct str word;
    while (next_weighted(&accept_language, &word, &weight)) {
        struct str primary = str_sub(word, 0, str_find_char(word, '-'));
        bool english = str_eq_nocase(primary, STR("en"));
        if (!english && !str_eq_nocase(primary, STR("fr"))) continue;
        if (weight > best) {
            best = weight;
            lang = english ? LANG_EN : LANG_FR;
        }
    }
    return lang;
}

bool negotiate_gzip(struct str accept_encoding) {
    int weight, any = 0;
    struct str word;
    while (next_weighted(&accept_encoding, &word, &weight)) {
        if (str_eq_nocase(word, STR("gzip")) || str_eq_nocase(word, STR("x-gzip"))) return weight > 0;
        if (str_eq(word, STR("*"))) any = weight;
    }
    return any > 0;
}

bool negotiate_coding(struct str accept_encoding, struct str coding) {
    int weight;
    struct str word;
    while (next_weighted(&accept_encoding, &word, &weight)) {
        if (str_eq_nocase(word, coding)) return weight > 0;
    }
    return false;
}

static struct str without_weak(struct str tag) {
    return str_starts(tag, STR("W/")) ? str_sub(tag, 2, tag.n) : tag;
}

void negotiate_etag_of(struct str body, char out[ETAG_BYTES]) {
    struct hash h = crypto_hash_of(body);
    uint64_t n;
    memcpy(&n, h.b, sizeof n);
    (void)snprintf(out, ETAG_BYTES, "W/\"%016llx\"", (unsigned long long)n);
}

bool negotiate_etag_matches(struct str list, struct str etag) {
    if (str_eq(str_trim(list), STR("*"))) return true;
    while (list.n > 0) {
        size_t n = str_find_char(list, ',');
        struct str tag = str_trim(str_sub(list, 0, n));
        list = str_sub(list, n + 1, list.n);
        if (tag.n > 0 && str_eq(without_weak(tag), without_weak(etag))) return true;
    }
    return false;
}

bool media_type_is(struct str content_type, struct str type) {
    return str_eq_nocase(str_trim(str_sub(content_type, 0, str_find_char(content_type, ';'))), type);
}

/* Where the parameter that starts at `from` ends: at the next semicolon outside quotes. */
static size_t param_end(struct str s, size_t from) {
    bool quoted = false;
    size_t at = from;
    for (; at < s.n && (quoted || s.p[at] != ';'); at++) {
        if (s.p[at] == '"') quoted = !quoted;
    }
    return at;
}

static bool unquote(struct str in, struct str *out) {
    if (in.n == 0 || in.p[0] != '"') {
        *out = in;
        return in.n > 0 && str_find_char(in, '"') == in.n;
    }
    if (in.n < 2 || in.p[in.n - 1] != '"') return false;
    *out = str_sub(in, 1, in.n - 2);
    return str_find_char(*out, '"') == out->n && str_find_char(*out, '\\') == out->n;
}

bool media_type_param(struct str value, struct str name, struct str *out) {
    for (size_t at = param_end(value, 0); at < value.n;) {
        size_t end = param_end(value, at + 1);
        struct str param = str_trim(str_sub(value, at + 1, end - at - 1));
        size_t eq = str_find_char(param, '=');
        if (eq < param.n && str_eq_nocase(str_trim(str_sub(param, 0, eq)), name))
            return unquote(str_trim(str_sub(param, eq + 1, param.n)), out);
        at = end;
    }
    return false;
}
