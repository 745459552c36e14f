#include "http/urlencoded.h"

#include "base/utf8.h"

static int hex_digit(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* The byte that starts at *at, decoded; -1 for a bad escape. */
static int next_byte(struct str raw, size_t *at, bool plus) {
    char c = raw.p[(*at)++];
    if (c == '+' && plus) return ' ';
    if (c != '%') return (unsigned char)c;
    if (raw.n - *at < 2) return -1;
    int high = hex_digit(raw.p[*at]), low = hex_digit(raw.p[*at + 1]);
    if (high < 0 || low < 0) return -1;
    *at += 2;
    return high * 16 + low;
}

/* How many bytes follow a leading byte of UTF-8; -1 if it cannot lead. Overlong forms and surrogates: next_is_bad(). */
static int following(int c) {
    if (c < 0x80) return 0;
    if (c >= 0xC2 && c <= 0xDF) return 1;
    if (c >= 0xE0 && c <= 0xEF) return 2;
    if (c >= 0xF0 && c <= 0xF4) return 3;
    return -1;
}

/* The second byte of a sequence has a narrower range after some leading bytes (RFC 3629, section 4). */
static bool second_is_bad(int lead, int c) {
    if (lead == 0xE0) return c < 0xA0;
    if (lead == 0xED) return c > 0x9F;
    if (lead == 0xF0) return c < 0x90;
    if (lead == 0xF4) return c > 0x8F;
    return false;
}

static bool control_is_bad(int c, bool lines) {
    if (c == 0x7F) return true;
    if (c >= 0x20) return false;
    return !(lines && (c == '\t' || c == '\r' || c == '\n'));
}

bool urlencoded_is_valid(struct str raw, bool lines) {
    int wanted = 0, lead = 0;
    bool second = false;
    for (size_t at = 0; at < raw.n;) {
        int c = next_byte(raw, &at, true);
        if (c < 0) return false;
        if (wanted > 0) {
            if ((c & 0xC0) != 0x80 || (second && second_is_bad(lead, c))) return false;
            second = false;
            wanted--;
            continue;
        }
        if (control_is_bad(c, lines)) return false;
        lead = c;
        wanted = following(c);
        if (wanted < 0) return false;
        second = wanted > 0;
    }
    return wanted == 0;
}

bool urlencoded_next(struct str *rest, struct str *name, struct str *value) {
    while (rest->n > 0) {
        size_t n = str_find_char(*rest, '&');
        struct str pair = str_sub(*rest, 0, n);
        *rest = str_sub(*rest, n + 1, rest->n);
        if (pair.n == 0) continue;
        size_t eq = str_find_char(pair, '=');
        *name = str_sub(pair, 0, eq);
        *value = str_sub(pair, eq + 1, pair.n);
        return true;
    }
    return false;
}

bool urlencoded_decode(struct arena *arena, struct str raw, bool plus, struct str *out) {
    char *p = arena_alloc(arena, raw.n + 1);
    size_t n = 0;
    if (!p) return false;
    for (size_t at = 0; at < raw.n;) {
        int c = next_byte(raw, &at, plus);
        if (c < 0) return false;
        p[n++] = (char)c;
    }
    *out = (struct str) { p, n };
    return true;
}

/* Does an encoded name decode to `name`? Without a copy. */
static bool name_is(struct str raw, struct str name) {
    size_t i = 0;
    for (size_t at = 0; at < raw.n;) {
        int c = next_byte(raw, &at, true);
        if (c < 0 || i == name.n || (unsigned char)name.p[i] != c) return false;
        i++;
    }
    return i == name.n;
}

bool urlencoded_get(struct arena *arena, struct str raw, struct str name, struct str *out) {
    struct str key, value;
    while (urlencoded_next(&raw, &key, &value)) {
        if (name_is(key, name)) return urlencoded_decode(arena, value, true, out);
    }
    return false;
}

static bool is_plain(char c) {
    return is_ascii_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '~';
}

void urlencoded_add(struct buf *b, struct str s) {
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n;) {
        size_t start = i;
        while (i < s.n && is_plain(s.p[i])) i++;
        buf_add(b, str_sub(s, start, i - start));
        if (i == s.n) return;
        unsigned char c = (unsigned char)s.p[i++];
        const char escaped[] = { '%', digits[c >> 4], digits[c & 15] };
        buf_add(b, (struct str) { escaped, sizeof escaped });
    }
}
