#include "rag/sentence.h"

#include "base/utf8.h"

enum { LINES_MAX = 5 };

/* "… un arrêt de travail de", "…, le matin,": what ends so goes on. */
static bool goes_on(struct str text) {
    return str_ends(text, STR(",")) || text_ends_open(text);
}

size_t sentence_end(struct str text, size_t at) {
    int lines = 0;
    for (size_t i = at; i < text.n; i++) {
        if (text.p[i] == '.' && i > at + 3 && text_ends_sentence(text, i)) return i + 1;
        if (text.p[i] != '\n') continue;
        bool more = i + 1 < text.n && (utf8_is_small(text, i + 1) || is_digit(text.p[i + 1]) ||
                                       goes_on(str_trim(str_sub(text, at, i - at))));
        if (!more || ++lines == LINES_MAX) return i;
    }
    return text.n;
}

struct str sentence_next(struct str text, size_t *at) {
    while (*at < text.n && strchr(" \n", text.p[*at])) ++*at;
    size_t from = *at;
    *at = from < text.n ? sentence_end(text, from) : from;
    return str_trim(str_sub(text, from, *at - from));
}
