#ifndef DOCUMENTS_LAB_ROW_H
#define DOCUMENTS_LAB_ROW_H
/*
 * lab_row -- one laboratory row read from its tokens: the name with what stands in it, and the numbers behind it. For lab.c.
 */
#include "documents/fact_list.h"
#include "documents/sheet.h"

struct lab_name {
    struct str name, unit, reference; /* "V.G.M. (N: 80 à 100)", "Hématocrite (%)" */
    bool analyte;                     /* a word of it is one that we know */
    bool again;                       /* "soit": the analyte of the row before, in another unit */
};

struct lab_number {
    struct str value, unit, reference;
};

struct lab_result {
    struct lab_number number[2];
    size_t count;
    struct str words; /* a result in words; count is 0 */
    int direction;    /* printed flag: 1, -1, or 0 */
    bool says_normal; /* the report says that the value is normal */
};

/* The name in tokens from..to. False: they are no name of an analyte. */
bool lab_read_name(struct arena *, const struct tokens *, size_t from, size_t to,
                   struct lab_name *) MUST_CHECK;

/* The numbers (or words, when `in_words` allows) in tokens from..to. False: there is no result. */
bool lab_read_result(const struct tokens *, size_t from, size_t to, bool in_words,
                     struct lab_result *) MUST_CHECK;

/* Adds the facts of a row that stands on lines first..last. False: the arena is full. */
bool lab_add(struct arena *, struct sheet *, size_t first, size_t last, const struct lab_name *,
             const struct lab_result *, struct str specimen, struct fact_list *) MUST_CHECK;

/* The tables with a column of results. `laboratory`: as in lab_read(). False: the arena is full. */
bool lab_read_tables(struct arena *, struct sheet *, bool laboratory, struct fact_list *) MUST_CHECK;

/*
 * A table whose columns are days: each cell is a value of its column's day. A row with a cell that is more or less than a value, and a column
 * whose day is not to be told ("J7"), say nothing. *is: it is such a table. False: the arena is full.
 */
bool lab_read_days(struct arena *, struct sheet *, const struct table *, bool laboratory, struct str specimen,
                   struct fact_list *, bool *is) MUST_CHECK;

/* Values of days that leave their year out are of the last year before the paper's day; of an undated paper they are dropped. False: no memory. */
bool lab_settle_days(struct arena *, struct date of_paper, struct fact_list *) MUST_CHECK;

/* "(3.89 - 6.00)" and "N : 4 - 10" without brackets and lead; else as printed. */
struct str lab_plain_reference(struct arena *, struct str) MUST_CHECK;

/* The specimen that the section of a line names ("BIOCHIMIE - SANG" above it); empty when it names none. */
struct str lab_specimen_at(const struct sheet *, size_t line);

#endif
