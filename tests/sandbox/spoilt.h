#ifndef SANDBOX_SPOILT_H
#define SANDBOX_SPOILT_H
/*
 * spoilt -- the page of draw.h as scanners and telephones bring it: the same pictures for the tests of mending and for what the
 * evaluation prints.
 */
#include <leptonica/allheaders.h>

enum spoilt {
    SPOILT_CLEAN,
    SPOILT_SKEW_LEFT_15,
    SPOILT_SKEW_LEFT_11,
    SPOILT_SKEW_RIGHT_1,
    SPOILT_SKEW_RIGHT_7,
    SPOILT_SKEW_RIGHT_15,
    SPOILT_SIDE_SKEW_12,
    SPOILT_UPSIDE_DOWN_SKEW_9,
    SPOILT_OTHER_SIDE_SKEW_14,
    SPOILT_150_DPI,
    SPOILT_44_DPI,
    SPOILT_LIGHT_FALLS,
    SPOILT_HARD_SHADOW,
    SPOILT_LAMP,
    SPOILT_DARK_BORDER,
    SPOILT_LIGHT_BORDER,
    SPOILT_KEYSTONE,
    SPOILT_KEYSTONE_LIGHT_TABLE,
    SPOILT_SOFT_PRINT,
    SPOILT_PHOTOGRAPH,
    SPOILT_PHOTOGRAPH_ON_ITS_SIDE,
    SPOILT_COUNT
};

/* A word of small letters, for file names. */
const char *spoilt_name(enum spoilt);

/* The share of the page's words that have to be read. */
double spoilt_bound(enum spoilt);

/* The picture, of 8 bits of grey. The caller destroys it. */
PIX *spoilt_draw(enum spoilt);

#endif
