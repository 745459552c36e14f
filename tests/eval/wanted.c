#include "wanted.h"

#include <string.h>

#include "base/utf8.h"
#include "language/text.h"

enum { BETWEEN_MAX = 4, PARTS_MAX = 64 };

static const char nothing[] = " |\n\t\r()[];";

static bool is_digit_at(struct str s, size_t at) {
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* The comma of "1,05" is a part of the figure. */
static bool says_nothing(struct str s, size_t at) {
    bool decimal = s.p[at] == ',' && at && is_digit_at(s, at - 1) && is_digit_at(s, at + 1);
    return strchr(nothing, s.p[at]) || (s.p[at] == ',' && !decimal);
}

static bool squeeze(struct arena *arena, struct str folded, struct str *out) {
    char *p = arena_alloc(arena, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; p && i < folded.n; i++)
        if (!says_nothing(folded, i)) p[n++] = folded.p[i];
    *out = (struct str) { p, n };
    return p != NULL;
}

struct parts {
    struct str items[PARTS_MAX];
    size_t count;
};

/* Words between blanks and what says nothing; false: more than there is room for. */
static bool cut(struct str folded, struct parts *out) {
    *out = (struct parts) { .count = 0 };
    for (size_t at = 0; at < folded.n;) {
        size_t end = at;
        while (end < folded.n && !says_nothing(folded, end)) end++;
        if (end > at && out->count == PARTS_MAX) return false;
        if (end > at) out->items[out->count++] = str_sub(folded, at, end - at);
        at = end + 1;
    }
    return true;
}

/* A word that may stand between two wanted ones. */
static bool may_stand_between(const struct parts *line, size_t i) {
    static const char denies[] = "pas non jamais sans ni sauf no not never without",
                      times[] =
                          "jour jours semaine semaines mois an ans fois j day days week weeks month months "
                          "year years times";
    bool figure = is_digit_at(line->items[i], 0);
    return !str_in_words(line->items[i], denies) &&
           (!figure || (i + 1 < line->count && str_in_words(line->items[i + 1], times)));
}

/* The wanted words from `next` on stand in the line behind `at`, with no more than `room` others between them. */
static bool follow(const struct parts *line, size_t at, const struct parts *wanted, size_t next,
                   size_t room) {
    if (next == wanted->count) return true;
    for (; at < line->count; at++) {
        if (str_eq(line->items[at], wanted->items[next]) && follow(line, at + 1, wanted, next + 1, room))
            return true;
        if (room-- == 0 || !may_stand_between(line, at)) return false;
    }
    return false;
}

static bool line_says(struct str line, const struct parts *wanted) {
    struct parts parts;
    if (!str_starts(line, STR("- ")) || str_find(line, STR("«")) < line.n || !cut(line, &parts)) return false;
    for (size_t at = 0; at < parts.count && wanted->count; at++)
        if (str_eq(parts.items[at], wanted->items[0]) && follow(&parts, at + 1, wanted, 1, BETWEEN_MAX))
            return true;
    return false;
}

/* "4" is none of "L4", "14" and "0,4", nor "8,1" of "18,1" and "8,15". */
static bool is_of_other_figure(struct str folded, size_t from, size_t to) {
    bool comma = from > 1 && strchr(",.", folded.p[from - 1]) && is_digit_at(folded, from - 2);
    bool goes_on = is_digit_at(folded, to) ||
                   (to < folded.n && strchr(",.", folded.p[to]) && is_digit_at(folded, to + 1));
    return (is_digit_at(folded, from) &&
            (comma || (from && (is_digit_at(folded, from - 1) || is_ascii_letter(folded.p[from - 1]))))) ||
           (is_digit_at(folded, to - 1) && goes_on);
}

/* Where the squeezed word ends that begins at byte `at`, whatever says nothing in between; 0: it does not stand there. */
static size_t end_of(struct str folded, size_t at, struct str squeezed) {
    for (size_t k = 0; k < squeezed.n; at++) {
        if (at >= folded.n) return 0;
        bool same = folded.p[at] == squeezed.p[k];
        if (same && !(squeezed.p[k] == ',' && says_nothing(folded, at))) /* "12, 5" is not "12,5" */
            k++;
        else if (k == 0 || !says_nothing(folded, at))
            return 0;
    }
    return at;
}

static bool stands_squeezed(struct str folded, struct str squeezed) {
    for (size_t at = 0; at < folded.n; at++) {
        size_t end = end_of(folded, at, squeezed);
        if (end && !is_of_other_figure(folded, at, end)) return true;
    }
    return false;
}

static bool stands(struct str folded, struct str word, struct str squeezed) {
    struct parts wanted;
    if (stands_squeezed(folded, squeezed)) return true;
    if (!cut(word, &wanted)) return false;
    for (size_t at = 0; at < folded.n; at = text_line_behind(folded, at))
        if (line_says(text_line_at(folded, at), &wanted)) return true;
    return false;
}

bool wanted_stand(struct arena *arena, struct str text, struct str words) {
    struct str folded;
    if (!utf8_fold(arena, text, &folded)) return false;
    while (words.n) {
        struct str word, short_word;
        size_t n = str_find_char(words, '|');
        if (!utf8_fold(arena, str_sub(words, 0, n), &word) || !squeeze(arena, word, &short_word))
            return false;
        if (short_word.n && !stands(folded, word, short_word)) return false;
        words = str_sub(words, n + 1, words.n);
    }
    return true;
}
