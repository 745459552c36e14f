#include "documents/lab_row.h"

#include "base/utf8.h"
#include "documents/date_fr.h"
#include "documents/lab_match.h"

enum { NAME_TOKENS_MAX = 22, WORDS_BYTES_MAX = 110, SECTION_TOKENS_MAX = 12, SECTION_LINES_MAX = 100 };

static bool is_trailing_sign(const struct tokens *t, size_t i) {
    return t->items[i].kind == TOKEN_SIGN && !token_is_sign(t, i, '%') && !token_is_sign(t, i, ')') &&
           !token_is_sign(t, i, '+');
}

/* The bracket that the token before `to` closes, or `to`. */
static size_t last_bracket(const struct tokens *t, size_t from, size_t to) {
    if (to == from || !token_is_sign(t, to - 1, ')')) return to;
    size_t depth = 0;
    for (size_t i = to; i-- > from;) {
        if (token_is_sign(t, i, ')')) depth++;
        if (token_is_sign(t, i, '(') && --depth == 0) return i;
    }
    return to;
}

/* "(électrode)", "(méthode enzymatique)": how it was measured is no part of the name. */
static bool is_method(const struct tokens *t, size_t from, size_t to) {
    static const char words[] =
        "electrode methode technique enzymatique ecl elisa modular cobas hexokinase turbidimetrie "
        "nephelometrie immunoturbidimetrie chimiluminescence colorimetrie cytometrie coultronics "
        "sysmex roche abbott architect potentiometrie hplc";
    for (size_t i = from; i < to; i++)
        if (token_in(t, i, words)) return true;
    return false;
}

/* Takes brackets with a unit, a range or a method, and signs, off the end of a name. */
static size_t trim_name(const struct tokens *t, size_t from, size_t to, struct lab_name *out) {
    for (;;) {
        while (to > from && is_trailing_sign(t, to - 1)) to--;
        bool in_name =
            to > from + 1 && t->items[to - 1].glued && t->items[to - 2].kind == TOKEN_WORD; /* "LYM%" */
        if (to > from && token_is_sign(t, to - 1, '%') && !in_name) {
            out->unit = t->items[--to].text;
            continue;
        }
        if (to > from + 1 && is_method(t, to - 1, to)) { /* "PLAQUETTES Coultronics" */
            to--;
            continue;
        }
        size_t open = last_bracket(t, from, to), a = 0, b = 0;
        if (open == to || open == from) return to;
        if (match_unit(t, open) == to)
            out->unit = tokens_text(t, open + 1, to - 1);
        else if (match_reference(t, open, &a, &b) == to)
            out->reference = tokens_text(t, a, b);
        else if (!is_method(t, open, to))
            return to;
        to = open;
    }
}

bool lab_read_name(struct arena *arena, const struct tokens *t, size_t from, size_t to,
                   struct lab_name *out) {
    const uint64_t never = WORD_STREET | WORD_DOCTOR | WORD_HOUSE | WORD_PROFESSION | WORD_MONTH;
    size_t letters = 0;
    struct date_found date;
    (void)arena;
    *out = (struct lab_name) { 0 };
    while (from < to && t->items[from].kind == TOKEN_SIGN && !token_is_sign(t, from, '(')) from++;
    to = trim_name(t, from, to, out);
    if (from >= to || to - from > NAME_TOKENS_MAX) return false;
    if (str_starts(t->items[from].fold, STR("soit")) && t->items[from].fold.n <= 5 && to == from + 1) {
        out->again = true;
        return true;
    }
    if (token_has(t, from, WORD_CIVILITY) && to > from + 1 && t->items[from + 1].kind == TOKEN_WORD)
        return false;
    if (token_has(t, from, WORD_NOT_ANALYTE) && !token_has(t, from, WORD_ANALYTE)) return false;
    for (size_t i = from; i < to; i++) out->analyte = out->analyte || token_has(t, i, WORD_ANALYTE);
    for (size_t i = from; i < to; i++) {
        if ((token_has(t, i, never) && !out->analyte) || date_fr_at(t, i, &date)) return false;
        if (t->items[i].kind == TOKEN_WORD) letters += t->items[i].text.n;
    }
    if (letters < 2 && !out->analyte) return false;
    out->name = tokens_text(t, from, to);
    return true;
}

static size_t skip_flags(const struct tokens *t, size_t i, size_t to, struct lab_result *out) {
    int direction;
    for (size_t end = match_flag(t, i, &direction); i < to && end > i && end <= to;
         end = match_flag(t, i, &direction)) {
        if (direction) out->direction = direction;
        i = end;
    }
    return i;
}

static struct str unit_text(const struct tokens *t, size_t from, size_t to) {
    if (token_is_sign(t, from, '(') && to - from > 2) return tokens_text(t, from + 1, to - 1);
    return tokens_text(t, from, to);
}

/* A value with its flags and unit at i. */
static size_t take_number(const struct tokens *t, size_t i, size_t to, struct lab_number *n,
                          struct lab_result *out) {
    size_t end = match_value(t, i);
    if (end == i || end > to) return i;
    n->value = tokens_text(t, i, end);
    end = skip_flags(t, end, to, out);
    size_t unit = match_unit(t, end);
    if (unit > end && unit <= to) {
        n->unit = unit_text(t, end, unit);
        end = skip_flags(t, unit, to, out);
    }
    return end;
}

/* A range belongs to the number that lies nearer to it, when there are two of different units. False: both have one. */
static bool give_reference(struct lab_result *out, struct str reference) {
    size_t to = 0;
    if (out->count == 2) {
        double first = lab_distance(out->number[0].value, reference),
               second = lab_distance(out->number[1].value, reference);
        to = out->number[0].reference.n || (out->number[1].reference.n == 0 && second > 0 && second < first);
    }
    if (out->number[to].reference.n) return false;
    out->number[to].reference = reference;
    return true;
}

/* Behind the first number: ranges, the same in another unit; previous values and dates end the row. */
static void take_rest(const struct tokens *t, size_t i, size_t to, struct lab_result *out) {
    struct date_found date;
    while (i < to) {
        size_t from, behind, end;
        struct lab_number second = { 0 };
        if (date_fr_at(t, i, &date)) return;
        end = match_reference(t, i, &from, &behind);
        if (end > i && end <= to && give_reference(out, tokens_text(t, from, behind))) {
            i = end;
            continue;
        }
        end = take_number(t, i, to, &second, out);
        if (end > i) {
            if (out->count == 2 || second.unit.n == 0 || out->number[0].unit.n == 0 ||
                str_eq(second.unit, out->number[0].unit))
                return;
            out->number[out->count++] = second;
            i = end;
            continue;
        }
        if (token_is(t, i, "normal") || token_is(t, i, "normale")) out->says_normal = true;
        end = skip_flags(t, i, to, out);
        i = end > i ? end : i + 1;
    }
}

/* "négatifs. Fond d'oeil : …": another sentence follows. */
static bool ends_sentence(const struct tokens *t, size_t i) {
    return i && token_is_sign(t, i, '.') && i + 1 < t->count && t->items[i - 1].text.n > 3 &&
           t->items[i + 1].kind == TOKEN_WORD && !token_is_lower(t, i + 1) && !t->items[i + 1].glued;
}

/* Words as a result: the tokens of one cell. "Positif (Négatif)": what is expected stands in brackets behind it. */
static bool take_words(const struct tokens *t, size_t from, size_t to, struct lab_result *out) {
    size_t end = from;
    while (end < to && t->items[end].cell == t->items[from].cell && !ends_sentence(t, end)) end++;
    if (end - from == 4 && token_is_sign(t, from + 1, '(') && is_qualitative(t, from + 2) &&
        token_is_sign(t, from + 3, ')')) {
        out->number[0].reference = tokens_text(t, from + 2, from + 3);
        end = from + 1;
    }
    out->words = tokens_text(t, from, end);
    return out->words.n > 0 && out->words.n <= WORDS_BYTES_MAX;
}

bool lab_read_result(const struct tokens *t, size_t from, size_t to, bool in_words, struct lab_result *out) {
    *out = (struct lab_result) { 0 };
    while (from < to &&
           (token_is_sign(t, from, ':') || token_is_sign(t, from, '.') || token_is_sign(t, from, '=')))
        from++;
    size_t start = skip_flags(t, from, to, out), end = take_number(t, start, to, &out->number[0], out);
    if (end == start) {
        out->direction = 0;
        return in_words && from < to && take_words(t, from, to, out);
    }
    out->count = 1;
    if (in_words && out->number[0].unit.n == 0 && end < to && t->items[end].kind == TOKEN_WORD &&
        t->items[end].cell == t->items[start].cell && !token_has(t, end, WORD_RAISED | WORD_LOWERED) &&
        !is_qualitative(t, end)) {
        size_t a, b;
        if (match_reference(t, end, &a, &b) == end &&
            out->direction == 0) { /* "12 par champ": words that begin with a number */
            struct str number = out->number[0].value;
            *out = (struct lab_result) { 0 };
            if (take_words(t, start, to, out) && out->words.n > number.n) return true;
            out->count = 1;
            out->number[0].value = number;
        }
    }
    take_rest(t, end, to, out);
    return true;
}

bool lab_add(struct arena *arena, struct sheet *s, size_t first, size_t last, const struct lab_name *name,
             const struct lab_result *r, struct str specimen, struct fact_list *out) {
    size_t count = r->count ? r->count : 1;
    for (size_t k = 0; k < count; k++) {
        struct fact f = { .type = FACT_LAB_VALUE, .name = name->name, .specimen = specimen };
        f.value = r->count ? r->number[k].value : r->words;
        f.unit = r->number[k].unit;
        f.reference = r->number[k].reference;
        if (k == 0 && r->count) {
            if (f.unit.n == 0) f.unit = name->unit;
            if (f.reference.n == 0) f.reference = name->reference;
        }
        f.unit = lab_mend_unit(arena, f.unit);
        struct str fold;
        if (s->tolerant && utf8_fold(arena, f.name, &fold)) f.unit = lab_mend_micro(arena, f.unit, fold);
        if (!lab_range_is_sane(f.reference)) f.reference = STR("");
        if (s->tolerant && lab_lost_comma(f.value, f.reference)) continue;
        int direction = r->direction;
        if (direction == 0 && !r->says_normal) direction = lab_compare(f.value, f.unit, f.reference);
        if (r->count) f.flag = direction > 0 ? STR("high") : direction < 0 ? STR("low") : STR("");
        if (!fact_place(arena, s->page, first, last, &f) || !fact_list_add(out, &f)) return false;
    }
    sheet_claim(s, first, last);
    return true;
}

/* Disciplines that head a section. */
static bool is_section(const struct tokens *t) {
    static const char words[] =
        "hematologie biochimie hemostase serologie immunologie bacteriologie microbiologie parasitologie hormonologie "
        "hemogramme numeration ionogramme virologie cytologie cytobacteriologique coagulation enzymologie marqueurs bilan";
    if (t->count == 0 || t->count > SECTION_TOKENS_MAX || t->items[0].kind != TOKEN_WORD) return false;
    bool found = false;
    for (size_t i = 0; i < t->count; i++) {
        if (token_is_sign(t, i, ':') && i + 1 < t->count) return false; /* a row: "Numération : 10^5" */
        found = found || token_in(t, i, words);
    }
    return found && !token_is_number(t, t->count - 1);
}

struct str lab_specimen_at(const struct sheet *s, size_t line) {
    for (size_t i = line, seen = 0; i-- > 0 && seen < SECTION_LINES_MAX; seen++) {
        const struct tokens *t = &s->tokens[i].tokens;
        if (s->claimed[i] || !is_section(t)) continue;
        for (size_t k = 0; k < t->count; k++)
            if (token_in(t, k, "sang serum plasma urine urines lcr selles crachat crachats liquide"))
                return t->items[k].text;
        return STR("");
    }
    return STR("");
}
