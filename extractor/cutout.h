#ifndef EXTRACTOR_CUTOUT_H
#define EXTRACTOR_CUTOUT_H
/*
 * cutout -- a sheet on a table, photographed: where its corners are, and the sheet alone as if seen from above.
 *
 * Only a sheet that shows all of its four edges is found: brighter than what lies around it, its sides straight, its
 * angles nearly right. Anything else is left as it is, because a good page must not be cut.
 */
#include "documents/page.h"

#include <leptonica/allheaders.h>
#include <stdbool.h>

/* In a picture of 8 bits of grey, which is not changed. False: no sheet that is certain; *out is untouched. */
bool cutout_find(PIX *grey, struct corners *out);

/*
 * The sheet between these corners of a picture of 8 or 32 bits, `width` by `height` pixels large. NULL: no memory, or
 * the corners are no quadrilateral. The caller destroys it.
 */
PIX *cutout_flatten(PIX *, const struct corners *, int width, int height);

/* How large the sheet is in the pixels of the picture: its longer sides. */
void cutout_size(PIX *, const struct corners *, int *width, int *height);

#endif
