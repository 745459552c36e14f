#ifndef EXTRACTOR_INVISIBLE_H
#define EXTRACTOR_INVISIBLE_H
/*
 * invisible -- the words of a page as text of a PDF that is not painted: selected, searched and copied where they are printed.
 *
 * A character is two bytes, its UTF-16 code, in a font of equal letters (glyphless.h); each word is drawn out to the width of its box and as
 * high as its line.
 */
#include "base/buf.h"
#include "documents/page.h"

#include <cairo.h>

/*
 * The operators (ISO 32000-1, 9.4), one text object between q and Q. `place` leads from the boxes of the words to the user space of
 * the page; font is its name in the resources.
 */
void invisible_put(struct buf *, const struct page *, const cairo_matrix_t *place, const char *font);

/* What tells a viewer that codes are UTF-16 (9.10.3). */
void invisible_put_unicode_map(struct buf *);

#endif
