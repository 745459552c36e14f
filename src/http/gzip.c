#include "http/gzip.h"

#include <stdlib.h>
#define ZLIB_CONST
#include <zlib.h>

/* Level 3 costs a third of level 6 and JSON grows by a tenth only; a window of 16 kB is enough for a page of a list. */
enum { LEVEL = 3, WINDOW_BITS = 14, GZIP_FORMAT = 16, MEMORY_LEVEL = 7 };

struct gzip {
    z_stream z;
    bool ready;
};

struct gzip *gzip_new(void) {
    return calloc(1, sizeof(struct gzip));
}

void gzip_free(struct gzip *g) {
    if (!g) return;
    if (g->ready) deflateEnd(&g->z);
    free(g);
}

static bool make_ready(struct gzip *g) {
    if (g->ready) return deflateReset(&g->z) == Z_OK;
    g->ready = deflateInit2(&g->z, LEVEL, Z_DEFLATED, WINDOW_BITS + GZIP_FORMAT, MEMORY_LEVEL,
                            Z_DEFAULT_STRATEGY) == Z_OK;
    return g->ready;
}

bool gzip_write(struct gzip *g, struct str in, struct buf *out) {
    unsigned char chunk[8192];
    int result = Z_OK;

    if (in.n > UINT32_MAX || !make_ready(g)) return false;
    g->z.next_in = (const Bytef *)in.p;
    g->z.avail_in = (uInt)in.n;
    while (result == Z_OK && buf_ok(out) && out->n < in.n) {
        g->z.next_out = chunk;
        g->z.avail_out = sizeof chunk;
        result = deflate(&g->z, Z_FINISH);
        buf_add(out, (struct str) { (const char *)chunk, sizeof chunk - g->z.avail_out });
    }
    if (result == Z_STREAM_END && buf_ok(out) && out->n < in.n) return true;
    buf_clear(out);
    return false;
}
