#include "documents/dosage_match.h"

#include "documents/date_fr.h"

/* How far a condition or a limit reaches at most, in tokens. */
enum { CLAUSE_TOKENS_MAX = 24 };

/* "7 jours", "3 mois", "8 à 10 j". */
static size_t match_span(const struct tokens *t, size_t i) {
    size_t number = match_quantity(t, i);
    if (number == i || !token_has(t, number, WORD_SPAN)) return i;
    if (token_is(t, number + 1, "sur") && token_is_number(t, number + 2)) return i;
    bool stop =
        token_is_sign(t, number + 1, '.') && t->items[number + 1].glued && !token_is_sign(t, number + 2, '.');
    if (stop && t->items[number].fold.n < 4) return number + 2;
    if (token_is_sign(t, number + 1, '(') && token_is(t, number + 2, "s") &&
        token_is_sign(t, number + 3, ')'))
        return number + 4;
    return number + 1;
}

/* "du 01/12/2021 au 06/12/2021", "jusqu'au 12/03/2024". */
static size_t match_date_range(const struct tokens *t, size_t i) {
    struct date_found d;
    size_t until = tokens_match(t, i, "jusqu ' au");
    if (until > i && date_fr_at(t, until, &d)) return d.to;
    if (!token_is(t, i, "du") || !date_fr_at(t, i + 1, &d)) return i;
    size_t au = d.to;
    if (token_is_sign(t, au, ',')) au++;
    if (!token_is(t, au, "au") || !date_fr_at(t, au + 1, &d)) return i;
    return d.to;
}

static size_t match_for_good(const struct tokens *t, size_t i) {
    static const char *const words[] = { "au long cours",        "a vie",
                                         "en continu",           "traitement continu",
                                         "traitement permanent", "traitement de fond",
                                         "sans interruption" };
    for (size_t k = 0; k < COUNT_OF(words); k++) {
        size_t end = tokens_match(t, i, words[k]);
        if (end > i) return end;
    }
    return i;
}

/* What announces a duration: "pendant", "QSP", "pour une durée de", "x". */
static size_t match_span_lead(const struct tokens *t, size_t i) {
    static const char *const leads[] = { "pour une duree de",
                                         "pendant une duree de",
                                         "traitement pour",
                                         "traitement de",
                                         "pendant",
                                         "pdt",
                                         "pdnt",
                                         "pd",
                                         "durant",
                                         "qsp",
                                         "pour",
                                         "for",
                                         "duree :",
                                         "duree",
                                         "sur",
                                         "x",
                                         "\xC3\x97",
                                         "q s p" };
    for (size_t k = 0; k < COUNT_OF(leads); k++) {
        size_t end = tokens_match(t, i, leads[k]);
        if (end > i) return end;
    }
    return i;
}

size_t match_duration(const struct tokens *t, size_t i, struct token_span *value) {
    size_t end = match_date_range(t, i);
    if (end == i) end = match_for_good(t, i);
    *value = (struct token_span) { i, end };
    if (end > i) return end;
    bool bracket = token_is_sign(t, i, '(');
    size_t start = bracket ? i + 1 : i, lead = match_span_lead(t, start);
    if (token_is_sign(t, lead, ':')) lead++;
    if (lead > start && token_is(t, lead, "de")) lead++;
    if (i && !bracket && lead == start &&
        (token_is(t, i - 1, "depuis") || token_is(t, i - 1, "dans") || token_is(t, i - 1, "a")))
        return i; /* "il y a 3 jours", "dans 3 mois" */
    end = match_span(t, lead);
    if (end == lead || token_is(t, end, "avant") || token_is(t, end, "apres")) return i;
    *value = (struct token_span) { lead, end };
    return bracket && token_is_sign(t, end, ')') ? end + 1 : bracket ? i : end;
}

/* "2 fois", "x 3", "3 mois", "3" behind the word that announces renewals. */
static size_t match_renewal_count(const struct tokens *t, size_t i) {
    size_t start = token_is(t, i, "x") || token_is_sign(t, i, ':') || token_is_sign(t, i, '(') ? i + 1 : i;
    size_t number = match_quantity(t, start);
    if (number == start) return i;
    if (token_is(t, number, "fois") || token_has(t, number, WORD_SPAN)) return number + 1;
    return number;
}

size_t match_renewals(const struct tokens *t, size_t i, struct token_span *value) {
    static const char *const leads[] = { "ordonnance a renouveler",
                                         "traitement a renouveler",
                                         "ordonnance renouvelable",
                                         "traitement renouvelable",
                                         "a renouveler",
                                         "renouvelable",
                                         "renouvellement",
                                         "renouvellements :",
                                         "nombre de renouvellements :" };
    static const char *const none[] = { "non renouvelable", "ne pas renouveler", "sans renouvellement" };
    size_t lead = i;
    for (size_t k = 0; k < COUNT_OF(none); k++) {
        size_t end = tokens_match(t, i, none[k]);
        if (end == i) continue;
        *value = (struct token_span) { i, end };
        return end;
    }
    for (size_t k = 0; k < COUNT_OF(leads) && lead == i; k++) lead = tokens_match(t, i, leads[k]);
    if (lead == i && i < t->count && str_eq(t->items[i].text, STR("AR"))) lead = i + 1;
    if (lead > i) {
        size_t end = match_renewal_count(t, lead),
               skip = token_is(t, lead, "x") || token_is_sign(t, lead, ':') || token_is_sign(t, lead, '(')
                          ? lead + 1
                          : lead;
        if (token_is(t, lead, "si")) return i;
        *value = end > lead ? (struct token_span) { skip, end } : (struct token_span) { i, lead };
        return end;
    }
    size_t number = match_quantity(t, i);
    if (number > i && (token_is(t, number, "renouvellement") || token_is(t, number, "renouvellements"))) {
        *value = (struct token_span) { i, number };
        return number + 1;
    }
    return i;
}

/* "dans l'œil droit", "dans chaque narine". */
static size_t match_place(const struct tokens *t, size_t i) {
    static const char *const places[] = { "oeil", "yeux", "narine", "narines", "oreille", "oreilles" };
    size_t at = token_is(t, i, "dans") || token_is(t, i, "sur") ? i + 1 : i;
    if (at == i) return i;
    if (token_is(t, at, "l") && token_is_sign(t, at + 1, '\''))
        at += 2;
    else if (token_is(t, at, "chaque") || token_is(t, at, "les") || token_is(t, at, "la"))
        at++;
    if (token_is(t, at, "deux")) at++;
    for (size_t k = 0; k < COUNT_OF(places); k++) {
        if (!token_is(t, at, places[k])) continue;
        bool side =
            token_is(t, at + 1, "droit") || token_is(t, at + 1, "droite") || token_is(t, at + 1, "gauche");
        return side ? at + 2 : at + 1;
    }
    return i;
}

/* Abbreviations count in capitals only, or where they are no word: IV, IM, SC, PO. */
static size_t match_route_letters(const struct tokens *t, size_t i) {
    static const struct str letters[] = { { "IV", 2 },  { "IM", 2 },  { "SC", 2 },   { "PO", 2 },
                                          { "IVD", 3 }, { "IVL", 3 }, { "IVSE", 4 }, { "IR", 2 } };
    if (i >= t->count) return i;
    for (size_t k = 0; k < COUNT_OF(letters); k++)
        if (str_eq(t->items[i].text, letters[k])) return i + 1;
    return i;
}

size_t match_route(const struct tokens *t, size_t i, struct token_span *value) {
    static const char *const phrases[] = { "per os",
                                           "p . o .",
                                           "s / c",
                                           "sous - cutanee",
                                           "sous - cutane",
                                           "sous cutanee",
                                           "sous cutane",
                                           "intraveineuse",
                                           "intraveineux",
                                           "intra - veineuse",
                                           "intra - veineux",
                                           "intramusculaire",
                                           "intra - musculaire",
                                           "sublingual",
                                           "sous la langue",
                                           "intra - rectal",
                                           "intrarectal",
                                           "en nebulisation",
                                           "en inhalation",
                                           "en application locale",
                                           "en perfusion iv",
                                           "en perfusion",
                                           "perfusion iv",
                                           "i . v .",
                                           "i . m ." };
    size_t at = token_is(t, i, "par") || token_is(t, i, "en") ? i + 1 : i, end = i;
    if (token_is(t, at, "voie") && at + 1 < t->count && t->items[at + 1].kind == TOKEN_WORD) {
        end = at + 2;
        if (token_is_sign(t, end, '-') && t->items[end].glued && end + 1 < t->count) end += 2;
    }
    for (size_t k = 0; k < COUNT_OF(phrases) && end == i; k++) {
        if ((end = tokens_match(t, i, phrases[k])) > i) break;
        end = at > i && tokens_match(t, at, phrases[k]) > at ? tokens_match(t, at, phrases[k]) : i;
    }
    if (end == i && (end = match_route_letters(t, at)) == at) end = i;
    if (end == i) {
        end = match_place(t, i);
        at = i;
    }
    if (end > i && token_is(t, at, "en")) at++;
    *value = (struct token_span) { at, end };
    return end;
}

static size_t clause_end(const struct tokens *t, size_t i, bool condition) {
    size_t at = i;
    struct token_span unused;
    while (at < t->count && at - i < CLAUSE_TOKENS_MAX) {
        if (token_is_sign(t, at, ',') || token_is_sign(t, at, ';') || token_is_sign(t, at, ')')) return at;
        if (token_is_sign(t, at, '.') && !(t->items[at].glued && at + 1 < t->count && t->items[at + 1].glued))
            return at;
        if (condition && at > i + 1) {
            if (match_renewals(t, at, &unused) > at) return at;
            if (match_duration(t, at, &unused) > at && !token_is_number(t, at)) return at;
            if (token_is_number(t, at) && match_rate(t, at) > at) return at;
        }
        at++;
    }
    return at;
}

/* "15 minutes avant", "une demi-heure avant", "1 h après" a meal: no duration, and no moment without it. */
static bool is_time_beside(const struct tokens *t, size_t i) {
    static const char units[] = "min mn minute minutes h heure heures";
    size_t at = token_is(t, i, "une") ? i + 1 : i;
    if (token_is(t, at, "demi"))
        at += token_is_sign(t, at + 1, '-') ? 2 : 1;
    else if (token_is_number(t, at))
        at++;
    return at > i && token_in(t, at, units) && token_in(t, at + 1, "avant apres");
}

size_t match_clause(const struct tokens *t, size_t i) {
    static const char *const limits[] = {
        "maximum",  "max",       "maxi",    "sans depasser",   "ne pas depasser", "ne jamais depasser",
        "ne pas",   "jusqu ' a", "espacer", "a renouveler si", "a repeter si",    "dans un",
        "dans une", "dans de"
    };
    static const char *const later[] = { "puis",       "ensuite",  "augmenter", "diminuer", "a augmenter",
                                         "a diminuer", "suivi de", "suivie de", "soit" };
    if (tokens_match(t, i, "si") > i || tokens_match(t, i, "en cas") > i || tokens_match(t, i, "lors de") > i)
        return clause_end(t, i, true);
    if (is_time_beside(t, i)) return clause_end(t, i, false);
    for (size_t k = 0; k < COUNT_OF(limits); k++)
        if (tokens_match(t, i, limits[k]) > i) return clause_end(t, i, false);
    for (size_t k = 0; k < COUNT_OF(later); k++)
        if (tokens_match(t, i, later[k]) > i) return t->count;
    return i;
}
