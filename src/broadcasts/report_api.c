/*
 * report_api -- what became of a broadcast: numbers, a row a recipient, and all of them as CSV.
 */
#include "broadcasts/broadcast_handlers.h"
#include "broadcasts/report.h"
#include "http/negotiate.h"
#include "http/page.h"
#include "messaging/message_reason.h"

enum { REASON_MAX_BYTES = 256 };

struct asked {
    struct broadcast b;
    struct recipient_filter filter;
    struct page_request page;
    bool csv;
};

static const char state_words[] =
    "waiting, queued, uncertain, sent, failed, left_out, cancelled, delivered, read";

static enum status read_asked(struct request *rq, struct asked *a, struct err *e) {
    struct str format = request_query(rq, "format");
    enum recipient_state known;
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s == OK) s = broadcast_get(rq->db, rq->arena, id, &a->b, e);
    if (s == OK) s = page_request_parse(rq, &a->page, e);
    if (s != OK) return s;
    a->filter = (struct recipient_filter) { .state = request_query(rq, "status"),
                                            .reason = request_query(rq, "reason"),
                                            .limit = a->page.size,
                                            .offset = a->page.offset };
    if ((a->filter.state.n || a->filter.reason.n) && !recipient_state_from_name(a->filter.state, &known))
        return fail_field(e, STR("status"), &field_not_a_choice, str_from_c(state_words));
    if (format.n && !str_in_words(format, "json csv"))
        return fail_field(e, STR("format"), &field_not_a_choice, STR("json, csv"));
    a->csv =
        format.n ? str_eq(format, STR("csv")) : media_type_is(request_header(rq, "accept"), STR("text/csv"));
    return OK;
}

/* ---- a row a recipient ---- */

struct writing {
    struct json_out *json;
    enum lang lang;
    enum recipient_state state; /* whose reasons are written */
};

/* "reason": the code, "reason_text": what it means. */
static void put_reason(const struct writing *w, struct str reason) {
    char words[REASON_MAX_BYTES];
    size_t n = message_reason(reason, w->lang, words, sizeof words);
    json_field_str_or_null(w->json, "reason", reason);
    json_field_str_or_null(w->json, "reason_text", (struct str) { words, n });
}

static enum status put_recipient(void *ctx, const struct recipient *r, struct err *e) {
    const struct writing *w = ctx;
    struct json_out *o = w->json;
    (void)e;
    json_put_object(o);
    json_field_int(o, "patient", r->patient_id);
    json_field_str_or_null(o, "patient_name", r->name);
    json_field_str(o, "status", r->state);
    put_reason(w, r->reason);
    json_field_id_or_null(o, "message", r->message_id);
    json_field_time(o, "queued_at", r->queued_at_us);
    json_field_time(o, "sent_at", r->sent_at_us);
    json_field_time(o, "delivered_at", r->delivered_at_us);
    json_field_time(o, "read_at", r->read_at_us);
    json_field_time(o, "updated_at", r->updated_at_us);
    json_put_object_end(o);
    return OK;
}

static enum status put_recipients(struct request *rq, const struct asked *a, struct writing *w,
                                  struct err *e) {
    int64_t count;
    enum status s = recipient_count(rq->db, a->b.id, &a->filter, &count, e);

    json_put_key(w->json, "recipients");
    if (s == OK) s = page_begin(rq, &a->page, count, w->json, e);
    if (s != OK) return s;
    s = recipient_each(rq->db, a->b.id, &a->filter, put_recipient, w, e);
    if (s == OK) page_end(w->json);
    return s;
}

/* ---- why not ---- */

static enum status put_count(void *ctx, struct str state, struct str reason, int64_t n, struct err *e) {
    const struct writing *w = ctx;
    (void)e;
    if (!str_eq(state, str_from_c(recipient_state_name(w->state)))) return OK;
    json_put_object(w->json);
    put_reason(w, reason);
    json_field_int(w->json, "count", n);
    json_put_object_end(w->json);
    return OK;
}

static enum status put_reasons(struct db *db, int64_t id, struct writing *w, struct err *e) {
    static const enum recipient_state not_sent[] = { RECIPIENT_LEFT_OUT, RECIPIENT_FAILED };
    enum status s = OK;

    json_put_key(w->json, "reasons");
    json_put_object(w->json);
    for (size_t i = 0; i < COUNT_OF(not_sent) && s == OK; i++) {
        w->state = not_sent[i];
        json_put_key(w->json, recipient_state_name(w->state));
        json_put_array(w->json);
        s = recipient_counts(db, id, put_count, w, e);
        json_put_array_end(w->json);
    }
    json_put_object_end(w->json);
    return s;
}

/* ---- how it was taken ---- */

static void put_seconds(struct json_out *o, const char *key, int64_t us) {
    int64_t ms = us / 1000;
    json_field_real(o, key, (double)ms / 1000);
}

static void put_time(struct json_out *o, const char *key, const struct report_time *t) {
    json_put_key(o, key);
    json_put_object(o);
    json_field_int(o, "count", t->count);
    if (t->count) {
        put_seconds(o, "p50_seconds", t->p50_us);
        put_seconds(o, "p95_seconds", t->p95_us);
    } else {
        json_field_null(o, "p50_seconds");
        json_field_null(o, "p95_seconds");
    }
    json_put_object_end(o);
}

static enum status put_hour(void *ctx, const struct report_hour *h, struct err *e) {
    struct json_out *o = ctx;
    (void)e;
    json_put_object(o);
    json_field_time(o, "hour", h->start_us);
    json_field_int(o, "sent", h->sent);
    json_field_int(o, "delivered", h->delivered);
    json_field_int(o, "read", h->read);
    json_field_int(o, "replied", h->replied);
    json_put_object_end(o);
    return OK;
}

static enum status put_engagement(struct db *db, const struct broadcast *b, struct json_out *o,
                                  struct err *e) {
    struct report r;
    enum status s = report_get(db, b->id, &r, e);

    if (s != OK) return s;
    json_put_key(o, "times");
    json_put_object(o);
    put_time(o, "delivery", &r.delivery);
    put_time(o, "reading", &r.reading);
    json_put_object_end(o);
    json_put_key(o, "replies");
    json_put_object(o);
    json_field_int(o, "within_hours", REPORT_REPLY_HOURS);
    json_field_int(o, "people", r.replied);
    json_field_int(o, "messages", r.replies);
    json_put_object_end(o);
    json_put_key(o, "hours");
    json_put_array(o);
    s = report_hours(db, b, put_hour, o, e);
    json_put_array_end(o);
    return s;
}

enum status broadcast_report_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct writing w = { &o, rq->lang, RECIPIENT_LEFT_OUT };
    struct asked a;
    enum status s = read_asked(rq, &a, e);

    if (s != OK) return s;
    if (a.csv) return report_send_csv(rq, re, a.b.id, a.filter.state, e);
    json_put_object(&o);
    json_put_key(&o, "broadcast");
    if ((s = broadcast_write_json(rq->db, &a.b, &o, e)) != OK) return s;
    if ((s = put_reasons(rq->db, a.b.id, &w, e)) != OK) return s;
    if ((s = put_engagement(rq->db, &a.b, &o, e)) != OK) return s;
    if ((s = put_recipients(rq, &a, &w, e)) != OK) return s;
    json_put_object_end(&o);
    return OK;
}
