#ifndef HTTP_GZIP_H
#define HTTP_GZIP_H
/*
 * gzip -- makes answers smaller for clients on slow links. Inside http/ only.
 *
 * A compressor keeps its zlib state (about 130 kB, made at first use) for the next answer; it belongs to one thread.
 */
#include "base/buf.h"

struct gzip;

struct gzip *gzip_new(void) MUST_CHECK; /* NULL: out of memory */
void gzip_free(struct gzip *);          /* NULL is fine */

/* Writes `in` compressed to `out`, which must be empty. False when it would not be smaller, or there is no memory: send `in` itself. */
bool gzip_write(struct gzip *, struct str in, struct buf *out);

#endif
