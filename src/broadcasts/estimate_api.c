/*
 * estimate_api -- when the last would have it: of one that is kept, and of what stands on a form.
 */
#include "broadcasts/broadcast_handlers.h"
#include "broadcasts/estimate.h"

static void put_limit(struct json_out *o, const struct estimate *x) {
    json_put_key(o, "people_per_day");
    json_put_object(o);
    json_field_id_or_null(o, "limit", x->plan.people_per_day);
    json_field_str_or_null(o, "source",
                           !x->plan.people_per_day ? STR("")
                           : x->limit_is_learnt    ? STR("learnt")
                                                   : STR("setting"));
    json_field_int(o, "reached", x->reached);
    json_put_object_end(o);
}

static void put(struct json_out *o, const struct broadcasts *room, const struct estimate *x) {
    char hours[DAY_SPAN_BYTES] = "";
    if (!day_span_is_empty(x->plan.quiet)) day_span_format(x->plan.quiet, hours);
    json_put_object(o);
    json_field_int(o, "recipients", x->recipients);
    json_field_int(o, "by_template", x->by_template);
    json_field_time(o, "starts_at", x->starts_at_us);
    json_field_time(o, "first_at", x->end.first_us);
    json_field_time(o, "ends_at", x->recipients ? x->end.last_us : 0);
    json_field_int(o, "days", x->end.days);
    json_field_str(o, "time_zone", room->time_zone);
    json_field_str_or_null(o, "quiet_hours", str_from_c(hours));
    json_field_int(o, "per_hour", x->plan.per_hour);
    put_limit(o, x);
    if (x->price.known)
        json_field_real(o, "price_usd", (double)x->price.micro_usd / 1e6);
    else
        json_field_null(o, "price_usd");
    json_put_object_end(o);
}

static enum status answer(struct request *rq, struct reply *re, const struct broadcast *b, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct estimate x;
    enum status s = broadcast_estimate(rq->db, rq->arena, rq->room, b, rq->now_us, &x, e);

    if (s == OK) put(&o, rq->room, &x);
    return s;
}

enum status broadcast_estimate_get(struct request *rq, struct reply *re, struct err *e) {
    struct broadcast b;
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s == OK) s = broadcast_get(rq->db, rq->arena, id, &b, e);
    return s == OK ? answer(rq, re, &b, e) : s;
}

enum status broadcast_estimate_post(struct request *rq, struct reply *re, struct err *e) {
    struct broadcast b;
    enum status s = broadcast_read_unsaved(rq->arena, rq->room, rq->body, rq->now_us, &b, e);
    return s == OK ? answer(rq, re, &b, e) : s;
}
