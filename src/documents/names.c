/*
 * names -- is this paper about this patient?
 *
 * Papers write names in every order and case, with maiden names and second first names; OCR adds its own. So only a clear
 * contradiction counts: another birth date, or a name of which no word is one of the patient's.
 */
#include "documents/ingest.h"

#include "base/utf8.h"

/* Words of many names that say nothing about whose it is. Names of two letters (Ba, Sy, Ka) are names. */
static const char *const particles[] = { "de",     "du",  "des", "el", "le", "la",    "ep",
                                         "epouse", "nee", "mme", "mr", "dr", "melle", "mlle" };

static bool says_nothing(struct str word) {
    for (size_t i = 0; i < COUNT_OF(particles); i++)
        if (str_eq(word, str_from_c(particles[i]))) return true;
    return word.n < 2;
}

/* Takes the next word of folded text from *rest; false at the end. */
static bool next_word(struct str *rest, struct str *word) {
    size_t i = 0, from;
    while (i < rest->n && !is_letter_byte(rest->p[i])) i++;
    for (from = i; i < rest->n && is_letter_byte(rest->p[i]);) i++;
    *word = str_sub(*rest, from, i - from);
    *rest = str_sub(*rest, i, rest->n);
    return word->n > 0;
}

static bool has_word(struct str text, struct str wanted) {
    struct str word;
    while (next_word(&text, &word))
        if (str_eq(word, wanted)) return true;
    return false;
}

static bool share_a_word(struct str a, struct str b) {
    struct str word;
    while (next_word(&a, &word))
        if (!says_nothing(word) && has_word(b, word)) return true;
    return false;
}

bool document_names_another(struct arena *a, const struct document_reading *r, struct str first_name,
                            struct str last_name, struct date birth) {
    struct str full, record, paper;

    if (r->patient_birth.year && birth.year && date_compare(r->patient_birth, birth) != 0) return true;
    if (r->patient_name.n == 0) return false;
    if (!arena_printf(a, &full, "%.*s %.*s", STR_ARG(first_name), STR_ARG(last_name))) return false;
    if (!utf8_fold(a, full, &record) || !utf8_fold(a, r->patient_name, &paper)) return false;
    return !share_a_word(record, paper);
}
