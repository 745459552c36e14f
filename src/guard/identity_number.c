/*
 * identity_number -- birth dates, and numbers that stand for a person: insurance, file, identity card.
 */
#include "guard/guard_words.h"
#include "guard/identity.h"
#include "language/day_token.h"

enum { BIRTH_WORDS_MAX = 5, LABEL_WORDS_MAX = 4, NUMBER_DIGITS_MIN = 8, LABELLED_DIGITS_MIN = 3 };

static bool is_birth_label(const struct identity_search *s, size_t i) {
    struct str folded = s->tokens->items[i].folded;
    if (word_in(folded, &words_birth)) return true;
    return str_in_words(folded, "ne nee") && i + 1 < s->tokens->count &&
           str_in_words(s->tokens->items[i + 1].folded, "le en e");
}

static void find_births(struct identity_search *s) {
    struct day_token found;
    size_t label = SIZE_MAX;
    for (size_t i = 0; i < s->tokens->count; i++) {
        if (is_birth_label(s, i)) label = i;
        if (!day_token_at(s->text, s->tokens, i, &found)) continue;
        bool labelled = label != SIZE_MAX && i - label <= BIRTH_WORDS_MAX;
        bool known = s->known->birth.year && date_compare(found.date, s->known->birth) == 0;
        if (labelled || known)
            identity_add(s, s->tokens->items[i].at, identity_token_end(s, found.last), IDENTITY_BIRTH);
        if (labelled) label = SIZE_MAX;
    }
}

static size_t digits_of(struct str word) {
    size_t n = 0;
    for (size_t i = 0; i < word.n; i++) n += is_digit(word.p[i]);
    return n;
}

static bool is_number_label(struct str folded) {
    return word_in(folded, &words_number_label);
}

/* The run without a blank that the token stands in. */
static void add_word(struct identity_search *s, size_t i) {
    size_t from = s->tokens->items[i].at, to = identity_token_end(s, i);
    while (from > 0 && !strchr(" \n\t:", s->text.p[from - 1])) from--;
    while (to < s->text.n && !strchr(" \n\t,;", s->text.p[to])) to++;
    identity_add(s, from, to, IDENTITY_NUMBER);
}

/* "Dossier n° 2024-117", "N° Sécurité sociale : 1 75 03 …": all groups of digits that follow. */
static void find_labelled(struct identity_search *s, size_t label) {
    size_t i = label + 1;
    while (i < s->tokens->count && i - label <= LABEL_WORDS_MAX && digits_of(identity_source(s, i)) == 0 &&
           word_in(s->tokens->items[i].folded, &words_number_link))
        i++;
    if (i >= s->tokens->count || !identity_same_line(s, label, i)) return;
    size_t digits = 0, last = i;
    for (size_t k = i; k < s->tokens->count && digits_of(identity_source(s, k)); k++) {
        if (k > i && !identity_is_close(s, k - 1, 1)) break;
        digits += digits_of(identity_source(s, k));
        last = k;
    }
    if (digits < LABELLED_DIGITS_MIN) return;
    for (size_t k = i; k <= last; k++) add_word(s, k);
}

/* "1 75 03 78 123 456 78": sex, year, month of an insurance number (France). */
static bool is_insurance_number(const struct identity_search *s, size_t i, size_t *last) {
    static const size_t bytes[] = { 1, 2, 2, 2, 3, 3 };
    for (size_t k = 0; k < COUNT_OF(bytes); k++)
        if (i + k >= s->tokens->count || !s->tokens->items[i + k].number ||
            s->tokens->items[i + k].bytes != bytes[k] || (k && !identity_is_close(s, i + k - 1, 1)))
            return false;
    *last = i + COUNT_OF(bytes) - 1;
    bool keyed = *last + 1 < s->tokens->count && s->tokens->items[*last + 1].number &&
                 s->tokens->items[*last + 1].bytes == 2 && identity_is_close(s, *last, 1);
    *last += keyed;
    return true;
}

void identity_find_numbers(struct identity_search *s) {
    size_t last;
    find_births(s);
    for (size_t i = 0; i < s->tokens->count; i++) {
        if (is_number_label(s->tokens->items[i].folded)) find_labelled(s, i);
        if (is_insurance_number(s, i, &last))
            identity_add(s, s->tokens->items[i].at, identity_token_end(s, last), IDENTITY_NUMBER);
        struct str source = identity_source(s, i);
        if (s->tokens->items[i].number && digits_of(source) >= NUMBER_DIGITS_MIN &&
            digits_of(source) == source.n)
            identity_add(s, s->tokens->items[i].at, identity_token_end(s, i), IDENTITY_NUMBER);
    }
}
