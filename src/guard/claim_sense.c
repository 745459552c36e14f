/*
 * claim_sense -- is a sentence meant as the passage's nearest one: the same order, negations and conditions, done or only planned.
 */
#include "guard/claim_part.h"
#include "guard/claim_words.h"

/* Where a token of what is said stands in a sentence of the passage, from a token on; SIZE_MAX: nowhere. */
static size_t place_of(const struct claim *c, size_t said, int sentence, size_t from) {
    const struct token *t = &c->said.tokens.items[said];
    for (size_t i = from; i < c->source->text.tokens.count; i++) {
        if (c->source->text.sentence[i] != sentence) continue;
        bool same = c->said.turn[said] ? c->source->text.turn[i] == c->said.turn[said]
                                       : claim_words_agree(&c->source->text.tokens.items[i], t);
        if (same) return i;
    }
    return SIZE_MAX;
}

/* Two figures of one unit, or two turns: which word goes with which is told by their order alone. */
static bool could_be_swapped(const struct claim *c) {
    int turns = 0;
    for (size_t i = 0; i < c->said.tokens.count; i++) turns += statement_turn_is_own(c->said.turn[i]);
    if (turns > 1) return true;
    for (size_t i = 0; i < c->said.quantity_count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct quantity *a = &c->said.quantities[i], *b = &c->said.quantities[k];
            if (!a->day.day && str_eq(a->unit, b->unit) && !str_eq(a->digits, b->digits)) return true;
        }
    return false;
}

static bool is_in_day(const struct statement *s, size_t token) {
    for (size_t i = 0; i < s->quantity_count; i++)
        if (s->quantities[i].day.day && token >= s->quantities[i].first && token <= s->quantities[i].last)
            return true;
    return false;
}

/* Then the words, figures and turns stand in the order of the passage. */
static bool keeps_order(const struct claim *c, int sentence) {
    size_t last = 0;
    if (!could_be_swapped(c)) return true;
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        const struct token *t = &c->said.tokens.items[i];
        bool counts = t->number || statement_turn_is_own(c->said.turn[i]) ||
                      (!t->stop && !c->said.turn[i] && !claim_word_is_framing(t->folded));
        if (!counts || is_in_day(&c->said, i) || place_of(c, i, sentence, 0) == SIZE_MAX) continue;
        size_t place = place_of(c, i, sentence, last);
        if (place == SIZE_MAX) return false;
        last = place;
    }
    return true;
}

/* How many of the words of what is said a sentence of the passage holds. */
static int overlap(const struct claim *c, int sentence) {
    int n = 0;
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        const struct token *t = &c->said.tokens.items[i];
        bool held = false;
        if (t->stop || (claim_word_is_framing(t->folded) && !t->number)) continue;
        for (size_t k = 0; k < c->source->text.tokens.count && !held; k++)
            held = c->source->text.sentence[k] == sentence &&
                   claim_words_agree(&c->source->text.tokens.items[k], t);
        n += held;
    }
    return n;
}

/* Every sentence that is said together. */
static uint32_t said_marks(const struct claim *c) {
    uint32_t marks = 0;
    for (int k = 0; k < statement_sentences(&c->said); k++) marks |= c->said.marks[k];
    return marks;
}

static bool holds_kind(const struct statement *s, int sentence, bool (*is_kind)(struct str folded)) {
    for (size_t i = 0; i < s->tokens.count; i++)
        if ((sentence < 0 || s->sentence[i] == sentence) && is_kind(s->tokens.items[i].folded)) return true;
    return false;
}

/* "À faire : rappel" is no "le rappel a été fait". */
static bool takes_plan_for_deed(const struct claim *c, int sentence) {
    return holds_kind(&c->said, -1, claim_word_is_done) &&
           holds_kind(&c->source->text, sentence, claim_word_is_to_do) &&
           !holds_kind(&c->source->text, sentence, claim_word_is_done);
}

/* The year of a token that stands alone as one; 0: it is none. */
static int year_of(const struct token *t) {
    int year = 0;
    if (!t->number || t->folded.n != 4) return 0;
    for (size_t i = 0; i < 4; i++) {
        if (t->folded.p[i] < '0' || t->folded.p[i] > '9') return 0;
        year = year * 10 + (t->folded.p[i] - '0');
    }
    return year >= 1900 ? year : 0;
}

/* "Accouchement 2022, garçon": without the year it would be said of today's child. Any sign of the past will do. */
static bool loses_the_past(const struct claim *c, int sentence) {
    bool past = false;
    for (size_t i = 0; i < c->source->text.tokens.count; i++) {
        const struct token *t = &c->source->text.tokens.items[i];
        if (c->source->text.sentence[i] != sentence || is_in_day(&c->source->text, i)) continue;
        int year = year_of(t);
        if (!claim_word_is_past(t->folded) && (year == 0 || year >= c->source->date.year)) continue;
        past = true;
        for (size_t k = 0; k < c->said.tokens.count; k++)
            if (claim_words_agree(t, &c->said.tokens.items[k])) return false;
    }
    return past;
}

/*
 * Negation, condition, stop, prohibition and allergy are as in the sentence of the passage that is nearest to what is said; of several as
 * near all must agree: what is lost may be the point.
 */
bool claim_is_meant_alike(const struct claim *c) {
    int best = 0;
    bool alike = false;
    uint32_t marks = said_marks(c);
    for (int k = 0; k < statement_sentences(&c->source->text); k++) {
        int n = overlap(c, k);
        if (n < best || n == 0) continue;
        bool same = c->source->text.marks[k] == marks;
        same = same && keeps_order(c, k) && !takes_plan_for_deed(c, k) && !loses_the_past(c, k);
        alike = n > best ? same : alike && same;
        best = n;
    }
    return alike;
}
