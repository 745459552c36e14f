/*
 * compose_report -- the conclusion of the report or picture that is asked for.
 */
#include <ctype.h>

#include "base/utf8.h"
#include "rag/finding.h"
#include "rag/paper.h"
#include "rag/treatment.h"

enum { EXCERPT_BYTES_MAX = 420 };

/* Where the line begins whose first words sum a report up. */
static bool says_conclusion(const struct draft *d, struct str text, size_t *at) {
    static const char *const words[] = { "conclusion", "au total",  "interpretation",
                                         "impression", "en resume", "en somme",
                                         "synthese",   "ccl",       "opinion" };
    for (*at = 0; *at < text.n;) {
        size_t n = str_find_char(str_sub(text, *at, text.n), '\n');
        struct str folded;
        if (!utf8_fold(d->arena, str_trim(str_sub(text, *at, n)), &folded)) return false;
        if (str_find(folded, STR("conclusion")) < folded.n) return true;
        for (size_t i = 0; i < COUNT_OF(words); i++)
            if (str_starts(folded, str_from_c(words[i]))) return true;
        *at += n + 1;
    }
    return false;
}

/* A short name is a whole word, a longer one may go on. */
static bool holds_name(struct str folded, struct str name) {
    enum { WHOLE_LETTERS_MAX = 3 };
    for (size_t at = 0, found; (found = str_find(str_sub(folded, at, folded.n), name)) < folded.n - at;) {
        size_t first = at + found, end = first + name.n;
        bool begins = first == 0 || !isalnum((unsigned char)folded.p[first - 1]);
        bool ends = name.n > WHOLE_LETTERS_MAX || end == folded.n || !isalnum((unsigned char)folded.p[end]);
        if (begins && ends) return true;
        at = first + 1;
    }
    return false;
}

static bool text_holds_one(const struct draft *d, struct str text, const struct str *words, size_t count) {
    struct str folded;
    if (!utf8_fold(d->arena, text, &folded)) return false;
    for (size_t i = 0; i < count; i++)
        if (holds_name(folded, words[i])) return true;
    return false;
}

/* The folded word and other names of what it names. */
static size_t names_of(struct str folded, struct str words[EXPAND_SAME_MAX + 1]) {
    size_t count = expand_same(folded, words);
    words[count++] = folded;
    return count;
}

static bool title_speaks_of(const struct draft *d, uint32_t document, struct str folded) {
    struct str words[EXPAND_SAME_MAX + 1];
    size_t count = names_of(folded, words);
    return text_holds_one(d, d->record->documents[document].title, words, count);
}

bool paper_speaks_of(const struct draft *d, uint32_t document, struct str folded) {
    struct str words[EXPAND_SAME_MAX + 1];
    size_t count = names_of(folded, words);
    bool holds = text_holds_one(d, d->record->documents[document].title, words, count);
    for (size_t k = 0; k < d->record->chunk_count && !holds; k++)
        holds = d->record->chunks[k].document == document &&
                text_holds_one(d, d->record->chunks[k].text, words, count);
    return holds;
}

/* A report is asked for by what it pictures ("ma radio"): then its title must say so, or the text of what is a picture. */
static bool report_is_asked(const struct draft *d, uint32_t document, const bool *required) {
    const struct record_document *doc = &d->record->documents[document];
    for (size_t i = 0; i < d->tokens->count; i++) {
        struct str word = d->tokens->items[i].folded;
        if (!required[i]) continue;
        bool speaks = doc->kind == KIND_IMAGING ? paper_speaks_of(d, document, word)
                                                : title_speaks_of(d, document, word);
        if (!speaks) return false;
    }
    return true;
}

static bool is_everyday(const struct expansion *x, const struct named *n) {
    for (size_t i = 0; i < n->concept_count; i++)
        if (!expand_concept(x, n, i)->everyday) return false;
    return true;
}

/* "Heart ultrasound" is one name, and says of what. */
static bool holds_required(const struct named *n, const bool *required) {
    for (size_t i = n->first; i <= n->last; i++)
        if (required[i]) return true;
    return false;
}

/* What else is named of a picture, as what it shows: "What did my heart ultrasound show" is not answered with kidneys. */
static bool speaks_of_rest(const struct draft *d, uint32_t document, const bool *required) {
    bool pictured = false;
    for (size_t i = 0; i < d->tokens->count; i++) pictured |= required[i];
    for (size_t i = 0; i < d->tokens->count && pictured; i++) {
        const struct token *t = &d->tokens->items[i];
        const struct named *n = expand_named(&d->names, i);
        bool asked = n && !is_everyday(&d->names, n) &&
                     (n->first == n->last || holds_required(n, required)) && !required[i] && !t->stop &&
                     !t->number && !d->when->tokens[i];
        if (asked && !paper_speaks_of(d, document, t->folded)) return false;
    }
    return !d->demands.asked[DEMAND_REPEAT] || paper_speaks_of(d, document, STR("controle"));
}

/* It only orders what is to be done, or says that it was not. */
static bool is_plan(const struct draft *d, struct str line) {
    struct tokens t;
    uint32_t shown = 0;
    return text_tokens(d->reader, d->arena, line, TEXT_DOCUMENT, &t, NULL) == OK &&
           demand_look(d->demands.book, d->arena, line, &t, &shown, NULL) == OK &&
           (shown >> SHOWN_PLANNED & 1);
}

/* What is pictured stands in the title: then it is one, whatever it looks like, but for "Echographie cardiaque conseillée". */
static bool is_report(const struct draft *d, uint32_t i, const bool *required) {
    const struct record_document *doc = &d->record->documents[i];
    bool kind = doc->kind == KIND_IMAGING || doc->kind == KIND_REPORT;
    for (size_t k = 0; k < d->tokens->count; k++) kind |= required[k];
    return kind && !is_plan(d, doc->title) &&
           (!d->when->said || d->when->future || when_holds(d->when, doc->date));
}

/* Up to the line that is a plan; at least one line. */
static struct str before_plans(const struct draft *d, struct str text) {
    for (size_t at = str_find_char(text, '\n') + 1; at < text.n;) {
        size_t n = str_find_char(str_sub(text, at, text.n), '\n');
        if (is_plan(d, str_sub(text, at, n))) return str_sub(text, 0, at);
        at += n + 1;
    }
    return text;
}

/* The conclusion of a passage, or its beginning. */
static enum status add_conclusion(struct draft *d, uint32_t chunk) {
    const struct record_chunk *c = &d->record->chunks[chunk];
    struct str words, excerpt;
    size_t at;
    if (!says_conclusion(d, c->text, &at)) at = 0;
    excerpt = utf8_prefix(str_sub(c->text, at, c->text.n), EXCERPT_BYTES_MAX);
    excerpt = str_trim(before_plans(d, excerpt));
    if (!draft_cite(d, c->document, c->page, excerpt)) return OK;
    if (!draft_document_words(d, &d->record->documents[c->document], &words))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    draft_say_of(d, SAY_PASSAGE, words);
    draft_quote(d, excerpt);
    if (c->confidence < CONFIDENCE_SURE) draft_say(d, SAY_UNSURE);
    return finding_add_details(d, c->document, excerpt);
}

enum status compose_report(struct draft *d, const bool *required) {
    const struct record_document *best = NULL;
    uint32_t document = 0;
    int64_t chosen = -1;
    int best_titled = 0;
    for (uint32_t i = 0; i < d->record->document_count; i++) {
        int titled = paper_titled(d, i);
        if (!is_report(d, i, required) || !report_is_asked(d, i, required) || titled < best_titled ||
            !speaks_of_rest(d, i, required))
            continue;
        if (titled == best_titled && best && !treatment_is_later(&d->record->documents[i], best)) continue;
        best = &d->record->documents[i];
        best_titled = titled;
        document = i;
    }
    for (size_t k = 0; best && k < d->record->chunk_count; k++) {
        const struct record_chunk *c = &d->record->chunks[k];
        size_t at;
        if (c->document != document || c->confidence < CONFIDENCE_READABLE) continue;
        bool concludes = says_conclusion(d, c->heading, &at) || says_conclusion(d, c->text, &at);
        /* A report without one says most where it says the most, which is not its letterhead. */
        if (chosen < 0 || concludes || c->words > d->record->chunks[chosen].words) chosen = (int64_t)k;
        if (concludes) break;
    }
    return chosen < 0 ? OK : add_conclusion(d, (uint32_t)chosen);
}
