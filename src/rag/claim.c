#include "rag/claim.h"

#include "rag/claim_words.h"
#include "rag/names.h"
#include "rag/statement.h"

/* One sentence against one passage: it must be borne by one of those that it cites, alone. */
struct check {
    struct statement said, text, title;
    const struct claim_passage *cited;
};

static const char *const fault_names[CLAIM_FAULT_COUNT] = {
    [CLAIM_BORNE] = "borne",   [CLAIM_EMPTY] = "empty", [CLAIM_NO_SOURCE] = "no_source",
    [CLAIM_FIGURE] = "figure", [CLAIM_TURN] = "turn",   [CLAIM_WORD] = "word",
    [CLAIM_LINK] = "link",
};

const char *claim_fault_name(enum claim_fault fault) {
    return fault_names[fault];
}

static bool statement_holds(const struct statement *s, const struct token *t, bool exact) {
    for (size_t i = 0; i < s->tokens.count; i++) {
        const struct token *k = &s->tokens.items[i];
        if (exact ? str_eq(k->folded, t->folded) : claim_words_agree(k, t)) return true;
    }
    return false;
}

static bool is_held(const struct check *c, const struct token *t, bool exact) {
    return statement_holds(&c->text, t, exact) || statement_holds(&c->title, t, exact);
}

/* A title that names the subject speaks for a text that names none of its own. */
static bool title_names(const struct check *c, uint32_t subject) {
    for (size_t i = 0; i < c->title.tokens.count; i++)
        if (c->title.subject[i] == subject) return true;
    return false;
}

static bool belongs_to(const struct check *c, size_t source_token, uint32_t subject) {
    uint32_t owner = statement_owner(&c->text, source_token);
    return owner == subject || (owner == 0 && title_names(c, subject));
}

/* In a sentence of the passage (from 0), or anywhere in it (-1). */
static bool holds_figure(const struct check *c, const struct quantity *q, uint32_t subject, int sentence) {
    for (size_t i = 0; i < c->text.quantity_count; i++) {
        const struct quantity *k = &c->text.quantities[i];
        if (sentence >= 0 && c->text.sentence[k->first] != sentence) continue;
        if (quantity_is_said(q, k) && (!subject || q->day.day || belongs_to(c, k->first, subject)))
            return true;
    }
    for (size_t i = 0; i < c->title.quantity_count; i++)
        if (quantity_is_said(q, &c->title.quantities[i])) return true;
    return q->day.day && quantity_is_said(q, &(struct quantity) { .day = c->cited->date });
}

static bool holds_turn(const struct check *c, uint8_t turn, uint32_t subject, int sentence) {
    for (size_t i = 0; i < c->text.tokens.count; i++) {
        if (sentence >= 0 && c->text.sentence[i] != sentence) continue;
        if (c->text.turn[i] == turn && (!subject || belongs_to(c, i, subject))) return true;
    }
    return false;
}

/* Marks (negation, condition …) are judged over the whole sentence. */
static bool is_own_turn(uint8_t turn) {
    return turn != TURN_NONE && !statement_turn_is_mark((enum statement_turn)turn);
}

/* A stop, a prohibition and an allergy are of something; a negation or condition may be of all the sentence. */
static bool has_owner(uint8_t turn) {
    return turn != TURN_NONE && turn != TURN_NOT && turn != TURN_IF;
}

/* Figures and turns that belong to a medicine or value belong to it in the passage too. */
static enum claim_fault judge_owned(const struct check *c) {
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

/* Words of a figure, its unit included: those were compared. */
static bool is_in_figure(const struct statement *s, size_t token) {
    for (size_t i = 0; i < s->quantity_count; i++) {
        const struct quantity *q = &s->quantities[i];
        if (token >= q->first && token <= q->last + (q->unit.n > 0)) return true;
    }
    return false;
}

/* A word with a meaning beside figures and turns that both sentences hold. */
static bool shares_word(const struct check *c, int sentence) {
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        const struct token *t = &c->said.tokens.items[i];
        if (is_in_figure(&c->said, i) || t->stop || c->said.turn[i] || claim_word_is_framing(t->folded))
            continue;
        for (size_t k = 0; k < c->text.tokens.count; k++)
            if (c->text.sentence[k] == sentence && claim_words_agree(&c->text.tokens.items[k], t))
                return true;
    }
    return false;
}

static enum claim_fault judge_unowned_by(const struct check *c, int sentence) {
    for (size_t i = 0; i < c->said.quantity_count; i++) {
        const struct quantity *q = &c->said.quantities[i];
        if (!statement_owner(&c->said, q->first) && !holds_figure(c, q, 0, sentence)) return CLAIM_FIGURE;
    }
    for (size_t i = 0; i < c->said.tokens.count; i++)
        if (is_own_turn(c->said.turn[i]) && !statement_owner(&c->said, i) &&
            !holds_turn(c, c->said.turn[i], 0, sentence))
            return CLAIM_TURN;
    return CLAIM_BORNE;
}

static bool is_time_of_day(uint8_t turn) {
    return turn == TURN_MORNING || turn == TURN_NOON || turn == TURN_EVENING || turn == TURN_NIGHT;
}

static bool says_turn(const struct check *c, uint8_t turn, uint32_t subject) {
    for (size_t i = 0; i < c->said.tokens.count; i++)
        if (c->said.turn[i] == turn && statement_owner(&c->said, i) == subject) return true;
    return false;
}

/* Where a token of what is said stands in a sentence of the passage, from a token on; SIZE_MAX: nowhere. */
static size_t place_of(const struct check *c, size_t said, int sentence, size_t from) {
    const struct token *t = &c->said.tokens.items[said];
    for (size_t i = from; i < c->text.tokens.count; i++) {
        if (c->text.sentence[i] != sentence) continue;
        bool same = c->said.turn[said] ? c->text.turn[i] == c->said.turn[said]
                                       : claim_words_agree(&c->text.tokens.items[i], t);
        if (same) return i;
    }
    return SIZE_MAX;
}

/* Two figures of one unit, or two turns: which word goes with which is told by their order alone. */
static bool could_be_swapped(const struct check *c) {
    int turns = 0;
    for (size_t i = 0; i < c->said.tokens.count; i++) turns += is_own_turn(c->said.turn[i]);
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
static bool keeps_order(const struct check *c, int sentence) {
    size_t last = 0;
    if (!could_be_swapped(c)) return true;
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        const struct token *t = &c->said.tokens.items[i];
        bool counts = t->number || is_own_turn(c->said.turn[i]) ||
                      (!t->stop && !c->said.turn[i] && !claim_word_is_framing(t->folded));
        if (!counts || is_in_day(&c->said, i) || place_of(c, i, sentence, 0) == SIZE_MAX) continue;
        size_t place = place_of(c, i, sentence, last);
        if (place == SIZE_MAX) return false;
        last = place;
    }
    return true;
}

/* Times of day that the sentence of the passage names and what is said leaves out. */
static bool leaves_out_time(const struct check *c, int sentence) {
    bool says_time = false;
    for (size_t i = 0; i < c->said.tokens.count; i++) says_time |= is_time_of_day(c->said.turn[i]);
    for (size_t i = 0; i < c->text.tokens.count && says_time; i++)
        if (c->text.sentence[i] == sentence && is_time_of_day(c->text.turn[i]) &&
            !says_turn(c, c->text.turn[i], 0))
            return true;
    return false;
}

static bool has_unowned(const struct check *c) {
    for (size_t i = 0; i < c->said.quantity_count; i++)
        if (!statement_owner(&c->said, c->said.quantities[i].first) && !c->said.quantities[i].day.day)
            return true;
    for (size_t i = 0; i < c->said.tokens.count; i++)
        if (is_own_turn(c->said.turn[i]) && !statement_owner(&c->said, i)) return true;
    return false;
}

static int sentence_count(const struct statement *s) {
    return s->tokens.count ? s->sentence[s->tokens.count - 1] + 1 : 0;
}

/* What belongs to no subject stands all in one sentence of the passage, which shares a word with what is said. */
static enum claim_fault judge_unowned(const struct check *c) {
    enum claim_fault worst = has_unowned(c) ? CLAIM_FIGURE : judge_unowned_by(c, -1);
    for (int k = 0; k < sentence_count(&c->text) && worst != CLAIM_BORNE; k++) {
        enum claim_fault fault = shares_word(c, k) ? judge_unowned_by(c, k) : CLAIM_FIGURE;
        if (fault == CLAIM_BORNE && leaves_out_time(c, k)) fault = CLAIM_TURN;
        if (fault != CLAIM_FIGURE) worst = fault;
    }
    return worst;
}

static bool says_figure(const struct check *c, const struct quantity *q, uint32_t subject) {
    for (size_t i = 0; i < c->said.quantity_count; i++)
        if (quantity_is_said(&c->said.quantities[i], q) &&
            statement_owner(&c->said, c->said.quantities[i].first) == subject)
            return true;
    return false;
}

/* Who says how much of a medicine to take says it whole: every rhythm, limit and time of day that the passage gives it. */
static bool intake_is_whole(const struct check *c, uint32_t subject) {
    for (size_t i = 0; i < c->text.quantity_count; i++) {
        const struct quantity *q = &c->text.quantities[i];
        bool rhythm = str_eq(q->unit, STR("fois")) || q->sense == SENSE_EVERY || q->sense == SENSE_MOST;
        if (rhythm && statement_owner(&c->text, q->first) == subject && !says_figure(c, q, subject))
            return false;
    }
    for (size_t i = 0; i < c->text.tokens.count; i++)
        if (is_time_of_day(c->text.turn[i]) && statement_owner(&c->text, i) == subject &&
            !says_turn(c, c->text.turn[i], subject))
            return false;
    return true;
}

static bool intakes_are_whole(const struct check *c) {
    for (size_t i = 0; i < c->said.quantity_count; i++) {
        const struct quantity *q = &c->said.quantities[i];
        uint32_t subject = quantity_is_intake(q) ? statement_owner(&c->said, q->first) : 0;
        if (subject && !intake_is_whole(c, subject)) return false;
    }
    return true;
}

/* How many of the words of what is said a sentence of the passage holds. */
static int overlap(const struct check *c, int sentence) {
    int n = 0;
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        const struct token *t = &c->said.tokens.items[i];
        bool held = false;
        if (t->stop || (claim_word_is_framing(t->folded) && !t->number)) continue;
        for (size_t k = 0; k < c->text.tokens.count && !held; k++)
            held = c->text.sentence[k] == sentence && claim_words_agree(&c->text.tokens.items[k], t);
        n += held;
    }
    return n;
}

/* Every sentence that is said together. */
static uint32_t said_marks(const struct check *c) {
    uint32_t marks = 0;
    for (int k = 0; k < sentence_count(&c->said); k++) marks |= c->said.marks[k];
    return marks;
}

static bool holds_kind(const struct statement *s, int sentence, bool (*is_kind)(struct str folded)) {
    for (size_t i = 0; i < s->tokens.count; i++)
        if ((sentence < 0 || s->sentence[i] == sentence) && is_kind(s->tokens.items[i].folded)) return true;
    return false;
}

/* "À faire : rappel" is no "le rappel a été fait". */
static bool takes_plan_for_deed(const struct check *c, int sentence) {
    return holds_kind(&c->said, -1, claim_word_is_done) &&
           holds_kind(&c->text, sentence, claim_word_is_to_do) &&
           !holds_kind(&c->text, sentence, claim_word_is_done);
}

/*
 * Negation, condition, stop, prohibition and allergy are as in the sentence of the passage that is nearest to what is said; of several as
 * near all must agree: what is lost may be the point.
 */
static bool is_meant_alike(const struct check *c) {
    int best = 0;
    bool alike = false;
    uint32_t marks = said_marks(c);
    for (int k = 0; k < sentence_count(&c->text); k++) {
        int n = overlap(c, k);
        if (n < best || n == 0) continue;
        bool same = c->text.marks[k] == marks;
        same = same && keeps_order(c, k) && !takes_plan_for_deed(c, k);
        alike = n > best ? same : alike && same;
        best = n;
    }
    return alike;
}

static bool words_are_held(const struct check *c, bool *says_something) {
    *says_something = false;
    for (size_t i = 0; i < c->said.tokens.count; i++) {
        const struct token *t = &c->said.tokens.items[i];
        if (is_in_figure(&c->said, i)) {
            *says_something = true;
            continue;
        }
        if (t->stop || c->said.turn[i]) continue;
        bool exact = c->said.subject[i] != 0 || names_is_disease(t->folded);
        if (is_held(c, t, exact)) {
            *says_something |= !claim_word_is_framing(t->folded);
            continue;
        }
        if (!claim_word_is_framing(t->folded) || exact) return false;
    }
    return true;
}

static bool has_foreign_link(const struct check *c, struct str sentence) {
    static const char *const links[] = { "http", "www.", "@", "://" };
    for (size_t i = 0; i < COUNT_OF(links); i++) {
        struct str link = str_from_c(links[i]);
        if (str_find(sentence, link) < sentence.n && str_find(c->cited->text, link) == c->cited->text.n)
            return true;
    }
    return false;
}

static enum claim_fault judge(const struct check *c, struct str sentence) {
    bool says_something;
    if (has_foreign_link(c, sentence)) return CLAIM_LINK;
    enum claim_fault fault = judge_owned(c);
    if (fault == CLAIM_BORNE) fault = judge_unowned(c);
    if (fault != CLAIM_BORNE) return fault;
    if (!words_are_held(c, &says_something)) return CLAIM_WORD;
    if (!says_something) return CLAIM_EMPTY;
    return intakes_are_whole(c) && is_meant_alike(c) ? CLAIM_BORNE : CLAIM_TURN;
}

enum status claim_check(struct arena *arena, struct text_reader *reader, struct str sentence,
                        const struct claim_passage *cited, size_t count, enum claim_fault *out,
                        struct err *err) {
    struct check *c = arena_alloc(arena, sizeof *c);
    if (!c) return fail(err, E_LIMIT, NULL, "no memory to check a sentence");
    *out = CLAIM_NO_SOURCE;
    enum status s = statement_read(arena, reader, sentence, &c->said, err);
    for (size_t i = 0; i < count && s == OK && *out != CLAIM_BORNE; i++) {
        c->cited = &cited[i];
        s = statement_read(arena, reader, cited[i].text, &c->text, err);
        if (s == OK) s = statement_read(arena, reader, cited[i].title, &c->title, err);
        if (s != OK) break;
        statement_adopt_subjects(&c->said, &c->text);
        statement_adopt_subjects(&c->said, &c->title);
        *out = judge(c, sentence);
    }
    return s;
}
