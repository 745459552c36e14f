/*
 * compose_rule -- what papers tell the patient to do: the sentence that speaks of all that is asked about (rule.h).
 *
 * Nothing less will do: "ongles" alone does not say how to cut them. The heading and the title of the paper may name a part of it, and a
 * medicine the lines above. What to do when something happens must stand behind the condition, and whether something may be done where a
 * line allows or forbids.
 */
#include "language/drug_class.h"
#include "language/words.h"
#include "rag/bearing.h"
#include "rag/line_time.h"
#include "rag/paper.h"
#include "rag/rag_words.h"
#include "rag/sentence.h"
#include "rag/treatment.h"
#include "understanding/relatives.h"

enum { SHOWN_MAX = 3, SENTENCE_BYTES_MAX = 400 };

struct found {
    uint32_t chunk;
    struct str sentence;
};

struct search {
    struct draft *draft;
    enum rule kind;
    bool *object; /* a token each: must be spoken of */
    size_t objects;
    const struct record_document *of; /* the paper to be believed first; NULL: none yet */
    bool labelled; /* what was found is headed as the reason, which nothing else outweighs */
    struct found found[SHOWN_MAX];
    size_t count;
};

/* Where a sentence stands: what its chunk is headed by, and the last medicine before it. */
struct place {
    const struct record_document *document;
    struct tokens frame, medicine, before; /* before: the sentence above */
};

static bool is_content(const struct draft *d, size_t i) {
    const struct tokens one = { d->tokens->items + i, 1 };
    return draft_is_content(d, i) && !d->subject->own[i] && !rule_knows(d->books->rules, one.items->folded) &&
           !drug_class_asked(d->tokens, i) && !relatives_are_named(&one);
}

/* Of several words that name one thing the first with a meaning. */
static bool is_object(const struct draft *d, size_t i) {
    const struct token *t = &d->tokens->items[i];
    const struct named *name = expand_named(&d->names, i);
    if (t->number) return !d->when->tokens[i];
    for (size_t k = name ? name->first : i; k < i; k++)
        if (is_content(d, k)) return false;
    return is_content(d, i) && (name || !words_is_common(t->folded));
}

static bool bears_number(const struct tokens *t, struct str figure) {
    for (size_t i = 0; i < t->count; i++) {
        struct str printed = t->items[i].folded;
        bool same = t->items[i].number && printed.n == figure.n;
        for (size_t k = 0; k < figure.n && same; k++)
            same = printed.p[k] == figure.p[k] || (!is_digit(printed.p[k]) && !is_digit(figure.p[k]));
        if (same) return true;
    }
    return false;
}

/* "Bouillon cube" for "cube Maggi": two of its words stand there. */
static bool says_twice(const struct draft *d, const struct tokens *t, size_t word) {
    size_t first = t->count;
    for (size_t i = 0; i < t->count; i++) {
        if (!expand_says(&d->names, word, t->items[i].stem)) continue;
        if (first < t->count && !str_eq(t->items[first].stem, t->items[i].stem)) return true;
        first = i;
    }
    return false;
}

/* "Chambre d'inhalation": another room is none. */
static bool bears_all_of(const struct draft *d, const struct tokens *t, const struct named *name,
                         size_t word) {
    bool any = false, all = true;
    for (size_t i = name->first; i <= name->last; i++) {
        const struct token *asked = &d->tokens->items[i];
        bool held = !is_content(d, i);
        for (size_t k = 0; k < t->count && !held; k++) held = str_eq(t->items[k].stem, asked->stem);
        any |= held && is_content(d, i);
        all &= held;
    }
    return all || (!any && bearing_holds(d, t, word)) || says_twice(d, t, word);
}

static bool bears(const struct draft *d, const struct tokens *t, size_t i) {
    const struct named *name = expand_named(&d->names, i);
    if (d->tokens->items[i].number) return bears_number(t, d->tokens->items[i].folded);
    return name && name->first != name->last ? bears_all_of(d, t, name, i) : bearing_holds(d, t, i);
}

/* What a chunk is headed by says it itself: under "Asthme" not all is about what asthma is asked by. */
static bool heads(const struct draft *d, const struct tokens *frame, size_t i) {
    for (size_t k = 0; k < frame->count; k++)
        if (str_eq(frame->items[k].stem, d->tokens->items[i].stem)) return true;
    return false;
}

/* "Si fièvre", "en cas de malaise", "Crise de goutte : …": how many tokens of the sentence the condition ends at; 0: there is none. */
static void read_condition(struct str sentence, const struct tokens *t, size_t *from, size_t *to) {
    *from = *to = 0;
    for (size_t i = 0; i < t->count; i++) {
        if (!word_in(t->items[i].folded, &words_condition)) continue;
        *from = i + 1;
        *to = t->count;
        return;
    }
    for (size_t at = 0; at < sentence.n; at++) {
        bool hour = at && is_digit(sentence.p[at - 1]);
        if (!strchr(":=>", sentence.p[at]) || hour) continue;
        while (*to < t->count && t->items[*to].at < at) ++*to;
        return;
    }
}

static bool stands_in_condition(const struct search *s, struct str sentence, const struct tokens *t) {
    size_t from, to;
    read_condition(sentence, t, &from, &to);
    const struct tokens condition = { t->items + from, to - from };
    for (size_t i = 0; i < s->draft->tokens->count; i++)
        if (s->object[i] && bears(s->draft, &condition, i)) return true;
    return false;
}

/* It tells what is asked: allows or forbids, or says what to do then. */
static enum status tells(const struct search *s, struct str sentence, const struct tokens *t, bool *out) {
    struct draft *d = s->draft;
    uint32_t shown = 0;
    enum status st = demand_look(d->books->demands, d->arena, sentence, t, &shown, d->err);
    *out = s->kind == RULE_MAY    ? shown >> SHOWN_MAY & 1
           : s->kind == RULE_WHY  ? shown >> SHOWN_REASON & 1
           : s->kind == RULE_WHEN ? stands_in_condition(s, sentence, t)
                                  : true;
    return st;
}

/* "Indication : …" says why of what the paper is about. */
static bool is_label_of_reason(const struct tokens *t) {
    return t->count && word_in(t->items[0].folded, &words_reason_heading);
}

static bool is_held(const struct search *s, const struct place *place, const struct tokens *t, size_t i) {
    const struct draft *d = s->draft;
    bool label = s->kind == RULE_WHY && is_label_of_reason(t);
    if (bears(d, t, i) || heads(d, &place->frame, i)) return true;
    if (label && (bears(d, &place->frame, i) || bears(d, &place->before, i))) return true;
    return d->subject->drug[i] && !text_names_medicine(t) && bears(d, &place->medicine, i);
}

static enum status fits(const struct search *s, const struct place *place, struct str sentence,
                        const struct tokens *t, bool *fit) {
    const struct draft *d = s->draft;
    bool other_medicine = text_names_medicine(t) && !d->subject->names_drug,
         here = s->kind == RULE_WHY && is_label_of_reason(t);
    *fit = false;
    /* "Hydroxyzine : stop" to somebody who asks whether he may stop. */
    if (other_medicine && (s->kind == RULE_HOW || s->kind == RULE_MAY)) return OK;
    if (s->kind == RULE_WHY && d->when->said && !when_holds(d->when, place->document->date) &&
        !line_names_time(d->when, sentence, t))
        return OK;
    for (size_t i = 0; i < d->tokens->count; i++) {
        if (!s->object[i]) continue;
        if (!is_held(s, place, t, i)) return OK;
        here |= (!d->subject->drug[i] || s->kind == RULE_WHY) && bears(d, t, i);
    }
    return here ? tells(s, sentence, t, fit) : OK;
}

/* Of the latest paper that tells it, the first sentences. */
static void keep(struct search *s, uint32_t chunk, struct str sentence, bool label) {
    const struct record *r = s->draft->record;
    const struct record_document *doc = &r->documents[r->chunks[chunk].document];
    if (label < s->labelled) return;
    if (label == s->labelled && s->of != doc && s->of && !treatment_is_later(doc, s->of)) return;
    if (s->of != doc || label > s->labelled) s->count = 0;
    s->labelled = label;
    s->of = doc;
    if (s->count < SHOWN_MAX) s->found[s->count++] = (struct found) { chunk, sentence };
}

/* "NE PAS mettre de clou de girofle" "(brûlure)": the line in brackets below belongs to it. */
static struct str with_remark(struct str text, struct str sentence, size_t *at) {
    size_t next = *at;
    while (next < text.n && strchr(" \n", text.p[next])) next++;
    if (sentence.n == 0 || next >= text.n || text.p[next] != '(') return sentence;
    size_t end = next + str_find_char(str_sub(text, next, text.n), '\n'),
           from = (size_t)(sentence.p - text.p);
    if (end - from > SENTENCE_BYTES_MAX) return sentence;
    *at = end;
    return str_trim(str_sub(text, from, end - from));
}

static enum status search_chunk(struct search *s, uint32_t chunk) {
    struct draft *d = s->draft;
    const struct record_chunk *c = &d->record->chunks[chunk];
    struct place place = { .document = &d->record->documents[c->document] };
    struct str frame;
    if (!arena_printf(d->arena, &frame, "%.*s\n%.*s", STR_ARG(c->heading), STR_ARG(place.document->title)))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    enum status st = text_tokens(d->reader, d->arena, frame, TEXT_DOCUMENT, &place.frame, d->err);
    for (size_t at = 0; st == OK && at < c->text.n;) {
        struct str sentence = with_remark(c->text, sentence_next(c->text, &at), &at);
        struct tokens t;
        bool fit = false;
        if (sentence.n == 0 || sentence.n > SENTENCE_BYTES_MAX) continue;
        st = text_tokens(d->reader, d->arena, sentence, TEXT_DOCUMENT, &t, d->err);
        if (st == OK) st = fits(s, &place, sentence, &t, &fit);
        if (st != OK) return st;
        if (fit) keep(s, chunk, sentence, s->kind == RULE_WHY && is_label_of_reason(&t));
        if (text_names_medicine(&t)) place.medicine = t;
        place.before = t;
    }
    return st;
}

/* "C'est pour quoi le périndopril, moi je n'ai pas la tension": the first clause that names something is what is asked. */
static void read_objects(struct search *s) {
    const struct draft *d = s->draft;
    for (size_t i = 0; i < d->tokens->count; i++) {
        if (s->kind == RULE_WHY && s->objects && d->tokens->items[i].clause_start) break;
        s->object[i] = is_object(d, i);
        s->objects += s->object[i];
    }
}

enum status compose_rule(struct draft *d) {
    struct search s = { .draft = d, .object = arena_array(d->arena, d->tokens->count + 1, 1) };
    if (!s.object) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    enum status st = rule_asked(d->books->rules, d->arena, d->tokens, &d->demands, &s.kind, d->err);
    if (st != OK || s.kind == RULE_COUNT || (s.kind == RULE_HOW && d->subject->names_drug)) return st;
    if (d->when->future || (s.kind == RULE_HOW && text_says_one(d->tokens, &words_eat_drink)) ||
        relatives_asked(d->tokens) < d->tokens->count)
        return OK;
    read_objects(&s);
    if (s.objects == 0) return OK;
    for (uint32_t i = 0; st == OK && i < d->record->chunk_count; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (paper_is_readable(d, c)) st = search_chunk(&s, i);
    }
    for (size_t i = 0; st == OK && i < s.count; i++)
        st = draft_sentence(d, &d->record->chunks[s.found[i].chunk], s.found[i].sentence);
    return st;
}
