#ifndef EXTRACTOR_IMAGE_H
#define EXTRACTOR_IMAGE_H
/*
 * image -- a picture in the form in which a PDF holds it (ISO 32000-1, 8.9.5).
 */
#include "base/base.h"
#include "documents/extract_code.h"

#include <leptonica/allheaders.h>
#include <stdbool.h>

struct image {
    int width, height, bits; /* bits a component */
    bool colour;             /* red, green, blue; else grey */
    bool jpeg;               /* a JPEG file; else rows of bits, 1 is ink */
    int quarters;            /* clockwise, until it stands as its camera was held */
    struct str bytes;
    void *owned; /* by image_done(); NULL: borrowed */
};

/* A JPEG file as it is, when every viewer shows it: grey or YCbCr, and not mirrored. Borrows the bytes. */
bool image_of_jpeg(struct str file, struct image *);

/* One bit stays one bit, everything else becomes JPEG, smaller when it is huge. Takes the picture. EXTRACT_TOO_COMPLEX: no memory. */
enum extract_code image_of_picture(PIX *take, struct image *);
void image_done(struct image *);

#endif
