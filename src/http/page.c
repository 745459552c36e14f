#include "http/page.h"

#include "http/exchange.h"
#include "http/urlencoded.h"

static const struct message page_invalid = { "invalid_page", "Cette page n’existe pas.", "Invalid page." };

enum status page_request_parse(const struct request *rq, struct page_request *out, struct err *e) {
    struct page_request p = { .page = 1, .size = PAGE_SIZE_DEFAULT };
    struct str page = request_query(rq, "page"), size = request_query(rq, "page_size");
    int64_t n;

    if (page.n > 0 && (!str_to_i64(page, &p.page) || p.page < 1))
        return fail(e, E_NOT_FOUND, &page_invalid, "page is not a positive number");
    if (size.n > 0 && str_to_i64(size, &n) && n > 0) p.size = n < PAGE_SIZE_MAX ? n : PAGE_SIZE_MAX;
    if (__builtin_mul_overflow(p.page - 1, p.size, &p.offset))
        return fail(e, E_NOT_FOUND, &page_invalid, "page is too large");
    *out = p;
    return OK;
}

/* The address of another page: this one with `page` replaced, and without it for the first. */
static enum status page_link(const struct request *rq, int64_t page, struct json_out *out, struct err *e) {
    const struct exchange *ex = rq->server_private;
    struct str base = ex ? ex->public_url : STR(""), rest = rq->query, name, value;
    struct buf link;
    char sep = '?';

    buf_init(&link, base.n + 2 * (size_t)URL_MAX_BYTES);
    buf_add(&link, base);
    buf_add(&link, rq->path);
    while (urlencoded_next(&rest, &name, &value)) {
        if (str_eq(name, STR("page"))) continue;
        buf_add_char(&link, sep);
        buf_add(&link, name);
        buf_add_char(&link, '=');
        buf_add(&link, value);
        sep = '&';
    }
    if (page > 1) {
        buf_add_char(&link, sep);
        buf_add(&link, STR("page="));
        buf_add_i64(&link, page);
    }
    bool ok = buf_ok(&link);
    if (ok) json_put_str(out, buf_str(&link));
    buf_done(&link);
    return ok ? OK : fail(e, E_LIMIT, NULL, "no room for the link of a page");
}

enum status page_begin(const struct request *rq, const struct page_request *p, int64_t count,
                       struct json_out *out, struct err *e) {
    int64_t pages = count > 0 ? (count - 1) / p->size + 1 : 1;
    enum status s = OK;
    if (p->page > pages) return fail(e, E_NOT_FOUND, &page_invalid, "page beyond the last");

    json_put_object(out);
    json_field_int(out, "count", count);
    json_put_key(out, "next");
    if (p->page < pages) {
        s = page_link(rq, p->page + 1, out, e);
    } else {
        json_put_null(out);
    }
    json_put_key(out, "previous");
    if (s == OK && p->page > 1) {
        s = page_link(rq, p->page - 1, out, e);
    } else {
        json_put_null(out);
    }
    json_put_key(out, "results");
    json_put_array(out);
    return s;
}

void page_end(struct json_out *out) {
    json_put_array_end(out);
    json_put_object_end(out);
}
