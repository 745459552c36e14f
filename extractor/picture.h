#ifndef EXTRACTOR_PICTURE_H
#define EXTRACTOR_PICTURE_H
/*
 * picture -- PNG, JPEG, TIFF, WebP, BMP and HEIC files as pages for the OCR.
 *
 * The size is looked at before anything is decoded. A photograph is turned as its camera says (EXIF
 * orientation).
 */
#include "documents/file_type.h"
#include "ocr.h"
#include "sheet.h"

/* A picture of more pixels is refused: a sheet of A4 at 1200 dpi has 139 million, at 600 dpi 35 million. */
enum { PICTURE_PIXELS_MAX = 100 * 1000 * 1000, PICTURE_SIDE_MAX = 60000 };

enum picture_colours { PICTURE_GREY, PICTURE_COLOUR };

/*
 * One picture of the file (page: from 1, for TIFF), as large as it is or, where the format makes that cheap,
 * a half or less of what is more than enough. Grey is as good as colour for the OCR and smaller; the caller
 * takes what comes. EXTRACT_NO_PAGES: it has no such page. The caller destroys *out.
 */
enum extract_code picture_decode(enum file_type, struct str bytes, int page, enum picture_colours, PIX **out);

/*
 * For all pages of a file, in order: those of a TIFF are found one after the other, which is quick for hundreds. The caller of
 * pictures_next() destroys *out. After a failure the rest cannot be found.
 */
struct pictures {
    enum file_type type;
    struct str bytes;
    int page;      /* the last one that was taken */
    size_t offset; /* of the next one in a TIFF; 0: there is none */
};
enum extract_code pictures_open(struct pictures *, enum file_type, struct str bytes);
enum extract_code pictures_next(struct pictures *, enum picture_colours, PIX **out);

enum extract_code picture_read(struct sheet *, struct ocr *, enum file_type, struct str bytes);

/* Once, before the sandbox closes: libheif loads its decoders. */
void heic_warm(void);

/* heic.c: the main picture, upright. */
enum extract_code heic_decode(struct str bytes, enum picture_colours, PIX **out);

#endif
