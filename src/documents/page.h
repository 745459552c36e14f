#ifndef DOCUMENTS_PAGE_H
#define DOCUMENTS_PAGE_H
/*
 * page -- what was read on one page of a document: text, words and where they stand.
 *
 * Coordinates are in tenths of a typographic point (1/720 inch) from the top left corner of the page as a person looks at it, whatever
 * the source, so that boxes of a text layer and of OCR compare and a viewer scales them to any picture of the page.
 * Everything lives in the arena of the reader.
 */
#include "base/arena.h"

struct box {
    int32_t x, y, w, h;
};

struct word {
    struct str text; /* clean UTF-8, without spaces */
    struct box box;
    uint8_t confidence; /* 0..100; 100 for a text layer */
    uint32_t
        line; /* words of one printed line share it, in the extractor's reading order; rows of tables are rebuilt from boxes */
};

/*
 * The corners of a sheet that was photographed, clockwise from the left top one as the picture shows it: parts of the
 * picture's width and height, of CORNER_WHOLE each. All 0: the picture is the sheet.
 */
struct corners {
    uint16_t x[4], y[4];
};

/*
 * How the original was turned until its text stood upright and level: the sheet between its corners made a rectangle
 * first, then turned by quarters clockwise, then about its middle by thousandths of a degree, clockwise, on paper of the
 * same size. Boxes are those of the turned page.
 */
struct turn {
    uint8_t quarters;
    int32_t skew_mdeg;
    struct corners corners;
};

/* A sheet without a right bottom corner is none. */
static inline bool corners_are_none(const struct corners *c) {
    return c->x[2] == 0 && c->y[2] == 0;
}

/* A page that is unread has no words, and the size of its neighbour: the reading stopped before it, or at it. */
enum page_source { PAGE_TEXT, PAGE_OCR, PAGE_CORRECTED, PAGE_UNREAD };

struct page {
    int number;            /* from 1 */
    struct str attachment; /* the file within the document that it comes from; empty: the document itself */
    int32_t width, height;
    struct turn turn;
    enum page_source source;
    uint8_t confidence; /* mean over its words, weighted by their length */
    bool legible;       /* false: its words stay out of facts and answers */
    struct str text;    /* lines in reading order, separated by \n */
    struct word *words;
    size_t word_count;
};

/* Files within a document that are read, and the bytes of their names. */
enum { PAGE_ATTACHMENTS_MAX = 20, PAGE_ATTACHMENT_NAME_MAX = 200 };

/* Below this mean OCR confidence a page is not legible: handwriting reads at 29 to 47, poor typescript at 63. */
enum {
    PAGE_LEGIBLE_CONFIDENCE = 55,
    PAGES_MAX = 500,
    PAGE_WORDS_MAX = 20000,
    TURN_SKEW_MAX = 20000,
    CORNER_WHOLE = 65535
};

#endif
