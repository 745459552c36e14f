#include "text_picture.h"

#include "canvas.h"
#include "font.h"
#include "office.h"
#include "plain_text.h"

#include <cairo.h>

/* A line of text is higher than its letters by so much. */
static const double LETTER_PART = 0.75, BASE_LINE_PART = 0.78;

struct picture {
    int page, width, height;
    cairo_font_face_t *font;
    const struct page *now; /* the page that is being painted */
    PIX *out;
};

/* Each word fills its box, so that the box of the page falls on it whatever font there is. */
static void word_draw(cairo_t *cairo, const struct word *word, const char *text) {
    cairo_text_extents_t size;

    cairo_save(cairo);
    cairo_set_font_size(cairo, word->box.h * LETTER_PART);
    cairo_text_extents(cairo, text, &size);
    cairo_translate(cairo, word->box.x, word->box.y + word->box.h * BASE_LINE_PART);
    if (size.x_advance > 0) cairo_scale(cairo, word->box.w / size.x_advance, 1);
    cairo_move_to(cairo, 0, 0);
    cairo_show_text(cairo, text);
    cairo_restore(cairo);
}

void text_page_paint(cairo_t *cairo, cairo_font_face_t *font, const struct page *page) {
    char text[WORD_TEXT_MAX + 1];

    cairo_set_font_face(cairo, font);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    for (size_t i = 0; i < page->word_count; i++) {
        const struct word *word = &page->words[i];
        memcpy(text, word->text.p, word->text.n);
        text[word->text.n] = 0;
        word_draw(cairo, word, text);
    }
}

static void page_paint(cairo_t *cairo, void *ctx) {
    const struct picture *p = ctx;
    text_page_paint(cairo, p->font, p->now);
}

static enum extract_code page_take(void *ctx, const struct page *page) {
    struct picture *p = ctx;

    if (page->number != p->page) return EXTRACT_OK;
    p->now = page;
    p->out = canvas_paint(p->width, p->height, (double)p->width / page->width,
                          (double)p->height / page->height, page_paint, p);
    return p->out ? EXTRACT_OK : EXTRACT_TOO_COMPLEX;
}

enum extract_code text_picture_draw(enum file_type type, struct str bytes, int page, int width, int height,
                                    PIX **out) {
    struct picture p = { .page = page, .width = width, .height = height };
    struct sheet sheet;

    if (!sheet_init(&sheet, -1)) return EXTRACT_TOO_COMPLEX;
    p.font = font_plain(); /* without one the page is white */
    sheet.take = page_take;
    sheet.take_ctx = &p;
    enum extract_code code =
        type == FILE_TEXT ? plain_text_read(&sheet, bytes) : office_read(&sheet, type, bytes);
    sheet_done(&sheet);
    cairo_font_face_destroy(p.font);
    if (code == EXTRACT_OK && !p.out) code = EXTRACT_NO_PAGES;
    *out = p.out;
    return code;
}
