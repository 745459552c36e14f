#include "documents/lab_row.h"

#include "documents/date_fr.h"
#include "documents/lab_match.h"

enum { NAME_LINES_MAX = 5, HALF_STEP_PERCENT = 95 };

/* One row while its lines are collected. */
struct lab_table_row {
    size_t first, last;
    struct str name, result, unit, reference, flag;
    bool open; /* holds a result */
};

struct lab_table_reader {
    struct arena *arena;
    struct sheet *s;
    const struct table *t;
    struct fact_list *out;
    struct str specimen;
    size_t result; /* column */
    struct lab_table_row row;
    struct lab_name last;
    struct str last_reference;
    bool full;
};

static bool append(struct lab_table_reader *r, struct str *to, struct str more) {
    if (more.n == 0) return true;
    if (to->n == 0) {
        *to = more;
        return true;
    }
    bool ok = arena_printf(r->arena, to, "%.*s %.*s", STR_ARG(*to), STR_ARG(more));
    r->full |= !ok;
    return ok;
}

/* The name: the last column before the results that is no method and has something. */
static struct str name_part(const struct lab_table_reader *r, const struct table_part *parts) {
    for (size_t c = r->result; c-- > 0;)
        if (r->t->columns[c].role != COLUMN_METHOD && parts[c].text.n) return parts[c].text;
    return STR("");
}

/* The result with what follows it in columns without a heading: a unit, a flag. */
static struct str result_part(struct lab_table_reader *r, const struct table_part *parts) {
    struct str text = parts[r->result].text;
    if (text.n == 0) return text;
    for (size_t c = r->result + 1; c < r->t->column_count && r->t->columns[c].role == COLUMN_UNNAMED; c++)
        (void)append(r, &text, parts[c].text);
    return text;
}

static struct str role_part(const struct lab_table_reader *r, const struct table_part *parts,
                            enum column_role role) {
    size_t c = table_column_of(r->t, role);
    return c < r->t->column_count ? parts[c].text : STR("");
}

static bool is_unclosed(struct str s) {
    size_t open = 0, close = 0;
    for (size_t i = 0; i < s.n; i++) {
        open += s.p[i] == '(';
        close += s.p[i] == ')';
    }
    return open > close;
}

/* "moyenne en hémoglobine", "(%)", "dL)": goes on with the name above. "(UV Hexokinase)" is a method. */
static bool name_goes_on(struct lab_table_reader *r, struct str more) {
    struct tokens t, above;
    if (!tokens_split(r->arena, more, &t) || !tokens_split(r->arena, r->row.name, &above) || t.count == 0 ||
        above.count == 0)
        return false;
    if (is_unclosed(r->row.name)) return true;
    if (token_is_sign(&t, 0, '(')) return match_unit(&t, 0) == t.count;
    if (t.items[0].kind != TOKEN_WORD) return false;
    if (token_has(&above, above.count - 1, WORD_LINK)) return true;
    return token_is_lower(&t, 0);
}

struct str lab_plain_reference(struct arena *arena, struct str text) {
    struct tokens t;
    size_t from, to;
    if (!tokens_split(arena, text, &t)) return text;
    if (match_reference(&t, 0, &from, &to) == t.count && t.count) return tokens_text(&t, from, to);
    return text;
}

/* A range in two units, "3.5 à 8.0 mmol/L (0.21 à 0.48 g/L)", belongs to a value in two units. */
static void share_reference(struct lab_table_reader *r, struct lab_result *result, struct str reference) {
    struct tokens t;
    size_t from, to, from2, to2;
    if (reference.n == 0) return;
    if (result->count == 2 && result->number[1].reference.n == 0 && tokens_split(r->arena, reference, &t)) {
        size_t end = match_reference(&t, 0, &from, &to),
               end2 = end < t.count ? match_reference(&t, end, &from2, &to2) : end;
        if (end > 0 && end2 > end) {
            result->number[0].reference = tokens_text(&t, from, to);
            result->number[1].reference = tokens_text(&t, from2, to2);
            return;
        }
    }
    result->number[0].reference = lab_plain_reference(r->arena, reference);
}

/* "4.0-10.0 x10^9/L": the unit stands behind the range only. */
static struct str unit_of_range(struct lab_table_reader *r, struct str reference) {
    struct tokens t;
    if (reference.n == 0 || !tokens_split(r->arena, reference, &t)) return STR("");
    for (size_t i = 1; i < t.count; i++)
        if (token_is_number(&t, i - 1) && match_unit(&t, i) == t.count) return tokens_text(&t, i, t.count);
    return STR("");
}

static void share_flag(struct lab_table_reader *r, struct lab_result *result) {
    struct tokens t;
    int direction;
    if (r->row.flag.n == 0 || !tokens_split(r->arena, r->row.flag, &t)) return;
    for (size_t i = 0; i < t.count; i++) {
        if (match_flag(&t, i, &direction) > i && direction && result->direction == 0)
            result->direction = direction;
        if (token_is(&t, i, "normal") || token_is(&t, i, "normale")) result->says_normal = true;
    }
}

static bool is_nothing(struct str s) {
    return s.n == 0 || str_eq(s, STR("-")) || str_eq(s, STR("(texte libre)")) ||
           str_eq(s, STR("cod\xC3\xA9"));
}

/*
 * A result without a name is that of the row above in another unit, when its range says so. On paper that was not read by OCR an empty
 * cell is one; else the name may only have been overlooked, and platelets must not be told as the volume of a cell.
 */
static bool is_last_again(const struct lab_table_reader *r, struct str reference) {
    if (r->last.name.n == 0) return false;
    if (reference.n && r->last_reference.n) return lab_ranges_agree(r->last_reference, reference);
    return !r->s->tolerant;
}

static void finish_row(struct lab_table_reader *r) {
    struct lab_table_row row = r->row;
    struct tokens name, text;
    struct lab_name n;
    struct lab_result result;
    if (!row.open || is_nothing(row.result)) return;
    r->row.open = false;
    if (!tokens_split(r->arena, row.name, &name) || !tokens_split(r->arena, row.result, &text)) {
        r->full = true;
        return;
    }
    bool named = lab_read_name(r->arena, &name, 0, name.count, &n);
    if (name.count == 0 || (named && n.again)) {
        if (named ? r->last.name.n == 0 : !is_last_again(r, row.reference)) {
            r->last = (struct lab_name) { 0 };
            return;
        }
        n = r->last;
        n.unit = n.reference = STR("");
    } else if (!named) {
        return;
    }
    /* "VGM TL (80 - 100)" was a figure, which OCR took for letters. */
    bool in_words = !r->s->tolerant || row.reference.n == 0 || is_qualitative(&text, 0);
    if (!lab_read_result(&text, 0, text.count, in_words, &result)) return;
    if (result.count && row.unit.n && result.number[0].unit.n == 0) result.number[0].unit = row.unit;
    if (result.count && result.number[0].unit.n == 0 && n.unit.n == 0)
        result.number[0].unit = unit_of_range(r, row.reference);
    share_reference(r, &result, row.reference);
    share_flag(r, &result);
    r->full |= !lab_add(r->arena, r->s, row.first, row.last, &n, &result, r->specimen, r->out);
    r->last = n;
    r->last_reference = row.reference;
}

/* True if the text of a result column can be a result on its own line. */
static bool is_result(const struct lab_table_reader *r, const struct line *l, struct str text) {
    struct tokens t;
    int direction;
    if (text.n == 0 || !tokens_split(r->arena, text, &t) || t.count == 0) return false;
    size_t at = match_flag(&t, 0, &direction);
    if (match_value(&t, at) > at) return true;
    return l->cell_count > 1 && t.items[0].kind == TOKEN_WORD;
}

static void add_to_row(struct lab_table_reader *r, const struct table_part *parts, size_t line) {
    (void)append(r, &r->row.reference, role_part(r, parts, COLUMN_REFERENCE));
    (void)append(r, &r->row.flag, role_part(r, parts, COLUMN_FLAG));
    (void)append(r, &r->row.unit, role_part(r, parts, COLUMN_UNIT));
    r->row.last = line;
}

/* A line without a result: more of the name, more of the range, or a heading. */
static void read_rest(struct lab_table_reader *r, const struct table_part *parts, size_t line,
                      struct str name) {
    struct str reference = role_part(r, parts, COLUMN_REFERENCE);
    if (!r->row.open || line - r->row.first > NAME_LINES_MAX) return;
    if (name.n && name_goes_on(r, name)) {
        (void)append(r, &r->row.name, name);
        add_to_row(r, parts, line);
    } else if (name.n == 0 && reference.n) {
        add_to_row(r, parts, line);
    }
}

/* The name stands half a line above its result: cells whose lines are centred. */
static bool is_centred(const struct lab_table_reader *r, size_t line) {
    if (line + 1 >= r->t->end || sheet_step_percent(r->s, line) > HALF_STEP_PERCENT) return false;
    struct table_part *below = table_split_line(r->arena, r->t, &r->s->page->lines[line + 1]);
    return below && name_part(r, below).n == 0 &&
           is_result(r, &r->s->page->lines[line + 1], below[r->result].text);
}

static void read_table_line(struct lab_table_reader *r, size_t line) {
    const struct line *l = &r->s->page->lines[line];
    struct table_part *parts = table_split_line(r->arena, r->t, l);
    if (!parts) {
        r->full = true;
        return;
    }
    struct str name = name_part(r, parts), result = result_part(r, parts);
    if (!is_result(r, l, result)) {
        if (name.n && is_centred(r, line) && !(r->row.open && name_goes_on(r, name))) {
            finish_row(r);
            r->row = (struct lab_table_row) { .first = line, .last = line, .name = name };
        } else {
            read_rest(r, parts, line, name);
        }
        return;
    }
    if (r->row.name.n && !r->row.open && name.n == 0) { /* the result of a centred name */
        r->row.open = true;
        r->row.result = result;
        add_to_row(r, parts, line);
        return;
    }
    finish_row(r);
    r->row = (struct lab_table_row) { .first = line, .name = name, .result = result, .open = true };
    add_to_row(r, parts, line);
}

/* "Isolat : Escherichia coli" above the results: what was tested. */
static struct str isolate_in(struct lab_table_reader *r) {
    struct tokens t;
    for (size_t c = 0; c < r->t->column_count; c++) {
        if (r->t->columns[c].title.n == 0 || !tokens_split(r->arena, r->t->columns[c].title, &t)) continue;
        size_t at = tokens_match(&t, 0, "isolat :");
        if (at) return tokens_text(&t, at, t.count);
    }
    return STR("");
}

/* The specimen that a table "Prélèvement | Nature échantillon | Date" names. */
static struct str specimen_in_table(struct lab_table_reader *r, const struct table *t) {
    size_t c = table_column_of(t, COLUMN_SPECIMEN);
    if (c == t->column_count || t->first >= t->end) return STR("");
    struct table_part *parts = table_split_line(r->arena, t, &r->s->page->lines[t->first]);
    return parts ? parts[c].text : STR("");
}

bool lab_read_tables(struct arena *arena, struct sheet *s, bool laboratory, struct fact_list *out) {
    struct lab_table_reader r = { .arena = arena, .s = s, .out = out };
    struct str named = STR("");
    for (size_t k = 0; k < s->table_count && !r.full; k++) {
        const struct table *t = &s->tables[k];
        struct str specimen = specimen_in_table(&r, t);
        if (specimen.n) named = specimen;
        r.t = t;
        r.result = table_column_of(t, COLUMN_RESULT);
        if (r.result == t->column_count || table_column_of(t, COLUMN_DRUG) < t->column_count) continue;
        struct str isolate = isolate_in(&r), section = lab_specimen_at(s, t->header_first);
        r.specimen = isolate.n ? isolate : section.n ? section : named;
        bool by_days;
        if (!lab_read_days(arena, s, t, laboratory, r.specimen, out, &by_days)) return false;
        if (by_days) continue;
        r.row = (struct lab_table_row) { 0 };
        r.last = (struct lab_name) { 0 };
        for (size_t i = t->first; i < t->end && !r.full; i++) read_table_line(&r, i);
        finish_row(&r);
    }
    return !r.full;
}
