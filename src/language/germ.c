#include "language/germ.h"

#include "base/utf8.h"
#include "language/names.h"

/* What stands between words of a text. */
static const char between[] = " ,;:/()[]+-\n\t";

enum { MEDICINE_LETTERS_MIN = 5 };

static bool is_susceptibility(struct str folded) {
    static const char *const words[] = { "sensible",   "sensibles",  "resistant",
                                         "resistante", "resistants", "intermediaire" };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq(folded, str_from_c(words[i]))) return true;
    return false;
}

static bool is_mark(struct str folded) {
    return folded.n == 1 && strchr("sri", folded.p[0]);
}

static bool names_medicine(struct str name) {
    while (name.n) {
        struct str word = str_next_word(&name, between);
        if (word.n >= MEDICINE_LETTERS_MIN && !names_lab(word) &&
            (names_is_drug(word) || names_ends_like_drug(word)))
            return true;
    }
    return false;
}

bool germ_is_row(struct arena *arena, const struct fact *f) {
    struct str rest, word = { "", 0 };
    if (f->type != FACT_LAB_VALUE || !names_medicine(f->name_folded)) return false;
    if (!utf8_fold(arena, f->quote, &rest)) return false;
    while (rest.n) {
        struct str next = str_next_word(&rest, between);
        if (next.n) word = next;
        if (str_eq(next, STR("cmi")) || is_susceptibility(next)) return true;
    }
    return is_mark(word);
}

bool germ_is_word(struct str folded) {
    static const char *const words[] = { "antibiogramme", "bacterie", "bacteries", "germe", "germes", "cmi" };
    for (size_t k = 0; k < COUNT_OF(words); k++)
        if (str_eq(folded, str_from_c(words[k]))) return true;
    return is_susceptibility(folded);
}

bool germ_is_asked(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++)
        if (germ_is_word(t->items[i].folded)) return true;
    return false;
}
