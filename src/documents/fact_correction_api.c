/*
 * fact_correction_api -- POST /api/documents/{id}/facts/, PATCH one, POST reject/; GET and DELETE /api/documents/{id}/fact-corrections/.
 */
#include "documents/fact_correction.h"

#include "base/utf8.h"
#include "documents/document_api.h"
#include "documents/document_row.h"
#include "documents/find.h"
#include "documents/page_wire.h"
#include "http/fields.h"

enum { FIELD_MAX_CHARS = 1000 };

static const struct message not_in_quote = { "not_in_quote",
                                             "Ces mots ne sont pas dans la ligne telle qu’elle est écrite.",
                                             "These words do not stand in the line as it is written." };

static const char *const type_words[] = { "medication", "lab_value",   "allergy", "appointment",
                                          "diagnosis",  "vaccination", NULL };

static void put_correction(struct json_out *o, const struct fact_correction *c) {
    json_put_object(o);
    json_field_int(o, "id", c->id);
    json_field_str(o, "deed", str_from_c(fact_deed_name(c->deed)));
    json_field_int(o, "page", c->fact.page);
    json_field_str(o, "type", str_from_c(fact_type_name(c->fact.type)));
    json_field_str(o, "name", c->fact.name);
    json_field_str(o, "quote", c->fact.quote);
    json_field_str_or_null(o, "by", c->by);
    json_field_time(o, "at", c->at_us);
    json_put_object_end(o);
}

/* Folded, on one line, so that words that stand on two lines are found. */
static enum status flat(struct arena *a, struct str text, struct str *out, struct err *e) {
    char *bytes = NULL;

    if (!utf8_fold(a, text, out) || !(bytes = arena_alloc(a, out->n + 1)))
        return fail(e, E_LIMIT, NULL, "no memory for a quote");
    for (size_t i = 0; i < out->n; i++) bytes[i] = out->p[i] == '\n' ? ' ' : out->p[i];
    *out = (struct str) { bytes, out->n };
    return OK;
}

/* What is said must stand in the quote, for an answer says no figure that its source does not show. What was read so already may stand. */
static enum status check_quoted(struct request *rq, struct fields *f, const char *name, struct str value,
                                struct str before, struct str quote, struct err *e) {
    struct str needle;
    enum status s;

    if (value.n == 0 || str_eq(value, before)) return OK;
    if ((s = flat(rq->arena, value, &needle, e)) != OK) return s;
    if (str_find(quote, needle) == quote.n) fields_fail(f, name, &not_in_quote, STR(""));
    return OK;
}

/* Fields that are not said stay as they are in *fact. */
static enum status parse_fact(struct request *rq, struct fields *f, const struct fact *read,
                              struct fact *fact, enum field_need need, struct err *e) {
    struct fact before = *read;
    struct str quote;
    enum status s;

    fields_str(f, "name", need, FIELD_MAX_CHARS, &fact->name);
    fields_str(f, "quote", need, FIELD_MAX_CHARS, &fact->quote);
    if (fact->name.n == 0) fields_fail(f, "name", &field_blank, STR(""));
    if (fact->quote.n == 0) fields_fail(f, "quote", &field_blank, STR(""));
    for (const struct fact_field *field = fact_fields; field->name; field++)
        if (strcmp(field->name, "day") != 0) /* its column says it, not the quote */
            fields_str(f, field->name, FIELD_OPTIONAL, FIELD_MAX_CHARS, fact_field_of(fact, field));
    if ((s = flat(rq->arena, fact->quote, &quote, e)) != OK) return s;
    s = check_quoted(rq, f, "name", fact->name, before.name, quote, e);
    for (const struct fact_field *field = fact_fields; field->name && s == OK; field++)
        if (strcmp(field->name, "flag") != 0 && strcmp(field->name, "day") != 0)
            s = check_quoted(rq, f, field->name, *fact_field_of(fact, field), *fact_field_of(&before, field),
                             quote, e);
    return s;
}

struct sought {
    struct arena *arena;
    int64_t id;
    struct fact *out;
    bool found;
};

static enum status take_fact(void *ctx, const struct fact_row *row, struct err *e) {
    struct sought *s = ctx;
    bool kept = true;

    if (row->id != s->id) return OK;
    *s->out = row->fact;
    s->found = true;
    kept &= arena_dup(s->arena, row->fact.name, &s->out->name);
    kept &= arena_dup(s->arena, row->fact.quote, &s->out->quote);
    for (const struct fact_field *field = fact_fields; field->name; field++)
        kept &= arena_dup(s->arena, *fact_field_of(s->out, field), fact_field_of(s->out, field));
    return kept ? OK : fail(e, E_LIMIT, NULL, "no memory for a fact");
}

/* The fact of path argument 1 as it is now; none: what is saved will say that it is gone. */
static enum status fact_of_request(struct request *rq, struct document *d, int64_t *id, struct fact *out,
                                   struct err *e) {
    struct sought sought = { rq->arena, 0, out, false };
    enum status s = document_of_request(rq, d, e);

    *out = (struct fact) { 0 };
    if (s == OK) s = request_id_arg(rq, 1, id, e);
    sought.id = *id;
    return s == OK ? fact_each_of_document(rq->db, d->id, FACT_TYPE_COUNT, take_fact, &sought, e) : s;
}

static enum status answer(struct request *rq, struct reply *re, struct document *d, struct fact_correction *c,
                          int64_t fact_id, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    enum status s =
        fact_correction_save(rq->db, rq->arena, rq->room, d, c, fact_id, rq->who.user_id, rq->now_us, e);

    if (s == OK) put_correction(&o, c);
    return s;
}

enum status document_fact_patch(struct request *rq, struct reply *re, struct err *e) {
    struct fact_correction c = { .deed = FACT_CHANGE };
    struct fact read;
    struct document d;
    struct fields *f;
    int64_t id = 0;
    enum status s;

    if ((s = fact_of_request(rq, &d, &id, &read, e)) != OK) return s;
    c.fact = read;
    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    /* A fact that is gone is said to be so by what saves it. */
    if (read.quote.n && (s = parse_fact(rq, f, &read, &c.fact, FIELD_OPTIONAL, e)) != OK) return s;
    if (read.quote.n && (s = fields_done(f)) != OK) return s;
    /* Whether a value is high was read with it. */
    if (!str_eq(c.fact.value, read.value) || !str_eq(c.fact.reference, read.reference)) c.fact.flag = STR("");
    return answer(rq, re, &d, &c, id, e);
}

enum status document_fact_reject(struct request *rq, struct reply *re, struct err *e) {
    struct fact_correction c = { .deed = FACT_REMOVE };
    struct document d;
    int64_t id = 0;
    enum status s = fact_of_request(rq, &d, &id, &c.fact, e);

    return s == OK ? answer(rq, re, &d, &c, id, e) : s;
}

struct place {
    struct arena *arena;
    struct fact *fact;
};

/* Where the first line of the quote stands on its page; nowhere: the fact has no place. */
static enum status find_place(void *ctx, const struct page_row *row, struct err *e) {
    struct place *place = ctx;
    struct find_hit *hits = NULL;
    struct find_query query;
    struct page p = row->page;
    size_t count = 0;
    struct str line = str_sub(place->fact->quote, 0, str_find_char(place->fact->quote, '\n'));
    enum status s = page_wire_read_words(place->arena, row->words_packed, &p, e);

    if (s == OK) s = find_query_read(place->arena, line, &query, e);
    if (s == OK && query.count) s = find_on_page(place->arena, &query, &p, 1, &hits, &count, e);
    if (s != OK || count == 0) return s;
    struct box b = p.words[hits[0].from].box;
    for (size_t i = hits[0].from; i < hits[0].to; i++) {
        const struct box w = p.words[i].box;
        int32_t right = b.x + b.w > w.x + w.w ? b.x + b.w : w.x + w.w;
        int32_t bottom = b.y + b.h > w.y + w.h ? b.y + b.h : w.y + w.h;
        b.x = b.x < w.x ? b.x : w.x, b.y = b.y < w.y ? b.y : w.y;
        b.w = right - b.x, b.h = bottom - b.y;
    }
    place->fact->box = b;
    return OK;
}

enum status document_facts_post(struct request *rq, struct reply *re, struct err *e) {
    static const struct fact nothing = { 0 };
    struct fact_correction c = { .deed = FACT_ADD };
    struct place place = { rq->arena, &c.fact };
    int64_t page = 0;
    int type = 0;
    struct document d;
    struct fields *f;
    enum status s;

    if ((s = document_of_request(rq, &d, e)) != OK) return s;
    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_word(f, "type", FIELD_REQUIRED, type_words, &type);
    fields_i64(f, "page", FIELD_REQUIRED, 1, PAGES_MAX, &page);
    if ((s = parse_fact(rq, f, &nothing, &c.fact, FIELD_REQUIRED, e)) != OK) return s;
    if ((s = fields_done(f)) != OK) return s;
    c.fact.type = (enum fact_type)type;
    c.fact.page = (int)page;
    if ((s = page_each(rq->db, d.id, 1, page - 1, find_place, &place, e)) != OK) return s;
    return answer(rq, re, &d, &c, 0, e);
}

struct list {
    struct json_out out;
    int64_t count;
};

static enum status put_row(void *ctx, const struct fact_correction *c, struct err *e) {
    struct list *l = ctx;
    (void)e;
    l->count++;
    put_correction(&l->out, c);
    return OK;
}

enum status document_fact_corrections_get(struct request *rq, struct reply *re, struct err *e) {
    struct list l = { json_out_to(&re->body), 0 };
    struct document d;
    enum status s;

    if ((s = document_of_request(rq, &d, e)) != OK) return s;
    json_put_object(&l.out);
    json_put_key(&l.out, "results");
    json_put_array(&l.out);
    s = fact_correction_each(rq->db, rq->arena, d.id, put_row, &l, e);
    json_put_array_end(&l.out);
    json_field_int(&l.out, "count", l.count);
    json_field_null(&l.out, "next");
    json_field_null(&l.out, "previous");
    json_put_object_end(&l.out);
    return s;
}

enum status document_fact_correction_delete(struct request *rq, struct reply *re, struct err *e) {
    struct document d;
    int64_t id;
    enum status s;

    (void)re;
    if ((s = document_of_request(rq, &d, e)) != OK || (s = request_id_arg(rq, 1, &id, e)) != OK) return s;
    return fact_correction_take_back(rq->db, rq->arena, rq->room, &d, id, rq->who.user_id, rq->now_us, e);
}
