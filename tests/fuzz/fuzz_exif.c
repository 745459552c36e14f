/* The orientation in a JPEG's EXIF segment, the type of a file by its head, the chain of a TIFF: always an answer of the list. */
#include <stdlib.h>

#include "documents/file_type.h"
#include "exif.h"
#include "tiff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str bytes = { (const char *)data, size };
    int orientation = exif_jpeg_orientation(bytes);

    if (orientation < 1 || orientation > 8) abort();
    if (file_type_of(bytes) >= FILE_TYPE_COUNT) abort();
    (void)tiff_is_cut(bytes);
    return 0;
}
