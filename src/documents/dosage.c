#include "documents/dosage.h"

#include "documents/date_fr.h"
#include "documents/dosage_match.h"

struct reader {
    struct arena *arena;
    const struct tokens *t;
    size_t from, to;
    struct dosage *out;
    bool *used; /* tokens that went into a field */
    bool in_product;
    struct token_span dose, frequency; /* last ones */
    bool strong_frequency;             /* the frequency has a number or a period, not only moments */
    bool full;                         /* the arena is */
};

bool dosage_is_given(const struct dosage *d) {
    return d->dose.n || d->frequency.n || d->duration.n;
}

bool dosage_join(struct arena *arena, struct str a, const char *separator, struct str b, struct str *out) {
    *out = a.n ? a : b;
    if (a.n == 0 || b.n == 0) return true;
    return arena_printf(arena, out, "%.*s%s%.*s", STR_ARG(a), separator, STR_ARG(b));
}

static void use(struct reader *r, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) r->used[i - r->from] = true;
}

/* Only words without a meaning of their own, commas and brackets between a and b. */
static bool only_filler(const struct reader *r, size_t a, size_t b) {
    for (size_t i = a; i < b; i++)
        if (!token_has(r->t, i, WORD_FILLER) && !token_is_sign(r->t, i, ',') &&
            !token_is_sign(r->t, i, '(') && !token_is_sign(r->t, i, ')') && !token_is_sign(r->t, i, '-') &&
            !token_is_sign(r->t, i, ':') && !token_is(r->t, i, "et"))
            return false;
    return true;
}

/* A frequency at i: the first, one that goes on with it, one that stands apart ("… pendant 7 jours le matin"). */
static bool take_frequency(struct reader *r, size_t i, size_t end, bool strong) {
    size_t start =
        token_is(r->t, i, "x") || token_is(r->t, i, "\xC3\x97") ? i + 1 : i; /* "x 3/j" says "3/j" */
    struct str found = tokens_text(r->t, start, end);
    if (r->out->frequency.n == 0) {
        r->out->frequency = found;
        r->frequency = (struct token_span) { start, end };
    } else if (r->frequency.from < r->frequency.to && only_filler(r, r->frequency.to, i)) {
        use(r, r->frequency.to, i);
        r->out->frequency = tokens_text(r->t, r->frequency.from, end);
        r->frequency.to = end;
    } else if (strong && r->strong_frequency) {
        return false; /* a second regime */
    } else {
        r->full |= !dosage_join(r->arena, r->out->frequency, ", ", found, &r->out->frequency);
        r->frequency = (struct token_span) { end, end };
    }
    r->strong_frequency |= strong;
    use(r, i, end);
    r->in_product = false;
    return true;
}

/* "1 cp le matin et 2 cp le soir": behind the last moment that has a dose of its own, or `end`. */
static size_t doses_of_moments(struct reader *r, size_t end, struct str dose, bool *differ) {
    for (;;) {
        size_t at = end;
        while (at < r->to &&
               (token_is_sign(r->t, at, ',') || token_is_sign(r->t, at, '+') || token_is(r->t, at, "et") ||
                token_is_sign(r->t, at, '-') || token_is_sign(r->t, at, '/')))
            at++;
        size_t dose_end = match_dose(r->t, at), number = match_quantity(r->t, at);
        if (dose_end == at) dose_end = number;
        if (dose_end == at) return end;
        size_t moment = match_moments(r->t, dose_end);
        if (moment == dose_end || moment > r->to) return end;
        struct str text = tokens_text(r->t, at, dose_end);
        size_t n = text.n < dose.n ? text.n : dose.n;
        if (memcmp(text.p, dose.p, n) != 0 || (dose_end != number && text.n != dose.n)) *differ = true;
        end = moment;
    }
}

/* A dose at i. False: it begins a later regime. */
static bool take_dose(struct reader *r, size_t i, size_t end) {
    bool known = r->out->dose.n || r->dose.to;
    if (known && (r->out->frequency.n || r->out->dose.n)) return false;
    r->out->dose = tokens_text(r->t, i, end);
    r->dose = (struct token_span) { i, end };
    use(r, i, end);
    r->in_product = false;
    size_t moment = match_moments(r->t, end);
    if (moment == end || moment > r->to || r->out->frequency.n) return true;
    bool differ = false;
    size_t last = doses_of_moments(r, moment, r->out->dose, &differ);
    size_t from = differ ? i : end;
    if (last == moment) return true; /* one dose for all moments: the usual way */
    r->out->frequency = tokens_text(r->t, from, last);
    r->frequency = (struct token_span) { from, last };
    if (differ) r->out->dose = STR("");
    use(r, from, last);
    return true;
}

/* A mass directly behind the name is the strength; "18 UI le soir" and "10 ml x 3/j" are doses. */
static bool is_dose_here(const struct reader *r, size_t i, size_t end) {
    if (!dose_is_mass(r->t, i, end)) return true;
    if (!r->in_product) return true;
    size_t unit = match_number(r->t, i);
    bool volume = token_is(r->t, unit, "ml") || token_is(r->t, unit, "l") || token_is(r->t, unit, "cc");
    bool activity =
        (token_is(r->t, unit, "ui") || token_is(r->t, unit, "unites") || token_is(r->t, unit, "u")) &&
        r->t->items[i].fold.n <= 2;
    bool apart =
        i > r->from && (token_is_sign(r->t, i - 1, ',') || r->t->items[i].cell != r->t->items[i - 1].cell);
    if (!volume && !activity) return r->out->strength.n > 0 && apart;
    bool container = i > r->from && token_in(r->t, i - 1, "flacon fl tube poche ampoule seringue stylo de");
    return !(volume && container) && unit + 1 == end;
}

/* 50 or more: nobody takes so many tablets. */
static bool is_large(struct str number) {
    return number.n >= 3 || (number.n == 2 && number.p[0] >= '5' && number.p[0] <= '9');
}

static bool take_strength(struct reader *r, size_t i, size_t *end) {
    if (!r->in_product || r->out->strength.n) return false;
    *end = match_strength(r->t, i);
    if (*end > i && *end <= r->to) {
        size_t dose = match_dose(r->t, i);
        if (dose == *end && is_dose_here(r, i, dose)) return false;
        r->out->strength = tokens_text(r->t, i, *end);
        use(r, i, *end);
        return true;
    }
    *end = match_number(r->t, i);
    if (i == r->from && *end == i + 1 && is_large(r->t->items[i].fold) && token_has(r->t, *end, WORD_FORM) &&
        !str_starts(r->t->items[*end].fold, STR("goutte"))) { /* "Amoxicilline 500 gél" */
        r->out->strength = tokens_text(r->t, i, *end);
        use(r, i, *end);
        return true;
    }
    /* "DOLUTRIL 300", "TAHOR 40 :", "COARTEM 80/480": a bare number, or two, that something else follows */
    *end = match_number(r->t, i);
    if (*end != i + 1 || i != r->from || r->t->items[i].fold.n < 2) return false;
    bool two = token_is_sign(r->t, *end, '/') && r->t->items[*end].glued && token_is_number(r->t, *end + 1) &&
               r->t->items[*end + 1].glued;
    /* "200/6 turbuhaler": so many parts of a tablet there are not, so this is no fraction, whatever follows. */
    bool pair = two && r->t->items[i].fold.n >= 3;
    two = two && (pair || r->t->items[*end + 1].fold.n >= 2);
    if (two) *end += 2;
    while (two && token_is_sign(r->t, *end, '/') && token_is_number(r->t, *end + 1) &&
           r->t->items[*end + 1].glued)
        *end += 2; /* "150/75/400/275" */
    if (*end > r->to) return false;
    if (match_rate(r->t, i) > i || match_dose(r->t, i) > i || token_has(r->t, *end, WORD_SPAN)) return false;
    if (!pair && *end < r->to && r->t->items[*end].kind == TOKEN_WORD && !token_has(r->t, *end, WORD_FORM))
        return false;
    r->out->strength = tokens_text(r->t, i, *end);
    use(r, i, *end);
    return true;
}

/* "Si glycémie > 1,30 pendant 3 jours": how long something is waited for, not how long the medicine is taken. */
static bool is_in_condition(const struct reader *r, size_t i) {
    bool compared = false;
    for (size_t k = i; k > r->from; k--) {
        if (token_is(r->t, k - 1, "si")) return compared;
        if (token_is_sign(r->t, k - 1, ':') || token_is_sign(r->t, k - 1, ';')) return false;
        compared |= token_is_sign(r->t, k - 1, '>') || token_is_sign(r->t, k - 1, '<');
    }
    return false;
}

static bool take_spans(struct reader *r, size_t i, size_t *end) {
    struct token_span value;
    struct str *field = NULL;
    if ((*end = match_renewals(r->t, i, &value)) > i)
        field = &r->out->renewals;
    else if ((*end = match_duration(r->t, i, &value)) > i && !is_in_condition(r, i))
        field = &r->out->duration;
    else if ((*end = match_route(r->t, i, &value)) > i)
        field = &r->out->route;
    if (!field || *end > r->to || field->n) return false;
    *field = tokens_text(r->t, value.from, value.to);
    use(r, i, *end);
    return true;
}

/* One step: behind what stands at i, or r->to when the rest is a later regime. */
static size_t step(struct reader *r, size_t i) {
    size_t end;
    struct date_found date;
    if ((end = match_clause(r->t, i)) > i) return end < r->to ? end : r->to;
    if (token_is_sign(r->t, i, '/') && i > r->from && token_has(r->t, i - 1, WORD_PERIOD) &&
        r->out->frequency.n && take_spans(r, i + 1, &end)) /* "x 3 / jour / 3 jours" */
        return end;
    if ((end = match_rate(r->t, i)) > i && end <= r->to) {
        if (take_frequency(r, i, end, true)) return end;
        return r->to;
    }
    if (take_spans(r, i, &end)) return end;
    if (date_fr_at(r->t, i, &date)) return date.to < r->to ? date.to : r->to;
    if ((end = match_moments(r->t, i)) > i && end <= r->to && take_frequency(r, i, end, false)) return end;
    if (r->in_product && (end = match_form(r->t, i)) > i && end <= r->to && r->out->form.n == 0) {
        r->out->form = tokens_text(r->t, i, end);
        use(r, i, end);
        return end;
    }
    if (take_strength(r, i, &end)) return end;
    if ((end = match_dose(r->t, i)) > i && end <= r->to && is_dose_here(r, i, end)) {
        if (!take_dose(r, i, end)) return r->to;
        return r->frequency.to > end ? r->frequency.to : end;
    }
    if (token_is_sign(r->t, i, ':')) r->in_product = false;
    return i + 1;
}

/* True if tokens a..b say something. */
static bool says_something(const struct reader *r, size_t a, size_t b) {
    for (size_t i = a; i < b; i++)
        if (r->t->items[i].kind != TOKEN_SIGN && !token_has(r->t, i, WORD_FILLER)) return true;
    return false;
}

static bool is_edge(const struct reader *r, size_t i) {
    return r->t->items[i].kind == TOKEN_SIGN && !token_is_sign(r->t, i, '%') &&
           !token_is_sign(r->t, i, '(') && !token_is_sign(r->t, i, '<') && !token_is_sign(r->t, i, '>');
}

/* What no field took, in pieces. */
static bool collect_instruction(struct reader *r) {
    size_t i = r->from;
    while (i < r->to) {
        size_t end = i;
        while (end < r->to && !r->used[end - r->from]) end++;
        size_t a = i, b = end;
        while (a < b && is_edge(r, a)) a++;
        while (b > a && (is_edge(r, b - 1) || token_is_sign(r->t, b - 1, '('))) {
            if (token_is_sign(r->t, b - 1, ')')) break;
            b--;
        }
        if (b == a + 1 && token_is_sign(r->t, a, '(')) b = a;
        if (says_something(r, a, b) &&
            !dosage_join(r->arena, r->out->instruction, ", ", tokens_text(r->t, a, b), &r->out->instruction))
            return false;
        i = end == i ? i + 1 : end;
    }
    return true;
}

/* "STOP", "à arrêter" right behind the name, strength and form. */
static bool is_stopped(const struct tokens *t, size_t from, size_t to) {
    size_t i = from;
    while (i < to) {
        size_t end = match_strength(t, i);
        if (end == i) end = match_form(t, i);
        if (end == i && (t->items[i].kind == TOKEN_SIGN || token_is(t, i, "a"))) end = i + 1;
        if (end == i) break;
        i = end;
    }
    return i < to && token_has(t, i, WORD_STOP) && !token_is(t, i + 1, "si");
}

/* Renewals hold for the whole line, wherever they stand: behind a later regime too. */
static void find_renewals(struct reader *r) {
    struct token_span value;
    for (size_t i = r->from; i < r->to && r->out->renewals.n == 0; i++) {
        size_t end = r->used[i - r->from] ? i : match_renewals(r->t, i, &value);
        if (end == i || end > r->to) continue;
        r->out->renewals = tokens_text(r->t, value.from, value.to);
        use(r, i, end);
    }
}

bool dosage_read(struct arena *arena, const struct tokens *t, size_t from, size_t to, enum dosage_part part,
                 struct dosage *out) {
    struct reader r = {
        .arena = arena, .t = t, .from = from, .to = to > t->count ? t->count : to, .out = out
    };
    *out = (struct dosage) { 0 };
    r.in_product = part == DOSAGE_PRODUCT;
    if (from >= r.to) return true;
    r.used = arena_array(arena, r.to - from, sizeof *r.used);
    if (!r.used) return false;
    for (size_t i = from; i < r.to;) {
        if (i > from && t->items[i].cell != t->items[i - 1].cell && out->strength.n) r.in_product = false;
        i = step(&r, i);
    }
    find_renewals(&r);
    if (r.full || !collect_instruction(&r)) return false;
    if (part == DOSAGE_PRODUCT && is_stopped(t, from, r.to)) {
        out->stopped = true;
        out->dose = out->frequency = out->duration = out->renewals = STR("");
    }
    return true;
}
