#include "rag/measure.h"

#include "language/names.h"

struct measure_book {
    struct phrase_book *asked, *labels;
};

enum status measure_book_new(struct arena *arena, struct measure_book **out, struct err *err) {
    struct measure_book *b = arena_alloc(arena, sizeof *b);
    if (!b) return fail(err, E_LIMIT, NULL, "no memory for measures");
    enum status s =
        phrase_book_new(arena, measures_classes, measures_measure, PHRASE_MISSPELT_TOO, &b->asked, err);
    if (s == OK)
        s = phrase_book_new(arena, measure_labels_classes, measure_labels_measure, PHRASE_AS_WRITTEN,
                            &b->labels, err);
    if (s == OK) *out = b;
    return s;
}

/* Another hit has more words, and these among them. */
static bool is_within_longer(const struct phrase_hit *hits, size_t count, size_t i) {
    for (size_t k = 0; k < count; k++) {
        bool over = hits[k].first <= hits[i].first && hits[k].last >= hits[i].last;
        int more = (hits[k].last - hits[k].first) - (hits[i].last - hits[i].first);
        if (over && more > 0) return true;
    }
    return false;
}

static bool add_asked(struct measures_asked *out, struct measure_wanted w) {
    for (size_t i = 0; i < out->count; i++)
        if (measure_is_same(out->items[i], w)) return true;
    if (out->count == MEASURES_ASKED_MAX) return false;
    out->items[out->count++] = w;
    return true;
}

enum status measures_asked(const struct measure_book *book, struct arena *arena, const struct tokens *tokens,
                           const bool *lab, struct measures_asked *out, struct err *err) {
    struct phrase_hit *hits;
    size_t count;
    *out = (struct measures_asked) { .said = arena_array(arena, tokens->count + 1, 1) };
    if (!out->said) return fail(err, E_LIMIT, NULL, "no memory for a question");
    enum status s = phrase_find(book->asked, arena, tokens, NULL, 0, &hits, &count, err);
    for (size_t i = 0; i < count && s == OK; i++) {
        const struct measure_wanted w = { (enum measure)measures_measure[hits[i].phrase].tag, 0 };
        if (is_within_longer(hits, count, i) || (w.measure != MEASURE_NONE && !add_asked(out, w))) continue;
        for (size_t k = hits[i].first; k <= hits[i].last; k++) out->said[k] = true;
    }
    for (size_t i = 0; i < tokens->count && s == OK; i++) {
        int named = names_lab(tokens->items[i].folded);
        if (!lab[i] || !named || out->said[i]) continue;
        out->said[i] = add_asked(out, (struct measure_wanted) { MEASURE_LAB, named });
    }
    return s;
}

static void add_label(struct measure_label out[MEASURE_LABELS_MAX], size_t *count, struct measure_wanted of,
                      size_t first, size_t last) {
    for (size_t i = 0; i < *count; i++)
        if (first <= out[i].last && last >= out[i].first) return;
    if (*count < MEASURE_LABELS_MAX) out[(*count)++] = (struct measure_label) { of, first, last };
}

/* Separated by spaces, | and _. */
static enum status label_text(struct arena *arena, struct measure_wanted w, struct str *out,
                              struct err *err) {
    *out = w.measure == MEASURE_LAB      ? names_lab_words(w.lab)
           : w.measure == MEASURE_WEIGHT ? STR("kg")
                                         : (struct str) { "", 0 };
    for (const struct phrase *p = measure_labels_measure; p->pattern; p++) {
        if ((enum measure)p->tag != w.measure) continue;
        if (!arena_printf(arena, out, "%.*s %s", STR_ARG(*out), p->pattern))
            return fail(err, E_LIMIT, NULL, "no memory for measures");
    }
    return OK;
}

static void add_word(struct label_words *out, struct str word) {
    out->any |= strchr("~$@", word.p[0]) != NULL;
    out->begins[(unsigned char)word.p[0]] = true;
    out->items[out->count++] = word;
}

enum status measure_label_words(struct arena *arena, const struct measures_asked *wanted,
                                struct label_words *out, struct err *err) {
    struct str texts[MEASURES_ASKED_MAX];
    size_t bytes = 0;
    for (size_t i = 0; i < wanted->count; i++) {
        enum status s = label_text(arena, wanted->items[i], &texts[i], err);
        if (s != OK) return s;
        bytes += texts[i].n;
    }
    *out = (struct label_words) { .items = arena_array(arena, bytes + 1, sizeof *out->items) };
    if (!out->items) return fail(err, E_LIMIT, NULL, "no memory for measures");
    for (size_t i = 0; i < wanted->count; i++)
        for (struct str word; (word = str_next_word(&texts[i], " |_")).n;) add_word(out, word);
    return OK;
}

static void sort_labels(struct measure_label *labels, size_t count) {
    for (size_t i = 1; i < count; i++) {
        struct measure_label one = labels[i];
        size_t k = i;
        for (; k && labels[k - 1].first > one.first; k--) labels[k] = labels[k - 1];
        labels[k] = one;
    }
}

enum status measure_labels(const struct measure_book *book, struct arena *arena, const struct tokens *tokens,
                           struct measure_label out[MEASURE_LABELS_MAX], size_t *count, struct err *err) {
    struct phrase_hit *hits;
    size_t found;
    *count = 0;
    enum status s = phrase_find(book->labels, arena, tokens, NULL, 0, &hits, &found, err);
    for (size_t i = 0; i < found && s == OK; i++) {
        enum measure m = (enum measure)measure_labels_measure[hits[i].phrase].tag;
        if (!is_within_longer(hits, found, i))
            add_label(out, count, (struct measure_wanted) { m, 0 }, hits[i].first, hits[i].last);
    }
    for (size_t i = 0; i < tokens->count && s == OK; i++) {
        const struct token *t = &tokens->items[i];
        int named = t->stop || t->number ? 0 : names_lab(t->folded);
        if (named) add_label(out, count, (struct measure_wanted) { MEASURE_LAB, named }, i, i);
    }
    sort_labels(out, *count);
    return s;
}
