#include "documents/lab_match.h"

#include "documents/date_fr.h"
#include "documents/dosage_match.h"

static bool is_compare_sign(const struct tokens *t, size_t i) {
    return token_is_sign(t, i, '<') || token_is_sign(t, i, '>') || token_is(t, i, "\xE2\x89\xA4") ||
           token_is(t, i, "\xE2\x89\xA5");
}

size_t match_value(const struct tokens *t, size_t i) {
    struct date_found date;
    size_t at = i;
    if (is_compare_sign(t, at)) {
        at++;
        if (token_is_sign(t, at, '=')) at++;
    } else if ((token_is_sign(t, at, '-') || token_is_sign(t, at, '+')) && token_is_number(t, at + 1) &&
               t->items[at + 1].glued && !t->items[at].glued) {
        at++;
    }
    if (!token_is_number(t, at) || date_fr_at(t, at, &date)) return i;
    if (at == i && t->items[at].glued && i && t->items[i - 1].kind == TOKEN_WORD) return i; /* HbA1c, B12 */
    size_t end = match_number(t, at), time = date_fr_skip_time(t, at);
    if (token_is_sign(t, end, '^') && token_is_number(t, end + 1) && !token_is_sign(t, end + 2, '/'))
        return end + 2; /* 10^5 */
    if (time > at + 1) return i;
    if (token_is_sign(t, end, '/') && token_is_number(t, end + 1) && t->items[end].glued &&
        t->items[end + 1].glued)
        end += 2; /* 1/80 */
    return end;
}

/* What units are made of (folded). Those of the second list are units only beside a '/'. */
static bool is_unit_atom(const struct tokens *t, size_t i, bool beside_slash) {
    static const char atoms[] =
        "g mg μg ug mcg ng pg dg cg mol mmol μmol umol nmol pmol fmol dl ml μl ul fl nl mm mm2 "
        "mm3 cm3 ui u mui μui uui kui mu ku iu miu ufc cfu eq meq mosm mosmol s sec secondes "
        "seconde min mn minutes giga tera millions million milliers copies log log10 cellules cells "
        "elements parasites mmhg kpa ratio index hb creat ghb gigas teras mgr gr u3 μ3 μm3 mm³";
    static const char slash_atoms[] =
        "l m kg cm m2 h j t g c n litre champ jour 24h cp heure creatinine creat d";
    if (i >= t->count || t->items[i].kind != TOKEN_WORD) return false;
    if (token_is(t, i, "s") && t->items[i].text.p[0] == 'S') return false; /* "S" of an antibiogram */
    return token_in(t, i, atoms) || (beside_slash && token_in(t, i, slash_atoms));
}

struct str lab_mend_unit(struct arena *arena, struct str unit) {
    static const struct {
        struct str flat, power;
    } powers[] = { { { "109/", 4 }, { "10^9/", 5 } },  { { "1012/", 5 }, { "10^12/", 6 } },
                   { { "106/", 4 }, { "10^6/", 5 } },  { { "103/", 4 }, { "10^3/", 5 } },
                   { { "1019/", 5 }, { "10^9/", 5 } }, { { "10112/", 6 }, { "10^12/", 6 } },
                   { { "1016/", 5 }, { "10^6/", 5 } }, { { "1013/", 5 }, { "10^3/", 5 } } };
    for (size_t k = 0; k < COUNT_OF(powers); k++) {
        struct str out;
        if (!str_starts(unit, powers[k].flat)) continue;
        struct str rest = str_sub(unit, powers[k].flat.n, unit.n);
        if (arena_printf(arena, &out, "%.*s%.*s", STR_ARG(powers[k].power), STR_ARG(rest))) unit = out;
    }
    char *p = arena_alloc(arena, unit.n + 1);
    if (!p) return unit;
    for (size_t i = 0; i < unit.n; i++) {
        bool last = i + 1 == unit.n || unit.p[i + 1] == '/' || unit.p[i + 1] == ')';
        p[i] = i && unit.p[i - 1] == '/' && last && (unit.p[i] == '1' || unit.p[i] == '|') ? 'l' : unit.p[i];
    }
    return (struct str) { p, unit.n };
}

/* What an antibiogram tests: no laboratory measures those in pg. */
static bool is_antibiotic(struct str name) {
    static const char *const ends[] = { "cilline", "mycine", "micine", "floxacine", "cycline", "penem" };
    struct str word = str_sub(name, 0, str_find_char(name, ' '));
    for (size_t k = 0; k < COUNT_OF(ends); k++)
        if (str_ends(word, str_from_c(ends[k]))) return true;
    return str_starts(word, STR("cefo")) || str_starts(word, STR("ceft")) || str_starts(word, STR("cefi"));
}

struct str lab_mend_micro(struct arena *arena, struct str unit, struct str name) {
    static const char *const moles[] = { "creatinine", "creatininemie", "uricemie", "acide urique",
                                         "bilirubine", "fer serique",   "ammoni",   "zinc" };
    struct str out;
    bool is_large =
        str_starts(unit, STR("pg/")) && (str_find(name, STR("cmi")) < name.n || is_antibiotic(name));
    for (size_t k = 0; k < COUNT_OF(moles) && str_starts(unit, STR("pmol/")); k++)
        is_large = is_large || str_starts(name, str_from_c(moles[k]));
    if (!is_large || !arena_printf(arena, &out, "\xC2\xB5%.*s", STR_ARG(str_sub(unit, 1, unit.n))))
        return unit;
    return out;
}

static bool is_raised(const struct tokens *t, size_t i) {
    if (i >= t->count || t->items[i].kind != TOKEN_WORD || !t->items[i].glued || t->items[i].fold.n > 2)
        return false;
    for (size_t k = 0; k < t->items[i].fold.n; k++)
        if (t->items[i].fold.p[k] < '0' || t->items[i].fold.p[k] > '9') return false;
    return true;
}

/* "10^9", "10*12", "10E3", "10³", "x 10^9": behind the power, or i. */
static size_t match_power(const struct tokens *t, size_t i) {
    size_t at = token_is(t, i, "x") || token_is(t, i, "\xC3\x97") ? i + 1 : i;
    if (token_in(t, at, "109 1012 106 103 1019 10112 1016 1013") && token_is_sign(t, at + 1, '/'))
        return at + 1; /* a raised figure that was laid flat, or read as another */
    if (!token_is(t, at, "10")) return i;
    at++;
    if (is_raised(t, at)) return at + 1;
    if (token_is_sign(t, at, '^') || token_is_sign(t, at, '*') || token_is(t, at, "e")) {
        if (token_is_sign(t, at + 1, '*') || token_is_sign(t, at + 1, '^')) at++;
        return token_is_number(t, at + 1) ? at + 2 : i;
    }
    if (token_is_number(t, at) && t->items[at].fold.n <= 2 && token_is_sign(t, at + 1, '/'))
        return at + 1; /* "10 9/L" */
    return i;
}

/* An atom with its square or cube: "mm3", "m2", "mm 3". */
static size_t match_atom(const struct tokens *t, size_t i, bool beside_slash) {
    if (!is_unit_atom(t, i, beside_slash)) return i;
    size_t at = i + 1;
    if (token_is_number(t, at) && t->items[at].glued && (token_is(t, at, "2") || token_is(t, at, "3")))
        at++;
    else if (is_raised(t, at))
        at++;
    return at;
}

size_t match_unit(const struct tokens *t, size_t i) {
    size_t at = i;
    bool bracket = token_is_sign(t, i, '(');
    if (bracket) at++;
    if (token_is_sign(t, at, '%'))
        at++;
    else {
        size_t power = match_power(t, at), start = at;
        at = power;
        if (!token_is_sign(t, at, '/')) {
            bool slash = token_is_sign(t, at + 1, '/') && t->items[at + 1].glued;
            size_t atom = match_atom(t, at, slash);
            if (atom == at && power == start) return i;
            at = atom;
        }
        while (token_is_sign(t, at, '/') ||
               (token_is_sign(t, at, '.') && at + 1 < t->count && t->items[at + 1].glued)) {
            size_t next = at + 1, number = token_is_number(t, next) ? next + 1 : next;
            bool litre = next < t->count && t->items[next].glued &&
                         (token_is(t, next, "1") || token_is_sign(t, next, '|'));
            size_t atom = litre ? next + 1 : match_atom(t, number, true); /* OCR reads "l" as "1" or "|" */
            if (atom == number && !litre) break;
            at = atom;
        }
        if (at == start) return i;
    }
    if (!bracket) return at;
    return token_is_sign(t, at, ')') ? at + 1 : i;
}

/* "homme", "F", "adulte", with an age between: what stands before a range of its own. */
static size_t match_group(const struct tokens *t, size_t i) {
    static const char groups[] = "h f m homme hommes femme femmes enfant enfants adulte adultes nouveau";
    size_t at = i;
    if (!token_in(t, at, groups)) return i;
    for (at = i + 1; at < t->count && at - i < 8; at++) {
        if (token_is_sign(t, at, ':')) return at + 1;
        if (token_is_sign(t, at, '(') || token_is_sign(t, at, '[')) return at;
    }
    return token_is_number(t, i + 1) && t->items[i].text.n > 1 ? i + 1 : i;
}

static size_t match_bound(const struct tokens *t, size_t i) {
    static const char *const words[] = { "inferieur ou egal a",
                                         "inferieure ou egale a",
                                         "superieur ou egal a",
                                         "superieure ou egale a",
                                         "inferieur a",
                                         "inferieure a",
                                         "superieur a",
                                         "superieure a",
                                         "inf . a",
                                         "sup . a",
                                         "inf . ou = a",
                                         "inf a",
                                         "sup a",
                                         "inf .",
                                         "sup .",
                                         "inf",
                                         "sup",
                                         "jusqu ' a",
                                         "jusque",
                                         "moins de",
                                         "plus de" };
    size_t at = i;
    if (is_compare_sign(t, at)) at += token_is_sign(t, at + 1, '=') ? 2 : 1;
    for (size_t k = 0; k < COUNT_OF(words) && at == i; k++) at = tokens_match(t, i, words[k]);
    if (at == i || !token_is_number(t, at)) return i;
    size_t number = match_number(t, at), unit = match_unit(t, number);
    return unit > number && !token_is_sign(t, number, '(') ? unit : number;
}

/* "0,70 - 1,10", "de 4 à 10 G/L". */
static size_t match_range(const struct tokens *t, size_t i) {
    struct date_found date;
    size_t at = token_is(t, i, "de") || token_is(t, i, "entre") ? i + 1 : i;
    if (!token_is_number(t, at) || date_fr_at(t, at, &date)) return i;
    size_t end = match_number(t, at), unit = match_unit(t, end);
    if (unit > end && !token_is_sign(t, end, '(')) end = unit;
    if (!token_is_sign(t, end, '-') && !token_is(t, end, "a") && !token_is(t, end, "et")) return i;
    end++;
    if (!token_is_number(t, end) || date_fr_at(t, end, &date)) return i;
    end = match_number(t, end);
    unit = match_unit(t, end);
    return unit > end && !token_is_sign(t, end, '(') ? unit : end;
}

size_t match_reference(const struct tokens *t, size_t i, size_t *from, size_t *to) {
    static const char leads[] = "n vn vr norme normes normale normales ref reference usuelles";
    size_t at = i;
    bool bracket = token_is_sign(t, at, '(') || token_is_sign(t, at, '[');
    if (bracket) at++;
    if (token_in(t, at, leads)) {
        at++;
        if (token_is_sign(t, at, '.')) at++;
        if (token_is_sign(t, at, ':') || token_is_sign(t, at, '=')) at++;
    }
    *from = at;
    size_t group = match_group(t, at), end = match_range(t, group);
    if (end == group) end = match_bound(t, group);
    if (end == group) return i;
    for (;;) { /* one range for each sex or age */
        size_t next = match_group(t, end), more = next > end ? match_range(t, next) : end;
        if (next > end && more == next) more = match_bound(t, next);
        if (next == end || more == next) break;
        end = more;
    }
    *to = end;
    if (bracket && (token_is_sign(t, end, ')') || token_is_sign(t, end, ']'))) end++;
    return end;
}

size_t match_flag(const struct tokens *t, size_t i, int *direction) {
    *direction = 0;
    if (i >= t->count) return i;
    const struct token *k = &t->items[i];
    if (token_is_sign(t, i, '*')) return i + 1;
    if (token_is(t, i, "\xE2\x86\x91") || token_is(t, i, "\xE2\x86\x97") || token_is(t, i, "\xE2\x96\xB2"))
        *direction = 1;
    else if (token_is(t, i, "\xE2\x86\x93") || token_is(t, i, "\xE2\x86\x98") ||
             token_is(t, i, "\xE2\x96\xBC"))
        *direction = -1;
    else if (k->kind == TOKEN_WORD && k->text.n <= 2 &&
             !str_eq(k->text, k->fold)) { /* H, HH, L, B: capitals */
        if (token_has(t, i, WORD_RAISED))
            *direction = 1;
        else if (token_has(t, i, WORD_LOWERED))
            *direction = -1;
    } else if (k->kind == TOKEN_WORD && k->text.n > 2) {
        if (token_has(t, i, WORD_RAISED))
            *direction = 1;
        else if (token_has(t, i, WORD_LOWERED))
            *direction = -1;
    }
    return *direction ? i + 1 : i;
}

bool is_qualitative(const struct tokens *t, size_t i) {
    if (token_is(t, i, "non")) return token_has(t, i + 1, WORD_QUALITATIVE);
    return token_has(t, i, WORD_QUALITATIVE) || (token_is_sign(t, i, '+') && token_is_sign(t, i + 1, '+'));
}

/* The number at the start of a text: "4 700 000" is 4700000. */
static bool to_number(struct str s, double *out) {
    double v = 0, scale = 0;
    size_t digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (is_digit(c)) {
            v = v * 10 + (c - '0');
            scale *= 10;
            digits++;
        } else if ((c == ',' || c == '.') && scale < 1) {
            scale = 1;
        } else if (c != ' ' || scale >= 1) {
            return false;
        }
    }
    *out = scale >= 1 ? v / scale : v;
    return digits > 0 && digits < 15;
}

/* The two numbers of "a - b", "a à b"; or one bound. */
static bool read_bounds(struct str reference, double *low, double *high) {
    size_t i = 0, part = 0;
    *low = -1e300;
    *high = 1e300;
    bool below = str_find_char(reference, '<') < reference.n || str_starts(reference, STR("inf")) ||
                 str_starts(reference, STR("Inf"));
    bool above = str_find_char(reference, '>') < reference.n || str_starts(reference, STR("sup")) ||
                 str_starts(reference, STR("Sup"));
    while (i < reference.n && part < 2) {
        if (reference.p[i] < '0' || reference.p[i] > '9') {
            i++;
            continue;
        }
        size_t end = i;
        while (end < reference.n &&
               (is_digit(reference.p[end]) ||
                ((reference.p[end] == ',' || reference.p[end] == '.' || reference.p[end] == ' ') &&
                 end + 1 < reference.n && is_digit(reference.p[end + 1]))))
            end++;
        double v;
        if (!to_number(str_sub(reference, i, end - i), &v)) return false;
        if (part == 0 && above)
            *low = v;
        else if (part == 0 && below)
            *high = v;
        else if (part == 0)
            *low = v;
        else
            *high = v;
        part++;
        i = end;
    }
    if (i < reference.n && memchr(reference.p + i, ':', reference.n - i))
        return false; /* another group follows */
    return part == 2 || (part == 1 && (above || below));
}

bool lab_ranges_agree(struct str a, struct str b) {
    double low[2], high[2];
    if (!read_bounds(a, &low[0], &high[0]) || !read_bounds(b, &low[1], &high[1])) return false;
    if (low[0] <= 0 || low[1] <= 0 || high[0] <= 0 || high[1] <= 0) return false;
    double stretch = (low[1] / low[0]) / (high[1] / high[0]);
    return stretch > 0.85 && stretch < 1.15; /* printed ranges are rounded */
}

/* Decimals of the first number of a text. */
static int decimals_of(struct str s) {
    size_t i = 0;
    while (i < s.n && s.p[i] != ',' && s.p[i] != '.') i++;
    int n = 0;
    for (i++; i < s.n && is_digit(s.p[i]); i++) n++;
    return n;
}

bool lab_lost_comma(struct str value, struct str reference) {
    double v, low, high;
    int decimals = decimals_of(reference);
    if (decimals == 0 || decimals_of(value) > 0 || !to_number(value, &v) ||
        !read_bounds(reference, &low, &high))
        return false;
    if (low < 0 || high > 1e299 || v <= high) return false;
    for (int i = 0; i < decimals; i++) v /= 10;
    return v >= low / 3 && v <= high * 3;
}

bool lab_range_is_sane(struct str reference) {
    double low, high;
    return !read_bounds(reference, &low, &high) || low <= high;
}

double lab_distance(struct str value, struct str reference) {
    double v, low, high;
    if (!to_number(value, &v) || !read_bounds(reference, &low, &high) || v <= 0) return 0;
    double middle = low < 0 ? high : high > 1e299 ? low : (low + high) / 2;
    if (middle <= 0) return 0;
    return v > middle ? v / middle : middle / v;
}

int lab_compare(struct str value, struct str unit, struct str reference) {
    double v, low, high;
    bool less = value.n && value.p[0] == '<', more = value.n && value.p[0] == '>';
    if (reference.n == 0 || str_find_char(reference, ':') < reference.n ||
        str_find_char(reference, '(') < reference.n)
        return 0;
    if (less || more) value = str_trim(str_sub(value, 1, value.n));
    if (!to_number(value, &v) || !read_bounds(reference, &low, &high)) return 0;
    if (unit.n && str_find(reference, STR("/")) < reference.n && str_find(reference, unit) == reference.n)
        return 0;
    if (less) return v <= low ? -1 : 0;
    if (more) return v >= high ? 1 : 0;
    return v > high ? 1 : v < low ? -1 : 0;
}
