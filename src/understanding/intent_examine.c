#include "understanding/intent_examine.h"

#include "language/expand.h"
#include "language/lang.h"
#include "language/names.h"
#include "language/words.h"
#include "understanding/understanding_words.h"

enum { QUESTION_WORDS = 3 };

static const char *const names[INTENT_COUNT] = {
    [INTENT_NONE] = "none",
    [INTENT_OTHER_PERSON] = "other_person",
    [INTENT_OUT_OF_SCOPE] = "out_of_scope",
    [INTENT_ADVICE] = "advice",
    [INTENT_DOCTOR] = "doctor",
    [INTENT_APPOINTMENTS] = "appointments",
    [INTENT_ALLERGIES] = "allergies",
    [INTENT_VACCINES] = "vaccinations",
    [INTENT_LAB_HISTORY] = "lab_history",
    [INTENT_LAB_VALUE] = "lab_value",
    [INTENT_PRESCRIBER] = "prescriber",
    [INTENT_INSTRUCTIONS] = "instructions",
    [INTENT_DOSAGE] = "dosage",
    [INTENT_CURRENT_MEDICATION] = "current_medication",
    [INTENT_LAST_PRESCRIPTION] = "last_prescription",
    [INTENT_DIAGNOSES] = "diagnoses",
    [INTENT_DOCUMENTS] = "documents",
    [INTENT_STOP] = "stop",
    [INTENT_HELP] = "help",
    [INTENT_THANKS] = "thanks",
    [INTENT_GREETING] = "greeting",
};

const char *intent_name(enum intent i) {
    return names[i];
}

enum intent intent_from_name(struct str name) {
    for (int i = 0; i < INTENT_COUNT; i++)
        if (str_eq(str_from_c(names[i]), name)) return (enum intent)i;
    return INTENT_NONE;
}

static size_t count_rows(const struct phrase *rows) {
    size_t n = 0;
    while (rows[n].pattern) n++;
    return n;
}

/* The cues, a pattern for each class (what a word is akin to), and what leans on the question before. */
static enum status take_rows(struct arena *arena, struct intent_book *book, struct err *err) {
    size_t follows = count_rows(intents_follow);
    book->cue_count = count_rows(intents_intent);
    while (intents_classes[book->class_count].name) book->class_count++;
    struct phrase *rows = arena_array(arena, book->cue_count + book->class_count + follows + 1, sizeof *rows);
    if (!rows) return fail(err, E_LIMIT, NULL, "no memory for intents");
    memcpy(rows, intents_intent, book->cue_count * sizeof *rows);
    for (size_t i = 0; i < book->class_count; i++)
        rows[book->cue_count + i] = (struct phrase) { intents_classes[i].name, 0, 0 };
    memcpy(rows + book->cue_count + book->class_count, intents_follow, follows * sizeof *rows);
    book->rows = rows;
    return OK;
}

enum status intent_book_new(struct arena *arena, struct intent_book **out, struct err *err) {
    struct intent_book *b = arena_alloc(arena, sizeof *b);
    if (!b) return fail(err, E_LIMIT, NULL, "no memory for intents");
    enum status s = take_rows(arena, b, err);
    if (s == OK) s = phrase_book_new(arena, intents_classes, b->rows, PHRASE_MISSPELT_TOO, &b->phrases, err);
    if (s == OK) *out = b;
    return s;
}

static bool is_other(const struct intent_book *book, const struct intent_said *m, size_t i) {
    const struct token *k = &m->tokens->items[i];
    if (k->stop || k->number || k->folded.n < 3 || m->subject->drug[i] || m->subject->lab[i] ||
        m->subject->own[i] || m->when->tokens[i] || m->disease[i])
        return false;
    if (names_is_thing(k->folded)) return true;
    return !words_is_common(k->folded) && !expand_is_form(k->folded) && !names_is_shared(k->folded) &&
           !phrase_book_knows_in(book->phrases, book->cue_count, k->folded) && !lang_knows(k->folded);
}

static enum status mark(const struct intent_book *book, struct arena *arena, struct intent_said *m,
                        struct err *err) {
    size_t count = m->tokens->count;
    bool *name = arena_array(arena, count + 1, 1), *person = arena_array(arena, count + 1, 1);
    m->other = arena_array(arena, count + 1, 1);
    m->disease = arena_array(arena, count + 1, 1);
    m->filler = arena_array(arena, count + 1, 1);
    m->polite = arena_array(arena, count + 1, 1);
    if (!name || !person || !m->other || !m->disease || !m->filler || !m->polite)
        return fail(err, E_LIMIT, NULL, "no memory for a question");
    for (size_t i = 0; i < count; i++) {
        struct str word = m->tokens->items[i].folded;
        m->disease[i] = names_is_disease(word);
        m->other[i] = is_other(book, m, i);
        person[i] = names_is_person(word) && !m->subject->own[i] && !m->subject->drug[i];
    }
    for (size_t i = 0; i + 1 < count; i++) name[i] = m->other[i] && m->other[i + 1];
    const struct phrase_mark marks[MARK_COUNT] = { [MARK_DRUG] = { "@drug", m->subject->drug },
                                                   [MARK_LAB] = { "@lab", m->subject->lab },
                                                   [MARK_NAME] = { "@name", name },
                                                   [MARK_PERSON] = { "@person", person },
                                                   [MARK_OTHER] = { "@other", m->other },
                                                   [MARK_DISEASE] = { "@disease", m->disease },
                                                   [MARK_VACCINE] = { "@vaccine", m->subject->vaccine },
                                                   [MARK_SHOT] = { "@shot", m->subject->shot } };
    memcpy(m->marks, marks, sizeof marks);
    return OK;
}

/* A hint that nothing is asked of the record is spelled as it is: "métho" is no "météo", "pomme" no "poème". */
static bool is_mistaken(const struct intent_book *book, const struct intent_said *m,
                        const struct phrase_hit *hit) {
    const struct phrase *row = &book->rows[hit->phrase];
    return row->tag == INTENT_OUT_OF_SCOPE && row->weight < INTENT_SCORE_SURE &&
           !phrase_book_knows_in(book->phrases, book->cue_count, m->tokens->items[hit->first].folded);
}

/* A cue counts once a message. */
static void add_cue(const struct intent_book *book, struct intent_said *m, size_t i) {
    if (is_mistaken(book, m, &m->hits[i])) return;
    for (size_t k = 0; k < i; k++)
        if (m->hits[k].phrase == m->hits[i].phrase) return;
    m->scores[book->rows[m->hits[i].phrase].tag] += book->rows[m->hits[i].phrase].weight;
}

static void add_up(const struct intent_book *book, struct intent_said *m) {
    for (size_t i = 0; i < m->hit_count; i++) {
        const struct phrase_hit *hit = &m->hits[i];
        if (hit->phrase < book->cue_count) add_cue(book, m, i);
        if (hit->phrase < book->cue_count + book->class_count) continue;
        int turn = book->rows[hit->phrase].tag;
        bool polite = turn == FOLLOW_POLITE || turn == FOLLOW_WELLBEING;
        bool *covered = turn == FOLLOW_FILLER ? m->filler : polite ? m->polite : NULL;
        if (m->turn_at[turn] == 0) m->turn_at[turn] = hit->first + 1U;
        for (size_t k = hit->first; k <= hit->last && covered; k++) covered[k] = true;
    }
}

/* "Mon fils" who is the patient speaks of nobody else. */
static void drop_own_family(const struct intent_book *book, struct intent_said *m) {
    size_t kept = 0;
    for (size_t i = 0; i < m->hit_count; i++) {
        const struct phrase_hit *hit = &m->hits[i];
        const struct phrase *row = &book->rows[hit->phrase];
        bool of_other = hit->phrase < book->cue_count && row->tag == INTENT_OTHER_PERSON;
        bool of_family = hit->phrase >= book->cue_count &&
                         hit->phrase < book->cue_count + book->class_count &&
                         str_in_words(str_from_c(row->pattern), "$family $of_family");
        bool own = false;
        for (size_t k = hit->first; k <= hit->last; k++) own |= m->subject->own[k];
        if (!own || !(of_other || of_family)) m->hits[kept++] = *hit;
    }
    m->hit_count = kept;
}

/* A cue of courtesy alone. */
static bool is_courtesy(const struct intent_said *m, const struct phrase_hit *hit) {
    for (size_t i = hit->first; i <= hit->last; i++)
        if (!m->polite[i]) return false;
    return true;
}

/* Words enough for a question are left beside the courtesy, or few that ask or name something. */
static bool words_ask(const struct intent_said *m) {
    size_t meaning = 0;
    bool asks = m->subject->names_drug || m->subject->names_lab || m->subject->vaccine_count;
    for (size_t i = 0; i < m->tokens->count; i++) {
        if (m->polite[i]) continue;
        asks |= m->disease[i] || word_in(m->tokens->items[i].folded, &words_interrogative);
        meaning += !m->filler[i] && !m->tokens->items[i].stop;
    }
    return meaning >= QUESTION_WORDS || (meaning && asks);
}

/* Beside the courtesy there is a question: cues speak for one, or words. */
static void find_question(const struct intent_book *book, struct intent_said *m) {
    m->asks = words_ask(m);
    memcpy(m->asked, m->scores, sizeof m->asked);
    for (size_t i = 0; i < m->hit_count; i++)
        if (m->hits[i].phrase < book->cue_count && is_courtesy(m, &m->hits[i]))
            m->asked[book->rows[m->hits[i].phrase].tag] -= book->rows[m->hits[i].phrase].weight;
    for (int i = 1; i < INTENT_COUNT; i++)
        m->asks |= i != INTENT_GREETING && i != INTENT_THANKS && m->asked[i] >= INTENT_SCORE_MIN;
    if (!m->asks) memcpy(m->asked, m->scores, sizeof m->asked);
}

enum status intent_examine(const struct intent_book *book, struct arena *arena, const struct tokens *tokens,
                           const struct subject *subject, const struct when *when, struct intent_said *out,
                           struct err *err) {
    *out = (struct intent_said) { .tokens = tokens, .subject = subject, .when = when };
    enum status s = mark(book, arena, out, err);
    if (s == OK)
        s = phrase_find(book->phrases, arena, tokens, out->marks, MARK_COUNT, &out->hits, &out->hit_count,
                        err);
    if (s == OK) drop_own_family(book, out);
    if (s == OK) add_up(book, out);
    if (s == OK) find_question(book, out);
    return s;
}

enum status intent_find_turns(const struct intent_book *book, struct arena *arena,
                              const struct tokens *tokens, struct phrase_hit **out, size_t *count,
                              struct err *err) {
    bool *person = arena_array(arena, tokens->count + 1, 1);
    if (!person) return fail(err, E_LIMIT, NULL, "no memory for a question");
    for (size_t i = 0; i < tokens->count; i++) person[i] = names_is_person(tokens->items[i].folded);
    const struct phrase_mark mark = { "@person", person };
    return phrase_find(book->phrases, arena, tokens, &mark, 1, out, count, err);
}

int intent_turn_of(const struct intent_book *book, const struct phrase_hit *hit) {
    return hit->phrase < book->cue_count + book->class_count ? -1 : book->rows[hit->phrase].tag;
}
