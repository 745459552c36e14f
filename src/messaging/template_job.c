/*
 * template_job -- "templates.check" {"once": false}: asks the carrier about each template, once a day. Twice does no harm: it asks and keeps the answer.
 */
#include <stdio.h>

#include "http/fields.h"
#include "messaging/template.h"

enum { TEMPLATES_MAX = 200 }; /* far more than a clinic has: Meta allows 250 */

struct ids {
    int64_t id[TEMPLATES_MAX];
    size_t count;
};

static enum status take_id(void *ctx, const struct template *t, struct err *e) {
    struct ids *ids = ctx;
    (void)e;
    ids->id[ids->count++] = t->id;
    return OK;
}

/* Each by itself: one that cannot be asked about does not keep the others from it. */
static enum status check_all(struct job_context *ctx, struct err *e) {
    const struct messaging *room = ctx->room;
    const struct channel_call call = { ctx->db, ctx->arena, room->client, clock_now_us(ctx->clock) };
    struct ids ids = { .count = 0 };
    enum status worst = OK, s = template_each(ctx->db, STR(""), TEMPLATES_MAX, 0, take_id, &ids, e);

    for (size_t i = 0; s == OK && i < ids.count; i++) {
        struct err why = { 0 };
        struct template t;
        if (template_get(ctx->db, ctx->arena, ids.id[i], &t, NULL) != OK) continue; /* deleted meanwhile */
        enum status one = template_check(ctx->room, &call, &t, &why);
        if (one != OK)
            worst = fail(e, E_RETRY, why.message, "template %lld: %s", (long long)t.id, why.detail);
        if (job_is_stopping(ctx)) return E_RETRY;
    }
    return s == OK ? worst : s;
}

enum status template_check_job(struct job_context *ctx, const struct job *job, struct err *e) {
    struct messaging *room = ctx->room;
    int64_t now_us = clock_now_us(ctx->clock);
    bool once = false;
    struct fields *f;
    enum status s;

    if ((s = fields_parse(ctx->arena, job->payload, &f, e)) != OK) return s;
    fields_bool(f, "once", FIELD_REQUIRED, &once);
    if ((s = fields_done(f)) != OK) return s;
    if (room->channel->template_state && (s = check_all(ctx, e)) != OK && !job->last_attempt) return s;
    if ((s = db_begin(ctx->db, e)) != OK) return s;
    s = job_finish(ctx, job, e);
    if (s == OK && !once) s = template_add_check(room, ctx->db, false, now_us + DAY_US, now_us, e);
    return db_finish(ctx->db, s, e);
}

enum status template_add_check(struct messaging *room, struct db *db, bool soon, int64_t run_at_us,
                               int64_t now_us, struct err *e) {
    struct str payload = soon ? STR("{\"once\":true}") : STR("{\"once\":false}");
    char key[64];
    /* One that runs now may have asked already: it does not stand for a new one. */
    if (soon)
        snprintf(key, sizeof key, TEMPLATE_JOB_CHECK ":%lld", (long long)now_us);
    else
        snprintf(key, sizeof key, TEMPLATE_JOB_CHECK);
    return job_add(db, room->signal, STR(TEMPLATE_JOB_CHECK), payload, run_at_us, str_from_c(key), now_us, e);
}
