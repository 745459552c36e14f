#include "documents/drug_line.h"

#include "base/utf8.h"
#include "documents/date_fr.h"
#include "documents/dosage_match.h"

enum { SHORT_LETTERS_MAX = 4, NAME_TOKENS_MAX = 10, KNOWN_WITHIN = 4, OTHER_NAME_TOKENS_MAX = 7 };

/* Signs that stand inside names: "AMOXICILLINE/ACIDE", "FER + ACIDE FOLIQUE", "CO-TRIMOXAZOLE". */
static bool joins_names(const struct tokens *t, size_t i) {
    if (i + 1 >= t->count || t->items[i + 1].kind != TOKEN_WORD) return false;
    if (token_is_sign(t, i, '-')) return t->items[i].glued && t->items[i + 1].glued;
    bool sentence =
        token_is_sign(t, i, '.') && !t->items[i + 1].glued && t->items[i - 1].text.n > SHORT_LETTERS_MAX;
    if (sentence) return false; /* "oméprazole. Pas d'autre", but "Vit. C" */
    if (token_has(t, i + 1, WORD_FORM | WORD_DOSE_UNIT | WORD_PERIOD)) return false;
    return token_is_sign(t, i, '/') || token_is_sign(t, i, '+') || token_is_sign(t, i, '\'') ||
           token_is_sign(t, i, '.') || token_is_sign(t, i, '&') || token_is(t, i, "\xC2\xAE");
}

static bool ends_name(const struct tokens *t, size_t i) {
    struct token_span unused;
    if (t->items[i].kind == TOKEN_NUMBER)
        return !(t->items[i].glued && t->items[i - 1].kind == TOKEN_WORD && t->items[i - 1].text.n <= 3);
    if (t->items[i].kind == TOKEN_SIGN) return !joins_names(t, i);
    if (t->items[i].text.n == 1 && token_is(t, i, "x") && token_is_number(t, i + 1)) return true;
    if (token_has(t, i, WORD_FORM | WORD_STOP) && !token_is(t, i, "sp")) return true;
    if (token_has(t, i, WORD_COUNT_WORD) && match_dose(t, i) > i) return true;
    if (token_has(t, i, WORD_MASS) && t->items[i].text.n > 1) return true;
    return match_rate(t, i) > i || match_moments(t, i) > i || match_duration(t, i, &unused) > i ||
           match_route(t, i, &unused) > i || match_renewals(t, i, &unused) > i || match_clause(t, i) > i ||
           token_is(t, i, "depuis") || token_is(t, i, "n") || token_is(t, i, "apres") ||
           token_is(t, i, "avant") || token_is(t, i, "qsp") || token_is(t, i, "prendre");
}

/* "(DOLIPRANE)", "(sulfadoxine pyriméthamine)" behind a name: the same drug by another name. */
static size_t match_other_name(const struct tokens *t, size_t i) {
    if (!token_is_sign(t, i, '(')) return i;
    for (size_t at = i + 1; at < t->count && at - i < OTHER_NAME_TOKENS_MAX; at++) {
        if (token_is_sign(t, at, ')')) return at > i + 1 ? at + 1 : i;
        bool joins = token_is_sign(t, at, '/') || token_is_sign(t, at, '+') || token_is_sign(t, at, '-');
        if (!joins &&
            (t->items[at].kind != TOKEN_WORD || token_has(t, at, WORD_FORM | WORD_MOMENT | WORD_FILLER)))
            return i;
    }
    return i;
}

/* Behind a known name: "et acide clavulanique", "de calcium" are more of it, "ni de poudre", "pour ma peau", "renouvelé" are not. */
static bool leaves_name(const struct tokens *t, size_t i) {
    struct drug unused;
    if (token_has(t, i, WORD_CHANGED)) return true;
    if (!token_has(t, i, WORD_LINK) || token_in(t, i, "de d du l a")) return false;
    return !token_is(t, i, "et") || drug_list_match(t, i + 1, false, &unused) == i + 1;
}

size_t drug_name_end(const struct tokens *t, size_t i) {
    size_t at = i + 1;
    while (at < t->count && at - i < NAME_TOKENS_MAX && !ends_name(t, at)) at++;
    while (at > i + 1 && (t->items[at - 1].kind == TOKEN_SIGN ||
                          (token_has(t, at - 1, WORD_LINK) && token_is_lower(t, at - 1)))) /* "anti-D" */
        at--;
    return match_other_name(t, at);
}

/* Behind the name whose known words end before token `at`. */
static size_t known_name_end(const struct tokens *t, size_t at) {
    size_t end = drug_name_end(t, at - 1);
    for (size_t k = at; k < end; k++)
        if (leaves_name(t, k)) {
            while (k > at && token_has(t, k - 1, WORD_LINK)) k--;
            return k;
        }
    return end;
}

/* "a)", "II.", "3" in a cell of its own, at the start of a line. */
static bool is_other_number(const struct tokens *t, size_t i) {
    if (i != 0 || t->count < 2) return false;
    const struct str fold = t->items[i].fold;
    size_t roman = 0;
    while (roman < fold.n && strchr("ivx", fold.p[roman])) roman++;
    if (t->items[i].kind == TOKEN_WORD)
        return (fold.n == 1 && token_is_sign(t, 1, ')')) || (roman == fold.n && token_is_sign(t, 1, '.'));
    return token_is_number(t, i) && fold.n <= 2 && t->items[1].kind == TOKEN_WORD &&
           t->items[1].cell != t->items[i].cell;
}

/* "PHASE INTENSIVE (RHZE", "PHASE DE CONTINUATION RH": the drugs of a part of the treatment. */
static size_t skip_phase(const struct tokens *t, size_t i) {
    if (!token_is(t, i, "phase")) return i;
    size_t at = i + (token_is(t, i + 1, "de") ? 3 : 2);
    return token_is_sign(t, at, '(') ? at + 1 : at;
}

/* "1)", "1.", "1/", "1°)", "a)", "-", "•", "Rp/", "R/": behind the mark. */
static size_t skip_mark(const struct tokens *t, size_t i, bool *marked) {
    size_t at = i;
    if (token_is_number(t, at) && t->items[at].fold.n <= 2 && at + 2 < t->count &&
        t->items[at + 1].kind == TOKEN_SIGN && !token_is_sign(t, at + 1, ',') &&
        !token_is_sign(t, at + 1, '%') && t->items[at + 2].kind != TOKEN_NUMBER) {
        at += 2;
        *marked = true;
    } else if (is_other_number(t, at)) {
        at++;
        *marked = true;
    } else if (token_is(t, at, "dci") && token_is_sign(t, at + 1, ':')) {
        at += 2;
    } else if ((token_is(t, at, "rp") || token_is(t, at, "r")) &&
               (token_is_sign(t, at + 1, '/') || token_is_sign(t, at + 1, ':'))) {
        at += 2;
        *marked = true;
    } else if (token_is(t, at, "o") && t->items[at].text.n == 1 && at + 1 < t->count &&
               t->items[at].text.p[0] == 'o') {
        at++;
        *marked = true;
    }
    while (at < t->count && t->items[at].kind == TOKEN_SIGN && !token_is_sign(t, at, '(')) {
        at++;
        *marked = true;
    }
    return skip_phase(t, at);
}

static size_t skip_article(const struct tokens *t, size_t i) {
    size_t at = i;
    while (token_is_sign(t, at, ':') || token_is_sign(t, at, '-') || token_is(t, at, "le") ||
           token_is(t, at, "la") || token_is(t, at, "les") || token_is(t, at, "de") ||
           token_is(t, at, "du") || token_is(t, at, "des") || token_is(t, at, "tout") ||
           token_is(t, at, "immediatement") || token_is(t, at, "definitivement") ||
           ((token_is(t, at, "d") || token_is(t, at, "l")) && token_is_sign(t, at + 1, '\'')))
        at += token_is(t, at, "d") || token_is(t, at, "l") ? 2 : 1;
    return at;
}

/* "Arrêter", "STOP :", "Ne pas prendre d'": behind the order, with *stopped set. */
static size_t skip_order(const struct tokens *t, size_t i, bool *stopped) {
    static const char *const orders[] = { "ne pas prendre",  "ne plus prendre", "ne pas utiliser",
                                          "ne pas donner",   "ne plus donner",  "ne pas associer",
                                          "plus de",         "pas de",          "contre - indication",
                                          "ne pas reprendre" };
    for (size_t k = 0; k < COUNT_OF(orders); k++) {
        size_t end = tokens_match(t, i, orders[k]);
        if (end == i) continue;
        *stopped = true;
        return skip_article(t, end);
    }
    if (token_has(t, i, WORD_STOP)) {
        *stopped = true;
        return skip_article(t, i + 1);
    }
    while (token_has(t, i, WORD_LEAD)) i = skip_article(t, i + 1); /* "je prescris" */
    return i;
}

/* "1 boîte de", "2 flacons de". */
static size_t skip_package(const struct tokens *t, size_t i) {
    static const char *const packages[] = {
        "boite", "boites", "bte",       "btes",       "flacon", "flacons",
        "tube",  "tubes",  "plaquette", "plaquettes", "paquet", "paquets"
    };
    size_t number = match_number(t, i);
    if (number == i || number + 1 >= t->count) return i;
    for (size_t k = 0; k < COUNT_OF(packages); k++)
        if (token_is(t, number, packages[k]) &&
            (token_is(t, number + 1, "de") || token_is(t, number + 1, "d")))
            return skip_article(t, number + 1);
    return i;
}

/* "4 comprimés RHZE", "2 cp de paracétamol": the dose stands before the name of a known drug. */
static size_t skip_dose(const struct tokens *t, size_t i, struct drug_line *out) {
    struct drug unused;
    size_t end = match_dose(t, i);
    if (end == i) return i;
    size_t name = skip_article(t, end);
    if (drug_list_match(t, name, false, &unused) == name) return i;
    out->dose_from = i;
    out->dose_to = end;
    return name;
}

static bool is_capital(struct str s) {
    if (s.n == 0) return false;
    return utf8_is_capital(s, 0) || str_starts(s, STR("Œ"));
}

/* A name that the list does not have must look like one: no ordinary heading, person, address or device. */
static bool is_plausible(const struct tokens *t, const struct drug_line *d) {
    const uint64_t never = WORD_STREET | WORD_DOCTOR | WORD_CIVILITY | WORD_HOUSE | WORD_PROFESSION;
    if (token_has(t, d->name_from,
                  WORD_NOT_DRUG | WORD_DEVICE | WORD_FORM | WORD_LINK | WORD_MONTH | WORD_WEEKDAY |
                      WORD_SPAN | WORD_NO_NAME))
        return false;
    if (!is_capital(t->items[d->name_from].text) && !d->marked) return false;
    struct str first = t->items[d->name_from].text;
    if (first.n < 2 || (first.n == 2 && !(is_capital(first) && is_capital(str_sub(first, 1, 1)))))
        return false;
    for (size_t i = d->name_from; i < d->name_to; i++)
        if (token_has(t, i, never)) return false;
    return true;
}

/* A full stop behind a whole word, with more behind it: prose, no name. "Vit. C" is one. */
static bool ends_sentence(const struct tokens *t, size_t i, size_t end) {
    return token_is_sign(t, i, '.') && i + 1 < end && t->items[i - 1].text.n > 4;
}

/* ": à arrêter", ": éviter" behind what is told of a medicine. */
static bool is_stopped_at(const struct tokens *t, size_t i) {
    while (i < t->count && (t->items[i].kind == TOKEN_SIGN || token_is(t, i, "a"))) i++;
    return token_has(t, i, WORD_STOP);
}

bool drug_line_start(const struct tokens *t, size_t i, bool tolerant, struct drug_line *out) {
    *out = (struct drug_line) { 0 };
    size_t at = skip_mark(t, i, &out->marked);
    at = skip_order(t, at, &out->stopped);
    at = skip_package(t, at);
    at = skip_dose(t, at, out);
    if (at >= t->count || t->items[at].kind != TOKEN_WORD) return false;
    if (token_has(t, at, WORD_STOP)) return false;
    out->name_from = at;
    size_t listed = drug_list_match(t, at, tolerant, &out->drug);
    out->known = listed > at && !(token_has(t, at, WORD_NOT_DRUG) && listed == at + 1);
    size_t told_to = drug_name_end(t, out->known ? listed - 1 : at);
    out->name_to = out->known ? known_name_end(t, listed) : told_to;
    out->told = out->name_to < told_to;
    out->stopped = out->stopped || (out->told && is_stopped_at(t, told_to));
    bool heading = token_has(t, at, WORD_NOT_DRUG | WORD_DEVICE | WORD_LINK) && !out->known;
    for (size_t k = at + 1; k <= told_to; k++) /* prose with a medicine's name somewhere in it */
        if ((!out->known && ends_sentence(t, k, t->count)) || (k < told_to && token_has(t, k, WORD_LEAD)))
            return false;
    for (size_t k = at + 1; k < out->name_to && k < at + KNOWN_WITHIN && !out->known && !heading; k++)
        out->known = !token_has(t, at, WORD_NOT_DRUG | WORD_LINK | WORD_NO_NAME) &&
                     drug_list_match(t, k, false, &out->drug) > k;
    if (out->known && token_has(t, out->name_from, WORD_FORM)) { /* "sirop paracétamol" */
        while (out->name_from + 1 < out->name_to && t->items[out->name_from].text.n > 2 &&
               token_has(t, out->name_from, WORD_FORM | WORD_FORM_REST))
            out->name_from++;
    }
    return out->known || is_plausible(t, out);
}
