#ifndef RAG_LINE_TIME_H
#define RAG_LINE_TIME_H
/*
 * line_time -- whether a line of a paper names a day, month or year of the time that a question asks about: "04/11/2024 9,7", "FibroScan 10/2025",
 * "05/06 2,7" (first in a table's row), "en mars".
 */
#include "language/when.h"

/* The tokens are the line's (TEXT_DOCUMENT). What leaves the year out is taken for the year that is asked about. */
bool line_names_time(const struct when *, struct str line, const struct tokens *);

#endif
