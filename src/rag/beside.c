#include "rag/beside.h"

#include "language/day_token.h"
#include "language/names.h"

/* Words of which a paper that says one does not mean the other. The first list of a row against the second. */
static const char *const opposites[][2] = {
    { "gauche gauches left og", "droit droite droits droites right od" },
    { "permanent permanente permanents permanentes", "temporaire temporaires transitoire" },
    { "pere paternel father", "mere maternel maternelle mother" },
    { "entree admission", "sortie discharge" },
    { "superieur superieure superieurs superieures", "inferieur inferieure inferieurs inferieures" },
    { "interne internes", "externe externes" },
    { "repos", "effort" },
    { "avant", "apres" },
};

static int names_of(const struct tokens *t, const char *words) {
    int n = 0;
    for (size_t i = 0; i < t->count; i++) n += str_in_words(t->items[i].folded, words);
    return n;
}

/* Asked about one side: what speaks of the other alone is another eye, leg or ear. "Le droit de" is no side. */
static bool is_opposite(const struct draft *d, const struct tokens *quote) {
    bool leave = d->demands.asked[DEMAND_MAY] || d->reading->intent == INTENT_ADVICE;
    for (size_t k = leave; k < COUNT_OF(opposites); k++) {
        for (int side = 0; side < 2; side++) {
            const char *asked = opposites[k][side], *other = opposites[k][1 - side];
            if (!names_of(d->tokens, asked) || names_of(d->tokens, other)) continue;
            if (names_of(quote, other) && !names_of(quote, asked)) return true;
        }
    }
    return false;
}

/* "L'écho de 32 semaines": what is of another week, and not of that one, is another. */
static bool has_other_figure(const struct draft *d, const struct tokens *quote) {
    for (size_t i = 0; i + 1 < d->tokens->count; i++) {
        const struct token *asked = &d->tokens->items[i], *unit = asked + 1;
        bool same = false, another = false;
        if (!asked->number || unit->number || d->when->tokens[i]) continue;
        for (size_t k = 0; k < quote->count; k++) {
            const struct token *t = &quote->items[k];
            same |= t->number && str_eq(t->folded, asked->folded);
            another |= k && str_eq(t->stem, unit->stem) && t[-1].number;
        }
        if (another && !same) return true;
    }
    return false;
}

/* "Hémoglobine F" is another value than haemoglobin. */
static bool lacks_fraction(const struct draft *d, const struct tokens *quote) {
    static const char fractions[] = "f a2";
    for (size_t i = 1; i < d->tokens->count; i++) {
        struct str word = d->tokens->items[i].folded;
        bool fraction = str_in_words(word, fractions) &&
                        names_lab(d->tokens->items[i - 1].folded) == names_lab(STR("hemoglobine"));
        bool stands = false;
        for (size_t k = 0; k < quote->count && fraction; k++) stands |= str_eq(quote->items[k].folded, word);
        if (fraction && !stands) return true;
    }
    return false;
}

/* The next time is asked for, and all days that the line names have passed. */
static bool has_passed(const struct draft *d, struct str text, const struct tokens *quote) {
    size_t days = 0;
    if (!names_of(d->tokens, "prochain prochaine prochains prochaines next")) return false;
    for (size_t i = 0; i < quote->count; i++) {
        struct day_token day;
        if (!day_token_at(text, quote, i, &day)) continue;
        if (date_compare(day.date, d->question->today) >= 0) return false;
        days++;
        i = day.last;
    }
    return days > 0 && !names_of(quote, "prochain prochaine next");
}

/* "Depuis quand": a line that names no beginning and no day does not say. */
static bool lacks_beginning(const struct draft *d, struct str text, const struct tokens *quote) {
    static const char *const beginnings[] = { "depuis", "since", "debut", "commenc", "start", "instaur" };
    if (!d->demands.said[SAID_SINCE]) return false;
    for (size_t i = 0; i < quote->count; i++) {
        struct day_token day;
        if (day_token_at(text, quote, i, &day)) return false;
        for (size_t k = 0; k < COUNT_OF(beginnings); k++)
            if (str_starts(quote->items[i].folded, str_from_c(beginnings[k]))) return false;
        if (quote->items[i].number && quote->items[i].folded.n == 4) return false; /* "2019" */
    }
    return true;
}

/* Whether one may: a line that neither allows nor forbids says nothing to it. */
static bool lacks_leave(const struct draft *d, const struct excerpt *e) {
    return d->demands.asked[DEMAND_MAY] && !d->demands.said[SAID_OPEN] && e->shown <= 0;
}

/* "Niokhor DIONE": a name is written so, with or without a title before it. */
static bool holds_full_name(struct str text, const struct tokens *t) {
    for (size_t i = 0; i + 1 < t->count; i++) {
        struct str first = token_source(text, &t->items[i]), last = token_source(text, &t->items[i + 1]);
        size_t capitals = 0;
        for (size_t k = 0; k < last.n; k++) capitals += last.p[k] >= 'A' && last.p[k] <= 'Z';
        bool given = first.n > 2 && first.p[0] >= 'A' && first.p[0] <= 'Z' && first.p[1] >= 'a';
        if (given && last.n >= 2 && capitals == last.n && !t->items[i + 1].sentence_start) return true;
    }
    return false;
}

/* Who it is must stand in the line that speaks of it: a name further down is somebody else's. */
static enum status lacks_person(struct draft *d, const struct excerpt *e, bool *lacks) {
    struct tokens t;
    uint32_t shown = 0;
    if (!d->demands.asked[DEMAND_PERSON] || d->demands.asked[DEMAND_DAY]) return OK;
    enum status s = text_tokens(d->reader, d->arena, e->line, TEXT_DOCUMENT, &t, d->err);
    if (s == OK) s = demand_look(d->books->demands, d->arena, e->line, &t, &shown, d->err);
    *lacks = s == OK && !(shown >> SHOWN_PERSON & 1) && !holds_full_name(e->line, &t);
    return s;
}

enum status beside_check(struct draft *d, const struct excerpt *e, bool *beside) {
    struct tokens t;
    enum status s = text_tokens(d->reader, d->arena, e->text, TEXT_DOCUMENT, &t, d->err);
    if (s != OK) return s;
    *beside = is_opposite(d, &t) || has_other_figure(d, &t) || lacks_fraction(d, &t) ||
              has_passed(d, e->text, &t) || lacks_beginning(d, e->text, &t) || lacks_leave(d, e);
    return *beside ? OK : lacks_person(d, e, beside);
}
