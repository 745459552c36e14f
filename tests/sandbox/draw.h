#ifndef SANDBOX_DRAW_H
#define SANDBOX_DRAW_H
/*
 * draw -- small documents of our own in each format that is read, made while the tests run.
 *
 * Every page shows the same prescription, DRAW_LINES long. The bytes live in a memory file that the caller closes.
 */
#include <leptonica/allheaders.h>
#include <stdbool.h>

enum { DRAW_LINES = 9 };
extern const char *const draw_lines[DRAW_LINES];

enum draw_page { DRAW_TEXT, DRAW_SCAN, DRAW_BLANK, DRAW_CURVES };

/* A PDF with these pages: letters, a picture of letters, nothing, or letters as curves. */
int draw_pdf(const enum draw_page *pages, int count);

/* The page as a picture of 8 bits, A5 at so many dots an inch. */
PIX *draw_picture(int dpi);

/* The same at 200 dpi, as a scanner saw it that it lay in so: quarters clockwise, or askew by a few hundredths of a radian. */
PIX *draw_turned(int quarters);
PIX *draw_skewed(float angle);

enum draw_format { DRAW_PNG, DRAW_JPEG, DRAW_WEBP, DRAW_BMP, DRAW_TIFF };

/* Takes the picture. A TIFF gets `pages` of it. */
int draw_file(PIX *take, enum draw_format, int pages);

/* A JPEG whose camera was held so (EXIF orientation 1..8). Takes the picture, as the sensor saw it. */
int draw_jpeg_held(PIX *take, int orientation);

/* -1: there is no HEVC encoder here. Takes the picture. */
int draw_heic(PIX *take);

int draw_bytes(const void *bytes, size_t n);

#endif
