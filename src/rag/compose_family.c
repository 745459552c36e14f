/*
 * compose_family -- which of the patient's family has or had something: "Soeur opérée de la thyroïde", "son frère est également en dialyse".
 *
 * A sentence answers that names a relative and all that is asked about, or says "the same" where that is asked. What is noted of the patient
 * never does.
 */
#include "rag/bearing.h"
#include "rag/paper.h"
#include "rag/rag_words.h"
#include "rag/sentence.h"

enum { FAMILY_SHOWN_MAX = 2, FAMILY_BYTES_MAX = 300 };

static bool is_family(struct str folded) {
    return word_in(folded, &words_family);
}

static bool is_relative(struct str folded) {
    return word_in(folded, &words_relative);
}

static bool says_same(struct str folded) {
    return word_in(folded, &words_same);
}

static bool only_asks(struct str folded) {
    return is_family(folded) || says_same(folded) || word_in(folded, &words_family_asked);
}

bool family_is_asked(const struct draft *d) {
    bool family = false, who = d->demands.asked[DEMAND_PERSON];
    for (size_t i = 0; i < d->tokens->count; i++) {
        family |= is_family(d->tokens->items[i].folded);
        who |= word_in(d->tokens->items[i].folded, &words_anybody);
    }
    return family && who;
}

struct kinship {
    struct draft *draft;
    bool same; /* "la même maladie" */
};

static bool is_content(const struct draft *d, size_t i) {
    return draft_is_content(d, i) && !only_asks(d->tokens->items[i].folded);
}

static enum status fits(const struct kinship *k, struct str sentence, bool *fit) {
    struct draft *d = k->draft;
    struct tokens t;
    bool relative = false, same = false, all = true;
    size_t asked = 0;
    enum status s = text_tokens(d->reader, d->arena, sentence, TEXT_DOCUMENT, &t, d->err);
    for (size_t i = 0; s == OK && i < t.count; i++) {
        relative |= is_relative(t.items[i].folded);
        same |= says_same(t.items[i].folded);
    }
    for (size_t i = 0; s == OK && relative && i < d->tokens->count; i++) {
        if (!is_content(d, i)) continue;
        asked++;
        all &= bearing_holds(d, &t, i);
    }
    *fit = relative && (k->same ? same : all && asked);
    return s;
}

static bool may_fit(struct str sentence) {
    return sentence.n > 4 && sentence.n <= FAMILY_BYTES_MAX;
}

enum status compose_family(struct draft *d) {
    struct kinship k = { .draft = d };
    if (!family_is_asked(d)) return OK;
    enum status s = OK;
    for (size_t i = 0; i < d->tokens->count; i++)
        k.same |= str_in_words(d->tokens->items[i].folded, "meme same");
    for (size_t i = 0; s == OK && i < d->record->chunk_count && d->lines < FAMILY_SHOWN_MAX; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (!paper_is_readable(d, c)) continue;
        for (size_t at = 0; s == OK && at < c->text.n && d->lines < FAMILY_SHOWN_MAX;) {
            struct str sentence = sentence_next(c->text, &at);
            bool fit = false;
            if (may_fit(sentence)) s = fits(&k, sentence, &fit);
            if (s == OK && fit) s = draft_sentence(d, c, sentence);
        }
    }
    return s;
}
