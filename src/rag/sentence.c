#include "rag/sentence.h"

#include "base/utf8.h"

/* A line of print is as long as its paper is wide: a short one was ended by whoever wrote it. */
enum { LINES_MAX = 5, WRAPPED_LINE_BYTES_MIN = 45 };

/* "… un arrêt de travail de", "…, le matin,": what ends so goes on. */
static bool goes_on(struct str text) {
    return str_ends(text, STR(",")) || text_ends_open(text);
}

/* "2/ Paracétamol", "3. Repos", "14/05 : bords secs": an item of a list, or an entry of a day. */
static bool begins_item(struct str line) {
    size_t digits = 0;
    while (digits < line.n && is_digit(line.p[digits])) digits++;
    bool marked = digits && digits <= 2 && digits + 1 < line.n && strchr("/.)-", line.p[digits]);
    return marked && (line.p[digits + 1] == ' ' || (line.p[digits] == '/' && is_digit(line.p[digits + 1])));
}

/* Whether the line from..i goes on in the next. */
static bool line_goes_on(struct str text, size_t from, size_t i) {
    struct str line = str_trim(str_sub(text, from, i - from)), next = str_sub(text, i + 1, text.n);
    if (next.n == 0) return false;
    if (goes_on(line) || utf8_is_small(text, i + 1)) return true;
    return is_digit(next.p[0]) && !begins_item(next) && line.n >= WRAPPED_LINE_BYTES_MIN;
}

size_t sentence_end(struct str text, size_t at) {
    int lines = 0;
    size_t line = at;
    for (size_t i = at; i < text.n; i++) {
        if (text.p[i] == '.' && i > at + 3 && text_ends_sentence(text, i)) return i + 1;
        if (text.p[i] != '\n') continue;
        if (!line_goes_on(text, line, i) || ++lines == LINES_MAX) return i;
        line = i + 1;
    }
    return text.n;
}

struct str sentence_next(struct str text, size_t *at) {
    while (*at < text.n && strchr(" \n", text.p[*at])) ++*at;
    size_t from = *at;
    *at = from < text.n ? sentence_end(text, from) : from;
    return str_trim(str_sub(text, from, *at - from));
}
