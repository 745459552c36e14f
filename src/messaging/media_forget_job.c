#include "messaging/media_forget.h"

#include "http/fields.h"
#include "net/wire.h"

enum { REF_MAX_CHARS = 4096 };

enum status media_add_forget_job(struct messaging *room, struct db *db, struct arena *arena, struct str ref,
                                 int64_t now_us, struct err *e) {
    struct str payload;
    if (!room->channel->forget_media) return OK;
    json_t *json = json_pack("{s:s%}", "ref", ref.p, ref.n);
    bool written = wire_dump(arena, json, &payload);
    json_decref(json);
    if (!written) return fail(e, E_LIMIT, NULL, "no memory for a medium");
    return job_add(db, room->signal, STR(MEDIA_JOB_FORGET), payload, 0, STR(""), now_us, e);
}

enum status media_forget_job(struct job_context *ctx, const struct job *job, struct err *e) {
    const struct messaging *room = ctx->room;
    const struct channel *channel = room->channel;
    const struct channel_call call = { ctx->db, ctx->arena, room->client, clock_now_us(ctx->clock) };
    struct fields *fields;
    struct str ref = STR("");
    struct err why = { 0 };
    enum status s;

    if ((s = fields_parse(ctx->arena, job->payload, &fields, e)) != OK) return s;
    fields_str(fields, "ref", FIELD_REQUIRED, REF_MAX_CHARS, &ref);
    if ((s = fields_done(fields)) != OK || !channel->forget_media)
        return s; /* the carrier was changed meanwhile */
    s = channel->forget_media(channel->ctx, &call, ref, &why);
    if (s == OK || s == E_NOT_FOUND || s == E_DENIED) return OK; /* E_DENIED: nothing that this carrier has */
    if (e) e->retry_after_s = why.retry_after_s;
    return fail(e, E_RETRY, why.message, "a medium cannot be removed at the carrier: %s", why.detail);
}
