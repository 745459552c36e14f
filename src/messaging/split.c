#include "messaging/split.h"
#include "base/utf8.h"

enum { BASIC_PLANE_LAST = 0xFFFF };

/* The last place in part, behind `from`, where what `ends` looks for is over; 0 if there is none. */
static size_t last_end(struct str part, size_t from, bool (*ends)(struct str part, size_t at)) {
    for (size_t at = part.n; at > from; at--) {
        if (ends(part, at)) return at;
    }
    return 0;
}

static bool ends_paragraph(struct str part, size_t at) {
    return at >= 2 && part.p[at - 1] == '\n' && part.p[at - 2] == '\n';
}

static bool ends_line(struct str part, size_t at) {
    return part.p[at - 1] == '\n';
}

/* A full stop between figures ("1.5") has no space behind it. */
static bool ends_sentence(struct str part, size_t at) {
    return at >= 2 && part.p[at - 1] == ' ' && strchr(".!?", part.p[at - 2]) != NULL &&
           part.p[at - 2] != '\0';
}

static bool ends_word(struct str part, size_t at) {
    return part.p[at - 1] == ' ' || part.p[at - 1] == '\n';
}

/* Bytes of what fits into max_chars characters; one at least. */
static size_t bytes_of_chars(struct str s, size_t max_chars) {
    size_t at = 0, end = 0;
    for (size_t units = 0; at < s.n; end = at) {
        units += utf8_next(s, &at) > BASIC_PLANE_LAST ? 2 : 1;
        if (units > max_chars && end > 0) return end;
    }
    return end;
}

struct str split_next(struct str *rest, size_t max_chars) {
    static bool (*const pauses[])(struct str, size_t) = { ends_paragraph, ends_line, ends_sentence,
                                                          ends_word };
    struct str all = str_trim(*rest), part;
    size_t cut;

    *rest = STR("");
    part = str_sub(all, 0, bytes_of_chars(all, max_chars));
    if (part.n == all.n) return all;
    cut = 0;
    for (size_t i = 0; i < COUNT_OF(pauses); i++) {
        size_t at = last_end(part, part.n / 2, pauses[i]);
        if (at) {
            cut = at;
            break;
        }
    }
    if (!cut) cut = utf8_whole(all, part.n);
    *rest = str_trim(str_sub(all, cut, all.n));
    return str_trim(str_sub(all, 0, cut));
}
