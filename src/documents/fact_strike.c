#include "documents/fact_strike.h"

static struct str next_word(struct str *rest) {
    return str_next_word(rest, " \t\n");
}

static size_t count_words(struct str text) {
    size_t n = 0;
    while (next_word(&text).n) n++;
    return n;
}

static bool holds_word(struct str text, struct str word) {
    for (struct str w; (w = next_word(&text)).n;)
        if (str_eq(w, word)) return true;
    return false;
}

/* Do the words of the quote stand one behind the other from words[at] on? */
static bool stands_at(const struct page *p, size_t at, struct str quote) {
    for (struct str w; (w = next_word(&quote)).n; at++)
        if (at == p->word_count || !str_eq(p->words[at].text, w)) return false;
    return true;
}

static bool stands_on(const struct page *p, struct str quote) {
    for (size_t i = 0; i < p->word_count; i++)
        if (stands_at(p, i, quote)) return true;
    return false;
}

static bool centre_within(struct box inner, struct box outer) {
    int32_t x = inner.x + inner.w / 2, y = inner.y + inner.h / 2;
    return x >= outer.x && x <= outer.x + outer.w && y >= outer.y && y <= outer.y + outer.h;
}

static bool is_at_place(const struct word *w, const struct fact_correction *c) {
    return centre_within(w->box, c->fact.box) && holds_word(c->was_quote, w->text);
}

/* More than half of the quote stands at its place, and more than half of what stands there is of the quote: else it is another line by now. */
static bool place_is_its_own(const struct page *p, const struct fact_correction *c, size_t quoted) {
    size_t there = 0, its_own = 0;
    for (size_t i = 0; i < p->word_count; i++) {
        there += centre_within(p->words[i].box, c->fact.box);
        its_own += is_at_place(&p->words[i], c);
    }
    return 2 * its_own > there && 2 * its_own > quoted;
}

/* What is withdrawn: wherever its words stand in a row, and at its place. */
static void mark(const struct page *p, const struct fact_correction *c, bool *gone) {
    size_t n = count_words(c->was_quote);
    bool at_place = place_is_its_own(p, c, n);

    for (size_t i = 0; n > 0 && i < p->word_count; i++) {
        gone[i] |= at_place && is_at_place(&p->words[i], c);
        if (stands_at(p, i, c->was_quote)) memset(&gone[i], true, n * sizeof *gone);
    }
}

/* The words that were said share the width of the place, on the line of the word that they replace. */
static size_t put_said(const struct fact_correction *c, const struct word *first, struct word *out) {
    struct str rest = c->fact.quote;
    struct box box = c->fact.box;
    int32_t chars = (int32_t)(c->fact.quote.n + 1), at = 0;
    size_t n = 0;

    for (struct str w; (w = next_word(&rest)).n; n++) {
        int32_t wide = (int32_t)w.n;
        out[n] = *first;
        out[n].text = w;
        out[n].confidence = 100;
        out[n].box.x = box.x + (int32_t)((int64_t)box.w * at / chars);
        out[n].box.w = (int32_t)((int64_t)box.w * wide / chars);
        at += wide + 1;
    }
    return n;
}

bool fact_strike(struct arena *arena, const struct fact_correction *c, struct page *p) {
    bool changed = c->deed == FACT_CHANGE;

    if (c->deed == FACT_ADD ||
        (changed && (str_eq(c->fact.quote, c->was_quote) || stands_on(p, c->fact.quote))))
        return true;
    bool *gone = arena_array(arena, p->word_count + 1, sizeof *gone);
    struct word *words = arena_array(arena, p->word_count + count_words(c->fact.quote) + 1, sizeof *words);
    if (!gone || !words) return false;
    memset(gone, 0, (p->word_count + 1) * sizeof *gone);
    mark(p, c, gone);
    size_t kept = 0, struck = 0;
    for (size_t i = 0; i < p->word_count; i++) {
        if (!gone[i]) {
            words[kept++] = p->words[i];
        } else if (struck++ == 0 && changed) {
            kept += put_said(c, &p->words[i], &words[kept]);
        }
    }
    if (struck == 0) return true;
    p->words = words;
    p->word_count = kept;
    if (kept == 0) p->text = STR("");
    return true;
}

struct striking {
    struct arena *arena;
    struct page *pages;
    size_t count;
};

static enum status strike_one(void *ctx, const struct fact_correction *c, struct err *e) {
    struct striking *s = ctx;
    struct fact_correction kept = *c;

    if (!arena_dup(s->arena, c->was_quote, &kept.was_quote))
        return fail(e, E_LIMIT, NULL, "no memory to strike");
    for (size_t i = 0; i < s->count; i++)
        if (s->pages[i].number == c->fact.page && !fact_strike(s->arena, &kept, &s->pages[i]))
            return fail(e, E_LIMIT, NULL, "no memory to strike");
    return OK;
}

enum status fact_strikes_apply(struct db *db, struct arena *arena, int64_t document_id,
                               const struct page *pages, size_t count, const struct page **out,
                               struct err *e) {
    struct striking s = { arena, arena_array(arena, count + 1, sizeof *s.pages), count };

    if (!s.pages) return fail(e, E_LIMIT, NULL, "no memory to strike");
    if (count) memcpy(s.pages, pages, count * sizeof *pages);
    *out = s.pages;
    return fact_correction_each(db, arena, document_id, strike_one, &s, e);
}
