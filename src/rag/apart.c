#include "rag/apart.h"

#include "language/day_token.h"
#include "language/when_word.h"
#include "rag/rag_words.h"

enum { BETWEEN_MAX = 2, NAME_LETTERS_MIN = 3 };

static int figure_at(const struct tokens *t, size_t i) {
    int64_t n;
    bool figure = i < t->count && t->items[i].number && t->items[i].folded.n == 1;
    return figure && str_to_i64(t->items[i].folded, &n) ? (int)n : 0;
}

int apart_rank_at(const struct tokens *t, size_t i) {
    static const char *const words[] = { "deuxieme deuxiemes second seconde 2e 2eme",
                                         "troisieme 3e 3eme third",
                                         "quatrieme 4e 4eme fourth",
                                         "cinquieme 5e 5eme fifth",
                                         "sixieme 6e 6eme sixth",
                                         "septieme 7e 7eme seventh",
                                         "huitieme 8e 8eme eighth",
                                         "neuvieme 9e 9eme ninth" };
    for (size_t w = 0; w < COUNT_OF(words); w++)
        if (when_word_is(t, i, words[w])) return (int)w + 2;
    int number = figure_at(t, i);
    return number > 1 && when_word_is(t, i + 1, "e eme ieme nd rd th") ? number : 0;
}

/* What the rank is of: the next word with a meaning. */
static size_t ranked(const struct tokens *t, size_t rank) {
    size_t i = rank + 1;
    if (t->items[rank].number) i++;
    for (size_t n = 0; n < BETWEEN_MAX && i < t->count && t->items[i].stop; n++) i++;
    return i < t->count && !t->items[i].stop && !t->items[i].number ? i : t->count;
}

/* "M5", "D3", "S12". */
static bool is_lettered(struct str word, int rank) {
    return word.n == 2 && is_ascii_letter(word.p[0]) && word.p[1] == '0' + rank;
}

static size_t days_in(struct str text, const struct tokens *t) {
    size_t n = 0;
    for (size_t i = 0; i < t->count; i++) {
        struct day_token day;
        if (!day_token_at(text, t, i, &day) && !day_token_short_at(text, t, i, &day)) continue;
        n++;
        i = day.last;
    }
    return n;
}

static bool is_dose(const struct tokens *t, size_t i) {
    return when_word_in(t, i, &words_series);
}

/* "EC 3", "RR 2": what is given in a series mostly has letters of its own. */
static bool is_acronym(struct str text, const struct tokens *t, size_t i) {
    struct str typed = token_source(text, &t->items[i]);
    size_t capitals = 0;
    for (size_t k = 0; k < typed.n; k++) capitals += typed.p[k] >= 'A' && typed.p[k] <= 'Z';
    return typed.n > 1 && typed.n <= 4 && capitals == typed.n;
}

/* The rank itself, or its figure beside what it is of: "dose 2". */
static bool holds_rank(struct str text, const struct tokens *quote, int rank, struct str stem) {
    for (size_t i = 0; i < quote->count; i++) {
        if (apart_rank_at(quote, i) == rank || is_lettered(quote->items[i].folded, rank)) return true;
        if (figure_at(quote, i) != rank) continue;
        if (i && (str_eq(quote->items[i - 1].stem, stem) || is_dose(quote, i - 1) ||
                  is_acronym(text, quote, i - 1)))
            return true;
        if (i + 1 < quote->count && str_eq(quote->items[i + 1].stem, stem)) return true;
    }
    return false;
}

static bool lacks_rank(const struct tokens *question, struct str text, const struct tokens *quote) {
    for (size_t i = 0; i < question->count; i++) {
        int rank = apart_rank_at(question, i);
        size_t of = rank ? ranked(question, i) : question->count;
        if (of == question->count || holds_rank(text, quote, rank, question->items[of].stem)) continue;
        /* The days of all doses stand in a row. */
        if (!is_dose(question, of) || days_in(text, quote) < (size_t)rank) return true;
    }
    return false;
}

/* "Rota 3" where "Rota 2" stands, and no third. */
static bool is_another_number(const struct tokens *question, const struct tokens *quote) {
    for (size_t i = 0; i + 1 < question->count; i++) {
        const struct token *name = &question->items[i];
        int asked = figure_at(question, i + 1);
        bool same = false, another = false, lettered = name->folded.n < NAME_LETTERS_MIN;
        /* "Ordonnance ? 4", and the line that is numbered below a title, are of no series. */
        if (!asked || question->items[i + 1].sentence_start) continue;
        if (name->stop || name->number || (lettered && i == 0)) continue;
        if (when_word_in(question, i + 2, &words_numbered) ||
            (i + 2 < question->count && question->items[i + 2].number))
            continue;
        for (size_t k = 0; k + 1 < quote->count; k++) {
            int stands = figure_at(quote, k + 1);
            if (!stands || quote->items[k + 1].sentence_start) continue;
            if (!str_eq(quote->items[k].stem, name->stem)) continue;
            /* "Hépatite B 3": the letter is one of many names. */
            if (lettered && (k == 0 || !str_eq(quote->items[k - 1].stem, name[-1].stem))) continue;
            same |= stands == asked;
            another |= stands != asked;
        }
        if (another && !same) return true;
    }
    return false;
}

/* "La dent 26": it has its number. */
static bool is_another_tooth(const struct tokens *question, const struct tokens *quote) {
    for (size_t i = 0; i + 1 < question->count; i++) {
        const struct token *number = &question->items[i + 1];
        bool stands =
            !when_word_is(question, i, "dent tooth ben") || !number->number || number->folded.n != 2;
        for (size_t k = 0; k < quote->count && !stands; k++)
            stands = quote->items[k].number && str_eq(quote->items[k].folded, number->folded);
        if (!stands) return true;
    }
    return false;
}

bool apart_is_of_series(const struct tokens *question, struct str text, const struct tokens *quote) {
    return lacks_rank(question, text, quote) || is_another_number(question, quote) ||
           is_another_tooth(question, quote);
}

/* "Deux", "2"; 0: no such number. */
static int count_at(const struct tokens *t, size_t i) {
    static const char *const words[] = { "deux two", "trois three", "quatre four", "cinq five",
                                         "six",      "sept seven",  "huit eight",  "neuf nine",
                                         "dix ten",  "onze eleven", "douze twelve" };
    int64_t n;
    for (size_t w = 0; w < COUNT_OF(words); w++)
        if (when_word_is(t, i, words[w])) return (int)w + 2;
    bool figure = i < t->count && t->items[i].number && t->items[i].folded.n <= 2;
    return figure && str_to_i64(t->items[i].folded, &n) ? (int)n : 0;
}

/* The first letter of the unit of time at token i ("mois", "SA"); 0: it is none. */
static char unit_at(const struct tokens *t, size_t i) {
    return when_word_in(t, i, &words_age_length) ? t->items[i].folded.p[0] : 0;
}

/* "2 mois", "M2". */
static bool holds_age(const struct tokens *t, int count, char unit) {
    for (size_t i = 0; i < t->count; i++) {
        struct str word = t->items[i].folded;
        int64_t n;
        if (count_at(t, i) == count && unit_at(t, i + 1) == unit) return true;
        if (apart_rank_at(t, i) == count) return true;
        if (word.n > 1 && word.p[0] == unit && str_to_i64(str_sub(word, 1, word.n), &n) && n == count)
            return true;
    }
    return false;
}

bool apart_lacks_age(const struct tokens *question, const struct tokens *quote) {
    for (size_t i = 1; i < question->count; i++) {
        int count = count_at(question, i);
        char unit = unit_at(question, i + 1);
        /* "Il y a deux mois" is a day. */
        bool at = when_word_is(question, i - 1, "a at de des") && !when_word_is(question, i - 2, "y");
        if (count && unit && at && !holds_age(quote, count, unit)) return true;
    }
    return false;
}

/* Words of one unit; which of those that are swallowed whole it is nobody minds. */
static const char *const units[] = {
    ("comprime comprimes comp cp cps cachet cachets gelule gelules gel pilule pilules tablet tablets pill "
     "pills capsule capsules caps"),
    "goutte gouttes gtte gttes gtt drop drops",
    "bouffee bouffees bouf puff puffs inhalation inhalations",
    "ml millilitre millilitres cc",
    "sachet sachets",
    "ampoule ampoules amp",
    "unite unites ui u iu units",
    "mg milligramme milligrammes",
    "litre litres l ml",
    "gramme grammes g",
    "cuillere cuilleres cuil cuilleree cac cas",
};

static const char *unit_asked(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++) {
        size_t at = when_word_in(t, i, &words_how_many)                           ? i + 1
                    : when_word_is(t, i, "how") && when_word_is(t, i + 1, "many") ? i + 2
                                                                                  : t->count;
        while (at < t->count && when_word_is(t, at, "de d")) at++;
        for (size_t u = 0; u < COUNT_OF(units); u++)
            if (when_word_is(t, at, units[u])) return units[u];
    }
    return NULL;
}

static bool is_number(const struct tokens *t, size_t i) {
    return i < t->count && (t->items[i].number || when_word_in(t, i, &words_small_number));
}

bool apart_lacks_unit(const struct tokens *question, const struct tokens *quote) {
    const char *unit = unit_asked(question);
    for (size_t i = 0; unit && i < quote->count; i++)
        if (when_word_is(quote, i, unit) && ((i && is_number(quote, i - 1)) || is_number(quote, i + 1)))
            return false;
    return unit != NULL;
}

/* What is to be done, in the words of a question, and how papers begin theirs for it. */
static const struct {
    const char *asked, *shown;
} deeds[] = {
    { "opere operer opera opererez operent operation opererons operee surgery operate operated",
      "oper interv chirur bloc cure cesar admiss hospit entree program surg ectom curet greff plastie" },
    { "pose posera posent", "pos impl mise mis insert" },
    { "enlever enleve enlevera retirer retire retirera oter extraire arracher",
      "enle retir ablat extr depos otee oter oper interv cure remov sortie pendant semaine jours" },
    { "changer change changera remplacer",
      "chang rempl renouv valable duree expir refai tous toutes chaque" },
    { "commencer commence commencera debuter debute", "commenc debut start partir des instaur introd init "
                                                      "premier 1er 1ere depuis seance" },
    { "reprendre reprends reprend", "repren repri retour jusqu apres arret resum pas pendant interd" },
};

static bool begins_one_of(struct str word, const char *beginnings) {
    struct str all = str_from_c(beginnings);
    while (all.n) {
        struct str beginning = str_next_word(&all, " ");
        if (beginning.n == 0) continue;
        if (str_starts(word, beginning)) return true;
        /* "adénomectomie", "hernioplastie" */
        if (beginning.n > 4 && str_find(word, beginning) < word.n) return true;
    }
    return false;
}

static bool holds_one_of(const struct tokens *t, const char *beginnings) {
    for (size_t i = 0; i < t->count; i++)
        if (begins_one_of(t->items[i].folded, beginnings)) return true;
    return false;
}

bool apart_lacks_deed(const struct tokens *question, const struct tokens *quote) {
    for (size_t k = 0; k < COUNT_OF(deeds); k++)
        for (size_t i = 0; i < question->count; i++)
            if (when_word_is(question, i, deeds[k].asked) && !holds_one_of(quote, deeds[k].shown))
                return true;
    return false;
}

/* "Entre deux gouttes", "une fois ouvert": then how long the treatment lasts is no answer. */
bool apart_lacks_occasion(const struct tokens *question, const struct tokens *quote) {
    static const struct {
        const char *asked, *shown;
    } occasions[] = {
        { "entre between", "entre between interval espac minute min attend ecart apart" },
        { "ouvert ouverte ouverts entame entamee opened open", "ouvert ouvr entam open jet conserv gard" },
    };
    for (size_t k = 0; k < COUNT_OF(occasions); k++)
        for (size_t i = 0; i < question->count; i++)
            if (when_word_is(question, i, occasions[k].asked) && !holds_one_of(quote, occasions[k].shown))
                return true;
    return false;
}

bool apart_asks_gain(const struct tokens *question) {
    bool change = false, weight = false;
    /* Between two days both weights say it. */
    if (text_says_one(question, &words_between_days)) return false;
    for (size_t i = 0; i < question->count; i++) {
        change |= when_word_in(question, i, &words_gained);
        weight |= when_word_is(question, i, "kilo kilos kg");
    }
    return change && weight;
}

bool apart_lacks_gain(const struct tokens *question, struct str text, const struct tokens *quote) {
    bool signed_figure = false;
    for (size_t i = 1; i < quote->count; i++) {
        size_t at = quote->items[i].at;
        while (at && text.p[at - 1] == ' ') at--;
        signed_figure |= quote->items[i].number && at && at < text.n && strchr("+-", text.p[at - 1]);
    }
    return apart_asks_gain(question) && !signed_figure &&
           !holds_one_of(quote, "perd pert pris gagn gros maig amaig lost gain loss");
}

/* "Jusqu'à quand": then that it was stopped is no answer. */
static bool asks_until(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++)
        if (when_word_is(t, i, "jusqu jusque until till") &&
            (when_word_in(t, i + 1, &words_until_when) || i + 1 == t->count))
            return true;
    return false;
}

/* "Du combien au combien": the first day and the last. */
static bool asks_span(const struct tokens *t) {
    for (size_t i = 1; i + 2 < t->count; i++) {
        bool days = when_word_is(t, i, "combien") && when_word_is(t, i - 1, "du") &&
                    when_word_is(t, i + 1, "au") && when_word_is(t, i + 2, "combien");
        bool when = when_word_is(t, i, "quand when") && when_word_is(t, i - 1, "de from") &&
                    when_word_is(t, i + 1, "a to") && when_word_is(t, i + 2, "quand when");
        bool dates = when_word_is(t, i, "date") && when_word_is(t, i - 1, "quelle") &&
                     when_word_is(t, i + 1, "a au") && when_word_is(t, i + 2, "quelle");
        if (days || when || dates) return true;
    }
    return false;
}

bool apart_asks_until(const struct tokens *question) {
    return asks_until(question) || asks_span(question);
}

static bool asks_to_stop(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++)
        if (when_word_in(t, i, &words_to_stop)) return true;
    return false;
}

bool apart_lacks_end(const struct tokens *question, struct str text, const struct tokens *quote) {
    static const char ends[] = "jusqu pendant durant duree fin termin toujours vie until for during",
                      stops[] = "arret stop suspen sevrage";
    bool until = asks_until(question);
    if (asks_span(question)) return days_in(text, quote) < 2 && !holds_one_of(quote, "jusqu until");
    if ((!until && !asks_to_stop(question)) || holds_one_of(quote, ends)) return false;
    if (!until && holds_one_of(quote, stops)) return false;
    for (size_t i = 1; i < quote->count; i++)
        if (is_number(quote, i - 1) && when_word_in(quote, i, &words_length)) return false;
    return true;
}
