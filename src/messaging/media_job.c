/*
 * media_job -- brings one medium from the carrier. See media.h for why a second run does no harm.
 *
 * Just after the webhook the carrier may not have it yet, so that "not there" is believed only after a while; a carrier that cannot be reached is
 * waited for longer.
 */
#include "documents/document.h"
#include "messaging/media_store.h"
#include "messaging/payload.h"

enum { NOT_THERE_ATTEMPTS = 8 }; /* some four minutes */

static enum status load(struct job_context *ctx, const struct job *job, struct media_row *m, struct err *e) {
    int64_t id;
    enum status s = payload_id(ctx->arena, job, "media_id", &id, e);
    if (s == OK) s = media_get(ctx->db, ctx->arena, id, m, e);
    if (s == OK && m->status != MEDIA_WAITING) s = E_NOT_FOUND;
    return s;
}

static struct media_outcome not_kept(enum media_status status, struct str code, enum text text) {
    return (struct media_outcome) { .status = status, .error_code = code, .text = text };
}

/* What a failure means once nothing more is hoped for. */
static struct media_outcome outcome_of(enum status s) {
    if (s == E_LIMIT) return not_kept(MEDIA_REFUSED, STR("too_large"), TEXT_MEDIA_TOO_LARGE);
    if (s == E_DENIED) return not_kept(MEDIA_REFUSED, STR("led_astray"), TEXT_MEDIA_FAILED);
    if (s == E_NOT_FOUND) return not_kept(MEDIA_GONE, STR("not_found"), TEXT_MEDIA_FAILED);
    return not_kept(MEDIA_FAILED, STR("unavailable"), TEXT_MEDIA_FAILED);
}

static bool may_help_later(enum status s, const struct job *job) {
    if (s == E_NOT_FOUND) return job->attempts < NOT_THERE_ATTEMPTS;
    return !job->last_attempt && (s == E_RETRY || s == E_UNCERTAIN || s == E_INTERNAL);
}

static enum status fetch(struct job_context *ctx, const struct media_row *m, struct str *bytes,
                         struct err *e) {
    const struct messaging *room = ctx->room;
    const struct channel *channel = room->channel;
    const struct channel_call call = { ctx->db, ctx->arena, room->client, clock_now_us(ctx->clock) };
    if (!channel->fetch) return fail(e, E_INVALID, NULL, "the carrier has no media");
    return channel->fetch(channel->ctx, &call, m->ref, MEDIA_BYTES_MAX, bytes, e);
}

static enum status write(const struct messaging *room, struct arena *arena, struct str bytes,
                         struct blob_writer **writer, struct blob *blob, struct err *e) {
    enum status s = blob_write_start(&room->documents->blobs, arena, writer, e);
    if (s == OK) s = blob_write(*writer, bytes, e);
    return s == OK ? blob_write_finish(*writer, blob, e) : s;
}

static enum status keep(struct job_context *ctx, const struct job *job, const struct media_row *m,
                        struct str bytes, struct err *e) {
    struct media_outcome outcome = { .status = MEDIA_KEPT, .type = media_type_of(bytes) };
    struct blob_writer *writer = NULL;
    struct blob blob;
    bool done;
    enum status s;

    if (outcome.type.kind == MEDIA_UNWANTED) {
        outcome = not_kept(MEDIA_REFUSED, STR("unsupported"), TEXT_MEDIA_UNSUPPORTED);
        return media_settle(ctx, job, m, &outcome, &done, e);
    }
    outcome.text = outcome.type.kind == MEDIA_VOICE ? TEXT_MEDIA_VOICE : TEXT_MEDIA_KEPT;
    if (m->captioned) outcome.text = TEXT_COUNT; /* the words are answered on their own */
    outcome.blob = &blob;
    if ((s = write(ctx->room, ctx->arena, bytes, &writer, &blob, e)) != OK) return s;
    s = media_settle(ctx, job, m, &outcome, &done, e);
    if (s == OK && done) blob_keep(writer);
    return s;
}

enum status media_fetch_job(struct job_context *ctx, const struct job *job, struct err *e) {
    struct media_row m;
    struct str bytes;
    struct err why = { 0 };
    bool done;
    enum status s = load(ctx, job, &m, &why);

    if (s == E_NOT_FOUND) return OK;
    if (s != OK) return fail(e, s, why.message, "%s", why.detail);
    s = fetch(ctx, &m, &bytes, &why);
    if (s == OK) return keep(ctx, job, &m, bytes, e);
    if (may_help_later(s, job)) {
        if (e) e->retry_after_s = why.retry_after_s;
        return fail(e, E_RETRY, why.message, "medium %lld: %s", (long long)m.id, why.detail);
    }
    struct media_outcome outcome = outcome_of(s);
    return media_settle(ctx, job, &m, &outcome, &done, e);
}

enum status media_fetch_dead(struct job_context *ctx, const struct job *job, struct err *e) {
    struct media_outcome outcome = outcome_of(E_RETRY);
    struct media_row m;
    bool done;
    enum status s = load(ctx, job, &m, e);
    if (s == E_NOT_FOUND) return OK;
    return s == OK ? media_settle(ctx, NULL, &m, &outcome, &done, e) : s;
}
