#include "rag/demand.h"

#include "base/utf8.h"

struct demand_book {
    struct phrase_book *phrases;
};

enum status demand_book_new(struct arena *arena, struct demand_book **out, struct err *err) {
    struct demand_book *b = arena_alloc(arena, sizeof *b);
    if (!b) return fail(err, E_LIMIT, NULL, "no memory for demands");
    enum status s = phrase_book_new(arena, demands_classes, demands_demand, &b->phrases, err);
    if (s == OK) *out = b;
    return s;
}

static bool holds_one(const struct tokens *t, const char *const *words, size_t count) {
    for (size_t i = 0; i < t->count; i++)
        for (size_t k = 0; k < count; k++)
            if (str_eq(t->items[i].folded, str_from_c(words[k]))) return true;
    return false;
}

/* "C'est quoi mon taux": what stands in the record, not what the word means. */
static bool is_of_record(const struct tokens *t) {
    static const char *const words[] = { "mon",   "ma",    "mes",  "my", "sama",
                                         "notre", "votre", "suis", "ai", "cas" };
    return holds_one(t, words, COUNT_OF(words));
}

static bool asks_of_past(const struct tokens *t) {
    static const char *const words[] = { "fait", "faite", "passe", "passee", "eu",  "eue",
                                         "ete",  "recu",  "recue", "had",    "did", "was" };
    return holds_one(t, words, COUNT_OF(words));
}

/* "Quand dois-je venir aux urgences": not a day, but what has to happen. */
static bool asks_for_signs(const struct tokens *t) {
    static const char *const words[] = { "urgence", "urgences", "emergency" };
    return holds_one(t, words, COUNT_OF(words));
}

enum status demand_read(const struct demand_book *book, struct arena *arena, const struct tokens *tokens,
                        const struct subject *subject, const struct intent_reading *reading,
                        struct demands *out, struct err *err) {
    const struct phrase_mark marks[] = { { "@drug", subject->drug },
                                         { "@lab", subject->lab },
                                         { "@other", reading->other },
                                         { "@disease", reading->disease } };
    struct phrase_hit *hits;
    size_t count;
    *out = (struct demands) { 0 };
    enum status s = phrase_find(book->phrases, arena, tokens, marks, COUNT_OF(marks), &hits, &count, err);
    for (size_t i = 0; s == OK && i < count; i++) out->asked[demands_demand[hits[i].phrase].tag] = true;
    if (is_of_record(tokens)) out->asked[DEMAND_MEANING] = false;
    out->past = asks_of_past(tokens);
    if (asks_for_signs(tokens)) out->asked[DEMAND_DAY] = false;
    return s;
}

bool demand_is_visible(const struct demands *d) {
    return d->asked[DEMAND_PRICE] || d->asked[DEMAND_PHONE] || d->asked[DEMAND_DAY] ||
           d->asked[DEMAND_AMOUNT];
}

bool demand_is_strict(const struct demands *d) {
    return d->asked[DEMAND_EFFECT] || d->asked[DEMAND_MAY] || d->asked[DEMAND_REASON];
}

bool demand_is_harm(struct str folded) {
    return str_in_words(
        folded,
        "dormir sommeil fatigue mal tete ventre coeur faim soif poids os dents cheveux peau enfant bebe sport");
}

bool demand_facts_may_answer(const struct demands *d) {
    return !d->asked[DEMAND_PRICE] && !d->asked[DEMAND_PHONE] && !d->asked[DEMAND_MEANING] &&
           !demand_is_strict(d);
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* One of the words stands in the folded text, as a word of its own; a word ending in * may go on. */
static bool holds_word(struct str text, const char *const *words, size_t count) {
    for (size_t k = 0; k < count; k++) {
        struct str word = str_from_c(words[k]);
        bool open = word.p[word.n - 1] == '*';
        if (open) word.n--;
        for (size_t at = 0; at + word.n <= text.n; at++) {
            if (memcmp(text.p + at, word.p, word.n) != 0) continue;
            bool begins = at == 0 || !is_letter(text.p[at - 1]) || !is_letter(word.p[0]);
            bool ends = open || at + word.n == text.n || !is_letter(text.p[at + word.n]);
            if (begins && ends) return true;
        }
    }
    return false;
}

static bool holds_figure(struct str text) {
    for (size_t i = 0; i < text.n; i++)
        if (is_digit(text.p[i])) return true;
    return false;
}

static bool holds_price(struct str text) {
    static const char *const money[] = { "fcfa", "cfa", "francs", "franc", "eur",    "euros",
                                         "euro", "€",   "f cfa",  "usd",   "dollars" };
    return holds_figure(text) && holds_word(text, money, COUNT_OF(money));
}

/* Nine digits and more that begin as numbers do here and in France, with nothing but their signs in between. */
static bool holds_phone(struct str text) {
    for (size_t i = 0; i < text.n; i++) {
        bool starts = strchr("+037", text.p[i]) && (i == 0 || !strchr("0123456789-/.,", text.p[i - 1]));
        int digits = 0;
        for (size_t k = i; starts && k < text.n && (is_digit(text.p[k]) || strchr(" .-+()", text.p[k])); k++)
            digits += is_digit(text.p[k]);
        if (digits >= 9) return true;
    }
    return false;
}

static size_t digits_at(struct str text, size_t at) {
    size_t n = 0;
    while (at + n < text.n && is_digit(text.p[at + n])) n++;
    return n;
}

/* "14/05/2026", "05/2026", "14.05.26"; "2018". */
static bool holds_figured_day(struct str text) {
    for (size_t i = 0; i < text.n;) {
        size_t n = digits_at(text, i), next = i + n;
        if (n == 0) {
            i++;
            continue;
        }
        bool century = n == 4 && ((text.p[i] == '1' && text.p[i + 1] == '9') ||
                                  (text.p[i] == '2' && text.p[i + 1] == '0'));
        if (century) return true;
        if (n <= 2 && next < text.n && strchr("/.-", text.p[next])) {
            size_t m = digits_at(text, next + 1), last = next + 1 + m;
            if (m == 4 && text.p[next] == '/') return true;
            if (m && m <= 2 && last < text.n && text.p[last] == text.p[next] &&
                digits_at(text, last + 1) >= 2)
                return true;
        }
        i = next;
    }
    return false;
}

/* A day, a part of one, or a time to it: "le 3 mars", "lundi", "dans 3 mois", "le soir". */
static bool holds_day(struct str text) {
    static const char *const words[] = {
        "janvier",   "fevrier", "mars",      "avril",    "mai",       "juin",     "juillet",  "aout",
        "septembre", "octobre", "novembre",  "decembre", "january",   "february", "march",    "april",
        "may",       "june",    "july",      "august",   "september", "october",  "november", "december",
        "sept",      "lundi",   "mardi",     "mercredi", "jeudi",     "vendredi", "samedi",   "dimanche",
        "monday",    "tuesday", "wednesday", "thursday", "friday",    "saturday", "sunday",   "semaines",
        "semaine",   "mois",    "jours",     "jour",     "ans",       "heures",   "matin",    "soir",
        "midi",      "repas",   "coucher",   "weeks",    "months",    "days",     "week",     "month",
        "morning",   "evening"
    };
    return holds_figured_day(text) || holds_word(text, words, COUNT_OF(words));
}

/* Says what something is. */
static bool holds_meaning(struct str text) {
    static const char *const words[] = { "est un",       "est une",      "sont des",   "est le",
                                         "est la",       "est l",        "appartient", "est utilise*",
                                         "est indique*", "est destine*", "s agit",     "s'agit",
                                         "c'est",        "is a",         "is an",      "are a",
                                         "is used",      "permet de",    "signifie",   "consiste" };
    return holds_word(text, words, COUNT_OF(words));
}

/* Says why. */
static bool holds_reason(struct str text) {
    static const char *const words[] = {
        "contre",  "en raison", "car",           "parce",         "afin",    "indication", "indique*",
        "a cause", "du fait",   "traitement de", "traitement du", "pour un", "pour une",   "pour la",
        "pour le", "pour les",  "pour l",        "pour votre",    "lie a",   "liee a",     "due a",
        "du a",    "because",   "due to",        "caused"
    };
    return holds_word(text, words, COUNT_OF(words));
}

/* Says only that it is to be done. */
static bool is_planned(struct str text) {
    static const char *const words[] = {
        "a prevoir",    "a faire",      "a realiser",    "a programmer",  "a discuter", "a completer",
        "a demander",   "a refaire",    "a controler",   "demande*",      "non fait*",  "pas fait*",
        "prevu*",       "prochain*",    "en attente",    "en cours",      "programme*", "pour avis",
        "non realise*", "pas realise*", "non effectue*", "pas effectue*", "declined",   "refuse*",
        "not given",    "not done",     "pending",       "scheduled",     "requested",  "to be done"
    };
    return holds_word(text, words, COUNT_OF(words));
}

bool demand_is_met(struct arena *arena, const struct demands *d, struct str quote, struct date day) {
    static const char *const counted[] = { "un",  "une", "deux", "trois", "quatre", "cinq", "six",
                                           "dix", "one", "two",  "three", "four",   "five" };
    struct str text;
    if (!utf8_fold(arena, quote, &text)) return false;
    if (d->asked[DEMAND_PRICE] && !holds_price(text)) return false;
    if (d->asked[DEMAND_PHONE] && !holds_phone(text)) return false;
    bool dated = day.year && d->past && !is_planned(text);
    if (d->asked[DEMAND_DAY] && !dated && !holds_day(text)) return false;
    if (d->asked[DEMAND_AMOUNT] && !holds_figure(text) && !holds_word(text, counted, COUNT_OF(counted)))
        return false;
    if (d->asked[DEMAND_REASON] && !holds_reason(text)) return false;
    if (d->asked[DEMAND_MEANING] && !holds_meaning(text)) return false;
    return !d->asked[DEMAND_OUTCOME] || d->asked[DEMAND_DAY] || !is_planned(text);
}
