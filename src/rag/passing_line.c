#include "rag/passing_line.h"

#include "language/words.h"

enum { LONG_WORDS = 20, WORD_LETTERS_MIN = 3, LABEL_BYTES_MAX = 60 };

static float share(size_t part, size_t all) {
    return all ? (float)part / (float)all : 0;
}

static bool is_asked(const struct search_query *q, const struct token *t) {
    for (size_t k = 0; k < q->count; k++)
        if (q->terms[k].group >= 0 && str_eq(q->terms[k].stem, t->stem)) return true;
    return false;
}

/* Of the words those that are asked for: in "Poids 67 kg" more than in a row of ten values. */
static float dense(const struct search_query *q, const struct tokens *t) {
    size_t words = 0, asked = 0;
    for (size_t i = 0; i < t->count; i++) {
        if (t->items[i].stop || t->items[i].number) continue;
        words++;
        asked += is_asked(q, &t->items[i]);
    }
    return share(asked, words);
}

/* "Pr Abdou TINE - Néphrologie", "FICHE D'APTITUDE": words that begin large, as names and titles do. */
static float names(struct str line, const struct tokens *t) {
    size_t words = 0, large = 0;
    for (size_t i = 0; i < t->count; i++) {
        struct str word = token_source(line, &t->items[i]);
        if (t->items[i].number || word.n == 0) continue;
        words++;
        large += word.p[0] >= 'A' && word.p[0] <= 'Z';
    }
    return share(large, words);
}

static bool stands(const struct tokens *t, struct str stem) {
    for (size_t i = 0; i < t->count; i++)
        if (str_eq(t->items[i].stem, stem)) return true;
    return false;
}

/* Of the question's words with a meaning those that stand there or in the heading themselves, not by another name. */
static float own_words(const struct search_query *q, const struct tokens *asked, const struct tokens *t,
                       const struct tokens *heading) {
    size_t words = 0, own = 0;
    for (size_t i = 0; i < asked->count; i++) {
        const struct token *word = &asked->items[i];
        int8_t group = q->group_of[i];
        bool counts = !word->stop && !word->number && word->folded.n >= WORD_LETTERS_MIN &&
                      !words_is_common(word->folded) && (group < 0 || q->group_weight[group] > 0);
        if (!counts) continue;
        words++;
        own += stands(t, word->stem) || stands(heading, word->stem);
    }
    return share(own, words);
}

/* Where the label that ends before the colon begins: behind a full stop, a comma, a semicolon, or a gap. */
static size_t label_start(struct str line, size_t colon) {
    for (size_t i = colon; i > 1; i--) {
        char before = line.p[i - 2], c = line.p[i - 1];
        if (c == '\n' || c == ';' || c == ':') return i;
        if (c == ' ' && (before == ' ' || before == '.' || before == ',')) return i;
    }
    return 0;
}

/* Of the labels of the line the one that is asked for most: "Pertes 350 mL. Transfusion : 1 culot". */
static enum status read_label(struct text_reader *reader, struct arena *arena, const struct search_query *q,
                              struct str line, float *label, struct err *err) {
    enum status s = OK;
    *label = 0;
    for (size_t i = 1; i < line.n && s == OK; i++) {
        size_t start = line.p[i] == ':' ? label_start(line, i) : i;
        struct tokens t;
        if (start == i || i - start > LABEL_BYTES_MAX) continue;
        s = text_tokens(reader, arena, str_sub(line, start, i - start), TEXT_DOCUMENT, &t, err);
        float asked = s == OK ? dense(q, &t) : 0;
        if (asked > *label) *label = asked;
    }
    return s;
}

enum status passing_read_line(struct text_reader *reader, struct arena *arena, const struct search_query *q,
                              const struct tokens *asked, struct str line, struct str heading,
                              struct passing *out, struct err *err) {
    struct tokens t, above;
    enum status s = text_tokens(reader, arena, line, TEXT_DOCUMENT, &t, err);
    if (s == OK) s = text_tokens(reader, arena, heading, TEXT_DOCUMENT, &above, err);
    if (s != OK) return s;
    out->signs[PASSING_DENSE] = dense(q, &t);
    out->signs[PASSING_NAMES] = names(line, &t);
    out->signs[PASSING_OWN_WORDS] = own_words(q, asked, &t, &above);
    out->signs[PASSING_LONG] = share(t.count < LONG_WORDS ? t.count : LONG_WORDS, LONG_WORDS);
    return read_label(reader, arena, q, line, &out->signs[PASSING_LABEL], err);
}
