#include "rag/rule.h"

#include "rag/rag_words.h"

struct rule_book {
    struct phrase_book *asked;
};

enum status rule_book_new(struct arena *arena, struct rule_book **out, struct err *err) {
    struct rule_book *b = arena_alloc(arena, sizeof *b);
    if (!b) return fail(err, E_LIMIT, NULL, "no memory for rules");
    enum status s = phrase_book_new(arena, rules_classes, rules_rule, PHRASE_AS_WRITTEN, &b->asked, err);
    if (s == OK) *out = b;
    return s;
}

/* A figure, a day, somebody or a place is what is wanted, not a deed. */
static bool asks_for_more(const struct demands *d, bool joins) {
    static const enum demand others[] = { DEMAND_PRICE,   DEMAND_PHONE,    DEMAND_DAY,    DEMAND_AMOUNT,
                                          DEMAND_OUTCOME, DEMAND_NEXT,     DEMAND_LENGTH, DEMAND_WEIGHT,
                                          DEMAND_MISSED,  DEMAND_DURATION, DEMAND_CLOCK,  DEMAND_PERSON,
                                          DEMAND_PLACE };
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (d->asked[others[i]] && !(joins && others[i] == DEMAND_DAY)) return true;
    return false;
}

/* "… quand je la lave": at what, not on which day. */
static bool joins_with_when(const struct tokens *t) {
    for (size_t i = 2; i + 1 < t->count; i++)
        if (str_in_words(t->items[i].folded, "quand kan when") &&
            word_in(t->items[i + 1].folded, &words_when_who))
            return true;
    return false;
}

enum status rule_asked(const struct rule_book *book, struct arena *arena, const struct tokens *tokens,
                       const struct demands *demands, enum rule *out, struct err *err) {
    struct phrase_hit *hits;
    size_t count;
    bool said[RULE_ROW_COUNT] = { false };
    *out = RULE_COUNT;
    if (demands->asked[DEMAND_REASON]) *out = RULE_WHY;
    if (*out != RULE_COUNT || asks_for_more(demands, joins_with_when(tokens))) return OK;
    enum status s = phrase_find(book->asked, arena, tokens, NULL, 0, &hits, &count, err);
    for (size_t i = 0; s == OK && i < count; i++) said[rules_rule[hits[i].phrase].tag] = true;
    bool may = said[RULE_ROW_MAY] || demands->asked[DEMAND_MAY],
         open = demands->said[SAID_OPEN] && !joins_with_when(tokens);
    *out = said[RULE_ROW_WHEN] && said[RULE_ROW_EVENT] ? RULE_WHEN
           : may && !open                              ? RULE_MAY
           : said[RULE_ROW_HOW]                        ? RULE_HOW
                                                       : RULE_COUNT;
    return s;
}

bool rule_knows(const struct rule_book *book, struct str folded) {
    return phrase_book_knows(book->asked, folded);
}
