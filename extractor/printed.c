#include "printed.h"

#include "base/utf8.h"
#include "upright.h"

/* No Unicode value known, or a code of the font's own: nobody finds what is written so. */
static bool is_unreadable(uint32_t c) {
    return c <= ' ' || c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF) || (c >= 0x80 && c < 0xA0);
}

/* Leaves the places of characters that can be read. */
static guint readable_only(const char *letters, PopplerRectangle *boxes, guint count) {
    struct str text = str_from_c(letters);
    size_t at = 0;
    guint kept = 0;

    for (guint i = 0; i < count && at < text.n; i++)
        if (!is_unreadable(utf8_next(text, &at))) boxes[kept++] = boxes[i];
    return kept;
}

static bool is_printed(const struct page *page, const struct word *word, const cairo_matrix_t *place,
                       const PopplerRectangle *boxes, guint count) {
    double x = word->box.x + word->box.w / 2.0, y = word->box.y + word->box.h / 2.0;

    upright_unlevel(page, &x, &y);
    cairo_matrix_transform_point(place, &x, &y);
    for (guint i = 0; i < count; i++)
        if (x >= boxes[i].x1 && x <= boxes[i].x2 && y >= boxes[i].y1 && y <= boxes[i].y2) return true;
    return false;
}

static void take_out(PopplerPage *from, struct page *page, const PopplerRectangle *boxes, guint count) {
    struct paper paper = { .quarters = page->turn.quarters };
    cairo_matrix_t place;
    size_t kept = 0;

    poppler_page_get_size(from, &paper.width, &paper.height);
    upright_lay_down(&paper, page, &place);
    for (size_t i = 0; i < page->word_count; i++)
        if (!is_printed(page, &page->words[i], &place, boxes, count)) page->words[kept++] = page->words[i];
    page->word_count = kept;
}

void printed_take_out(PopplerDocument *document, struct page *page) {
    bool there = page->number <= poppler_document_get_n_pages(document);
    PopplerPage *from = there ? poppler_document_get_page(document, page->number - 1) : NULL;
    PopplerRectangle *boxes = NULL;
    guint count = 0;

    if (!from) return;
    char *text = poppler_page_get_text(from);
    if (text && text[0] && poppler_page_get_text_layout(from, &boxes, &count))
        take_out(from, page, boxes, readable_only(text, boxes, count));
    g_free(boxes);
    g_free(text);
    g_object_unref(from);
}
