#include "documents/remark.h"

#include "documents/date_fr.h"
#include "documents/dosage_match.h"

enum { NAME_TOKENS_MAX = 14 };

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
    return number > i + 1 && token_has(t, number, WORD_SPAN) ? number + 1 : i;
}

/* Behind the name of a doctor: "Dr Coumba TALL". */
static size_t doctor_end(const struct tokens *t, size_t i) {
    size_t at = i + 1;
    if (token_is_sign(t, at, '.')) at++;
    while (at < t->count && t->items[at].kind == TOKEN_WORD && !str_eq(t->items[at].text, t->items[at].fold))
        at++;
    return at;
}

static bool read_appointment(struct arena *arena, struct sheet *s, size_t line, struct fact_list *out) {
    static const char *const calls[] = { "rendez - vous",
                                         "rdv",
                                         "prochain rendez - vous",
                                         "prochaine consultation",
                                         "consultation de controle",
                                         "controle prevu",
                                         "a revoir",
                                         "revoir le patient",
                                         "revoir la patiente",
                                         "prochain controle",
                                         "prochain rdv",
                                         "visite de controle",
                                         "prochaine visite" };
    const struct tokens *t = &s->tokens[line].tokens;
    size_t from = 0, to = 0;
    for (size_t i = 0; i < t->count && to == 0; i++)
        for (size_t k = 0; k < COUNT_OF(calls) && to == 0; k++)
            if (tokens_match(t, i, calls[k]) > i) {
                from = i;
                to = tokens_match(t, i, calls[k]);
            }
    if (to == 0 || denies(t, from > 3 ? from - 3 : 0, from)) return true;
    struct fact f = { .type = FACT_APPOINTMENT, .name = tokens_text(t, from, to) };
    for (size_t i = to; i < t->count; i++) {
        size_t when = match_when(t, i);
        if (when > i && f.value.n == 0) f.value = tokens_text(t, i, when);
        if (token_has(t, i, WORD_DOCTOR) && doctor_end(t, i) > i + 1)
            f.name = tokens_text(t, i, doctor_end(t, i));
    }
    return f.value.n == 0 || add(arena, s, line, &f, out);
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
