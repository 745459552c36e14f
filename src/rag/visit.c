#include "rag/visit.h"

#include "language/day_token.h"
#include "rag/rag_words.h"
#include "rag/sentence.h"

enum { VISITS_MAX = 24, VISIT_BYTES_MAX = 320 };

struct looking {
    struct text_reader *reader;
    struct arena *arena;
    const struct record *record;
    struct visit *items;
    size_t count;
    bool headed; /* what is read stands below "RENDEZ-VOUS" */
    struct err *err;
};

static bool calls_back(const struct tokens *t, size_t i) {
    return word_in(t->items[i].folded, &words_visit);
}

bool visit_names_clock(const struct tokens *t) {
    for (size_t i = 0; i + 1 < t->count; i++)
        if (t->items[i].number && word_in(t->items[i + 1].folded, &words_clock) && t->items[i].folded.n <= 2)
            return true;
    return false;
}

bool visit_names_bringing(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++) {
        if (i && str_eq(t->items[i].folded, STR("avec")) && word_in(t->items[i - 1].folded, &words_come))
            return true;
        if (word_in(t->items[i].folded, &words_to_bring) && !word_in(t->items[i].folded, &words_indicated))
            return true;
    }
    return false;
}

/* The first such day behind the paper's own, where its year is left out. */
static struct date with_year(struct date day, struct date of_paper) {
    if (day.year || !of_paper.year) return day;
    day.year = of_paper.year;
    if (date_compare(day, of_paper) <= 0) day.year++;
    return day;
}

/* The day to which a sentence calls: behind the word that calls, and after the paper. */
/* A paper may be dated by the only day that it names: an appointment, if it tells the hour or what to bring. */
static bool is_later(struct date day, struct date of_paper, bool detailed) {
    int order = date_compare(day, of_paper);
    return day.year && date_is_valid(day) && (order > 0 || (order == 0 && detailed));
}

static bool find_day(const struct tokens *t, struct str text, struct date of_paper, struct date *out,
                     size_t *behind, bool called) {
    bool detailed = visit_names_clock(t) || visit_names_bringing(t);
    for (size_t i = 0; i < t->count; i++) {
        struct day_token day;
        called |= calls_back(t, i);
        if (!called || !(day_token_at(text, t, i, &day) || day_token_short_at(text, t, i, &day))) continue;
        *out = with_year(day.date, of_paper);
        *behind = i = day.last;
        if (is_later(*out, of_paper, detailed)) return true;
    }
    return false;
}

/* The sentence with the next one, which says what to bring. */
static enum status add_bringing(struct looking *l, struct visit *v, struct str text, size_t behind) {
    struct tokens t;
    struct str next = sentence_next(text, &behind);
    size_t whole = (size_t)(next.p + next.n - v->text.p);
    if (v->bring || next.n == 0 || whole > VISIT_BYTES_MAX) return OK;
    enum status s = text_tokens(l->reader, l->arena, next, TEXT_DOCUMENT, &t, l->err);
    if (s != OK || !visit_names_bringing(&t)) return s;
    v->bring = true;
    v->text.n = whole;
    return OK;
}

static enum status read_sentence(struct looking *l, uint32_t chunk, struct str sentence, size_t behind) {
    const struct record_chunk *c = &l->record->chunks[chunk];
    struct date of_paper = l->record->documents[c->document].date;
    struct visit v = { .chunk = chunk, .text = sentence };
    struct tokens t;
    size_t behind_day = 0;
    enum status s = text_tokens(l->reader, l->arena, sentence, TEXT_DOCUMENT, &t, l->err);
    if (s != OK || !find_day(&t, sentence, of_paper, &v.day, &behind_day, l->headed)) return s;
    v.clock = visit_names_clock(&t);
    v.bring = visit_names_bringing(&t);
    /* "Prochain RDV : 13/07/2026 avec HbA1c récente". */
    for (size_t i = behind_day; i < t.count; i++) v.bring |= str_eq(t.items[i].folded, STR("avec"));
    s = add_bringing(l, &v, c->text, behind);
    if (s == OK) l->items[l->count++] = v;
    return s;
}

/* "Rendez-vous : Dr Mor", "Talla DIENG, 10/06/2026", or "CONTROLE" above its day: a line that calls goes on in the next one. */
static enum status read_next_line_too(struct looking *l, uint32_t chunk, struct str sentence, size_t behind) {
    struct str text = l->record->chunks[chunk].text, next = sentence_next(text, &behind);
    size_t whole = next.n ? (size_t)(next.p + next.n - sentence.p) : 0;
    struct tokens t;
    bool called = false;
    if (sentence.n == 0 || sentence.p[sentence.n - 1] == '.' || next.n == 0 || whole > VISIT_BYTES_MAX)
        return OK;
    enum status s = text_tokens(l->reader, l->arena, sentence, TEXT_DOCUMENT, &t, l->err);
    for (size_t i = 0; s == OK && i < t.count; i++) called |= calls_back(&t, i);
    return s == OK && called ? read_sentence(l, chunk, (struct str) { sentence.p, whole }, behind) : s;
}

static enum status read_heading(struct looking *l, const struct record_chunk *c) {
    struct tokens t;
    enum status s = text_tokens(l->reader, l->arena, c->heading, TEXT_DOCUMENT, &t, l->err);
    l->headed = s == OK && t.count && t.count < 4 && word_in(t.items[0].folded, &words_visit_heading);
    return s;
}

/* From its letters alone: most sentences name no day. */
static bool may_call(struct str sentence) {
    size_t digits = 0;
    for (size_t i = 0; i < sentence.n; i++) digits += is_digit(sentence.p[i]);
    return digits > 0 && sentence.n <= VISIT_BYTES_MAX;
}

enum status visits_find(struct text_reader *reader, struct arena *arena, const struct record *record,
                        struct visit **items, size_t *count, struct err *err) {
    struct looking l = {
        reader, arena, record, arena_array(arena, VISITS_MAX, sizeof **items), 0, false, err
    };
    enum status s = l.items ? OK : fail(err, E_LIMIT, NULL, "no memory for visits");
    for (uint32_t i = 0; s == OK && i < record->chunk_count; i++) {
        struct str text = record->chunks[i].text;
        if (record->documents[record->chunks[i].document].id == 0) continue;
        s = read_heading(&l, &record->chunks[i]);
        for (size_t at = 0; s == OK && at < text.n && l.count < VISITS_MAX;) {
            struct str sentence = sentence_next(text, &at);
            size_t before = l.count;
            if (may_call(sentence)) s = read_sentence(&l, i, sentence, at);
            if (s == OK && l.count == before) s = read_next_line_too(&l, i, sentence, at);
        }
    }
    *items = l.items;
    *count = l.count;
    return s;
}
