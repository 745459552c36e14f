/*
 * compose_lab -- laboratory values with their reference range, the latest or over time.
 */
#include "language/germ.h"
#include "language/names.h"
#include "rag/draft.h"
#include "rag/rag_words.h"
#include "rag/treatment.h"

static const struct record_document *document_of(const struct draft *d, const struct record_fact *f) {
    return &d->record->documents[f->document];
}

static struct date day_of(const struct draft *d, const struct record_fact *f) {
    return record_fact_day(d->record, f);
}

/* a is of a later day than b, or of a paper that is to be believed first. */
static bool is_later(const struct draft *d, const struct record_fact *a, const struct record_fact *b) {
    struct date day_a = day_of(d, a), day_b = day_of(d, b);
    if (a->document == b->document) return date_compare(day_a, day_b) > 0;
    if ((a->fact.day.n == 0 && b->fact.day.n == 0) || !day_a.year || !day_b.year ||
        !date_compare(day_a, day_b))
        return treatment_is_later(document_of(d, a), document_of(d, b));
    return date_compare(day_a, day_b) > 0;
}

/* "En cours", "voir prélèvement": there is no result yet, or it stands elsewhere. */
static bool is_pending(struct str value) {
    static const char *const begins[] = { "en cours",    "En cours", "EN COURS", "en attente",
                                          "En attente",  "A venir",  "à venir",  "voir ",
                                          "pending",     "Pending",  "non fait", "non réalis",
                                          "échantillon", "envoyé",   "Envoyé",   "prélevé" };
    for (size_t i = 0; i < COUNT_OF(begins); i++)
        if (str_starts(value, str_from_c(begins[i]))) return true;
    return false;
}

/* "Fer (sirop : 10 mg/mL": the name was cut within a bracket; "Insuline : 17 u" is a dose. */
static bool names_no_value(struct str name_folded) {
    int open = 0;
    bool lab = false, medicine = false;
    for (size_t i = 0; i < name_folded.n; i++) open += (name_folded.p[i] == '(') - (name_folded.p[i] == ')');
    while (name_folded.n) {
        struct str word = str_next_word(&name_folded, " ,;:/()'");
        lab |= names_lab(word) != 0;
        medicine |= word_in(word, &words_insulin_named);
    }
    return open != 0 || (medicine && !lab);
}

/* "Objectif uricémie < 50 mg/L": what is to be reached. */
static bool is_goal(const struct fact *f) {
    static const char *const goals[] = { "bjectif", "BJECTIF", "cible", "Cible", "CIBLE", "target" };
    struct str before = str_sub(f->quote, 0, str_find(f->quote, f->name));
    for (size_t i = 0; i < COUNT_OF(goals) && before.n < f->quote.n; i++)
        if (str_find(before, str_from_c(goals[i])) < before.n) return true;
    return false;
}

static bool is_value(const struct record_fact *f) {
    return f->fact.type == FACT_LAB_VALUE && f->fact.value.n > 0 && !is_pending(f->fact.value) &&
           !names_no_value(f->fact.name_folded) && !is_goal(&f->fact);
}

/* Of a laboratory's paper, or known as a value of one: "saignement : > 10 min" on a card of advice is none. */
static bool is_of_laboratory(const struct draft *d, const struct record_fact *f) {
    bool known = f->fact.reference.n > 0 || document_of(d, f)->kind == KIND_LABORATORY;
    for (struct str rest = f->fact.name_folded; rest.n && !known;)
        known = names_lab(str_next_word(&rest, " ,;:/()'")) != 0;
    return known;
}

/* "Passée de combien à combien", "il a monté ?" */
static bool asks_trend(const struct draft *d) {
    const struct tokens *t = d->tokens;
    bool trend = false;
    for (size_t i = 0; i < t->count; i++) {
        trend |= word_in(t->items[i].folded, &words_trend);
        trend |= i >= 2 && str_eq(t->items[i].folded, STR("combien")) &&
                 str_eq(t->items[i - 1].folded, STR("a")) && str_eq(t->items[i - 2].folded, STR("combien"));
    }
    for (size_t i = 0; i < d->record->fact_count && trend && d->when->said; i++)
        if (d->subject->fact[i] && d->record->facts[i].fact.day.n) return true; /* a table tells it */
    return trend && !d->when->said;
}

static bool in_time(const struct draft *d, const struct record_fact *f) {
    return !d->when->said || d->when->future || when_holds(d->when, day_of(d, f)) ||
           (f->fact.day.n && asks_trend(d));
}

static bool holds_child(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++)
        if (word_in(t->items[i].folded, &words_child)) return true;
    return false;
}

/* "Groupe sanguin enfant" among a mother's papers is not her own. */
static bool is_of_child(const struct draft *d, const struct record_fact *f) {
    enum { GROWN_UP_YEARS = 15 };
    static const char between[] = " ,;:/()[]'-.";
    bool child = false;
    int birth = d->record->birth.year;
    for (struct str rest = f->fact.name_folded; rest.n && !child;)
        child = word_in(str_next_word(&rest, between), &words_newborn_line);
    return child && birth && d->question->today.year - birth > GROWN_UP_YEARS && !holds_child(d->tokens);
}

/* A value of the time and the specimen that the question names. */
static bool may_be_asked(const struct draft *d, const struct record_fact *f) {
    return is_value(f) && in_time(d, f) && !is_of_child(d, f) &&
           specimen_answers(d->specimen, specimen_of_text(d->arena, f->fact.specimen));
}

static bool add(struct draft *d, struct str *line, const char *before, struct str part, const char *after) {
    if (part.n == 0) return true;
    return arena_printf(d->arena, line, "%.*s%s%.*s%s", STR_ARG(*line), before, STR_ARG(part), after);
}

/* "0,88 g/L (valeurs de référence : 0,70 - 1,08), au-dessus de la référence" */
static bool value_words(struct draft *d, const struct fact *f, struct str unit, struct str *out) {
    enum lang lang = d->out->language;
    struct str reference = f->reference, flag = { "", 0 };
    *out = f->value;
    /* Some laboratories print the range in brackets of their own. */
    if (reference.n > 2 && reference.p[0] == '(' && reference.p[reference.n - 1] == ')')
        reference = str_sub(reference, 1, reference.n - 2);
    if (str_eq(f->flag, STR("high"))) flag = str_from_c(say(SAY_HIGH, lang));
    if (str_eq(f->flag, STR("low"))) flag = str_from_c(say(SAY_LOW, lang));
    if (!add(d, out, " ", unit, "")) return false;
    if (reference.n && !arena_printf(d->arena, out, "%.*s (%s : %.*s)", STR_ARG(*out),
                                     say(SAY_REFERENCE, lang), STR_ARG(reference)))
        return false;
    return add(d, out, ", ", flag, "");
}

/* Without spaces and line ends. */
static bool closed_up(struct draft *d, struct str text, struct str *out) {
    char *p = arena_alloc(d->arena, text.n + 1);
    size_t n = 0;
    if (!p) return false;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != ' ' && text.p[i] != '\n') p[n++] = text.p[i];
    *out = (struct str) { p, n };
    return true;
}

/* "Hémoglobine (g/dL)": the paper prints the unit beside the name; so does the answer, *said is then set. */
static bool line_with_unit_in_label(struct draft *d, const struct fact *f, struct str label, struct str *line,
                                    bool *said) {
    struct str unit, quote, value;
    if (!closed_up(d, f->unit, &unit) || !closed_up(d, f->quote, &quote) ||
        !value_words(d, f, (struct str) { "", 0 }, &value))
        return false;
    *said = unit.n && str_find(quote, unit) < quote.n && guard_line_stands(d->arena, value, f->quote);
    return !*said ||
           arena_printf(d->arena, line, "%.*s (%.*s) : %.*s", STR_ARG(label), STR_ARG(unit), STR_ARG(value));
}

/* A line in our words when the quote bears them, the quote itself when it is doubtful, words for nothing when it is unreadable. */
static bool value_line(struct draft *d, const struct record_fact *f, struct str label, struct str *line) {
    struct str quote, value;
    bool said = false, sure = f->fact.confidence >= CONFIDENCE_SURE;
    if (f->fact.confidence < CONFIDENCE_READABLE) {
        *line = str_from_c(say(SAY_UNREADABLE, d->out->language));
        return true;
    }
    if (!draft_flatten(d, f->fact.quote, &quote) || !value_words(d, &f->fact, f->fact.unit, &value))
        return false;
    if (sure && guard_line_stands(d->arena, value, f->fact.quote))
        return arena_printf(d->arena, line, "%.*s : %.*s", STR_ARG(label), STR_ARG(value));
    if (sure && !line_with_unit_in_label(d, &f->fact, label, line, &said)) return false;
    return said || arena_printf(d->arena, line, "« %.*s »%s", STR_ARG(quote),
                                sure ? "" : say(SAY_UNSURE, d->out->language));
}

/* "Leucocytes", "Leucocytes [urines]": what is not of the blood says so. */
static bool label_of(struct draft *d, const struct record_fact *f, struct str *out) {
    enum specimen s = specimen_of_text(d->arena, f->fact.specimen);
    *out = f->fact.name;
    if (s == SPECIMEN_NONE || s == SPECIMEN_BLOOD) return true;
    return arena_printf(d->arena, out, "%.*s [%.*s]", STR_ARG(f->fact.name), STR_ARG(f->fact.specimen));
}

/* The day of a value's column is borne by what is cited for it. */
static void cite_column(struct draft *d, const struct record_fact *f) {
    for (size_t i = 0; i < d->out->source_count && f->fact.day.n; i++) {
        struct rag_source *s = &d->out->sources[i];
        if (s->document_id == document_of(d, f)->id && str_eq(s->quote, f->fact.quote))
            source_add_day(s, day_of(d, f));
    }
}

static enum status add_value(struct draft *d, const struct record_fact *f, struct str label) {
    struct str line;
    if (f->fact.day.n == 0 && compose_lab_has_empty_cell(f->fact.quote)) return compose_lab_row(d, f);
    if (!value_line(d, f, label, &line)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    bool readable = f->fact.confidence >= CONFIDENCE_READABLE;
    draft_item(d, line, f->document, f->fact.page, readable ? f->fact.quote : (struct str) { "", 0 });
    if (!readable) d->out->tell = TELL_REFUSED;
    cite_column(d, f);
    return OK;
}

static bool same_specimen(const struct draft *d, const struct record_fact *a, const struct record_fact *b) {
    enum specimen of_a = specimen_of_text(d->arena, a->fact.specimen),
                  of_b = specimen_of_text(d->arena, b->fact.specimen);
    return (of_a == SPECIMEN_NONE ? SPECIMEN_BLOOD : of_a) == (of_b == SPECIMEN_NONE ? SPECIMEN_BLOOD : of_b);
}

/* No later day has the same value, among those that the question may mean. */
static bool is_latest_value(const struct draft *d, size_t i) {
    const struct record_fact *f = &d->record->facts[i];
    for (size_t k = 0; k < d->record->fact_count; k++) {
        const struct record_fact *o = &d->record->facts[k];
        if (!d->subject->fact[k] || !may_be_asked(d, o)) continue;
        if (subject_same_value(o->fact.name_folded, f->fact.name_folded) && same_specimen(d, o, f) &&
            is_later(d, o, f))
            return false;
    }
    return true;
}

static enum status begin_values(struct draft *d, struct date date) {
    struct str day;
    if (!draft_day_words(d, date, &day)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    draft_line(d);
    draft_say(d, SAY_VALUES);
    if (date.year) {
        draft_say_of(d, SAY_ON_DAY, day);
    } else {
        draft_add(d, STR(", "));
        draft_add(d, day);
    }
    draft_say(d, SAY_COLON);
    return OK;
}

/* Beside a specimen's own values what grew from it, but not what the germs resist. */
static bool is_of_report(const struct draft *d, const struct record_fact *f) {
    if (!is_value(f) || germ_is_row(d->arena, &f->fact)) return false;
    bool grown = d->specimen != SPECIMEN_NONE && d->specimen != SPECIMEN_BLOOD &&
                 specimen_of_text(d->arena, f->fact.specimen) == SPECIMEN_OTHER;
    return grown || may_be_asked(d, f);
}

/* "Mes résultats d'analyse", "mon analyse d'urine": all values of the latest report. */
static enum status latest_report(struct draft *d) {
    const struct record_fact *best = NULL;
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        if (may_be_asked(d, f) && is_of_laboratory(d, f) && !germ_is_row(d->arena, &f->fact) &&
            (!best || is_later(d, f, best)))
            best = f;
    }
    if (!best) return OK;
    enum status s = begin_values(d, day_of(d, best));
    for (size_t i = 0; i < d->record->fact_count && s == OK; i++) {
        const struct record_fact *f = &d->record->facts[i];
        struct str label;
        if (f->document != best->document || date_compare(day_of(d, f), day_of(d, best)) ||
            !is_of_report(d, f))
            continue;
        if (!label_of(d, f, &label)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        s = add_value(d, f, label);
    }
    return s;
}

/* The named value that is latest and not yet said; -1: all are. */
static int64_t next_of_history(const struct draft *d, const bool *done) {
    int64_t best = -1;
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        if (done[i] || !d->subject->fact[i] || !may_be_asked(d, f)) continue;
        if (best < 0 || is_later(d, f, &d->record->facts[best])) best = (int64_t)i;
    }
    return best;
}

/* The latest of each named value, newest report first. */
static enum status named_values(struct draft *d) {
    bool *done = arena_array(d->arena, d->record->fact_count + 1, 1);
    const struct record_fact *last = NULL;
    if (!done) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    for (int64_t i = next_of_history(d, done); i >= 0; i = next_of_history(d, done)) {
        const struct record_fact *f = &d->record->facts[i];
        enum status s = OK;
        struct str label;
        done[i] = true;
        if (!is_latest_value(d, (size_t)i)) continue;
        if (!label_of(d, f, &label)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        bool same = last && f->document == last->document && !date_compare(day_of(d, f), day_of(d, last));
        if (!same) s = begin_values(d, day_of(d, f));
        last = f;
        if (s == OK) s = add_value(d, f, label);
        if (s != OK) return s;
    }
    return OK;
}

/* "Ma vue baisse" is no question about values. */
static bool speaks_of_tests(const struct draft *d) {
    for (size_t i = 0; i < d->tokens->count; i++)
        if (word_in(d->tokens->items[i].folded, &words_value_asked)) return true;
    return false;
}

/* Named values of which no paper is of the time asked for: papers of later days may say them. */
static enum status values_told_later(struct draft *d) {
    struct str words;
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        const struct record_document *doc = document_of(d, f);
        if (!d->subject->fact[i] || !is_value(f) || doc->date.year == 0 ||
            date_compare(doc->date, d->when->from) < 0 ||
            !specimen_answers(d->specimen, specimen_of_text(d->arena, f->fact.specimen)))
            continue;
        int before = d->lines;
        size_t n = d->text->n;
        if (!draft_document_words(d, doc, &words))
            return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        draft_line(d);
        draft_say_of(d, SAY_PASSAGE, words);
        enum status s = compose_lab_row(d, f);
        if (s != OK) return s;
        if (d->lines > before) return OK;
        d->text->n = n;
    }
    return OK;
}

/* "C'est bon ou pas", of a value beside which no range was read: the row as printed. */
static enum status add_range(struct draft *d) {
    bool asked = false;
    for (size_t i = 0; i < d->tokens->count; i++)
        asked |= word_in(d->tokens->items[i].folded, &words_well_asked);
    for (size_t i = 0; asked && i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        if (!d->subject->fact[i] || !may_be_asked(d, f) || f->fact.reference.n || !is_latest_value(d, i))
            continue;
        struct str flat, line;
        if (!draft_flatten(d, f->fact.quote, &flat) ||
            !arena_printf(d->arena, &line, "« %.*s »", STR_ARG(flat)))
            return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        draft_item(d, line, f->document, f->fact.page, f->fact.quote);
    }
    return OK;
}

/* "La biopsie a montré quoi", "le résultat de la ponction du nodule": a needle's size is no finding. */
static bool asks_of_examination(const struct draft *d) {
    for (size_t i = 0; i < d->tokens->count; i++)
        if (d->subject->lab[i] && names_lab(d->tokens->items[i].folded)) return false;
    return d->demands.asked[DEMAND_OUTCOME] && d->demands.said[SAID_EXAMINATION];
}

enum status compose_lab(struct draft *d) {
    enum status s;
    if (d->subject->missing_lab.n || asks_of_examination(d)) return OK;
    if (d->subject->names_lab && compose_lab_asks_target(d)) return compose_lab_target(d);
    if (d->subject->names_lab && (d->when->also || asks_trend(d))) return compose_lab_history(d);
    if (d->subject->names_lab) {
        s = named_values(d);
        if (s == OK && d->lines == 0 && d->when->said && !d->when->future) return values_told_later(d);
        return s == OK && d->lines ? add_range(d) : s;
    }
    return d->reading->has_other || germ_is_asked(d->tokens) || !speaks_of_tests(d) ? OK : latest_report(d);
}

enum status compose_lab_history(struct draft *d) {
    if (d->subject->missing_lab.n) return OK;
    if (!d->subject->names_lab) {
        if (speaks_of_tests(d)) draft_say(d, SAY_WHICH_VALUE);
        return OK;
    }
    bool *done = arena_array(d->arena, d->record->fact_count + 1, 1);
    const struct record_fact *first = NULL;
    if (!done) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    draft_say(d, SAY_HISTORY);
    for (int64_t i = next_of_history(d, done); i >= 0; i = next_of_history(d, done)) {
        const struct record_fact *f = &d->record->facts[i];
        struct str day, name, label;
        done[i] = true;
        if (!draft_day_words(d, day_of(d, f), &day) || !label_of(d, f, &name) ||
            !arena_printf(d->arena, &label, "%.*s, %.*s", STR_ARG(day), STR_ARG(name)))
            return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        enum status s = add_value(d, f, label);
        if (s != OK) return s;
        first = first ? first : f;
    }
    if (d->lines == 0) draft_clear(d);
    /* A paper that stands alone may print the value of another day as well. */
    return d->lines == 1 && first && first->fact.day.n == 0 ? compose_lab_row(d, first) : OK;
}
