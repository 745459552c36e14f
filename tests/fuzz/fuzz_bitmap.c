/* The header of a bitmap says how much memory its picture takes; a picture that comes out has the size that was allowed. */
#include <stdlib.h>

#include "picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Pictures are decoded here and not read. */
enum extract_code ocr_read(struct ocr *ocr, struct sheet *sheet, PIX *picture,
                           enum page_wire_source *source) {
    (void)ocr, (void)sheet, (void)picture;
    *source = PAGE_WIRE_BLANK;
    return EXTRACT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str bytes = { (const char *)data, size };
    PIX *picture = NULL;

    setMsgSeverity(L_SEVERITY_NONE);
    if (picture_decode(FILE_BMP, bytes, 1, PICTURE_GREY, &picture) != EXTRACT_OK) return 0;
    if (!picture || pixGetWidth(picture) < 1 || pixGetHeight(picture) < 1) abort();
    if ((int64_t)pixGetWidth(picture) * pixGetHeight(picture) > PICTURE_PIXELS_MAX) abort();
    pixDestroy(&picture);
    return 0;
}
