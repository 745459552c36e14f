#ifndef RAG_MEASURED_H
#define RAG_MEASURED_H
/*
 * measured -- where the papers of a record say what was measured: "Poids : 81 kg TA : 152/94 mmHg", a row of a table whose columns are days, a
 * row that begins with a day below the heads of its columns, or below a title ("TENSION", then "05/05 138/76").
 *
 * Nothing is guessed: a row whose cells do not match its heads one by one, and a label behind which a figure of another kind stands, say
 * nothing. All texts are pieces of the record's passages.
 */
#include "rag/measure.h"
#include "search/record.h"

enum measured_side { SIDE_NONE, SIDE_RIGHT, SIDE_LEFT };

struct measured {
    struct measure_wanted of;
    uint32_t document, chunk;
    struct str label;   /* "TA", "Tension oculaire" */
    struct str between; /* words between the label and the value: "bras D"; empty: none */
    struct str column;  /* the head of its column, when that is no day: "Matin"; empty: none */
    struct str value;   /* "68,5 kg" */
    struct str line;    /* that holds label and value, or the day and the value */
    struct str head; /* the line above that holds the label or the day, when this one does not; empty: none */
    enum measured_side side;
    struct date
        day; /* of its own: of the row, the column, or said beside it; year 0: none, it is of its paper's day */
    struct str day_words; /* as printed */
};

struct measured_reading {
    struct text_reader *reader;
    struct arena *arena;
    const struct measure_book *book;
    const struct record *record;
    struct date today; /* a row's day without a year is before it */
};

/* A right or left side that the folded word means. */
enum measured_side measured_side_of(struct str folded);

/* Everything that is wanted, in the order of the record. */
enum status measured_find(const struct measured_reading *, const struct measures_asked *,
                          struct measured **out, size_t *count, struct err *) MUST_CHECK;

#endif
