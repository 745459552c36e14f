#include "plain_text.h"
#include "base/utf8.h"

#include <math.h>
#include <unistr.h>

/*
 * A sheet of A4 in 10 point typewriter letters: 6 points wide, lines 11.5 points apart, margins of half an
 * inch.
 */
enum { CHAR_W = 60, LINE_H = 115, MARGIN = 360, A4_W = 5953, A4_H = 8419 };

/* Windows-1252, 0x80..0x9F (unicode.org, CP1252.TXT); 0: not assigned. From 0xA0 on it is Latin-1. */
static const uint16_t cp1252_high[32] = { 0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                          0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178 };

struct reader {
    struct sheet *sheet;
    struct str bytes;
    bool utf8;
    int page, pages;
    bool any_word;
};

static uint32_t character(const struct reader *r, size_t *at) {
    if (r->utf8) return utf8_next(r->bytes, at);
    unsigned char c = (unsigned char)r->bytes.p[(*at)++];
    return c >= 0x80 && c < 0xA0 ? cp1252_high[c - 0x80] : c;
}

/*
 * One line from *at on, without its end; answers false when the page ends behind it. The sheet may be
 * absent: then lines are only counted.
 */
static bool line_read(struct reader *r, size_t *at, bool lay, int row) {
    uint8_t word[WORD_TEXT_MAX];
    size_t n = 0, from = 0, column = 0;
    bool more = true;

    for (;;) {
        bool end = *at >= r->bytes.n;
        uint32_t c = end ? '\n' : character(r, at);
        if (c == '\r' && *at < r->bytes.n && r->bytes.p[*at] == '\n') continue;
        if (c == 0) continue;
        bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || n + 6 > sizeof word;
        if (space && n > 0) {
            if (lay)
                sheet_add(r->sheet, (struct str) { (char *)word, n }, (double)(MARGIN + from * CHAR_W),
                          (double)(MARGIN + row * LINE_H), (double)((column - from) * CHAR_W), LINE_H, 100);
            r->any_word = true;
            n = 0;
        }
        if (c == '\n' || c == '\r' || c == '\f') {
            more = c != '\f';
            break;
        }
        if (n == 0) from = column;
        if (c > ' ') n += (size_t)u8_uctomb(word + n, c, (ptrdiff_t)(sizeof word - n));
        column = c == '\t' ? (column / 8 + 1) * 8 : column + 1;
    }
    return more;
}

/* Columns of the longest line of the page that starts at `at`: a paragraph in one line makes a wide sheet. */
static size_t page_columns(struct str bytes, size_t at) {
    size_t longest = 0, column = 0;
    int rows = 0;

    for (; at < bytes.n && rows < PLAIN_LINES_PER_PAGE && bytes.p[at] != '\f'; at++) {
        char c = bytes.p[at];
        rows += c == '\n';
        column = c == '\n' ? 0 : c == '\t' ? (column / 8 + 1) * 8 : column + 1;
        if (column > longest) longest = column;
    }
    return longest;
}

static enum extract_code page_read(struct reader *r, size_t *at, bool lay) {
    double width = fmax(A4_W, (double)(2 * MARGIN + page_columns(r->bytes, *at) * CHAR_W));

    r->page++;
    if (lay) sheet_begin(r->sheet, r->page, width, A4_H);
    for (int row = 0; row < PLAIN_LINES_PER_PAGE && *at < r->bytes.n; row++) {
        if (lay) sheet_next_line(r->sheet);
        if (!line_read(r, at, lay, row)) break;
    }
    return lay ? sheet_send(r->sheet, PAGE_WIRE_TEXT) : EXTRACT_OK;
}

/* All pages; counted first, because the number goes ahead of them. */
static enum extract_code pages_read(struct reader *r, bool lay) {
    enum extract_code code = EXTRACT_OK;

    r->page = 0;
    for (size_t at = 0; at < r->bytes.n && code == EXTRACT_OK;) {
        code = page_read(r, &at, lay);
        if (r->page > PAGES_MAX) return EXTRACT_TOO_MANY_PAGES;
    }
    return code;
}

enum extract_code plain_text_read(struct sheet *sheet, struct str bytes) {
    struct reader r = { .sheet = sheet, .bytes = bytes };

    if (str_starts(bytes, STR("\xef\xbb\xbf"))) r.bytes = str_sub(bytes, 3, bytes.n);
    r.utf8 = utf8_is_clean(r.bytes);
    enum extract_code code = pages_read(&r, false);
    if (code == EXTRACT_OK && !r.any_word) code = EXTRACT_EMPTY;
    if (code == EXTRACT_OK) code = sheet_send_total(sheet, r.page);
    return code == EXTRACT_OK ? pages_read(&r, true) : code;
}
