#include "http/part_head.h"

#include "base/utf8.h"
#include "http/negotiate.h"

static bool is_name_char(char c) {
    static const char marks[] = "!#$%&'*+-.^_`|~";
    return is_ascii_letter(c) || is_digit(c) || memchr(marks, c, sizeof marks - 1) != NULL;
}

static bool is_clean_name(struct str s) {
    if (!utf8_is_clean(s)) return false;
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F) return false;
    }
    return true;
}

static size_t skip_blanks(const char *p, size_t at, size_t n) {
    while (at < n && (p[at] == ' ' || p[at] == '\t')) at++;
    return at;
}

/* Reads a token or a quoted string at *at. In quotes \" and \\ are escapes (curl); any other backslash is one (Windows paths). */
static bool take_value(char *p, size_t *at, size_t n, struct str *out) {
    size_t from = *at, to = *at;
    if (from == n || p[from] != '"') {
        while (to < n && is_name_char(p[to])) to++;
        *out = (struct str) { p + from, to - from };
        *at = to;
        return to > from;
    }
    size_t i = from + 1;
    for (; i < n && p[i] != '"'; i++) {
        if (p[i] == '\\' && i + 1 < n && (p[i + 1] == '"' || p[i + 1] == '\\')) i++;
        p[to++] = p[i];
    }
    *out = (struct str) { p + from, to - from };
    *at = i + 1;
    return i < n;
}

static int hex_digit(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* filename*=UTF-8''na%C3%AFve.pdf (RFC 8187), in place. */
static bool decode_extended(struct str in, char *p, struct str *out) {
    if (in.n < 7 || !str_eq_nocase((struct str) { in.p, 6 }, STR("utf-8'"))) return false;
    const char *quote = memchr(in.p + 6, '\'', in.n - 6), *end = in.p + in.n;
    size_t n = 0;
    if (!quote) return false;
    for (const char *at = quote + 1; at < end; at++) {
        char c = *at;
        if (c == '%') {
            int high = at + 2 < end ? hex_digit(at[1]) : -1, low = at + 2 < end ? hex_digit(at[2]) : -1;
            if (high < 0 || low < 0) return false;
            c = (char)(high * 16 + low);
            at += 2;
        }
        p[n++] = c;
    }
    *out = (struct str) { p, n };
    return true;
}

/* form-data; name="x"; filename="y" */
static bool parse_disposition(char *p, size_t n, struct part *out) {
    bool named = false, extended = false;
    struct str value;
    size_t at = skip_blanks(p, 0, n);
    if (!take_value(p, &at, n, &value) || !str_eq_nocase(value, STR("form-data"))) return false;
    while ((at = skip_blanks(p, at, n)) < n) {
        if (p[at] != ';') return false;
        size_t from = at = skip_blanks(p, at + 1, n);
        if (at == n) break;
        while (at < n && is_name_char(p[at])) at++;
        struct str key = { p + from, at - from };
        if (key.n == 0 || at == n || p[at] != '=') return false;
        size_t value_at = ++at;
        if (!take_value(p, &at, n, &value)) return false;
        if (str_eq_nocase(key, STR("name"))) {
            if (named) return false;
            named = true;
            out->name = value;
        } else if (str_eq_nocase(key, STR("filename"))) {
            if (out->has_filename && !extended) return false;
            out->has_filename = true;
            if (!extended) out->filename = value;
        } else if (str_eq_nocase(key, STR("filename*"))) {
            if (extended || !decode_extended(value, p + value_at, &out->filename)) return false;
            extended = out->has_filename = true;
        }
    }
    return named && out->name.n > 0 && is_clean_name(out->name) && is_clean_name(out->filename);
}

static bool is_plain_encoding(struct str s) {
    return str_eq_nocase(s, STR("binary")) || str_eq_nocase(s, STR("8bit")) || str_eq_nocase(s, STR("7bit"));
}

/* One line without its CRLF. */
static bool parse_line(char *line, size_t n, struct part *out, bool *disposed) {
    const char *mark = memchr(line, ':', n);
    size_t colon = mark ? (size_t)(mark - line) : 0;
    if (colon == 0) return false;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)line[i];
        if (i < colon ? !is_name_char(line[i]) : (c < 0x20 && c != '\t')) return false;
    }
    struct str name = { line, colon }, value = { line + colon + 1, n - colon - 1 };
    if (str_eq_nocase(name, STR("content-transfer-encoding"))) return is_plain_encoding(str_trim(value));
    if (!str_eq_nocase(name, STR("content-disposition"))) return true;
    if (*disposed) return false;
    *disposed = true;
    return parse_disposition(line + colon + 1, value.n, out);
}

bool part_head_parse(char *head, size_t n, struct part *out) {
    bool disposed = false;
    *out = (struct part) { .name = STR(""), .filename = STR("") };
    for (size_t at = 0; at < n;) {
        struct str rest = { head + at, n - at };
        size_t line = str_find(rest, STR("\r\n"));
        if (line == rest.n || !parse_line(head + at, line, out, &disposed)) return false;
        at += line + 2;
    }
    return disposed;
}
