#ifndef EXTRACTOR_TEXT_PICTURE_H
#define EXTRACTOR_TEXT_PICTURE_H
/*
 * text_picture -- a page of a file that has text but no pages of its own, drawn as it was laid out to be read.
 */
#include "documents/file_type.h"
#include "sheet.h"

#include <cairo.h>
#include <leptonica/allheaders.h>

/* Black letters, each word in its box, in units of the page. font NULL: nothing is drawn. */
void text_page_paint(cairo_t *, cairo_font_face_t *font, const struct page *);

/* One page (from 1), so many pixels wide and high. EXTRACT_NO_PAGES: no such page. The caller destroys *out. */
enum extract_code text_picture_draw(enum file_type, struct str bytes, int page, int width, int height,
                                    PIX **out);

#endif
