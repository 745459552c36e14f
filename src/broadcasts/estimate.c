#include "broadcasts/estimate.h"

#include "messaging/sender_limit.h"
#include "messaging/template.h"

struct estimating {
    struct db *db;
    struct arena *arena;
    const struct broadcasts *room;
    const struct broadcast *b;
    int64_t now_us;
    struct estimate *out;
};

static enum status count(const struct estimating *x, bool only_free, int64_t *n, struct err *e) {
    struct target target;
    struct target_count c;
    enum status s = target_parse(x->arena, x->b->target, &target, e);
    struct target_needs needs = broadcast_target_needs(x->room, x->b, &target, x->now_us);

    needs.window = only_free;
    if (s == OK) s = target_count(x->db, x->arena, &needs, &c, e);
    if (s == OK) *n = c.sendable;
    return s;
}

/* As the target stands: without a template only those who wrote, with one they go free and the others by it. */
static enum status count_target(const struct estimating *x, struct err *e) {
    bool has_window = x->room->messaging->channel->has_window, has_template = x->b->template_sid.n > 0;
    int64_t free = 0;
    enum status s = count(x, has_window && !has_template, &x->out->recipients, e);

    if (s != OK || !has_window || !has_template) return s;
    s = count(x, true, &free, e);
    x->out->by_template = x->out->recipients - free;
    return s;
}

static enum status count_list(const struct estimating *x, struct err *e) {
    int64_t n[RECIPIENT_STATE_COUNT];
    enum status s = recipient_counts_by_state(x->db, x->b->id, n, e);
    bool has_window = x->room->messaging->channel->has_window;
    if (s != OK) return s;
    x->out->recipients = n[RECIPIENT_WAITING] + n[RECIPIENT_QUEUED];
    x->out->by_template = has_window && x->b->template_purpose.n ? x->out->recipients : 0;
    return OK;
}

static int64_t smaller_of_known(int64_t a, int64_t b) {
    return !a || (b && b < a) ? b : a;
}

static enum status read_plan(const struct estimating *x, struct err *e) {
    const struct messaging *m = x->room->messaging;
    struct estimate *out = x->out;
    struct sender_limit limit;
    enum status s = sender_limit_get(x->db, str_from_c(m->channel->name), &limit, e);

    if (s == OK) s = sender_people(x->db, x->now_us, &out->reached, e);
    if (s != OK) return s;
    int64_t learnt = sender_limit_people(&limit, x->now_us), set = x->room->people_per_day;
    int64_t pause_us = sender_limit_pause_us(&limit, x->now_us);
    out->plan = (struct plan) { .quiet = broadcast_quiet(x->room, x->b->quiet_hours),
                                .per_hour = smaller_of_known(m->message_rate * 3600, x->b->rate_per_hour),
                                .people_per_day = smaller_of_known(set, learnt) };
    out->limit_is_learnt = learnt && out->plan.people_per_day == learnt && learnt != set;
    if (pause_us > out->starts_at_us) out->starts_at_us = pause_us;
    return OK;
}

/* A template that is not known here has no price. */
static enum status read_price(const struct estimating *x, struct err *e) {
    struct estimate *out = x->out;
    struct broadcast_price free = broadcast_price_of(&x->room->prices, STR("")), by_template = { 0 };
    int64_t others = out->recipients - out->by_template;
    struct template t;
    enum status s = OK;

    if (out->by_template) s = template_get_by_name(x->db, x->arena, x->b->template_sid, &t, NULL);
    if (s == OK && out->by_template) by_template = broadcast_price_of(&x->room->prices, t.category);
    if (s != OK && s != E_NOT_FOUND) return fail(e, s, NULL, "a template cannot be read");
    out->price.known = (free.known || !others) && (by_template.known || !out->by_template);
    out->price.micro_usd = free.micro_usd * others + by_template.micro_usd * out->by_template;
    return OK;
}

enum status broadcast_estimate(struct db *db, struct arena *arena, const struct broadcasts *room,
                               const struct broadcast *b, int64_t now_us, struct estimate *out,
                               struct err *e) {
    const struct estimating x = { db, arena, room, b, now_us, out };
    enum status s;

    *out = (struct estimate) { .starts_at_us = now_us };
    if (!b->started_at_us && b->scheduled_at_us > now_us) out->starts_at_us = b->scheduled_at_us;
    s = b->started_at_us ? count_list(&x, e) : count_target(&x, e);
    if (s == OK) s = read_plan(&x, e);
    if (s == OK) s = read_price(&x, e);
    if (s != OK) return s;
    const struct plan_load load = { .start_us = out->starts_at_us,
                                    .people = out->recipients,
                                    .by_template = out->by_template,
                                    .reached = out->reached };
    out->end = plan_estimate(&out->plan, &load);
    return OK;
}
