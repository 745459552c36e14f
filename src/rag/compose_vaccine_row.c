/*
 * compose_vaccine_row -- what a vaccination card says beside the days of what was given: until when it protects ("à vie"), what was not done, and the
 * day that is noted for what is still to come.
 */
#include "language/day_token.h"
#include "language/vaccine.h"
#include "rag/draft.h"
#include "rag/paper.h"
#include "rag/rag_words.h"

enum { ROWS_MAX = 6, ROW_BYTES_MAX = 200 };

enum wanted { WANTED_NOTHING, WANTED_VALIDITY, WANTED_MISSING, WANTED_DAY };

/* "Encore bon jusqu'à quand", "lequel manque", "le rappel c'est quand". */
static enum wanted wanted_of(const struct draft *d) {
    const bool *asked = d->demands.asked, *said = d->demands.said;
    if (d->reading->intent != INTENT_VACCINES || asked[DEMAND_EFFECT] || asked[DEMAND_REASON])
        return WANTED_NOTHING;
    if (said[SAID_UNDONE]) return WANTED_MISSING;
    if (d->subject->vaccine_count == 0) return WANTED_NOTHING;
    if (asked[DEMAND_DURATION] || asked[DEMAND_EXPIRY] || asked[DEMAND_LIFELONG]) return WANTED_VALIDITY;
    bool to_come = text_says_one(d->tokens, &words_booster);
    return asked[DEMAND_DAY] && !said[SAID_PAST] && to_come ? WANTED_DAY : WANTED_NOTHING;
}

static enum status protects_from(const struct draft *d, struct str text, uint32_t *against) {
    struct vaccine_named named[VACCINES_NAMED_MAX];
    size_t count = 0;
    *against = 0;
    enum status s = vaccines_named(d->arena, text, named, &count, d->err);
    for (size_t i = 0; s == OK && i < count; i++) *against |= named[i].against;
    return s;
}

static bool is_asked(const struct draft *d, uint32_t against) {
    bool asked = d->subject->vaccine_count == 0;
    for (size_t i = 0; i < d->subject->vaccine_count; i++)
        asked |= (against & d->subject->vaccines[i]) == d->subject->vaccines[i];
    return against && asked;
}

static bool names_future(const struct draft *d, struct str row, const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++) {
        struct day_token day;
        if (!day_token_at(row, t, i, &day)) continue;
        if (date_compare(day.date, d->question->today) >= 0) return true;
        i = day.last;
    }
    return false;
}

/* The list of vaccinations names the next day itself. */
static enum status is_due_in_facts(const struct draft *d, bool *due) {
    *due = false;
    for (size_t i = 0; i < d->record->fact_count && !*due; i++) {
        const struct fact *f = &d->record->facts[i].fact;
        uint32_t against;
        if (f->type != FACT_VACCINATION || f->due.n == 0) continue;
        enum status s = protects_from(d, f->name, &against);
        if (s != OK) return s;
        *due = is_asked(d, against);
    }
    return OK;
}

/* Another paper says that it was given after all. */
static enum status is_given_elsewhere(const struct draft *d, uint32_t document, uint32_t against,
                                      bool *given) {
    *given = false;
    for (size_t i = 0; i < d->record->fact_count && !*given; i++) {
        const struct record_fact *f = &d->record->facts[i];
        uint32_t of_fact;
        if (f->fact.type != FACT_VACCINATION || f->document == document) continue;
        enum status s = protects_from(d, f->fact.name, &of_fact);
        if (s != OK) return s;
        *given = (of_fact & against) != 0;
    }
    return OK;
}

static enum status is_answer(const struct draft *d, enum wanted wanted, uint32_t document, struct str row,
                             bool *answer) {
    struct tokens t;
    uint32_t against, shown = 0;
    *answer = false;
    enum status s = protects_from(d, row, &against);
    if (s != OK || !is_asked(d, against)) return s;
    s = text_tokens(d->reader, d->arena, row, TEXT_DOCUMENT, &t, d->err);
    if (s == OK) s = demand_look(d->books->demands, d->arena, row, &t, &shown, d->err);
    if (s != OK) return s;
    bool planned = shown >> SHOWN_PLANNED & 1, given = false;
    switch (wanted) {
    case WANTED_VALIDITY:
        *answer = !planned && (shown & (UINT32_C(1) << SHOWN_DURATION | UINT32_C(1) << SHOWN_LIFELONG));
        return OK;
    case WANTED_DAY: *answer = names_future(d, row, &t); return OK;
    case WANTED_MISSING:
        s = planned ? is_given_elsewhere(d, document, against, &given) : OK;
        *answer = s == OK && planned && !given;
        return s;
    case WANTED_NOTHING: break;
    }
    return OK;
}

enum status compose_vaccine_rows(struct draft *d) {
    enum wanted wanted = wanted_of(d);
    size_t rows = 0;
    bool due = false;
    enum status st = wanted == WANTED_DAY ? is_due_in_facts(d, &due) : OK;
    if (st != OK || due) return st;
    for (size_t k = 0; wanted != WANTED_NOTHING && k < d->record->chunk_count; k++) {
        const struct record_chunk *c = &d->record->chunks[k];
        if (!paper_is_readable(d, c)) continue;
        for (struct str rest = c->text; rest.n && rows < ROWS_MAX;) {
            struct str row = str_trim(str_next_line(&rest));
            bool answer = false;
            enum status s =
                row.n && row.n <= ROW_BYTES_MAX ? is_answer(d, wanted, c->document, row, &answer) : OK;
            if (s == OK && answer) s = draft_sentence(d, c, row);
            if (s != OK) return s;
            rows += answer;
        }
    }
    return OK;
}
