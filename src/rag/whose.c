#include "rag/whose.h"

#include "rag/rag_words.h"
#include "understanding/relatives.h"

enum { ADULT_YEARS = 18 };

static bool holds_stem(const struct tokens *t, struct str stem) {
    for (size_t i = 0; i < t->count; i++)
        if (str_eq(t->items[i].stem, stem)) return true;
    return false;
}

/* "Ma femme": somebody else where the papers speak of one, as "épouse"; else the writer may ask about her record. Empty: nobody. */
static enum status spouse_asked(struct draft *d, struct str *stem) {
    static const char *const spouses[] = { "femme epouse conjointe wife", "mari epoux conjoint husband" };
    const struct token *t = d->tokens->items;
    for (size_t i = 1; i < d->tokens->count; i++)
        for (size_t k = 0; k < COUNT_OF(spouses) && str_in_words(t[i - 1].folded, "ma mon my sama"); k++) {
            struct str rest = str_from_c(spouses[k]);
            while (rest.n && str_in_words(t[i].folded, spouses[k])) {
                enum status s = text_stem(d->reader, d->arena, str_next_word(&rest, " "), stem, d->err);
                if (s != OK || postings_find(&d->record->postings, text_hash(*stem), *stem)) return s;
            }
        }
    *stem = STR("");
    return OK;
}

/* The relative who is asked about: of the whole message a brother or sister too, whom this question calls "lui". */
static enum status relative_asked(struct draft *d, struct str *stem) {
    size_t relative = relatives_asked(d->tokens);
    struct tokens t;
    *stem = relative < d->tokens->count ? d->tokens->items[relative].stem : STR("");
    if (stem->n == 0) {
        enum status s = spouse_asked(d, stem);
        if (s != OK) return s;
    }
    if (stem->n || d->question->whole.n == 0 || !text_says_one(d->tokens, &words_third_person)) return OK;
    enum status s = text_tokens(d->reader, d->arena, d->question->whole, TEXT_QUESTION, &t, d->err);
    if (s != OK) return s;
    relative = relatives_asked(&t);
    if (relative < t.count && word_in(t.items[relative].folded, &words_sibling))
        *stem = t.items[relative].stem;
    return OK;
}

/* A sentence of the text names the relative, and shows what is wanted of him. */
static enum status sentence_bears(struct draft *d, struct str text, struct str relative, bool *named,
                                  bool *bears) {
    struct tokens t;
    enum status s = text_tokens(d->reader, d->arena, text, TEXT_DOCUMENT, &t, d->err);
    for (size_t first = 0, end; s == OK && first < t.count && !*bears; first = end) {
        for (end = first + 1; end < t.count && !t.items[end].sentence_start;) end++;
        const struct tokens sentence = { t.items + first, end - first };
        const struct token *last = &t.items[end - 1];
        struct str words = str_sub(text, t.items[first].at, last->at + last->bytes - t.items[first].at);
        uint32_t shown;
        if (!holds_stem(&sentence, relative)) continue;
        *named = true;
        s = demand_look(d->books->demands, d->arena, words, &sentence, &shown, d->err);
        *bears = s == OK && demand_shows(&d->demands, shown) >= 0;
    }
    return s;
}

/* "Sa grande sœur a aussi la maladie ?": what is noted of the patient himself is no answer. */
static enum status drop_of_patient(struct draft *d) {
    struct str relative;
    enum status s = relative_asked(d, &relative);
    bool bears = relative.n == 0, named;
    for (size_t i = 0; i < d->out->source_count && !bears && s == OK; i++)
        s = sentence_bears(d, d->out->sources[i].quote, relative, &named, &bears);
    if (s == OK && !bears) draft_clear(d);
    return s;
}

static bool is_grown_up(const struct draft *d) {
    struct date birth = d->record->birth, today = d->question->today;
    return birth.year == 0 || today.year - birth.year >= ADULT_YEARS;
}

static bool is_of_newborn(const struct tokens *t) {
    if (text_says_one(t, &words_mother)) return false;
    return text_says_one(t, &words_baby_line) ||
           (text_says_one(t, &words_new) && text_says_one(t, &words_born));
}

/* "Mon groupe sanguin": the value of a grown-up, not of her child. */
static bool asks_own_value(const struct draft *d) {
    enum intent intent = d->reading->intent;
    bool value = intent == INTENT_LAB_VALUE || intent == INTENT_LAB_HISTORY || d->subject->names_lab ||
                 text_says_one(d->tokens, &words_blood_group);
    return value && is_grown_up(d) && text_says_one(d->tokens, &words_own) &&
           !text_says_one(d->tokens, &words_newborn);
}

static enum status drop_of_newborn(struct draft *d) {
    bool of_newborn = asks_own_value(d) && d->out->source_count;
    for (size_t i = 0; i < d->out->source_count && of_newborn; i++) {
        struct tokens t;
        enum status s = text_tokens(d->reader, d->arena, d->out->sources[i].quote, TEXT_DOCUMENT, &t, d->err);
        if (s != OK) return s;
        of_newborn = is_of_newborn(&t);
    }
    if (of_newborn) draft_clear(d);
    return OK;
}

enum status whose_check(struct draft *d) {
    enum status s = drop_of_patient(d);
    return s == OK && d->text->n ? drop_of_newborn(d) : s;
}

enum status whose_lacks(struct draft *d, struct str quote, bool *lacks) {
    struct str relative;
    struct tokens t;
    bool named = false, bears = false;
    enum status s = relative_asked(d, &relative);
    *lacks = false;
    if (s == OK && asks_own_value(d)) {
        s = text_tokens(d->reader, d->arena, quote, TEXT_DOCUMENT, &t, d->err);
        *lacks = s == OK && is_of_newborn(&t);
    }
    if (s != OK || *lacks || relative.n == 0) return s;
    s = sentence_bears(d, quote, relative, &named, &bears);
    *lacks = named && !bears; /* else he is named in the heading alone */
    return s;
}
