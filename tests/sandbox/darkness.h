#ifndef SANDBOX_DARKNESS_H
#define SANDBOX_DARKNESS_H
/*
 * darkness -- whether there is print at a place of a page's picture.
 */
#include <leptonica/allheaders.h>

#include "documents/page.h"

/* Which part of a box, in units of the page, is as dark as print: 0..1. */
double darkness(PIX *picture, const struct page *, struct box);

#endif
