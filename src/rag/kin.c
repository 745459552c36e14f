#include "rag/kin.h"

#include "base/utf8.h"
#include "language/combination.h"
#include "language/names.h"

static struct str substances_of(struct str name) {
    struct str several = combination_of(name, false);
    struct str all = several.n ? several : names_substance(name, false);
    return str_eq(all, name) ? (struct str) { "", 0 } : all;
}

enum status kin_read(const struct draft *d, struct kin *out) {
    struct str name = d->subject->missing_drug.n ? d->subject->missing_drug : d->subject->kin_drug, first;
    *out = (struct kin) { .tokens = { NULL, d->tokens->count }, .subject = *d->subject };
    if (name.n == 0 || d->subject->missing_insulin) return OK;
    out->substances = first = substances_of(name);
    struct str key = combination_key(str_next_word(&first, "+")), stem;
    if (key.n == 0) {
        out->substances.n = 0;
        return OK;
    }
    out->tokens.items = arena_array(d->arena, d->tokens->count + 1, sizeof *out->tokens.items);
    if (!out->tokens.items) return fail(d->err, E_LIMIT, NULL, "no memory for a question");
    enum status s = text_stem(d->reader, d->arena, key, &stem, d->err);
    for (size_t i = 0; s == OK && i < d->tokens->count; i++) {
        struct token *t = &out->tokens.items[i];
        *t = d->tokens->items[i];
        if (!str_eq(t->folded, name)) continue;
        t->folded = key;
        t->stem = stem;
    }
    out->subject.kin_drug = name;
    out->subject.missing_drug.n = 0;
    return s;
}

enum status kin_is_borne(const struct draft *d, const struct kin *kin, bool *borne) {
    *borne = d->out->source_count > 0;
    for (size_t i = 0; i < d->out->source_count && *borne; i++) {
        struct str folded;
        if (!utf8_fold(d->arena, d->out->sources[i].quote, &folded))
            return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        *borne = combination_stands_in(kin->substances, folded);
    }
    return OK;
}
