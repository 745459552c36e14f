#include "triage/triage_condition.h"

/* In words: what may stand before a condition that opens its sentence and in other sentences ("Bonjour docteur."), how long it may be, and how
 * soon the question follows it. */
enum { BEFORE_WORDS = 3, OTHER_WORDS = 3, CONDITION_WORDS = 12, ASKED_WORDS = 2 };

/* The sentence of a condition, from..to, and the words that belong to the condition, first..end. */
struct condition {
    const struct triage_said *said;
    size_t from, to, first, end;
    bool whole; /* it ends where its clause ends, or before the question: nothing else was said behind it */
};

static int kind_of(const struct phrase_hit *turn) {
    return triage_turn[turn->phrase].tag;
}

static const struct phrase_hit *turn_from(const struct triage_said *m, enum triage_turn_kind kind,
                                          size_t from, size_t to) {
    for (size_t i = 0; i < m->turn_count; i++) {
        const struct phrase_hit *turn = &m->turns[i];
        if (kind_of(turn) == (int)kind && turn->first >= from && turn->first < to) return turn;
    }
    return NULL;
}

static bool has_turn(const struct triage_said *m, enum triage_turn_kind kind) {
    return turn_from(m, kind, 0, m->tokens->count);
}

/* "Pour savoir si", "même si": it opens no condition. */
static bool is_whether(const struct triage_said *m, const struct phrase_hit *opener) {
    for (size_t i = 0; i < m->turn_count; i++)
        if (kind_of(&m->turns[i]) == TURN_WHETHER && m->turns[i].first <= opener->first &&
            m->turns[i].last >= opener->first)
            return true;
    return false;
}

/* "Et que je vomis" goes on; "et je vomis" may tell of something. */
static bool goes_on(const struct tokens *t, size_t i) {
    return str_in_words(t->items[i - 1].folded, "que qu");
}

static bool asks_from(const struct condition *c, size_t at) {
    return turn_from(c->said, TURN_WHAT_THEN, at, at + ASKED_WORDS);
}

/* Up to the end of the clause, to the question or to somebody else who does something. */
static void find_end(struct condition *c, const struct phrase_hit *opener) {
    const struct tokens *t = c->said->tokens;
    c->whole = true;
    for (c->end = opener->last + 1U; c->end < c->to && !t->items[c->end].clause_start; c->end++) {
        if (turn_from(c->said, TURN_WHAT_THEN, c->end, c->end + 1)) return;
        bool own = c->end <= opener->last + 1U || goes_on(t, c->end);
        if (own || !turn_from(c->said, TURN_SUBJECT, c->end, c->end + 1)) continue;
        c->whole = asks_from(c, c->end);
        return;
    }
}

static bool is_inside(const struct condition *c, const struct phrase_hit *hit) {
    return hit->first >= c->first && hit->last < c->end;
}

static bool speaks_of(const struct condition *c, enum triage_concept_kind of) {
    for (size_t i = 0; i < c->said->concept_count; i++) {
        const struct phrase_hit *hit = &c->said->concepts[i];
        if (triage_concept[hit->phrase].tag == (int)of && is_inside(c, hit)) return true;
    }
    return false;
}

/* "Si je prends vingt comprimés", "si ma vie ne vaut rien": what may be a wish to die, or poison, is never only supposed. */
static bool is_of_death(const struct condition *c) {
    return speaks_of(c, CONCEPT_DEATH) || speaks_of(c, CONCEPT_POISON) ||
           (speaks_of(c, CONCEPT_MANY) && speaks_of(c, CONCEPT_PILLS));
}

/* "If I move my chest hurts": what brings a sign on each time is told of, not supposed. */
static bool is_brought_on(const struct condition *c, const struct phrase_hit *sign) {
    for (size_t i = 0; i < c->said->turn_count; i++) {
        const struct phrase_hit *turn = &c->said->turns[i];
        if (kind_of(turn) == TURN_BRINGS_ON && is_inside(c, turn) && turn->last < sign->first) return true;
    }
    return false;
}

/* Nothing but the condition speaks of danger, and that of none that cannot wait for an answer. */
static bool stands_alone(const struct condition *c) {
    if (is_of_death(c)) return false;
    for (size_t i = 0; i < c->said->sign_count; i++) {
        const struct triage_sign *s = &c->said->signs[i];
        int danger = triage_danger[s->hit.phrase].tag;
        if (danger == DANGER_SUICIDE || danger == DANGER_POISON || danger == DANGER_CALL) return false;
        if (s->standing && (!is_inside(c, &s->hit) || is_brought_on(c, &s->hit))) return false;
    }
    return true;
}

/* "Si je saigne, je fais quoi ?", "Que faire si je saigne ?" */
static bool asks_what_then(const struct condition *c) {
    if (!c->whole || c->said->tokens->count - (c->to - c->from) > OTHER_WORDS) return false;
    bool opens = c->first <= c->from + BEFORE_WORDS && !turn_from(c->said, TURN_SUBJECT, c->from, c->first);
    if (opens && asks_from(c, c->end)) return true;
    const struct phrase_hit *asks = turn_from(c->said, TURN_WHAT_THEN, c->from, c->from + BEFORE_WORDS);
    return asks && asks->first < c->first;
}

static void read_condition(const struct triage_said *m, const struct phrase_hit *opener,
                           struct condition *c) {
    *c = (struct condition) { .said = m, .first = opener->first, .from = opener->first };
    while (c->from > 0 && !m->tokens->items[c->from].sentence_start) c->from--;
    for (c->to = opener->last + 1U; c->to < m->tokens->count && !m->tokens->items[c->to].sentence_start;)
        c->to++;
    find_end(c, opener);
}

static void take_back(struct triage_said *m, const struct condition *c) {
    for (size_t i = c->first; i < c->end; i++) m->supposed[i] = true;
    for (size_t i = 0; i < m->sign_count; i++)
        if (is_inside(c, &m->signs[i].hit)) {
            m->supposes |= m->signs[i].standing;
            m->signs[i].standing = false;
        }
}

void triage_suppose(struct triage_said *m) {
    if (has_turn(m, TURN_NOW) || has_turn(m, TURN_PRESENT)) return;
    for (size_t i = 0; i < m->turn_count; i++) {
        const struct phrase_hit *opener = &m->turns[i];
        struct condition c;
        if (kind_of(opener) != TURN_SUPPOSES || is_whether(m, opener)) continue;
        read_condition(m, opener, &c);
        if (c.end - c.first <= CONDITION_WORDS && asks_what_then(&c) && stands_alone(&c)) take_back(m, &c);
    }
}
