#include "rag/measured_glance.h"

#include "base/utf8.h"
#include "language/day_token.h"
#include "rag/measured.h"
#include "rag/rag_words.h"

/* A run of letters and digits of a folded line. */
struct run {
    size_t at, end;
    size_t letters; /* where they begin, behind a number that they hang on; end: none */
};

static bool next_run(struct str folded, size_t from, struct run *out) {
    size_t at = from;
    while (at < folded.n && !is_ascii_letter(folded.p[at]) && !is_digit(folded.p[at])) at++;
    size_t end = at;
    while (end < folded.n && (is_ascii_letter(folded.p[end]) || is_digit(folded.p[end]))) end++;
    *out = (struct run) { at, end, at };
    while (out->letters < end && is_digit(folded.p[out->letters])) out->letters++;
    return at < folded.n;
}

static bool is_of_label(const struct label_words *labels, struct str word) {
    if (labels->any) return true;
    if (!labels->begins[(unsigned char)word.p[0]]) return false;
    for (size_t i = 0; i < labels->count; i++) {
        struct str label = labels->items[i];
        if (label.p[label.n - 1] == '*' ? str_starts(word, str_sub(label, 0, label.n - 1))
                                        : str_eq(word, label))
            return true;
    }
    return false;
}

static bool holds_label(const struct label_words *labels, struct str folded) {
    struct run r = { 0 };
    while (next_run(folded, r.end, &r))
        if (r.letters < r.end && is_of_label(labels, str_sub(folded, r.letters, r.end - r.letters)))
            return true;
    return false;
}

static bool holds_digit(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (is_digit(s.p[i])) return true;
    return false;
}

/* It begins with a day, with the word that heads a column of days, or with a side. */
static bool is_of_table(struct str folded, struct run first) {
    struct run second;
    if (is_digit(folded.p[first.at])) return true;
    struct str word = str_sub(folded, first.at, first.end - first.at);
    bool more = next_run(folded, first.end, &second), figure = more && is_digit(folded.p[second.at]);
    if ((figure && day_token_names_month(word)) || measured_side_of(word) != SIDE_NONE) return true;
    if (!word_in(word, &words_day_heading)) return false;
    return figure || !holds_digit(folded) ||
           day_token_names_month(str_sub(folded, second.at, second.end - second.at));
}

enum status measured_glance(const struct label_words *labels, struct arena *arena, struct str line,
                            enum line_worth *worth, struct err *err) {
    struct str folded;
    struct run first;
    if (!utf8_fold(arena, line, &folded)) return fail(err, E_LIMIT, NULL, "no memory for measures");
    if (!next_run(folded, 0, &first))
        *worth = LINE_EMPTY;
    else
        *worth = is_of_table(folded, first) || holds_label(labels, folded) ? LINE_TO_READ : LINE_PASSED;
    return OK;
}
