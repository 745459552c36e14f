#include "documents/medication.h"

#include "documents/dosage_match.h"

/* A step between lines that is this much wider than the narrowest of the table begins a new row. */
enum { ROW_STEP_PERCENT = 125, ROW_LINES_MAX = 60 };

struct row {
    size_t first, last;
    struct str cell[64]; /* by column; at most COLUMNS_MAX of table_columns.h */
};

/* The columns that tell how a drug is taken, in the order in which a reader would look. */
static const enum column_role taking_roles[] = { COLUMN_POSOLOGY, COLUMN_DOSE,     COLUMN_FREQUENCY,
                                                 COLUMN_MOMENT,   COLUMN_DURATION, COLUMN_STRENGTH,
                                                 COLUMN_START };

static size_t drug_column(const struct table *t) {
    size_t column = table_column_of(t, COLUMN_DRUG);
    if (column < t->column_count) return column;
    bool moments = table_column_of(t, COLUMN_MOMENT) < t->column_count;
    return moments && t->columns[0].role <= COLUMN_OTHER ? 0 : t->column_count;
}

static bool says_taking(const struct table *t, const struct table_part *parts) {
    for (size_t c = 0; c < t->column_count; c++)
        for (size_t k = 0; k < COUNT_OF(taking_roles); k++)
            if (t->columns[c].role == taking_roles[k] && parts[c].text.n) return true;
    return false;
}

/* True if the drug of a row is told to the end: a strength or a form stands behind its name. */
static bool is_complete(const struct tokens *t) {
    for (size_t i = 1; i < t->count; i++)
        if (match_strength(t, i) > i || token_has(t, i, WORD_FORM)) return true;
    return false;
}

/* Does a line begin a row? `row` is what the row above has so far; a wide step stands before the line. */
static bool begins_row(struct arena *arena, const struct sheet *s, const struct table *t, size_t column,
                       const struct table_part *parts, const struct row *row, bool wide_step) {
    struct tokens drug, so_far;
    struct drug_line l;
    if (parts[column].text.n == 0 || !tokens_split(arena, parts[column].text, &drug) || drug.count == 0)
        return false;
    if (row->cell[column].n == 0) return true;
    if (!tokens_split(arena, row->cell[column], &so_far)) return false;
    bool taking = says_taking(t, parts), complete = is_complete(&so_far);
    if (token_is(&drug, 0, "preparation")) return taking;
    if (!drug_line_start(&drug, 0, s->tolerant, &l)) return false;
    if (token_is(&so_far, 0, "preparation")) return taking && wide_step; /* its ingredients are drugs too */
    if (l.known && l.name_from <= 1) return taking || (wide_step && complete);
    return taking && complete;
}

static bool row_add(struct arena *arena, const struct table *t, const struct table_part *parts,
                    struct row *row) {
    for (size_t c = 0; c < t->column_count; c++)
        if (!dosage_join(arena, row->cell[c], " ", parts[c].text, &row->cell[c])) return false;
    return true;
}

/* "-" says that there is nothing. */
static bool is_empty(struct str s) {
    return s.n == 0 || str_eq(s, STR("-")) || str_eq(s, STR("\xE2\x80\x93")) || str_eq(s, STR("/"));
}

static bool add_instruction(struct arena *arena, struct fact *f, struct str more) {
    if (is_empty(more)) return true;
    return dosage_join(arena, f->instruction, ", ", more, &f->instruction);
}

static bool is_zero(struct str s) {
    return is_empty(s) || str_eq(s, STR("0"));
}

/* Columns "Matin", "Midi", …: "Matin 1, Soir 1/2". */
static bool fill_moments(struct arena *arena, const struct table *t, const struct row *row, struct fact *f) {
    for (size_t c = 0; c < t->column_count; c++) {
        struct str part;
        if (t->columns[c].role != COLUMN_MOMENT || is_zero(row->cell[c])) continue;
        if (!dosage_join(arena, t->columns[c].title, " ", row->cell[c], &part)) return false;
        if (!dosage_join(arena, f->frequency, ", ", part, &f->frequency)) return false;
    }
    return true;
}

static void prefer(struct str *field, struct str value) {
    if (field->n == 0) *field = value;
}

/* How many regimes a cell holds below each other, and where the second begins. */
static size_t count_regimes(const struct tokens *t, bool dose, size_t *second) {
    size_t seen = 0;
    *second = t->count;
    for (size_t i = 0; i < t->count;) {
        size_t end = dose ? match_dose(t, i) : match_rate(t, i);
        if (end > i && ++seen == 2) *second = i;
        i = end > i ? end : i + 1;
    }
    return seen;
}

/* What stands behind the frequency that was read from a text, up to `end`. */
static struct str behind(struct str frequency, const struct tokens *t, size_t end) {
    struct str all = tokens_text(t, 0, end);
    if (frequency.n == 0 || frequency.p < all.p || frequency.p + frequency.n > all.p + all.n) return STR("");
    return str_trim(str_sub(all, (size_t)(frequency.p + frequency.n - all.p), all.n));
}

/* One regime in columns of dose and frequency, or the first of two. */
static bool fill_first(struct arena *arena, const struct tokens *rate, size_t end, struct fact *f) {
    struct dosage read;
    if (!dosage_read(arena, rate, 0, end, DOSAGE_TAKING, &read)) return false;
    prefer(&f->dose, read.dose);
    f->frequency = read.frequency.n ? read.frequency : tokens_text(rate, 0, end);
    if (is_empty(f->frequency)) f->frequency = STR("");
    if (f->duration.n && read.duration.n) return add_instruction(arena, f, behind(read.frequency, rate, end));
    prefer(&f->duration, read.duration);
    return read.frequency.n == 0 || add_instruction(arena, f, read.instruction);
}

/* Columns of dose and frequency. Two regimes: the second goes into the instruction. More, or columns that do not agree: all of it does, and
 * dose and frequency stay empty. */
static bool fill_taking(struct arena *arena, struct str dose, struct str frequency, struct fact *f) {
    struct tokens d, r;
    struct str later;
    size_t d2, r2;
    if (!tokens_split(arena, dose, &d) || !tokens_split(arena, frequency, &r)) return false;
    size_t doses = count_regimes(&d, true, &d2), rates = count_regimes(&r, false, &r2);
    if (doses > 2 || rates > 2 || (doses == 2 && rates == 1))
        return add_instruction(arena, f, dose) && add_instruction(arena, f, frequency);
    if (!is_empty(dose)) f->dose = tokens_text(&d, 0, d2);
    if (!fill_first(arena, &r, r2, f)) return false;
    if (d2 == d.count && r2 == r.count) return true;
    if (!dosage_join(arena, tokens_text(&d, d2, d.count), " ", tokens_text(&r, r2, r.count), &later))
        return false;
    return dosage_join(arena, STR("puis"), " ", later, &later) && add_instruction(arena, f, later);
}

static struct str cell_of(const struct table *t, const struct row *row, enum column_role role) {
    size_t c = table_column_of(t, role);
    return c < t->column_count && !is_empty(row->cell[c]) ? row->cell[c] : STR("");
}

/* "du 28/03/2020 au 04/04/2020" from two columns of dates. */
static bool fill_dates(struct arena *arena, const struct table *t, const struct row *row, struct fact *f) {
    struct str start = cell_of(t, row, COLUMN_START), end = cell_of(t, row, COLUMN_END);
    if (f->duration.n || start.n == 0) return true;
    if (end.n) return arena_printf(arena, &f->duration, "du %.*s au %.*s", STR_ARG(start), STR_ARG(end));
    struct str from;
    return arena_printf(arena, &from, "depuis le %.*s", STR_ARG(start)) && add_instruction(arena, f, from);
}

/* Posology in one cell. */
static bool fill_posology(struct arena *arena, struct str posology, struct fact *f) {
    struct tokens t;
    struct dosage d;
    if (!tokens_split(arena, posology, &t) || !dosage_read(arena, &t, 0, t.count, DOSAGE_TAKING, &d))
        return false;
    prefer(&f->dose, d.dose);
    prefer(&f->frequency, d.frequency);
    prefer(&f->route, d.route);
    prefer(&f->renewals, d.renewals);
    if (f->duration.n == 0 || d.duration.n == 0) {
        prefer(&f->duration, d.duration);
        return add_instruction(arena, f, d.instruction);
    }
    /* two durations, "… pendant 2 jours puis …" beside that of the whole: everything behind the frequency stays together */
    return add_instruction(arena, f, d.frequency.n ? behind(d.frequency, &t, t.count) : posology);
}

static bool fill_row(struct arena *arena, const struct table *t, const struct row *row, struct fact *f) {
    struct str duration = cell_of(t, row, COLUMN_DURATION), posology = cell_of(t, row, COLUMN_POSOLOGY),
               strength, form;
    struct tokens d;
    struct token_span value;
    if (duration.n) {
        if (!tokens_split(arena, duration, &d)) return false;
        f->duration = duration;
        if (match_duration(&d, 0, &value) == d.count) f->duration = tokens_text(&d, value.from, value.to);
    }
    if (posology.n && !fill_posology(arena, posology, f)) return false;
    struct str dose = cell_of(t, row, COLUMN_DOSE), frequency = cell_of(t, row, COLUMN_FREQUENCY);
    if ((dose.n || frequency.n) && !fill_taking(arena, dose, frequency, f)) return false;
    if (!fill_moments(arena, t, row, f) || !fill_dates(arena, t, row, f)) return false;
    prefer(&f->route, cell_of(t, row, COLUMN_ROUTE));
    prefer(&f->renewals, cell_of(t, row, COLUMN_RENEWALS));
    strength = cell_of(t, row, COLUMN_STRENGTH);
    form = cell_of(t, row, COLUMN_FORM);
    prefer(&f->strength, strength);
    prefer(&f->form, form);
    return add_instruction(arena, f, cell_of(t, row, COLUMN_INSTRUCTION));
}

/*
 * A scan of a narrow cell shows the half of a letter where the cell's edge cuts a word off: "PARACET/ MYLAN". When only
 * one drug begins so, its name is completed, in capitals as what is printed. False: the arena is full.
 */
static bool mend_cut_name(struct arena *arena, struct str text, struct str *out) {
    struct tokens t;
    *out = text;
    if (!tokens_split(arena, text, &t)) return false;
    if (t.count < 3 || t.items[1].kind != TOKEN_SIGN || !t.items[1].glued || t.items[2].glued) return true;
    struct str word = t.items[0].text, whole = drug_list_complete(t.items[0].fold);
    if (whole.n <= t.items[0].fold.n || str_eq(word, t.items[0].fold)) return true;
    char *capitals = arena_alloc(arena, whole.n);
    if (!capitals) return false;
    for (size_t i = 0; i < whole.n; i++)
        capitals[i] = whole.p[i] >= 'a' && whole.p[i] <= 'z' ? (char)(whole.p[i] - 32) : whole.p[i];
    return dosage_join(arena, (struct str) { capitals, whole.n }, " ", tokens_text(&t, 2, t.count), out);
}

/* Name, strength and form from the column of drugs. False: the arena is full; *is_drug tells whether it is one. */
static bool fill_drug(struct arena *arena, const struct sheet *s, struct str text, struct fact *f,
                      bool *is_drug) {
    struct tokens t;
    struct drug_line l;
    struct dosage d;
    *is_drug = false;
    if (s->tolerant && !mend_cut_name(arena, text, &text)) return false;
    if (!tokens_split(arena, text, &t)) return false;
    if (token_is(&t, 0, "preparation")) { /* made by the pharmacist: its whole recipe is its name */
        f->name = text;
        *is_drug = true;
        return true;
    }
    size_t at = 0;
    if (!drug_line_start(&t, 0, s->tolerant, &l)) {
        while (at < t.count && t.items[at].kind != TOKEN_WORD) at++;
        if (at == t.count || token_has(&t, at, WORD_DEVICE) || t.items[at].text.n < 3) return true;
        l = (struct drug_line) { .name_from = at, .name_to = drug_name_end(&t, at) };
    }
    if (!dosage_read(arena, &t, l.name_to, t.count, DOSAGE_PRODUCT, &d)) return false;
    d.stopped |= l.stopped;
    f->name = tokens_text(&t, l.name_from, l.name_to);
    *is_drug = true;
    return medication_fill(arena, &d, f);
}

static bool finish_row(struct arena *arena, struct sheet *s, const struct table *t, size_t column,
                       const struct row *row, struct fact_list *out) {
    struct fact f = { .type = FACT_MEDICATION };
    bool is_drug, taking = false;
    for (size_t c = 0; c < t->column_count; c++)
        for (size_t k = 0; k < COUNT_OF(taking_roles); k++)
            taking = taking || (t->columns[c].role == taking_roles[k] && !is_empty(row->cell[c]));
    if (row->cell[column].n == 0) return true;
    if (!fill_drug(arena, s, row->cell[column], &f, &is_drug)) return false;
    if (!is_drug || (!taking && f.strength.n == 0 && f.form.n == 0)) return true;
    bool stopped = str_starts(f.instruction, STR(MEDICATION_STOPPED));
    if (!stopped && !fill_row(arena, t, row, &f)) return false;
    sheet_claim(s, row->first, row->last);
    return fact_place(arena, s->page, row->first, row->last, &f) && fact_list_add(out, &f);
}

/* The labelled lines behind a row; an instruction may wrap, indented under its text. */
static bool read_labels(struct arena *arena, struct sheet *s, size_t *line, struct fact *f) {
    bool for_patient = false, in_label = false;
    int32_t text_left = 0;
    for (; *line < s->page->count; (*line)++) {
        const struct tokens *t = &s->tokens[*line].tokens;
        const struct line *l = &s->page->lines[*line];
        size_t end = table_row_label(t, &for_patient);
        if (end) {
            in_label = for_patient;
            text_left = end < t->count ? l->words[s->tokens[*line].word[end]].box.x : 0;
        } else if (!in_label || l->box.x < text_left - s->page->word_height) {
            return true;
        }
        if (f && in_label &&
            !dosage_join(arena, f->instruction, end ? ", " : " ",
                         is_empty(tokens_text(t, end, t->count)) ? STR("") : tokens_text(t, end, t->count),
                         &f->instruction))
            return false;
        if (f) f->box = box_union(f->box, l->box);
        s->claimed[*line] = true;
    }
    return true;
}

/* The step between most lines of a table: half are narrower. */
static int usual_step(struct arena *arena, const struct sheet *s, const struct table *t) {
    int *steps = arena_array(arena, t->end - t->first + 1, sizeof *steps);
    size_t n = 0;
    if (!steps) return 0;
    for (size_t i = t->first; i + 1 < t->end; i++) {
        int step = sheet_step_percent(s, i);
        size_t at = n++;
        for (; at > 0 && steps[at - 1] > step; at--) steps[at] = steps[at - 1];
        steps[at] = step;
    }
    return n ? steps[n / 2] : 0;
}

static bool read_table(struct arena *arena, struct sheet *s, const struct table *t, size_t column,
                       struct fact_list *out) {
    struct row row = { .first = t->first, .last = t->first };
    int usual = usual_step(arena, s, t);
    size_t before = out->count, line = t->end;
    for (size_t i = t->first; i < t->end; i++) {
        struct table_part *parts = table_split_line(arena, t, &s->page->lines[i]);
        if (!parts) return false;
        bool wide = i > t->first && sheet_step_percent(s, i - 1) * 100 > (int64_t)usual * ROW_STEP_PERCENT;
        bool begins = i > t->first && begins_row(arena, s, t, column, parts, &row, wide);
        if (begins || i - row.first == ROW_LINES_MAX) {
            if (!finish_row(arena, s, t, column, &row, out)) return false;
            row = (struct row) { .first = i, .last = i };
        }
        if (!row_add(arena, t, parts, &row)) return false;
        row.last = i;
    }
    if (!finish_row(arena, s, t, column, &row, out)) return false;
    return read_labels(arena, s, &line, out->count > before ? &out->items[out->count - 1] : NULL);
}

bool medication_read_tables(struct arena *arena, struct sheet *s, struct fact_list *out) {
    for (size_t k = 0; k < s->table_count; k++) {
        const struct table *t = &s->tables[k];
        size_t column = drug_column(t);
        if (column < t->column_count && table_column_of(t, COLUMN_DEVICE) == t->column_count &&
            !read_table(arena, s, t, column, out))
            return false;
    }
    return true;
}
