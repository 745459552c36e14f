/*
 * broadcast_api -- /api/messaging/broadcast/: list, write, change, delete, send, stop.
 */
#include "broadcasts/broadcast.h"
#include "broadcasts/broadcast_handlers.h"
#include "http/page.h"

static const struct message changed_meanwhile = {
    "broadcast_changed",
    "Cette diffusion a changé entre-temps : relisez-la avant de la modifier.",
    "This broadcast has changed meanwhile: read it again before you change it.",
};

static const struct message run_of_invalid = { "run_of_invalid", "Il faut le numéro d’une diffusion.",
                                               "It must be the number of a broadcast." };

static struct broadcast_actor actor_of(const struct request *rq) {
    return (struct broadcast_actor) { rq->room, rq->who.user_id, rq->now_us };
}

static enum status answer(struct request *rq, struct reply *re, int64_t id, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct broadcast b;
    enum status s = broadcast_get(rq->db, rq->arena, id, &b, e);
    return s == OK ? broadcast_write_json(rq->db, &b, &o, e) : s;
}

struct writing {
    struct db *db;
    struct json_out *json;
};

static enum status write_row(void *ctx, const struct broadcast *b, struct err *e) {
    const struct writing *w = ctx;
    return broadcast_write_json(w->db, b, w->json, e);
}

enum status broadcast_list_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct writing w = { rq->db, &o };
    struct broadcast_filter filter = { .status = request_query(rq, "status") };
    enum broadcast_status known;
    struct page_request page;
    int64_t count;
    enum status s;

    if (filter.status.n && !broadcast_status_from_name(filter.status, &known))
        return fail_field(e, STR("status"), &field_not_a_choice,
                          STR("draft, scheduled, sending, paused, sent, cancelled, failed"));
    if (request_query(rq, "run_of").n &&
        (!str_to_i64(request_query(rq, "run_of"), &filter.run_of) || filter.run_of < 1))
        return fail_field(e, STR("run_of"), &run_of_invalid, STR(""));
    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    filter.limit = page.size;
    filter.offset = page.offset;
    if ((s = broadcast_count(rq->db, &filter, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &o, e)) != OK) return s;
    if ((s = broadcast_each(rq->db, &filter, write_row, &w, e)) != OK) return s;
    page_end(&o);
    return OK;
}

enum status broadcast_list_post(struct request *rq, struct reply *re, struct err *e) {
    const struct broadcast_actor by = actor_of(rq);
    struct broadcast b;
    enum status s = broadcast_read_new(rq->arena, rq->room, rq->body, rq->now_us, &b, e);
    if (s == OK) s = broadcast_add(rq->db, rq->arena, &by, &b, e);
    return s == OK ? answer(rq, re, b.id, e) : s;
}

/* What came through n8n is sent at once, unless it says when. */
enum status broadcast_webhook_post(struct request *rq, struct reply *re, struct err *e) {
    const struct broadcast_actor by = actor_of(rq);
    struct broadcast b;
    enum status s = broadcast_read_new(rq->arena, rq->room, rq->body, rq->now_us, &b, e);
    if (s == OK) s = broadcast_add_and_start(rq->db, rq->arena, &by, &b, e);
    return s == OK ? answer(rq, re, b.id, e) : s;
}

enum status broadcast_one_get(struct request *rq, struct reply *re, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

enum status broadcast_patch(struct request *rq, struct reply *re, struct err *e) {
    const struct broadcast_actor by = actor_of(rq);
    struct broadcast b;
    struct fields *f;
    int64_t id, version;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s != OK || (s = broadcast_get(rq->db, rq->arena, id, &b, e)) != OK) return s;
    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    version = b.version;
    fields_i64(f, "version", FIELD_OPTIONAL, 1, INT64_MAX, &version);
    if ((s = broadcast_edit_read(rq->arena, rq->room, f, BROADCAST_PATCH, rq->now_us, &b, e)) != OK) return s;
    if ((s = fields_done(f)) != OK) return s;
    if (version != b.version)
        return fail(e, E_CONFLICT, &changed_meanwhile, "broadcast %lld is not at version %lld", (long long)id,
                    (long long)version);
    s = broadcast_save(rq->db, rq->arena, &by, &b, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

enum status broadcast_delete(struct request *rq, struct reply *re, struct err *e) {
    const struct broadcast_actor by = actor_of(rq);
    struct broadcast b;
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    (void)re;
    if (s == OK) s = broadcast_get(rq->db, rq->arena, id, &b, e);
    return s == OK ? broadcast_remove(rq->db, rq->arena, &by, id, e) : s;
}

typedef enum status act_fn(struct db *, struct arena *, const struct broadcast_actor *, int64_t id,
                           struct err *);

static enum status act(struct request *rq, struct reply *re, act_fn *fn, struct err *e) {
    const struct broadcast_actor by = actor_of(rq);
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s == OK) s = fn(rq->db, rq->arena, &by, id, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

enum status broadcast_send_now_post(struct request *rq, struct reply *re, struct err *e) {
    return act(rq, re, broadcast_start, e);
}

enum status broadcast_cancel_post(struct request *rq, struct reply *re, struct err *e) {
    return act(rq, re, broadcast_cancel, e);
}

enum status broadcast_pause_post(struct request *rq, struct reply *re, struct err *e) {
    return act(rq, re, broadcast_pause, e);
}

enum status broadcast_resume_post(struct request *rq, struct reply *re, struct err *e) {
    return act(rq, re, broadcast_resume, e);
}
