#include "documents/person.h"

enum { NAME_TOKENS_MAX = 7, HEADER_LINES = 14, PATIENT_LINES = 40 };

static bool is_upper_letter(struct str s, size_t at) {
    unsigned char c = (unsigned char)s.p[at], next = at + 1 < s.n ? (unsigned char)s.p[at + 1] : 0;
    return (c >= 'A' && c <= 'Z') || (c == 0xC3 && next >= 0x80 && next <= 0x9E);
}

/* All letters capital, at least two of them. */
static bool is_all_capital(struct str s) {
    size_t letters = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i], next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
        if ((c >= 'a' && c <= 'z') || (c == 0xC3 && next >= 0xA0)) return false;
        letters += is_upper_letter(s, i);
    }
    return letters >= 2;
}

static bool is_particle(const struct tokens *t, size_t i) {
    return token_is(t, i, "de") || token_is(t, i, "du") || token_is(t, i, "el") || token_is(t, i, "la") ||
           token_is(t, i, "des");
}

/* Behind the name that starts at token i: capitalised words, joined by hyphens, apostrophes, particles. */
static size_t match_name(const struct tokens *t, size_t i) {
    const uint64_t never = WORD_HOUSE | WORD_PROFESSION | WORD_STREET | WORD_NO_NAME | WORD_CIVILITY |
                           WORD_DOCTOR | WORD_NOT_DRUG;
    size_t at = i, end = i;
    while (at < t->count && at - i < NAME_TOKENS_MAX && t->items[at].cell == t->items[i].cell) {
        const struct token *k = &t->items[at];
        bool joins = at > i && k->kind == TOKEN_SIGN &&
                     (token_is_sign(t, at, '-') || token_is_sign(t, at, '\'')) && k->glued;
        bool initial = at > i && token_is_sign(t, at, '.') && k->glued && t->items[at - 1].text.n == 1;
        bool digits = k->kind == TOKEN_NUMBER && k->glued && at > i && t->items[at - 1].kind == TOKEN_WORD;
        if (joins || initial || digits) {
            at++;
            if (initial || digits) end = at;
            continue;
        }
        if (k->kind != TOKEN_WORD) break;
        if (is_particle(t, at) && at + 1 < t->count && t->items[at + 1].kind == TOKEN_WORD &&
            is_upper_letter(t->items[at + 1].text, 0)) {
            at++;
            continue;
        }
        bool glued_part = k->glued && at > i && t->items[at - 1].kind == TOKEN_SIGN;
        if (!is_upper_letter(k->text, 0) || (token_has(t, at, never) && !glued_part &&
                                             !(k->text.n > 2 && is_all_capital(k->text) && at > i &&
                                               !token_has(t, at, never & ~WORD_NOT_DRUG))))
            break;
        end = ++at;
    }
    return end;
}

bool person_name_order(struct arena *arena, struct str name, struct str *out) {
    size_t cut = 0;
    *out = name;
    if (!name.p) return true;
    while (cut < name.n) { /* capital words first */
        struct str rest = str_sub(name, cut, name.n);
        size_t space = str_find_char(rest, ' ');
        if (!is_all_capital(str_sub(rest, 0, space))) break;
        cut += space + (space < rest.n);
    }
    if (cut == 0 || cut >= name.n) return true;
    struct str first = str_sub(name, cut, name.n), last = str_trim(str_sub(name, 0, cut));
    if (!is_upper_letter(first, 0) || is_all_capital(first)) return true;
    return arena_printf(arena, out, "%.*s %.*s", STR_ARG(first), STR_ARG(last));
}

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
    if (token_is_sign(t, at, ':')) at++;
    while (token_has(t, at, WORD_CIVILITY) ||
           (token_is_sign(t, at, '.') && at > i && t->items[at - 1].text.n <= 3))
        at++;
    return at;
}

/* What stands behind "Nom", with or without a civility. */
static size_t name_behind(const struct tokens *t, size_t i, size_t *from) {
    *from = skip_label(t, i);
    return match_name(t, *from);
}

static bool is_label_start(const struct tokens *t, size_t i) {
    return i == 0 || t->items[i].cell != t->items[i - 1].cell || t->items[i - 1].kind == TOKEN_SIGN ||
           token_has(t, i + 1, 0) || token_is_sign(t, i + 1, ':');
}

/* "Nom : SARR   Prénom : Ibrahima", "Nom de naissance  PAT-TROIS", "Nom et prénom : Aïssatou SOW". */
static bool read_name_labels(struct arena *arena, const struct tokens *t, struct persons *p) {
    for (size_t i = 0; i < t->count; i++) {
        size_t from, to;
        if (!is_label_start(t, i)) continue;
        bool last = token_is(t, i, "nom") || token_is(t, i, "noms"),
             first = token_is(t, i, "prenom") || token_is(t, i, "prenoms");
        if (!last && !first) continue;
        bool both = last && (tokens_match(t, i + 1, "et prenom") > i + 1 ||
                             tokens_match(t, i + 1, "et prenoms") > i + 1 ||
                             tokens_match(t, i + 1, "/ prenom") > i + 1);
        if (last && (tokens_match(t, i + 1, "d ' usage") > i + 1 ||
                     tokens_match(t, i + 1, "et prenom utilises") > i + 1))
            continue;
        to = name_behind(t, i + 1, &from);
        if (to == from) continue;
        struct str name = tokens_text(t, from, to);
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
    static const char *const labels[] = {
        "patient", "patiente", "enfant", "resident", "residente", "assure"
    };
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
            if (to > from && !offer_patient(arena, p, tokens_text(t, from, to), 90)) return false;
        }
        bool civil = token_has(t, i, WORD_CIVILITY) && !token_has(t, i + 1, WORD_DOCTOR) &&
                     is_upper_letter(t->items[i].text, 0);
        if (!civil || line > PATIENT_LINES || (i && t->items[i - 1].glued && t->items[i].glued)) continue;
        from = token_is_sign(t, i + 1, '.') ? i + 2 : i + 1;
        to = match_name(t, from);
        bool letters =
            to > from && (to - from >= 2 || t->items[from].text.n >= 4) && t->items[from].text.n > 1;
        if (letters && !offer_patient(arena, p, tokens_text(t, from, to), line < PATIENT_LINES / 2 ? 60 : 40))
            return false;
    }
    return true;
}

/* "né(e) le 14.07.1955", "Date de naissance : 28/03/1979", "DDN". A year of two digits that could be either century is no birth. */
static void read_birth(const struct sheet *s, size_t line, struct persons *p) {
    const struct tokens *t = &s->tokens[line].tokens;
    struct date_found d;
    for (size_t from = 0; p->birth.year == 0 && date_fr_next(t, from, &d); from = d.to) {
        for (size_t i = d.from, seen = 0; i-- > 0 && seen < 8; seen++) {
            bool born = token_is(t, i, "naissance") || token_is(t, i, "nee") || token_is(t, i, "ddn") ||
                        (token_is(t, i, "ne") && !token_is(t, i + 1, "pas"));
            if (!born) continue;
            if (!d.short_year || d.date.year < 2000) p->birth = d.date;
            return;
        }
    }
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
        if (!token_has(t, i, WORD_DOCTOR) || !is_upper_letter(t->items[i].text, 0)) continue;
        size_t from = token_is_sign(t, i + 1, '.') ? i + 2 : i + 1;
        if (token_has(t, from, WORD_CIVILITY)) from++;
        size_t to = match_name(t, from);
        if (to == from || (to == from + 1 && t->items[from].text.n < 3)) continue;
        offer_author(p, tokens_text(t, i, to), weigh_doctor(s, line, i, kind));
    }
}

bool persons_read(struct arena *arena, const struct sheet *s, enum document_kind kind, struct persons *p) {
    for (size_t i = 0; i < s->page->count; i++) {
        if (!read_name_labels(arena, &s->tokens[i].tokens, p) || !read_patient_labels(arena, s, i, p))
            return false;
        read_birth(s, i, p);
        read_doctors(s, i, kind, p);
    }
    return true;
}
