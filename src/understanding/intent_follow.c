#include "understanding/intent_follow.h"

/* A message of no more meaning words than this may lean on the one before. */
enum { BRIEF_WORDS_MAX = 4 };

struct follow {
    const struct intent_said *said;
    const struct intent_context *before;
    bool brief, starts;
    bool bare;  /* it only names things or days: no question of its own */
    bool names; /* a medicine or a value */
    struct intent_reading *out;
};

static size_t meaning_words(const struct tokens *t) {
    size_t n = 0;
    for (size_t i = 0; i < t->count; i++) n += !t->items[i].stop && !t->items[i].number;
    return n;
}

static bool is_named(const struct intent_said *m, size_t i) {
    const struct subject *s = m->subject;
    return s->drug[i] || s->lab[i] || s->vaccine[i] || m->when->tokens[i];
}

static bool is_bare(const struct intent_said *m) {
    bool named = false;
    for (size_t i = 0; i < m->tokens->count; i++) {
        named |= is_named(m, i);
        if (!is_named(m, i) && !m->filler[i] && !m->tokens->items[i].number) return false;
    }
    return named;
}

static bool turns(const struct follow *f, enum intent_turn turn) {
    return f->said->turn_at[turn];
}

static bool of_medicines(enum intent i) {
    return i == INTENT_DOSAGE || i == INTENT_INSTRUCTIONS || i == INTENT_PRESCRIBER ||
           i == INTENT_LAST_PRESCRIPTION || i == INTENT_CURRENT_MEDICATION || i == INTENT_ADVICE;
}

static bool of_values(enum intent i) {
    return i == INTENT_LAB_VALUE || i == INTENT_LAB_HISTORY;
}

static bool takes_subject(enum intent i) {
    return i == INTENT_DOSAGE || i == INTENT_INSTRUCTIONS || i == INTENT_PRESCRIBER || i == INTENT_ADVICE ||
           of_values(i);
}

static bool is_weak(enum intent i) {
    return i == INTENT_NONE || i == INTENT_GREETING || i == INTENT_THANKS || i == INTENT_HELP ||
           i == INTENT_OUT_OF_SCOPE;
}

/* The intent is the conversation's, or one that fits to it; so is the subject, unless the message names one. */
static bool take(struct follow *f, enum intent intent) {
    f->out->intent = intent;
    f->out->from_context = true;
    f->out->likely = false;
    f->out->subject_from_context = !f->names && f->before->subject.n;
    return true;
}

/* "et l'aspirine ?": asked of another medicine what was asked of the last. */
static bool names_another(struct follow *f) {
    const struct subject *s = f->said->subject;
    enum intent before = f->before->intent;
    if (!f->bare) return false;
    if (s->names_lab && !s->names_drug)
        return take(f, before == INTENT_LAB_HISTORY && f->starts ? INTENT_LAB_HISTORY : INTENT_LAB_VALUE);
    if (s->names_drug && !s->names_lab) {
        if (before == INTENT_ALLERGIES || (before == INTENT_ADVICE && f->starts)) return take(f, before);
        bool same = takes_subject(before) && before != INTENT_ADVICE && !of_values(before);
        return take(f, same ? before : INTENT_DOSAGE);
    }
    return s->vaccine_count && before == INTENT_VACCINES && take(f, INTENT_VACCINES);
}

/* "et la semaine dernière ?" */
static bool names_another_time(struct follow *f) {
    if (!f->bare || f->names || f->said->subject->vaccine_count || !f->said->when->said) return false;
    return !is_weak(f->before->intent) && take(f, f->before->intent);
}

/* "et avant ?", "celle d'avant", "et le suivant ?" */
static bool asks_for_neighbour(struct follow *f) {
    enum intent before = f->before->intent;
    if (!f->brief || f->names || (!turns(f, FOLLOW_BEFORE) && !turns(f, FOLLOW_NEXT))) return false;
    if (of_values(before)) return turns(f, FOLLOW_BEFORE) && take(f, INTENT_LAB_HISTORY);
    bool has_neighbours = before == INTENT_LAST_PRESCRIPTION || before == INTENT_APPOINTMENTS ||
                          before == INTENT_VACCINES || before == INTENT_DIAGNOSES ||
                          before == INTENT_DOCUMENTS || before == INTENT_CURRENT_MEDICATION;
    if (!has_neighbours || !(f->starts || is_weak(f->out->intent) || meaning_words(f->said->tokens) <= 1))
        return false;
    return take(f, before == INTENT_CURRENT_MEDICATION ? INTENT_LAST_PRESCRIPTION : before);
}

/* "c'est normal ?" of a value; "c'est grave ?" of anything else is a question for the doctor, or for what the record says. */
static bool asks_what_it_means(struct follow *f) {
    if (!f->brief || f->names || (!turns(f, FOLLOW_NORMAL) && !turns(f, FOLLOW_SERIOUS))) return false;
    if (of_values(f->before->intent)) return f->before->subject.n && take(f, INTENT_LAB_VALUE);
    if (!turns(f, FOLLOW_SERIOUS)) return false;
    return (of_medicines(f->before->intent) || f->before->intent == INTENT_DIAGNOSES) &&
           take(f, INTENT_ADVICE);
}

/* "depuis quand ?", "c'était quand ?" */
static bool asks_when(struct follow *f) {
    if (!f->brief || f->names || !turns(f, FOLLOW_WHEN) || meaning_words(f->said->tokens) > 2) return false;
    enum intent before = f->before->intent;
    if (before == INTENT_VACCINES || before == INTENT_APPOINTMENTS) return take(f, before);
    return is_weak(f->out->intent) && (of_medicines(before) || of_values(before)) &&
           take(f, INTENT_PRESCRIBER);
}

/* "Quel est mon groupe sanguin ?" is about something, though we do not know what. */
static bool names_own(const struct intent_said *m) {
    for (size_t i = 0; i < m->tokens->count; i++)
        if (m->other[i] || m->disease[i]) return true;
    return false;
}

static void follow(struct follow *f) {
    if (names_another(f) || names_another_time(f) || asks_for_neighbour(f) || asks_what_it_means(f) ||
        asks_when(f))
        return;
    bool leans = turns(f, FOLLOW_POINTS) ||
                 (f->brief && (f->starts || (!turns(f, FOLLOW_ALL) && !names_own(f->said))));
    if (!f->names && f->before->subject.n && takes_subject(f->out->intent) && leans)
        f->out->subject_from_context = true;
}

void intent_follow(const struct intent_said *m, const struct intent_context *before,
                   struct intent_reading *out) {
    const struct subject *s = m->subject;
    struct follow f = { .said = m,
                        .before = before,
                        .brief = meaning_words(m->tokens) <= BRIEF_WORDS_MAX,
                        .starts = m->turn_at[FOLLOW_BEGINS] == 1,
                        .bare = is_bare(m),
                        .names = s->names_drug || s->names_lab,
                        .out = out };
    if (before && before->intent != INTENT_NONE) {
        follow(&f);
    } else if (f.bare && f.names && f.brief) {
        /* "et l'aspirine ?" that no conversation completes still means a medicine: its dose. */
        out->intent = s->names_lab ? INTENT_LAB_VALUE : INTENT_DOSAGE;
        out->likely = false;
    }
    out->earlier = m->turn_at[FOLLOW_BEFORE];
}
