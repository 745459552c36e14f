#include "documents/fact.h"

#include "documents/token.h"

/* Words of file names, folded. */
static const struct {
    enum document_kind kind;
    const char *words;
} clues[] = {
    { KIND_IMAGING,
      "radio radiographie rx echo echographie irm scanner tdm mammo mammographie doppler imagerie xray mri" },
    { KIND_PRESCRIPTION, "ordonnance ordo prescription" },
    { KIND_LABORATORY, "labo laboratoire analyses analyse biologie bilan nfs" },
    { KIND_CERTIFICATE, "certificat attestation vaccination vaccins" },
};

/* "COMPTE RENDU", "Compte-rendu :" and no word more. */
static bool is_bare_report(const struct tokens *title) {
    size_t words = 0;
    bool said = true;
    for (size_t i = 0; i < title->count; i++) {
        if (title->items[i].kind == TOKEN_SIGN) continue;
        said = said && token_is(title, i, words == 0 ? "compte" : "rendu");
        words++;
    }
    return said && words == 2;
}

bool document_kind_by_file_name(struct arena *arena, struct str file_name, struct document_reading *r) {
    struct tokens name, title;
    if (!tokens_split(arena, file_name, &name) || !tokens_split(arena, r->title, &title)) return false;
    bool bare = r->kind == KIND_REPORT && is_bare_report(&title);
    for (size_t i = 0; i < name.count; i++)
        for (size_t k = 0; k < COUNT_OF(clues); k++) {
            bool fits = r->kind == KIND_OTHER || (bare && clues[k].kind == KIND_IMAGING);
            if (fits && token_in(&name, i, clues[k].words)) {
                r->kind = clues[k].kind;
                return true;
            }
        }
    return true;
}
