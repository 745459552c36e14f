#include "documents/searchable.h"

#include "documents/document_row.h"
#include "documents/page_wire.h"
#include "os/file.h"
#include "os/wire.h"

/* A dense page has 20 kB of words: so much is PAGES_MAX pages of six times as many. */
enum { PAGES_BYTES_MAX = 64 * 1024 * 1024 };

struct gathering {
    int fd;
    size_t bytes;
    bool all_text;
    struct buf page, record;
};

static enum page_wire_source wire_source(const struct page *p) {
    switch (p->source) {
    case PAGE_TEXT: return PAGE_WIRE_TEXT;
    case PAGE_OCR:
    case PAGE_UNREAD: return PAGE_WIRE_OCR;
    case PAGE_CORRECTED: break;
    }
    return PAGE_WIRE_TYPED;
}

static enum status page_gather(void *ctx, const struct page_row *row, struct err *e) {
    struct gathering *g = ctx;
    const struct page *p = &row->page;

    buf_clear(&g->page);
    buf_clear(&g->record);
    page_wire_put_packed(&g->page, p, wire_source(p), p->legible ? row->words_packed : STR(""));
    wire_put_bytes(&g->record, buf_str(&g->page));
    if (!buf_ok(&g->page) || !buf_ok(&g->record) || buf_str(&g->record).n > PAGES_BYTES_MAX - g->bytes)
        return fail(e, E_LIMIT, NULL, "the words up to page %d are too many", p->number);
    g->bytes += buf_str(&g->record).n;
    g->all_text &= p->source == PAGE_TEXT && p->attachment.n == 0;
    return fd_write_all(g->fd, buf_str(&g->record), e);
}

enum status searchable_pages(struct db *db, int64_t document_id, int *fd, bool *all_text, struct err *e) {
    struct gathering g = { .fd = -1, .all_text = true };
    enum status s = memory_file_new(&g.fd, e);

    if (s != OK) return s;
    buf_init(&g.page, PAGE_WIRE_MAX);
    buf_init(&g.record, PAGE_WIRE_MAX + 4);
    s = page_each(db, document_id, PAGES_MAX, 0, page_gather, &g, e);
    buf_done(&g.page);
    buf_done(&g.record);
    if (s != OK) {
        fd_close(&g.fd);
        return s;
    }
    *fd = g.fd;
    *all_text = g.all_text;
    return OK;
}
