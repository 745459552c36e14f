/*
 * picture_api -- /api/documents/{id}/pages/{n}/image/: a page as people see it, drawn when it is asked for.
 */
#include "documents/document_api.h"

#include <stdio.h>

#include "documents/document_row.h"
#include "documents/extract.h"
#include "os/file.h"

/* The original never changes; how a page is turned may, when the document is read again. */
static bool is_known(const struct request *rq, struct reply *re, const struct document *d,
                     const struct page *p) {
    char version[40];
    int n = snprintf(version, sizeof version, "%llx-%llx-%x", (unsigned long long)d->id,
                     (unsigned long long)d->indexed_at_us, (unsigned)p->number);

    return reply_is_known(rq, re, (struct str) { version, (size_t)n });
}

static enum status draw(struct request *rq, const struct document *d, const struct page *p, struct str *jpeg,
                        struct err *e) {
    const struct documents *room = rq->room;
    int fd = -1;
    enum status s = blob_open_memory(&room->blobs, rq->arena, d->blob_name, &fd, e);

    if (s != OK) return s == E_NOT_FOUND ? E_INTERNAL : s;
    s = extract_picture(room->extractor, rq->arena, fd, p, jpeg, e);
    fd_close(&fd);
    return s;
}

enum status document_picture_get(struct request *rq, struct reply *re, struct err *e) {
    struct str jpeg;
    struct document d;
    struct page p;
    int64_t number;
    enum status s;

    if ((s = document_of_request(rq, &d, e)) != OK || (s = request_id_arg(rq, 1, &number, e)) != OK) return s;
    if ((s = page_get_geometry(rq->db, d.id, number, &p, e)) != OK || is_known(rq, re, &d, &p)) return s;
    if ((s = draw(rq, &d, &p, &jpeg, e)) != OK) return s;
    re->type = "image/jpeg";
    buf_add(&re->body, jpeg);
    return OK;
}
