#include "documents/lab_row.h"

#include <stdio.h>

#include "documents/date_fr.h"
#include "documents/lab_match.h"

enum {
    DAYS_MAX = 16,
    NAME_TOKENS_MAX = 10,
    WORDS_TOKENS_MAX = 5,
    MONTH_DAYS = 31,
    YEAR_DAYS = 12 * MONTH_DAYS
};

struct days_reader {
    struct arena *arena;
    struct sheet *s;
    const struct table *t;
    bool laboratory;
    struct str specimen;
    struct fact_list *out;
    size_t columns[DAYS_MAX];
    struct date days[DAYS_MAX]; /* of each column; month 0: it cannot be told, year 0: it is left out */
    size_t count;
    bool full;
};

static struct date day_of_title(struct days_reader *r, struct str title) {
    struct tokens t;
    struct date_found found;
    if (!tokens_split(r->arena, title, &t)) {
        r->full = true;
        return (struct date) { 0 };
    }
    return date_fr_at(&t, 0, &found) || date_fr_short_at(&t, 0, &found) ? found.date : (struct date) { 0 };
}

static int of_year(struct date d) {
    return d.month * MONTH_DAYS + d.day;
}

/* Years from column `at` on, whose own is known, as columns go on in time (step 1) or back (step -1); false: one that is printed says otherwise. */
static bool fill_years(struct date *days, size_t count, size_t at, int step) {
    for (size_t i = at + 1; i < count; i++) {
        int year = days[i - 1].year, more = step * (of_year(days[i]) - of_year(days[i - 1]));
        if (more < 0) year += step;
        if (days[i].year == 0) days[i].year = year;
    }
    for (size_t i = at; i-- > 0;) {
        int year = days[i + 1].year, more = step * (of_year(days[i + 1]) - of_year(days[i]));
        days[i].year = more < 0 ? year - step : year;
    }
    for (size_t i = 1; i < count; i++)
        if (step * date_compare(days[i], days[i - 1]) < 0) return false;
    return true;
}

static int span_of(const struct date *days, size_t count) {
    int span =
        (days[count - 1].year - days[0].year) * YEAR_DAYS + of_year(days[count - 1]) - of_year(days[0]);
    return span < 0 ? -span : span;
}

/* "06/10/25 22/10 14/01/26": days without a year lie between those with one, in the order that takes less time. */
static void find_years(struct days_reader *r) {
    struct date on[DAYS_MAX], back[DAYS_MAX];
    size_t dated = r->count;
    bool whole = true;
    for (size_t i = r->count; i-- > 0;) {
        if (r->days[i].month == 0) return;
        if (r->days[i].year) dated = i;
        whole = whole && r->days[i].year;
    }
    if (whole || dated == r->count) return;
    memcpy(on, r->days, sizeof on);
    memcpy(back, r->days, sizeof back);
    bool goes_on = fill_years(on, r->count, dated, 1), goes_back = fill_years(back, r->count, dated, -1);
    if (goes_on && (!goes_back || span_of(on, r->count) <= span_of(back, r->count)))
        memcpy(r->days, on, sizeof on);
    else if (goes_back)
        memcpy(r->days, back, sizeof back);
    else
        memset(r->days, 0, sizeof r->days);
}

/* A dash, or nothing: it was not measured on that day. */
static bool is_nothing(struct str s) {
    return s.n == 0 || str_eq(s, STR("-")) || str_eq(s, STR("\xE2\x80\x93")) || str_eq(s, STR("/"));
}

/* The cell is one value and no more: "9,4", "12,2 H", "2 +", "NON détectée". */
static bool read_cell(struct days_reader *r, struct str text, struct lab_result *out) {
    struct tokens t;
    int direction;
    if (!tokens_split(r->arena, text, &t)) {
        r->full = true;
        return false;
    }
    size_t at = match_flag(&t, 0, &direction), value = match_value(&t, at), end = value;
    if (value > at) {
        end = match_flag(&t, end, &direction);
        end = match_unit(&t, end);
        end = match_flag(&t, end, &direction);
        if (end == t.count) return lab_read_result(&t, 0, t.count, false, out);
        while (end < t.count && token_is_sign(&t, end, '+')) end++;
    }
    bool words = end == t.count || (is_qualitative(&t, 0) && t.count <= WORDS_TOKENS_MAX);
    if (!words) return false;
    *out = (struct lab_result) { .words = text };
    return true;
}

static bool is_unit(struct days_reader *r, struct str text) {
    struct tokens t;
    return tokens_split(r->arena, text, &t) && t.count && match_unit(&t, 0) == t.count;
}

/* Of a column with that role, or one without a heading behind the days that holds a unit. */
static struct str unit_beside(struct days_reader *r, const struct table_part *parts) {
    size_t unit = table_column_of(r->t, COLUMN_UNIT);
    if (unit < r->t->column_count) return parts[unit].text;
    for (size_t c = r->columns[r->count - 1] + 1; c < r->t->column_count; c++) {
        if (r->t->columns[c].role != COLUMN_UNNAMED || parts[c].text.n == 0) continue;
        if (is_unit(r, parts[c].text)) return parts[c].text;
    }
    return STR("");
}

static struct str reference_beside(struct days_reader *r, const struct table_part *parts) {
    size_t c = table_column_of(r->t, COLUMN_REFERENCE);
    return c < r->t->column_count ? lab_plain_reference(r->arena, parts[c].text) : STR("");
}

static struct str name_beside(const struct days_reader *r, const struct table_part *parts) {
    for (size_t c = r->columns[0]; c-- > 0;)
        if (parts[c].text.n) return parts[c].text;
    return STR("");
}

/* "Date | 10/02/2026 | 11/02/2026" below headings of another kind: false when the row is another. */
static bool takes_days(struct days_reader *r, const struct tokens *name, const struct table_part *parts) {
    if (!token_in(name, 0, "date dates")) return false;
    for (size_t k = 0; k < r->count; k++) r->days[k] = day_of_title(r, parts[r->columns[k]].text);
    find_years(r);
    return true;
}

/* "Hb g/dL": the name ends with its unit. */
static void part_unit(const struct tokens *t, struct lab_name *name) {
    for (size_t i = 1; i < t->count && name->unit.n == 0; i++) {
        if (t->items[i].glued || match_unit(t, i) != t->count) continue;
        name->unit = tokens_text(t, i, t->count);
        name->name = tokens_text(t, 0, i);
    }
}

/* "Indice de distribution" goes on below with "des plaquettes (%)": the name with what its cell holds on the lines down to *last. */
static struct str whole_name(struct days_reader *r, struct str name, size_t *last) {
    for (size_t i = *last + 1; i < r->t->end && r->s->page->lines[i].cell_count == 1; i++) {
        struct str more = r->s->page->lines[i].text;
        const struct tokens *t = &r->s->tokens[i].tokens;
        bool left = r->s->page->lines[i].box.x < r->t->columns[r->columns[0]].left;
        if (!left || !(token_is_lower(t, 0) || token_is_sign(t, 0, '('))) break;
        if (!arena_printf(r->arena, &name, "%.*s %.*s", STR_ARG(name), STR_ARG(more))) r->full = true;
        *last = i;
    }
    return name;
}

static void add_value(struct days_reader *r, size_t line, size_t last, size_t k, const struct lab_name *name,
                      const struct lab_result *result) {
    char iso[DATE_ISO_BYTES];
    struct date day = r->days[k];
    size_t before = r->out->count;
    if (day.month == 0) return;
    if (!lab_add(r->arena, r->s, line, last, name, result, r->specimen, r->out)) {
        r->full = true;
        return;
    }
    date_format_iso(day, iso);
    for (size_t i = before; i < r->out->count; i++)
        r->full |= !arena_dup(r->arena, str_from_c(iso), &r->out->items[i].day);
}

/* "AgHBs nég.": the cell before the days is no name alone. */
static bool says_result(const struct tokens *t) {
    for (size_t i = 1; i < t->count; i++)
        if (is_qualitative(t, i)) return true;
    return false;
}

static void read_row(struct days_reader *r, size_t line) {
    struct table_part *parts = table_split_line(r->arena, r->t, &r->s->page->lines[line]);
    struct lab_result results[DAYS_MAX];
    struct lab_name name;
    struct tokens t;
    size_t filled = 0;
    bool clear = true;
    size_t last = line;
    if (!parts || !tokens_split(r->arena, whole_name(r, name_beside(r, parts), &last), &t)) {
        r->full = true;
        return;
    }
    if (t.count == 0 || t.count > NAME_TOKENS_MAX || takes_days(r, &t, parts)) return;
    for (size_t k = 0; k < r->count; k++) {
        struct str text = parts[r->columns[k]].text;
        results[k] = (struct lab_result) { 0 };
        if (is_nothing(text)) continue;
        if (is_unit(r, text)) return; /* a row of its own, below the table */
        filled++;
        clear = clear && read_cell(r, text, &results[k]);
    }
    bool row = filled > 1 && !says_result(&t);
    if (row || (filled && clear)) sheet_claim(r->s, line, line); /* none of it is of the paper's day */
    if (!filled || !clear) return;
    if (!lab_read_name(r->arena, &t, 0, t.count, &name) || name.again) return;
    if (!r->laboratory && !name.analyte) return;
    part_unit(&t, &name);
    struct str unit = unit_beside(r, parts), reference = reference_beside(r, parts);
    for (size_t k = 0; k < r->count && !r->full; k++) {
        struct lab_result *result = &results[k];
        if (result->count == 0 && result->words.n == 0) continue;
        if (result->count && result->number[0].unit.n == 0) result->number[0].unit = unit;
        if (result->count && result->number[0].reference.n == 0) result->number[0].reference = reference;
        add_value(r, line, last, k, &name, result);
    }
}

bool lab_read_days(struct arena *arena, struct sheet *s, const struct table *t, bool laboratory,
                   struct str specimen, struct fact_list *out, bool *is) {
    struct days_reader r = {
        .arena = arena, .s = s, .t = t, .laboratory = laboratory, .specimen = specimen, .out = out
    };
    for (size_t c = 0; c < t->column_count && r.count < DAYS_MAX; c++)
        if (t->columns[c].is_day) r.columns[r.count++] = c;
    *is = r.count > 1;
    if (!*is) return true;
    for (size_t k = 0; k < r.count; k++) r.days[k] = day_of_title(&r, t->columns[r.columns[k]].title);
    find_years(&r);
    for (size_t i = t->first; i < t->end && !r.full; i++)
        if (!s->claimed[i] && !s->vaccinated[i] && s->page->lines[i].cell_count > 1) read_row(&r, i);
    return !r.full;
}

bool lab_settle_days(struct arena *arena, struct date of_paper, struct fact_list *l) {
    static const struct str no_year = { "0000", 4 };
    char iso[DATE_ISO_BYTES], paper[DATE_ISO_BYTES];
    size_t kept = 0;
    date_format_iso(of_paper, paper);
    for (size_t i = 0; i < l->count; i++) {
        struct fact *f = &l->items[i];
        bool open = str_starts(f->day, no_year);
        if (open && of_paper.year == 0) continue;
        if (open) {
            struct str month_day = str_sub(f->day, no_year.n, f->day.n);
            bool before = str_compare(month_day, str_from_c(paper + no_year.n)) > 0;
            (void)snprintf(iso, sizeof iso, "%04d%.*s", of_paper.year - before, STR_ARG(month_day));
            if (!arena_dup(arena, str_from_c(iso), &f->day)) return false;
        }
        l->items[kept++] = *f;
    }
    l->count = kept;
    return true;
}
