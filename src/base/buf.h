#ifndef BASE_BUF_H
#define BASE_BUF_H
/*
 * buf -- bytes that grow up to a maximum given at the start.
 *
 * Adding beyond the maximum, or without memory, marks the buffer as failed and keeps what was there;
 * later additions do nothing. So a writer adds freely and asks once at the end with buf_ok().
 * The caller owns the storage: buf_init() once, buf_done() at the end (wipes and frees).
 */
#include "base/base.h"

struct buf {
    char *p; /* NULL while empty; not NUL-terminated */
    size_t n, cap, max;
    bool failed;
};

void buf_init(struct buf *, size_t max_bytes);
void buf_done(struct buf *);
void buf_clear(struct buf *); /* empty again, memory kept, failure forgotten */

void buf_add(struct buf *, struct str);
void buf_add_char(struct buf *, char);
void buf_add_i64(struct buf *, int64_t);
void buf_addf(struct buf *, const char *fmt, ...) PRINTF(2, 3);

/*
 * Room for n more bytes, for writers that know how much they write: fill it, then add what was written to b->n. NULL when there is none
 * (the buffer has failed then). The place is good until the next call.
 */
char *buf_room(struct buf *, size_t n) MUST_CHECK;

static inline bool buf_ok(const struct buf *b) {
    return !b->failed;
}
static inline struct str buf_str(const struct buf *b) {
    return (struct str) { b->p ? b->p : "", b->n };
}

#endif
