/*
 * compose_interval -- "combien de temps entre deux gouttes ?": the sentences that say how far apart things are taken. How long a treatment lasts
 * would be a wrong answer.
 */
#include "rag/draft.h"
#include "rag/sentence.h"
#include "understanding/relatives.h"

enum { SENTENCES_MAX = 3, SENTENCE_BYTES_MAX = 240 };

static const char between[] = "entre between";

/* "Entre deux", "between the": tokens from there on are what is apart. */
static size_t between_asked(const struct draft *d) {
    size_t i = 0;
    while (i < d->tokens->count && !str_in_words(d->tokens->items[i].folded, between)) i++;
    return d->demands.asked[DEMAND_DURATION] ? i : d->tokens->count;
}

/* What is dropped or swallowed is mostly named by its form: "collyres", "gouttes". */
static bool is_same(const struct draft *d, size_t asked, const struct token *printed) {
    return draft_names(d, asked, printed->stem) ||
           (expand_is_form(d->tokens->items[asked].folded) && expand_is_form(printed->folded));
}

/* "Attendre 10 minutes entre deux collyres": the interval, and one of the things that are asked about behind "entre". */
static enum status says_interval(struct draft *d, struct str sentence, size_t from, bool *says) {
    struct tokens t;
    uint32_t shown = 0;
    bool apart = false, same = false;
    *says = false;
    enum status s = text_tokens(d->reader, d->arena, sentence, TEXT_DOCUMENT, &t, d->err);
    if (s == OK) s = demand_look(d->books->demands, d->arena, sentence, &t, &shown, d->err);
    for (size_t k = 0; s == OK && k < t.count; k++) {
        apart |=
            str_in_words(t.items[k].folded, between) || str_begins_in(t.items[k].folded, "interval espac");
        for (size_t i = from; i < d->tokens->count && apart; i++)
            same |= draft_is_content(d, i) && is_same(d, i, &t.items[k]);
    }
    *says = apart && same && shown >> SHOWN_DURATION & 1 && !relatives_are_named(&t);
    return s;
}

enum status compose_interval(struct draft *d) {
    size_t from = between_asked(d), said = 0;
    for (size_t k = 0; k < d->record->chunk_count && from < d->tokens->count; k++) {
        const struct record_chunk *c = &d->record->chunks[k];
        if (c->confidence < CONFIDENCE_READABLE) continue;
        for (size_t at = 0; at < c->text.n && said < SENTENCES_MAX;) {
            struct str sentence = sentence_next(c->text, &at);
            bool says = false;
            enum status s =
                sentence.n && sentence.n <= SENTENCE_BYTES_MAX ? says_interval(d, sentence, from, &says) : OK;
            if (s == OK && says) s = draft_sentence(d, c, sentence);
            if (s != OK) return s;
            said += says;
        }
    }
    return OK;
}
