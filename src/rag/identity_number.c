/*
 * identity_number -- birth dates, and numbers that stand for a person: insurance, file, identity card.
 */
#include "rag/identity.h"

enum {
    BIRTH_WORDS_MAX = 5,
    LABEL_WORDS_MAX = 4,
    NUMBER_DIGITS_MIN = 8,
    LABELLED_DIGITS_MIN = 3,
    SHORT_YEAR_TURN = 50
};

/* A day that is written over some tokens. */
struct day_found {
    struct date date;
    size_t last; /* token */
};

static int number_at(const struct identity_search *s, size_t i, size_t digits_max) {
    int64_t n;
    if (i >= s->tokens->count || !s->tokens->items[i].number || s->tokens->items[i].bytes > digits_max)
        return -1;
    return str_to_i64(s->tokens->items[i].folded, &n) && n >= 0 ? (int)n : -1;
}

static int month_of(struct str folded) {
    static const char *const months[] = { "janvier janv jan january",
                                          "fevrier fevr fev feb february",
                                          "mars mar march",
                                          "avril avr apr april",
                                          "mai may",
                                          "juin june jun",
                                          "juillet juil july jul",
                                          "aout aug august",
                                          "septembre sept sep september",
                                          "octobre oct october",
                                          "novembre nov november",
                                          "decembre dec december" };
    for (int m = 0; m < 12; m++)
        if (str_in_words(folded, months[m])) return m + 1;
    return -1;
}

static int full_year(int year, size_t digits) {
    if (digits >= 4) return year;
    return year < SHORT_YEAR_TURN ? 2000 + year : 1900 + year;
}

/* "12/03/1975", "12.3.75" (one number and a dot: "12.3"), "1975-03-12", "12 mars 1975", "1er mars 1975", "March 12, 1975". */
static bool day_at(const struct identity_search *s, size_t i, struct day_found *out) {
    size_t k = i + 1, n = s->tokens->count;
    struct str dotted = s->tokens->items[i].folded;
    size_t dot = str_find_char(dotted, '.');
    int64_t day, month;
    if (s->tokens->items[i].number &&
        dot < dotted.n) { /* the reader of words took "12.03" or "12.03.1975" for one number */
        struct str rest = str_sub(dotted, dot + 1, dotted.n);
        size_t second = str_find_char(rest, '.');
        int64_t year;
        if (second == rest.n || !str_to_i64(str_sub(dotted, 0, dot), &day) ||
            !str_to_i64(str_sub(rest, 0, second), &month) ||
            !str_to_i64(str_sub(rest, second + 1, rest.n), &year))
            return false;
        *out = (struct day_found) { { full_year((int)year, rest.n - second - 1), (int)month, (int)day }, i };
        return date_is_valid(out->date);
    }
    int first = number_at(s, i, 4);
    bool named = first < 0 && month_of(dotted) > 0;
    if ((first < 0 && !named) || k >= n) return false;
    if (k < n && str_in_words(s->tokens->items[k].folded, "er st nd rd th")) k++;
    if (k + 1 >= n || !identity_same_line(s, i, k + 1)) return false;
    int middle = named                     ? number_at(s, k, 2)
                 : number_at(s, k, 2) >= 0 ? number_at(s, k, 2)
                                           : month_of(s->tokens->items[k].folded);
    size_t last = k + 1;
    if (last < n && named && str_in_words(s->tokens->items[last].folded, "st nd rd th")) last++;
    int third = number_at(s, last, 4);
    if (middle < 0 || third < 0) return false;
    struct date d =
        named ? (struct date) { full_year(third, s->tokens->items[last].bytes), month_of(dotted), middle }
        : s->tokens->items[i].bytes == 4
            ? (struct date) { first, middle, third }
            : (struct date) { full_year(third, s->tokens->items[last].bytes), middle, first };
    *out = (struct day_found) { d, last };
    return date_is_valid(d);
}

static bool is_birth_label(const struct identity_search *s, size_t i) {
    struct str folded = s->tokens->items[i].folded;
    if (str_in_words(folded, "naissance ddn dob birth born birthdate birthday")) return true;
    return str_in_words(folded, "ne nee") && i + 1 < s->tokens->count &&
           str_in_words(s->tokens->items[i + 1].folded, "le en e");
}

static void find_births(struct identity_search *s) {
    struct day_found found;
    size_t label = SIZE_MAX;
    for (size_t i = 0; i < s->tokens->count; i++) {
        if (is_birth_label(s, i)) label = i;
        if (!day_at(s, i, &found)) continue;
        bool labelled = label != SIZE_MAX && i - label <= BIRTH_WORDS_MAX;
        bool known = s->known->birth.year && date_compare(found.date, s->known->birth) == 0;
        if (labelled || known)
            identity_add(s, s->tokens->items[i].at, identity_token_end(s, found.last), IDENTITY_BIRTH);
        if (labelled) label = SIZE_MAX;
    }
}

static size_t digits_of(struct str word) {
    size_t n = 0;
    for (size_t i = 0; i < word.n; i++) n += word.p[i] >= '0' && word.p[i] <= '9';
    return n;
}

static bool is_number_label(struct str folded) {
    return str_in_words(
        folded,
        "nir ipp nip iep cni rpps finess adeli matricule ins dossier passeport securite ssn identifiant nin "
        "immatriculation facture prelevement demande echantillon venue sejour mrn file");
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
           str_in_words(s->tokens->items[i].folded, "n no num numero sociale medical patient est du de d"))
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
