/*
 * reading_api -- what was read: /api/documents/{id}/pages/, /api/documents/{id}/facts/, /api/patients/{id}/facts/.
 */
#include "documents/document_api.h"

#include "documents/document_row.h"
#include "documents/page_wire.h"
#include "http/fields.h"
#include "http/page.h"
#include "patients/patient.h"

void box_json(struct json_out *o, struct box b) {
    json_put_array(o);
    json_put_int(o, b.x), json_put_int(o, b.y), json_put_int(o, b.w), json_put_int(o, b.h);
    json_put_array_end(o);
}

struct page_list {
    struct json_out out;
    struct arena *arena;
    bool with_words;
};

static enum status put_words(struct page_list *l, const struct page_row *row, struct err *e) {
    struct page p = row->page;
    enum status s;

    if ((s = page_wire_read_words(l->arena, row->words_packed, &p, e)) != OK) return s;
    json_put_key(&l->out, "words");
    json_put_array(&l->out);
    for (size_t i = 0; i < p.word_count; i++) {
        json_put_object(&l->out);
        json_field_str(&l->out, "text", p.words[i].text);
        json_put_key(&l->out, "box"), box_json(&l->out, p.words[i].box);
        json_field_int(&l->out, "confidence", p.words[i].confidence);
        json_field_int(&l->out, "line", p.words[i].line);
        json_put_object_end(&l->out);
    }
    json_put_array_end(&l->out);
    return OK;
}

static enum status put_page(void *ctx, const struct page_row *row, struct err *e) {
    struct page_list *l = ctx;
    struct json_out *o = &l->out;
    const struct page *p = &row->page;
    enum status s = OK;

    json_put_object(o);
    json_field_int(o, "number", p->number);
    json_field_str_or_null(o, "attachment", p->attachment);
    json_field_str(o, "text", p->text);
    json_field_str(o, "source", str_from_c(page_source_name(p->source)));
    json_field_int(o, "confidence", p->confidence);
    json_field_bool(o, "legible", p->legible);
    json_field_int(o, "width", p->width);
    json_field_int(o, "height", p->height);
    json_field_int(o, "version", row->corrected_at_us);
    json_field_str_or_null(o, "corrected_by", row->corrected_by);
    json_field_time(o, "corrected_at", row->corrected_at_us);
    if (l->with_words) s = put_words(l, row, e);
    json_put_object_end(o);
    return s;
}

enum status document_pages_get(struct request *rq, struct reply *re, struct err *e) {
    struct page_list l = { json_out_to(&re->body), rq->arena, str_eq(request_query(rq, "words"), STR("1")) };
    struct page_request page;
    struct document d;
    int64_t count;
    enum status s;

    if ((s = document_of_request(rq, &d, e)) != OK || (s = page_request_parse(rq, &page, e)) != OK) return s;
    /* All pages at once unless the caller asks for fewer: a viewer needs them together, and there are at most PAGES_MAX. */
    if (request_query(rq, "page_size").n == 0)
        page = (struct page_request) { .page = 1, .size = PAGES_MAX, .offset = 0 };
    if ((s = page_count(rq->db, d.id, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &l.out, e)) != OK) return s;
    if ((s = page_each(rq->db, d.id, page.size, page.offset, put_page, &l, e)) != OK) return s;
    page_end(&l.out);
    return OK;
}

static enum status put_outline(void *ctx, const struct page_row *row, struct err *e) {
    struct json_out *o = ctx;
    const struct page *p = &row->page;

    (void)e;
    json_put_object(o);
    json_field_int(o, "number", p->number);
    json_field_str_or_null(o, "attachment", p->attachment);
    json_field_str(o, "source", str_from_c(page_source_name(p->source)));
    json_field_int(o, "confidence", p->confidence);
    json_field_bool(o, "legible", p->legible);
    json_put_object_end(o);
    return OK;
}

enum status document_outline_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct document d;
    enum status s;

    if ((s = document_of_request(rq, &d, e)) != OK) return s;
    json_put_object(&o);
    json_put_key(&o, "results");
    json_put_array(&o);
    s = page_outline(rq->db, d.id, put_outline, &o, e);
    json_put_array_end(&o);
    json_put_object_end(&o);
    return s;
}

/* Fields that are not said are left out, so that a row shows what stands on the paper. */
static void put_said(struct json_out *o, const char *key, struct str value) {
    if (value.n == 0) return;
    json_field_str(o, key, value);
}

static void put_medication(struct json_out *o, const struct fact *f) {
    put_said(o, "strength", f->strength);
    put_said(o, "form", f->form);
    put_said(o, "dose", f->dose);
    put_said(o, "route", f->route);
    put_said(o, "frequency", f->frequency);
    put_said(o, "duration", f->duration);
    put_said(o, "renewals", f->renewals);
    put_said(o, "instruction", f->instruction);
}

static void put_lab_value(struct json_out *o, const struct fact *f) {
    put_said(o, "value", f->value);
    put_said(o, "unit", f->unit);
    put_said(o, "reference", f->reference);
    put_said(o, "flag", f->flag);
    put_said(o, "specimen", f->specimen);
}

static void put_vaccination(struct json_out *o, const struct fact *f) {
    put_said(o, "lot", f->lot);
    put_said(o, "due", f->due);
}

static void put_correction(struct json_out *o, const struct fact_row *row) {
    if (row->fact.correction_id == 0) {
        json_put_null(o);
        return;
    }
    json_put_object(o);
    json_field_int(o, "id", row->fact.correction_id);
    json_field_str(o, "deed", row->corrected_deed);
    json_field_str_or_null(o, "by", row->corrected_by);
    json_field_time(o, "at", row->corrected_at_us);
    json_put_object_end(o);
}

struct fact_list {
    struct json_out out;
    int64_t count;
};

static enum status put_fact(void *ctx, const struct fact_row *row, struct err *e) {
    struct fact_list *l = ctx;
    struct json_out *o = &l->out;
    const struct fact *f = &row->fact;

    (void)e;
    l->count++;
    json_put_object(o);
    json_field_int(o, "id", row->id);
    json_field_str(o, "type", str_from_c(fact_type_name(f->type)));
    json_field_str(o, "name", f->name);
    put_medication(o, f);
    put_lab_value(o, f);
    put_vaccination(o, f);
    json_field_str(o, "quote", f->quote);
    json_field_int(o, "document_id", row->document_id);
    json_field_int(o, "page", f->page);
    json_put_key(o, "box"), box_json(o, f->box);
    json_field_int(o, "confidence", f->confidence);
    json_field_str_or_null(o, "date", f->day.n ? f->day : row->document_date);
    json_put_key(o, "correction"), put_correction(o, row);
    json_put_object_end(o);
    return OK;
}

static enum status parse_type(const struct request *rq, enum fact_type *type, struct err *e) {
    struct str name = request_query(rq, "type");

    *type = FACT_TYPE_COUNT;
    if (name.n == 0) return OK;
    for (int t = 0; t < FACT_TYPE_COUNT; t++)
        if (str_eq(name, str_from_c(fact_type_name((enum fact_type)t)))) {
            *type = (enum fact_type)t;
            return OK;
        }
    return fail_field(e, STR("type"), &field_not_a_choice,
                      STR("medication, lab_value, allergy, appointment, diagnosis, vaccination"));
}

/* A list as everywhere, on one page: a record has some hundreds of facts, and a chart needs them together. */
static void facts_begin(struct fact_list *l, struct reply *re) {
    *l = (struct fact_list) { json_out_to(&re->body), 0 };
    json_put_object(&l->out);
    json_put_key(&l->out, "results");
    json_put_array(&l->out);
}

static void facts_end(struct fact_list *l) {
    json_put_array_end(&l->out);
    json_field_int(&l->out, "count", l->count);
    json_field_null(&l->out, "next");
    json_field_null(&l->out, "previous");
    json_put_object_end(&l->out);
}

enum status document_facts_get(struct request *rq, struct reply *re, struct err *e) {
    struct fact_list l;
    enum fact_type type;
    struct document d;
    enum status s;

    if ((s = document_of_request(rq, &d, e)) != OK || (s = parse_type(rq, &type, e)) != OK) return s;
    facts_begin(&l, re);
    s = fact_each_of_document(rq->db, d.id, type, put_fact, &l, e);
    facts_end(&l);
    return s;
}

enum status patient_facts_get(struct request *rq, struct reply *re, struct err *e) {
    struct fact_list l;
    enum fact_type type;
    int64_t id;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK || (s = patient_check_exists(rq->db, id, e)) != OK)
        return s;
    if ((s = parse_type(rq, &type, e)) != OK) return s;
    facts_begin(&l, re);
    s = fact_each_of_patient(rq->db, id, type, put_fact, &l, e);
    facts_end(&l);
    return s;
}
