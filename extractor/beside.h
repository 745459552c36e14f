#ifndef EXTRACTOR_BESIDE_H
#define EXTRACTOR_BESIDE_H
/*
 * beside -- whether there is text next to what seems to be a sheet of paper.
 *
 * What is darker than the brightest around it, and as high as a letter may be, counts as one; the grain of a table is not dark enough.
 */
#include "quad.h"

#include <leptonica/allheaders.h>
#include <stdbool.h>

/* In a picture of 8 bits of grey; the corners are in its pixels. More than a few letters, for those on the sheet. */
bool beside_has_text(PIX *grey, const struct quad *sheet);

#endif
