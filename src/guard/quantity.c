#include "guard/quantity.h"

#include "guard/guard_words.h"

enum { PERIOD_WORDS_MAX = 4, SENSE_WORDS_MAX = 4 };

struct reading {
    struct arena *arena;
    struct str text;
    const struct tokens *tokens;
};

/* The first word is the name of the unit. */
static const char *const units[] = {
    "% pourcent percent pour-cent",
    "an ans annee annees year years",
    "ampoule ampoules amp",
    "application applications",
    "bouffee bouffees puff puffs",
    "bpm battements",
    "cl",
    "cm centimetre centimetres",
    "comprime comprimes cp cpr cps comp tablet tablets pill pills cachet cachets",
    "cuillere cuilleres spoon spoons",
    "dl",
    "dose doses",
    "fois x times time yoon",
    "g gr gramme grammes gram grams",
    "gelule gelules gel capsule capsules",
    "goutte gouttes gtt gttes drop drops",
    "heure heures h hour hours waxtu",
    "injection injections inj",
    "jour jours j jr jrs day days bes bis fan",
    "kcal",
    "kg",
    "l litre litres",
    "mcg microgramme microgrammes ug μg µg",
    "m metre metres",
    "meq",
    "mg milligramme milligrammes",
    "minute minutes min mn",
    "ml millilitre millilitres",
    "mm millimetre millimetres",
    "mmhg",
    "mmol",
    "mol",
    "mois month months weer",
    "ng",
    "kilo kilos",
    "degre degres",
    "ppm",
    "seconde secondes",
    "sa",
    "nmol",
    "pg",
    "pmol",
    "prise prises",
    "sachet sachets",
    "seance seances session sessions",
    "semaine semaines sem week weeks ayubes",
    "suppositoire suppositoires suppo",
    "ui iu unite unites u",
    "umol μmol µmol",
    "verre verres",
};

static struct str unit_of(struct str folded) {
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (str_in_words(folded, units[i]))
            return str_sub(str_from_c(units[i]), 0, str_find_char(str_from_c(units[i]), ' '));
    return (struct str) { "", 0 };
}

static struct str word(const struct reading *r, size_t i) {
    return i < r->tokens->count ? r->tokens->items[i].folded : (struct str) { "", 0 };
}

static bool is_one_of(const struct reading *r, size_t i, const char *words) {
    return i < r->tokens->count && str_in_words(r->tokens->items[i].folded, words);
}

static bool is_in(const struct reading *r, size_t i, const struct word_list *list) {
    return i < r->tokens->count && word_in(r->tokens->items[i].folded, list);
}

static struct str between(const struct reading *r, size_t i) {
    size_t from = r->tokens->items[i].at + r->tokens->items[i].bytes;
    size_t to = i + 1 < r->tokens->count ? r->tokens->items[i + 1].at : r->text.n;
    return to > from ? str_sub(r->text, from, to - from) : (struct str) { "", 0 };
}

/* No sentence or list ends between the token and the next. */
static bool goes_on(const struct reading *r, size_t i) {
    return i + 1 < r->tokens->count && !r->tokens->items[i + 1].clause_start;
}

/* "deux" -> "2"; "un" counts before a unit alone. */
static struct str figure_word(const struct reading *r, size_t i) {
    static const struct {
        const char *words, *digits;
    } figures[] = {
        { "deux two naar", "2" },
        { "trois three nett", "3" },
        { "quatre four nent", "4" },
        { "cinq five juroom", "5" },
        { "six", "6" },
        { "sept seven", "7" },
        { "huit eight", "8" },
        { "neuf nine", "9" },
        { "dix ten fukk", "10" },
        { "onze eleven", "11" },
        { "douze twelve", "12" },
        { "quinze fifteen", "15" },
        { "vingt twenty", "20" },
        { "trente thirty", "30" },
        { "quarante forty", "40" },
        { "cinquante fifty", "50" },
        { "soixante sixty", "60" },
        { "cent hundred", "100" },
        { "demi demie half", "0.5" },
    };
    for (size_t k = 0; k < COUNT_OF(figures); k++)
        if (is_one_of(r, i, figures[k].words)) return str_from_c(figures[k].digits);
    bool one = is_one_of(r, i, "un une one benn a") && unit_of(word(r, i + 1)).n > 0 && goes_on(r, i);
    /* "a day" and "x" are no ones; a letter that is a unit elsewhere is none here */
    if (one && is_one_of(r, i, "a") && is_in(r, i + 1, &words_not_one)) return (struct str) { "", 0 };
    return one ? STR("1") : (struct str) { "", 0 };
}

/* "1.50" -> "1.5", "2.0" -> "2". */
static struct str plain_digits(struct str digits) {
    size_t n = digits.n;
    if (str_find_char(digits, '.') == n) return digits;
    while (n && digits.p[n - 1] == '0') n--;
    if (n && digits.p[n - 1] == '.') n--;
    return str_sub(digits, 0, n);
}

static bool has_slash(const struct reading *r, size_t i) {
    struct str gap = between(r, i);
    return str_find_char(gap, '/') < gap.n;
}

/* "1 cp x 3/j", "2/j" behind an x: how many times. */
static bool is_times(const struct reading *r, size_t i) {
    return i && is_one_of(r, i - 1, "x") && has_slash(r, i);
}

/* "par jour", "/j", "chaque semaine", "a day", "ci bis bi"; right behind the figure and its unit. */
static struct str period_behind(const struct reading *r, size_t last) {
    size_t at = last;
    for (size_t seen = 0; seen < PERIOD_WORDS_MAX && at + 1 < r->tokens->count; seen++, at++) {
        if (r->tokens->items[at + 1].number || r->tokens->items[at + 1].clause_start) break;
        bool per = is_in(r, at + 1, &words_per);
        bool slash = has_slash(r, at);
        struct str unit = unit_of(word(r, at + 1 + per));
        if ((per || slash) && unit.n && !str_eq(unit, STR("fois"))) return unit;
        if (is_in(r, at + 1, &words_daily)) return STR("jour");
        if (is_in(r, at + 1, &words_weekly)) return STR("semaine");
    }
    return (struct str) { "", 0 };
}

/* Words before the figure that change what it means. */
static enum quantity_sense sense_before(const struct reading *r, size_t first) {
    for (size_t seen = 0; seen < SENSE_WORDS_MAX && first > seen; seen++) {
        size_t i = first - 1 - seen;
        if (r->tokens->items[i].number) break;
        if (is_in(r, i, &words_at_most)) return SENSE_MOST;
        if (is_one_of(r, i, "moins") && i && is_one_of(r, i - 1, "au")) return SENSE_LEAST;
        if (is_one_of(r, i, "plus") && i && is_one_of(r, i - 1, "au")) return SENSE_MOST;
        if (is_in(r, i, &words_below)) return SENSE_MOST;
        if (is_in(r, i, &words_at_least)) return SENSE_LEAST;
        if (is_one_of(r, i, "plus") && is_one_of(r, i + 1, "de d")) return SENSE_LEAST;
        if (is_in(r, i, &words_every)) return SENSE_EVERY;
        if (is_in(r, i, &words_within)) return SENSE_DELAY;
        if (is_one_of(r, i, "depuis since")) return SENSE_SINCE;
        if (is_one_of(r, i, "a") && i > 1 && is_one_of(r, i - 1, "y")) return SENSE_SINCE;
        if (r->tokens->items[i].clause_start) break;
    }
    return SENSE_PLAIN;
}

static enum quantity_sense sense_behind(const struct reading *r, size_t last, bool of_time) {
    for (size_t i = last + 1; i < r->tokens->count && i <= last + 2 && !r->tokens->items[i].clause_start;
         i++) {
        if (of_time && is_one_of(r, i, "apres after")) return SENSE_AFTER;
        if (of_time && is_one_of(r, i, "avant before")) return SENSE_BEFORE;
        if (is_one_of(r, i, "max maximum")) return SENSE_MOST;
        if (is_one_of(r, i, "minimum")) return SENSE_LEAST;
    }
    return SENSE_PLAIN;
}

static bool has_percent(const struct reading *r, size_t i) {
    return str_starts(str_trim(between(r, i)), STR("%"));
}

static bool read_one(const struct reading *r, size_t i, struct quantity *q) {
    struct day_token day;
    struct str digits =
        r->tokens->items[i].number ? plain_digits(r->tokens->items[i].folded) : figure_word(r, i);
    if (day_token_at(r->text, r->tokens, i, &day) || day_token_short_at(r->text, r->tokens, i, &day)) {
        *q = (struct quantity) { .digits = STR("day"),
                                 .unit = STR(""),
                                 .period = STR(""),
                                 .day = day.date,
                                 .first = i,
                                 .last = day.last };
        return true;
    }
    if (digits.n == 0) return false;
    *q = (struct quantity) { .digits = digits, .unit = STR(""), .period = STR(""), .first = i, .last = i };
    size_t last = i;
    if (is_times(r, i)) {
        q->unit = STR("fois");
    } else if (has_percent(r, i)) {
        q->unit = STR("%");
    } else if (i + 1 < r->tokens->count && !r->tokens->items[i + 1].clause_start && !has_slash(r, i)) {
        q->unit = unit_of(word(r, i + 1));
        last += q->unit.n > 0;
    }
    q->period = period_behind(r, last);
    q->sense = sense_before(r, i);
    if (q->sense == SENSE_PLAIN) q->sense = sense_behind(r, last, word_in(q->unit, &words_clock_unit));
    return true;
}

enum status quantities_read(struct arena *arena, struct str text, const struct tokens *tokens,
                            struct quantity **out, size_t *count, struct err *err) {
    const struct reading r = { arena, text, tokens };
    *count = 0;
    *out = arena_array(arena, tokens->count + 1, sizeof **out);
    if (!*out) return fail(err, E_LIMIT, NULL, "no memory for figures");
    for (size_t i = 0; i < tokens->count; i++) {
        if (!read_one(&r, i, &(*out)[*count])) continue;
        i = (*out)[(*count)++].last;
    }
    return OK;
}

/* A year may be left out. */
static bool is_same_day(struct date a, struct date b) {
    return a.month == b.month && a.day == b.day && (a.year == b.year || a.year == 0 || b.year == 0);
}

/* What is said must not leave out or change what the source gives the figure. */
bool quantity_is_said(const struct quantity *said, const struct quantity *source) {
    if (said->day.day || source->day.day) return is_same_day(said->day, source->day);
    return str_eq(said->digits, source->digits) && str_eq(said->unit, source->unit) &&
           str_eq(said->period, source->period) && said->sense == source->sense;
}

bool quantity_is_intake(const struct quantity *q) {
    return word_in(q->unit, &words_intake_unit) || str_eq(q->unit, STR("fois")) || q->period.n ||
           q->sense == SENSE_EVERY;
}
