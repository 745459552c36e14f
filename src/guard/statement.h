#ifndef GUARD_STATEMENT_H
#define GUARD_STATEMENT_H
/*
 * statement -- a text as what it says of what: figures and turns of meaning, each with the medicine or value to which it belongs.
 *
 * A thing belongs to the subject that is named last before it in its sentence, or right behind it ("1 comprimé de X"), else first behind it in its sentence,
 * else last before its sentence (lines of a prescription go on).
 */
#include "guard/quantity.h"

/* Words that turn what is said. The first of each pair of opposites stands before the other. */
enum statement_turn {
    TURN_NONE,
    TURN_STOP,
    TURN_GO_ON,
    TURN_MORE,
    TURN_LESS,
    TURN_AVOID,
    TURN_BEFORE,
    TURN_AFTER,
    TURN_DURING,
    TURN_FASTING,
    TURN_MORNING,
    TURN_NOON,
    TURN_EVENING,
    TURN_NIGHT,
    TURN_LEFT,
    TURN_RIGHT,
    TURN_NORMAL,
    TURN_HIGH,
    TURN_LOW,
    TURN_POSITIVE,
    TURN_NEGATIVE,
    TURN_BENIGN,
    TURN_MALIGNANT,
    TURN_MAY,
    TURN_DANGER,
    TURN_ALLERGY,
    TURN_NOT, /* negation */
    TURN_IF,  /* condition: "si", "en cas de", "sauf" */
    TURN_MONDAY,
    TURN_TUESDAY,
    TURN_WEDNESDAY,
    TURN_THURSDAY,
    TURN_FRIDAY,
    TURN_SATURDAY,
    TURN_SUNDAY,
    TURN_COUNT
};

struct statement {
    struct str text; /* wrapped lines joined */
    struct tokens tokens;
    struct quantity *quantities;
    size_t quantity_count;
    uint32_t *subject;  /* a token each: the subject that it names; 0: none */
    uint8_t *turn;      /* a token each: enum statement_turn */
    uint16_t *sentence; /* a token each: from 0 */
    uint32_t *marks; /* a sentence each: bit 1 << turn of every mark in it, or in the heading of its list */
};

enum status statement_read(struct arena *, struct text_reader *, struct str text, struct statement *out,
                           struct err *) MUST_CHECK;

/* What the source knows as a medicine or value is one in what is said of it too. */
void statement_adopt_subjects(struct statement *said, const struct statement *source);

/* Turns that change all of their sentence: negation, condition, stop, prohibition, allergy. */
bool statement_turn_is_mark(enum statement_turn);

/* Turns of the word alone, which marks are not: those are judged over a whole sentence. */
bool statement_turn_is_own(uint8_t turn);

/* Whether a token is of a figure or is its unit. */
bool statement_in_figure(const struct statement *, size_t token);

int statement_sentences(const struct statement *);

/* A medicine or a value. */
bool statement_names_any(const struct statement *);

/* How much or how often something is taken, or how much at most. */
bool statement_tells_dose(const struct statement *);

/* To which subject a token belongs; 0: none. */
uint32_t statement_owner(const struct statement *, size_t token);

#endif
