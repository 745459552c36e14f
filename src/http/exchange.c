#include "http/exchange.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/crypto.h"

struct exchange *exchange_new(void) {
    struct exchange *ex = calloc(1, sizeof *ex);
    if (!ex) return NULL;
    ex->fd = -1;
    ex->arena = arena_new(REQUEST_ARENA_BYTES);
    if (!ex->arena) {
        free(ex);
        return NULL;
    }
    buf_init(&ex->body, 0);
    buf_init(&ex->re.body, REPLY_MAX_BYTES);
    buf_init(&ex->gzip, REPLY_MAX_BYTES);
    return ex;
}

/* Empties and wipes a buffer, and gives it back when it grew large. */
static struct buf buffer_reset(struct buf b) {
    if (b.cap > SPARE_BUFFER_BYTES) buf_done(&b);
    if (b.p) crypto_wipe(b.p, b.n);
    buf_clear(&b);
    return b;
}

/* Lets go of what the answer holds outside of memory. */
static void release_source(struct exchange *ex) {
    if (ex->fd >= 0) close(ex->fd);
    if (ex->stream.done) ex->stream.done(ex->stream.ctx);
    ex->fd = -1;
    ex->stream = (struct reply_stream) { 0 };
}

void exchange_reset(struct exchange *ex) {
    release_source(ex);
    arena_reset(ex->arena);
    struct exchange kept = { .arena = ex->arena, .fd = -1 };
    kept.body = buffer_reset(ex->body);
    kept.re.body = buffer_reset(ex->re.body);
    kept.gzip = buffer_reset(ex->gzip);
    *ex = kept;
}

void exchange_free(struct exchange *ex) {
    if (!ex) return;
    release_source(ex);
    arena_free(ex->arena);
    buf_done(&ex->body);
    buf_done(&ex->re.body);
    buf_done(&ex->gzip);
    crypto_wipe(ex, sizeof *ex);
    free(ex);
}

bool exchange_is_spare(const struct exchange *ex) {
    return ex->body.cap + ex->re.body.cap + ex->gzip.cap <= SPARE_BUFFER_BYTES;
}
