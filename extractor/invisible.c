#include "invisible.h"

#include "base/utf8.h"
#include "glyphless.h"
#include "upright.h"

#include <math.h>

/* Higher than so much of its highest word a line is not level, and its words are laid each at its own height. */
static const double LEVEL_PART = 1.5;

/* Print that runs up is so much higher than wide; letters are at least so wide, of their height. */
enum { UP_LETTERS_MIN = 3 };
static const double UP_PART = 2, NARROW_PART = 0.25;

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

/* Higher than wide, and no lonely "l": the word is printed upwards, as on the side of a form. */
static bool runs_up(const struct word *word, size_t letters) {
    return letters >= UP_LETTERS_MIN && word->box.h > word->box.w * UP_PART;
}

/*
 * How high the letters are: as the line, so that a selection is even. A word that is much narrower than such letters are is laid as high
 * as its own box or less, because Poppler takes letters that crowd for bold print and drops every other one.
 */
static double size_of(const struct word *word, const struct band *line, size_t letters) {
    double width = word->box.w, narrow = NARROW_PART * (double)letters;

    if (line->height > 0 && width > line->height * narrow) return line->height;
    return fmax(1, fmin(word->box.h, width / narrow));
}

/* Around the middle of a word that is so long, and no further than the edge of the paper, behind which it would not be found. */
static double begin_of(double middle, double length, double side) {
    return fmin(fmax(middle - length / 2, 0), fmax(0, side - length));
}

/*
 * On a page that was levelled each word lies where it is printed and is level itself: viewers made with Poppler take a word apart whose
 * letters climb. The space behind a word keeps it apart from the next one, however close that stands.
 */
static void put_word(struct buf *b, const struct page *page, const struct word *word, const struct band *line,
                     const char *font, bool last) {
    const struct box *box = &word->box;
    size_t letters = utf8_length(word->text);
    bool up = runs_up(word, letters);
    double size = up ? fmax(1, box->w) : size_of(word, line, letters), length = fmax(1, up ? box->h : box->w);
    bool as_line = !up && line->height > 0 && size >= line->height;
    double x = box->x + box->w / 2.0, y = as_line ? line->top + line->height / 2.0 : box->y + box->h / 2.0;

    if (letters == 0) return;
    double part = upright_part(page, x, y);
    size *= part, length *= part;
    upright_unlevel(page, &x, &y);
    buf_addf(b, "/%s %.1f Tf %.3f Tz ", font, size,
             100 * length * GLYPHLESS_EM / ((double)letters * size * GLYPHLESS_WIDTH));
    double left = begin_of(x, up ? size : length, page->width),
           top = begin_of(y, up ? length : size, page->height);
    if (up)
        buf_addf(b, "0 -1 -1 0 %.1f %.1f Tm <", left + size, top + length);
    else
        buf_addf(b, "1 0 0 -1 %.1f %.1f Tm <", left, top + size);
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
