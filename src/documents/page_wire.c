#include "documents/page_wire.h"
#include "base/utf8.h"
#include "os/wire.h"

enum { WORD_BYTES_MIN = 5 * 4 + 1 + 2 };

void corners_wire_put(struct buf *b, const struct corners *c) {
    for (size_t i = 0; i < COUNT_OF(c->x); i++) {
        wire_put_u16(b, c->x[i]);
        wire_put_u16(b, c->y[i]);
    }
}

static struct corners corners_take(struct wire *w) {
    struct corners c;

    for (size_t i = 0; i < COUNT_OF(c.x); i++) {
        c.x[i] = wire_u16(w);
        c.y[i] = wire_u16(w);
    }
    return c;
}

struct corners corners_wire_read(struct str bytes) {
    struct wire w = wire_of(bytes);
    struct corners c = corners_take(&w);

    return wire_end(&w) ? c : (struct corners) { { 0 }, { 0 } };
}

/*
 * What a sheet can look like from above: each corner turns right, and none is nearly flat. So every place on it, and a little beside it,
 * has one place in the photograph.
 */
static bool corners_are_sheet(const struct corners *c) {
    const int64_t turn_min = (int64_t)CORNER_WHOLE * CORNER_WHOLE / 32;

    for (size_t i = 0; i < 4; i++) {
        size_t k = (i + 1) % 4, l = (i + 2) % 4;
        int64_t ax = c->x[k] - c->x[i], ay = c->y[k] - c->y[i], bx = c->x[l] - c->x[k],
                by = c->y[l] - c->y[k];
        if (ax * by - ay * bx < turn_min) return false;
    }
    return true;
}

void turn_wire_put(struct buf *b, const struct turn *t) {
    wire_put_u8(b, t->quarters);
    wire_put_u32(b, (uint32_t)(t->skew_mdeg + TURN_SKEW_MAX));
    corners_wire_put(b, &t->corners);
}

bool turn_wire_read(struct wire *w, struct turn *out) {
    uint8_t quarters = wire_u8(w);
    uint32_t skew = wire_u32(w);
    struct corners corners = corners_take(w);

    if (w->bad || quarters > 3 || skew > 2 * TURN_SKEW_MAX) return false;
    if (!corners_are_none(&corners) && !corners_are_sheet(&corners)) return false;
    *out = (struct turn) { quarters, (int32_t)skew - TURN_SKEW_MAX, corners };
    return true;
}

void page_wire_put_words(struct buf *b, const struct page *p) {
    wire_put_u32(b, (uint32_t)p->word_count);
    for (size_t i = 0; i < p->word_count; i++) {
        const struct word *w = &p->words[i];
        wire_put_u32(b, w->line);
        wire_put_u32(b, (uint32_t)w->box.x);
        wire_put_u32(b, (uint32_t)w->box.y);
        wire_put_u32(b, (uint32_t)w->box.w);
        wire_put_u32(b, (uint32_t)w->box.h);
        wire_put_u8(b, w->confidence);
        wire_put_short_bytes(b, w->text);
    }
}

static void put_head(struct buf *b, const struct page *p, enum page_wire_source source) {
    wire_put_u32(b, (uint32_t)p->number);
    wire_put_u32(b, (uint32_t)p->width);
    wire_put_u32(b, (uint32_t)p->height);
    wire_put_u8(b, (uint8_t)source);
    turn_wire_put(b, &p->turn);
}

void page_wire_put(struct buf *b, const struct page *p, enum page_wire_source source) {
    put_head(b, p, source);
    page_wire_put_words(b, p);
}

void page_wire_put_packed(struct buf *b, const struct page *p, enum page_wire_source source,
                          struct str words_packed) {
    put_head(b, p, source);
    words_packed.n > 0 ? buf_add(b, words_packed) : wire_put_u32(b, 0);
}

/* Printable ASCII without spaces: most words, and they need no cleaning. */
static bool is_plain(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~') return false;
    return s.n > 0;
}

/*
 * The word as it is kept: clean, without white space inside. Empty when nothing is left. Cleaning makes a
 * broken byte three bytes long, so the limit holds again behind it: what is believed can be written and read.
 */
static enum status word_text(struct arena *a, struct str raw, struct str *out, struct err *e) {
    bool done = is_plain(raw) ? arena_dup(a, raw, out) : utf8_clean(a, raw, out);

    if (!done) return fail(e, E_LIMIT, NULL, "no memory for a word");
    *out = utf8_prefix(*out, WORD_TEXT_MAX);
    for (size_t i = 0; i < out->n; i++)
        if (out->p[i] == ' ' || out->p[i] == '\n' || out->p[i] == '\t')
            return fail(e, E_INVALID, NULL, "a space inside a word");
    return OK;
}

static bool box_read(struct wire *w, const struct page *p, struct box *out) {
    uint32_t x = wire_u32(w), y = wire_u32(w), width = wire_u32(w), height = wire_u32(w);
    uint32_t page_w = (uint32_t)p->width, page_h = (uint32_t)p->height;

    if (x > page_w || width > page_w - x || y > page_h || height > page_h - y) return false;
    *out = (struct box) { (int32_t)x, (int32_t)y, (int32_t)width, (int32_t)height };
    return true;
}

static enum status word_read(struct arena *a, struct wire *w, const struct page *p, uint32_t last_line,
                             struct word *out, struct err *e) {
    out->line = wire_u32(w);
    if (!box_read(w, p, &out->box)) return fail(e, E_INVALID, NULL, "a word outside page %d", p->number);
    out->confidence = wire_u8(w);
    struct str raw = wire_short_bytes(w, WORD_TEXT_MAX);
    if (w->bad) return fail(e, E_INVALID, NULL, "the words of page %d end too early", p->number);
    if (out->confidence > 100)
        return fail(e, E_INVALID, NULL, "confidence of %d on page %d", out->confidence, p->number);
    if (out->line < last_line) return fail(e, E_INVALID, NULL, "lines out of order on page %d", p->number);
    return word_text(a, raw, &out->text, e);
}

static enum status words_read(struct arena *a, struct wire *w, struct page *p, struct err *e) {
    uint32_t count = wire_u32(w), last_line = 0;
    enum status s;

    if (w->bad || count > PAGE_WORDS_MAX || count > w->left / WORD_BYTES_MIN)
        return fail(e, E_INVALID, NULL, "%u words in %zu bytes", count, w->left);
    p->words = arena_array(a, count ? count : 1, sizeof *p->words);
    if (!p->words) return fail(e, E_LIMIT, NULL, "no memory for %u words", count);
    p->word_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct word *word = &p->words[p->word_count];
        if ((s = word_read(a, w, p, last_line, word, e)) != OK) return s;
        last_line = word->line;
        if (word->text.n > 0) p->word_count++;
    }
    return OK;
}

/* Words of a line separated by a space, lines by a newline. */
static bool text_build(struct arena *a, struct page *p) {
    size_t n = 0;

    for (size_t i = 0; i < p->word_count; i++) n += p->words[i].text.n + 1;
    char *out = arena_alloc(a, n + 1);
    if (!out) return false;
    p->text.p = out;
    for (size_t i = 0; i < p->word_count; i++) {
        const struct word *w = &p->words[i];
        if (i > 0) *out++ = w->line == w[-1].line ? ' ' : '\n';
        memcpy(out, w->text.p, w->text.n);
        out += w->text.n;
    }
    p->text.n = (size_t)(out - p->text.p);
    return true;
}

/* Weighted by length: a long word read well says more than a speck taken for a letter. */
static uint8_t mean_confidence(const struct page *p) {
    uint64_t sum = 0, weight = 0;

    for (size_t i = 0; i < p->word_count; i++) {
        sum += (uint64_t)p->words[i].confidence * p->words[i].text.n;
        weight += p->words[i].text.n;
    }
    return (uint8_t)(weight ? (sum + weight / 2) / weight : 0);
}

enum status page_wire_read_words(struct arena *a, struct str bytes, struct page *p, struct err *e) {
    struct wire w = wire_of(bytes);
    enum status s = words_read(a, &w, p, e);

    if (s == OK && !wire_end(&w))
        s = fail(e, E_INVALID, NULL, "bytes left over after the words of page %d", p->number);
    return s;
}

enum status page_wire_read(struct arena *a, struct str bytes, struct page *out, struct err *e) {
    struct wire w = wire_of(bytes);
    struct page p = { 0 };
    uint32_t number = wire_u32(&w), width = wire_u32(&w), height = wire_u32(&w);
    uint8_t source = wire_u8(&w);
    enum status s;

    if (w.bad || number == 0 || number > PAGES_MAX) return fail(e, E_INVALID, NULL, "page number %u", number);
    if (width == 0 || height == 0 || width > PAGE_SIDE_MAX || height > PAGE_SIDE_MAX)
        return fail(e, E_INVALID, NULL, "page %u is %u by %u", number, width, height);
    if (source < PAGE_WIRE_TEXT || source > PAGE_WIRE_TYPED)
        return fail(e, E_INVALID, NULL, "page source %u", source);
    if (!turn_wire_read(&w, &p.turn)) return fail(e, E_INVALID, NULL, "page %u is turned strangely", number);
    p.number = (int)number;
    p.width = (int32_t)width;
    p.height = (int32_t)height;
    p.source = source == PAGE_WIRE_OCR ? PAGE_OCR : source == PAGE_WIRE_TYPED ? PAGE_CORRECTED : PAGE_TEXT;
    if ((s = words_read(a, &w, &p, e)) != OK) return s;
    if (!wire_end(&w)) return fail(e, E_INVALID, NULL, "bytes left over after page %u", number);
    if (source == PAGE_WIRE_BLANK && p.word_count > 0)
        return fail(e, E_INVALID, NULL, "words on blank page %u", number);
    if (!text_build(a, &p)) return fail(e, E_LIMIT, NULL, "no memory for the text of page %u", number);
    p.confidence = 100;
    if (p.source == PAGE_OCR) p.confidence = mean_confidence(&p);
    p.legible = p.source != PAGE_OCR || p.confidence >= PAGE_LEGIBLE_CONFIDENCE;
    *out = p;
    return OK;
}

void page_wire_put_total(struct buf *b, const struct page_wire_total *t) {
    wire_put_u32(b, (uint32_t)t->pages);
    wire_put_u8(b, t->left_out);
    for (size_t i = 0; i < t->file_count; i++) {
        wire_put_u32(b, (uint32_t)t->files[i].first);
        wire_put_short_bytes(b, t->files[i].name);
    }
}

enum status page_wire_read_total(struct str bytes, struct page_wire_total *out, struct err *e) {
    struct wire w = wire_of(bytes);
    struct page_wire_total t = { 0 };
    uint32_t pages = wire_u32(&w), last = 1;
    uint8_t left_out = wire_u8(&w);

    if (w.bad || pages == 0 || pages > PAGES_MAX || left_out > 1)
        return fail(e, E_INVALID, NULL, "a number of pages");
    while (w.left > 0 && !w.bad && t.file_count < PAGE_ATTACHMENTS_MAX) {
        uint32_t first = wire_u32(&w);
        struct str name = wire_short_bytes(&w, PAGE_ATTACHMENT_NAME_MAX);
        if (first <= last || first > pages) return fail(e, E_INVALID, NULL, "a file that begins nowhere");
        t.files[t.file_count++] = (struct page_wire_file) { (int)first, name };
        last = first;
    }
    if (!wire_end(&w)) return fail(e, E_INVALID, NULL, "bytes left over after the number of pages");
    t.pages = (int)pages;
    t.left_out = left_out;
    *out = t;
    return OK;
}
