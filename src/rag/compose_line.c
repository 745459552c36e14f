/*
 * compose_line -- single lines that answer by themselves: the size of something ("hernie discale de 9 mm"), and what stands behind a label that
 * says all that is asked ("Anesthésie : rachianesthésie").
 */
#include "rag/draft.h"
#include "rag/measure.h"
#include "rag/paper.h"
#include "rag/sentence.h"
#include "rag/treatment.h"

enum { SENTENCES_MAX = 3, SENTENCE_BYTES_MAX = 300 };

/* Other words that say the same as a word of the question. */
struct same_words {
    struct str words[EXPAND_SAME_MAX];
    size_t count;
};

struct search {
    struct draft *draft;
    struct same_words *same; /* a token each */
    bool by_label;           /* else a length is wanted */
    bool *object;            /* a token each: must stand in the sentence */
    size_t object_count;
};

/* "9 mm", "10 x 330 mm", "68 mL". */
static bool holds_length(const struct tokens *t, struct str text) {
    for (size_t i = 0; i + 1 < t->count; i++) {
        const struct token *n = &t->items[i];
        size_t end = n->at + n->bytes;
        bool beside = t->items[i + 1].at <= end + 1 && text.n > end;
        if (n->number && beside && str_in_words(t->items[i + 1].folded, "mm cm ml cc")) return true;
    }
    return false;
}

static bool means(const struct search *s, size_t asked, const struct token *printed) {
    const struct same_words *same = &s->same[asked];
    if (str_eq(s->draft->tokens->items[asked].stem, printed->stem)) return true;
    for (size_t k = 0; k < same->count; k++)
        if (str_eq(same->words[k], printed->folded)) return true;
    return false;
}

static bool speaks_of_object(const struct search *s, const struct tokens *t) {
    for (size_t i = 0; i < s->draft->tokens->count; i++) {
        bool found = !s->object[i];
        for (size_t k = 0; k < t->count && !found; k++) found = means(s, i, &t->items[k]);
        if (!found) return false;
    }
    return true;
}

/* Where the label before the colon begins: behind the value of the label before it. */
static size_t label_start(struct str text, size_t from, size_t colon) {
    size_t start = from;
    for (size_t i = from; from && i < colon; i++) {
        bool capital = (text.p[i] >= 'A' && text.p[i] <= 'Z') || (unsigned char)text.p[i] == 0xC3;
        if (capital && text.p[i - 1] == ' ') start = i;
    }
    return start;
}

/* The title or the heading says it. */
static enum status frame_means(const struct search *s, const struct record_chunk *c, size_t asked,
                               bool *holds) {
    struct draft *d = s->draft;
    const struct str texts[] = { c->heading, d->record->documents[c->document].title };
    for (size_t i = 0; i < COUNT_OF(texts) && !*holds; i++) {
        struct tokens t;
        enum status st = text_tokens(d->reader, d->arena, texts[i], TEXT_DOCUMENT, &t, d->err);
        if (st != OK) return st;
        for (size_t k = 0; k < t.count; k++) *holds |= means(s, asked, &t.items[k]);
    }
    return OK;
}

/* The label between two bytes of a line. */
struct label {
    const struct record_chunk *chunk;
    const struct tokens *tokens;
    size_t from, colon;
};

static bool is_of_label(const struct label *l, size_t token) {
    return l->tokens->items[token].at >= l->from && l->tokens->items[token].at < l->colon;
}

static bool label_says(const struct search *s, const struct label *l, size_t asked) {
    for (size_t k = 0; k < l->tokens->count; k++)
        if (is_of_label(l, k) && means(s, asked, &l->tokens->items[k])) return true;
    return false;
}

/* Something that is asked for stands in it, and nothing else. */
static bool label_is_asked(const struct search *s, const struct label *l) {
    size_t asked = s->draft->tokens->count, said = 0;
    for (size_t k = 0; k < l->tokens->count; k++) {
        bool known = !is_of_label(l, k) || l->tokens->items[k].stop;
        for (size_t i = 0; i < asked && !known; i++) known = means(s, i, &l->tokens->items[k]);
        if (!known) return false;
    }
    for (size_t i = 0; i < asked; i++) said += s->object[i] && label_says(s, l, i);
    return said > 0;
}

/* It says all that is asked, and no more. */
static enum status label_fits(const struct search *s, const struct label *l, bool *fits) {
    enum status st = OK;
    *fits = label_is_asked(s, l);
    for (size_t i = 0; i < s->draft->tokens->count && *fits && st == OK; i++) {
        if (!s->object[i] || label_says(s, l, i)) continue;
        *fits = false;
        st = frame_means(s, l->chunk, i, fits);
    }
    return st;
}

static enum status holds_label(const struct search *s, const struct record_chunk *c, const struct tokens *t,
                               struct str text, bool *fits) {
    struct label l = { .chunk = c, .tokens = t };
    size_t from = 0;
    *fits = false;
    for (size_t i = 1; i + 2 < text.n && !*fits; i++) {
        bool time = is_digit(text.p[i - 1]) && is_digit(text.p[i + 1]);
        if (text.p[i] != ':' || time) continue;
        l.from = label_start(text, from, i);
        l.colon = i;
        enum status st = label_fits(s, &l, fits);
        if (st != OK) return st;
        from = i + 1;
    }
    /* What is only ordered is no answer. */
    struct demands demands = s->draft->demands;
    demands.asked[DEMAND_OUTCOME] = true;
    *fits = *fits && demand_is_met(s->draft->reader, s->draft->arena, &demands, text,
                                   s->draft->record->documents[c->document].date);
    return OK;
}

/* Seen from its letters alone: most sentences have neither a label nor a length. */
static bool may_fit(const struct search *s, struct str sentence) {
    if (sentence.n > SENTENCE_BYTES_MAX) return false;
    if (s->by_label) return str_find_char(sentence, ':') < sentence.n;
    for (size_t i = 0; i < sentence.n; i++)
        if (is_digit(sentence.p[i])) return true;
    return false;
}

static enum status sentence_fits(const struct search *s, const struct record_chunk *c, struct str sentence,
                                 bool *fits) {
    struct draft *d = s->draft;
    struct tokens t;
    *fits = false;
    if (!may_fit(s, sentence)) return OK;
    /* Labels end with the last colon. */
    struct str part = sentence;
    while (s->by_label && part.n && part.p[part.n - 1] != ':') part.n--;
    enum status st = text_tokens(d->reader, d->arena, part, TEXT_DOCUMENT, &t, d->err);
    if (st != OK) return st;
    if (s->by_label) return holds_label(s, c, &t, sentence, fits);
    *fits = holds_length(&t, sentence) && speaks_of_object(s, &t);
    return OK;
}

static bool in_time(const struct draft *d, const struct record_document *doc) {
    return doc->id && (!d->when->said || when_holds(d->when, doc->date));
}

struct found {
    uint32_t chunk;
    struct str sentence;
};

/* Chunks of which every object is named, in the text or in the title. */
static enum status read_chunks(const struct search *s, bool **out) {
    struct draft *d = s->draft;
    size_t n = d->record->chunk_count;
    bool *all = arena_array(d->arena, n + 1, 1), *one = arena_array(d->arena, n + 1, 1);
    if (!all || !one) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    memset(all, true, n);
    for (size_t i = 0; i < d->tokens->count; i++) {
        if (!s->object[i]) continue;
        memset(one, false, n);
        enum status st = paper_mark_chunks(d, &d->tokens->items[i], one);
        if (st != OK) return st;
        for (size_t k = 0; k < n; k++) all[k] &= one[k];
    }
    *out = all;
    return OK;
}

/* The sentences of the paper that is to be believed first. */
struct sentences {
    const struct record_document *of; /* NULL: none found yet */
    struct found *items;
    size_t count;
};

static bool may_add(const struct sentences *f, const struct record_document *doc) {
    if (f->of == doc) return f->count < SENTENCES_MAX;
    return !f->of || treatment_is_later(doc, f->of);
}

static enum status add_sentences_of(const struct search *s, uint32_t chunk, struct sentences *f) {
    const struct record_chunk *c = &s->draft->record->chunks[chunk];
    const struct record_document *doc = &s->draft->record->documents[c->document];
    for (size_t at = 0; at < c->text.n && may_add(f, doc);) {
        size_t end = sentence_end(c->text, at);
        struct str sentence = str_trim(str_sub(c->text, at, end - at));
        bool fits;
        at = end;
        while (at < c->text.n && strchr(" \n", c->text.p[at])) at++;
        enum status st = sentence_fits(s, c, sentence, &fits);
        if (st != OK) return st;
        if (!fits) continue;
        if (f->of != doc) f->count = 0;
        f->of = doc;
        f->items[f->count++] = (struct found) { chunk, sentence };
    }
    return OK;
}

static enum status find_sentences(const struct search *s, struct found found[SENTENCES_MAX], size_t *count) {
    struct draft *d = s->draft;
    struct sentences all = { .items = found };
    bool *chunks = NULL;
    enum status st = read_chunks(s, &chunks);
    for (uint32_t i = 0; st == OK && i < d->record->chunk_count; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (chunks[i] && c->confidence >= CONFIDENCE_READABLE &&
            in_time(d, &d->record->documents[c->document]))
            st = add_sentences_of(s, i, &all);
    }
    *count = all.count;
    return st;
}

static enum status say_sentences(struct draft *d, const struct found *found, size_t count) {
    enum status s = OK;
    for (size_t i = 0; i < count && s == OK; i++)
        s = draft_sentence(d, &d->record->chunks[found[i].chunk], found[i].sentence);
    return s;
}

/* The words of the question that must stand in the line. */
static void read_objects(struct search *s, const bool *said) {
    const struct draft *d = s->draft;
    for (size_t i = 0; i < d->tokens->count; i++) {
        s->same[i].count = expand_same(d->tokens->items[i].folded, s->same[i].words);
        s->object[i] = !d->tokens->items[i].stop && !said[i] && !d->when->tokens[i] && !d->subject->own[i];
        s->object_count += s->object[i];
    }
}

enum status compose_line(struct draft *d) {
    struct search s = { .draft = d,
                        .same = arena_array(d->arena, d->tokens->count + 1, sizeof *s.same),
                        .object = arena_array(d->arena, d->tokens->count + 1, 1) };
    struct found found[SENTENCES_MAX];
    bool *said, size;
    size_t count;
    if (!s.same || !s.object) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    if (d->when->future || d->reading->intent == INTENT_ADVICE || !demand_facts_may_answer(&d->demands))
        return OK;
    enum status st = measures_size_asked(d->books->measures, d->arena, d->tokens, &size, &said, d->err);
    if (st != OK || (!size && d->subject->names_drug)) return st;
    s.by_label = !size;
    read_objects(&s, said);
    if (s.object_count == 0) return OK;
    st = find_sentences(&s, found, &count);
    return st == OK && count ? say_sentences(d, found, count) : st;
}
