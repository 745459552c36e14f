#include "documents/person_name.h"

#include "base/utf8.h"
#include "documents/person.h"

enum { NAME_TOKENS_MAX = 7, OTHER_TOKENS_MAX = 5 };

bool person_is_all_capital(struct str s) {
    size_t letters = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (utf8_is_small(s, i)) return false;
        letters += utf8_is_capital(s, i);
    }
    return letters >= 2;
}

static bool is_particle(const struct tokens *t, size_t i) {
    return token_is(t, i, "de") || token_is(t, i, "du") || token_is(t, i, "el") || token_is(t, i, "la") ||
           token_is(t, i, "des");
}

size_t person_match_name(const struct tokens *t, size_t i) {
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
            utf8_is_capital(t->items[at + 1].text, 0)) {
            at++;
            continue;
        }
        bool glued_part = k->glued && at > i && t->items[at - 1].kind == TOKEN_SIGN;
        if (!utf8_is_capital(k->text, 0) || (token_has(t, at, never) && !glued_part &&
                                             !(k->text.n > 2 && person_is_all_capital(k->text) && at > i &&
                                               !token_has(t, at, never & ~WORD_NOT_DRUG))))
            break;
        end = ++at;
    }
    return end;
}

size_t person_skip_initials(const struct tokens *t, size_t i) {
    size_t at = i;
    while (at + 2 < t->count && t->items[at].kind == TOKEN_WORD && t->items[at].text.n == 1 &&
           utf8_is_capital(t->items[at].text, 0) && token_is_sign(t, at + 1, '.') && t->items[at + 1].glued &&
           t->items[at + 2].kind == TOKEN_WORD && utf8_is_capital(t->items[at + 2].text, 0))
        at += 2;
    return at;
}

bool person_name_order(struct arena *arena, struct str name, struct str *out) {
    size_t cut = 0;
    *out = name;
    if (!name.p) return true;
    while (cut < name.n) { /* capital words first */
        struct str rest = str_sub(name, cut, name.n);
        size_t space = str_find_char(rest, ' ');
        if (!person_is_all_capital(str_sub(rest, 0, space))) break;
        cut += space + (space < rest.n);
    }
    if (cut == 0 || cut >= name.n) return true;
    struct str first = str_sub(name, cut, name.n), last = str_trim(str_sub(name, 0, cut));
    if (!utf8_is_capital(first, 0) || person_is_all_capital(first)) return true;
    return arena_printf(arena, out, "%.*s %.*s", STR_ARG(first), STR_ARG(last));
}

/* People of a paper who are no patient: relatives, and those who wrote it. */
static const char others[] =
    "mere pere maman papa mari conjoint conjointe epoux tuteur tutrice tante oncle frere soeur fils fille accompagnant "
    "accompagnante accompagne accompagnee contact garant prevenir confiance temoin assure parent parents representant "
    "mother father husband wife guardian secretaire technicien technicienne infirmier infirmiere ide redige saisi edite valide "
    "signe destinataire prescripteur biologiste directeur directrice attention copie cc manipulateur manipulatrice";

bool person_is_another_before(const struct tokens *t, size_t i) {
    if (i && token_is(t, i - 1, "par")) return true;
    for (size_t k = i, seen = 0; k-- > 0 && seen < OTHER_TOKENS_MAX; seen++)
        if (token_in(t, k, others)) return true;
    return false;
}

bool person_is_another_behind(const struct tokens *t, size_t i) {
    bool part = token_is_sign(t, i, ',') || token_is_sign(t, i, '(') || token_is_sign(t, i, '-');
    return part && (token_has(t, i + 1, WORD_PROFESSION) || token_in(t, i + 1, others));
}
