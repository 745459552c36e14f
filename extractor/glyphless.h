#ifndef EXTRACTOR_GLYPHLESS_H
#define EXTRACTOR_GLYPHLESS_H
/*
 * glyphless -- a TrueType font without a single stroke, for words that are searched and never seen.
 *
 * A font in a PDF should be whole, so that no viewer looks for another one in its place: this is the smallest that they take (ISO 32000-1,
 * 9.9: glyf, head, hhea, hmtx, loca and maxp). Glyph 1 is the letter of all words; its box is GLYPHLESS_WIDTH by GLYPHLESS_EM.
 */
#include "base/buf.h"

enum { GLYPHLESS_EM = 1000, GLYPHLESS_WIDTH = 500 };

/* The font program, some 300 bytes. */
void glyphless_put(struct buf *);

#endif
