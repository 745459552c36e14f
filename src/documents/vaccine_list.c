#include "documents/vaccine_list.h"

#include "documents/drug_list.h"

enum { JOINED_MAX = 6, NEAR_LETTERS_MIN = 7 };

static bool is_joint(const struct tokens *t, size_t i) {
    return token_is_sign(t, i, '-') || token_is_sign(t, i, '/') || token_is_sign(t, i, '+');
}

/* The words of a name from token i on, signs between them ("D.T.P.", "COVID-19") left out: behind them, or i. */
static size_t match_words(const struct tokens *t, size_t i, const char *words) {
    struct str rest = str_from_c(words);
    size_t at = i;
    while (rest.n) {
        size_t n = str_find_char(rest, ' ');
        if (at > i && (is_joint(t, at) || token_is_sign(t, at, '.'))) at++;
        if (at >= t->count || !str_eq(t->items[at].fold, str_sub(rest, 0, n))) return i;
        at++;
        rest = str_sub(rest, n + 1, rest.n);
    }
    return at;
}

/* A long name of one word in which a letter was read wrongly. */
static size_t match_near(const struct tokens *t, size_t i, struct vaccine *out) {
    const struct token *k = &t->items[i];
    if (k->kind != TOKEN_WORD || k->fold.n < NEAR_LETTERS_MIN) return i;
    for (size_t n = 0; n < vaccine_name_count; n++) {
        struct str name = str_from_c(vaccine_names[n].words);
        if (name.n < NEAR_LETTERS_MIN || str_find_char(name, ' ') < name.n || !drug_names_near(k->fold, name))
            continue;
        *out = (struct vaccine) { vaccine_names[n].against, vaccine_names[n].is_sure };
        return i + 1;
    }
    return i;
}

static size_t match_one(const struct tokens *t, size_t i, bool tolerant, struct vaccine *out) {
    size_t best = i;
    if (i >= t->count || t->items[i].kind != TOKEN_WORD || t->items[i].fold.n == 0) return i;
    for (size_t n = 0; n < vaccine_name_count; n++) {
        if (vaccine_names[n].words[0] != t->items[i].fold.p[0]) continue;
        size_t end = match_words(t, i, vaccine_names[n].words);
        if (end <= best) continue;
        best = end;
        *out = (struct vaccine) { vaccine_names[n].against, vaccine_names[n].is_sure };
    }
    return best > i || !tolerant ? best : match_near(t, i, out);
}

size_t vaccine_match(const struct tokens *t, size_t i, bool tolerant, struct vaccine *out) {
    struct vaccine more;
    size_t end = match_one(t, i, tolerant, out);
    if (end == i) return i;
    for (size_t joined = 1; joined < JOINED_MAX; joined++) {
        bool bracket = token_is_sign(t, end, '(');
        if (!bracket && !is_joint(t, end)) break;
        size_t next = match_one(t, end + 1, tolerant, &more);
        if (next == end + 1 || (bracket && !token_is_sign(t, next, ')'))) break;
        out->against |= more.against;
        out->is_sure |= more.is_sure;
        end = bracket ? next + 1 : next;
    }
    return end;
}
