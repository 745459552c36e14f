#include "language/insulin.h"

#include "language/language_words.h"
#include "language/names.h"

enum { KIND_WITHIN = 2 }; /* tokens behind "insuline", one before it */

/* Names that are an insulin by themselves, and words that tell the kind beside "insuline". */
static const struct insulin_kind {
    const char *names, *words;
    enum insulin kind;
} kinds[] = {
    { "actrapid humalog liprolog novorapid fiasp apidra lyumjev lispro aspart asparte glulisine",
      "rapide rapides ultrarapide rapid ordinaire regular prandiale prandial bolus", INSULIN_RAPID },
    { "lantus toujeo abasaglar semglee levemir tresiba insulatard glargine detemir degludec",
      "lente lentes basale basal nph intermediaire retard isophane long", INSULIN_BASAL },
    { "mixtard novomix", "mixte mixtes mix premelangee premelange biphasique melangee", INSULIN_MIXED },
};

static enum insulin kind_of_name(struct str folded) {
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_in_words(folded, kinds[i].names)) return kinds[i].kind;
    return INSULIN_NONE;
}

static enum insulin kind_of_word(struct str folded) {
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_in_words(folded, kinds[i].words)) return kinds[i].kind;
    return kind_of_name(folded);
}

static bool is_insulin(struct str folded) {
    return word_in(folded, &words_insulin);
}

enum insulin insulin_asked(const struct tokens *t, size_t token, size_t *by) {
    struct str word = t->items[token].folded;
    enum insulin named = kind_of_name(word);
    *by = token;
    if (named != INSULIN_NONE || !is_insulin(word)) return named;
    for (size_t i = token ? token - 1 : 0; i < t->count && i <= token + KIND_WITHIN; i++) {
        enum insulin kind = kind_of_word(t->items[i].folded);
        if (kind == INSULIN_NONE) continue;
        *by = i;
        return kind;
    }
    return INSULIN_ANY;
}

enum insulin insulin_of(struct str name_folded) {
    enum insulin kind = INSULIN_NONE;
    bool is = false;
    for (struct str word; (word = names_next_word(&name_folded)).n;) {
        is |= is_insulin(word) || kind_of_name(word) != INSULIN_NONE;
        if (kind == INSULIN_NONE) kind = kind_of_word(word);
    }
    if (!is) return INSULIN_NONE;
    return kind == INSULIN_NONE ? INSULIN_ANY : kind;
}

bool insulin_may_be(enum insulin a, enum insulin b) {
    return a == b || a <= INSULIN_ANY || b <= INSULIN_ANY;
}
