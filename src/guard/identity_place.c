/*
 * identity_place -- postal addresses: streets, villas, boxes, towns behind their code.
 */
#include "guard/identity.h"

#include "guard/guard_words.h"
#include "language/names.h"

enum { NEAR_WORDS_MAX = 3, CODE_DIGITS = 5 };

/* A street by its kind. The second list only counts beside a number: its words mean other things too. */
static bool is_street(struct str folded) {
    return word_in(folded, &words_street);
}

static bool is_street_with_number(struct str folded) {
    return word_in(folded, &words_street_numbered);
}

static bool is_address_label(struct str folded) {
    return word_in(folded, &words_address_label);
}

/* The number before ("12, rue …", "12 bis rue …"): its token, or i. */
static size_t number_before(const struct identity_search *s, size_t i) {
    for (size_t k = i; k-- > 0 && i - k <= NEAR_WORDS_MAX && identity_same_line(s, k, i);) {
        if (s->tokens->items[k].number) return k;
        if (!str_in_words(s->tokens->items[k].folded, "bis ter b")) break;
    }
    return i;
}

static bool has_number_behind(const struct identity_search *s, size_t i) {
    for (size_t k = i + 1; k < s->tokens->count && k - i <= NEAR_WORDS_MAX && identity_same_line(s, i, k);
         k++)
        if (s->tokens->items[k].number) return true;
    return false;
}

/* To the end of the line: what stands behind a street belongs to it. */
static void add_from(struct identity_search *s, size_t token) {
    identity_add(s, s->tokens->items[token].at, identity_line_end(s, identity_token_end(s, token)),
                 IDENTITY_ADDRESS);
}

/* "75012 PARIS", "11500 Dakar" at the start of a line. */
static bool is_town(const struct identity_search *s, size_t i) {
    const struct token *t = &s->tokens->items[i];
    bool first = t->at == 0 || s->text.p[t->at - 1] == '\n' || (t->at > 1 && s->text.p[t->at - 2] == ' ');
    return first && t->number && t->bytes == CODE_DIGITS && i + 1 < s->tokens->count &&
           identity_is_capital(s, i + 1) && identity_is_close(s, i, 2) &&
           !names_lab(s->tokens->items[i + 1].folded);
}

void identity_find_places(struct identity_search *s) {
    for (size_t i = 0; i < s->tokens->count; i++) {
        struct str folded = s->tokens->items[i].folded;
        size_t before = number_before(s, i);
        bool numbered = before < i || has_number_behind(s, i);
        bool street =
            is_street(folded) && (numbered || (i + 1 < s->tokens->count && identity_same_line(s, i, i + 1)));
        if (street || (is_street_with_number(folded) && numbered)) add_from(s, before);
        if (is_town(s, i)) add_from(s, i);
        if (is_address_label(folded) && i + 1 < s->tokens->count && identity_same_line(s, i, i + 1))
            add_from(s, i + 1);
    }
}
