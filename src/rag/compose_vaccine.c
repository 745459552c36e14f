/*
 * compose_vaccine -- vaccinations that were given, and when the next is due.
 */
#include "rag/draft.h"
#include "language/vaccine.h"
#include "language/words.h"

static enum status no_memory(const struct draft *d) {
    return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
}

static bool says_one_of(const struct draft *d, const char *const *words, size_t count) {
    for (size_t i = 0; i < d->tokens->count; i++)
        if (words_in_sorted(words, count, d->tokens->items[i].folded)) return true;
    return false;
}

/* "Mon dernier rappel": one. */
static bool asks_for_last(const struct draft *d) {
    static const char *const words[] = { "dernier", "derniere", "last", "mujj" };
    return says_one_of(d, words, COUNT_OF(words));
}

/* "Mon prochain vaccin", "quand refaire": the days that are noted for it. */
static bool asks_for_next(const struct draft *d) {
    static const char *const words[] = {
        "next", "prochain", "prochaine", "prochaines", "prochains", "refaire"
    };
    return says_one_of(d, words, COUNT_OF(words));
}

/* It protects from all that one of the vaccines asked for does. Asked for none: any does. */
static enum status is_asked(struct draft *d, const struct fact *f, bool *asked) {
    struct vaccine_named named[VACCINES_NAMED_MAX];
    uint32_t against = 0;
    size_t count;
    *asked = d->subject->vaccine_count == 0;
    enum status s = vaccines_named(d->arena, f->name, named, &count, d->err);
    for (size_t i = 0; s == OK && i < count; i++) against |= named[i].against;
    for (size_t i = 0; i < d->subject->vaccine_count; i++)
        *asked |= (against & d->subject->vaccines[i]) == d->subject->vaccines[i];
    return s;
}

/* The day of a vaccination: the one that is said, "ce jour" and none being those of the paper. */
static enum status day_of(struct draft *d, const struct record_fact *f, struct date *day) {
    enum status s = vaccination_day(d->arena, f->fact.value, day, d->err);
    if (s == OK && day->year == 0 && f->fact.value.n) *day = d->record->documents[f->document].date;
    if (day->year && day->month == 0) day->month = 1;
    if (day->year && day->day == 0) day->day = 1;
    return s;
}

struct vaccination {
    const struct record_fact *fact;
    struct date day;
};

/* Those that are asked for, the latest first, those without a day last. */
static enum status choose(struct draft *d, bool next, struct vaccination *out, size_t *count) {
    *count = 0;
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        struct vaccination v = { .fact = f };
        bool asked;
        if (f->fact.type != FACT_VACCINATION || f->fact.confidence < CONFIDENCE_READABLE) continue;
        enum status s = is_asked(d, &f->fact, &asked);
        if (s == OK) s = day_of(d, f, &v.day);
        if (s != OK) return s;
        bool to_come = v.day.year && date_compare(v.day, d->question->today) > 0;
        if (next ? f->fact.due.n == 0 && !to_come : to_come) continue;
        if (!asked || (d->when->said && !next && !when_holds(d->when, v.day))) continue;
        size_t at = (*count)++;
        for (; at > 0 && date_compare(out[at - 1].day, v.day) < 0; at--) out[at] = out[at - 1];
        out[at] = v;
    }
    return OK;
}

/* "Fièvre jaune (rappel) : 12/01/2023, lot M5123, prochaine : 12/01/2033"; what the quote does not bear is left out. */
static enum status line_of(struct draft *d, const struct record_fact *r, struct str quote, struct str *out) {
    const struct fact *f = &r->fact;
    enum lang lang = d->out->language;
    struct str rank = STR(""), rest = STR(""), day;
    bool dated = f->value.n && is_digit(f->value.p[f->value.n - 1]);
    if (!arena_printf(d->arena, &rank, " (%.*s)", STR_ARG(f->dose))) return no_memory(d);
    if (f->dose.n == 0 || !guard_line_stands(d->arena, rank, quote)) rank = STR("");
    if (f->lot.n && !arena_printf(d->arena, &rest, ", lot %.*s", STR_ARG(f->lot))) return no_memory(d);
    if (f->due.n &&
        !arena_printf(d->arena, &rest, "%.*s, %s %.*s", STR_ARG(rest), say(SAY_NEXT, lang), STR_ARG(f->due)))
        return no_memory(d);
    if (!draft_day_words(d, d->record->documents[r->document].date, &day) ||
        !arena_printf(d->arena, out, "%.*s%.*s%s%.*s%.*s", STR_ARG(f->name), STR_ARG(rank),
                      f->value.n ? " : " : "", STR_ARG(f->value), STR_ARG(rest)))
        return no_memory(d);
    if (!dated &&
        !arena_printf(d->arena, out, "%.*s (%s %.*s)", STR_ARG(*out), say(SAY_PAPER_OF, lang), STR_ARG(day)))
        return no_memory(d);
    return OK;
}

static enum status add_item(struct draft *d, const struct record_fact *f) {
    struct str quote, line;
    if (!draft_flatten(d, f->fact.quote, &quote)) return no_memory(d);
    enum status s = line_of(d, f, quote, &line);
    if (s != OK) return s;
    if (!guard_line_stands(d->arena, line, quote)) line = quote;
    if (f->fact.confidence < CONFIDENCE_SURE &&
        !arena_printf(d->arena, &line, "%.*s%s", STR_ARG(line), say(SAY_UNSURE, d->out->language)))
        return no_memory(d);
    draft_item(d, line, f->document, f->fact.page, f->fact.quote);
    return OK;
}

enum status compose_vaccines(struct draft *d) {
    bool next = asks_for_next(d), unknown = d->reading->has_other || d->reading->names_disease;
    size_t count, most;
    enum status s;
    /* Something else is named, which we do not know: a list of other vaccines is no answer. */
    if (d->subject->vaccine_count == 0 && unknown) return OK;
    struct vaccination *found = arena_array(d->arena, d->record->fact_count + 1, sizeof *found);
    if (!found) return no_memory(d);
    if ((s = choose(d, next, found, &count)) != OK) return s;
    most = asks_for_last(d) && !next && count && found[0].day.year ? 1 : count;
    draft_say(d, next ? SAY_VACCINES_NEXT : SAY_VACCINES);
    for (size_t i = 0; i < most && s == OK; i++) s = add_item(d, found[i].fact);
    if (s == OK && d->lines == 0) {
        draft_clear(d);
        if (next && d->subject->vaccine_count == 0) return compose_appointments(d);
    }
    return s;
}
