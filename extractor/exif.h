#ifndef EXTRACTOR_EXIF_H
#define EXTRACTOR_EXIF_H
/*
 * exif -- how a camera was held (CIPA DC-008, "Exif 2.32", 4.5.4 and 4.6.4: tag 0x0112).
 */
#include "base/base.h"

/* 1..8 as in TIFF 6.0; 1, upright, when the file does not say or says nonsense. */
int exif_jpeg_orientation(struct str jpeg);

#endif
