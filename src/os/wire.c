#include "os/wire.h"

static const unsigned char *take(struct wire *w, size_t n) {
    if (w->bad || w->left < n) {
        w->bad = true;
        return NULL;
    }
    const unsigned char *p = w->p;
    w->p += n;
    w->left -= n;
    return p;
}

/* The next n bytes (at most 8) as one number. */
static uint64_t number(struct wire *w, size_t n) {
    const unsigned char *b = take(w, n);
    uint64_t v = 0;

    for (size_t i = 0; b && i < n; i++) v = v << 8 | b[i];
    return v;
}

uint8_t wire_u8(struct wire *w) {
    return (uint8_t)number(w, 1);
}
uint16_t wire_u16(struct wire *w) {
    return (uint16_t)number(w, 2);
}
uint32_t wire_u32(struct wire *w) {
    return (uint32_t)number(w, 4);
}
uint64_t wire_u64(struct wire *w) {
    return number(w, 8);
}

static struct str view(struct wire *w, size_t n, size_t max_bytes) {
    if (n > max_bytes) w->bad = true;
    const unsigned char *b = take(w, n);
    return b ? (struct str) { (const char *)b, n } : STR("");
}

struct str wire_bytes(struct wire *w, size_t max_bytes) {
    return view(w, wire_u32(w), max_bytes);
}
struct str wire_short_bytes(struct wire *w, size_t max_bytes) {
    return view(w, wire_u16(w), max_bytes);
}

bool wire_end(const struct wire *w) {
    return !w->bad && w->left == 0;
}

static void put(struct buf *b, uint64_t v, size_t n) {
    char bytes[8];

    for (size_t i = n; i > 0; i--, v >>= 8) bytes[i - 1] = (char)(v & 0xff);
    buf_add(b, (struct str) { bytes, n });
}

void wire_put_u8(struct buf *b, uint8_t v) {
    put(b, v, 1);
}
void wire_put_u16(struct buf *b, uint16_t v) {
    put(b, v, 2);
}
void wire_put_u32(struct buf *b, uint32_t v) {
    put(b, v, 4);
}
void wire_put_u64(struct buf *b, uint64_t v) {
    put(b, v, 8);
}

void wire_put_bytes(struct buf *b, struct str s) {
    if (s.n > UINT32_MAX) b->failed = true;
    put(b, s.n, 4);
    buf_add(b, s);
}

void wire_put_short_bytes(struct buf *b, struct str s) {
    if (s.n > UINT16_MAX) b->failed = true;
    put(b, s.n, 2);
    buf_add(b, s);
}
