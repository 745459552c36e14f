#include "documents/lab.h"

#include "documents/date_fr.h"
#include "documents/drug_list.h"
#include "documents/lab_match.h"
#include "documents/lab_row.h"

enum {
    HEADING_TOKENS_MAX = 12,
    NAME_WORDS_MAX = 9,
    AGAIN_LINES_MAX = 4,
    UNSAID_NAME_LINES_MAX = 3,
    SHORT_NAME_BYTES = 48,
    PROSE_NAME_TOKENS_MAX = 6
};

/* What reading goes down the page with. */
struct lab_reader {
    struct arena *arena;
    struct sheet *s;
    bool laboratory;
    struct fact_list *out;
    struct str heading; /* last line that was no row, for rows like "1ère heure" */
    size_t heading_line;
    struct lab_name last; /* analyte of the last row */
    size_t last_line;
    bool any; /* this page had a row */
    bool full;
};

static bool is_dots(const struct tokens *t, size_t i) {
    return token_is_sign(t, i, '.') || token_is_sign(t, i, ':') || token_is_sign(t, i, '=') ||
           token_is_sign(t, i, '_') || token_is(t, i, "\xE2\x80\xA6") || token_is_sign(t, i, '*');
}

/* Where the result of a free row begins: a number in a cell of its own, behind ':' or dots, or with a unit; or words of a result. */
static size_t find_result(const struct tokens *t, bool *in_words) {
    struct date_found date;
    size_t depth = token_is_sign(t, 0, '('), opened = 0;
    *in_words = false;
    for (size_t i = 1; i < t->count; i++) {
        if (token_is_sign(t, i, '(')) {
            depth++;
            opened = i;
        }
        if (token_is_sign(t, i, ')') && depth) depth--;
        if (depth) continue;
        if (date_fr_at(t, i, &date)) return t->count;
        bool behind_unit = token_is_sign(t, i - 1, ')') && match_unit(t, opened) == i;
        bool apart = t->items[i].cell != t->items[i - 1].cell || is_dots(t, i - 1) || behind_unit;
        size_t value = match_value(t, i), from, to;
        bool range = apart && token_is_number(t, i) && match_reference(t, i, &from, &to) > i;
        if (range || (apart && token_is(t, i, "n") && token_is_sign(t, i + 1, ':')))
            return t->count; /* the value was not read */
        if (value > i && (apart || match_unit(t, value) > value)) return i;
        if (apart && is_qualitative(t, i)) {
            *in_words = true;
            return i;
        }
    }
    return t->count;
}

/* Analytes whose results are words of any kind: "Culture : Escherichia coli", "Groupe sanguin : O +". */
static size_t find_text_result(const struct tokens *t) {
    static const char *const names[] = {
        "culture",        "aspect",        "couleur",
        "groupe sanguin", "examen direct", "coloration de gram",
        "germe isole",    "groupage",      "aspect du serum",
        "bacilloscopie",  "genexpert",     "electrophorese de l ' hemoglobine",
        "odeur"
    };
    for (size_t k = 0; k < COUNT_OF(names); k++) {
        size_t end = tokens_match(t, 0, names[k]);
        if (end == 0) continue;
        while (end < t->count && !token_is_sign(t, end, ':') && t->items[end].cell == t->items[0].cell) end++;
        while (end < t->count && is_dots(t, end)) end++;
        return end;
    }
    return t->count;
}

static size_t count_words(const struct tokens *t, size_t to) {
    size_t words = 0;
    for (size_t i = 0; i < to; i++) words += t->items[i].kind == TOKEN_WORD;
    return words;
}

/* "1ère heure" says nothing without the heading above it. */
static bool complete_name(struct lab_reader *r, const struct tokens *t, size_t line, struct lab_name *name) {
    if (tokens_match(t, 0, "lere heure") > 0 && r->heading.n &&
        line - r->heading_line <= UNSAID_NAME_LINES_MAX)
        return arena_printf(r->arena, &name->name, "%.*s %.*s", STR_ARG(r->heading), STR_ARG(name->name));
    bool hour = token_is(t, 0, "1") || token_is(t, 0, "2");
    bool says = name->analyte || !hour || r->heading.n == 0 || line - r->heading_line > UNSAID_NAME_LINES_MAX;
    if (says ||
        tokens_match(t, 1, "ere heure") + tokens_match(t, 1, "eme heure") + tokens_match(t, 1, "e heure") ==
            3)
        return true;
    return arena_printf(r->arena, &name->name, "%.*s %.*s", STR_ARG(r->heading), STR_ARG(name->name));
}

/* Prices stand in rows too. */
static bool is_bill(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++)
        if (token_in(t, i, "fcfa cfa xof eur euros prix montant \xE2\x82\xAC")) return true;
    return false;
}

/* "g/L", "%": a unit that no dose has. */
static bool is_concentration(struct str unit) {
    if (str_starts(unit, STR("cp"))) return false; /* "1 cp/j" is a dose */
    size_t slash = str_find_char(unit, '/');
    if (slash + 1 < unit.n && is_digit(unit.p[slash + 1]) && str_find(unit, STR("/24")) == unit.n)
        return false; /* "1000 mg/880 UI" */
    return str_find_char(unit, '/') < unit.n || str_find_char(unit, '%') < unit.n;
}

/* "/j", "/semaine": how often something is taken. */
static bool is_rate(struct str unit) {
    return str_starts(unit, STR("/j")) || str_starts(unit, STR("/s"));
}

/* "Crème hydratante urée 10 %": how strong something is that is put on or taken. */
static bool names_medicine(const struct tokens *t, size_t to, struct str unit) {
    struct drug unused;
    bool drug = token_has(t, 0, WORD_FORM);
    for (size_t i = 0; i < to; i++)
        drug |= !token_has(t, i, WORD_ANALYTE) && drug_list_match(t, i, false, &unused) > i;
    return drug && str_eq(unit, STR("%"));
}

/* A value in a cell of its own, or behind ':' or dots; one that follows its words is of a sentence. */
static bool stands_apart(const struct tokens *t, size_t at) {
    while (at > 1 && (token_is_sign(t, at - 1, '+') || token_is_sign(t, at - 1, '<'))) at--;
    return at && (t->items[at].cell != t->items[at - 1].cell || is_dots(t, at - 1));
}

static bool is_row(const struct lab_reader *r, const struct tokens *t, const struct lab_name *name,
                   const struct lab_result *result, bool in_words, bool apart) {
    bool short_name =
        name->analyte && str_find(name->name, STR(". ")) == name->name.n && name->name.n <= SHORT_NAME_BYTES;
    if (is_bill(t)) return false;
    bool goes_on = r->any && !is_digit(name->name.p[0]);
    if (result->count == 0) return in_words && (r->laboratory ? name->analyte || goes_on : short_name);
    const struct lab_number *n = &result->number[0];
    bool range = n->reference.n || name->reference.n;
    if (is_rate(n->unit)) return false;
    bool of_laboratory = is_concentration(n->unit) || is_concentration(name->unit);
    if (r->laboratory)
        return range || name->analyte || of_laboratory || (apart && (n->unit.n || name->unit.n));
    bool compared = n->value.p[0] == '<' || n->value.p[0] == '>';
    return short_name && (is_concentration(n->unit) || is_concentration(name->unit) || (compared && range));
}

/* The unit of the value that follows a name; empty: none does. */
static struct str unit_behind(const struct tokens *t, size_t name) {
    for (size_t i = name + 1; i < t->count && i <= name + PROSE_NAME_TOKENS_MAX; i++) {
        size_t value = match_value(t, i), unit = value > i ? match_unit(t, value) : value;
        if (value > i) return tokens_text(t, value, unit);
    }
    return STR("");
}

/* Where the next row on the same line begins ("Leucocytes 4,9 G/L   Hémoglobine 11,8 g/dL"): behind a value an analyte with its own is named. */
static size_t next_row(const struct tokens *t) {
    size_t floor = 0; /* behind the last value */
    for (size_t i = 1; i < t->count; i++) {
        size_t value = match_value(t, i);
        if (value > i) floor = match_unit(t, value);
        if (floor == 0 || i < floor || !token_has(t, i, WORD_ANALYTE) || unit_behind(t, i).n == 0) continue;
        size_t start = i;
        while (start > floor && t->items[start - 1].kind == TOKEN_WORD &&
               t->items[start - 1].cell == t->items[i].cell)
            start--;
        return start;
    }
    return t->count;
}

/* Parts in running text ("oxalate 85 %, acide urique 15 %") are no values of their own. */
static bool is_row_beside(const struct tokens *t, size_t before) {
    return t->items[0].cell != before || str_find_char(unit_behind(t, 0), '/') < unit_behind(t, 0).n;
}

/*
 * Where the name before token `to` begins: behind a sentence ("Aucune grave. Règles") and behind another value ("Plaq 218 000 TP",
 * "TSH 1,9. Ac anti-GAD"), whose name this is not.
 */
static size_t name_start(const struct tokens *t, size_t to) {
    size_t from = 0;
    bool prose = !stands_apart(t, to);
    for (size_t i = 1; i < to; i++) {
        bool ends = token_is_sign(t, i, '.') && i + 1 < to && t->items[i - 1].text.n > 4 &&
                    t->items[i + 1].kind == TOKEN_WORD && !t->items[i + 1].glued;
        size_t value = match_value(t, i);
        bool large =
            value > i + 1 || (value > i && str_find_char(t->items[i].text, ',') < t->items[i].text.n);
        if (ends || (prose && token_is_sign(t, i, ','))) from = i + 1;
        if (large) from = match_unit(t, value);
    }
    while (from < to && t->items[from].kind == TOKEN_SIGN) from++;
    return from;
}

/* "ASAT / ALAT 31 / 52 UI/L": two values, each of its name; false when the row is no such one. */
static bool read_double(struct lab_reader *r, const struct tokens *t, size_t at, size_t line) {
    size_t parts[2][2] = { { 0, 0 }, { 0, at } }, value = match_value(t, at), second = value + 1;
    for (size_t i = 1; i < at; i++)
        if (token_is_sign(t, i, '/')) parts[0][1] = i, parts[1][0] = i + 1;
    if (!parts[0][1] || value == at || !token_is_sign(t, value, '/')) return false;
    size_t end = match_value(t, second), unit = match_unit(t, end);
    if (end == second || !token_has(t, 0, WORD_ANALYTE) || !token_has(t, parts[1][0], WORD_ANALYTE))
        return false;
    if (!r->laboratory && !is_concentration(tokens_text(t, end, unit))) return false;
    for (size_t k = 0; k < 2; k++) {
        struct lab_name name;
        struct lab_result result = { .count = 1 };
        result.number[0].value = k ? tokens_text(t, second, end) : tokens_text(t, at, value);
        result.number[0].unit = tokens_text(t, end, unit);
        if (!lab_read_name(r->arena, t, parts[k][0], parts[k][1], &name)) return true;
        r->full |= !lab_add(r->arena, r->s, line, line, &name, &result, lab_specimen_at(r->s, line), r->out);
    }
    r->any = true;
    return true;
}

static bool read_row(struct lab_reader *r, const struct tokens *t, size_t i) {
    struct lab_name name;
    struct lab_result result;
    bool in_words;
    size_t at = find_result(t, &in_words), text = find_text_result(t);
    if (text < t->count) {
        at = text;
        in_words = match_value(t, at) == at;
    }
    if (at >= t->count) return false;
    if (read_double(r, t, at, i)) return true;
    size_t from = name_start(t, at);
    if (!lab_read_name(r->arena, t, from, at, &name) || (from && !name.analyte)) return false;
    if (count_words(t, at) > NAME_WORDS_MAX) return false;
    if (name.again) {
        if (r->last.name.n == 0 || i - r->last_line > AGAIN_LINES_MAX) return false;
        name = r->last;
        name.unit = name.reference = STR("");
    }
    if (!lab_read_result(t, at, t->count, in_words, &result) ||
        !is_row(r, t, &name, &result, in_words, stands_apart(t, at)) ||
        names_medicine(t, at, result.number[0].unit))
        return false;
    r->full |= !complete_name(r, t, i, &name);
    r->full |= !lab_add(r->arena, r->s, i, i, &name, &result, lab_specimen_at(r->s, i), r->out);
    r->last = name;
    r->last_line = i;
    r->any = true;
    return true;
}

/* A line may hold several rows side by side: the value of one is never said of another. */
static bool read_line(struct lab_reader *r, size_t i) {
    struct tokens rest = r->s->tokens[i].tokens;
    size_t cell = 0;
    bool any = false;
    while (rest.count) {
        struct tokens row = rest;
        row.count = next_row(&rest);
        if (!any || is_row_beside(&row, cell)) any |= read_row(r, &row, i);
        cell = row.items[row.count - 1].cell;
        rest.items += row.count;
        rest.count -= row.count;
    }
    return any;
}

/* Where the name of an analyte begins that ends before token `to`: its last known word, and known words right before it; or `to`. */
static size_t analyte_start(const struct tokens *t, size_t from, size_t to) {
    size_t at = to;
    while (at > from && !token_has(t, at - 1, WORD_ANALYTE)) at--;
    if (at == from || to - at > PROSE_NAME_TOKENS_MAX) return to;
    at--;
    while (at > from + 1 && (token_has(t, at - 1, WORD_ANALYTE) || token_is(t, at - 1, "acide") ||
                             (token_is_sign(t, at - 1, '-') && t->items[at].glued)))
        at--;
    return at;
}

/* Values in running text: "Créatinine 28 mg/L, DFG 27 mL/min, hémoglobine 9,8 g/dL". */
static bool read_prose(struct lab_reader *r, size_t line) {
    const struct tokens *t = &r->s->tokens[line].tokens;
    size_t from = 0;
    for (size_t i = 1; i < t->count; i++) {
        if (token_is_sign(t, i, ',') || token_is_sign(t, i, ';') ||
            (token_is_sign(t, i, '.') && !(i + 1 < t->count && t->items[i + 1].glued)))
            from = i + 1;
        size_t value = match_value(t, i), unit = value > i ? match_unit(t, value) : value;
        if (unit == value || !is_concentration(tokens_text(t, value, unit)) ||
            names_medicine(t, i, tokens_text(t, value, unit)))
            continue;
        size_t start = analyte_start(t, from, i), end = i;
        while (end > start + 1 && token_has(t, end - 1, WORD_LINK)) end--;
        if (end < i) /* "Hémoglobine remontée à 11,4 g/dL" */
            while (end > start + 1 && !token_has(t, end - 1, WORD_ANALYTE)) end--;
        struct lab_name name;
        struct lab_result result;
        if (start < i && lab_read_name(r->arena, t, start, end, &name) &&
            lab_read_result(t, i, unit, false, &result) &&
            !lab_add(r->arena, r->s, line, line, &name, &result, STR(""), r->out))
            return false;
        from = i = unit;
    }
    return true;
}

static void read_heading(struct lab_reader *r, size_t i) {
    const struct tokens *t = &r->s->tokens[i].tokens;
    if (t->count == 0 || t->count > HEADING_TOKENS_MAX || t->items[0].kind != TOKEN_WORD) return;
    r->heading = r->s->page->lines[i].text;
    r->heading_line = i;
}

/* A line of running text: one cell of several words that starts no row with ':'. */
static bool is_prose(const struct tokens *t) {
    size_t words = count_words(t, t->count);
    return words > 6 || (words > 2 && t->items[t->count - 1].cell == 0 && !token_is_sign(t, 1, ':') &&
                         !token_is_sign(t, 2, ':'));
}

bool lab_read(struct arena *arena, struct sheet *s, bool laboratory, struct fact_list *out) {
    struct lab_reader r = { .arena = arena, .s = s, .laboratory = laboratory, .out = out };
    size_t before = out->count;
    if (!lab_read_tables(arena, s, laboratory, out)) return false;
    r.any = out->count > before;
    for (size_t i = 0; i < s->page->count && !r.full; i++) {
        if (s->claimed[i] || s->page->lines[i].repeated) continue;
        const struct table *t = sheet_table_at(s, i);
        if (t && table_column_of(t, COLUMN_DRUG) < t->column_count) continue;
        if (!laboratory && is_prose(&s->tokens[i].tokens))
            r.full |= !read_prose(&r, i);
        else if (!read_line(&r, i))
            read_heading(&r, i);
    }
    return !r.full;
}
