/*
 * measure_value -- how the value of each measure is written, and between which limits a body can have it.
 */
#include "base/utf8.h"
#include "rag/measure.h"

enum form {
    FORM_NUMBER, /* "68,5 kg" */
    FORM_PAIR,   /* "152/94 mmHg", "13/8" */
    FORM_SCORE,  /* "3/10" */
    FORM_DAY,    /* "09/08/2026" */
    FORM_GROUP,  /* "O Rh négatif" */
    FORM_PHONE,  /* "33 900 45 45" */
    FORM_WORDS   /* "mon fils, M. Paul Mbaye" */
};

static const struct shape {
    enum form form;
    const char *units; /* of a number, one of them */
    double least, most;
} shapes[MEASURE_COUNT] = {
    [MEASURE_WEIGHT] = { FORM_NUMBER, "kg kgs kilos", 0.3, 350 },
    [MEASURE_BIRTH_WEIGHT] = { FORM_NUMBER, "kg g", 0.3, 7000 },
    [MEASURE_DRY_WEIGHT] = { FORM_NUMBER, "kg kgs kilos", 10, 350 },
    [MEASURE_FETAL_WEIGHT] = { FORM_NUMBER, "g kg", 0.3, 7000 },
    [MEASURE_HEIGHT] = { FORM_NUMBER, "cm m", 0.3, 250 },
    [MEASURE_PRESSURE] = { FORM_PAIR, "mmhg cmhg", 6, 300 },
    [MEASURE_EYE_PRESSURE] = { FORM_NUMBER, "mmhg mm", 3, 80 },
    [MEASURE_PULSE] = { FORM_NUMBER, "/min /mn bpm bat/min", 20, 250 },
    [MEASURE_TEMPERATURE] = { FORM_NUMBER, "° °c c", 30, 44 },
    [MEASURE_SATURATION] = { FORM_NUMBER, "%", 40, 100 },
    [MEASURE_BODY_MASS] = { FORM_NUMBER, "kg/m2 kg/m²", 8, 90 },
    [MEASURE_ARM] = { FORM_NUMBER, "mm cm", 5, 500 },
    [MEASURE_HEAD] = { FORM_NUMBER, "cm mm", 20, 700 },
    [MEASURE_BLOOD_GROUP] = { FORM_GROUP, "", 0, 0 },
    [MEASURE_DUE_DATE] = { FORM_DAY, "", 0, 0 },
    [MEASURE_LAST_PERIOD] = { FORM_DAY, "", 0, 0 },
    [MEASURE_GESTATION] = { FORM_NUMBER, "sa semaines weeks sem", 2, 45 },
    [MEASURE_FUNDAL_HEIGHT] = { FORM_NUMBER, "cm", 5, 60 },
    [MEASURE_FETAL_HEART] = { FORM_NUMBER, "bpm /min", 60, 230 },
    [MEASURE_ACUITY] = { FORM_SCORE, "", 0, 20 },
    [MEASURE_CORRECTED_ACUITY] = { FORM_SCORE, "", 0, 20 },
    [MEASURE_CAPILLARY_GLUCOSE] = { FORM_NUMBER, "g/l mmol/l mg/dl", 0.1, 900 },
    [MEASURE_STIFFNESS] = { FORM_NUMBER, "kpa", 1, 80 },
    [MEASURE_PAIN] = { FORM_SCORE, "", 0, 10 },
    [MEASURE_MEMORY] = { FORM_SCORE, "", 0, 30 },
    [MEASURE_PHONE] = { FORM_PHONE, "", 0, 0 },
    [MEASURE_TRUSTED_PERSON] = { FORM_WORDS, "", 0, 0 },
    [MEASURE_LAB] = { FORM_NUMBER,
                      "% g/l g/dl mg/l mg/dl mmol/l µmol/l pmol/l nmol/l ng/ml pg/ml ui/l ui/ml mui/ml mui/l ng/l µg/l mg/g /mm3 copies/ml",
                      0, 1e7 },
};

static size_t skip_blanks(struct str s, size_t at) {
    while (at < s.n && s.p[at] == ' ') at++;
    return at;
}

static size_t number_end(struct str s, size_t at, double *value) {
    double scale = 0;
    *value = 0;
    size_t end = at;
    for (; end < s.n; end++) {
        bool comma =
            strchr(".,", s.p[end]) && scale == 0 && end > at && end + 1 < s.n && is_digit(s.p[end + 1]);
        if (comma) {
            scale = 1;
            continue;
        }
        if (!is_digit(s.p[end])) break;
        *value = *value * 10 + (s.p[end] - '0');
        scale *= 10;
    }
    if (scale > 0) *value /= scale;
    return end > at ? end : 0;
}

/* "1 590 g": thousands stand apart, by a blank or one that does not break. 0: none do. */
static size_t grouped_end(struct str s, size_t at, double *value) {
    static const char *const gaps[] = { " ", "\xC2\xA0", "\xE2\x80\xAF" };
    size_t end = number_end(s, at, value), groups = 0;
    if (!end || end - at > 3) return 0;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < COUNT_OF(gaps) && !more; i++) {
            size_t from = end + strlen(gaps[i]);
            double group;
            if (!str_starts(str_sub(s, end, s.n), str_from_c(gaps[i]))) continue;
            if (number_end(s, from, &group) != from + 3) continue;
            *value = *value * 1000 + group;
            end = from + 3;
            more = true;
            groups++;
        }
    }
    return groups ? end : 0;
}

/* The end of a unit of the list that stands behind a figure; 0: none does. */
static size_t unit_end(const char *units, struct str s, size_t at) {
    struct str rest = str_from_c(units), unit;
    size_t best = 0;
    at = skip_blanks(s, at);
    while ((unit = str_next_word(&rest, " ")).n) {
        size_t end = at + unit.n;
        if (end > s.n) continue;
        bool same = true;
        for (size_t i = 0; i < unit.n && same; i++) same = ascii_lower(s.p[at + i]) == unit.p[i];
        bool whole = end == s.n || !is_letter_byte(s.p[end]) || !is_letter_byte(s.p[end - 1]);
        if (same && whole && end > best) best = end;
    }
    return best;
}

/* "10 SA+3", "25 SA + 2 j": the days behind the weeks. */
static size_t days_end(struct str s, size_t at) {
    double days;
    size_t next = skip_blanks(s, at), end;
    if (next >= s.n || s.p[next] != '+') return at;
    end = number_end(s, skip_blanks(s, next + 1), &days);
    if (!end || days > 6) return at;
    size_t unit = unit_end("j jours", s, end);
    return unit ? unit : end;
}

/* Nothing that goes on with the figure: "10/10", "12h", "1.2.3", "15 %". */
static bool ends_figure(struct str s, size_t end) {
    if (end >= s.n) return true;
    if (is_letter_byte(s.p[end]) || is_digit(s.p[end])) return false;
    size_t behind = skip_blanks(s, end);
    if (behind < s.n && s.p[behind] == '%') return false;
    bool joined = strchr("/.,-", s.p[end]) && end + 1 < s.n && is_digit(s.p[end + 1]);
    return !joined;
}

static size_t plain_end(const struct shape *shape, struct str s, size_t at, bool bare, bool weeks) {
    double value;
    size_t start = at;
    while (start < s.n && strchr("<>=~+ ", s.p[start])) start++;
    double grouped;
    size_t group = grouped_end(s, start, &grouped), end = number_end(s, start, &value);
    if (group && unit_end(shape->units, s, group)) {
        value = grouped;
        end = group;
    } else if (group) {
        bare = false; /* one figure or two */
    }
    if (!end || value < shape->least || value > shape->most) return 0;
    size_t unit = unit_end(shape->units, s, end);
    if (unit) return weeks ? days_end(s, unit) : unit;
    return bare && ends_figure(s, end) ? end : 0;
}

static size_t pair_end(const struct shape *shape, struct str s, size_t at) {
    double first, second;
    size_t end = number_end(s, at, &first);
    if (!end) return 0;
    end = skip_blanks(s, end);
    if (end >= s.n || s.p[end] != '/') return 0;
    end = number_end(s, skip_blanks(s, end + 1), &second);
    if (!end || !ends_figure(s, end)) return 0;
    bool possible = shape->form == FORM_PAIR ? first >= shape->least && first <= shape->most && second < first
                                             : second >= first && second >= 4;
    size_t unit = unit_end(shape->units, s, end);
    return possible ? (unit ? unit : end) : 0;
}

/* "A Rh positif", "AB+", "O NEGATIF", "B rhésus +". */
static size_t group_end(struct str s, size_t at) {
    size_t letters = at;
    while (letters < s.n && strchr("ABO0", s.p[letters])) letters++;
    if (letters == at || letters - at > 2 || (letters < s.n && is_letter_byte(s.p[letters]))) return 0;
    size_t end = letters;
    for (;;) {
        size_t from = skip_blanks(s, end), to = from;
        while (to < s.n && (is_letter_byte(s.p[to]) || strchr("+-", s.p[to]))) to++;
        struct str word = str_sub(s, from, to - from);
        static const char *const tails[] = { "+",       "-",        "rh",       "rh+", "rh-",     "rhesus",
                                             "rhésus",  "pos",      "neg",      "nég", "positif", "negatif",
                                             "négatif", "positive", "negative", "d" };
        char low[16];
        bool tail = false;
        if (word.n == 0 || word.n >= sizeof low) break;
        for (size_t i = 0; i < word.n; i++) low[i] = ascii_lower(word.p[i]);
        for (size_t k = 0; k < COUNT_OF(tails); k++)
            tail |= str_eq((struct str) { low, word.n }, str_from_c(tails[k]));
        if (!tail) break;
        end = to;
    }
    return end > letters ? end : 0;
}

static size_t phone_end(struct str s, size_t at) {
    enum { DIGITS_MIN = 7 };
    int digits = 0;
    size_t end = at;
    if (at >= s.n || !strchr("+0123456789", s.p[at])) return 0;
    for (size_t i = at; i < s.n && (is_digit(s.p[i]) || strchr(" .-+", s.p[i])); i++) {
        digits += is_digit(s.p[i]);
        if (is_digit(s.p[i])) end = i + 1;
    }
    return digits >= DIGITS_MIN ? end : 0;
}

/* "09/08/2026", "9.8.26". */
static size_t day_end(struct str s, size_t at) {
    double part[3];
    size_t end = at;
    for (int i = 0; i < 3; i++) {
        size_t start = end;
        while (end < s.n && is_digit(s.p[end])) end++;
        if (end == start) return 0;
        part[i] = (double)(end - start);
        if (i < 2 && (end >= s.n || !strchr("/.-", s.p[end]))) return 0;
        end += i < 2;
    }
    return part[0] <= 2 && part[1] <= 2 && (part[2] == 2 || part[2] == 4) ? end : 0;
}

size_t measure_value_end(struct measure_wanted w, struct str line, size_t at, bool bare) {
    const struct shape *shape = &shapes[w.measure];
    switch (shape->form) {
    case FORM_NUMBER: return plain_end(shape, line, at, bare, w.measure == MEASURE_GESTATION);
    case FORM_PAIR:
    case FORM_SCORE: return pair_end(shape, line, at);
    case FORM_DAY: return day_end(line, at);
    case FORM_GROUP: return group_end(line, at);
    case FORM_PHONE: return phone_end(line, at);
    case FORM_WORDS: return line.n > at + 2 ? line.n : 0;
    }
    return 0;
}
