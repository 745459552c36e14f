#include "rag/beside.h"

#include "language/day_token.h"
#include "language/names.h"
#include "language/words.h"
#include "rag/apart.h"
#include "rag/bearing.h"
#include "rag/rag_words.h"
#include "rag/whose.h"

/* "Pas avant 3 semaines" says what may be after them. */
static bool says_not_before(const struct tokens *t) {
    for (size_t i = 1; i < t->count; i++)
        if (str_eq(t->items[i].folded, STR("avant")) && str_eq(t->items[i - 1].folded, STR("pas")))
            return true;
    return false;
}

/* Asked about one side: what speaks of the other alone is another eye, leg or ear. "Le droit de" is no side. */
static bool is_opposite(const struct draft *d, const struct tokens *quote) {
    bool leave = d->demands.asked[DEMAND_MAY] || d->reading->intent == INTENT_ADVICE;
    for (size_t k = leave; k < COUNT_OF(words_opposites) / 2; k++) {
        for (int side = 0; side < 2; side++) {
            const struct word_list *asked = &words_opposites[2 * k + (size_t)side],
                                   *other = &words_opposites[2 * k + 1 - (size_t)side];
            if (!text_says_one(d->tokens, asked) || text_says_one(d->tokens, other)) continue;
            bool turned = str_eq(asked->first, STR("apres")) && says_not_before(quote);
            if (text_says_one(quote, other) && !text_says_one(quote, asked) && !turned) return true;
        }
    }
    return false;
}

/* "L'écho de 32 semaines": what is of another week, and not of that one, is another. */
static bool has_other_figure(const struct draft *d, const struct tokens *quote) {
    for (size_t i = 0; i + 1 < d->tokens->count; i++) {
        const struct token *asked = &d->tokens->items[i], *unit = asked + 1;
        bool same = false, another = false;
        if (!asked->number || unit->number || d->when->tokens[i]) continue;
        for (size_t k = 0; k < quote->count; k++) {
            const struct token *t = &quote->items[k];
            same |= t->number && str_eq(t->folded, asked->folded);
            another |= k && str_eq(t->stem, unit->stem) && t[-1].number;
        }
        if (another && !same) return true;
    }
    return false;
}

/* "Hémoglobine F" is another value than haemoglobin. */
static bool lacks_fraction(const struct draft *d, const struct tokens *quote) {
    static const char fractions[] = "f a2";
    for (size_t i = 1; i < d->tokens->count; i++) {
        struct str word = d->tokens->items[i].folded;
        bool fraction = str_in_words(word, fractions) &&
                        names_lab(d->tokens->items[i - 1].folded) == names_lab(STR("hemoglobine"));
        bool stands = false;
        for (size_t k = 0; k < quote->count && fraction; k++) stands |= str_eq(quote->items[k].folded, word);
        if (fraction && !stands) return true;
    }
    return false;
}

/* "De combien à combien", of a value: one figure says half of it. */
static bool lacks_second(const struct draft *d, const struct tokens *quote) {
    size_t figures = 0;
    for (size_t i = 0; i < quote->count; i++) figures += quote->items[i].number;
    return d->demands.said[SAID_BOTH] && d->subject->names_lab && figures < 2;
}

/* "Le prochain rendez-vous": a day that is still to come; "elle va commencer quand", "j'ai rendez-vous quand": one that was when the paper was written. */
static bool asks_next(const struct draft *d) {
    return text_says_one(d->tokens, &words_next);
}

static bool asks_of_future(const struct draft *d) {
    if (asks_next(d)) return true;
    if (!d->demands.asked[DEMAND_DAY] || d->demands.said[SAID_PAST] ||
        text_says_one(d->tokens, &words_past_asked))
        return false;
    /* "On m'a opéré quand". */
    for (size_t i = 1; i < d->tokens->count; i++)
        if (str_in_words(d->tokens->items[i - 1].folded, "ai a ont") &&
            str_ends(d->tokens->items[i].folded, STR("e")))
            return false;
    return d->demands.will_be || d->reading->intent == INTENT_APPOINTMENTS;
}

/* What is to come is asked for, and all days that the line names had passed. Days without a year are of the paper's, or the year alone stands. */
static bool has_passed(const struct draft *d, const struct record_chunk *c, struct str text,
                       const struct tokens *quote) {
    struct date written = d->record->documents[c->document].date;
    struct date now = asks_next(d) || written.year == 0 ? d->question->today : written;
    size_t days = 0;
    if (!asks_of_future(d)) return false;
    for (size_t i = 0; i < quote->count; i++) {
        struct day_token day = { .date = now, .last = i };
        int64_t year;
        bool of_year =
            quote->items[i].number && str_to_i64(quote->items[i].folded, &year) && year > 1950 && year < 2100;
        if (!day_token_at(text, quote, i, &day) && !day_token_short_at(text, quote, i, &day) && !of_year)
            continue;
        if (of_year) day.date.year = (int)year;
        if (day.date.year == 0) day.date.year = written.year;
        if (day.date.year == 0 || date_compare(day.date, now) > 0 || (of_year && year >= now.year))
            return false;
        days++;
        i = day.last;
    }
    return days > 0 && !text_says_one(quote, &words_next);
}

/* "Depuis quand": a line that names no beginning and no day does not say. */
static bool lacks_beginning(const struct draft *d, struct str text, const struct tokens *quote) {
    if (!d->demands.said[SAID_SINCE]) return false;
    for (size_t i = 0; i < quote->count; i++) {
        struct day_token day;
        if (day_token_at(text, quote, i, &day)) return false;
        if (word_in(quote->items[i].folded, &words_begun)) return false;
        if (quote->items[i].number && quote->items[i].folded.n == 4) return false; /* "2019" */
    }
    return true;
}

/* Why: what a line further down gives a reason for is something else. */
static bool lacks_reason(const struct draft *d, const struct excerpt *e) {
    return d->demands.asked[DEMAND_REASON] && e->shown < 0;
}

/* "Niokhor DIONE": a name is written so, with or without a title before it. */
static bool holds_full_name(struct str text, const struct tokens *t) {
    for (size_t i = 0; i + 1 < t->count; i++) {
        struct str first = token_source(text, &t->items[i]), last = token_source(text, &t->items[i + 1]);
        size_t capitals = 0;
        for (size_t k = 0; k < last.n; k++) capitals += last.p[k] >= 'A' && last.p[k] <= 'Z';
        bool given = first.n > 2 && first.p[0] >= 'A' && first.p[0] <= 'Z' && first.p[1] >= 'a';
        if (given && last.n >= 2 && capitals == last.n && !t->items[i + 1].sentence_start) return true;
    }
    return false;
}

/* Who it is must stand in the line that speaks of it: a name further down is somebody else's. */
static enum status lacks_person(struct draft *d, const struct excerpt *e, bool *lacks) {
    struct tokens t;
    uint32_t shown = 0;
    if (!d->demands.asked[DEMAND_PERSON] || d->demands.asked[DEMAND_DAY]) return OK;
    enum status s = text_tokens(d->reader, d->arena, e->line, TEXT_DOCUMENT, &t, d->err);
    if (s == OK) s = demand_look(d->books->demands, d->arena, e->line, &t, &shown, d->err);
    *lacks = s == OK && !(shown >> SHOWN_PERSON & 1) && !holds_full_name(e->line, &t);
    return s;
}

/* "Pourquoi on a arrêté …": what it was given for is no reason to stop it. */
static enum status lacks_stop(struct draft *d, const struct excerpt *e, const struct tokens *quote,
                              bool *lacks) {
    uint32_t shown = 0;
    bool stopped = false;
    for (size_t i = 0; i < d->tokens->count && d->demands.asked[DEMAND_REASON]; i++)
        stopped |= word_in(d->tokens->items[i].folded, &words_stopped);
    if (!stopped || text_says_one(d->tokens, &words_not_stopped)) return OK;
    enum status s = demand_look(d->books->demands, d->arena, e->text, quote, &shown, d->err);
    *lacks = s == OK && !(shown >> SHOWN_STOPPED & 1);
    return s;
}

/* Words that name what may be done or taken; not the deed itself, nor a disease or medicine that it is asked for beside. */
static bool is_object(const struct draft *d, size_t i) {
    const struct token *t = &d->tokens->items[i];
    /* "Avec ma goutte". */
    if (i > 1 && word_in(d->tokens->items[i - 2].folded, &words_with)) return false;
    return draft_is_content(d, i) && !d->subject->own[i] && !d->subject->drug[i] && !d->reading->disease[i] &&
           !words_is_common(t->folded) && !word_in(t->folded, &words_deed_asked);
}

/* "Je peux manger de la mangue": a list without mangoes neither allows nor forbids them. */
static bool lacks_object(const struct draft *d, const struct tokens *quote) {
    bool need = text_says_one(d->tokens, &words_need) && !d->demands.said[SAID_OPEN];
    size_t objects = 0;
    if ((!d->demands.asked[DEMAND_MAY] && d->reading->intent != INTENT_ADVICE && !need) ||
        d->demands.said[SAID_OPEN])
        return false;
    for (size_t i = 0; i < d->tokens->count; i++) {
        if (!is_object(d, i)) continue;
        objects++;
        for (size_t k = 0; k < quote->count; k++)
            if (draft_names(d, i, quote->items[k].stem)) return false;
    }
    return objects > 0;
}

/* Another of a series, in other units, of somebody else, or of something else that is to be done. */
static enum status is_apart(struct draft *d, const struct record_chunk *c, const struct excerpt *e,
                            bool *apart) {
    struct tokens t;
    /* What has a price stands in its line. */
    struct str all, quoted = d->demands.asked[DEMAND_PRICE] ? e->line : e->text;
    if (!arena_printf(d->arena, &all, "%.*s\n%.*s\n%.*s", STR_ARG(d->record->documents[c->document].title),
                      STR_ARG(c->heading), STR_ARG(quoted)))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    enum status s = text_tokens(d->reader, d->arena, all, TEXT_DOCUMENT, &t, d->err);
    if (s != OK) return s;
    bool dated = d->demands.asked[DEMAND_DAY];
    *apart = bearing_is_of_another_kind(d, &t) || apart_is_of_series(d->tokens, e->text, &t) ||
             apart_lacks_unit(d->tokens, &t) || (dated && apart_lacks_deed(d->tokens, &t)) ||
             (d->demands.asked[DEMAND_DURATION] && apart_lacks_occasion(d->tokens, &t)) ||
             ((dated || d->demands.asked[DEMAND_DURATION] || apart_asks_until(d->tokens)) &&
              apart_lacks_end(d->tokens, e->text, &t));
    return OK;
}

enum status beside_check(struct draft *d, const struct record_chunk *c, const struct excerpt *e,
                         bool *beside) {
    struct tokens t;
    enum status s = text_tokens(d->reader, d->arena, e->text, TEXT_DOCUMENT, &t, d->err);
    if (s != OK) return s;
    *beside = apart_lacks_gain(d->tokens, e->text, &t) || is_opposite(d, &t) || has_other_figure(d, &t) ||
              lacks_fraction(d, &t) || lacks_second(d, &t) || has_passed(d, c, e->text, &t) ||
              lacks_beginning(d, e->text, &t) || lacks_reason(d, e);
    if (!*beside) s = lacks_person(d, e, beside);
    *beside = *beside || lacks_object(d, &t);
    if (s == OK && !*beside) s = lacks_stop(d, e, &t, beside);
    if (s == OK && !*beside) s = is_apart(d, c, e, beside);
    if (s == OK && !*beside) s = whose_lacks(d, e->text, beside);
    return s;
}
