#include "documents/person.h"

#include "base/utf8.h"
#include "documents/person_birth.h"
#include "documents/person_name.h"

enum {
    HEADER_LINES = 14,
    PATIENT_LINES = 40,
    INSURED_POINTS = 50,
    BORN_POINTS = 88,
    BLOCK_POINTS = 70,
    BIRTH_SURE_BEFORE = 2000
};

static bool offer_patient(struct arena *arena, struct persons *p, struct str name, int points) {
    if (name.n < 3 || points <= p->patient_points) return true;
    p->patient_points = points;
    return person_name_order(arena, name, &p->patient);
}

static void offer_author(struct persons *p, struct str name, int points) {
    if (name.n < 4 || points <= p->author_points) return;
    p->author_points = points;
    p->author = name;
}

/* Behind a label, its colon and brackets ("Prénom(s) :"). */
static size_t skip_label(const struct tokens *t, size_t i) {
    size_t at = i;
    if (token_is_sign(t, at, '(')) {
        while (at < t->count && !token_is_sign(t, at, ')') && at - i < 4) at++;
        at++;
    }
    static const char *const more[] = { "de naissance", "du patient", "de la patiente", "et prenom",
                                        "et prenoms",   "/ prenom",   "& prenom",       "complet" };
    for (size_t k = 0; k < COUNT_OF(more); k++) {
        size_t end = tokens_match(t, at, more[k]);
        if (end > at) at = end;
    }
    if (token_is_sign(t, at, '(')) {
        while (at < t->count && !token_is_sign(t, at, ')')) at++;
        at++;
    }
    while (token_is_sign(t, at, '.') && token_is_sign(t, at + 1, '.')) at++; /* "Nom ....... FALL" */
    if (at > i && token_is_sign(t, at, '.')) at++;
    if (token_is_sign(t, at, ':')) at++;
    while (token_has(t, at, WORD_CIVILITY) ||
           (token_is_sign(t, at, '.') && at > i && t->items[at - 1].text.n <= 3))
        at++;
    return at;
}

/* What stands behind "Nom", with or without a civility. */
static size_t name_behind(const struct tokens *t, size_t i, size_t *from) {
    *from = skip_label(t, i);
    return person_match_name(t, *from);
}

static bool is_label_start(const struct tokens *t, size_t i) {
    return i == 0 || t->items[i].cell != t->items[i - 1].cell || t->items[i - 1].kind == TOKEN_SIGN ||
           token_has(t, i + 1, 0) || token_is_sign(t, i + 1, ':');
}

/* What a label at token i says: behind it, or in the cell below when it fills its own. Empty: nothing. */
static struct str labelled_name(const struct sheet *s, size_t line, size_t i) {
    const struct tokens *t = &s->tokens[line].tokens;
    size_t from, to = name_behind(t, i + 1, &from);
    if (to > from) return tokens_text(t, from, to);
    bool fills = i + 1 < t->count && t->items[i + 1].cell != t->items[i].cell &&
                 (i == 0 || t->items[i - 1].cell != t->items[i].cell);
    size_t below = fills ? person_cell_below(s, line, i) : SIZE_MAX;
    if (below == SIZE_MAX) return STR("");
    t = &s->tokens[line + 1].tokens;
    return tokens_text(t, below, person_match_name(t, below));
}

/* "Name : John MENSAH" is the whole name, "Doctor name :" not the patient's. */
static bool is_english_name(const struct tokens *t, size_t i) {
    bool others =
        i && token_in(t, i - 1, "doctor physician clinician hospital facility test drug user file brand");
    return token_is(t, i, "name") && token_is_sign(t, i + 1, ':') && !others;
}

/* "Nom : SARR   Prénom : Ibrahima", "Nom de naissance  PAT-TROIS", "Nom et prénom : Aïssatou SOW". */
static bool read_name_labels(struct arena *arena, const struct sheet *s, size_t line, struct persons *p) {
    const struct tokens *t = &s->tokens[line].tokens;
    for (size_t i = 0; i < t->count; i++) {
        if (!is_label_start(t, i)) continue;
        bool last = token_is(t, i, "nom") || token_is(t, i, "noms"),
             first = token_is(t, i, "prenom") || token_is(t, i, "prenoms"), english = is_english_name(t, i);
        if (!last && !first && !english) continue;
        bool both = english || (last && (tokens_match(t, i + 1, "et prenom") > i + 1 ||
                                         tokens_match(t, i + 1, "et prenoms") > i + 1 ||
                                         tokens_match(t, i + 1, "/ prenom") > i + 1));
        if (last && (tokens_match(t, i + 1, "d ' usage") > i + 1 ||
                     tokens_match(t, i + 1, "et prenom utilises") > i + 1))
            continue;
        struct str name = labelled_name(s, line, i);
        if (name.n == 0) continue;
        if (both) {
            if (!offer_patient(arena, p, name, 85)) return false;
        } else if (last && p->last_name.n == 0) {
            p->last_name = name;
        } else if (first && p->first_name.n == 0) {
            p->first_name = name;
        }
    }
    if (p->last_name.n && p->first_name.n == 0 && str_find_char(p->last_name, ' ') < p->last_name.n &&
        !offer_patient(arena, p, p->last_name, 65)) /* "Nom : MENDY Jean" */
        return false;
    if (p->last_name.n && p->first_name.n && p->patient_points < 95) {
        p->patient_points = 95;
        return arena_printf(arena, &p->patient, "%.*s %.*s", STR_ARG(p->first_name), STR_ARG(p->last_name));
    }
    return true;
}

/* "Patient : M. Moussa FALL", "Enfant : Khadija NDOUR", "Mme Claire DUPUIS". */
static bool read_patient_labels(struct arena *arena, const struct sheet *s, size_t line, struct persons *p) {
    static const char *const labels[] = { "patient",   "patiente", "enfant", "resident",
                                          "residente", "assure",   "child" };
    const struct tokens *t = &s->tokens[line].tokens;
    for (size_t i = 0; i < t->count; i++) {
        size_t from, to;
        for (size_t k = 0; k < COUNT_OF(labels); k++) {
            if (!token_is(t, i, labels[k])) continue;
            bool alone = t->count == i + 1 || (t->count == i + 2 && token_is_sign(t, i + 1, ':'));
            if (alone && i == 0 && line + 1 < s->page->count) {
                const struct tokens *below = &s->tokens[line + 1].tokens;
                to = name_behind(below, 0, &from);
                if (to == below->count && to - from >= 2 &&
                    !offer_patient(arena, p, tokens_text(below, from, to), 75))
                    return false;
            }
            if (!token_is_sign(t, i + 1, ':') && !(i == 0 && token_has(t, i + 1, WORD_CIVILITY))) continue;
            to = name_behind(t, i + 1, &from);
            int points =
                token_is(t, i, "assure") ? INSURED_POINTS : 90; /* a child's paper names the parent so */
            if (to > from && !offer_patient(arena, p, tokens_text(t, from, to), points)) return false;
        }
        bool civil = token_has(t, i, WORD_CIVILITY) && !token_has(t, i + 1, WORD_DOCTOR) &&
                     utf8_is_capital(t->items[i].text, 0);
        if (!civil || line > PATIENT_LINES || (i && t->items[i - 1].glued && t->items[i].glued)) continue;
        from = token_is_sign(t, i + 1, '.') ? i + 2 : i + 1;
        to = person_match_name(t, from);
        if (person_is_another_before(t, i) || person_is_another_behind(t, to)) continue;
        bool letters =
            to > from && (to - from >= 2 || t->items[from].text.n >= 4) && t->items[from].text.n > 1;
        if (letters && !offer_patient(arena, p, tokens_text(t, from, to), line < PATIENT_LINES / 2 ? 60 : 40))
            return false;
    }
    return true;
}

/* How much a doctor's name says about who signs, from the words before it on its line and in the line above. */
static int weigh_doctor(const struct sheet *s, size_t line, size_t at, enum document_kind kind) {
    static const char never[] =
        "prescripteur destinataire attention copie traitant correspondant adresse confrere "
        "avec chez rendez rdv organisation cher";
    static const char signs[] =
        "auteur auteurs signataire signe valide valides biologiste biologistes prescripteur "
        "redacteur radiologue operateur";
    const struct tokens *t = &s->tokens[line].tokens;
    for (size_t i = at, seen = 0; i-- > 0 && seen < 8; seen++) {
        if (token_in(t, i, signs) && !(kind == KIND_LABORATORY && token_is(t, i, "prescripteur"))) return 95;
        if (token_in(t, i, never)) return 0;
        if (token_is(t, i, "cabinet") && t->items[i].cell == t->items[at].cell) return 0;
        if (token_is(t, i, "medecin")) return 90;
    }
    for (size_t i = at; i < t->count; i++)
        if (token_is(t, i, "biologiste") || token_is(t, i, "biologistes")) return 92;
    if (kind == KIND_LABORATORY) return 0;
    if (line < HEADER_LINES) return at == 0 || t->items[at].cell == 0 ? 80 : 70;
    return at == 0 || t->items[at].cell != t->items[at - 1].cell ? 65 : 20;
}

static void read_doctors(const struct sheet *s, size_t line, enum document_kind kind, struct persons *p) {
    const struct tokens *t = &s->tokens[line].tokens;
    for (size_t i = 0; i < t->count; i++) {
        if (!token_has(t, i, WORD_DOCTOR) || !utf8_is_capital(t->items[i].text, 0)) continue;
        size_t from = token_is_sign(t, i + 1, '.') ? i + 2 : i + 1;
        from = person_skip_initials(t, from);
        if (token_has(t, from, WORD_CIVILITY)) from++;
        size_t to = person_match_name(t, from);
        if (to == from || (t->items[from].text.n < 3 && to <= from + 2)) continue;
        offer_author(p, tokens_text(t, i, to), weigh_doctor(s, line, i, kind));
    }
}

/* "Modou FALL, né le 12/03/1980" */
static bool read_born_name(struct arena *arena, const struct sheet *s, size_t line, struct persons *p) {
    const struct tokens *t = &s->tokens[line].tokens;
    size_t from = 0, to = person_name_before_birth(t, &from);
    if (to == from && line && token_in(t, 0, "ne nee")) { /* the name ends the line above */
        t = &s->tokens[line - 1].tokens;
        from = to = t->count;
        while (from && person_match_name(t, from - 1) == t->count) from--;
        bool whole = to - from >= 2 && person_is_all_capital(t->items[from].text);
        if (!whole || person_is_another_before(t, from)) return true;
    }
    return to == from || offer_patient(arena, p, tokens_text(t, from, to), BORN_POINTS);
}

/* Years between two days, whole ones. */
static int years_between(struct date a, struct date b) {
    bool before = b.month < a.month || (b.month == a.month && b.day < a.day);
    return b.year - a.year - before;
}

static bool is_confirmed(const struct person_signs *g, struct date paper) {
    if (g->number_month) return g->birth.year % 100 == g->number_year && g->birth.month == g->number_month;
    if (paper.year == 0) return g->civil && g->birth.year < BIRTH_SURE_BEFORE;
    int years = years_between(g->birth, paper);
    if (g->age >= 0) return years == g->age;
    return g->civil && years >= 1;
}

bool persons_settle(struct arena *arena, struct persons *p, struct date paper) {
    const struct person_signs *g = &p->signs;
    if (g->birth.year == 0 || !is_confirmed(g, paper)) return true;
    if (p->birth.year == 0) p->birth = g->birth;
    return offer_patient(arena, p, g->name, BLOCK_POINTS);
}

bool persons_read(struct arena *arena, const struct sheet *s, enum document_kind kind, bool enclosed,
                  struct persons *p) {
    for (size_t i = 0; i < s->page->count; i++) {
        if (!read_name_labels(arena, s, i, p) || !read_patient_labels(arena, s, i, p)) return false;
        person_read_birth(s, i, p);
        person_read_signs(s, i, &p->signs);
        if (!read_born_name(arena, s, i, p)) return false;
        if (!enclosed) read_doctors(s, i, kind, p);
    }
    return true;
}
