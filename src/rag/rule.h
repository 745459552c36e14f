#ifndef RAG_RULE_H
#define RAG_RULE_H
/*
 * rule -- what papers tell a patient to do, and how he asks for it: how something is done ("comment je coupe les ongles"), what to do when
 * something happens ("si j'ai un malaise, je fais quoi"), whether something may be done, and why it is or was. The turns stand in rules.txt.
 */
#include "rag/demand.h"

enum rule { RULE_HOW, RULE_WHEN, RULE_MAY, RULE_WHY, RULE_COUNT };

/* As written in rules.txt: turns that ask for a rule, what may happen, and words that need not stand in the line that answers. */
enum rule_row {
    RULE_ROW_HOW = RULE_HOW,
    RULE_ROW_WHEN = RULE_WHEN,
    RULE_ROW_MAY = RULE_MAY,
    RULE_ROW_EVENT = RULE_COUNT,
    RULE_ROW_NONE,
    RULE_ROW_COUNT
};

struct rule_book;
enum status rule_book_new(struct arena *, struct rule_book **, struct err *) MUST_CHECK;

/* Which rule is asked for; RULE_COUNT: none, or something that can be counted or named besides. */
enum status rule_asked(const struct rule_book *, struct arena *, const struct tokens *,
                       const struct demands *, enum rule *, struct err *) MUST_CHECK;

/* The folded word is one that such questions are made of. */
bool rule_knows(const struct rule_book *, struct str folded);

/* The tables, made from rules.txt. */
extern const struct phrase_class rules_classes[];
extern const struct phrase rules_rule[];

#endif
