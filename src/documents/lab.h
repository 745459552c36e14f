#ifndef DOCUMENTS_LAB_H
#define DOCUMENTS_LAB_H
/*
 * lab -- laboratory values of a page, from tables and from free rows, as facts.
 *
 * A value printed in two units makes two facts of one name. Columns and rows of previous results are left out. The flag is what the
 * report prints (H, L, "Haut", an arrow), else where a plain number lies with regard to the range printed beside it.
 */
#include "documents/fact_list.h"
#include "documents/sheet.h"

/*
 * `laboratory`: the page is a laboratory report, where any row with a unit or a range counts; elsewhere only known analytes with a
 * unit do. False: the arena is full.
 */
bool lab_read(struct arena *, struct sheet *, bool laboratory, struct fact_list *) MUST_CHECK;

#endif
