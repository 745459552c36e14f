/*
 * compose_forbidden -- may one take a medicine? What a paper forbids is quoted: "Ne plus prendre d'ibuprofène", "Pas d'anti-inflammatoires". That none does is no
 * yes: then nothing is said here.
 */
#include "language/drug_class.h"
#include "language/names.h"
#include "rag/bearing.h"
#include "rag/paper.h"
#include "rag/rag_words.h"
#include "rag/sentence.h"
#include "rag/treatment.h"

enum { SHOWN_MAX = 2, SENTENCE_BYTES_MAX = 400 };

struct found {
    uint32_t chunk;
    struct str sentence;
};

struct search {
    struct draft *draft;
    struct found found[SHOWN_MAX]; /* the latest first */
    size_t count;
};

/* The folded word of a medicine that is asked about. */
static bool is_asked(const struct draft *d, size_t i) {
    const struct token *t = &d->tokens->items[i];
    bool named = d->subject->drug[i] && !drug_class_asked(d->tokens, i);
    return !t->stop && (named || names_is_medicine(t->folded));
}

static bool is_same_substance(struct str a, struct str b) {
    struct str one = names_substance(a, false), other = names_substance(b, false);
    return one.n && str_eq(one, other);
}

/* The token names the medicine, its substance, or what it is one of. */
static bool means(const struct draft *d, const struct tokens *t, size_t token, size_t asked) {
    struct str name = d->tokens->items[asked].folded;
    const struct drug_class *class = drug_class_asked(t, token);
    const struct fact medicine = { .type = FACT_MEDICATION, .name_folded = name };
    return str_eq(t->items[token].stem, d->tokens->items[asked].stem) ||
           is_same_substance(t->items[token].folded, name) ||
           (class && drug_class_has(class, d->arena, &medicine));
}

static bool is_of_list(const struct tokens *t, size_t i) {
    return names_is_medicine(t->items[i].folded) || drug_class_asked(t, i);
}

/* "Ne plus prendre d'…", "pas d'aspirine ni d'…", "éviter … et …": nothing but that, and other medicines, stands in between. */
static bool is_denied_before(const struct tokens *t, size_t i) {
    for (; i > 0; i--) {
        const struct token *before = &t->items[i - 1];
        if (t->items[i].clause_start && !is_of_list(t, i - 1)) return false;
        if (word_in(before->folded, &words_forbids_before)) return true;
        /* "Pas de clarithromycine avec la colchicine" */
        if (word_in(before->folded, &words_forbids_beside)) return false;
        if (before->number ||
            !(before->stop || word_in(before->folded, &words_forbids_between) || is_of_list(t, i - 1)))
            return false;
    }
    return false;
}

/* "Ibuprofène : contre-indiqué", "aspirine formellement interdite". */
static bool is_denied_behind(const struct tokens *t, size_t i) {
    enum { BEHIND_WORDS = 3 };
    for (size_t k = i + 1; k < t->count && k <= i + BEHIND_WORDS; k++) {
        bool against = str_eq(t->items[k].folded, STR("contre")) && k + 1 < t->count &&
                       str_starts(t->items[k + 1].folded, STR("indiqu"));
        if (against || word_in(t->items[k].folded, &words_forbids_behind)) return true;
        if (t->items[k].number || is_of_list(t, k)) return false;
    }
    return false;
}

static bool forbids(const struct draft *d, const struct tokens *t) {
    for (size_t i = 0; i < d->tokens->count; i++) {
        if (!is_asked(d, i)) continue;
        for (size_t k = 0; k < t->count; k++)
            if (means(d, t, k, i) && (is_denied_before(t, k) || is_denied_behind(t, k))) return true;
    }
    return false;
}

static void keep(struct search *s, uint32_t chunk, struct str sentence) {
    const struct record *r = s->draft->record;
    const struct record_document *doc = &r->documents[r->chunks[chunk].document];
    size_t at = s->count;
    while (at && treatment_is_later(doc, &r->documents[r->chunks[s->found[at - 1].chunk].document])) at--;
    if (at == SHOWN_MAX) return;
    if (s->count < SHOWN_MAX) s->count++;
    for (size_t i = s->count - 1; i > at; i--) s->found[i] = s->found[i - 1];
    s->found[at] = (struct found) { chunk, sentence };
}

static enum status search_chunk(struct search *s, uint32_t chunk) {
    struct draft *d = s->draft;
    const struct record_chunk *c = &d->record->chunks[chunk];
    enum status st = OK;
    for (size_t at = 0; st == OK && at < c->text.n;) {
        struct str sentence = sentence_next(c->text, &at);
        struct tokens t;
        if (sentence.n == 0 || sentence.n > SENTENCE_BYTES_MAX) continue;
        st = text_tokens(d->reader, d->arena, sentence, TEXT_DOCUMENT, &t, d->err);
        if (st == OK && forbids(d, &t)) keep(s, chunk, sentence);
    }
    return st;
}

enum status compose_forbidden(struct draft *d) {
    struct search s = { .draft = d };
    bool asks = false;
    enum status st = OK;
    for (size_t i = 0; i < d->tokens->count; i++) asks |= is_asked(d, i);
    bool may =
        d->demands.asked[DEMAND_MAY] && !d->demands.asked[DEMAND_EFFECT] && !d->demands.asked[DEMAND_REASON];
    if (!asks || !may || d->reading->intent != INTENT_ADVICE) return OK;
    for (uint32_t i = 0; st == OK && i < d->record->chunk_count; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (paper_is_readable(d, c)) st = search_chunk(&s, i);
    }
    for (size_t i = 0; st == OK && i < s.count; i++)
        st = draft_sentence(d, &d->record->chunks[s.found[i].chunk], s.found[i].sentence);
    return st;
}
