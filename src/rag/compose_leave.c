/*
 * compose_leave -- until when one is on sick leave or excused, and from when one may be back at work or at school: the sentence of the
 * latest certificate that tells a day or a length of it.
 */
#include "rag/beside.h"
#include "rag/rag_words.h"
#include "rag/sentence.h"
#include "rag/treatment.h"

enum { LEAVE_BYTES_MAX = 420, LEAVE_SHOWN_MAX = 2 };

enum leave { LEAVE_NONE, LEAVE_SICK, LEAVE_UNFIT, LEAVE_EXCUSED, LEAVE_WORK, LEAVE_SCHOOL, LEAVE_SPORT };

/* A word for being away: "arrêt" needs "travail" beside it, for medicines are stopped as well. */
static enum leave away_at(const struct tokens *t, size_t i) {
    struct str folded = t->items[i].folded;
    bool sick = str_eq(folded, STR("leave")) && i && str_in_words(t->items[i - 1].folded, "sick medical");
    bool rest = str_eq(folded, STR("repos")) && i + 1 < t->count &&
                str_in_words(t->items[i + 1].folded, "jusqu jusque pendant");
    for (size_t k = i + 1; k < t->count && k <= i + 3 && word_in(folded, &words_sick_leave); k++)
        sick |= str_eq(t->items[k].folded, STR("travail"));
    if (sick || rest || str_starts(folded, STR("conge"))) return LEAVE_SICK;
    if (str_eq(folded, STR("itt")) || str_starts(folded, STR("incapacit"))) return LEAVE_UNFIT;
    return word_in(folded, &words_excused) ? LEAVE_EXCUSED : LEAVE_NONE;
}

static bool is_back(struct str folded) {
    return word_in(folded, &words_back_at) || str_eq(folded, STR("back"));
}

/* Where to. */
static enum leave place_at(const struct tokens *t, size_t i) {
    struct str folded = t->items[i].folded;
    if (word_in(folded, &words_work)) return LEAVE_WORK;
    if (word_in(folded, &words_school)) return LEAVE_SCHOOL;
    return str_in_words(folded, "sport eps gym") ? LEAVE_SPORT : LEAVE_NONE;
}

static enum leave leave_of(const struct tokens *t) {
    enum leave place = LEAVE_NONE;
    bool back = false;
    for (size_t i = 0; i < t->count; i++) {
        enum leave away = away_at(t, i);
        if (away != LEAVE_NONE) return away;
        if (place == LEAVE_NONE) place = place_at(t, i);
        back |= is_back(t->items[i].folded);
    }
    return back ? place : LEAVE_NONE;
}

static enum leave leave_asked(const struct draft *d) {
    const bool *asked = d->demands.asked;
    if (!(asked[DEMAND_DAY] || asked[DEMAND_DURATION]) || asked[DEMAND_REASON] || asked[DEMAND_PRICE])
        return LEAVE_NONE;
    enum leave leave = leave_of(d->tokens);
    for (size_t i = 0; i < d->tokens->count; i++)
        if (str_in_words(d->tokens->items[i].folded, "medicament traitement")) return LEAVE_NONE;
    return leave;
}

struct leaves {
    struct draft *draft;
    enum leave wanted;
    const struct record_document *of; /* NULL: none found yet */
    const struct record_chunk *chunks[LEAVE_SHOWN_MAX];
    struct str texts[LEAVE_SHOWN_MAX];
    size_t count;
};

static enum status fits(const struct leaves *l, const struct record_chunk *c, struct str sentence,
                        bool *fit) {
    struct draft *d = l->draft;
    struct tokens t;
    uint32_t shown = 0;
    bool beside = false;
    *fit = false;
    enum status s = text_tokens(d->reader, d->arena, sentence, TEXT_DOCUMENT, &t, d->err);
    if (s != OK || leave_of(&t) != l->wanted) return s;
    s = demand_look(d->books->demands, d->arena, sentence, &t, &shown, d->err);
    bool day = shown >> SHOWN_DAY & 1, length = shown >> SHOWN_DURATION & 1;
    bool counted = false; /* "J7" */
    for (size_t i = 0; i < t.count; i++)
        counted |=
            t.items[i].folded.n > 1 && t.items[i].folded.p[0] == 'j' && is_digit(t.items[i].folded.p[1]);
    if (s != OK || !(day || length || counted)) return s;
    const struct excerpt e = { .text = sentence, .line = sentence, .shown = 1 };
    s = beside_check(d, c, &e, &beside);
    *fit = s == OK && !beside;
    return s;
}

static enum status read_chunk(struct leaves *l, const struct record_chunk *c) {
    const struct record_document *doc = &l->draft->record->documents[c->document];
    for (size_t at = 0; at < c->text.n;) {
        struct str sentence = sentence_next(c->text, &at);
        bool fit = false;
        enum status s = sentence.n <= LEAVE_BYTES_MAX ? fits(l, c, sentence, &fit) : OK;
        if (s != OK) return s;
        if (!fit) continue;
        if (l->of != doc) l->count = 0;
        l->of = doc;
        if (l->count == LEAVE_SHOWN_MAX) continue;
        l->chunks[l->count] = c;
        l->texts[l->count++] = sentence;
    }
    return OK;
}

/* Of the time that the question names, and not before what was found. */
static bool may_tell(const struct leaves *l, const struct record_document *doc) {
    const struct when *when = l->draft->when;
    bool in_time = !when->said || when->future || when_holds(when, doc->date);
    return doc->id && !doc->names_another && in_time &&
           (!l->of || l->of == doc || treatment_is_later(doc, l->of));
}

enum status compose_leave(struct draft *d) {
    struct leaves l = { .draft = d, .wanted = leave_asked(d) };
    enum status s = OK;
    for (size_t i = 0; l.wanted != LEAVE_NONE && i < d->record->chunk_count && s == OK; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (c->confidence >= CONFIDENCE_READABLE && may_tell(&l, &d->record->documents[c->document]))
            s = read_chunk(&l, c);
    }
    for (size_t i = 0; s == OK && i < l.count; i++) s = draft_sentence(d, l.chunks[i], l.texts[i]);
    return s;
}
