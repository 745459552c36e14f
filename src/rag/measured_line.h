#ifndef RAG_MEASURED_LINE_H
#define RAG_MEASURED_LINE_H
/*
 * measured_line -- one printed line and what it says of what is wanted; for measured.c and measured_table.c.
 */
#include "rag/measured.h"

struct measured_line {
    struct str text;
    struct tokens tokens;
    struct measure_label labels[MEASURE_LABELS_MAX];
    size_t label_count;
    struct date day; /* that it begins with, or its row's; year 0: none */
    struct str day_words;
    size_t day_last; /* token of the day that it begins with */
};

struct measured_list {
    const struct measured_reading
        *reading;        /* its arena holds what is read of a line, until another table begins */
    struct arena *arena; /* of the items */
    const struct measures_asked *wanted;
    struct label_words labels; /* of what is wanted */
    uint32_t document, chunk;
    struct measured *items;
    size_t count, capacity;
    bool is_full; /* the arena is */
};

enum status measured_line_read(const struct measured_reading *, uint32_t document, struct str text,
                               struct measured_line *out, struct err *) MUST_CHECK;

/* A day at token i, as papers write them in a row: also "05/05" and "10/2025"; its last token. */
bool measured_day_at(const struct measured_reading *, uint32_t document, const struct measured_line *,
                     size_t i, struct date *day, size_t *last);

bool measured_is_wanted(const struct measured_list *, struct measure_wanted);
void measured_add(struct measured_list *, const struct measured *);

/* The bytes behind the token, and from its first byte to the last one's end. */
size_t measured_token_end(const struct measured_line *, size_t token);
struct str measured_words(const struct measured_line *, size_t first, size_t last);

/* What stands behind the labels of the line itself. */
void measured_labels_read(struct measured_list *, const struct measured_line *);

/* Heads of a table, until it ends. */
struct measured_table {
    enum {
        TABLE_NONE,
        TABLE_COLUMNS,
        TABLE_ROWS
    } kind;                    /* days or sides over the columns; days before the rows */
    struct measured_line head; /* of the columns */
    int lines_between;         /* since the last row of a day */
    struct measured_line
        title; /* the line above the first row that names what the rows are of; no labels: none */
};

/* The line holds no label that is wanted and no day: all it can do is end a table. */
void measured_table_pass(struct measured_table *, struct str line);

/* Takes the line as head, title or row of a table; true: it is a row, and nothing else. */
bool measured_table_read(struct measured_list *, struct measured_table *, const struct measured_line *);

#endif
