/*
 * find_api -- /api/documents/{id}/search/: where words stand in one document, with boxes for a viewer that marks them.
 */
#include "documents/document_api.h"

#include "documents/document_row.h"
#include "documents/find.h"
#include "documents/page_wire.h"
#include "http/fields.h"

enum { HITS_MAX = 200, QUERY_MAX_BYTES = 800, SNIPPET_WORDS = 12 };

struct search {
    struct json_out out;
    struct arena *arena; /* of one page at a time */
    struct find_query query;
    int64_t count;
    bool more;
};

static bool same_line(const struct page *p, size_t a, size_t b) {
    return p->words[a].line == p->words[b].line;
}

/* The printed line around the hit, or so many words of it on either side. */
static void put_snippet(struct json_out *o, struct buf *text, const struct page *p,
                        const struct find_hit *h) {
    size_t from = h->from, to = h->to;

    while (from > 0 && h->from - from < SNIPPET_WORDS && same_line(p, from - 1, h->from)) from--;
    while (to < p->word_count && to - h->to < SNIPPET_WORDS && same_line(p, to, h->to - 1)) to++;
    buf_clear(text);
    for (size_t i = from; i < to; i++) {
        if (i > from) buf_add_char(text, ' ');
        buf_add(text, p->words[i].text);
    }
    json_put_str(o, buf_str(text));
}

static void put_hit(struct search *search, struct buf *text, const struct page *p, const struct find_hit *h) {
    struct json_out *o = &search->out;

    json_put_object(o);
    json_field_int(o, "page", p->number);
    json_field_str_or_null(o, "attachment", p->attachment);
    json_put_key(o, "text"), put_snippet(o, text, p, h);
    json_put_key(o, "words");
    json_put_array(o);
    for (size_t i = h->from; i < h->to; i++) json_put_str(o, p->words[i].text);
    json_put_array_end(o);
    json_put_key(o, "boxes");
    json_put_array(o);
    for (size_t i = h->from; i < h->to; i++) box_json(o, p->words[i].box);
    json_put_array_end(o);
    json_field_bool(o, "legible", p->legible);
    json_put_object_end(o);
}

static enum status search_page(void *ctx, const struct page_row *row, struct err *e) {
    struct search *search = ctx;
    struct page p = row->page;
    struct find_hit *hits = NULL;
    struct buf text;
    size_t count;
    enum status s;

    arena_reset(search->arena);
    if (search->more) return OK;
    size_t left = (size_t)(HITS_MAX - search->count);
    if ((s = page_wire_read_words(search->arena, row->words_packed, &p, e)) != OK) return s;
    if ((s = find_on_page(search->arena, &search->query, &p, left + 1, &hits, &count, e)) != OK) return s;
    search->more = count > left;
    if (search->more) count = left;
    buf_init(&text, PAGE_WIRE_MAX);
    for (size_t i = 0; i < count; i++) put_hit(search, &text, &p, &hits[i]);
    buf_done(&text);
    search->count += (int64_t)count;
    return OK;
}

static enum status parse(struct request *rq, struct document *d, struct find_query *query, struct err *e) {
    struct str q = request_query(rq, "q");
    enum status s = document_of_request(rq, d, e);

    if (s != OK) return s;
    if (q.n > QUERY_MAX_BYTES) return fail_field(e, STR("q"), &field_too_long, STR("800"));
    if ((s = find_query_read(rq->arena, q, query, e)) != OK) return s;
    return query->count ? OK : fail_field(e, STR("q"), q.n ? &field_blank : &field_required, STR(""));
}

enum status document_search(struct request *rq, struct reply *re, struct err *e) {
    struct search search = { .out = json_out_to(&re->body) };
    struct json_out *o = &search.out;
    struct document d;
    enum status s;

    if ((s = parse(rq, &d, &search.query, e)) != OK) return s;
    if (!(search.arena = arena_new(PAGE_WIRE_MAX * 8))) return fail(e, E_RETRY, NULL, "no memory to search");
    json_put_object(o);
    json_put_key(o, "results");
    json_put_array(o);
    s = page_each(rq->db, d.id, PAGES_MAX, 0, search_page, &search, e);
    json_put_array_end(o);
    json_field_int(o, "count", search.count);
    json_field_bool(o, "more", search.more);
    json_put_object_end(o);
    arena_free(search.arena);
    return s;
}
