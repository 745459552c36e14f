#include "rag/treatment_word.h"

#include "base/utf8.h"
#include "language/expand.h"
#include "language/names.h"
#include "rag/rag_words.h"
#include "rag/treatment.h"
#include "understanding/subject.h"

/* One of the turns stands in the folded text, as whole words. */
static bool says(struct str folded, const char *const *turns, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_has_words(folded, str_from_c(turns[i]))) return true;
    return false;
}

static bool speaks_of_stopping(struct str folded) {
    static const char *const turns[] = {
        "arret",          "arrete",          "arreter",          "arretee",       "arretez",
        "stop",           "stoppe",          "stopper",          "stoppee",       "stoppez",
        "suspendre",      "suspendu",        "suspendez",        "suspension du", "interrompre",
        "interrompu",     "ne plus prendre", "ne pas reprendre", "remplacer",     "contre indique",
        "contre-indique", "remplace par",    "stopped",          "discontinue"
    };
    return says(folded, turns, COUNT_OF(turns));
}

static bool is_stop_word(struct str word) {
    return str_starts(word, STR("arret")) || str_starts(word, STR("stop")) ||
           str_starts(word, STR("interrom")) || str_starts(word, STR("suspen")) ||
           str_starts(word, STR("discontinu"));
}

/* "Jamais arrêtée", "ne pas arrêter", "n'arrêtez jamais": one of the words beside it, none of another clause between. */
static bool denies_stopping(struct str folded) {
    struct str before = STR(""), word;
    bool denied = false;
    for (struct str rest = folded; (word = str_next_word(&rest, " '\t")).n; before = word) {
        bool of_one_clause = before.n && is_ascii_letter(before.p[before.n - 1]);
        if (of_one_clause && is_stop_word(before) && str_in_words(word, "pas jamais")) return true;
        if (is_stop_word(word) && denied) return true;
        denied = word_in(word, &words_not_to_stop) || (denied && word_in(word, &words_before_stop));
    }
    return false;
}

/* Or what is no stop of a medicine. */
static bool forbids_stopping(struct str folded) {
    static const char *const turns[] = { "pas d'arret",    "arret de travail", "arret maladie",
                                         "arret du coeur", "arret cardiaque",  "arret respiratoire" };
    return denies_stopping(folded) || says(folded, turns, COUNT_OF(turns));
}

static bool speaks_of_changing(struct str folded) {
    static const char *const turns[] = { "passer",    "passez",    "passe a",   "passe de",   "passee a",
                                         "augmenter", "augmentez", "augmente",  "diminuer",   "diminuez",
                                         "diminue",   "reduire",   "reduisez",  "reduit",     "reduite",
                                         "baisser",   "baissez",   "doubler",   "doublez",    "majorer",
                                         "majore",    "majoree",   "desormais", "au lieu de", "increase",
                                         "increased", "reduce",    "reduced",   "lower",      "instead of" };
    return says(folded, turns, COUNT_OF(turns));
}

static bool speaks_of_going_on(struct str folded) {
    static const char *const turns[] = { "renouvele", "renouvelee", "renouveler",      "renouvellement",
                                         "meme dose", "inchange",   "inchangee",       "poursuivre",
                                         "poursuite", "poursuivi",  "poursuivie",      "continuer",
                                         "maintenu",  "maintenue",  "sans changement", "continued",
                                         "unchanged", "same dose" };
    return says(folded, turns, COUNT_OF(turns));
}

/* What is to be done one day stops nothing today. */
static bool is_conditional(struct str folded) {
    static const char *const turns[] = { "en cas de", "en cas d", "si", "if", "in case of" };
    return says(folded, turns, COUNT_OF(turns));
}

static bool names_medicine(struct str folded) {
    for (size_t at = 0, end; at < folded.n; at = end + 1) {
        end = at;
        while (end < folded.n && is_ascii_letter(folded.p[end])) end++;
        if (names_is_medicine(str_sub(folded, at, end - at))) return true;
    }
    return false;
}

static bool is_unit(struct str folded) {
    return expand_is_form(folded) || word_in(folded, &words_counted);
}

/* "6 comprimés" of which the line of the prescription says nothing. */
static bool holds_other_dose(const struct tokens *t, const struct tokens *prescribed) {
    for (size_t i = 0; i + 1 < t->count; i++) {
        bool known = false;
        if (!t->items[i].number || !is_unit(t->items[i + 1].folded)) continue;
        for (size_t k = 0; k < prescribed->count && !known; k++)
            known = str_eq(prescribed->items[k].folded, t->items[i].folded);
        if (!known) return true;
    }
    return false;
}

struct search {
    const struct record *record;
    struct text_reader *reader;
    struct arena *arena;
    const struct record_fact *line;
    struct tokens prescribed; /* the line's quote */
    bool changes;             /* the paper came later */
    struct err *err;
};

static void take_graver(enum treatment_word_kind *kind, enum treatment_word_kind other) {
    if (other < *kind) *kind = other;
}

/* Of a sentence that names the medicine. */
static enum status read_change(const struct search *s, struct str folded, enum treatment_word_kind *kind) {
    struct tokens t;
    bool changed = speaks_of_changing(folded);
    if (!changed) {
        enum status st = text_tokens(s->reader, s->arena, folded, TEXT_DOCUMENT, &t, s->err);
        if (st != OK) return st;
        changed = holds_other_dose(&t, &s->prescribed);
    }
    if (changed)
        take_graver(kind, TREATMENT_CHANGED);
    else if (speaks_of_going_on(folded) && !is_conditional(folded))
        take_graver(kind, TREATMENT_GOES_ON);
    return OK;
}

/* From *at, which is moved behind it: up to a full stop before a blank, a semicolon, or the end of the line. */
static struct str next_sentence(struct str line, size_t *at) {
    size_t from = *at;
    while (*at < line.n) {
        size_t i = (*at)++;
        if (line.p[i] == ';' || (line.p[i] == '.' && text_ends_sentence(line, i))) break;
    }
    return str_sub(line, from, *at - from);
}

/*
 * Of a line that names the medicine. A sentence of it that stops something stops this medicine, unless it names another one instead:
 * "Sertraline : poursuivre. Hydroxyzine : stop."
 */
static enum status read_line(const struct search *s, struct str line, enum treatment_word_kind *kind) {
    struct str folded, name = s->line->fact.name_folded;
    enum status st = OK;
    *kind = TREATMENT_WORD_COUNT;
    if (!utf8_fold(s->arena, line, &folded)) return fail(s->err, E_LIMIT, NULL, "no memory for a question");
    if (folded.n == 0 || !subject_names_match(folded, name)) return OK;
    bool may_stop = !forbids_stopping(folded);
    for (size_t at = 0; at < folded.n && st == OK;) {
        struct str sentence = next_sentence(folded, &at);
        bool names = subject_names_match(sentence, name), others = !names && names_medicine(sentence);
        if (may_stop && speaks_of_stopping(sentence) && !others)
            take_graver(kind, is_conditional(sentence) ? TREATMENT_STOPPED_IF : TREATMENT_STOPPED);
        else if (s->changes && names)
            st = read_change(s, sentence, kind);
    }
    return st;
}

static bool is_graver(const struct record *r, const struct treatment_word *a,
                      const struct treatment_word *b) {
    if (a->kind != b->kind) return a->kind < b->kind;
    return treatment_is_later(&r->documents[a->document], &r->documents[b->document]);
}

static void keep(const struct search *s, const struct treatment_word *word, struct treatment_word *out,
                 bool *found) {
    if (*found && !is_graver(s->record, word, out)) return;
    *out = *word;
    *found = true;
}

static enum status read_chunk(struct search *s, uint32_t chunk, struct treatment_word *out, bool *found) {
    const struct record_chunk *c = &s->record->chunks[chunk];
    enum status st = OK;
    for (struct str rest = c->text; rest.n && st == OK;) {
        struct str line = str_trim(str_next_line(&rest));
        struct treatment_word word = { .document = c->document, .page = c->page, .quote = line };
        st = read_line(s, line, &word.kind);
        if (st == OK && word.kind != TREATMENT_WORD_COUNT) keep(s, &word, out, found);
    }
    return st;
}

/* What was read as a stop when the paper came in. */
static enum status read_facts(const struct search *s, struct treatment_word *out, bool *found) {
    const struct record *r = s->record;
    for (size_t i = 0; i < r->fact_count; i++) {
        const struct record_fact *f = &r->facts[i];
        bool later = f->document == s->line->document ||
                     treatment_is_later(&r->documents[f->document], &r->documents[s->line->document]);
        if (!treatment_is_stop(&f->fact) || !later ||
            !subject_names_match(f->fact.name_folded, s->line->fact.name_folded))
            continue;
        struct str folded;
        if (!utf8_fold(s->arena, f->fact.quote, &folded))
            return fail(s->err, E_LIMIT, NULL, "no memory for a question");
        const struct treatment_word word = { .kind = is_conditional(folded) ? TREATMENT_STOPPED_IF
                                                                            : TREATMENT_STOPPED,
                                             .document = f->document,
                                             .page = f->fact.page,
                                             .quote = f->fact.quote };
        keep(s, &word, out, found);
    }
    return OK;
}

/* Marks the chunks that hold a word of the medicine's name. */
static enum status mark_chunks(const struct search *s, bool **out) {
    struct tokens t;
    enum status st = text_tokens(s->reader, s->arena, s->line->fact.name_folded, TEXT_DOCUMENT, &t, s->err);
    if (st != OK) return st;
    *out = arena_array(s->arena, s->record->chunk_count + 1, 1);
    if (!*out) return fail(s->err, E_LIMIT, NULL, "no memory for a question");
    for (size_t i = 0; i < t.count; i++) {
        if (t.items[i].stop || t.items[i].number || t.items[i].folded.n < 3) continue;
        postings_mark(&s->record->postings, t.items[i].stem, *out);
    }
    return OK;
}

enum status treatment_find_word(const struct record *r, struct text_reader *reader, struct arena *arena,
                                const struct record_fact *line, struct treatment_word *out, bool *found,
                                struct err *err) {
    struct search s = { .record = r, .reader = reader, .arena = arena, .line = line, .err = err };
    const struct record_document *mine = &r->documents[line->document];
    bool *marked = NULL;
    *found = false;
    enum status st = text_tokens(reader, arena, line->fact.quote, TEXT_DOCUMENT, &s.prescribed, err);
    if (st == OK) st = read_facts(&s, out, found);
    if (st == OK) st = mark_chunks(&s, &marked);
    for (uint32_t i = 0; st == OK && i < r->chunk_count; i++) {
        const struct record_document *other = &r->documents[r->chunks[i].document];
        bool of_file = other->id == 0, later = treatment_is_later(other, mine);
        if (!marked[i] || !(of_file || later || r->chunks[i].document == line->document)) continue;
        s.changes = later && !of_file && other->kind != KIND_LABORATORY;
        st = read_chunk(&s, i, out, found);
    }
    return st;
}

/* One of its sentences names a medicine and stops it. */
static bool stops_something(struct str folded) {
    if (forbids_stopping(folded)) return false;
    for (size_t at = 0; at < folded.n;) {
        struct str sentence = next_sentence(folded, &at);
        if (speaks_of_stopping(sentence) && !is_conditional(sentence) && names_medicine(sentence))
            return true;
    }
    return false;
}

static void add_stop(const struct record *r, const struct treatment_word *word,
                     struct treatment_word out[TREATMENT_STOPS_MAX], size_t *count) {
    size_t at = *count;
    while (at && treatment_is_later(&r->documents[word->document], &r->documents[out[at - 1].document])) at--;
    if (at == TREATMENT_STOPS_MAX) return;
    if (*count < TREATMENT_STOPS_MAX) ++*count;
    for (size_t i = *count - 1; i > at; i--) out[i] = out[i - 1];
    out[at] = *word;
}

enum status treatment_stops(const struct record *r, struct arena *arena, int confidence,
                            struct treatment_word out[TREATMENT_STOPS_MAX], size_t *count, struct err *err) {
    *count = 0;
    for (uint32_t i = 0; i < r->chunk_count; i++) {
        const struct record_chunk *c = &r->chunks[i];
        for (struct str rest = c->text; rest.n && c->confidence >= confidence;) {
            struct str line = str_trim(str_next_line(&rest)), folded;
            if (!utf8_fold(arena, line, &folded)) return fail(err, E_LIMIT, NULL, "no memory for a question");
            const struct treatment_word word = { TREATMENT_STOPPED, c->document, c->page, line };
            if (stops_something(folded)) add_stop(r, &word, out, count);
        }
    }
    return OK;
}
