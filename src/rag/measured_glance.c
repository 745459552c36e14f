#include "rag/measured_glance.h"

#include "base/utf8.h"
#include "language/day_token.h"
#include "rag/measured.h"

enum { WORDS_MAX = 128 };

struct measured_glance {
    struct str words[WORDS_MAX]; /* of the labels; "temp*" also what begins so */
    size_t count;
    bool sees_all; /* a label is written in another way than in words */
};

/* A run of letters and digits of a folded line. */
struct run {
    size_t at, end;
    size_t letters; /* where they begin, behind a number that they hang on; end: none */
};

static bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

static bool next_run(struct str folded, size_t from, struct run *out) {
    size_t at = from;
    while (at < folded.n && !is_letter(folded.p[at]) && !is_digit(folded.p[at])) at++;
    size_t end = at;
    while (end < folded.n && (is_letter(folded.p[end]) || is_digit(folded.p[end]))) end++;
    *out = (struct run) { at, end, at };
    while (out->letters < end && is_digit(folded.p[out->letters])) out->letters++;
    return at < folded.n;
}

static void add_words(struct measured_glance *g, struct str rest) {
    for (struct str word = str_next_word(&rest, " |_"); word.n; word = str_next_word(&rest, " |_")) {
        if (strchr("~$@", word.p[0]) || g->count == WORDS_MAX)
            g->sees_all = true;
        else
            g->words[g->count++] = word;
    }
}

enum status measured_glance_new(struct arena *arena, const struct measures_asked *wanted,
                                struct measured_glance **out, struct err *err) {
    struct measured_glance *g = arena_alloc(arena, sizeof *g);
    if (!g) return fail(err, E_LIMIT, NULL, "no memory for measures");
    *g = (struct measured_glance) { .count = 0 };
    for (size_t i = 0; i < wanted->count; i++) {
        struct str words;
        enum status s = measure_label_words(arena, wanted->items[i], &words, err);
        if (s != OK) return s;
        add_words(g, words);
        /* What nothing heads is a number of kilograms. */
        if (wanted->items[i].measure == MEASURE_WEIGHT) add_words(g, STR("kg"));
    }
    *out = g;
    return OK;
}

static bool is_of_label(const struct measured_glance *g, struct str word) {
    for (size_t i = 0; i < g->count; i++) {
        struct str label = g->words[i];
        if (label.p[label.n - 1] == '*' ? str_starts(word, str_sub(label, 0, label.n - 1))
                                        : str_eq(word, label))
            return true;
    }
    return false;
}

static bool holds_label(const struct measured_glance *g, struct str folded) {
    struct run r = { 0 };
    while (next_run(folded, r.end, &r))
        if (r.letters < r.end && is_of_label(g, str_sub(folded, r.letters, r.end - r.letters))) return true;
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
    if (!str_in_words(word, "date dates jour le")) return false;
    return figure || !holds_digit(folded) ||
           day_token_names_month(str_sub(folded, second.at, second.end - second.at));
}

enum status measured_glance_at(const struct measured_glance *g, struct arena *arena, struct str line,
                               enum line_worth *worth, struct err *err) {
    struct str folded;
    struct run first;
    if (!utf8_fold(arena, line, &folded)) return fail(err, E_LIMIT, NULL, "no memory for measures");
    if (!next_run(folded, 0, &first))
        *worth = LINE_EMPTY;
    else
        *worth =
            g->sees_all || is_of_table(folded, first) || holds_label(g, folded) ? LINE_TO_READ : LINE_PASSED;
    return OK;
}
