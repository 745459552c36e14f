#include "invisible.h"

#include "base/utf8.h"
#include "glyphless.h"
#include "upright.h"

/* Higher than so much of its highest word a line is not level, and its words are laid each at its own height. */
static const double LEVEL_PART = 1.5;

static const uint32_t BEYOND_UTF16 = 0xFFFF, REPLACEMENT = 0xFFFD;

struct band {
    int32_t top, height;
};

static size_t line_length(const struct word *words, size_t count) {
    size_t n = 1;
    while (n < count && words[n].line == words[0].line) n++;
    return n;
}

/* From the top of the highest letter to the foot of the lowest; height 0: the line is not level. */
static struct band band_of(const struct word *line, size_t count) {
    int32_t top = line->box.y, foot = top + line->box.h, highest = 0;

    for (size_t i = 0; i < count; i++) {
        const struct box *b = &line[i].box;
        if (b->y < top) top = b->y;
        if (b->y + b->h > foot) foot = b->y + b->h;
        if (b->h > highest) highest = b->h;
    }
    return (struct band) { top, foot - top <= highest * LEVEL_PART ? foot - top : 0 };
}

static void put_codes(struct buf *b, struct str text) {
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        buf_addf(b, "%04X", c > BEYOND_UTF16 ? REPLACEMENT : c);
    }
}

/*
 * On a page that was levelled each word lies where it is printed and is level itself: viewers made with Poppler take a word apart whose
 * letters climb. The space behind a word keeps it apart from the next one, however close that stands.
 */
static void put_word(struct buf *b, const struct page *page, const struct word *word, const struct band *line,
                     const char *font, bool last) {
    struct band own = { word->box.y, word->box.h };
    const struct band *band = line->height > 0 ? line : &own;
    double size = band->height > 0 ? band->height : 1, width = word->box.w > 0 ? word->box.w : 1;
    double letters = (double)utf8_length(word->text) * size * GLYPHLESS_WIDTH / GLYPHLESS_EM;
    double x = word->box.x + width / 2, y = band->top + size / 2;

    if (!(letters > 0)) return;
    upright_unlevel(page, &x, &y);
    buf_addf(b, "/%s %.0f Tf %.3f Tz 1 0 0 -1 %.1f %.1f Tm <", font, size, 100 * width / letters,
             x - width / 2, y + size / 2);
    put_codes(b, word->text);
    buf_add(b, last ? STR("> Tj\n") : STR("0020> Tj\n"));
}

void invisible_put(struct buf *b, const struct page *page, const cairo_matrix_t *place, const char *font) {
    buf_addf(b, "q %.6f %.6f %.6f %.6f %.3f %.3f cm BT 3 Tr\n", place->xx, place->yx, place->xy, place->yy,
             place->x0, place->y0);
    for (size_t from = 0; from < page->word_count;) {
        const struct word *line = &page->words[from];
        size_t count = line_length(line, page->word_count - from);
        struct band band = band_of(line, count);
        for (size_t i = 0; i < count; i++) put_word(b, page, &line[i], &band, font, i + 1 == count);
        from += count;
    }
    buf_add(b, STR("ET Q\n"));
}

/* A range may not go beyond one first byte, nor a list of them beyond a hundred. */
void invisible_put_unicode_map(struct buf *b) {
    enum { FIRST_BYTES = 256, LIST = 64 };

    buf_add(b, STR("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                   "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                   "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                   "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"));
    for (int first = 0; first < FIRST_BYTES; first++) {
        if (first % LIST == 0) buf_addf(b, "%d beginbfrange\n", LIST);
        buf_addf(b, "<%02X00> <%02XFF> <%02X00>\n", first, first, first);
        if (first % LIST == LIST - 1) buf_add(b, STR("endbfrange\n"));
    }
    buf_add(b, STR("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"));
}
