#include "language/insulin.h"

enum { KIND_WITHIN = 2 }; /* tokens behind "insuline", one before it */

static enum insulin kind_of_word(struct str folded) {
    static const struct {
        const char *words;
        enum insulin kind;
    } kinds[] = {
        { "rapide rapides ultrarapide rapid actrapid lispro humalog liprolog aspart novorapid fiasp glulisine apidra lyumjev ordinaire regular "
          "prandiale prandial bolus",
          INSULIN_RAPID },
        { "lente lentes basale basal glargine lantus toujeo abasaglar semglee detemir levemir degludec tresiba nph insulatard "
          "intermediaire retard isophane long",
          INSULIN_BASAL },
        { "mixte mixtes mixtard novomix mix premelangee premelange biphasique melangee", INSULIN_MIXED },
    };
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_in_words(folded, kinds[i].words)) return kinds[i].kind;
    return INSULIN_NONE;
}

static bool is_insulin(struct str folded) {
    return str_in_words(folded, "insuline insulines insulin insulins");
}

static bool is_brand(struct str folded) {
    return str_in_words(
        folded,
        "actrapid humalog liprolog novorapid fiasp apidra lyumjev lantus toujeo abasaglar semglee levemir tresiba "
        "insulatard mixtard novomix glargine detemir degludec lispro aspart glulisine");
}

enum insulin insulin_asked(const struct tokens *t, size_t token, size_t *by) {
    struct str word = t->items[token].folded;
    *by = token;
    if (is_brand(word)) return kind_of_word(word);
    if (!is_insulin(word)) return INSULIN_NONE;
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
    for (struct str rest = name_folded; rest.n;) {
        struct str word = str_next_word(&rest, " ,;:/()[]+-'.*");
        if (word.n == 0) break;
        is |= is_insulin(word) || is_brand(word);
        if (kind == INSULIN_NONE) kind = kind_of_word(word);
    }
    if (!is) return INSULIN_NONE;
    return kind == INSULIN_NONE ? INSULIN_ANY : kind;
}

bool insulin_may_be(enum insulin a, enum insulin b) {
    return a == b || a <= INSULIN_ANY || b <= INSULIN_ANY;
}
