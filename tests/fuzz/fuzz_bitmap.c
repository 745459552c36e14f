/*
 * Any bytes as a picture. The header of a bitmap says how much memory its picture takes; a picture that comes out has the size that was allowed.
 * The orientation in a JPEG's EXIF segment, the type of a file by its head, the chain of a TIFF: always an answer of the list.
 */
#include <stdlib.h>

#include "documents/file_type.h"
#include "exif.h"
#include "picture.h"
#include "tiff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Pictures are decoded here and not read. */
enum extract_code ocr_read(struct ocr *ocr, struct sheet *sheet, PIX *picture,
                           enum page_wire_source *source) {
    (void)ocr, (void)sheet, (void)picture;
    *source = PAGE_WIRE_BLANK;
    return EXTRACT_OK;
}

static void read_heads(struct str bytes) {
    int orientation = exif_jpeg_orientation(bytes);

    if (orientation < 1 || orientation > 8) abort();
    if (file_type_of(bytes) >= FILE_TYPE_COUNT) abort();
    (void)tiff_is_cut(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str bytes = { (const char *)data, size };
    PIX *picture = NULL;

    read_heads(bytes);
    setMsgSeverity(L_SEVERITY_NONE);
    if (picture_decode(FILE_BMP, bytes, 1, PICTURE_GREY, &picture) != EXTRACT_OK) return 0;
    if (!picture || pixGetWidth(picture) < 1 || pixGetHeight(picture) < 1) abort();
    if ((int64_t)pixGetWidth(picture) * pixGetHeight(picture) > PICTURE_PIXELS_MAX) abort();
    pixDestroy(&picture);
    return 0;
}
