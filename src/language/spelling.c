#include "language/spelling.h"

/* A word that is two: which one its neighbour says. */
static const struct {
    const char *words, *before, *after; /* NULL: whatever stands there */
    const char *means;                  /* NULL: the word itself */
} pairs[] = {
    { "kan", NULL, "mooy moo moy mo moom ci", NULL },
    { "x", NULL, "ray rays", NULL },
    { "we", NULL,
      "pay paid need needed do did have had are were must should can could will use give take took go went keep get",
      NULL },
    { "we", "do did should can could will must have were are shall may when what where how if", NULL, NULL },
    { "fe fai", "ca elle il me on sa se", NULL, "fait" },
    { "fer", "me m se s te nous vous va vais vas peux peut peu veux veut dois doit faut pour", NULL,
      "faire" },
};

static bool fits(struct str word, const char *words) {
    return words == NULL || str_in_words(word, words);
}

struct str spelling_beside(struct str word, struct str before, struct str after) {
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        if (!str_in_words(word, pairs[i].words) || !fits(before, pairs[i].before) ||
            !fits(after, pairs[i].after))
            continue;
        return pairs[i].means ? str_from_c(pairs[i].means) : word;
    }
    return (struct str) { "", 0 };
}
