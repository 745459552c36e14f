/*
 * compose_measure -- what was measured or noted beside the laboratory's rows, of the latest day or of the one that is asked for.
 *
 * Every word of the question has to be explained: by what asks for the measure, by the time, or by the line, the head and the paper that the value
 * stands in. A question with another word wants another value.
 */
#include "base/utf8.h"
#include "language/language_words.h"
#include "rag/apart.h"
#include "rag/draft.h"
#include "rag/measured.h"
#include "rag/rag_words.h"
#include "rag/treatment.h"

enum { SHOWN_VALUES_MAX = 4, PREFIX_MIN = 5, FAR_WORDS_MAX = 1, TIMELESS_MAX = 3 };

struct finding {
    struct draft *draft;
    struct measures_asked asked;
    struct measured *items;
    size_t count;
    bool *fits;    /* an item each */
    bool *checked; /* an item each: its paper explains all words, else it would not fit any more */
    int far_max;   /* words that may stand elsewhere in the paper */
    char *
        in_paper; /* a word of the question in each document: whether it stands there, once that was looked up */
};

enum { NOT_LOOKED, STANDS_THERE, MISSING };

static struct date day_of(const struct draft *d, const struct measured *m) {
    return m->day.year ? m->day : d->record->documents[m->document].date;
}

static bool same_beginning(struct str a, struct str b) {
    size_t n = 0, longer = a.n > b.n ? a.n : b.n;
    while (n < a.n && n < b.n && a.p[n] == b.p[n]) n++;
    return n == longer || n > PREFIX_MIN || (n >= PREFIX_MIN && (n == a.n || n == b.n)) ||
           (n + 1 == longer && n >= 4);
}

/* The text holds the word, another name of it or another form. */
static enum status text_holds(struct draft *d, struct str text, struct str word, bool *holds) {
    struct str same[EXPAND_SAME_MAX];
    struct tokens t;
    size_t count = expand_same(word, same);
    enum status s = text_tokens(d->reader, d->arena, text, TEXT_DOCUMENT, &t, d->err);
    for (size_t i = 0; s == OK && i < t.count && !*holds; i++) {
        *holds = same_beginning(t.items[i].folded, word);
        for (size_t k = 0; k < count && !*holds; k++) *holds = same_beginning(t.items[i].folded, same[k]);
    }
    return s;
}

/* The patient is the child who is asked for: its papers call it one. */
static bool is_child(struct str folded) {
    return word_in(folded, &words_child);
}

/* Of somebody else, unless the very line says so. */
static bool is_of_others(struct str folded) {
    return word_in(folded, &words_other_person);
}

static enum status line_holds(struct draft *d, const struct measured *m, struct str word, bool *holds) {
    const struct record_chunk *c = &d->record->chunks[m->chunk];
    const struct record_document *doc = &d->record->documents[m->document];
    const struct str near[] = { m->line, m->head, c->heading, doc->title, doc->author };
    for (size_t i = 0; i < COUNT_OF(near) && !*holds; i++) {
        enum status s = text_holds(d, near[i], word, holds);
        if (s != OK) return s;
    }
    return OK;
}

/* Word `i` of the question, or what stands for it. */
static enum status paper_holds(const struct finding *f, const struct measured *m, size_t i, struct str word,
                               bool *holds) {
    struct draft *d = f->draft;
    char *known = &f->in_paper[i * d->record->document_count + m->document];
    for (size_t c = 0; c < d->record->chunk_count && !*holds && *known == NOT_LOOKED; c++) {
        if (d->record->chunks[c].document != m->document) continue;
        enum status s = text_holds(d, d->record->chunks[c].text, word, holds);
        if (s != OK) return s;
    }
    if (*known == NOT_LOOKED) *known = *holds ? STANDS_THERE : MISSING;
    *holds |= *known == STANDS_THERE;
    return OK;
}

static bool is_explained(const struct finding *f, size_t i) {
    const struct draft *d = f->draft;
    const struct token *t = &d->tokens->items[i];
    bool ordinal = i && d->when->tokens[i - 1] && word_in(t->folded, &words_ordinal_end);
    return t->stop || ordinal || f->asked.said[i] || d->when->tokens[i] || d->subject->own[i] ||
           measured_side_of(t->folded) != SIDE_NONE;
}

static enum status all_explained(const struct finding *f, const struct measured *m, bool *all) {
    struct draft *d = f->draft;
    int far = 0;
    *all = true;
    for (size_t i = 0; i < d->tokens->count && *all; i++) {
        const struct token *t = &d->tokens->items[i];
        bool holds = is_explained(f, i), child = is_child(t->folded);
        enum status s = holds ? OK : line_holds(d, m, t->folded, &holds);
        if (s == OK && !holds && child) s = line_holds(d, m, STR("nouveau"), &holds);
        if (s == OK && !holds && child) s = paper_holds(f, m, i, STR("enfant"), &holds);
        if (s == OK && !holds && !child && !t->number && far < f->far_max && !is_of_others(t->folded)) {
            s = paper_holds(f, m, i, t->folded, &holds);
            far++;
        }
        if (s != OK) return s;
        *all = holds;
    }
    return OK;
}

/* Once an item: a value whose paper leaves a word unexplained does not fit. */
static enum status explain(struct finding *f, size_t i) {
    if (f->checked[i]) return OK;
    f->checked[i] = true;
    return all_explained(f, &f->items[i], &f->fits[i]);
}

/* "Groupe sanguin enfant" among a mother's papers is not her own. */
static bool is_of_child(const struct draft *d, struct str folded) {
    enum { GROWN_UP_YEARS = 15 };
    bool child = false;
    int birth = d->record->birth.year;
    while (folded.n) child |= is_child(str_next_word(&folded, " :,()'"));
    for (size_t i = 0; i < d->tokens->count; i++)
        if (is_child(d->tokens->items[i].folded)) return false;
    return child && birth && d->question->today.year - birth > GROWN_UP_YEARS;
}

/* "Pas plus de", "cible", "ancien": words beside a value that make it another one. */
static bool is_no_measurement(const struct finding *f, const struct measured *m) {
    struct str folded, rest;
    if (m->between.n == 0) return false;
    if (!utf8_fold(f->draft->arena, m->between, &folded)) return true;
    if (is_of_child(f->draft, folded)) return true;
    for (rest = folded; rest.n;)
        if (word_in(str_next_word(&rest, " :,()'"), &words_compared)) return true;
    return false;
}

static enum measured_side side_asked(const struct draft *d) {
    enum measured_side side = SIDE_NONE;
    for (size_t i = 0; i < d->tokens->count; i++) {
        enum measured_side one =
            d->tokens->items[i].folded.n < 3 ? SIDE_NONE : measured_side_of(d->tokens->items[i].folded);
        if (one != SIDE_NONE && side != SIDE_NONE && one != side) return SIDE_NONE;
        if (one != SIDE_NONE) side = one;
    }
    return side;
}

/* The question names the head of the column. */
static bool names_column(const struct draft *d, const struct measured *m) {
    struct str folded;
    if (m->column.n == 0 || !utf8_fold(d->arena, m->column, &folded)) return false;
    for (size_t i = 0; i < d->tokens->count; i++)
        if (str_eq(d->tokens->items[i].folded, folded)) return true;
    return false;
}

/* A value of the laboratory that no fact says: it stands in a line that was not read as a row. */
static bool lacks_fact(const struct draft *d) {
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        bool in_time = !d->when->said || when_holds(d->when, record_fact_day(d->record, f));
        if (in_time && d->subject->fact[i] && f->fact.type == FACT_LAB_VALUE) return false;
    }
    return true;
}

static bool ends_with_unit(struct str value) {
    return value.n && !is_digit(value.p[value.n - 1]);
}

/* A fact of the laboratory is as late, and says it with its range: compose_lab answers. */
static bool facts_are_as_late(const struct draft *d, const struct measured *m) {
    struct date day = day_of(d, m);
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        struct date other = record_fact_day(d->record, f);
        bool in_time = !d->when->said || when_holds(d->when, other);
        bool row = f->document != m->document || str_eq(f->fact.value, m->value);
        if (d->subject->fact[i] && f->fact.type == FACT_LAB_VALUE && in_time && row &&
            date_compare(other, day) >= 0)
            return true;
    }
    return false;
}

/* All that can be told without reading papers. */
static void check_fits(struct finding *f) {
    struct draft *d = f->draft;
    enum measured_side side = side_asked(d);
    bool column = false;
    for (size_t i = 0; i < f->count; i++) column |= names_column(d, &f->items[i]);
    for (size_t i = 0; i < f->count; i++) {
        const struct measured *m = &f->items[i];
        bool lab = m->of.measure == MEASURE_LAB;
        f->fits[i] = d->record->chunks[m->chunk].confidence >= CONFIDENCE_READABLE &&
                     (!d->when->said || when_holds(d->when, day_of(d, m))) &&
                     (side == SIDE_NONE || m->side == side) && !is_no_measurement(f, m) &&
                     (!lab || m->day.year || (lacks_fact(d) && ends_with_unit(m->value))) &&
                     (!column || names_column(d, m)) &&
                     (!lab || names_column(d, m) || !facts_are_as_late(d, m));
    }
}

/* a is of a later day, or of a paper that is to be believed first. */
static bool is_later(const struct draft *d, const struct measured *a, const struct measured *b) {
    struct date of_a = day_of(d, a), of_b = day_of(d, b);
    const struct record_document *doc_a = &d->record->documents[a->document],
                                 *doc_b = &d->record->documents[b->document];
    if (doc_a->names_another != doc_b->names_another) return doc_b->names_another;
    if (!of_a.year || !of_b.year) return of_a.year > of_b.year;
    int order = date_compare(of_a, of_b);
    return order ? order > 0 : treatment_is_later(doc_a, doc_b);
}

static bool begin_values(struct draft *d, const struct measured *m) {
    struct str day = m->day_words;
    if (!m->day.year && !draft_day_words(d, day_of(d, m), &day)) return false;
    draft_line(d);
    draft_say(d, SAY_VALUES);
    if (day_of(d, m).year && is_digit(day.p[0])) {
        draft_say_of(d, SAY_ON_DAY, day);
    } else {
        draft_add(d, STR(", "));
        draft_add(d, day);
    }
    draft_say(d, SAY_COLON);
    return true;
}

static bool add_value(struct draft *d, const struct measured *m) {
    const struct record_chunk *c = &d->record->chunks[m->chunk];
    struct str line = m->label, side = { "", 0 };
    if (m->side == SIDE_RIGHT) side = str_from_c(say(SAY_RIGHT, d->out->language));
    if (m->side == SIDE_LEFT) side = str_from_c(say(SAY_LEFT, d->out->language));
    struct str parts[] = { m->between, m->column, m->between.n ? (struct str) { "", 0 } : side };
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (parts[i].n && !arena_printf(d->arena, &line, "%.*s %.*s", STR_ARG(line), STR_ARG(parts[i])))
            return false;
    if (!arena_printf(d->arena, &line, "%.*s : %.*s%s", STR_ARG(line), STR_ARG(m->value),
                      c->confidence < CONFIDENCE_SURE ? say(SAY_UNSURE, d->out->language) : ""))
        return false;
    if (m->label.n == 0 &&
        !arena_printf(d->arena, &line, "« %.*s »%s", STR_ARG(m->line),
                      c->confidence < CONFIDENCE_SURE ? say(SAY_UNSURE, d->out->language) : ""))
        return false;
    if (m->head.n && !draft_cite(d, m->document, c->page, m->head)) return true;
    draft_item(d, line, m->document, c->page, m->line);
    return true;
}

static bool says_the_same(const struct measured *a, const struct measured *b) {
    return str_eq(a->value, b->value) && a->side == b->side && str_eq(a->column, b->column);
}

/* What does not change: all papers say it, and the patient may see when they do not agree. */
static bool is_timeless(enum measure m) {
    return m == MEASURE_BLOOD_GROUP || m == MEASURE_DUE_DATE || m == MEASURE_LAST_PERIOD ||
           m == MEASURE_BIRTH_WEIGHT;
}

static int days_shown(const struct finding *f, enum measure m) {
    bool both = f->draft->reading->earlier || f->draft->when->also;
    return is_timeless(m) ? TIMELESS_MAX : both ? 2 : 1;
}

/* The latest value of the measure whose paper explains the question; `count` of the finding: none. */
static enum status find_best(struct finding *f, struct measure_wanted w, size_t *best) {
    for (;;) {
        *best = f->count;
        for (size_t i = 0; i < f->count; i++)
            if (f->fits[i] && measure_is_same(f->items[i].of, w) &&
                (*best == f->count || is_later(f->draft, &f->items[i], &f->items[*best])))
                *best = i;
        if (*best == f->count || f->checked[*best]) return OK;
        enum status s = explain(f, *best);
        if (s != OK || f->fits[*best]) return s;
    }
}

/* The values of one measure that are latest; those of the day before as well, when that is asked for. */
static enum status add_latest(struct finding *f, struct measure_wanted w) {
    struct draft *d = f->draft;
    for (int turn = 0; turn < days_shown(f, w.measure); turn++) {
        size_t at;
        int shown = 0;
        enum status s = find_best(f, w, &at);
        if (s != OK || at == f->count) return s;
        const struct measured *best = &f->items[at];
        if (!begin_values(d, best)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        struct date day = day_of(d, best);
        for (size_t i = 0; i < f->count; i++) {
            const struct measured *m = &f->items[i];
            bool alike = f->fits[i] && measure_is_same(m->of, w) && date_compare(day_of(d, m), day) == 0;
            if (!alike) continue;
            bool again = m != best && says_the_same(m, best), room = shown < SHOWN_VALUES_MAX;
            bool wanted = !again && m->document == best->document && room;
            s = wanted ? explain(f, i) : OK;
            if (s != OK) return s;
            wanted &= f->fits[i];
            f->fits[i] = false;
            if (!wanted) continue;
            shown++;
            if (!add_value(d, m)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        }
    }
    return OK;
}

/* A measure asked for by its number is said, not whether it is good, what to do about it or what it costs. */
static bool may_answer(const struct draft *d, const struct measures_asked *asked) {
    bool phone = asked->count && asked->items[0].measure == MEASURE_PHONE;
    if (d->subject->names_lab && compose_lab_asks_target(d)) return false;
    return asked->count && d->reading->intent != INTENT_ADVICE && !d->when->future &&
           (phone || demand_facts_may_answer(&d->demands));
}

enum status compose_measure(struct draft *d) {
    struct finding f = { .draft = d };
    const struct measured_reading reading = { d->reader, d->arena, d->books->measures, d->record,
                                              d->question->today };
    enum status s =
        measures_asked(d->books->measures, d->arena, d->tokens, d->subject->lab, &f.asked, d->err);
    if (s != OK || !may_answer(d, &f.asked) || apart_asks_gain(d->tokens)) return s;
    s = measured_find(&reading, &f.asked, &f.items, &f.count, d->err);
    if (s != OK) return s;
    f.fits = arena_array(d->arena, f.count + 1, 1);
    f.checked = arena_array(d->arena, f.count + 1, 1);
    f.in_paper = arena_array(d->arena, (d->tokens->count + 1) * (d->record->document_count + 1), 1);
    if (!f.fits || !f.checked || !f.in_paper) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    /* "Mon poids à la sortie" is the one whose line says so, before a later one whose paper only speaks of it. */
    for (; f.far_max <= FAR_WORDS_MAX && s == OK && d->text->n == 0; f.far_max++) {
        memset(f.checked, false, f.count);
        check_fits(&f);
        for (size_t i = 0; i < f.asked.count && s == OK; i++) s = add_latest(&f, f.asked.items[i]);
    }
    return s;
}
