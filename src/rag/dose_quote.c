#include "rag/dose_quote.h"

#include "language/day_token.h"
#include "language/names.h"
#include "rag/rag_words.h"

enum { WORDS_BEHIND_MAX = 8, WORDS_TO_STOP_MAX = 3, DRUG_LETTERS_MIN = 4, YEAR_DIGITS = 4 };

static bool is_asked_drug(const struct draft *d, const struct token *word) {
    return draft_asks_for(d, d->subject->drug, word);
}

static bool is_other_drug(const struct draft *d, const struct token *word) {
    return !word->number && word->folded.n >= DRUG_LETTERS_MIN && names_is_drug(word->folded) &&
           !is_asked_drug(d, word);
}

/* "5/ vit D", "2) repos": the number of a line. */
static bool is_number_of_line(struct str text, const struct token *t) {
    size_t end = t->at + t->bytes;
    bool first = t->at == 0 || text.p[t->at - 1] == '\n';
    return first && end < text.n && strchr("/).-", text.p[end]) &&
           (end + 1 == text.n || text.p[end + 1] == ' ');
}

/* A number that is no day, no year and no length of time. */
static bool is_amount(struct str text, const struct tokens *t, size_t i) {
    int64_t year;
    if (!t->items[i].number || is_number_of_line(text, &t->items[i])) return false;
    if (t->items[i].folded.n == YEAR_DIGITS && str_to_i64(t->items[i].folded, &year) && year >= 1900 &&
        year < 2100)
        return false;
    return i + 1 == t->count || !word_in(t->items[i + 1].folded, &words_time_unit);
}

/* "une fois par jour", "le soir", "à chaque repas". */
static bool is_rhythm(struct str folded) {
    return word_in(folded, &words_rhythm);
}

/* How much, or when, stands behind the medicine's name, before the sentence ends or another medicine is named. */
static bool says_dose_behind(const struct draft *d, struct str text, const struct tokens *t, size_t drug) {
    for (size_t i = drug + 1; i < t->count && i <= drug + WORDS_BEHIND_MAX; i++) {
        struct day_token day;
        if (t->items[i].sentence_start || is_other_drug(d, &t->items[i])) return false;
        if (day_token_at(text, t, i, &day) || day_token_short_at(text, t, i, &day)) {
            i = day.last;
            continue;
        }
        if (is_amount(text, t, i) || is_rhythm(t->items[i].folded)) return true;
    }
    return false;
}

/* "stop tramadol", "tramadol : arrêt": no news to who asks what he took before. */
static bool says_stop(const struct draft *d, const struct tokens *t, size_t drug) {
    for (size_t i = 0; i < d->tokens->count; i++)
        if (word_in(d->tokens->items[i].folded, &words_took_then)) return false;
    size_t first = drug > WORDS_TO_STOP_MAX ? drug - WORDS_TO_STOP_MAX : 0;
    for (size_t i = first; i < t->count && i <= drug + WORDS_TO_STOP_MAX; i++)
        if (str_starts(t->items[i].folded, STR("arret")) || str_starts(t->items[i].folded, STR("stop")))
            return true;
    return false;
}

static bool asks_amount(const struct draft *d) {
    const bool *asked = d->demands.asked;
    return d->reading->intent == INTENT_DOSAGE && d->subject->names_drug && asked[DEMAND_AMOUNT] &&
           !asked[DEMAND_DURATION] && !asked[DEMAND_LENGTH] && !asked[DEMAND_PRICE];
}

enum status dose_quote_check(const struct draft *d, struct str quote, bool *lacks) {
    struct tokens t;
    bool named = false, says = false, amount = false;
    *lacks = false;
    if (!asks_amount(d)) return OK;
    enum status s = text_tokens(d->reader, d->arena, quote, TEXT_DOCUMENT, &t, d->err);
    if (s != OK) return s;
    for (size_t i = 0; i < t.count && !says; i++) {
        amount |= is_amount(quote, &t, i) || is_rhythm(t.items[i].folded);
        if (!is_asked_drug(d, &t.items[i])) continue;
        named = true;
        says = says_dose_behind(d, quote, &t, i) || says_stop(d, &t, i);
    }
    /* Under another name, or only in the heading: any figure will do. */
    *lacks = !says && (named || !amount);
    return OK;
}
