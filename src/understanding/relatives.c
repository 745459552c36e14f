#include "understanding/relatives.h"

#include "language/words.h"
#include "understanding/understanding_words.h"

static const char *const names[] = {
    "familial", "familiale", "familiales", "familiaux",  "famille",  "father",     "fille",  "fils",
    "frere",    "freres",    "grand",      "maman",      "maternel", "maternelle", "mere",   "mother",
    "oncle",    "papa",      "paternel",   "paternelle", "pere",     "soeur",      "soeurs", "tante"
};

/* "Ablation des fils", "points de fils": stitches, no sons. */
static bool are_stitches(const struct tokens *t, size_t i) {
    if (!str_eq(t->items[i].folded, STR("fils")) || i == 0) return false;
    if (!word_in(t->items[i - 1].folded, &words_stitch_before)) return false;
    for (size_t k = i < 4 ? 0 : i - 4; k < t->count && k <= i + 4; k++)
        if (word_in(t->items[k].folded, &words_stitch)) return true;
    return false;
}

bool relatives_are_named(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++)
        if (words_in_sorted(names, COUNT_OF(names), t->items[i].folded) && !are_stitches(t, i)) return true;
    return false;
}

/* "Son grand frère", "mon oncle"; "mon fils" and "ma mère" are mostly the patient himself. */
static bool is_owned(const struct tokens *t, size_t before, struct str name) {
    struct str owner = t->items[before].folded;
    return word_in(owner, &words_of_other) ||
           (word_in(owner, &words_of_writer) && word_in(name, &words_never_patient));
}

size_t relatives_asked(const struct tokens *t) {
    for (size_t i = 1; i < t->count; i++) {
        struct str name = t->items[i].folded;
        bool joined = i > 1 && word_in(t->items[i - 1].folded, &words_size);
        if (t->items[i].stop || str_eq(name, STR("grand"))) continue;
        if (words_in_sorted(names, COUNT_OF(names), name) && is_owned(t, i - 1 - joined, name)) return i;
    }
    return t->count;
}

/* What those who write for somebody call him, of which sex (0: either) and which age he is then, in years. */
static const struct {
    const char *words;
    char gender;
    int from, to;
} called[] = {
    { "bebe bb baby nourrisson nourisson newborn infant", 0, 0, 5 },
    { "enfant child kid doom dom xale gosse jumeau jumelle", 0, 0, 17 },
    { "fils fiston garcon garconnet son boy", 'M', 0, 17 },
    { "fille fillette daughter girl", 'F', 0, 17 },
    { "maam", 0, 60, 130 },
    { "mamie mami mamy grandmere grandma grandmother granny", 'F', 60, 130 },
    { "papi papy pepe grandpere grandpa grandfather", 'M', 60, 130 },
    { "mere maman yaay mother mum mom", 'F', 70, 130 },
    { "pere papa baay father dad", 'M', 70, 130 },
};

static int years_between(struct date birth, struct date today) {
    bool had_birthday = today.month > birth.month || (today.month == birth.month && today.day >= birth.day);
    return today.year - birth.year - !had_birthday;
}

static bool is_called(const struct record *r, int age, struct str folded) {
    for (size_t i = 0; i < COUNT_OF(called); i++) {
        bool sex_known = called[i].gender && (r->gender == 'M' || r->gender == 'F');
        if (sex_known && r->gender != called[i].gender) continue;
        if (age >= called[i].from && age <= called[i].to && str_in_words(folded, called[i].words))
            return true;
    }
    return false;
}

/* "Sa fille" is somebody else's, "une fille" anybody; "son" is a word of French too. */
static bool is_of_writer(const struct tokens *t, size_t first, size_t i) {
    struct str before = first ? t->items[first - 1].folded : STR("");
    if (str_eq(t->items[i].folded, STR("son"))) return str_in_words(before, "my our the");
    return !word_in(before, &words_not_of_writer);
}

void relatives_mark_patient(const struct record *r, struct date today, struct tokens *t, bool *own) {
    if (r->birth.year == 0) return;
    int age = years_between(r->birth, today);
    for (size_t i = 0; i < t->count; i++) {
        /* "Petite fille", "belle mère". */
        bool joined = i && word_in(t->items[i - 1].folded, &words_fondly);
        size_t first = joined ? i - 1 : i;
        if (!is_called(r, age, t->items[i].folded) || !is_of_writer(t, first, i)) continue;
        for (size_t k = first; k <= i; k++) own[k] = t->items[k].stop = true;
    }
}
