/*
 * model_call_api -- /api/models/calls/ and /api/models/days/ for administrators, and the calls in a patient's export.
 */
#include "http/fields.h"
#include "http/page.h"
#include "models/model_call_store.h"
#include "patients/patient_query.h"

enum { EXPORTED_MAX = 100000 };

bool model_call_cost(const struct model_prices *p, struct str kind, int64_t in, int64_t out, double *usd) {
    bool written = str_eq(kind, STR("generate"));
    struct price price_in = written ? p->in : p->embed;

    if (in == 0 || !price_in.known || (written && !p->out.known)) return false;
    *usd = (double)in * (double)price_in.micro_usd / 1e12;
    if (written) *usd += (double)out * (double)p->out.micro_usd / 1e12;
    return true;
}

static void put_cost(struct json_out *o, const struct model_prices *p, struct str kind, int64_t in,
                     int64_t out) {
    double usd;
    if (model_call_cost(p, kind, in, out, &usd))
        json_field_real(o, "cost_usd", usd);
    else
        json_field_null(o, "cost_usd");
}

/* What the export says as well. */
static void put_call(struct json_out *o, const struct model_call_row *row) {
    const struct model_call *c = &row->call;

    json_field_int(o, "id", row->id);
    json_field_time(o, "at", c->at_us);
    json_field_str(o, "kind", row->kind);
    json_field_id_or_null(o, "question", c->question_id);
    json_field_str(o, "provider", row->provider);
    json_field_str(o, "model", c->model);
    json_field_str(o, "host", c->host);
    json_field_str(o, "outcome", c->outcome);
    json_field_int(o, "texts", (int64_t)c->texts);
    json_field_int(o, "sent_bytes", (int64_t)c->sent_bytes);
}

struct writing {
    const struct model_prices *prices;
    struct json_out *json;
};

static enum status write_call(void *ctx, const struct model_call_row *row, struct err *e) {
    const struct writing *w = ctx;
    const struct model_call *c = &row->call;

    (void)e;
    json_put_object(w->json);
    put_call(w->json, row);
    json_field_id_or_null(w->json, "patient", c->patient_id);
    json_field_str(w->json, "model_version", c->model_version);
    json_field_int(w->json, "http_code", c->http_code);
    json_field_int(w->json, "requests", c->calls);
    json_field_int(w->json, "tokens_in", c->tokens_in);
    json_field_int(w->json, "tokens_out", c->tokens_out);
    json_field_real(w->json, "duration_ms", (double)c->duration_us / 1000);
    put_cost(w->json, w->prices, row->kind, c->tokens_in, c->tokens_out);
    json_put_object_end(w->json);
    return OK;
}

static enum status read_filter(const struct request *rq, struct model_call_filter *f, struct err *e) {

    *f = (struct model_call_filter) { .kind = request_query(rq, "kind"),
                                      .outcome = request_query(rq, "outcome") };
    if (f->kind.n && !str_in_words(f->kind, "generate embed_question embed_passages"))
        return fail_field(e, STR("kind"), &field_not_a_choice,
                          STR("generate, embed_question, embed_passages"));
    return patient_query(rq, &f->patient_id, e);
}

static enum status calls_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct writing w = { rq->room, &o };
    struct model_call_filter filter;
    struct page_request page;
    int64_t count;
    enum status s;

    if ((s = read_filter(rq, &filter, e)) != OK) return s;
    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = model_call_count(rq->db, &filter, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &o, e)) != OK) return s;
    if ((s = model_call_each(rq->db, &filter, page.size, page.offset, write_call, &w, e)) != OK) return s;
    page_end(&o);
    return OK;
}

static enum status write_day(void *ctx, const struct model_call_day *d, struct err *e) {
    const struct writing *w = ctx;

    (void)e;
    json_put_object(w->json);
    json_field_date_or_null(w->json, "day", d->day);
    json_field_str(w->json, "kind", d->kind);
    json_field_str(w->json, "provider", d->provider);
    json_field_str(w->json, "model", d->model);
    json_field_int(w->json, "calls", d->calls);
    json_field_int(w->json, "failed", d->failed);
    json_field_int(w->json, "requests", d->requests);
    json_field_int(w->json, "sent_bytes", d->sent_bytes);
    json_field_int(w->json, "tokens_in", d->tokens_in);
    json_field_int(w->json, "tokens_out", d->tokens_out);
    put_cost(w->json, w->prices, d->kind, d->tokens_in, d->tokens_out);
    json_put_object_end(w->json);
    return OK;
}

static enum status days_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct writing w = { rq->room, &o };
    struct page_request page;
    int64_t count;
    enum status s;

    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = model_call_day_count(rq->db, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &o, e)) != OK) return s;
    if ((s = model_call_days(rq->db, page.size, page.offset, write_day, &w, e)) != OK) return s;
    page_end(&o);
    return OK;
}

static enum status write_exported(void *ctx, const struct model_call_row *row, struct err *e) {
    struct json_out *o = ctx;
    (void)e;
    json_put_object(o);
    put_call(o, row);
    json_put_object_end(o);
    return OK;
}

static enum status part_write(void *ctx, struct db *db, struct arena *a, int64_t patient_id,
                              struct json_out *o, struct err *e) {
    const struct model_call_filter filter = { .patient_id = patient_id };
    (void)ctx, (void)a;
    json_put_array(o);
    enum status s = model_call_each(db, &filter, EXPORTED_MAX, 0, write_exported, o, e);
    json_put_array_end(o);
    return s;
}

const struct patient_part model_call_patient_part = { .name = "model_calls", .write = part_write };

static const struct query_param call_params[] = { { "page", "Page number, from 1" },
                                                  { "page_size", "Rows a page, at most 100" },
                                                  { "kind", "generate, embed_question or embed_passages" },
                                                  { "outcome", "How it ended: generated, late, OK …" },
                                                  { "patient", "The id of a patient" },
                                                  { 0 } };
static const struct query_param day_params[] = { { "page", "Page number, from 1" },
                                                 { "page_size", "Rows a page, at most 100" },
                                                 { 0 } };

const struct route model_call_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/models/calls/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER,
      .handler = calls_get,
      .summary = "What was sent to models outside, newest first: never the content",
      .response_schema = "ModelCallList",
      .success = 200,
      .query = call_params },
    { .method = HTTP_GET,
      .path = "/api/models/days/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER,
      .handler = days_get,
      .summary = "The same, summed by day, kind and model, with an estimate of the cost",
      .response_schema = "ModelDayList",
      .success = 200,
      .query = day_params },
    { 0 },
};
