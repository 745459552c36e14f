#include "exif.h"

struct view {
    struct str bytes;
    bool little;
};

/* 0 beyond the end. */
static uint32_t number(const struct view *v, size_t at, size_t n) {
    uint32_t out = 0;

    if (at > v->bytes.n || n > v->bytes.n - at) return 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = v->little ? n - 1 - i : i;
        out = out << 8 | (unsigned char)v->bytes.p[at + k];
    }
    return out;
}

/* The orientation in the first directory of a TIFF structure. */
static int orientation_of(struct str tiff) {
    enum { TAG_ORIENTATION = 0x0112, ENTRY_BYTES = 12 };
    struct view v = { tiff, str_starts(tiff, STR("II")) };
    size_t directory = number(&v, 4, 4);
    uint32_t entries = number(&v, directory, 2);

    for (uint32_t i = 0; i < entries && i < 1000; i++) {
        size_t at = directory + 2 + (size_t)i * ENTRY_BYTES;
        if (number(&v, at, 2) != TAG_ORIENTATION) continue;
        uint32_t value = number(&v, at + 8, 2);
        return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

int exif_jpeg_orientation(struct str jpeg) {
    struct view v = { jpeg, false };
    size_t at = 2;

    /* Segments FF xx, length; the picture itself starts at FF DA. */
    while (number(&v, at, 1) == 0xff && number(&v, at + 1, 1) != 0xda) {
        uint32_t marker = number(&v, at + 1, 1);
        size_t length = number(&v, at + 2, 2);
        if (length < 2) break;
        struct str body = str_sub(jpeg, at + 4, length - 2);
        if (marker == 0xe1 && str_starts(body, STR("Exif\0\0")))
            return orientation_of(str_sub(body, 6, body.n));
        at += 2 + length;
    }
    return 1;
}
