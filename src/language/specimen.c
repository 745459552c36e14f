#include "language/specimen.h"

#include "base/utf8.h"

/* What stands between words of a text. */
static const char between[] = " ,;:/()[]-\n";

static const struct {
    enum specimen specimen;
    const char *words;
} names[] = {
    { SPECIMEN_BLOOD,
      "sang sanguin sanguine sanguins sanguines serum serique plasma plasmatique blood deret" },
    { SPECIMEN_URINE, "urine urines urinaire urinaires ecbu pipi" },
    { SPECIMEN_STOOL, "selle selles coproculture stool" },
};

enum specimen specimen_of_word(struct str folded) {
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct str rest = str_from_c(names[i].words);
        while (rest.n)
            if (str_eq(str_next_word(&rest, between), folded)) return names[i].specimen;
    }
    return SPECIMEN_NONE;
}

enum specimen specimen_of_text(struct arena *arena, struct str printed) {
    struct str folded;
    if (printed.n == 0) return SPECIMEN_NONE;
    if (!utf8_fold(arena, printed, &folded)) return SPECIMEN_OTHER;
    while (folded.n) {
        enum specimen s = specimen_of_word(str_next_word(&folded, between));
        if (s != SPECIMEN_NONE) return s;
    }
    return SPECIMEN_OTHER;
}

enum specimen specimen_asked(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++) {
        enum specimen s = specimen_of_word(t->items[i].folded);
        if (s != SPECIMEN_NONE) return s;
    }
    return SPECIMEN_NONE;
}

bool specimen_answers(enum specimen asked, enum specimen printed) {
    if (asked == SPECIMEN_NONE || asked == printed) return true;
    return asked == SPECIMEN_BLOOD && printed == SPECIMEN_NONE;
}
