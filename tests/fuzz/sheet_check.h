#ifndef FUZZ_SHEET_CHECK_H
#define FUZZ_SHEET_CHECK_H
/*
 * sheet_check -- a sheet whose pages go nowhere: each is held against what a reader promises, and a broken promise aborts.
 */
#include "sheet.h"

/* False: no memory. sheet_done() ends it. */
bool sheet_check_init(struct sheet *);

#endif
