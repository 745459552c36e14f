#ifndef RAG_DEMAND_H
#define RAG_DEMAND_H
/*
 * demand -- what an answer must hold to be one, whatever the question is about: "combien coûte …" wants money, "à quelle date …" a day,
 * "quelle taille …" millimetres. What a question is read by and what shows it on paper stand in demands.txt.
 *
 * A passage that speaks of the right thing without it is no answer, and is refused: "fond d'œil demandé" does not say what was found, nor the
 * dose of a medicine what it costs or does. Facts answer doses, values and days; no price, telephone number, effect, reason, storage, missed dose, nor what was stopped.
 * From DEMAND_LENGTH on a demand only weighs: where its kind of figure stands, an answer is likelier.
 */
#include "understanding/intent.h"

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
    DEMAND_STORAGE,
    DEMAND_MISSED,
    DEMAND_EXPIRY,
    DEMAND_SEVERITY,
    DEMAND_LIFELONG,
    DEMAND_STOPPED,
    DEMAND_REPEAT,
    DEMAND_NEXT,
    DEMAND_RISK,
    DEMAND_PROGNOSIS,
    DEMAND_LENGTH,
    DEMAND_WEIGHT,
    DEMAND_DURATION,
    DEMAND_CLOCK,
    DEMAND_PERSON,
    DEMAND_PLACE,
    DEMAND_STRENGTH,
    DEMAND_PRESSURE,
    DEMAND_PULSE,
    DEMAND_SCORE,
    DEMAND_SIDE,
    DEMAND_COUNT
};

/* What words of a paper show: the demands that can be seen, and that something is only to be done. */
enum shown {
    SHOWN_PRICE = DEMAND_PRICE,
    SHOWN_PHONE = DEMAND_PHONE,
    SHOWN_DAY = DEMAND_DAY,
    SHOWN_AMOUNT = DEMAND_AMOUNT,
    SHOWN_EFFECT = DEMAND_EFFECT,
    SHOWN_MAY = DEMAND_MAY,
    SHOWN_MEANING = DEMAND_MEANING,
    SHOWN_REASON = DEMAND_REASON,
    SHOWN_STORAGE = DEMAND_STORAGE,
    SHOWN_MISSED = DEMAND_MISSED,
    SHOWN_EXPIRY = DEMAND_EXPIRY,
    SHOWN_SEVERITY = DEMAND_SEVERITY,
    SHOWN_LIFELONG = DEMAND_LIFELONG,
    SHOWN_STOPPED = DEMAND_STOPPED,
    SHOWN_REPEAT = DEMAND_REPEAT,
    SHOWN_NEXT = DEMAND_NEXT,
    SHOWN_RISK = DEMAND_RISK,
    SHOWN_PROGNOSIS = DEMAND_PROGNOSIS,
    SHOWN_LENGTH = DEMAND_LENGTH,
    SHOWN_WEIGHT = DEMAND_WEIGHT,
    SHOWN_DURATION = DEMAND_DURATION,
    SHOWN_CLOCK = DEMAND_CLOCK,
    SHOWN_PERSON = DEMAND_PERSON,
    SHOWN_PLACE = DEMAND_PLACE,
    SHOWN_STRENGTH = DEMAND_STRENGTH,
    SHOWN_PRESSURE = DEMAND_PRESSURE,
    SHOWN_PULSE = DEMAND_PULSE,
    SHOWN_SCORE = DEMAND_SCORE,
    SHOWN_SIDE = DEMAND_SIDE,
    SHOWN_PLANNED = DEMAND_COUNT
};

/* What a question says of itself besides. */
enum said {
    SAID_OWN,
    SAID_PAST,
    SAID_FUTURE,
    SAID_OPEN,
    SAID_SINCE,
    SAID_URGENCY,
    SAID_MEDICINE,
    SAID_VISIT,
    SAID_RETURN,
    SAID_SELF,
    SAID_EXAMINATION,
    SAID_UNDONE,
    SAID_EFFECTS,
    SAID_BOTH,
    SAID_PLANNED,
    SAID_ATTRIBUTE,
    SAID_COUNT
};

struct demand_book;
enum status demand_book_new(struct arena *, struct demand_book **, struct err *) MUST_CHECK;

struct demands {
    const struct demand_book *book;
    bool asked[DEMAND_COUNT];
    bool said[SAID_COUNT];
    bool
        foresees; /* "est-ce que je vais devenir aveugle", "on va m'opérer": a paper only says what is planned */
    bool will_be;   /* likewise, whatever is asked of it: "elle va commencer quand" */
    bool *examined; /* a token each: names an examination */
    bool *
        words; /* a token each: names the kind of thing that is asked for ("taille", "kilo"), which the figure itself may say */
};

enum status demand_read(const struct demand_book *, struct arena *, const struct tokens *,
                        const struct subject *, const struct intent_reading *, struct demands *out,
                        struct err *) MUST_CHECK;

/* True when every word with a meaning must stand in what is quoted: who asks for advice or an effect is not served with less. */
bool demand_is_strict(const struct demands *);

/* A word for what a medicine may do to a body, though everybody uses it: "dormir". Who asks for an effect asks for that word. */
bool demand_is_harm(struct str folded);

/* "Résultat", "montre", "trouvé": it says that something was shown, not what. */
bool demand_word_is_of_outcome(struct str folded);

/* True when facts (doses, values, vaccinations …) may answer such a question. */
bool demand_facts_may_answer(const struct demands *);

/* What a text shows, a bit each of enum shown. The tokens are the text's. */
enum status demand_look(const struct demand_book *, struct arena *, struct str text, const struct tokens *,
                        uint32_t *shown, struct err *) MUST_CHECK;

/* 1: something that can be seen is asked for and shown; -1: asked for, not shown; 0: nothing of that kind is asked for. */
float demand_shows(const struct demands *, uint32_t shown);

/* True when the words quoted from a paper of that day (year 0: not known) hold what is demanded. False as well when the arena is full. */
bool demand_is_met(struct text_reader *, struct arena *, const struct demands *, struct str quote,
                   struct date day);

/* The tables, made from demands.txt. */
extern const struct phrase_class demands_classes[];
extern const struct phrase demands_demand[], demands_said[], demands_shown[];

#endif
