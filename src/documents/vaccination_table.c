/*
 * vaccination_table -- vaccinations in the rows of a table: "Date | Vaccin | Lot | Médecin", "Vaccin | 1ère dose | 2e dose | Rappel".
 */
#include "documents/vaccination.h"

#include "documents/vaccination_match.h"
#include "documents/vaccine_list.h"

enum { NAME_BYTES_MAX = 80, NAMES_MAX = 12, LOT_BYTES_MIN = 3 };

struct vaccination_table_reader {
    struct arena *arena;
    struct sheet *s;
    const struct table *t;
    struct fact_list *out;
    bool ranks_are_days; /* "1ère dose" heads days; else "Rappel" alone heads those of the next dose */
    struct str name;     /* of the row above, for rows that go on with it */
};

/* The first day in a cell. */
static struct str day_in(struct vaccination_table_reader *r, struct str cell) {
    struct tokens t;
    struct date day;
    if (cell.n == 0 || !tokens_split(r->arena, cell, &t)) return STR("");
    for (size_t i = 0; i < t.count; i++) {
        size_t end = match_vaccination_day(&t, i, &day);
        if (end > i && day.year) return tokens_text(&t, i, end);
    }
    return STR("");
}

static struct str role_text(const struct vaccination_table_reader *r, const struct table_part *parts,
                            enum column_role role) {
    size_t c = table_column_of(r->t, role);
    return c < r->t->column_count ? parts[c].text : STR("");
}

static struct str lot_in(struct vaccination_table_reader *r, struct str cell, bool labelled) {
    struct tokens t;
    if (cell.n == 0 || !tokens_split(r->arena, cell, &t)) return STR("");
    for (size_t i = 0; i < t.count; i++) {
        size_t from = i, end = match_vaccine_lot(&t, i, &from);
        if (end == i && labelled) end = match_lot_number(&t, from = i);
        if (end > i && tokens_text(&t, from, end).n >= LOT_BYTES_MIN) return tokens_text(&t, from, end);
    }
    return STR("");
}

static bool is_title(const struct vaccination_table_reader *r, size_t column, const char *start) {
    struct tokens t;
    struct str title = r->t->columns[column].title;
    return title.n && tokens_split(r->arena, title, &t) && t.count &&
           str_starts(t.items[0].fold, str_from_c(start));
}

/* The day on which it was given: under its heading, under "Date", or in a column that has none. */
static struct str given_day(struct vaccination_table_reader *r, const struct table_part *parts) {
    struct str day = day_in(r, role_text(r, parts, COLUMN_GIVEN));
    for (size_t c = 0; c < r->t->column_count && day.n == 0; c++)
        if (r->t->columns[c].role == COLUMN_OTHER && is_title(r, c, "date") && !is_title(r, c, "naissance"))
            day = day_in(r, parts[c].text);
    for (size_t c = 0; c < r->t->column_count && day.n == 0; c++)
        if (r->t->columns[c].role == COLUMN_UNNAMED || r->t->columns[c].role == COLUMN_DATE ||
            r->t->columns[c].role == COLUMN_START)
            day = day_in(r, parts[c].text);
    return day;
}

/* "à faire", "refusé", "non fait": nothing was given, whatever else the row says. */
static bool is_denied(struct vaccination_table_reader *r, const struct table_part *parts) {
    for (size_t c = 0; c < r->t->column_count; c++) {
        struct tokens t;
        enum column_role role = r->t->columns[c].role;
        if (parts[c].text.n == 0 || role == COLUMN_DUE || !tokens_split(r->arena, parts[c].text, &t))
            continue;
        for (size_t i = 0; i < t.count; i++)
            if (token_has(&t, i, WORD_REFUSED) ||
                (role != COLUMN_INSTRUCTION && token_has(&t, i, WORD_PLANNED)))
                return true;
    }
    return false;
}

static bool add(struct vaccination_table_reader *r, size_t line, struct fact *f) {
    f->type = FACT_VACCINATION;
    sheet_claim(r->s, line, line);
    return fact_place(r->arena, r->s->page, line, line, f) && fact_list_add(r->out, f);
}

/* A vaccine of a row, with each of its days. */
static bool add_days(struct vaccination_table_reader *r, size_t line, const struct table_part *parts,
                     struct str name, struct str rank) {
    struct fact f = { .name = name,
                      .dose = rank,
                      .value = given_day(r, parts),
                      .lot = lot_in(r, role_text(r, parts, COLUMN_LOT), true),
                      .due = day_in(r, role_text(r, parts, COLUMN_DUE)) };
    if (!r->ranks_are_days && f.due.n == 0) f.due = day_in(r, role_text(r, parts, COLUMN_RANK));
    if (f.value.n && !add(r, line, &f)) return false;
    size_t given = r->out->count;
    for (size_t c = 0; c < r->t->column_count && r->ranks_are_days; c++) {
        if (r->t->columns[c].role != COLUMN_RANK) continue;
        if (str_ends(str_trim(parts[c].text), STR("*")) && vaccination_asterisk_is_to_come(r->s)) {
            bool first = r->out->count > given && r->out->items[r->out->count - 1].due.n == 0;
            if (first) r->out->items[r->out->count - 1].due = day_in(r, parts[c].text);
            continue;
        }
        struct fact dose = { .name = name,
                             .dose = r->t->columns[c].title,
                             .value = day_in(r, parts[c].text) };
        dose.lot = lot_in(r, parts[c].text, false);
        if (dose.value.n && !add(r, line, &dose)) return false;
    }
    return true;
}

static struct str rank_in(struct vaccination_table_reader *r, struct str cell) {
    struct tokens t;
    struct date day;
    if (cell.n == 0 || !tokens_split(r->arena, cell, &t) || t.count > 6) return STR("");
    return t.count && match_vaccination_day(&t, 0, &day) == 0 ? cell : STR("");
}

/* "Penta 1": the number behind a name is the rank. */
static size_t rank_behind(const struct tokens *t, size_t end) {
    size_t rank = match_vaccine_rank(t, end);
    if (rank > end) return rank;
    return token_is_number(t, end) && t->items[end].fold.n == 1 ? end + 1 : end;
}

/* The vaccine's own name in another column ("Nom du vaccin et lot" beside "Vaccin contre"), when it protects from that; or `name`. */
static struct str own_name(struct vaccination_table_reader *r, const struct table_part *parts,
                           uint32_t against, struct str name) {
    size_t named = table_column_of(r->t, COLUMN_VACCINE);
    for (size_t c = 0; c < r->t->column_count; c++) {
        struct tokens t;
        struct vaccine v;
        if (c == named || parts[c].text.n == 0 || !tokens_split(r->arena, parts[c].text, &t)) continue;
        for (size_t i = 0; i < t.count; i++) {
            size_t end = vaccine_match(&t, i, r->s->tolerant, &v);
            if (end > i && v.is_sure && (v.against & against) == against) return tokens_text(&t, i, end);
        }
    }
    return name;
}

/* Each vaccine that a cell names; a cell that names none that we know is a name itself. */
static bool read_names(struct vaccination_table_reader *r, size_t line, const struct table_part *parts,
                       struct str cell) {
    struct tokens t;
    struct str rank = rank_in(r, role_text(r, parts, COLUMN_DOSE));
    size_t found = 0;
    if (!tokens_split(r->arena, cell, &t)) return false;
    for (size_t i = 0; i < t.count && found < NAMES_MAX;) {
        struct vaccine v;
        size_t end = vaccine_match(&t, i, r->s->tolerant, &v);
        if (end == i) {
            i++;
            continue;
        }
        size_t behind = rank_behind(&t, end);
        struct str own = behind > end ? tokens_text(&t, end, behind) : rank;
        r->name =
            v.is_sure ? tokens_text(&t, i, end) : own_name(r, parts, v.against, tokens_text(&t, i, end));
        if (!add_days(r, line, parts, r->name, own)) return false;
        found++;
        i = behind;
    }
    if (found || cell.n > NAME_BYTES_MAX || t.count == 0 || t.items[0].kind != TOKEN_WORD ||
        t.items[0].text.n < 2)
        return true;
    r->name = cell;
    return add_days(r, line, parts, cell, rank);
}

static bool read_row(struct vaccination_table_reader *r, size_t line) {
    struct table_part *parts = table_split_line(r->arena, r->t, &r->s->page->lines[line]);
    if (!parts) return false;
    struct str cell = role_text(r, parts, COLUMN_VACCINE);
    r->s->vaccinated[line] = true;
    if (is_denied(r, parts)) {
        if (cell.n) r->name = STR("");
        return true;
    }
    if (cell.n) return read_names(r, line, parts, cell);
    return r->name.n == 0 || add_days(r, line, parts, r->name, rank_in(r, role_text(r, parts, COLUMN_DOSE)));
}

/* One column "Rappel" beside one of days is that of the next dose; "1ère dose", "2e dose", "Rappel" hold days themselves. */
static bool ranks_are_days(const struct vaccination_table_reader *r) {
    size_t ranks = 0, days = 0;
    for (size_t c = 0; c < r->t->column_count; c++) {
        ranks += r->t->columns[c].role == COLUMN_RANK;
        days += r->t->columns[c].role == COLUMN_GIVEN ||
                (r->t->columns[c].role == COLUMN_OTHER && is_title(r, c, "date"));
    }
    return ranks > 1 || days == 0;
}

bool vaccination_read_tables(struct arena *arena, struct sheet *s, struct fact_list *out) {
    for (size_t k = 0; k < s->table_count; k++) {
        struct vaccination_table_reader r = { .arena = arena, .s = s, .t = &s->tables[k], .out = out };
        if (table_column_of(r.t, COLUMN_VACCINE) == r.t->column_count) continue;
        r.ranks_are_days = ranks_are_days(&r);
        for (size_t i = r.t->first; i < r.t->end; i++)
            if (!read_row(&r, i)) return false;
    }
    return true;
}
