#ifndef EXTRACTOR_DRAWING_H
#define EXTRACTOR_DRAWING_H
/*
 * drawing -- one page as a picture for people: upright as it was read, so that the boxes of its words fall on them.
 */
#include "documents/extract_code.h"
#include "ocr.h"

struct drawing {
    int page;          /* from 1 */
    int width, height; /* of the picture, in pixels */
    struct turn turn;
};

/* The largest picture: A4 at 150 dpi has 2.2 million pixels, and a small receipt is enlarged. */
enum { DRAWING_SIDE_MAX = 4000, DRAWING_PIXELS_MAX = 5 * 1000 * 1000 };

bool drawing_is_sound(const struct drawing *);

/* Draws the page of the document and sends it to fd as a frame. EXTRACT_NO_PAGES: it has no such page. */
enum extract_code drawing_send(const struct drawing *, struct str bytes, int fd);

#endif
