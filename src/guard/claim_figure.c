/*
 * claim_figure -- figures and turns: what belongs to a medicine or value in a sentence belongs to it in the passage too.
 */
#include "guard/claim_part.h"
#include "guard/claim_words.h"

/* A title that names the subject speaks for a text that names none of its own. */
static bool title_names(const struct claim *c, uint32_t subject) {
    for (size_t i = 0; i < c->source->title.tokens.count; i++)
        if (c->source->title.subject[i] == subject) return true;
    return false;
}

static bool belongs_to(const struct claim *c, size_t source_token, uint32_t subject) {
    uint32_t owner = statement_owner(&c->source->text, source_token);
    return owner == subject || (owner == 0 && title_names(c, subject));
}

/* In a sentence of the passage (from 0), or anywhere in it (-1). */
static bool holds_figure(const struct claim *c, const struct quantity *q, uint32_t subject, int sentence) {
    for (size_t i = 0; i < c->source->text.quantity_count; i++) {
        const struct quantity *k = &c->source->text.quantities[i];
        if (sentence >= 0 && c->source->text.sentence[k->first] != sentence) continue;
        if (quantity_is_said(q, k) && (!subject || q->day.day || belongs_to(c, k->first, subject)))
            return true;
    }
    for (size_t i = 0; i < c->source->title.quantity_count; i++)
        if (quantity_is_said(q, &c->source->title.quantities[i])) return true;
    return q->day.day && quantity_is_said(q, &(struct quantity) { .day = c->source->date });
}

static bool holds_turn(const struct claim *c, uint8_t turn, uint32_t subject, int sentence) {
    for (size_t i = 0; i < c->source->text.tokens.count; i++) {
        if (sentence >= 0 && c->source->text.sentence[i] != sentence) continue;
        if (c->source->text.turn[i] == turn && (!subject || belongs_to(c, i, subject))) return true;
    }
    return false;
}

/* A stop, a prohibition and an allergy are of something; a negation or condition may be of all the sentence. */
static bool has_owner(uint8_t turn) {
    return turn != TURN_NONE && turn != TURN_NOT && turn != TURN_IF;
}

/* Figures and turns that belong to a medicine or value belong to it in the passage too. */
enum claim_fault claim_judge_owned(const struct claim *c) {
    for (size_t i = 0; i < c->said.quantity_count; i++) {
        const struct quantity *q = &c->said.quantities[i];
        uint32_t subject = statement_owner(&c->said, q->first);
        if (subject && !holds_figure(c, q, subject, -1)) return CLAIM_FIGURE;
    }
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        uint32_t subject = has_owner(c->said.turn[i]) ? statement_owner(&c->said, i) : 0;
        if (subject && !holds_turn(c, c->said.turn[i], subject, -1)) return CLAIM_TURN;
    }
    return CLAIM_BORNE;
}

/* A word with a meaning beside figures and turns that both sentences hold. */
static bool shares_word(const struct claim *c, int sentence) {
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        const struct token *t = &c->said.tokens.items[i];
        if (statement_in_figure(&c->said, i) || t->stop || c->said.turn[i] ||
            claim_word_is_framing(t->folded))
            continue;
        for (size_t k = 0; k < c->source->text.tokens.count; k++)
            if (c->source->text.sentence[k] == sentence &&
                claim_words_agree(&c->source->text.tokens.items[k], t))
                return true;
    }
    return false;
}

static enum claim_fault judge_unowned_by(const struct claim *c, int sentence) {
    for (size_t i = 0; i < c->said.quantity_count; i++) {
        const struct quantity *q = &c->said.quantities[i];
        if (!statement_owner(&c->said, q->first) && !holds_figure(c, q, 0, sentence)) return CLAIM_FIGURE;
    }
    for (size_t i = 0; i < c->said.tokens.count; i++)
        if (statement_turn_is_own(c->said.turn[i]) && !statement_owner(&c->said, i) &&
            !holds_turn(c, c->said.turn[i], 0, sentence))
            return CLAIM_TURN;
    return CLAIM_BORNE;
}

static bool is_time_of_day(uint8_t turn) {
    return turn == TURN_MORNING || turn == TURN_NOON || turn == TURN_EVENING || turn == TURN_NIGHT;
}

static bool says_turn(const struct claim *c, uint8_t turn, uint32_t subject) {
    for (size_t i = 0; i < c->said.tokens.count; i++)
        if (c->said.turn[i] == turn && statement_owner(&c->said, i) == subject) return true;
    return false;
}

/* Times of day that the sentence of the passage names and what is said leaves out. */
static bool leaves_out_time(const struct claim *c, int sentence) {
    bool says_time = false;
    for (size_t i = 0; i < c->said.tokens.count; i++) says_time |= is_time_of_day(c->said.turn[i]);
    for (size_t i = 0; i < c->source->text.tokens.count && says_time; i++)
        if (c->source->text.sentence[i] == sentence && is_time_of_day(c->source->text.turn[i]) &&
            !says_turn(c, c->source->text.turn[i], 0))
            return true;
    return false;
}

static bool has_unowned(const struct claim *c) {
    for (size_t i = 0; i < c->said.quantity_count; i++)
        if (!statement_owner(&c->said, c->said.quantities[i].first) && !c->said.quantities[i].day.day)
            return true;
    for (size_t i = 0; i < c->said.tokens.count; i++)
        if (statement_turn_is_own(c->said.turn[i]) && !statement_owner(&c->said, i)) return true;
    return false;
}

/* What belongs to no subject stands all in one sentence of the passage, which shares a word with what is said. */
enum claim_fault claim_judge_unowned(const struct claim *c) {
    enum claim_fault worst = has_unowned(c) ? CLAIM_FIGURE : judge_unowned_by(c, -1);
    for (int k = 0; k < statement_sentences(&c->source->text) && worst != CLAIM_BORNE; k++) {
        enum claim_fault fault = shares_word(c, k) ? judge_unowned_by(c, k) : CLAIM_FIGURE;
        if (fault == CLAIM_BORNE && leaves_out_time(c, k)) fault = CLAIM_TURN;
        if (fault != CLAIM_FIGURE) worst = fault;
    }
    return worst;
}

static bool says_figure(const struct claim *c, const struct quantity *q, uint32_t subject) {
    for (size_t i = 0; i < c->said.quantity_count; i++)
        if (quantity_is_said(&c->said.quantities[i], q) &&
            statement_owner(&c->said, c->said.quantities[i].first) == subject)
            return true;
    return false;
}

/* Who says how much of a medicine to take says it whole: every rhythm, limit and time of day that the passage gives it. */
static bool intake_is_whole(const struct claim *c, uint32_t subject) {
    for (size_t i = 0; i < c->source->text.quantity_count; i++) {
        const struct quantity *q = &c->source->text.quantities[i];
        bool rhythm = str_eq(q->unit, STR("fois")) || q->sense == SENSE_EVERY || q->sense == SENSE_MOST;
        if (rhythm && statement_owner(&c->source->text, q->first) == subject && !says_figure(c, q, subject))
            return false;
    }
    for (size_t i = 0; i < c->source->text.tokens.count; i++)
        if (is_time_of_day(c->source->text.turn[i]) && statement_owner(&c->source->text, i) == subject &&
            !says_turn(c, c->source->text.turn[i], subject))
            return false;
    return true;
}

bool claim_intakes_are_whole(const struct claim *c) {
    for (size_t i = 0; i < c->said.quantity_count; i++) {
        const struct quantity *q = &c->said.quantities[i];
        uint32_t subject = quantity_is_intake(q) ? statement_owner(&c->said, q->first) : 0;
        if (subject && !intake_is_whole(c, subject)) return false;
    }
    return true;
}
