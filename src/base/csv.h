#ifndef BASE_CSV_H
#define BASE_CSV_H
/*
 * csv -- text in a table that people open with a spreadsheet (RFC 4180): quoted, and never a formula.
 */
#include "base/buf.h"

void csv_put_text(struct buf *, struct str);

#endif
