/*
 * compose_operation -- who operated or gave the anaesthetic, which anaesthetic it was, and on which side: one line of the report.
 *
 * The report is that of the operation that the question names, of the time that it names; of several the latest. Of the side only a line
 * answers that does not deny what it speaks of.
 */
#include "rag/paper.h"
#include "rag/rag_words.h"
#include "rag/sentence.h"
#include "rag/treatment.h"

enum { OPERATION_BYTES_MAX = 320, OPERATION_SHOWN_MAX = 2 };

enum part { PART_NONE, PART_OPERATOR, PART_ANAESTHETIST, PART_KIND, PART_SIDE };

static bool is_operating(struct str folded) {
    return word_in(folded, &words_operation);
}

static bool is_anaesthesia(struct str folded) {
    return word_in(folded, &words_anaesthesia);
}

static bool only_asks(struct str folded) {
    return word_in(folded, &words_operation_begun) || word_in(folded, &words_operation_asked);
}

static enum part part_asked(const struct draft *d) {
    bool operating = false, anaesthesia = false, opened = false, type = false;
    for (size_t i = 0; i < d->tokens->count; i++) {
        struct str folded = d->tokens->items[i].folded;
        operating |= is_operating(folded);
        anaesthesia |= is_anaesthesia(folded);
        opened |= str_in_words(folded, "ouvert ouverte opened");
        type |= word_in(folded, &words_kind_asked);
    }
    const bool *asked = d->demands.asked;
    bool who = asked[DEMAND_PERSON];
    if (anaesthesia) return who ? PART_ANAESTHETIST : type ? PART_KIND : PART_NONE;
    if (!operating && !(opened && who)) return PART_NONE;
    if (asked[DEMAND_SIDE]) return asked[DEMAND_DAY] ? PART_NONE : PART_SIDE;
    return who ? PART_OPERATOR : PART_NONE;
}

static bool is_content(const struct draft *d, size_t i) {
    return draft_is_content(d, i) && !d->subject->own[i] && !only_asks(d->tokens->items[i].folded);
}

struct line {
    const struct record_chunk *chunk;
    struct str text;
};

struct finding {
    struct draft *draft;
    enum part part;
    const struct record_document *of; /* of the lines found; NULL: none yet */
    struct line lines[OPERATION_SHOWN_MAX];
    size_t count;
};

/* "Opérateur : Dr Ibrahima NDOUR", "débridement au bloc le 09/06 par Dr Seydou NDOUR": the name behind the word for the part. */
static bool names_who(const struct tokens *t, bool (*is_part)(struct str), bool by) {
    bool part = false, before = false;
    for (size_t i = 0; i < t->count; i++) {
        bool person = word_in(t->items[i].folded, &words_person_title);
        if (person && part) return true;
        if (person && by && before) return true;
        part |= is_part(t->items[i].folded);
        before = str_in_words(t->items[i].folded, "par by le");
    }
    return false;
}

static bool is_operator(struct str folded) {
    return word_in(folded, &words_surgeon);
}

static bool tells_kind(const struct tokens *t) {
    bool kind = text_says_one(t, &words_spinal), anaesthesia = false;
    for (size_t i = 0; i < t->count; i++) anaesthesia |= is_anaesthesia(t->items[i].folded);
    return kind || text_says_one(t, &words_anaesthesia_letters) ||
           (anaesthesia && text_says_one(t, &words_anaesthesia_kind));
}

/* What the paper is called by: "CR opératoire hernie". */
static bool names_title(const struct record_document *doc, const struct tokens *t) {
    for (size_t i = 0; i < doc->titled.count; i++) {
        const struct token *word = &doc->titled.items[i];
        if (word->stop || word->number || word->folded.n < 5 || is_operating(word->folded)) continue;
        for (size_t k = 0; k < t->count; k++)
            if (str_eq(t->items[k].stem, word->stem)) return true;
    }
    return false;
}

/* A side, and what the question names, not "pas de hernie". */
static bool tells_side(const struct draft *d, const struct record_document *doc, const struct tokens *t) {
    size_t asked = 0, said = 0;
    if (!text_says_one(t, &words_either_side)) return false;
    for (size_t i = 0; i < d->tokens->count; i++) {
        if (!is_content(d, i)) continue;
        asked++;
        for (size_t k = 0; k < t->count; k++) {
            if (!str_eq(t->items[k].stem, d->tokens->items[i].stem)) continue;
            bool denied = (k && word_in(t->items[k - 1].folded, &words_denial)) ||
                          (k > 1 && word_in(t->items[k - 2].folded, &words_denial));
            said += !denied;
            break;
        }
    }
    return asked ? said == asked : names_title(doc, t) || text_says_one(t, &words_operation_named);
}

static bool tells(const struct finding *f, const struct record_document *doc, const struct tokens *t) {
    switch (f->part) {
    case PART_OPERATOR:
        return names_who(t, is_operator, false) ||
               (names_who(t, is_operating, true) && text_says_one(t, &words_operating_room));
    case PART_ANAESTHETIST: return names_who(t, is_anaesthesia, false);
    case PART_KIND: return tells_kind(t);
    case PART_SIDE: return tells_side(f->draft, doc, t);
    case PART_NONE: break;
    }
    return false;
}

/* The paper of the operation that is asked about: all that is named stands in it. */
static bool is_meant(const struct draft *d, uint32_t document) {
    const struct record_document *doc = &d->record->documents[document];
    bool operated = false;
    static const char *const words[] = { "operateur",  "chirurgien", "intervention", "incision",
                                         "operatoire", "bloc",       "opere",        "chir" };
    if (doc->id == 0 || doc->names_another || (d->when->said && !when_holds(d->when, doc->date)))
        return false;
    for (size_t i = 0; i < COUNT_OF(words) && !operated; i++)
        operated = paper_speaks_of(d, document, str_from_c(words[i]));
    for (size_t i = 0; i < d->tokens->count && operated; i++)
        if (is_content(d, i)) operated = paper_speaks_of(d, document, d->tokens->items[i].folded);
    return operated;
}

/* Whom the letter is to did nothing yet. */
static bool is_addressed(const struct tokens *t) {
    return t->count && word_in(t->items[0].folded, &words_addressed);
}

static enum status read_chunk(struct finding *f, const struct record_chunk *c) {
    struct draft *d = f->draft;
    const struct record_document *doc = &d->record->documents[c->document];
    for (size_t at = 0; at < c->text.n;) {
        struct str sentence = sentence_next(c->text, &at);
        struct tokens t;
        if (sentence.n > OPERATION_BYTES_MAX) continue;
        enum status s = text_tokens(d->reader, d->arena, sentence, TEXT_DOCUMENT, &t, d->err);
        if (s != OK) return s;
        if (is_addressed(&t) || !tells(f, doc, &t)) continue;
        if (f->of != doc) f->count = 0;
        f->of = doc;
        if (f->count < OPERATION_SHOWN_MAX) f->lines[f->count++] = (struct line) { c, sentence };
    }
    return OK;
}

static enum status find(struct finding *f) {
    struct draft *d = f->draft;
    enum status s = OK;
    for (uint32_t i = 0; i < d->record->document_count && s == OK; i++) {
        const struct record_document *doc = &d->record->documents[i];
        if (!is_meant(d, i) || (f->of && !treatment_is_later(doc, f->of))) continue;
        for (size_t k = 0; k < d->record->chunk_count && s == OK; k++)
            if (d->record->chunks[k].document == i && d->record->chunks[k].confidence >= CONFIDENCE_READABLE)
                s = read_chunk(f, &d->record->chunks[k]);
    }
    return s;
}

bool operation_is_asked(const struct draft *d) {
    return part_asked(d) != PART_NONE;
}

enum status compose_operation(struct draft *d) {
    struct finding f = { .draft = d, .part = part_asked(d) };
    if (f.part == PART_NONE || d->demands.said[SAID_SINCE]) return OK;
    enum status s = find(&f);
    for (size_t i = 0; s == OK && i < f.count; i++) s = draft_sentence(d, f.lines[i].chunk, f.lines[i].text);
    return s;
}
