#include "base/json_out.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void before_value(struct json_out *j) {
    if (j->comma) buf_add_char(j->buf, ',');
    j->comma = true;
}

static void open_with(struct json_out *j, char c) {
    before_value(j);
    buf_add_char(j->buf, c);
    j->comma = false;
}

static void close_with(struct json_out *j, char c) {
    buf_add_char(j->buf, c);
    j->comma = true;
}

void json_put_object(struct json_out *j) {
    open_with(j, '{');
}
void json_put_object_end(struct json_out *j) {
    close_with(j, '}');
}
void json_put_array(struct json_out *j) {
    open_with(j, '[');
}
void json_put_array_end(struct json_out *j) {
    close_with(j, ']');
}

/* What follows the backslash of a short escape; 0: none. */
static char short_escape(unsigned char c) {
    switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

static void add_escaped(struct buf *b, unsigned char c) {
    static const char hex[] = "0123456789abcdef";
    char escape = short_escape(c);
    if (escape) {
        buf_add(b, (struct str) { (char[]) { '\\', escape }, 2 });
    } else {
        buf_add(b, (struct str) { (char[]) { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] }, 6 });
    }
}

/* True when the eight bytes at p stand in a string as they are: ASCII, no control character, no quote, no backslash. */
static bool eight_plain_bytes(const char *p) {
    const uint64_t ones = UINT64_C(0x0101010101010101), high = UINT64_C(0x8080808080808080);
    uint64_t w;
    memcpy(&w, p, sizeof w);
    uint64_t quote = w ^ (ones * '"'), slash = w ^ (ones * '\\');
    return ((w | (w - ones * 0x20) | (quote - ones) | (slash - ones)) & high) == 0;
}

/* How many bytes from `at` on stand in a string as they are; valid characters beyond ASCII do, too. */
static size_t plain_run(struct str s, size_t at) {
    size_t start = at;
    while (at < s.n) {
        unsigned char c = (unsigned char)s.p[at];
        size_t next = at;
        if (s.n - at >= 8 && eight_plain_bytes(s.p + at)) {
            at += 8;
        } else if (c < 0x80) {
            if (c < 0x20 || c == '"' || c == '\\') break;
            at++;
        } else {
            /* A real U+FFFD takes three bytes, a broken character one at a time. */
            if (utf8_next(s, &next) == 0xFFFD && next - at != 3) break;
            at = next;
        }
    }
    return at - start;
}

static void add_string(struct buf *b, struct str s) {
    size_t run = plain_run(s, 0), at = run;
    char *p = buf_room(b, run + 2);

    if (!p) return;
    *p = '"';
    if (run) memcpy(p + 1, s.p, run);
    b->n += run + 1;
    while (at < s.n) {
        unsigned char c = (unsigned char)s.p[at];
        if (c < 0x80) {
            add_escaped(b, c);
        } else {
            buf_add(b, STR("\xEF\xBF\xBD"));
        }
        run = plain_run(s, ++at);
        buf_add(b, str_sub(s, at, run));
        at += run;
    }
    buf_add_char(b, '"');
}

/* Keys are ours: nothing in them needs escaping. */
void json_put_key(struct json_out *j, const char *key) {
    size_t n = strlen(key);
    char *p = buf_room(j->buf, n + 4);

    if (!p) return;
    size_t at = 0;
    if (j->comma) p[at++] = ',';
    p[at++] = '"';
    memcpy(p + at, key, n);
    at += n;
    p[at++] = '"';
    p[at++] = ':';
    j->buf->n += at;
    j->comma = false;
}

void json_put_str(struct json_out *j, struct str s) {
    before_value(j);
    add_string(j->buf, s);
}

void json_put_int(struct json_out *j, int64_t v) {
    before_value(j);
    buf_add_i64(j->buf, v);
}

void json_put_real(struct json_out *j, double v) {
    if (!isfinite(v)) {
        json_put_null(j);
        return;
    }
    char text[32];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, v);
        if (strtod(text, NULL) == v) break;
    }
    before_value(j);
    buf_add(j->buf, str_from_c(text));
}

void json_put_bool(struct json_out *j, bool v) {
    before_value(j);
    buf_add(j->buf, v ? STR("true") : STR("false"));
}

void json_put_null(struct json_out *j) {
    before_value(j);
    buf_add(j->buf, STR("null"));
}

void json_put_raw(struct json_out *j, struct str s) {
    before_value(j);
    buf_add(j->buf, s);
}

void json_put_time(struct json_out *j, int64_t time_us) {
    if (time_us == 0) {
        json_put_null(j);
        return;
    }
    char text[TIME_ISO_BYTES + 2] = "\"";
    time_format_iso(time_us, text + 1);
    size_t n = strlen(text);
    text[n++] = '"';
    before_value(j);
    buf_add(j->buf, (struct str) { text, n });
}

void json_field_str(struct json_out *j, const char *key, struct str s) {
    json_put_key(j, key);
    json_put_str(j, s);
}

void json_field_str_or_null(struct json_out *j, const char *key, struct str s) {
    json_put_key(j, key);
    if (s.n)
        json_put_str(j, s);
    else
        json_put_null(j);
}

void json_field_int(struct json_out *j, const char *key, int64_t v) {
    json_put_key(j, key);
    json_put_int(j, v);
}

void json_field_id_or_null(struct json_out *j, const char *key, int64_t v) {
    json_put_key(j, key);
    if (v)
        json_put_int(j, v);
    else
        json_put_null(j);
}

void json_field_real(struct json_out *j, const char *key, double v) {
    json_put_key(j, key);
    json_put_real(j, v);
}

void json_field_bool(struct json_out *j, const char *key, bool v) {
    json_put_key(j, key);
    json_put_bool(j, v);
}

void json_field_null(struct json_out *j, const char *key) {
    json_put_key(j, key);
    json_put_null(j);
}

void json_field_raw(struct json_out *j, const char *key, struct str s) {
    json_put_key(j, key);
    json_put_raw(j, s);
}

void json_field_time(struct json_out *j, const char *key, int64_t time_us) {
    json_put_key(j, key);
    json_put_time(j, time_us);
}

void json_field_date_or_null(struct json_out *j, const char *key, struct date d) {
    char text[DATE_ISO_BYTES];
    json_put_key(j, key);
    if (d.year) {
        date_format_iso(d, text);
        json_put_str(j, str_from_c(text));
    } else {
        json_put_null(j);
    }
}
