#include "rag/sentence.h"

#include "base/utf8.h"

enum { LINES_MAX = 5 };

/* "… un arrêt de travail de": what ends so goes on. */
static bool ends_open(struct str line) {
    static const char words[] = "de du des le la les au aux et par pour avec en";
    size_t at = line.n;
    if (line.n && line.p[line.n - 1] == ',') return true;
    while (at && line.p[at - 1] != ' ' && line.p[at - 1] != '\n') at--;
    return at && str_in_words(str_sub(line, at, line.n - at), words);
}

size_t sentence_end(struct str text, size_t at) {
    int lines = 0;
    for (size_t i = at; i < text.n; i++) {
        if (text.p[i] == '.' && i > at + 3 && text_ends_sentence(text, i)) return i + 1;
        if (text.p[i] != '\n') continue;
        bool goes_on = i + 1 < text.n && (utf8_is_small(text, i + 1) || is_digit(text.p[i + 1]) ||
                                          ends_open(str_trim(str_sub(text, at, i - at))));
        if (!goes_on || ++lines == LINES_MAX) return i;
    }
    return text.n;
}

struct str sentence_next(struct str text, size_t *at) {
    while (*at < text.n && strchr(" \n", text.p[*at])) ++*at;
    size_t from = *at;
    *at = from < text.n ? sentence_end(text, from) : from;
    return str_trim(str_sub(text, from, *at - from));
}
