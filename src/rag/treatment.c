#include "rag/treatment.h"

bool treatment_is_later(const struct record_document *a, const struct record_document *b) {
    if (a->names_another != b->names_another) return b->names_another;
    if ((a->date.year == 0) != (b->date.year == 0)) return b->date.year == 0;
    int days = a->date.year ? date_compare(a->date, b->date) : 0;
    if (days) return days > 0;
    if (a->added_us != b->added_us) return a->added_us > b->added_us;
    return a->id > b->id;
}

static int days_of_unit(struct str unit) {
    if (str_eq(unit, STR("j")) || str_starts(unit, STR("jour"))) return 1;
    if (str_starts(unit, STR("sem"))) return 7;
    if (str_eq(unit, STR("mois"))) return 30;
    if (str_eq(unit, STR("an")) || str_eq(unit, STR("ans")) || str_starts(unit, STR("annee"))) return 365;
    return 0;
}

int treatment_days(struct str duration) {
    size_t at = 0, end;
    while (at < duration.n && (duration.p[at] < '0' || duration.p[at] > '9')) at++;
    for (end = at; end < duration.n && is_digit(duration.p[end]);) end++;
    int64_t number;
    if (end - at > 4 || !str_to_i64(str_sub(duration, at, end - at), &number)) return 0;
    while (end < duration.n && duration.p[end] == ' ') end++;
    size_t stop = end;
    while (stop < duration.n && is_ascii_letter(duration.p[stop])) stop++;
    return (int)number * days_of_unit(str_sub(duration, end, stop - end));
}

static bool two_digits(struct str s, size_t at, int *out) {
    if (at + 2 > s.n || s.p[at] < '0' || s.p[at] > '9' || s.p[at + 1] < '0' || s.p[at + 1] > '9')
        return false;
    *out = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
    return true;
}

/* "du 01/12/2021 au 06/12/2021": the last day; year 0 when there is none. */
static struct date last_day(struct str duration) {
    size_t at = str_find(duration, STR("au "));
    struct str day = str_sub(duration, at + 3, 10);
    int d, m, century, year;
    if (at == duration.n || day.n < 10 || day.p[2] != '/' || day.p[5] != '/' || !two_digits(day, 0, &d) ||
        !two_digits(day, 3, &m) || !two_digits(day, 6, &century) || !two_digits(day, 8, &year))
        return (struct date) { 0 };
    struct date out = { century * 100 + year, m, d };
    return date_is_valid(out) ? out : (struct date) { 0 };
}

enum line_state treatment_line_state(const struct record *r, const struct record_fact *line,
                                     struct date today) {
    struct date day = r->documents[line->document].date;
    int days = treatment_days(line->fact.duration);
    struct date last = last_day(line->fact.duration);
    if (last.year) return date_compare(last, today) < 0 ? LINE_ENDED : LINE_HOLDS;
    if (day.year == 0 || days == 0) return LINE_UNKNOWN;
    int64_t end_us = date_to_us(day) + (int64_t)days * DAY_US;
    return end_us < date_to_us(today) ? LINE_ENDED : LINE_HOLDS;
}

bool treatment_is_stop(const struct fact *f) {
    /* "… : 3 gél. le soir, arrêter si fièvre" is a dose (documents/medication.h). */
    bool prescribed = f->dose.n || f->frequency.n || f->duration.n;
    return f->type == FACT_MEDICATION && !prescribed && str_starts(f->instruction, STR("arrêt"));
}

/* A regime that changes has a dozen figures at most. */
static bool is_table(struct str quote) {
    enum { TABLE_FIGURES_MIN = 24 };
    size_t figures = 0;
    for (size_t i = 0; i < quote.n; i++)
        figures += is_digit(quote.p[i]) && (i == 0 || strchr(" \n|(", quote.p[i - 1]) != NULL);
    return figures >= TABLE_FIGURES_MIN;
}

/* "POTASSIUM (risque : …) non : banane, dattes", "excès de potassium, la nuit": no strength, no form, no dose, and more than "fer le matin". */
static bool is_of_food(const struct fact *f) {
    enum { SHORT_BYTES = 40 };
    bool mineral = false;
    if (f->strength.n || f->form.n || f->dose.n || f->duration.n || f->quote.n <= SHORT_BYTES) return false;
    for (struct str rest = f->name_folded; rest.n && !mineral;)
        mineral = str_in_words(str_next_word(&rest, " ,;:()"), "potassium phosphore sodium sel sucre");
    return mineral;
}

bool treatment_is_none(const struct fact *f) {
    return f->type == FACT_MEDICATION && (is_table(f->quote) || is_of_food(f));
}
