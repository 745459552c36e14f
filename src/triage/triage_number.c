#include "triage/triage_number.h"

#include <stdlib.h>

enum { NUMBER_BYTES_MAX = 15 };

/* A number of a message with what stands behind it. */
struct said_number {
    double value;
    bool decimal, gram, counted; /* "5 grammes"; "20 ans", "500 mg", "17 mai": a number of something else */
};

static bool read_number(const struct tokens *t, size_t i, struct said_number *out) {
    static const char units[] =
        "an ans annee annees mois semaine semaines jour jours h heure heures minute minutes min mg mcg ml ui fois kg "
        "cm km metres fcfa cfa francs euros pages janvier fevrier mars avril mai juin juillet aout septembre octobre "
        "novembre decembre january february march april may june july august september october november december";
    struct str word = t->items[i].folded;
    char text[NUMBER_BYTES_MAX + 1];
    if (!t->items[i].number || word.n > NUMBER_BYTES_MAX) return false;
    memcpy(text, word.p, word.n);
    text[word.n] = '\0';
    struct str next = i + 1 < t->count ? t->items[i + 1].folded : STR("");
    *out = (struct said_number) { .value = strtod(text, NULL),
                                  .decimal = str_find_char(word, '.') < word.n,
                                  .gram = str_in_words(next, "g gr gramme grammes"),
                                  .counted = str_in_words(next, units) };
    return true;
}

static bool is_year(const struct said_number *n) {
    return !n->decimal && n->value >= 1930 && n->value <= 2100;
}

/* More tablets at once than anybody prescribes. */
static bool is_many(const struct said_number *n) {
    return !n->decimal && !n->counted && !n->gram && n->value >= 8 && n->value <= 400;
}

/* Degrees Celsius. 38 is a danger only in the first months of life. */
static bool is_hot(const struct said_number *n) {
    return !n->counted && n->value >= 38 && n->value < 43;
}

static bool is_fever(const struct said_number *n) {
    return !n->counted && n->value >= 39.5 && n->value < 43;
}

/* "39,5" is a temperature whatever stands beside it. */
static bool is_fever_written(const struct said_number *n) {
    return n->decimal && !n->gram && is_fever(n);
}

/* Beats a minute. */
static bool is_pulse(const struct said_number *n) {
    return !n->decimal && n->value >= 140 && n->value <= 250;
}

/* Blood glucose in g/L, mmol/L or mg/dL, whichever it is: what is low or high in one is not usual in another. */
static bool is_sugar(const struct said_number *n) {
    if (n->counted) return false;
    if (n->gram) return n->value < 0.65 || n->value >= 2.5;
    return n->value < 0.65 || (n->value >= 2.5 && n->value < 3.9) || (n->value >= 15 && n->value <= 40) ||
           (n->value >= 300 && n->value <= 900);
}

/* Systolic, in cmHg as people say it here, or mmHg. */
static bool is_pressure(const struct said_number *n) {
    if (n->counted) return false;
    return (n->value >= 20 && n->value <= 30) || (n->value >= 200 && n->value <= 300);
}

static bool is_number(const struct said_number *n) {
    (void)n;
    return true;
}

static const struct {
    const char *name;
    bool (*is)(const struct said_number *);
} kinds[TRIAGE_NUMBER_KINDS] = {
    { "@number", is_number }, { "@year", is_year },   { "@many", is_many },
    { "@hot", is_hot },       { "@fever", is_fever }, { "@fever_written", is_fever_written },
    { "@pulse", is_pulse },   { "@sugar", is_sugar }, { "@pressure", is_pressure },
};

enum status triage_number_marks(struct arena *arena, const struct tokens *t,
                                struct phrase_mark marks[TRIAGE_NUMBER_KINDS], struct err *err) {
    for (size_t k = 0; k < TRIAGE_NUMBER_KINDS; k++) {
        bool *marked = arena_array(arena, t->count + 1, sizeof *marked);
        struct said_number n;
        if (!marked) return fail(err, E_LIMIT, NULL, "no memory for the numbers of a message");
        for (size_t i = 0; i < t->count; i++) marked[i] = read_number(t, i, &n) && kinds[k].is(&n);
        marks[k] = (struct phrase_mark) { kinds[k].name, marked };
    }
    return OK;
}
