#ifndef TESTS_DOCUMENTS_FIXTURE_H
#define TESTS_DOCUMENTS_FIXTURE_H
/*
 * fixture -- pages made from plain text for tests: every character is as wide as every other, so that columns of the text are columns
 * of the page.
 */
#include "documents/fact.h"

enum { FIXTURE_CHAR_WIDTH = 55, FIXTURE_LINE_STEP = 125, FIXTURE_CHAR_HEIGHT = 95 };

/* Aborts the test program when the arena is full. Words of "text" are separated by spaces, lines by \n. */
void fixture_page(struct arena *, struct str text, int number, struct page *out);

/* The whole file below the source root, e.g. "tests/unit/documents/fixtures/x.txt". */
struct str fixture_file(struct arena *, const char *path);

#endif
