#include "tiff.h"

enum { FIRST_AT = 4, ENTRY_BYTES = 12, LINKS_MAX = 1000 };

/* bytes holds them. */
static size_t number_at(struct str bytes, size_t at, size_t size) {
    bool big_endian = bytes.p[0] == 'M';
    size_t n = 0;

    for (size_t i = 0; i < size; i++)
        n = n << 8 | (unsigned char)bytes.p[at + (big_endian ? i : size - 1 - i)];
    return n;
}

bool tiff_is_cut(struct str bytes) {
    if (bytes.n < FIRST_AT + 4) return true;
    size_t at = number_at(bytes, FIRST_AT, 4);
    for (int i = 0; at != 0 && i < LINKS_MAX; i++) {
        if (at + 2 > bytes.n) return true;
        size_t next = at + 2 + ENTRY_BYTES * number_at(bytes, at, 2);
        if (next + 4 > bytes.n) return true;
        at = number_at(bytes, next, 4);
    }
    return false;
}
