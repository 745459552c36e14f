#include "rag/specimen.h"

#include "base/utf8.h"

static const struct {
    enum specimen specimen;
    const char *words;
} names[] = {
    { SPECIMEN_BLOOD,
      "sang sanguin sanguine sanguins sanguines serum serique plasma plasmatique blood deret" },
    { SPECIMEN_URINE, "urine urines urinaire urinaires ecbu pipi" },
    { SPECIMEN_STOOL, "selle selles coproculture stool" },
};

static struct str next_word(struct str *rest) {
    static const char between[] = " ,;:/()[]-\n";
    size_t start = 0;
    while (start < rest->n && strchr(between, rest->p[start])) start++;
    size_t end = start;
    while (end < rest->n && !strchr(between, rest->p[end])) end++;
    struct str word = str_sub(*rest, start, end - start);
    *rest = str_sub(*rest, end, rest->n);
    return word;
}

enum specimen specimen_of_word(struct str folded) {
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct str rest = str_from_c(names[i].words);
        while (rest.n)
            if (str_eq(next_word(&rest), folded)) return names[i].specimen;
    }
    return SPECIMEN_NONE;
}

enum specimen specimen_of_text(struct arena *arena, struct str printed) {
    struct str folded;
    if (printed.n == 0) return SPECIMEN_NONE;
    if (!utf8_fold(arena, printed, &folded)) return SPECIMEN_OTHER;
    while (folded.n) {
        enum specimen s = specimen_of_word(next_word(&folded));
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
