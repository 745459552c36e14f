#ifndef PATIENTS_CSV_READ_H
#define PATIENTS_CSV_READ_H
/*
 * csv_read -- lists as spreadsheets save them (RFC 4180): comma, semicolon or tab, whichever the first line has most of; quotes doubled
 * inside quotes; any line end; UTF-8 with or without its mark, or Windows-1252, as older spreadsheets write. No I/O.
 */
#include "base/arena.h"
#include "base/status.h"

struct csv_reader {
    struct str rest;
    char separator;
    int line, next_line; /* of the row that was read last, from 1; where the next starts */
};

/* The text as clean UTF-8, in the arena or borrowed. E_INVALID with words: it is no text. */
enum status csv_text(struct arena *, struct str bytes, struct str *text, struct err *) MUST_CHECK;

void csv_start(struct csv_reader *, struct str text);

/*
 * The next row that has anything in it: *count cells, trimmed, in the arena. *count 0: the end. E_INVALID with words: a quote is not closed, or
 * there are more than `max` cells.
 */
enum status csv_next(struct csv_reader *, struct arena *, struct str *cells, size_t max, size_t *count,
                     struct err *) MUST_CHECK;

#endif
