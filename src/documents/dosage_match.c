#include "documents/dosage_match.h"

#include "documents/date_fr.h"

static bool is_times(const struct tokens *t, size_t i) {
    return token_is(t, i, "x") || token_is(t, i, "\xC3\x97");
}

static bool is_slash(const struct tokens *t, size_t i) {
    return token_is_sign(t, i, '/');
}

/* "450" of "12 450", "450,5" of "12 450,5". */
static bool is_thousands(const struct tokens *t, size_t i) {
    if (!token_is_number(t, i) || t->items[i].glued || t->items[i].fold.n < 3) return false;
    struct str s = t->items[i].fold;
    for (size_t k = 0; k < 3; k++)
        if (s.p[k] < '0' || s.p[k] > '9') return false;
    return s.n == 3 || s.p[3] == ',' || s.p[3] == '.';
}

size_t match_number(const struct tokens *t, size_t i) {
    if (!token_is_number(t, i)) return i;
    size_t at = i + 1;
    if (t->items[i].fold.n > 3) return at;
    while (is_thousands(t, at) && t->items[at].cell == t->items[i].cell && at - i < 4) at++;
    return at;
}

/* One number: "2", "1/2", "½", "1 ½", "deux", "un demi". */
static size_t match_one(const struct tokens *t, size_t i) {
    size_t at = match_number(t, i);
    if (at > i) {
        if (is_slash(t, at) && token_is_number(t, at + 1) && t->items[at].glued && t->items[i].fold.n == 1 &&
            t->items[at + 1].fold.n == 1)
            return at + 2;
        if (token_is_number(t, at) && t->items[at].text.n == 2 &&
            (unsigned char)t->items[at].text.p[0] == 0xC2)
            return at + 1;
        if (token_is(t, at, "et") && (token_is(t, at + 1, "demi") || token_is(t, at + 1, "demie")))
            return at + 2;
        return at;
    }
    if (!token_has(t, i, WORD_COUNT_WORD)) return i;
    at = i + 1;
    if (token_is_sign(t, at, '-') && token_has(t, at + 1, WORD_COUNT_WORD))
        at += 2;
    else if (token_is(t, at, "demi") || token_is(t, at, "demie"))
        at++;
    if (token_is_sign(t, at, '-') && token_has(t, at + 1, WORD_DOSE_UNIT)) at++; /* demi-comprimé */
    return at;
}

static size_t match_range_sign(const struct tokens *t, size_t i) {
    return token_is(t, i, "a") || token_is(t, i, "ou") || token_is_sign(t, i, '-') ? i + 1 : i;
}

size_t match_quantity(const struct tokens *t, size_t i) {
    size_t at = match_one(t, i);
    if (at == i) return i;
    size_t sign = match_range_sign(t, at), end = match_one(t, sign);
    if (sign > at && end > sign) return end;
    return at;
}

/* A unit of mass, volume or activity, or a percentage. */
static size_t match_mass(const struct tokens *t, size_t i) {
    if (token_is_sign(t, i, '%')) return i + 1;
    if (tokens_match(t, i, "u . i .") > i) return i + 4;
    if (tokens_match(t, i, "millions d ' ui") > i) return i + 4;
    return token_has(t, i, WORD_MASS) ? i + 1 : i;
}

/* "/ 5 ml", "par ml", "/dose" behind a strength. */
static size_t match_per(const struct tokens *t, size_t i) {
    if (!is_slash(t, i) && !token_is(t, i, "par") && !token_is_sign(t, i, '+') && !token_is_sign(t, i, '-'))
        return i;
    bool joins = token_is_sign(t, i, '+') || token_is_sign(t, i, '-');
    size_t number = match_number(t, i + 1), unit = match_mass(t, number);
    bool patch =
        tokens_contain(t, "patch") || tokens_contain(t, "transdermique"); /* "4,6 mg/24 h" lets out so much */
    if (is_slash(t, i) && number > i + 1 && patch && token_is(t, number, "h")) return number + 1;
    if (unit > number) return joins && number == i + 1 ? i : unit;
    if (joins || number > i + 1) return i;
    if (token_is(t, i + 1, "kg")) return i + 2;
    if (number == i + 1 && token_is_number(t, i + 1)) return i;
    if (token_is(t, i + 1, "dose") || token_is(t, i + 1, "inhalation") || token_is(t, i + 1, "bouffee"))
        return i + 2;
    return i;
}

size_t match_strength(const struct tokens *t, size_t i) {
    size_t at = match_number(t, i);
    if (at == i) return i;
    while (is_slash(t, at) && token_is_number(t, at + 1)) { /* 20/120 mg */
        size_t next = match_number(t, at + 1);
        if (match_mass(t, next) == next && !is_slash(t, next)) break;
        at = next;
    }
    size_t unit = match_mass(t, at);
    if (unit == at) return i;
    for (size_t per = match_per(t, unit); per > unit; per = match_per(t, unit)) unit = per;
    return unit;
}

/* "à libération prolongée", "pour suspension buvable", "en sachet-dose": what goes on with a form. */
static size_t match_form_rest(const struct tokens *t, size_t i) {
    size_t at = i;
    if (token_is_sign(t, at, '-') || is_slash(t, at))
        at++;
    else if (token_is(t, at, "a") || token_is(t, at, "pour") || token_is(t, at, "en") ||
             token_is(t, at, "et"))
        at++;
    bool by_weight = token_is(t, at, "dose") && token_is_sign(t, at + 1, '-'); /* "sirop dose-poids" */
    if (token_has(t, at, WORD_FORM_REST) && !by_weight) return at + 1;
    if (token_is_sign(t, i, '(') && token_is(t, i + 1, "s") && token_is_sign(t, i + 2, ')')) return i + 3;
    return i;
}

size_t match_form(const struct tokens *t, size_t i) {
    if (!token_has(t, i, WORD_FORM)) return i;
    size_t at = i + 1;
    if (token_is_sign(t, at, '.') && t->items[at].glued) at++;
    if (tokens_match(t, i, "bain de bouche") > i) return i + 3;
    for (size_t next = match_form_rest(t, at); next > at; next = match_form_rest(t, at)) at = next;
    return at;
}

/* "cuillère à soupe", "c. à c.", "dose-poids 12 kg", "cp", "comprimé(s)": behind the unit of a dose. */
static size_t match_dose_unit(const struct tokens *t, size_t i) {
    static const char *const spoons[] = { "c a s",     "c a c",    "c . a . s .", "c . a . c .",
                                          "c . a s",   "c . a c",  "c . a soupe", "c . a cafe",
                                          "c a soupe", "c a cafe", "c / s",       "c / c" };
    for (size_t k = 0; k < COUNT_OF(spoons); k++) {
        size_t end = tokens_match(t, i, spoons[k]);
        if (end > i) return end;
    }
    if (!token_has(t, i, WORD_DOSE_UNIT)) return i;
    size_t at = i + 1;
    if (token_is_sign(t, at, '.') && t->items[at].glued && !token_is_sign(t, at + 1, '.')) at++;
    if (token_is_sign(t, at, '(') && (token_is(t, at + 1, "s") || token_is(t, at + 1, "es")) &&
        token_is_sign(t, at + 2, ')'))
        at += 3;
    if (token_is(t, at, "a") &&
        (token_is(t, at + 1, "soupe") || token_is(t, at + 1, "cafe") || token_is(t, at + 1, "dessert")))
        return at + 2;
    if (tokens_match(t, at, "de bouche") > at) return at + 2;
    if (str_starts(t->items[i].fold, STR("dose"))) {
        size_t weight = token_is_sign(t, at, '-') || is_slash(t, at) ? at + 1 : at;
        if (token_is(t, weight, "poids") || token_is(t, weight, "kg")) at = weight + 1;
        size_t number = match_number(t, at);
        if (number > at && token_is(t, number, "kg")) at = number + 1;
    }
    return at;
}

size_t match_dose(const struct tokens *t, size_t i) {
    size_t start = token_is(t, i, "de") ? i + 1 : i;
    size_t number = match_quantity(t, start);
    if (number == start) return i;
    size_t unit = match_dose_unit(t, number);
    if (unit == number) unit = match_mass(t, number);
    if (unit == number || token_is_sign(t, unit - 1, '%')) return i;
    if (is_slash(t, unit) && token_is(t, unit + 1, "kg")) unit += 2;
    size_t to = match_range_sign(t, unit); /* 1 cp à 2 cp */
    size_t second = to > unit ? match_quantity(t, to) : to;
    if (second > to) {
        size_t end = match_dose_unit(t, second);
        if (end == second) end = match_mass(t, second);
        if (end > second) unit = end;
    }
    if (token_is(t, unit, "et") && (token_is(t, unit + 1, "demi") || token_is(t, unit + 1, "demie")))
        unit += 2;
    while (token_has(t, unit, WORD_FORM_REST) && !token_has(t, unit, WORD_FORM))
        unit++; /* comprimé effervescent */
    return unit;
}

bool dose_is_mass(const struct tokens *t, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (token_has(t, i, WORD_DOSE_UNIT)) return false;
    return true;
}

/* "j", "jour", "24 h", "semaine" behind "par" or "/". */
static size_t match_period(const struct tokens *t, size_t i) {
    size_t at = match_number(t, i);
    if (!token_has(t, at, WORD_PERIOD)) return i;
    bool stop = token_is_sign(t, at + 1, '.') && t->items[at + 1].glued && !token_is_sign(t, at + 2, '.');
    if (stop && t->items[at].fold.n < 4) return at + 2;
    return at + 1;
}

/* "par jour", "/j", "chaque jour", "tous les 2 jours", "toutes les 6 h", "quotidien". */
static size_t match_per_period(const struct tokens *t, size_t i) {
    if (is_slash(t, i) || token_is(t, i, "par") || token_is(t, i, "chaque")) {
        size_t end = match_period(t, i + 1);
        return end > i + 1 ? end : i;
    }
    if (token_is(t, i, "tous") || token_is(t, i, "toutes") || token_is(t, i, "ts") ||
        token_is(t, i, "ttes")) {
        size_t at = token_is(t, i + 1, "les") || token_is(t, i + 1, "ls") ? i + 2 : i + 1;
        size_t number = match_quantity(t, at);
        if (token_has(t, number, WORD_PERIOD | WORD_MOMENT | WORD_WEEKDAY)) return number + 1;
        return i;
    }
    if (token_is(t, i, "dans") && tokens_match(t, i, "dans la journee") > i) return i + 3;
    static const char words[] =
        "quotidien quotidienne quotidiennement hebdomadaire mensuel mensuelle daily weekly";
    if (token_in(t, i, "a per every each")) { /* "twice a day", "every 8 hours" */
        size_t number = match_number(t, i + 1);
        bool english = token_in(t, number, "day week month hours hour");
        if (english && (number > i + 1 || !token_is(t, i, "a") || token_in(t, number, "day week month")))
            return number + 1;
    }
    return token_in(t, i, words) ? i + 1 : i;
}

/* 1-0-1, 1-1-1-0, ½-0-½: tablets in the morning, at noon, in the evening, at bedtime. */
static size_t match_day_scheme(const struct tokens *t, size_t i) {
    size_t at = i, parts = 0;
    while (token_is_number(t, at) && t->items[at].fold.n <= 4 && parts < 4) {
        size_t end = match_one(t, at);
        if (t->items[at].kind == TOKEN_NUMBER && t->items[at].fold.n > 1 && end == at + 1 &&
            t->items[at].fold.p[0] > '9')
            return i;
        if (t->items[at].fold.n == 2 && t->items[at].fold.p[0] <= '9' && t->items[at].fold.p[0] > '0')
            return i; /* a date */
        parts++;
        at = end;
        if (!token_is_sign(t, at, '-')) break;
        at++;
    }
    if (parts < 3 || token_is_sign(t, at - 1, '-')) return i;
    return at;
}

/* "un jour sur deux", "5 jours sur 7", "1 j/2". */
static size_t match_days_of(const struct tokens *t, size_t i) {
    size_t at = match_one(t, i);
    if (at == i || !token_has(t, at, WORD_SPAN)) return i;
    if (!token_is(t, at + 1, "sur") && !is_slash(t, at + 1)) return i;
    size_t end = match_one(t, at + 2);
    return end > at + 2 ? end : i;
}

/* "en une prise", "en prise unique", "en 3 prises", "dose unique". */
static size_t match_takings(const struct tokens *t, size_t i) {
    size_t at = token_is(t, i, "en") ? i + 1 : i;
    if (tokens_match(t, at, "prise unique") > at || tokens_match(t, at, "dose unique") > at) return at + 2;
    if (tokens_match(t, at, "une seule prise") > at || tokens_match(t, at, "une seule fois") > at)
        return at + 3;
    size_t number = match_quantity(t, at);
    if (number > at && token_has(t, number, WORD_DOSE_UNIT) &&
        str_starts(t->items[number].fold, STR("prise"))) {
        size_t end = match_per_period(t, number + 1);
        return at > i || end > number + 1 ? end : i;
    }
    return i;
}

/* "avant chaque repas", "à chaque repas", "aux repas": as often as one eats. */
static size_t match_meals(const struct tokens *t, size_t i) {
    size_t at = token_is(t, i, "avant") || token_is(t, i, "apres") || token_is(t, i, "a") ||
                        token_is(t, i, "pendant") || token_is(t, i, "au")
                    ? i + 1
                    : i;
    if (tokens_match(t, at, "moment de chaque repas") > at) return at + 4;
    if (at > i && tokens_match(t, at, "chaque repas") > at) return at + 2;
    if (at > i && tokens_match(t, at, "chacun des repas") > at) return at + 3;
    if (tokens_match(t, i, "aux repas") > i) return i + 2;
    size_t of = tokens_match(t, i, "au repas");
    if (of > i && (token_is(t, of, "du") || token_is(t, of, "de")) && token_has(t, of + 1, WORD_MOMENT))
        return of + 2;
    size_t number = tokens_match(t, i, "aux");
    size_t end = number > i ? match_one(t, number) : i;
    if (end > number && token_is(t, end, "repas")) return end + 1;
    return i;
}

size_t match_rate(const struct tokens *t, size_t i) {
    size_t end;
    if ((end = match_day_scheme(t, i)) > i || (end = match_days_of(t, i)) > i) return end;
    if ((end = match_takings(t, i)) > i || (end = match_meals(t, i)) > i) return end;
    if ((end = match_per_period(t, i)) > i) return end;
    if (token_in(t, i, "once twice thrice"))
        return match_per_period(t, i + 1) > i + 1 ? match_per_period(t, i + 1) : i + 1;
    bool times = is_times(t, i);
    size_t start = times ? i + 1 : i, number = match_quantity(t, start);
    if (number == start) return i;
    if (token_in(t, number, "fois times time") || is_times(t, number)) {
        end = match_per_period(t, number + 1);
        if (end > number + 1 || !is_times(t, number)) return end;
        return i;
    }
    end = match_per_period(t, number); /* 3/j, 3 par jour */
    if (end > number && !token_is(t, number, "tous") && !token_is(t, number, "toutes")) return end;
    if (times && !token_has(t, number, WORD_SPAN | WORD_MASS | WORD_DOSE_UNIT)) return number; /* 1 cp x 3 */
    return i;
}

/* "le matin", "au coucher", "avant le petit déjeuner", "à 8h", "le lundi". */
static size_t match_moment(const struct tokens *t, size_t i) {
    size_t at = i;
    if (token_is(t, at, "avant") || token_is(t, at, "apres") || token_is(t, at, "pendant")) at++;
    if (token_is(t, at, "le") || token_is(t, at, "la") || token_is(t, at, "au") || token_is(t, at, "a") ||
        token_is(t, at, "les") || token_is(t, at, "chaque"))
        at++;
    else if (token_is(t, at, "l") && token_is_sign(t, at + 1, '\''))
        at += 2;
    else if (token_in(t, at, "in at every")) /* "in the morning", "at bedtime" */
        at += token_is(t, at + 1, "the") ? 2 : 1;
    if (token_is(t, at, "petit"))
        return token_is(t, at + 1, "dejeuner") ? at + 2 : token_is(t, at + 2, "dejeuner") ? at + 3 : i;
    if (token_has(t, at, WORD_MOMENT | WORD_WEEKDAY)) return at + 1;
    if (at > i && token_is(t, at - 1, "a")) {
        size_t hour = date_fr_skip_time(t, at);
        if (hour > at) return hour;
    }
    return i;
}

size_t match_moments(const struct tokens *t, size_t i) {
    size_t end = match_moment(t, i);
    if (end == i) return i;
    for (;;) {
        size_t at = end;
        while (token_is_sign(t, at, ',') || token_is_sign(t, at, '-') || token_is_sign(t, at, '/') ||
               token_is_sign(t, at, '+') || token_is(t, at, "et") || token_is(t, at, "ou"))
            at++;
        size_t next = match_moment(t, at);
        if (next == at || at - end > 2) return end;
        end = next;
    }
}
