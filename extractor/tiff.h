#ifndef EXTRACTOR_TIFF_H
#define EXTRACTOR_TIFF_H
/*
 * tiff -- whether a TIFF file is whole: its pictures are a chain (TIFF 6.0, section 2), and of a file that was cut off libtiff
 * shows the first ones as if there were no others.
 */
#include "base/base.h"

/* The chain leads out of the file. */
bool tiff_is_cut(struct str bytes);

#endif
