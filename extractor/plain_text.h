#ifndef EXTRACTOR_PLAIN_TEXT_H
#define EXTRACTOR_PLAIN_TEXT_H
/*
 * plain_text -- text files: UTF-8, or else Windows-1252 (which holds Latin-1), laid out as a typewriter
 * would. Long lines of a text file stay one line, on a wide sheet; those of a text processor are broken.
 */
#include "sheet.h"

/* Pages end at a form feed or after PLAIN_LINES_PER_PAGE lines. EXTRACT_EMPTY: no words at all. */
enum { PLAIN_LINES_PER_PAGE = 66 };
enum extract_code plain_text_read(struct sheet *, struct str bytes);

#endif
