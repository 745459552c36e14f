#include "language/combination.h"

#include "language/names.h"

struct str combination_of(struct str folded, bool tolerant) {
    struct str substances = names_substances(folded, tolerant);
    return str_find_char(substances, '+') < substances.n ? substances : (struct str) { "", 0 };
}

struct str combination_key(struct str substance) {
    struct str word, key = { "", 0 };
    while ((word = names_next_word(&substance)).n)
        if (!names_is_shared(word) && word.n > key.n) key = word;
    return key;
}

bool combination_stands_in(struct str substances, struct str folded) {
    struct str substance;
    while ((substance = str_next_word(&substances, "+")).n)
        if (!names_hold_word(folded, combination_key(substance))) return false;
    return true;
}

bool combination_is(struct str substances, struct str folded) {
    struct str word, rest = folded;
    while ((word = names_next_word(&rest)).n) {
        struct str of_word = names_substances(word, false);
        if (str_eq(of_word, substances)) return true;
        if (of_word.n && !names_is_shared(word) && !names_hold_word(substances, word)) return false;
    }
    return combination_stands_in(substances, folded);
}
