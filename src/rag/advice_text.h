#ifndef RAG_ADVICE_TEXT_H
#define RAG_ADVICE_TEXT_H
/*
 * advice_text -- the pages of a leaflet as the plain text of a sheet, the way a person would type it.
 *
 * Lines that the width of the paper broke are joined again, what is set apart becomes a paragraph, a heading in larger letters a line
 * with # before it; headers, footers and pages that could not be read are left out. Pure.
 */
#include "base/status.h"
#include "documents/page.h"

/* *fits is false when there is more than ADVICE_BODY_CHARS_MAX; *out is then empty. It lives in the arena. */
enum status advice_text_of_pages(struct arena *, const struct page *, size_t count, struct str *out,
                                 bool *fits, struct err *) MUST_CHECK;

#endif
