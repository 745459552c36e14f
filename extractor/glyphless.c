#include "glyphless.h"

#include "os/wire.h"

/* OpenType 1.9: "Font file" and the chapter of each table. */
enum { VERSION_1 = 0x00010000, TABLE_COUNT = 6, DIRECTORY_BYTES = 12 + 16 * TABLE_COUNT, GLYPHS = 2 };
#define HEAD_MAGIC     UINT32_C(0x5F0F3CF5)
#define CHECK_SUM_WANT UINT32_C(0xB1B0AFBA)

static void put_zeros(struct buf *b, int count) {
    for (int i = 0; i < count; i++) wire_put_u16(b, 0);
}

/* Nothing is drawn, but a table without bytes is taken for a broken one. */
static void glyf_put(struct buf *b, uint32_t adjustment) {
    (void)adjustment;
    put_zeros(b, 2);
}

static void head_put(struct buf *b, uint32_t adjustment) {
    wire_put_u32(b, VERSION_1);
    wire_put_u32(b, VERSION_1); /* revision */
    wire_put_u32(b, adjustment);
    wire_put_u32(b, HEAD_MAGIC);
    wire_put_u16(b, 0);
    wire_put_u16(b, GLYPHLESS_EM);
    put_zeros(b, 8); /* made and changed */
    put_zeros(b, 2); /* the lower left corner */
    wire_put_u16(b, GLYPHLESS_WIDTH);
    wire_put_u16(b, GLYPHLESS_EM);
    wire_put_u16(b, 0);
    wire_put_u16(b, 8); /* the smallest size that can be read */
    wire_put_u16(b, 2); /* from left to right */
    put_zeros(b, 2);
}

static void hhea_put(struct buf *b, uint32_t adjustment) {
    (void)adjustment;
    wire_put_u32(b, VERSION_1);
    wire_put_u16(b, GLYPHLESS_EM);
    put_zeros(b, 2); /* descender, gap */
    wire_put_u16(b, GLYPHLESS_WIDTH);
    put_zeros(b, 3);
    wire_put_u16(b, 1); /* an upright caret */
    put_zeros(b, 7);
    wire_put_u16(b, GLYPHS);
}

static void hmtx_put(struct buf *b, uint32_t adjustment) {
    (void)adjustment;
    for (int i = 0; i < GLYPHS; i++) {
        wire_put_u16(b, GLYPHLESS_WIDTH);
        wire_put_u16(b, 0);
    }
}

static void loca_put(struct buf *b, uint32_t adjustment) {
    (void)adjustment;
    put_zeros(b, GLYPHS + 1);
}

static void maxp_put(struct buf *b, uint32_t adjustment) {
    (void)adjustment;
    wire_put_u32(b, VERSION_1);
    wire_put_u16(b, GLYPHS);
    put_zeros(b, 4);
    wire_put_u16(b, 2); /* zones */
    put_zeros(b, 8);
}

static const struct table {
    const char *tag;
    void (*put)(struct buf *, uint32_t adjustment);
} tables[TABLE_COUNT] = {
    { "glyf", glyf_put }, { "head", head_put }, { "hhea", hhea_put },
    { "hmtx", hmtx_put }, { "loca", loca_put }, { "maxp", maxp_put },
};

/* The sum of the 32-bit words; the last one is filled with zeros. */
static uint32_t check_sum(struct str bytes) {
    uint32_t sum = 0;

    for (size_t i = 0; i < bytes.n; i++) sum += (uint32_t)(unsigned char)bytes.p[i] << (24 - 8 * (i % 4));
    return sum;
}

static void font_put(struct buf *b, uint32_t adjustment) {
    uint32_t at = DIRECTORY_BYTES;
    struct buf one, all;

    buf_init(&one, 256);
    buf_init(&all, 1024);
    wire_put_u32(b, VERSION_1);
    wire_put_u16(b, TABLE_COUNT);
    wire_put_u16(b, 64); /* 16 times the largest power of two of tables, its logarithm, and the rest */
    wire_put_u16(b, 2);
    wire_put_u16(b, 16 * TABLE_COUNT - 64);
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        buf_clear(&one);
        tables[i].put(&one, 0);
        struct str bytes = buf_str(&one);
        buf_add(b, str_from_c(tables[i].tag));
        wire_put_u32(b, check_sum(bytes));
        wire_put_u32(b, at + (uint32_t)buf_str(&all).n);
        wire_put_u32(b, (uint32_t)bytes.n);
        tables[i].put(&all, adjustment);
        if (bytes.n % 4) put_zeros(&all, 1); /* all lengths are even */
    }
    buf_add(b, buf_str(&all));
    buf_done(&one);
    buf_done(&all);
}

void glyphless_put(struct buf *b) {
    struct buf draft;

    buf_init(&draft, 1024);
    font_put(&draft, 0);
    font_put(b, CHECK_SUM_WANT - check_sum(buf_str(&draft)));
    buf_done(&draft);
}
