#include "sheet.h"
#include "base/utf8.h"
#include "os/frame.h"
#include "os/wire.h"

#include <math.h>
#include <unictype.h>
#include <unistr.h>

enum { SHEET_ARENA_BYTES = 64 * 1024 * 1024, WORDS_FIRST = 1024 };

bool sheet_init(struct sheet *s, int fd) {
    *s = (struct sheet) { .arena = arena_new(SHEET_ARENA_BYTES), .fd = fd };
    buf_init(&s->frame, PAGE_WIRE_MAX);
    return s->arena != NULL;
}

void sheet_done(struct sheet *s) {
    arena_free(s->arena);
    buf_done(&s->frame);
}

static int32_t side(double length) {
    if (!(length >= 1)) return 1; /* NaN too */
    return length > (double)PAGE_SIDE_MAX ? PAGE_SIDE_MAX : (int32_t)lround(length);
}

void sheet_begin(struct sheet *s, int number, double width, double height) {
    arena_reset(s->arena);
    s->page = (struct page) { .number = number, .width = side(width), .height = side(height) };
    s->word_room = 0;
    s->line = 0;
    s->full = false;
}

void sheet_clear(struct sheet *s) {
    sheet_begin(s, s->page.number, s->page.width, s->page.height);
}

void sheet_next_line(struct sheet *s) {
    if (s->page.word_count > 0) s->line = s->page.words[s->page.word_count - 1].line + 1;
}

static struct word *word_slot(struct sheet *s) {
    struct page *p = &s->page;

    if (s->full || p->word_count >= PAGE_WORDS_MAX) {
        s->full = true;
        return NULL;
    }
    if (p->word_count == s->word_room) {
        size_t room = s->word_room ? s->word_room * 2 : WORDS_FIRST;
        struct word *words = arena_array(s->arena, room, sizeof *words);
        if (!words) {
            s->full = true;
            return NULL;
        }
        if (p->word_count) memcpy(words, p->words, p->word_count * sizeof *words);
        p->words = words;
        s->word_room = room;
    }
    return &p->words[p->word_count];
}

/* The part of an interval that lies on a side of the page. */
static void clip(double at, double length, int32_t page, int32_t *out_at, int32_t *out_length) {
    double from = fmin(fmax(at, 0), page), to = fmin(fmax(at + length, from), page);

    *out_at = (int32_t)floor(from);
    *out_length = (int32_t)ceil(to) - *out_at;
    if (*out_length > page - *out_at) *out_length = page - *out_at;
}

static void word_add(struct sheet *s, struct str text, double x, double y, double w, double h,
                     int confidence) {
    const double page_w = s->page.width, page_h = s->page.height;
    double mid_x = x + w / 2, mid_y = y + h / 2;

    if (!(mid_x >= 0 && mid_x <= page_w && mid_y >= 0 && mid_y <= page_h)) return;
    struct word *word = word_slot(s);
    if (!word) return;
    if (!arena_dup(s->arena, text, &word->text)) {
        s->full = true;
        return;
    }
    clip(x, w, s->page.width, &word->box.x, &word->box.w);
    clip(y, h, s->page.height, &word->box.y, &word->box.h);
    word->confidence = (uint8_t)(confidence < 0 ? 0 : confidence > 100 ? 100 : confidence);
    word->line = s->line;
    s->page.word_count++;
}

/* Latin ligatures (U+FB00..U+FB06), which a search for the drug would miss. */
static const char *ligature(uint32_t c) {
    static const char *const parts[] = { "ff", "fi", "fl", "ffi", "ffl", "st", "st" };
    return c >= 0xFB00 && c <= 0xFB06 ? parts[c - 0xFB00] : NULL;
}

/*
 * Controls, private use (bullets of symbol fonts), unassigned, surrogates, soft hyphens and other invisible
 * signs.
 */
static bool is_unreadable(uint32_t c) {
    return c < 0x20 || c == 0x7F || c == 0xAD || c == 0xFFFD ||
           uc_is_general_category_withtable(c, UC_CATEGORY_MASK_C);
}

struct piece {
    char bytes[WORD_TEXT_MAX];
    size_t n;
    size_t chars_from, chars_to; /* which characters of the run it came from */
};

static bool piece_add(struct piece *p, uint32_t c) {
    const char *parts = ligature(c);
    uint8_t utf8[8];
    int n = parts ? (int)strlen(parts) : u8_uctomb(utf8, c, sizeof utf8);

    if (n <= 0 || p->n + (size_t)n > sizeof p->bytes) return false;
    memcpy(p->bytes + p->n, parts ? (const void *)parts : utf8, (size_t)n);
    p->n += (size_t)n;
    return true;
}

void sheet_add(struct sheet *s, struct str text, double x, double y, double w, double h, int confidence) {
    struct piece piece = { .n = 0 };
    size_t total = utf8_length(text), chars = 0;
    double step = total ? w / (double)total : 0;

    for (size_t at = 0; at <= text.n; chars++) {
        const size_t here = at;
        bool end = at == text.n;
        uint32_t c = end ? ' ' : utf8_next(text, &at);
        bool space = end || uc_is_property_white_space(c);
        if (!space && !is_unreadable(c)) {
            if (piece.n == 0) piece.chars_from = chars;
            if (piece_add(&piece, c)) {
                piece.chars_to = chars + 1;
                continue;
            }
            if (piece.n == 0) continue;
            space = true; /* too long for one word: the rest, from this character on, is another */
            at = here;
            chars--;
        }
        if (space && piece.n > 0) {
            word_add(s, (struct str) { piece.bytes, piece.n }, x + step * (double)piece.chars_from, y,
                     step * (double)(piece.chars_to - piece.chars_from), h, confidence);
            piece.n = 0;
        }
        if (end) break;
    }
}

bool sheet_claim(struct sheet *s, int number) {
    return !s->claims ||
           __atomic_exchange_n(&s->claims[s->pages_before + number - 1], 1, __ATOMIC_RELAXED) == 0;
}

static enum extract_code send_frame(struct sheet *s, enum extract_frame kind, struct str payload) {
    return frame_send(s->fd, (uint8_t)kind, payload, NULL) == OK ? EXTRACT_OK : EXTRACT_INTERNAL;
}

enum extract_code sheet_send(struct sheet *s, enum page_wire_source source) {
    if (s->full) return EXTRACT_TOO_COMPLEX;
    if (s->take) return s->take(s->take_ctx, &s->page);
    struct page page = s->page;
    page.number += s->pages_before;
    buf_clear(&s->frame);
    page_wire_put(&s->frame, &page, source);
    if (!buf_ok(&s->frame)) return EXTRACT_TOO_COMPLEX;
    return send_frame(s, EXTRACT_FRAME_PAGE, buf_str(&s->frame));
}

enum extract_code sheet_send_total(struct sheet *s, int pages) {
    return sheet_send_total_of(s, &(struct page_wire_total) { .pages = pages });
}

enum extract_code sheet_send_total_of(struct sheet *s, const struct page_wire_total *total) {
    s->counted = total->pages;
    if (s->counting) return EXTRACT_COUNTED;
    if (s->take || s->within) return EXTRACT_OK;
    buf_clear(&s->frame);
    page_wire_put_total(&s->frame, total);
    return send_frame(s, EXTRACT_FRAME_TOTAL, buf_str(&s->frame));
}
