/* A form gives the same parts however it is cut, begins and ends each part once, and hands out only bytes that are there. */
#include <stdlib.h>

#include "base/crypto.h"
#include "http/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
    struct hash_stream hash;
    bool in_part;
    int parts;
};

static enum status on_begin(void *ctx, const struct part *part, struct err *e) {
    struct seen *s = ctx;
    (void)e;
    if (s->in_part || part->name.n == 0) abort();
    s->in_part = true;
    s->parts++;
    crypto_hash_add(&s->hash, part->name);
    crypto_hash_add(&s->hash, part->filename);
    return OK;
}

static enum status on_data(void *ctx, struct str bytes, struct err *e) {
    struct seen *s = ctx;
    (void)e;
    if (!s->in_part || bytes.n == 0) abort();
    crypto_hash_add(&s->hash, bytes);
    return OK;
}

static enum status on_end(void *ctx, struct err *e) {
    struct seen *s = ctx;
    (void)e;
    if (!s->in_part) abort();
    s->in_part = false;
    return OK;
}

static enum status feed(struct str body, size_t piece, struct seen *s, struct hash *out) {
    struct multipart *m = malloc(sizeof *m);
    const struct multipart_events events = { s, on_begin, on_data, on_end };
    enum status status = OK;
    if (!m || !multipart_init(m, STR("b"), &events)) abort();
    crypto_hash_start(&s->hash);
    for (size_t at = 0; at < body.n && status == OK; at += piece)
        status = multipart_feed(m, str_sub(body, at, piece), NULL);
    if (status == OK) status = multipart_finish(m, NULL);
    if (status == OK && s->in_part) abort();
    *out = crypto_hash_end(&s->hash);
    free(m);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str body = { (const char *)data, size };
    struct seen whole = { 0 }, bytes = { 0 };
    struct hash a, b;
    enum status s = feed(body, size ? size : 1, &whole, &a);
    if (feed(body, size % 7 + 1, &bytes, &b) != s) abort();
    if (s == OK && (whole.parts != bytes.parts || memcmp(&a, &b, sizeof a) != 0)) abort();
    return 0;
}
