#ifndef DOCUMENTS_TABLE_H
#define DOCUMENTS_TABLE_H
/*
 * table -- columns under a line of headings, found again from positions and from words that head columns.
 *
 * A table starts at a line (or a few) whose words are headings of columns ("Médicament", "Posologie", "Résultat", "Valeurs de référence").
 * Columns come from the left edges of what stands below, or from gaps between it; headings, centred or not, are given
 * to columns so that order is kept and distances are small. A column without a heading keeps COLUMN_UNNAMED (often the names of
 * analytes). Each line below is cut into columns; which lines make a row together is for the caller to say.
 *
 * Pure; linear in the number of words. Everything lives in the arena.
 */
#include "documents/layout.h"
#include "documents/token.h"

enum column_role {
    COLUMN_UNNAMED,
    COLUMN_OTHER, /* a heading that says nothing to us */
    /* prescriptions */
    COLUMN_DRUG,
    COLUMN_STRENGTH,
    COLUMN_FORM,
    COLUMN_DOSE,
    COLUMN_FREQUENCY,
    COLUMN_POSOLOGY, /* dose, frequency, duration in one */
    COLUMN_ROUTE,
    COLUMN_DURATION,
    COLUMN_START,
    COLUMN_END,
    COLUMN_RENEWALS,
    COLUMN_INSTRUCTION,
    COLUMN_MOMENT, /* "Matin", "Midi": a dose a moment */
    COLUMN_QUANTITY,
    COLUMN_DEVICE, /* makes a table one of devices */
    /* laboratory reports */
    COLUMN_ANALYTE,
    COLUMN_METHOD,
    COLUMN_RESULT,
    COLUMN_UNIT,
    COLUMN_REFERENCE,
    COLUMN_FLAG,
    COLUMN_PREVIOUS,
    COLUMN_DATE, /* a heading that is a day: the first is the result, the others are previous ones */
    /* elsewhere */
    COLUMN_SPECIMEN,
    COLUMN_ALLERGY,
    /* vaccination cards */
    COLUMN_VACCINE,
    COLUMN_GIVEN, /* the day on which it was given */
    COLUMN_RANK,  /* "1ère dose", "Rappel": under it stands the day of that one */
    COLUMN_LOT,
    COLUMN_DUE, /* the day of the next one */
    COLUMN_ROLE_COUNT
};

struct table_column {
    enum column_role role;
    int32_t left, right; /* where its words begin, and where the next column begins */
    struct str title;    /* its heading as printed; empty for COLUMN_UNNAMED */
    bool is_day;         /* of several whose headings are days: "14/11/2024", "22/10", "J0" */
};

struct table_part {
    struct str text; /* what a line has in a column; empty: nothing */
    struct box box;
    uint8_t confidence;
};

struct table {
    struct table_column *columns;
    size_t column_count;
    size_t header_first, first,
        end; /* lines of the page: first of the headings, first below them, behind the last */
};

/*
 * The next table of the page whose headings start at or behind line `from`. False: none is left (or the arena is full, which the next
 * allocation of the caller will find too).
 */
bool table_find(struct arena *, const struct page_lines *, size_t from, struct table *out) MUST_CHECK;

/* What a line has in each column (column_count parts). NULL: the arena is full. */
struct table_part *table_split_line(struct arena *, const struct table *, const struct line *) MUST_CHECK;

/* The first column with a role, or column_count. */
size_t table_column_of(const struct table *, enum column_role);

/* Behind the heading that starts at token i, and its role; or i when none does. Dates count as headings, with their time of day. */
size_t table_heading_match(const struct tokens *, size_t i, enum column_role *role);

/* "14/11/2024 08:00", "22/10", "J15", "M2" over a column of that day's values: behind it, or i. */
size_t table_day_match(const struct tokens *, size_t i);

/* True for words that only go on with a heading on its second line: "d'administration", "ALD". */
bool table_heading_goes_on(const struct tokens *, size_t i);

/*
 * Lines below a row that only name what they say ("Instruction au patient | A prendre au cours d'un repas"): they end a table.
 * Behind the label, or 0.
 */
size_t table_row_label(const struct tokens *, bool *for_patient);

#endif
