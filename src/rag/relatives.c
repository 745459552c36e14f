#include "rag/relatives.h"

#include "rag/words.h"

static const char *const names[] = {
    "familial", "familiale", "familiales", "familiaux",  "famille",  "father",     "fille",  "fils",
    "frere",    "freres",    "grand",      "maman",      "maternel", "maternelle", "mere",   "mother",
    "oncle",    "papa",      "paternel",   "paternelle", "pere",     "soeur",      "soeurs", "tante"
};

bool relatives_are_named(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++)
        if (words_in_sorted(names, COUNT_OF(names), t->items[i].folded)) return true;
    return false;
}
