/*
 * compose_medication -- prescriptions, doses, instructions, what is taken now.
 */
#include "base/utf8.h"
#include "language/names.h"
#include "rag/medication_line.h"
#include "rag/paper.h"
#include "rag/treatment.h"
#include "rag/treatment_word.h"

enum { QUOTE_LINE_MAX = 300 };

static const struct record_document *document_of(const struct draft *d, const struct record_fact *f) {
    return &d->record->documents[f->document];
}

bool draft_is_medication(const struct record_fact *f) {
    return f->fact.type == FACT_MEDICATION && !treatment_is_stop(&f->fact) && !treatment_is_none(&f->fact);
}

static enum status add_medication(struct draft *d, const struct record_fact *f) {
    struct spoken_line spoken;
    enum status s = medication_speak(d, f, &spoken);
    if (s != OK) return s;
    draft_item(d, spoken.line, f->document, f->fact.page, spoken.quote);
    if (spoken.unreadable) d->out->tell = TELL_REFUSED;
    return OK;
}

/* What the record says of the medicine besides: a stop, another dose, or when to stop. */
static enum status add_word(struct draft *d, const struct treatment_word *word) {
    static const enum phrase_id words[TREATMENT_WORD_COUNT] = { [TREATMENT_STOPPED] = SAY_STOPPED,
                                                                [TREATMENT_CHANGED] = SAY_CHANGED,
                                                                [TREATMENT_STOPPED_IF] = SAY_STOPPED_IF,
                                                                [TREATMENT_GOES_ON] = SAY_GOES_ON };
    struct str quote, shown;
    if (word->kind == TREATMENT_STOPPED) d->out->tell = TELL_STOPPED;
    if (!draft_cite(d, word->document, word->page, word->quote)) return OK;
    if (!draft_flatten(d, word->quote, &quote) || !draft_shorten(d, quote, QUOTE_LINE_MAX, &shown))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    draft_line(d);
    draft_say(d, words[word->kind]);
    draft_quote(d, shown);
    return OK;
}

/* *kind: TREATMENT_WORD_COUNT where nothing is said. That it goes on is told of a line whose length has passed. */
static enum status add_warning(struct draft *d, const struct record_fact *f, enum treatment_word_kind *kind) {
    struct treatment_word word;
    bool found;
    enum status s = treatment_find_word(d->record, d->reader, d->arena, f, &word, &found, d->err);
    *kind = s == OK && found ? word.kind : TREATMENT_WORD_COUNT;
    if (s != OK || !found) return s;
    bool ended = treatment_line_state(d->record, f, d->question->today) == LINE_ENDED;
    return word.kind != TREATMENT_GOES_ON || ended ? add_word(d, &word) : OK;
}

static bool author_is_asked(const struct draft *d, const struct record_document *doc, bool *asked) {
    struct str folded;
    if (!utf8_fold(d->arena, doc->author, &folded)) return false;
    for (size_t i = 0; i < d->tokens->count; i++) {
        const struct token *t = &d->tokens->items[i];
        bool after_title = i && (str_eq(d->tokens->items[i - 1].folded, STR("docteur")) ||
                                 str_eq(d->tokens->items[i - 1].folded, STR("dr")));
        if (!after_title || t->stop || !d->reading->other[i]) continue;
        *asked = true;
        if (str_find(folded, t->folded) < folded.n) return true;
    }
    return !*asked;
}

static bool is_candidate(const struct draft *d, uint32_t i, bool kind_matters) {
    const struct record_document *doc = &d->record->documents[i];
    bool asked = false;
    if (doc->id == 0 || (kind_matters && doc->kind != KIND_PRESCRIPTION)) return false;
    if (d->when->said && !d->when->future && !when_holds(d->when, doc->date)) return false;
    if (!author_is_asked(d, doc, &asked)) return false;
    if (kind_matters) return true;
    for (size_t k = 0; k < d->record->fact_count; k++)
        if (d->record->facts[k].document == i && draft_is_medication(&d->record->facts[k])) return true;
    return false;
}

bool draft_last_prescription(const struct draft *d, uint32_t *out, bool *titled) {
    for (int kind_matters = 1; kind_matters >= 0; kind_matters--) {
        const struct record_document *best = NULL;
        int best_titled = 0;
        for (uint32_t i = 0; i < d->record->document_count; i++) {
            const struct record_document *doc = &d->record->documents[i];
            if (!is_candidate(d, i, kind_matters)) continue;
            int named = paper_titled(d, i);
            if (named < best_titled || (named == best_titled && best && !treatment_is_later(doc, best)))
                continue;
            best = doc;
            best_titled = named;
            *out = i;
        }
        *titled = best_titled > 0;
        if (best) return true;
    }
    return false;
}

/* "Selon votre dossier médical, votre dernière ordonnance du Dr Martin du 15/11/2024"; what is no prescription is called by its title. */
static bool begin_prescription(struct draft *d, uint32_t document, bool is_last) {
    const struct record_document *doc = &d->record->documents[document];
    struct str words;
    if (doc->kind == KIND_PRESCRIPTION) {
        draft_say(d, is_last ? SAY_LAST_PRESCRIPTION : SAY_PRESCRIPTION);
        draft_add_author_and_day(d, doc);
        draft_say(d, SAY_CONTAINS);
        return true;
    }
    if (!draft_document_words(d, doc, &words)) return false;
    draft_say_of(d, SAY_ACCORDING_TO, words);
    return true;
}

static enum status add_lines_of(struct draft *d, uint32_t document, int *added) {
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        if (f->document != document || !draft_is_medication(f)) continue;
        enum status s = add_medication(d, f);
        if (s != OK) return s;
        (*added)++;
    }
    return OK;
}

/* A prescription without lines that were understood: its passages that speak of medicines, as they are printed. */
static enum status add_text_of(struct draft *d, uint32_t document, int *added) {
    for (size_t i = 0; i < d->record->chunk_count && *added < 2; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        struct str quote, shown;
        bool has_figure = false;
        for (size_t k = 0; k < c->text.n && !has_figure; k++) has_figure = is_digit(c->text.p[k]);
        if (c->document != document || !has_figure || c->confidence < CONFIDENCE_READABLE) continue;
        if (!draft_flatten(d, c->text, &quote) ||
            !arena_printf(d->arena, &shown, "« %.*s »%s", STR_ARG(utf8_prefix(quote, 2 * QUOTE_LINE_MAX)),
                          c->confidence < CONFIDENCE_SURE ? say(SAY_UNSURE, d->out->language) : ""))
            return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        if (draft_item(d, shown, document, c->page, c->text)) (*added)++;
    }
    return OK;
}

static bool fact_bears(const struct draft *d, uint32_t document, struct str line) {
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        if (f->document != document || f->fact.quote.n == 0) continue;
        if (str_find(f->fact.quote, line) < f->fact.quote.n || str_find(line, f->fact.quote) < line.n)
            return true;
    }
    return false;
}

/* A line with a medicine's name and a figure. */
static enum status names_medicine(struct draft *d, struct str line, bool *names) {
    struct tokens t;
    bool drug = false, figure = false;
    enum status s = text_tokens(d->reader, d->arena, line, TEXT_DOCUMENT, &t, d->err);
    for (size_t i = 0; s == OK && i < t.count; i++) {
        figure |= t.items[i].number;
        drug |= names_is_medicine(t.items[i].folded);
    }
    *names = drug && figure;
    return s;
}

/* What reading made no fact of must not be missing from a list: such lines are shown as they are printed. */
static enum status add_unread_lines(struct draft *d, uint32_t document) {
    for (size_t i = 0; i < d->record->chunk_count; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (c->document != document || c->confidence < CONFIDENCE_READABLE) continue;
        for (struct str rest = c->text; rest.n;) {
            struct str line = str_trim(str_next_line(&rest)), shown;
            bool names = false;
            enum status s = line.n && !fact_bears(d, document, line) ? names_medicine(d, line, &names) : OK;
            if (s != OK) return s;
            if (!names) continue;
            if (!arena_printf(d->arena, &shown, "« %.*s »%s", STR_ARG(utf8_prefix(line, QUOTE_LINE_MAX)),
                              c->confidence < CONFIDENCE_SURE ? say(SAY_UNSURE, d->out->language) : ""))
                return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
            draft_item(d, shown, document, c->page, line);
        }
    }
    return OK;
}

/* "Et celle d'avant ?" */
static bool prescription_before(const struct draft *d, uint32_t last, uint32_t *out) {
    const struct record_document *best = NULL, *of_last = &d->record->documents[last];
    for (uint32_t i = 0; i < d->record->document_count; i++) {
        const struct record_document *doc = &d->record->documents[i];
        if (i == last || !is_candidate(d, i, true) || treatment_is_later(doc, of_last)) continue;
        if (best && !treatment_is_later(doc, best)) continue;
        best = doc;
        *out = i;
    }
    return best;
}

enum status compose_prescription(struct draft *d) {
    uint32_t document;
    int added = 0;
    enum treatment_word_kind word;
    bool titled, earlier = d->reading->earlier && !d->when->said;
    if (!draft_last_prescription(d, &document, &titled)) return OK;
    if (earlier && !prescription_before(d, document, &document)) return OK;
    if (!begin_prescription(d, document, !titled && !earlier && !d->when->said))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    enum status s = add_lines_of(d, document, &added);
    if (s == OK && added == 0)
        s = add_text_of(d, document, &added);
    else if (s == OK)
        s = add_unread_lines(d, document);
    if (s != OK) return s;
    if (added == 0) {
        draft_clear(d);
        return OK;
    }
    for (size_t i = 0; i < d->record->fact_count && s == OK; i++)
        if (d->record->facts[i].document == document && draft_is_medication(&d->record->facts[i]))
            s = add_warning(d, &d->record->facts[i], &word);
    if (d->is_one_of_several) return s;
    draft_add(d, STR("\n\n"));
    draft_say(d, SAY_QUESTIONS);
    return s;
}

static bool same_drug(const struct fact *a, const struct fact *b) {
    return str_eq(a->name_folded, b->name_folded) || (subject_names_match(a->name_folded, b->name_folded) &&
                                                      subject_names_match(b->name_folded, a->name_folded));
}

/* "JE PRENDS DU METHOTREXATE" says neither how much nor how often, "vit D 3 mois" only for how long. */
static bool says_how(const struct draft *d, const struct fact *f) {
    bool only_amount = d->demands.asked[DEMAND_AMOUNT] && !d->demands.asked[DEMAND_DURATION];
    return f->strength.n || f->dose.n || f->frequency.n || f->instruction.n ||
           (f->duration.n && !only_amount);
}

/* No other line of the same medicine, among those the question may mean, is to be believed before this one's document. */
static bool is_latest_line(const struct draft *d, const struct record_fact *f, bool named_only) {
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *o = &d->record->facts[i];
        if (o == f || o->document == f->document || !draft_is_medication(o) ||
            (named_only && (!d->subject->fact[i] || !says_how(d, &o->fact))))
            continue;
        if (d->when->said && !d->when->future && !when_holds(d->when, document_of(d, o)->date)) continue;
        if (same_drug(&o->fact, &f->fact) && treatment_is_later(document_of(d, o), document_of(d, f)))
            return false;
    }
    return true;
}

static bool is_asked_line(const struct draft *d, size_t i) {
    const struct record_fact *f = &d->record->facts[i];
    if (!draft_is_medication(f) || !d->subject->fact[i] || !says_how(d, &f->fact)) return false;
    if (d->when->said && !d->when->future && !when_holds(d->when, document_of(d, f)->date)) return false;
    return is_latest_line(d, f, true);
}

static enum status begin_document(struct draft *d, const struct record_document *doc) {
    struct str words;
    draft_line(d);
    if (doc->kind == KIND_PRESCRIPTION) {
        draft_say(d, SAY_PRESCRIPTION);
        draft_add_author_and_day(d, doc);
        draft_say(d, SAY_INDICATES);
        return OK;
    }
    if (!draft_document_words(d, doc, &words)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    draft_say_of(d, SAY_ACCORDING_TO, words);
    return OK;
}

void draft_add_kin_warning(struct draft *d) {
    struct str typed = draft_as_typed(d, d->subject->kin_drug);
    if (typed.n) draft_say_of(d, SAY_KIN, typed);
}

/* "Selon votre ordonnance du … :" before the lines of each document. */
static enum status add_named_lines(struct draft *d, bool *instructed) {
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        enum treatment_word_kind word;
        if (!is_asked_line(d, i)) continue;
        if (last == UINT32_MAX) draft_add_kin_warning(d);
        enum status s = f->document != last ? begin_document(d, document_of(d, f)) : OK;
        last = f->document;
        if (s == OK) s = add_medication(d, f);
        if (s == OK) s = add_warning(d, f, &word);
        if (s != OK) return s;
        *instructed |= f->fact.instruction.n > 0;
        if (word != TREATMENT_STOPPED && word != TREATMENT_GOES_ON &&
            treatment_line_state(d->record, f, d->question->today) == LINE_ENDED) {
            draft_line(d);
            draft_say(d, SAY_ENDED);
        }
    }
    return OK;
}

enum status compose_dosage(struct draft *d) {
    bool instructed = false;
    /* "La dose de magnésium", of which the record has none: that of all other medicines is no answer. */
    bool only_value = d->subject->missing_lab.n && !d->subject->names_drug;
    if (d->subject->missing_drug.n || only_value) return OK;
    if (d->subject->names_drug) return add_named_lines(d, &instructed);
    return d->reading->has_other ? OK : compose_current(d);
}

enum status compose_instructions(struct draft *d) {
    bool instructed = false;
    if (d->subject->missing_drug.n || (d->reading->has_other && !d->subject->names_drug)) return OK;
    if (!d->subject->names_drug) return compose_current(d);
    enum status s = add_named_lines(d, &instructed);
    if (s != OK || d->text->n == 0 || instructed) return s;
    draft_line(d);
    draft_say(d, SAY_NO_INSTRUCTION);
    return OK;
}

/* Lines that hold today: those of the last prescription, and of earlier ones while their printed duration runs. */
static enum status add_current_line(struct draft *d, const struct record_fact *f, uint32_t last, int *added,
                                    int *ended) {
    struct treatment_word word;
    bool found;
    enum line_state state = treatment_line_state(d->record, f, d->question->today);
    bool holds = state == LINE_HOLDS || (state == LINE_UNKNOWN && f->document == last);
    if (!is_latest_line(d, f, false)) return OK;
    enum status s = treatment_find_word(d->record, d->reader, d->arena, f, &word, &found, d->err);
    bool goes_on = found && word.kind == TREATMENT_GOES_ON;
    if (s != OK) return s;
    if (!holds && !(goes_on && state == LINE_ENDED)) {
        *ended += f->document == last;
        return OK;
    }
    bool stopped = found && word.kind == TREATMENT_STOPPED;
    if (!stopped) s = add_medication(d, f);
    if (s == OK && found && (!goes_on || !holds)) s = add_word(d, &word);
    if (stopped) return s;
    if (s == OK) (*added)++;
    return s;
}

static enum status add_file_medication(struct draft *d) {
    struct str line;
    for (size_t i = 0; i < d->record->chunk_count; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (d->record->documents[c->document].id != 0 || !str_eq(c->heading, STR("Traitement en cours")))
            continue;
        if (!draft_flatten(d, c->text, &line)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        draft_line(d);
        draft_say(d, SAY_FROM_FILE);
        draft_item(d, utf8_prefix(line, 2 * QUOTE_LINE_MAX), c->document, 0, c->text);
    }
    return OK;
}

enum status compose_current(struct draft *d) {
    uint32_t last;
    int added = 0, ended = 0;
    bool instructed = false;
    if (d->subject->missing_drug.n) return OK;
    if (d->subject->names_drug) return add_named_lines(d, &instructed);
    if (d->reading->has_other) return OK;
    bool titled, has_last = draft_last_prescription(d, &last, &titled);
    if (has_last && !begin_prescription(d, last, false))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    for (size_t i = 0; i < d->record->fact_count && has_last; i++) {
        if (!draft_is_medication(&d->record->facts[i])) continue;
        enum status s = add_current_line(d, &d->record->facts[i], last, &added, &ended);
        if (s != OK) return s;
    }
    if (added == 0 && ended > 0) {
        enum status s = add_lines_of(d, last, &added);
        if (s != OK) return s;
        draft_line(d);
        draft_say(d, SAY_ENDED);
    }
    if (added == 0 && d->out->tell != TELL_STOPPED) draft_clear(d);
    return add_file_medication(d);
}
