/*
 * compose_notice -- what papers tell to heed (notice.h), of all papers, the latest first.
 */
#include "base/utf8.h"
#include "language/drug_class.h"
#include "language/lang.h"
#include "language/names.h"
#include "language/words.h"
#include "rag/bearing.h"
#include "rag/paper.h"
#include "rag/rag_words.h"
#include "rag/treatment.h"

enum { NOTICES_MAX = 6, LINES_MAX = 8, BLOCK_BYTES_MAX = 500, WORD_LETTERS_MIN = 4 };

struct block {
    uint32_t chunk;
    struct str heading, text; /* heading: empty unless it is what tells it */
};

static bool is_bullet(struct str line) {
    return line.n > 1 && strchr("-*!.>", line.p[0]) && line.p[1] == ' ';
}

static bool ends_sentence(struct str line) {
    return line.n && line.p[line.n - 1] == '.';
}

/* A line with those that go on with it, and the items of a list that it heads. */
static struct str block_at(struct str text, size_t at) {
    size_t end = text_line_behind(text, at);
    struct str first = text_line_at(text, at), last = first;
    bool heads = !is_bullet(first) && !ends_sentence(first);
    for (int lines = 1; end < text.n && lines < LINES_MAX; lines++) {
        struct str line = text_line_at(text, end);
        bool goes_on = line.n && !ends_sentence(last) && (line.p[0] >= 'a' && line.p[0] <= 'z');
        if (!goes_on && !(heads && is_bullet(line))) break;
        last = line;
        end = text_line_behind(text, end);
    }
    return str_trim(utf8_prefix(str_sub(text, at, end - at), BLOCK_BYTES_MAX));
}

/* What the patient is to take is not forbidden to him: "ne pas prendre l'amlodipine le matin de la dialyse". */
static bool is_prescribed(const struct draft *d, struct str folded) {
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        if (draft_is_medication(f) && subject_names_match(folded, f->fact.name_folded)) return true;
    }
    return false;
}

/* "Quels cachets contre la douleur …": only those. */
static bool is_of_class(const struct draft *d, struct str folded) {
    const struct fact medicine = { .type = FACT_MEDICATION, .name_folded = folded };
    for (size_t i = 0; i < d->tokens->count; i++) {
        const struct drug_class *asked = drug_class_asked(d->tokens, i);
        if (asked && !drug_class_has(asked, d->arena, &medicine)) return false;
    }
    return true;
}

static enum status block_tells(struct draft *d, enum notice kind, struct str text, bool *tells) {
    struct tokens t;
    enum status s = text_tokens(d->reader, d->arena, text, TEXT_DOCUMENT, &t, d->err);
    bool *drug = arena_array(d->arena, t.count + 1, 1);
    if (s != OK) return s;
    if (!drug) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    for (size_t i = 0; i < t.count && kind == NOTICE_EFFECTS; i++)
        drug[i] = names_is_medicine(t.items[i].folded);
    for (size_t i = 0; i < t.count && kind == NOTICE_FORBIDDEN; i++)
        drug[i] = names_is_medicine(t.items[i].folded) && !is_prescribed(d, t.items[i].folded) &&
                  is_of_class(d, t.items[i].folded);
    return notice_stands(d->books->notices, d->arena, &t, drug, kind, tells, d->err);
}

static bool must_be_named(const struct draft *d, enum notice kind, const bool *said, size_t i) {
    const struct token *t = &d->tokens->items[i];
    /* Which dose, of which day: what is to be done is the same, but not of another medicine. */
    if (kind == NOTICE_MISSED) return d->subject->drug[i] && !said[i] && !drug_class_asked(d->tokens, i);
    bool everyday = words_is_common(t->folded) && !demand_is_harm(t->folded);
    const struct named *name = expand_named(&d->names, i);
    if ((name && i > name->first) || t->folded.n <= 2) return false; /* "consent form" is one thing */
    return !t->stop && !t->number && !said[i] && !d->when->tokens[i] && !d->subject->own[i] && !everyday &&
           !lang_knows(t->folded) && !drug_class_asked(d->tokens, i);
}

/* Whether anything is left of the papers (a bool each) in which the chunks stand. */
static bool leave_papers_of(const struct draft *d, const bool *chunks, enum notice kind, bool *papers) {
    const struct record *r = d->record;
    bool any = false;
    for (size_t p = 0; p < r->document_count; p++) {
        bool holds = false;
        for (size_t i = 0; i < r->chunk_count && !holds; i++) holds = chunks[i] && r->chunks[i].document == p;
        any |= holds;
        /* What is forbidden is so wherever it says why. */
        papers[p] &= holds || kind == NOTICE_FORBIDDEN || kind == NOTICE_FOOD;
    }
    return any;
}

/* Papers that name what else the question names: who asks about the baby is not told of the mother. */
static enum status read_papers(struct draft *d, enum notice kind, const bool *said, bool **out) {
    size_t n = d->record->chunk_count;
    bool *papers = arena_array(d->arena, d->record->document_count + 1, 1),
         *chunks = arena_array(d->arena, n + 1, 1);
    if (!papers || !chunks) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    for (size_t p = 0; p < d->record->document_count; p++) papers[p] = d->record->documents[p].id != 0;
    *out = papers;
    for (size_t i = 0; i < d->tokens->count; i++) {
        if (!must_be_named(d, kind, said, i)) continue;
        memset(chunks, false, n);
        enum status s = paper_mark_chunks(d, &d->tokens->items[i], chunks);
        if (s != OK) return s;
        if (!leave_papers_of(d, chunks, kind, papers)) memset(papers, false, d->record->document_count);
    }
    return OK;
}

/* A glance at the words of a chunk, without reading it. */
static bool may_tell(const struct draft *d, enum notice kind, const struct record_chunk *c) {
    static const char between[] = " \n\t.,;:!?()[]+-*/'\"|";
    const struct str texts[] = { c->heading, c->text };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct str folded;
        if (!utf8_fold(d->arena, texts[i], &folded)) return true;
        while (folded.n) {
            struct str word = str_next_word(&folded, between);
            bool known = word.n >= WORD_LETTERS_MIN && notice_knows(d->books->notices, word);
            if (known || (kind == NOTICE_FORBIDDEN && names_is_medicine(word))) return true;
        }
    }
    return false;
}

/* "Avec mon ulcère", "à bébé", "pour ne pas en refaire": what or whom it is asked for stands elsewhere. */
static bool is_beside(const struct draft *d, size_t i) {
    for (size_t k = 0; k < i; k++) {
        struct str word = d->tokens->items[k].folded;
        if (str_in_words(word, "pour pr for") || (k + 2 >= i && word_in(word, &words_side_by_side)))
            return true;
    }
    return false;
}

/* A food stands among those that are forbidden; an effect is of the medicine that the line, or else the paper's title, names; so is a missed dose. */
static enum status speaks_of_asked(struct draft *d, enum notice kind, const struct record_chunk *c,
                                   struct str text, const bool *said, bool *speaks) {
    struct tokens t, title;
    *speaks = true;
    if (kind != NOTICE_EFFECTS && kind != NOTICE_FOOD && kind != NOTICE_MISSED) return OK;
    enum status s = text_tokens(d->reader, d->arena, text, TEXT_DOCUMENT, &t, d->err);
    if (s == OK)
        s = text_tokens(d->reader, d->arena, d->record->documents[c->document].title, TEXT_DOCUMENT, &title,
                        d->err);
    bool medicine = s == OK && text_names_medicine(&t);
    for (size_t i = 0; s == OK && i < d->tokens->count && *speaks; i++) {
        bool asked = kind == NOTICE_FOOD ? must_be_named(d, kind, said, i) && !is_beside(d, i)
                                         : d->subject->drug[i] && !drug_class_asked(d->tokens, i);
        /* What is to be done after a missed dose may be said of all medicines. */
        if (kind == NOTICE_MISSED && !medicine) return OK;
        *speaks = !asked || bearing_holds(d, &t, i) ||
                  (kind == NOTICE_EFFECTS && !medicine && bearing_holds(d, &title, i));
    }
    return s;
}

/* The latest papers first; of one paper in the order of its lines. */
static void keep(const struct draft *d, struct block found[NOTICES_MAX], size_t *count, struct block b) {
    const struct record *r = d->record;
    const struct record_document *doc = &r->documents[r->chunks[b.chunk].document];
    size_t at = *count;
    while (at && treatment_is_later(doc, &r->documents[r->chunks[found[at - 1].chunk].document])) at--;
    if (at >= NOTICES_MAX) return;
    size_t end = *count < NOTICES_MAX ? (*count)++ : NOTICES_MAX - 1;
    for (size_t i = end; i > at; i--) found[i] = found[i - 1];
    found[at] = b;
}

/* "Revenir si :" may be the heading of the list: then its items, or the lines of its first sentence. */
static struct str block_under_heading(struct str text) {
    size_t end = 0;
    if (!is_bullet(text_line_at(text, 0))) return block_at(text, 0);
    for (int lines = 0; end < text.n && lines < LINES_MAX; lines++, end = text_line_behind(text, end)) {
        struct str line = text_line_at(text, end);
        if (!is_bullet(line) && !(line.n && line.p[0] >= 'a' && line.p[0] <= 'z')) break;
    }
    return str_trim(utf8_prefix(str_sub(text, 0, end), BLOCK_BYTES_MAX));
}

static enum status find_blocks(struct draft *d, enum notice kind, const bool *said,
                               struct block found[NOTICES_MAX], size_t *count) {
    bool *papers = NULL;
    enum status s = read_papers(d, kind, said, &papers);
    *count = 0;
    for (uint32_t i = 0; i < d->record->chunk_count && s == OK; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (c->confidence < CONFIDENCE_READABLE || !papers[c->document] || !may_tell(d, kind, c)) continue;
        size_t from = 0;
        bool heads = false;
        if (c->heading.n) s = block_tells(d, kind, c->heading, &heads);
        if (s == OK && heads) s = speaks_of_asked(d, kind, c, c->text, said, &heads);
        if (s != OK) return s;
        if (heads) {
            struct block b = { i, c->heading, block_under_heading(c->text) };
            from = (size_t)(b.text.p - c->text.p) + b.text.n;
            keep(d, found, count, b);
        }
        for (size_t at = from, next; at < c->text.n; at = next) {
            struct str line = text_line_at(c->text, at), block = block_at(c->text, at);
            next = text_line_behind(c->text, at);
            bool tells = false;
            if (line.n) s = block_tells(d, kind, block, &tells);
            if (s == OK && tells) s = speaks_of_asked(d, kind, c, block, said, &tells);
            if (s != OK) return s;
            if (!tells) continue;
            keep(d, found, count, (struct block) { .chunk = i, .text = block });
            while (next < (size_t)(block.p - c->text.p) + block.n) next = text_line_behind(c->text, next);
        }
    }
    return s;
}

static enum status say_blocks(struct draft *d, const struct block *found, size_t count) {
    const struct record_document *last = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct record_chunk *c = &d->record->chunks[found[i].chunk];
        const struct record_document *doc = &d->record->documents[c->document];
        struct str words, line, flat, heading = found[i].heading;
        if (!draft_document_words(d, doc, &words) || !draft_flatten(d, found[i].text, &flat) ||
            !arena_printf(d->arena, &line, "%s%.*s%s« %.*s »%s", heading.n ? "« " : "", STR_ARG(heading),
                          heading.n ? " » " : "", STR_ARG(flat),
                          c->confidence < CONFIDENCE_SURE ? say(SAY_UNSURE, d->out->language) : ""))
            return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        if (doc != last) {
            draft_line(d);
            draft_say_of(d, SAY_PASSAGE, words);
        }
        last = doc;
        if (heading.n && !draft_cite(d, c->document, c->page, heading)) break;
        if (!draft_item(d, line, c->document, c->page, found[i].text)) break;
    }
    return OK;
}

enum status compose_notice(struct draft *d) {
    enum notice kind;
    struct block found[NOTICES_MAX];
    size_t count;
    bool *said = arena_array(d->arena, d->tokens->count + 1, 1);
    if (!said) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    enum status s =
        notice_asked(d->books->notices, d->arena, d->tokens, d->subject->drug, &kind, said, d->err);
    if (s != OK || kind == NOTICE_COUNT) return s;
    /* Whether one medicine may be taken is another question. */
    for (size_t i = 0; i < d->tokens->count && kind == NOTICE_FORBIDDEN; i++)
        if (names_is_medicine(d->tokens->items[i].folded) && !is_beside(d, i)) return OK;
    s = find_blocks(d, kind, said, found, &count);
    return s == OK && count ? say_blocks(d, found, count) : s;
}
