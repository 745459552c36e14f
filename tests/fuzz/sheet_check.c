#include "sheet_check.h"

#include "base/utf8.h"

#include <stdlib.h>

static enum extract_code page_check(void *ctx, const struct page *p) {
    (void)ctx;
    if (p->number < 1 || p->number > PAGES_MAX || p->word_count > PAGE_WORDS_MAX) abort();
    if (p->width < 1 || p->width > PAGE_SIDE_MAX || p->height < 1 || p->height > PAGE_SIDE_MAX) abort();
    for (size_t i = 0; i < p->word_count; i++) {
        const struct word *w = &p->words[i];
        if (w->text.n == 0 || w->text.n > WORD_TEXT_MAX || !utf8_is_clean(w->text)) abort();
        if (w->box.x < 0 || w->box.y < 0 || w->box.w < 0 || w->box.h < 0) abort();
        if (w->box.x > p->width - w->box.w || w->box.y > p->height - w->box.h) abort();
        if (w->confidence > 100 || (i > 0 && w->line < w[-1].line)) abort();
    }
    return EXTRACT_OK;
}

bool sheet_check_init(struct sheet *s) {
    if (!sheet_init(s, -1)) return false;
    s->take = page_check;
    return true;
}
