#ifndef OS_WIRE_H
#define OS_WIRE_H
/*
 * wire -- numbers and bytes inside a frame, read from a side that may be hostile.
 *
 * Big-endian, fixed widths. The reader never goes beyond its bytes: a short or too long field makes it
 * `bad` for good, and everything read from then on is 0 or empty. So a parser reads straight through and
 * asks once, with wire_end(), whether all was there and nothing is left over. Views point into the bytes of
 * the reader. The writer is a buf (base/buf.h), which knows its own maximum.
 */
#include "base/buf.h"

struct wire {
    const unsigned char *p;
    size_t left;
    bool bad;
};

static inline struct wire wire_of(struct str bytes) {
    return (struct wire) { (const unsigned char *)bytes.p, bytes.n, false };
}

uint8_t wire_u8(struct wire *);
uint16_t wire_u16(struct wire *);
uint32_t wire_u32(struct wire *);
uint64_t wire_u64(struct wire *);
struct str wire_bytes(struct wire *, size_t max_bytes);       /* a u32 length, then the bytes */
struct str wire_short_bytes(struct wire *, size_t max_bytes); /* a u16 length, then the bytes */
bool wire_end(const struct wire *) MUST_CHECK;                /* all was good and all was read */

void wire_put_u8(struct buf *, uint8_t);
void wire_put_u16(struct buf *, uint16_t);
void wire_put_u32(struct buf *, uint32_t);
void wire_put_u64(struct buf *, uint64_t);
void wire_put_bytes(struct buf *, struct str);       /* more than 2^32 - 1 bytes fail the buf */
void wire_put_short_bytes(struct buf *, struct str); /* more than 65535 bytes fail the buf */

#endif
