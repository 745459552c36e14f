#ifndef EXTRACTOR_OCR_H
#define EXTRACTOR_OCR_H
/*
 * ocr -- words on a picture, through Tesseract with its French model, which reads English too.
 *
 * The engine is loaded at the first picture (or in the keeper, before readers are forked) and kept for all
 * pages of the document.
 */
#include "models.h"
#include "sheet.h"

#include <leptonica/allheaders.h>

struct ocr {
    bool models; /* models_open() found them */
    bool used;
    int64_t page_began_us; /* processor time */
    TessBaseAPI *engine;
};

/* Loads the engine if it is not; false: no models or no memory. */
bool ocr_load(struct ocr *);

/*
 * Mends the picture and lays its words on the sheet, whose size becomes that of the upright picture.
 * *source: OCR, or blank when nothing is drawn. The picture is not changed.
 */
enum extract_code ocr_read(struct ocr *, struct sheet *, PIX *, enum page_wire_source *source);

#endif
