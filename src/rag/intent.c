#include "rag/intent.h"

#include "rag/expand.h"
#include "rag/lang.h"
#include "rag/names.h"
#include "rag/words.h"

struct intent_book {
    struct phrase_book *cues;
};

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
    [INTENT_HELP] = "help",
    [INTENT_THANKS] = "thanks",
    [INTENT_GREETING] = "greeting",
};

/* A message of no more meaning words than this may follow up on the one before. */
enum { FOLLOW_UP_WORDS_MAX = 3 };

const char *intent_name(enum intent i) {
    return names[i];
}

enum intent intent_from_name(struct str name) {
    for (int i = 0; i < INTENT_COUNT; i++)
        if (str_eq(str_from_c(names[i]), name)) return (enum intent)i;
    return INTENT_NONE;
}

enum status intent_book_new(struct arena *arena, struct intent_book **out, struct err *err) {
    struct intent_book *b = arena_alloc(arena, sizeof *b);
    if (!b) return fail(err, E_LIMIT, NULL, "no memory for intents");
    enum status s = phrase_book_new(arena, intents_classes, intents_intent, &b->cues, err);
    if (s == OK) *out = b;
    return s;
}

static bool word_is(const struct tokens *t, size_t i, const char *word) {
    return i < t->count && str_eq(t->items[i].folded, str_from_c(word));
}

/* "et …", "pour l'aspirine ?": the beginnings of a message that goes on with the last. */
static bool begins_as_follow_up(const struct tokens *t) {
    return word_is(t, 0, "et") || word_is(t, 0, "pour") || word_is(t, 0, "and") || word_is(t, 0, "sinon");
}

/* "ça", "ce médicament", "l'a": points at the subject of the conversation. */
static bool points_back(const struct tokens *t) {
    static const char *const pronouns[] = { "ca",   "celui", "celle", "celles", "ceux",
                                            "cela", "lui",   "it",    "this",   "them" };
    for (size_t i = 0; i < t->count; i++) {
        for (size_t k = 0; k < COUNT_OF(pronouns); k++)
            if (word_is(t, i, pronouns[k])) return true;
        bool this_drug = word_is(t, i, "ce") || word_is(t, i, "cet") || word_is(t, i, "cette");
        if (this_drug && (word_is(t, i + 1, "medicament") || word_is(t, i + 1, "traitement") ||
                          word_is(t, i + 1, "produit")))
            return true;
        bool object =
            word_is(t, i, "le") || word_is(t, i, "la") || word_is(t, i, "les") || word_is(t, i, "l");
        if (object && (word_is(t, i + 1, "prendre") || word_is(t, i + 1, "prends") ||
                       word_is(t, i + 1, "a") || word_is(t, i + 1, "prescrit")))
            return true;
    }
    return false;
}

/* A word that the tables, everyday French and the subject leave unexplained. */
static bool is_other(const struct intent_book *book, const struct tokens *t, size_t i,
                     const struct subject *s, const struct when *w) {
    const struct token *k = &t->items[i];
    if (k->stop || k->number || k->folded.n < 3 || s->drug[i] || s->lab[i] || s->own[i] || w->tokens[i])
        return false;
    if (names_is_thing(k->folded)) return true;
    return !words_is_common(k->folded) && !expand_is_form(k->folded) && !names_is_shared(k->folded) &&
           !phrase_book_knows(book->cues, k->folded) && !lang_knows(k->folded);
}

/* "Médecin": what the help tells to write. */
static bool is_call_for_doctor(const struct tokens *t) {
    return t->count == 1 && (word_is(t, 0, "medecin") || word_is(t, 0, "docteur") ||
                             word_is(t, 0, "doctor") || word_is(t, 0, "doktoor"));
}

/* Two unknown words side by side behind "de": somebody's name, not the patient's own. */
static enum status mark_names(struct arena *arena, const struct tokens *t, const bool *other, bool **out,
                              struct err *err) {
    *out = arena_array(arena, t->count + 1, 1);
    if (!*out) return fail(err, E_LIMIT, NULL, "no memory for a question");
    for (size_t i = 0; i + 1 < t->count; i++) (*out)[i] = other[i] && other[i + 1];
    return OK;
}

static size_t meaning_words(const struct tokens *t) {
    size_t n = 0;
    for (size_t i = 0; i < t->count; i++) n += !t->items[i].stop && !t->items[i].number;
    return n;
}

static bool is_barred(const struct intent_reading *r) {
    return r->score >= INTENT_SCORE_SURE &&
           (r->intent == INTENT_OTHER_PERSON || r->intent == INTENT_OUT_OF_SCOPE);
}

static void choose(const struct phrase_hit *hits, size_t count, struct intent_reading *out) {
    int scores[INTENT_COUNT] = { 0 };
    for (size_t i = 0; i < count; i++) {
        bool again = false; /* a cue counts once a message */
        for (size_t k = 0; k < i && !again; k++) again = hits[k].phrase == hits[i].phrase;
        if (!again) scores[intents_intent[hits[i].phrase].tag] += intents_intent[hits[i].phrase].weight;
    }
    for (int i = 1; i < INTENT_COUNT && !is_barred(out); i++) {
        if (scores[i] < INTENT_SCORE_MIN || scores[i] <= out->score) continue;
        out->score = scores[i];
        out->intent = (enum intent)i;
    }
}

/* "Mes médicaments": all of them, whatever the conversation was about. */
static bool speaks_of_all(const struct tokens *t) {
    static const char *const words[] = { "analyses",    "comprimes",  "medicament",
                                         "medicaments", "ordonnance", "ordonnances",
                                         "resultats",   "traitement", "traitements" };
    for (size_t i = 0; i < t->count; i++)
        if (words_in_sorted(words, COUNT_OF(words), t->items[i].folded)) return true;
    return false;
}

static bool takes_subject(enum intent i) {
    return i == INTENT_DOSAGE || i == INTENT_INSTRUCTIONS || i == INTENT_PRESCRIBER || i == INTENT_ADVICE ||
           i == INTENT_LAB_VALUE || i == INTENT_LAB_HISTORY;
}

static bool is_weak(enum intent i) {
    return i == INTENT_NONE || i == INTENT_GREETING || i == INTENT_THANKS;
}

/* "C normal ?", "c'est trop haut ?", "la norme ?" */
static bool asks_if_normal(const struct tokens *t) {
    static const char *const words[] = { "bas",    "basse",   "eleve",    "elevee", "haut",   "haute",
                                         "normal", "normale", "normales", "norme",  "normes", "reference" };
    for (size_t i = 0; i < t->count; i++)
        if (words_in_sorted(words, COUNT_OF(words), t->items[i].folded)) return true;
    return false;
}

/* What a message leaves out and the conversation has: the intent, the subject or both. */
static void complete(const struct tokens *t, const struct subject *s, const struct when *w,
                     const struct intent_context *c, struct intent_reading *out) {
    if (!c || c->intent == INTENT_NONE) return;
    bool starts = begins_as_follow_up(t), is_short = meaning_words(t) <= FOLLOW_UP_WORDS_MAX;
    bool only_names_drug = s->names_drug && !s->names_lab && is_weak(out->intent);
    bool only_time = w->said && !s->names_drug && !s->names_lab && is_weak(out->intent);
    bool lab_follows =
        s->names_lab && c->intent == INTENT_LAB_HISTORY && out->intent == INTENT_LAB_VALUE && starts;
    bool before = word_is(t, 0, "et") && word_is(t, 1, "avant");
    if (before && (c->intent == INTENT_LAB_VALUE || c->intent == INTENT_LAB_HISTORY)) {
        out->intent = INTENT_LAB_HISTORY;
        out->from_context = out->subject_from_context = true;
        return;
    }
    if (is_short && ((only_names_drug && takes_subject(c->intent) && c->intent != INTENT_LAB_VALUE &&
                      c->intent != INTENT_LAB_HISTORY && (starts || c->intent != INTENT_ADVICE)) ||
                     (only_time && !is_weak(c->intent)) || lab_follows)) {
        out->intent = c->intent;
        out->from_context = true;
        out->subject_from_context = only_time && c->subject.n;
        return;
    }
    bool names_nothing = !s->names_drug && !s->names_lab;
    if (is_short && s->vaccine_count && c->intent == INTENT_VACCINES && is_weak(out->intent)) {
        out->intent = INTENT_VACCINES; /* "et le tétanos ?" */
        out->from_context = true;
        return;
    }
    bool of_values = c->intent == INTENT_LAB_VALUE || c->intent == INTENT_LAB_HISTORY;
    if (is_short && names_nothing && of_values && c->subject.n && is_weak(out->intent) && asks_if_normal(t)) {
        out->intent = INTENT_LAB_VALUE;
        out->from_context = out->subject_from_context = true;
        return;
    }
    if (names_nothing && c->subject.n && takes_subject(out->intent) &&
        (points_back(t) || (is_short && (starts || !speaks_of_all(t)))))
        out->subject_from_context = true;
}

enum status intent_read(const struct intent_book *book, struct arena *arena, const struct tokens *tokens,
                        const struct subject *subject, const struct when *when,
                        const struct intent_context *context, struct intent_reading *out, struct err *err) {
    *out = (struct intent_reading) { .other = arena_array(arena, tokens->count + 1, 1),
                                     .disease = arena_array(arena, tokens->count + 1, 1) };
    if (!out->other || !out->disease) return fail(err, E_LIMIT, NULL, "no memory for a question");
    for (size_t i = 0; i < tokens->count; i++) {
        out->other[i] = is_other(book, tokens, i, subject, when);
        out->disease[i] = names_is_disease(tokens->items[i].folded);
        out->other[i] = out->other[i] && !out->disease[i];
        out->names_disease |= out->disease[i];
        out->has_other |= out->other[i];
    }
    bool *names_of_people, *people = arena_array(arena, tokens->count + 1, 1);
    if (!people) return fail(err, E_LIMIT, NULL, "no memory for a question");
    for (size_t i = 0; i < tokens->count; i++)
        people[i] = names_is_person(tokens->items[i].folded) && !subject->own[i] && !subject->drug[i];
    struct phrase_hit *hits;
    size_t count;
    enum status s = mark_names(arena, tokens, out->other, &names_of_people, err);
    if (s != OK) return s;
    const struct phrase_mark marks[] = { { "@drug", subject->drug },       { "@lab", subject->lab },
                                         { "@name", names_of_people },     { "@person", people },
                                         { "@other", out->other },         { "@disease", out->disease },
                                         { "@vaccine", subject->vaccine }, { "@shot", subject->shot } };
    s = phrase_find(book->cues, arena, tokens, marks, COUNT_OF(marks), &hits, &count, err);
    if (s != OK) return s;
    choose(hits, count, out);
    if (is_call_for_doctor(tokens)) out->intent = INTENT_DOCTOR;
    complete(tokens, subject, when, context, out);
    /* "et l'aspirine ?" that no conversation completes still means a medicine: its dose. */
    if (is_weak(out->intent) && subject->names_drug && meaning_words(tokens) <= FOLLOW_UP_WORDS_MAX)
        out->intent = INTENT_DOSAGE;
    return OK;
}
