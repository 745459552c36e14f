#include "documents/remark.h"

#include "documents/date_fr.h"
#include "documents/dosage_match.h"

enum { NAME_TOKENS_MAX = 14, WHEN_TOKENS_MAX = 14 };

static bool add(struct arena *arena, struct sheet *s, size_t line, const struct fact *f,
                struct fact_list *out) {
    struct fact copy = *f;
    if (copy.name.n == 0) return true;
    return fact_place(arena, s->page, line, line, &copy) && fact_list_add(out, &copy);
}

/* "aucune", "non", "pas d'", "néant", "RAS": there is no allergy. */
static bool denies(const struct tokens *t, size_t from, size_t to) {
    static const char words[] = "aucune aucun non pas neant ras inconnue inconnues sans absence nie 0";
    for (size_t i = from; i < to && i < t->count; i++)
        if (token_in(t, i, words)) return true;
    return false;
}

/* Behind the words that name one thing: up to a comma, a full stop, a bracket, "et" or another cell. */
static size_t item_end(const struct tokens *t, size_t i) {
    size_t at = i;
    while (at < t->count && at - i < NAME_TOKENS_MAX && t->items[at].cell == t->items[i].cell) {
        bool stop = token_is_sign(t, at, ',') || token_is_sign(t, at, ';') || token_is_sign(t, at, '(') ||
                    token_is(t, at, "et") || token_is_sign(t, at, ':') ||
                    (token_is_sign(t, at, '.') && !(at + 1 < t->count && t->items[at + 1].glued));
        if (stop) break;
        at++;
    }
    return at;
}

static size_t skip_article(const struct tokens *t, size_t i) {
    while (token_is(t, i, "a") || token_is(t, i, "au") || token_is(t, i, "aux") || token_is(t, i, "la") ||
           token_is(t, i, "le") || token_is(t, i, "les") || token_is(t, i, "l") ||
           token_is_sign(t, i, '\'') || token_is_sign(t, i, ':') || token_is(t, i, "de") ||
           token_is(t, i, "d") || token_is(t, i, "des") || token_is(t, i, "medicamenteuse") ||
           token_is(t, i, "medicamenteuses") || token_is(t, i, "connue") || token_is(t, i, "connues") ||
           token_is(t, i, "alimentaire"))
        i++;
    return i;
}

static bool read_allergy(struct arena *arena, struct sheet *s, size_t line, struct fact_list *out) {
    const struct tokens *t = &s->tokens[line].tokens;
    for (size_t i = 0; i < t->count; i++) {
        bool noun = token_is(t, i, "allergie") || token_is(t, i, "allergies"),
             adjective = token_is(t, i, "allergique");
        if (!noun && !adjective) continue;
        bool said = token_is(t, i + 1, "a") || token_is(t, i + 1, "au") || token_is(t, i + 1, "aux") ||
                    token_is_sign(t, i + 1, ':') || token_has(t, i + 2, 0) ||
                    (noun && token_is_sign(t, i + 2, ':'));
        size_t from = skip_article(t, i + 1);
        if (!said || denies(t, i > 4 ? i - 4 : 0, i) || denies(t, i + 1, from + 3)) return true;
        while (from < t->count) {
            size_t to = item_end(t, from);
            struct fact f = { .type = FACT_ALLERGY, .name = tokens_text(t, from, to) };
            if (to > from && t->items[from].kind == TOKEN_WORD && !add(arena, s, line, &f, out)) return false;
            bool list =
                noun && (token_is_sign(t, to, ',') || token_is(t, to, "et") || token_is_sign(t, to, ';'));
            if (!list) break;
            from = skip_article(t, to + 1);
        }
        return true;
    }
    return true;
}

/* "15/04/2024 à 10h", "dans 3 mois": behind it, or i. */
static size_t match_when(const struct tokens *t, size_t i) {
    struct date_found d;
    if (date_fr_at(t, i, &d)) {
        size_t at = token_is(t, d.to, "a") || token_is_sign(t, d.to, ',') ? d.to + 1 : d.to,
               end = date_fr_skip_time(t, at);
        return end > at ? end : d.to;
    }
    if (!token_is(t, i, "dans")) return i;
    size_t number = match_quantity(t, i + 1);
    if (number == i + 1 || !token_has(t, number, WORD_SPAN)) return i;
    size_t le =
        token_is_sign(t, number + 1, ',') ? number + 2 : number + 1; /* "dans 3 mois, le 08/07/2026" */
    return token_is(t, le, "le") && date_fr_at(t, le + 1, &d) ? d.to : number + 1;
}

/* Behind the name of a doctor: "Dr Coumba TALL". */
static size_t doctor_end(const struct tokens *t, size_t i) {
    size_t at = i + 1;
    if (token_is_sign(t, at, '.')) at++;
    while (at < t->count && t->items[at].kind == TOKEN_WORD && !str_eq(t->items[at].text, t->items[at].fold))
        at++;
    return at;
}

/* Words that call somebody back, whatever follows; a day or a span must. */
static size_t match_call(const struct tokens *t, size_t i) {
    static const char *const calls[] = { "rendez - vous",
                                         "rendez vous",
                                         "r . d . v .",
                                         "r . v .",
                                         "convoque",
                                         "convoquee",
                                         "rdv",
                                         "rv",
                                         "prochain rendez - vous",
                                         "prochain rdv",
                                         "prochain rv",
                                         "consultation de controle",
                                         "controle prevu",
                                         "controle prevue",
                                         "a revoir",
                                         "revoir",
                                         "a reconvoquer",
                                         "reconvocation",
                                         "visite de controle",
                                         "date de retour",
                                         "retour le",
                                         "revient le",
                                         "revenir le",
                                         "next visit",
                                         "next appointment",
                                         "review on",
                                         "follow - up on" };
    size_t best = i;
    for (size_t k = 0; k < COUNT_OF(calls); k++) {
        size_t end = tokens_match(t, i, calls[k]);
        if (end > best) best = end;
    }
    if (token_in(t, i, "revu revue revus") && token_is(t, i + 1, "dans")) return i + 1;
    return best;
}

/*
 * "Prochaine évaluation de la plaie : …", "Contrôle du poids dans 1 mois": the words between are what it is for. The next dose of a
 * vaccine is told by vaccination.h.
 */
static size_t match_next(const struct tokens *t, size_t i) {
    static const char words[] =
        "prochain prochaine prochaines prochains controle controles recontrole refaire";
    bool vaccine = token_in(t, i + 1, "dose doses rappel rappels vaccin vaccins vaccination");
    return token_in(t, i, words) && !vaccine ? i + 1 : i;
}

/* "Revoir dans 3 jours si fièvre" calls nobody who has none. */
static bool is_conditional(const struct tokens *t, size_t when_end) {
    return token_is(t, when_end, "si") || (token_is(t, when_end, "en") && token_is(t, when_end + 1, "cas"));
}

/* No figure stands between a "contrôle" and its day: "contrôle de la glycémie : 1,2 g/L le …" tells of one that was. */
static bool is_plain_between(const struct tokens *t, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (t->items[i].kind == TOKEN_NUMBER) return false;
    return true;
}

/* "octobre 2026". */
static size_t match_month(const struct tokens *t, size_t i) {
    int64_t year;
    bool named = date_fr_month(t, i) >= 0 && i + 1 < t->count && t->items[i + 1].kind == TOKEN_NUMBER;
    return named && str_to_i64(t->items[i + 1].text, &year) && year > 1900 && year < 2200 ? i + 2 : i;
}

/* The day or span of the call whose words end at `from`: where it stands. */
static bool find_when(const struct tokens *t, size_t from, bool plain, size_t *start, size_t *end) {
    for (size_t i = from; i < t->count && i < from + WHEN_TOKENS_MAX; i++) {
        size_t when = match_when(t, i);
        if (when == i) when = match_month(t, i);
        if (when == i) continue;
        *start = i;
        *end = when;
        return !plain || is_plain_between(t, from, i);
    }
    return false;
}

static bool read_appointment(struct arena *arena, struct sheet *s, size_t line, struct fact_list *out) {
    const struct tokens *t = &s->tokens[line].tokens;
    for (size_t i = 0; i < t->count; i++) {
        size_t call = match_call(t, i), next = match_next(t, i), to = call > i ? call : next, start, end;
        if (to == i || denies(t, i > 3 ? i - 3 : 0, i) || !find_when(t, to, call == i, &start, &end) ||
            is_conditional(t, end))
            continue;
        struct fact f = { .type = FACT_APPOINTMENT,
                          .name = tokens_text(t, i, to),
                          .value = tokens_text(t, start, end) };
        for (size_t k = to; k < t->count; k++)
            if (token_has(t, k, WORD_DOCTOR) && doctor_end(t, k) > k + 1)
                f.name = tokens_text(t, k, doctor_end(t, k));
        return add(arena, s, line, &f, out);
    }
    return true;
}

static bool read_diagnosis(struct arena *arena, struct sheet *s, size_t line, struct fact_list *out) {
    static const char *const labels[] = { "diagnostic :",
                                          "diagnostics :",
                                          "diagnostic principal :",
                                          "diagnostic retenu :",
                                          "diagnostic de sortie :",
                                          "diagnostic final :",
                                          "hypothese diagnostique :",
                                          "dc :",
                                          "dg :",
                                          "diag :",
                                          "diagnosis :" };
    const struct tokens *t = &s->tokens[line].tokens;
    for (size_t k = 0; k < COUNT_OF(labels); k++) {
        size_t at = tokens_match(t, 0, labels[k]);
        if (at == 0 || at >= t->count) continue;
        size_t end = t->count;
        while (end > at && token_is_sign(t, end - 1, '.')) end--;
        struct fact f = { .type = FACT_DIAGNOSIS, .name = tokens_text(t, at, end) };
        return t->items[at].kind != TOKEN_WORD || add(arena, s, line, &f, out);
    }
    return true;
}

bool remark_read(struct arena *arena, struct sheet *s, struct fact_list *out) {
    for (size_t i = 0; i < s->page->count; i++) {
        if (s->page->lines[i].repeated) continue;
        if (!read_allergy(arena, s, i, out) || !read_appointment(arena, s, i, out) ||
            !read_diagnosis(arena, s, i, out))
            return false;
    }
    return true;
}
