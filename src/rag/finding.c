#include "rag/finding.h"

#include "language/words.h"
#include "rag/apart.h"
#include "rag/sentence.h"
#include "understanding/relatives.h"

enum { DETAILS_MAX = 3, SENTENCE_BYTES_MIN = 12, SENTENCE_BYTES_MAX = 320, ROOM_BYTES = 200 };

struct search {
    struct draft *draft;
    bool *object; /* a token each: what it is that the examination is to have shown */
    size_t objects, added;
};

/* "L'échographie de 32 semaines", "après l'opération": one of several, which no word of ours tells apart. */
static bool is_one_of_several(const struct draft *d) {
    for (size_t i = 0; i < d->tokens->count; i++)
        if (!d->when->tokens[i] && (d->tokens->items[i].number || apart_rank_at(d->tokens, i) ||
                                    str_in_words(d->tokens->items[i].folded, "avant apres before after")))
            return true;
    return false;
}

/* Words with a meaning that are neither the examination nor everybody's. */
static enum status read_objects(struct search *s) {
    struct draft *d = s->draft;
    s->object = arena_array(d->arena, d->tokens->count + 1, sizeof(bool));
    if (!s->object) return fail(d->err, E_LIMIT, NULL, "no memory for a question");
    for (size_t i = 0; i < d->tokens->count; i++) {
        const struct token *t = &d->tokens->items[i];
        bool told = d->demands.examined[i] || demand_word_is_of_outcome(t->folded);
        s->object[i] = draft_is_content(d, i) && !told && !d->subject->own[i] &&
                       (!words_is_common(t->folded) || expand_named(&d->names, i));
        s->objects += s->object[i];
    }
    return OK;
}

static size_t objects_in(const struct search *s, const struct tokens *t) {
    const struct draft *d = s->draft;
    size_t held = 0;
    for (size_t i = 0; i < d->tokens->count; i++) {
        bool holds = false;
        for (size_t k = 0; k < t->count && s->object[i] && !holds; k++)
            holds = draft_names(d, i, t->items[k].stem);
        held += holds;
    }
    return held;
}

/* It says something of what is asked about: of three things and more one may be missing. */
static enum status says_it(const struct search *s, struct str sentence, bool *says) {
    struct draft *d = s->draft;
    struct tokens t;
    uint32_t shown = 0;
    *says = false;
    if (sentence.n < SENTENCE_BYTES_MIN || sentence.n > SENTENCE_BYTES_MAX) return OK;
    enum status st = text_tokens(d->reader, d->arena, sentence, TEXT_DOCUMENT, &t, d->err);
    if (st == OK) st = demand_look(d->books->demands, d->arena, sentence, &t, &shown, d->err);
    if (st != OK) return st;
    size_t held = objects_in(s, &t);
    bool fits =
        !(shown >> SHOWN_PLANNED & 1) && !relatives_are_named(&t) && demand_shows(&d->demands, shown) >= 0;
    *says = fits && held && held + (s->objects > 2) >= s->objects;
    return OK;
}

static void add(struct search *s, const struct record_chunk *c, struct str sentence, struct str said) {
    struct draft *d = s->draft;
    bool again = str_find(said, sentence) < said.n || str_find(sentence, said) < sentence.n;
    if (again || s->added == DETAILS_MAX || d->text->n + sentence.n + ROOM_BYTES > d->room) return;
    if (!draft_cite(d, c->document, c->page, sentence)) return;
    draft_line(d);
    draft_quote(d, sentence);
    s->added++;
}

enum status finding_add_details(struct draft *d, uint32_t document, struct str said) {
    struct search s = { .draft = d };
    if (is_one_of_several(d)) return OK;
    enum status st = read_objects(&s);
    for (size_t k = 0; s.objects && k < d->record->chunk_count; k++) {
        const struct record_chunk *c = &d->record->chunks[k];
        if (c->document != document || c->confidence < CONFIDENCE_SURE) continue;
        for (size_t at = 0; st == OK && at < c->text.n;) {
            struct str sentence = sentence_next(c->text, &at);
            bool says;
            st = says_it(&s, sentence, &says);
            if (st == OK && says) add(&s, c, sentence, said);
        }
    }
    return st;
}
