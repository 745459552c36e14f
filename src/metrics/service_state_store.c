#include "db/db.h"
#include "messaging/outbox_sender.h"
#include "metrics/service_state.h"
#include "queries.h"

/* A person who asked waits no longer than this for the answer to leave. */
#define REPLY_WAITS_MAX_US MINUTE_US

static bool is_late(const struct outbox_waiting *w, int64_t now_us) {
    return w->count > 0 && now_us - w->oldest_us > REPLY_WAITS_MAX_US;
}

static enum status look_at_sending(struct db *db, const struct messaging *messaging, int64_t now_us,
                                   struct service_state *out, struct err *e) {
    struct outbox_sender *sender = messaging->sender;
    int64_t until_us = outbox_sender_paused_until_us(sender);
    enum status s = outbox_waiting(db, out->lanes, e);

    if (until_us) out->paused_until_us = now_us + until_us - clock_monotonic_us();
    bool late = is_late(&out->lanes[LANE_ALERT], now_us) || is_late(&out->lanes[LANE_REPLY], now_us);
    out->sending = outbox_sender_account_is_refused(sender) ? "refused"
                   : until_us                               ? "paused"
                   : late                                   ? "late"
                                                            : "ok";
    return s;
}

enum status service_state_look(struct db *db, const struct messaging *messaging, const struct models *models,
                               int64_t now_us, struct service_state *out, struct err *e) {
    const struct db_val dead[] = { db_text(STR("dead")) };
    const struct generator *generator = models_generator(models);
    int64_t monotonic_us = clock_monotonic_us();

    *out =
        (struct service_state) { .channel = messaging->channel->name,
                                 .answers = generator ? generator->provider : "local",
                                 .model = model_state_name(models_generator_state(models, monotonic_us)),
                                 .embedder = model_state_name(models_embedder_state(models, monotonic_us)) };
    enum status s = db_get_i64(db, &q_health_jobs_waiting, dead, &out->dead_jobs, e);
    return s == OK ? look_at_sending(db, messaging, now_us, out, e) : s;
}

bool service_state_is_well(const struct service_state *state) {
    return strcmp(state->sending, "ok") == 0;
}
