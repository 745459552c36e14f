#ifndef RAG_DEMAND_H
#define RAG_DEMAND_H
/*
 * demand -- what an answer must hold to be one, whatever the question is about: "combien coûte …" wants money, "à quelle date …" a day.
 *
 * A passage that speaks of the right thing without it is no answer, and is refused: "fond d'œil demandé" does not say what was found, nor the
 * dose of a medicine what it costs or does. Facts answer doses, values and days; no price, telephone number, effect or reason.
 */
#include "rag/intent.h"

enum demand {
    DEMAND_PRICE,
    DEMAND_PHONE,
    DEMAND_DAY,
    DEMAND_AMOUNT,
    DEMAND_EFFECT,
    DEMAND_MAY,
    DEMAND_MEANING,
    DEMAND_REASON,
    DEMAND_OUTCOME,
    DEMAND_COUNT
};

struct demands {
    bool asked[DEMAND_COUNT];
    bool past; /* "quand ai-je fait …": the day of the paper that speaks of it is one */
};

struct demand_book;
enum status demand_book_new(struct arena *, struct demand_book **, struct err *) MUST_CHECK;

enum status demand_read(const struct demand_book *, struct arena *, const struct tokens *,
                        const struct subject *, const struct intent_reading *, struct demands *out,
                        struct err *) MUST_CHECK;

/* True when something is demanded that can be seen in a quote: money, a number, a day. */
bool demand_is_visible(const struct demands *);

/* True when every word with a meaning must stand in what is quoted: who asks for advice or a reason is not served with less. */
bool demand_is_strict(const struct demands *);

/* A word for what a medicine may do to a body, though everybody uses it: "dormir". Who asks for an effect asks for that word. */
bool demand_is_harm(struct str folded);

/* True when facts (doses, values, vaccinations …) may answer such a question. */
bool demand_facts_may_answer(const struct demands *);

/* True when the words quoted from a paper of that day (year 0: not known) hold what is demanded. False as well when the arena is full. */
bool demand_is_met(struct arena *, const struct demands *, struct str quote, struct date day);

/* The tables, made from demands.txt. */
extern const struct phrase_class demands_classes[];
extern const struct phrase demands_demand[];

#endif
