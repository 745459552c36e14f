/*
 * pinecone_calls -- what is asked of an index: JSON out, JSON in. Limits are Pinecone's.
 */
#include "vectors/pinecone_room.h"

#include "base/clock.h"
#include "base/json_out.h"
#include "http/urlencoded.h"
#include "vectors/vector.h"

/* A request holds 2 MB, 1,000 vectors or 1,000 ids; a list comes 100 at a time. */
enum { BODY_BYTES_MAX = 2000000, IDS_MAX = 1000, PAGES_MAX = 1000, PAGE_ROWS = 100, NUMBER_BYTES = 16 };

static void put_numbers(struct buf *b, const float *v, size_t n) {
    buf_add_char(b, '[');
    for (size_t i = 0; i < n; i++) buf_addf(b, "%s%.9g", i ? "," : "", (double)v[i]);
    buf_add_char(b, ']');
}

/* Sends a body and gives the buffer back. The answer is thrown away unless it is asked for. */
static enum status post(struct pinecone *p, struct arena *arena, const char *path, struct buf *body,
                        bool none_is_fine, int64_t deadline_us, json_t **out, struct err *err) {
    const struct pinecone_call call = { .verb = VERB_POST,
                                        .path = path,
                                        .body = buf_str(body),
                                        .deadline_us = deadline_us,
                                        .none_is_fine = none_is_fine };
    json_t *answer = NULL;
    enum status s = buf_ok(body) ? pinecone_send(p, arena, &call, &answer, err)
                                 : fail(err, E_LIMIT, NULL, "no memory for a request to Pinecone");
    buf_done(body);
    if (out)
        *out = answer;
    else
        json_decref(answer);
    return s;
}

/* A cosine, but for what rounding makes of it. */
static bool is_cosine(double d) {
    return d >= -1.01 && d <= 1.01;
}

size_t pinecone_read_matches(const json_t *answer, struct vector_hit *out, size_t max) {
    const json_t *match;
    size_t i, count = 0;
    json_array_foreach(json_object_get(answer, "matches"), i, match) {
        const json_t *id = json_object_get(match, "id");
        double score = json_number_value(json_object_get(match, "score"));
        struct vector_hit hit = { 0 };
        if (count == max) break;
        if (!json_is_string(id) || !is_cosine(score)) continue;
        if (!vector_id_read((struct str) { json_string_value(id), json_string_length(id) }, &hit.document_id,
                            &hit.chunk_id))
            continue;
        hit.cosine = (float)score;
        out[count++] = hit;
    }
    return count;
}

enum status pinecone_search(void *ctx, struct arena *arena, struct str space, const float *question,
                            size_t dimensions, int64_t deadline_us, struct vector_hit *out, size_t max,
                            size_t *count, struct err *err) {
    struct pinecone *p = ctx;
    struct buf body;
    json_t *answer = NULL;
    *count = 0;
    enum status s = pinecone_find_host(p, arena, dimensions, deadline_us, err);
    if (s != OK) return s;
    buf_init(&body, BODY_BYTES_MAX);
    buf_addf(&body, "{\"namespace\":\"%.*s\",\"topK\":%zu,\"includeValues\":false,\"includeMetadata\":false",
             STR_ARG(space), max);
    buf_add(&body, STR(",\"vector\":"));
    put_numbers(&body, question, dimensions);
    buf_add_char(&body, '}');
    s = post(p, arena, "/query", &body, false, deadline_us, &answer, err);
    *count = pinecone_read_matches(answer, out, max);
    json_decref(answer);
    return s;
}

/* Rows of a list that comes in pages. */
struct pages {
    struct pinecone *p;
    struct arena *arena;
    const char *path, *rows, *id; /* "/vectors/list", "vectors", "id" */
    struct str first_query;       /* "?namespace=…" */
    struct err *err;
    enum status (*take)(void *ctx, struct arena *, struct str id, struct err *);
    void *ctx;
};

static enum status take_page(const struct pages *g, const json_t *answer) {
    json_t *row;
    size_t i;
    json_array_foreach(json_object_get(answer, g->rows), i, row) {
        const json_t *id = json_object_get(row, g->id);
        if (!json_is_string(id)) continue;
        enum status s =
            g->take(g->ctx, g->arena, (struct str) { json_string_value(id), json_string_length(id) }, g->err);
        if (s != OK) return s;
    }
    return OK;
}

static enum status next_query(const struct pages *g, const json_t *token, struct str *out) {
    struct buf b;
    buf_init(&b, BODY_BYTES_MAX);
    buf_add(&b, g->first_query);
    buf_add(&b, STR("&paginationToken="));
    urlencoded_add(&b, (struct str) { json_string_value(token), json_string_length(token) });
    bool fits = buf_ok(&b) && arena_dup(g->arena, buf_str(&b), out);
    buf_done(&b);
    return fits ? OK : fail(g->err, E_LIMIT, NULL, "no memory for a list of Pinecone");
}

static enum status walk(const struct pages *g) {
    struct str query = g->first_query;
    for (int page = 0; page < PAGES_MAX; page++) {
        const struct pinecone_call call = {
            .verb = VERB_GET, .path = g->path, .query = query, .none_is_fine = true
        };
        json_t *answer = NULL;
        enum status s = pinecone_send(g->p, g->arena, &call, &answer, g->err);
        if (s == OK) s = take_page(g, answer);
        const json_t *token = json_object_get(json_object_get(answer, "pagination"), "next");
        bool more = json_is_string(token) && json_string_length(token) > 0;
        if (s == OK && more) s = next_query(g, token, &query);
        json_decref(answer);
        if (s != OK || !more) return s;
    }
    return fail(g->err, E_LIMIT, NULL, "a list of Pinecone does not end");
}

/* Ids or names that grow by doubling. */
struct collected {
    struct vector_item *items;
    size_t count, capacity;
};

static enum status collect(void *ctx, struct arena *arena, struct str id, struct err *err) {
    struct collected *c = ctx;
    if (c->count == c->capacity) {
        size_t more = c->capacity ? 2 * c->capacity : PAGE_ROWS;
        struct vector_item *larger = arena_array(arena, more, sizeof *larger);
        if (!larger) return fail(err, E_LIMIT, NULL, "no memory for a list of Pinecone");
        if (c->count) memcpy(larger, c->items, c->count * sizeof *larger);
        c->items = larger;
        c->capacity = more;
    }
    struct vector_item item = { 0 };
    if (!vector_id_read(id, &item.document_id, &item.chunk_id) && !arena_dup(arena, id, &item.packed))
        return fail(err, E_LIMIT, NULL, "no memory for a list of Pinecone");
    c->items[c->count++] = item;
    return OK;
}

enum status pinecone_list(void *ctx, struct arena *arena, struct str space, struct vector_item **out,
                          size_t *count, struct err *err) {
    struct collected c = { 0 };
    struct pages g = { ctx, arena, "/vectors/list", "vectors", "id", { 0 }, err, collect, &c };
    if (!arena_printf(arena, &g.first_query, "?limit=%d&namespace=%.*s", PAGE_ROWS, STR_ARG(space)))
        return fail(err, E_LIMIT, NULL, "no memory for a list of Pinecone");
    enum status s = walk(&g);
    *out = c.items;
    *count = c.count;
    return s;
}

struct names {
    struct str prefix, *names;
    size_t count, capacity;
};

static enum status collect_name(void *ctx, struct arena *arena, struct str name, struct err *err) {
    struct names *n = ctx;
    if (!str_starts(name, n->prefix)) return OK;
    if (n->count == n->capacity) {
        size_t more = n->capacity ? 2 * n->capacity : PAGE_ROWS;
        struct str *larger = arena_array(arena, more, sizeof *larger);
        if (!larger) return fail(err, E_LIMIT, NULL, "no memory for the namespaces of Pinecone");
        if (n->count) memcpy(larger, n->names, n->count * sizeof *larger);
        n->names = larger;
        n->capacity = more;
    }
    return arena_dup(arena, name, &n->names[n->count++])
               ? OK
               : fail(err, E_LIMIT, NULL, "no memory for the namespaces of Pinecone");
}

enum status pinecone_namespaces(void *ctx, struct arena *arena, struct str prefix, struct str **out,
                                size_t *count, struct err *err) {
    struct names n = { .prefix = prefix };
    struct pages g = { ctx, arena, "/namespaces", "namespaces", "name", { 0 }, err, collect_name, &n };
    if (!arena_printf(arena, &g.first_query, "?limit=%d&prefix=%.*s", PAGE_ROWS, STR_ARG(prefix)))
        return fail(err, E_LIMIT, NULL, "no memory for the namespaces of Pinecone");
    enum status s = walk(&g);
    *out = n.names;
    *count = n.count;
    return s;
}

/* As many vectors as one request holds; *used says how many. */
static enum status put_some(struct pinecone *p, struct arena *arena, struct str space, size_t dimensions,
                            const struct vector_item *items, size_t count, float *numbers, size_t *used,
                            struct err *err) {
    struct buf body;
    size_t vector_bytes = VECTOR_ID_BYTES + 64 + dimensions * NUMBER_BYTES, i;
    buf_init(&body, BODY_BYTES_MAX);
    buf_addf(&body, "{\"namespace\":\"%.*s\",\"vectors\":[", STR_ARG(space));
    for (i = 0; i < count && i < IDS_MAX && body.n + vector_bytes < BODY_BYTES_MAX; i++) {
        char id[VECTOR_ID_BYTES];
        vector_id_write(&items[i], id);
        if (!vector_unpack(items[i].packed, dimensions, numbers)) {
            buf_done(&body);
            return fail(err, E_INTERNAL, NULL, "passage %lld has no vector of %zu",
                        (long long)items[i].chunk_id, dimensions);
        }
        buf_addf(&body, "%s{\"id\":\"%s\",\"values\":", i ? "," : "", id);
        put_numbers(&body, numbers, dimensions);
        buf_add_char(&body, '}');
    }
    buf_add(&body, STR("]}"));
    *used = i;
    return post(p, arena, "/vectors/upsert", &body, false, 0, NULL, err);
}

enum status pinecone_put(void *ctx, struct arena *arena, struct str space, size_t dimensions,
                         const struct vector_item *items, size_t count, struct err *err) {
    struct pinecone *p = ctx;
    float *numbers = arena_array(arena, dimensions + 1, sizeof *numbers);
    if (!numbers) return fail(err, E_LIMIT, NULL, "no memory for vectors");
    enum status s = pinecone_find_host(p, arena, dimensions, clock_monotonic_us() + PINECONE_CALL_US, err);
    for (size_t at = 0, used = 0; s == OK && at < count; at += used)
        s = put_some(p, arena, space, dimensions, items + at, count - at, numbers, &used, err);
    return s;
}

static enum status remove_some(struct pinecone *p, struct arena *arena, struct str space,
                               const struct vector_item *items, size_t count, struct err *err) {
    struct buf body;
    buf_init(&body, BODY_BYTES_MAX);
    struct json_out o = json_out_to(&body);
    json_put_object(&o);
    json_field_str(&o, "namespace", space);
    json_put_key(&o, "ids");
    json_put_array(&o);
    for (size_t i = 0; i < count; i++) {
        char id[VECTOR_ID_BYTES];
        vector_id_write(&items[i], id);
        json_put_str(&o, items[i].chunk_id ? str_from_c(id) : items[i].packed);
    }
    json_put_array_end(&o);
    json_put_object_end(&o);
    return post(p, arena, "/vectors/delete", &body, true, 0, NULL, err);
}

enum status pinecone_remove(void *ctx, struct arena *arena, struct str space, const struct vector_item *items,
                            size_t count, struct err *err) {
    enum status s = OK;
    for (size_t at = 0; s == OK && at < count; at += IDS_MAX)
        s = remove_some(ctx, arena, space, items + at, count - at < IDS_MAX ? count - at : IDS_MAX, err);
    return s;
}

enum status pinecone_forget(void *ctx, struct arena *arena, struct str space, struct err *err) {
    struct buf body;
    buf_init(&body, BODY_BYTES_MAX);
    buf_addf(&body, "{\"deleteAll\":true,\"namespace\":\"%.*s\"}", STR_ARG(space));
    return post(ctx, arena, "/vectors/delete", &body, true, 0, NULL, err);
}

enum status pinecone_check(void *ctx, struct arena *arena, size_t dimensions, struct vector_store_facts *out,
                           struct err *err) {
    struct buf body;
    json_t *answer = NULL;
    enum status s = pinecone_find_host(ctx, arena, dimensions, clock_monotonic_us() + PINECONE_CALL_US, err);
    if (s != OK) return s;
    buf_init(&body, BODY_BYTES_MAX);
    buf_add(&body, STR("{}"));
    s = post(ctx, arena, "/describe_index_stats", &body, false, 0, &answer, err);
    if (s == OK)
        *out = (struct vector_store_facts) {
            .dimensions = json_integer_value(json_object_get(answer, "dimension")),
            .vectors = json_integer_value(json_object_get(answer, "totalVectorCount")),
            .namespaces = (int64_t)json_object_size(json_object_get(answer, "namespaces")),
        };
    json_decref(answer);
    return s;
}
