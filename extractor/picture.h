#ifndef EXTRACTOR_PICTURE_H
#define EXTRACTOR_PICTURE_H
/*
 * picture -- PNG, JPEG, TIFF, WebP and HEIC files as pages for the OCR.
 *
 * The size is looked at before anything is decoded. A photograph is turned as its camera says (EXIF
 * orientation).
 */
#include "documents/file_type.h"
#include "ocr.h"
#include "sheet.h"

/* A picture of more pixels is refused: a sheet of A4 at 1200 dpi has 139 million, at 600 dpi 35 million. */
enum { PICTURE_PIXELS_MAX = 100 * 1000 * 1000, PICTURE_SIDE_MAX = 60000 };

enum extract_code picture_read(struct sheet *, struct ocr *, enum file_type, struct str bytes);

/* Once, before the sandbox closes: libheif loads its decoders. */
void heic_warm(void);

/* heic.c: the main picture, upright, in grey. */
enum extract_code heic_decode(struct str bytes, PIX **out);

#endif
