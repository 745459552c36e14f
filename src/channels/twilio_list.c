/*
 * twilio_list -- Twilio's list of messages: is one of ours there, how far has it come, what did people write.
 */
#include <time.h>

#include "channels/twilio_form.h"
#include "channels/twilio_room.h"
#include "http/urlencoded.h"
#include "patients/phone.h"

enum { PAGES_MAX = 300, PAGE_TRIES_MAX = 3, PAGE_ROWS = 100, ANSWER_BYTES_MAX = 4 << 20 };

/* A message that was taken is in the list after some seconds; what is not there sooner may still come. */
#define SURE_AFTER_US (15 * SECOND_US)
#define SOON_US       (3 * SECOND_US)
/* Their clock and ours. */
#define CLOCKS_DIFFER_US (2 * MINUTE_US)

static const struct message carrier_denied = {
    "carrier_denied",
    "L’opérateur de messagerie refuse nos identifiants. Vérifiez TWILIO_ACCOUNT_SID et TWILIO_AUTH_TOKEN.",
    "The messaging carrier refuses our credentials. Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."
};

enum status twilio_get(const struct twilio *t, const struct channel_call *call, struct str base_url,
                       struct str path, json_t **out, struct err *e) {
    struct str url, authorization;
    struct http_answer answer;
    enum status s;

    *out = NULL;
    if (!twilio_authorization(t, call->arena, &authorization) ||
        !arena_printf(call->arena, &url, "%.*s%.*s", STR_ARG(base_url), STR_ARG(path)))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Twilio");
    const struct http_send_request rq = { .verb = VERB_GET,
                                          .url = url,
                                          .headers = { { STR("Authorization"), authorization },
                                                       { STR("Accept"), STR("application/json") } },
                                          .timeout_us = TWILIO_TIMEOUT_US,
                                          .answer_bytes_max = ANSWER_BYTES_MAX };
    if ((s = http_send(call->client, call->arena, &rq, &answer, e)) != OK) return s == E_LIMIT ? s : E_RETRY;
    if (e) e->retry_after_s = (int)(answer.retry_after_us / SECOND_US);
    if (answer.code == 404) return fail(e, E_NOT_FOUND, NULL, "Twilio does not know it");
    if (answer.code == 401 || answer.code == 403)
        return fail(e, E_DENIED, &carrier_denied, "Twilio answered %d", answer.code);
    *out = answer.code == 200 ? wire_json(answer.body) : NULL;
    return json_is_object(*out) ? OK : fail(e, E_RETRY, &carrier_unclear, "Twilio answered %d", answer.code);
}

int64_t twilio_time_us(struct str text) {
    char copy[40];
    struct tm tm = { 0 };
    if (text.n == 0 || text.n >= sizeof copy) return 0;
    memcpy(copy, text.p, text.n);
    copy[text.n] = 0;
    if (!strptime(copy, "%a, %d %b %Y %H:%M:%S +0000", &tm)) return 0;
    return (int64_t)timegm(&tm) * SECOND_US;
}

/* A walk through the list, newest first. fn answers false when it needs to see no more. */
struct walk {
    const struct twilio *t;
    const struct channel_call *call;
    bool (*fn)(struct walk *, const json_t *message);
    enum status status;
    struct err *err;
};

static bool walk_rows(struct walk *w, const json_t *page) {
    const json_t *row;
    size_t i;
    json_array_foreach(json_object_get(page, "messages"), i, row) {
        if (!w->fn(w, row)) return false;
    }
    return true;
}

/* The next page is named by Twilio: only one of our own account is asked for. */
static bool next_path(const struct walk *w, const json_t *page, struct str *path) {
    struct str own, next = wire_text(page, "next_page_uri");
    if (!next.n ||
        !arena_printf(w->call->arena, &own, "/2010-04-01/Accounts/%.*s/", STR_ARG(w->t->account_sid)))
        return false;
    return str_starts(next, own) && arena_dup(w->call->arena, next, path);
}

static enum status walk(struct walk *w, struct str path) {
    for (int i = 0; i < PAGES_MAX; i++) {
        json_t *page;
        enum status s = E_RETRY;
        for (int tries = 0; s == E_RETRY && tries < PAGE_TRIES_MAX; tries++)
            s = twilio_get(w->t, w->call, w->t->base_url, path, &page, w->err);
        if (s != OK) return s;
        bool more = walk_rows(w, page) && next_path(w, page, &path);
        json_decref(page);
        if (!more) return w->status;
    }
    return w->status;
}

static bool list_path(const struct twilio *t, struct arena *arena, const char *filter, struct str value,
                      struct str *out) {
    struct buf query;
    buf_init(&query, 1024);
    buf_addf(&query, "/2010-04-01/Accounts/%.*s/Messages.json?PageSize=%d&%s=", STR_ARG(t->account_sid),
             PAGE_ROWS, filter);
    urlencoded_add(&query, value);
    bool ok = buf_ok(&query) && arena_dup(arena, buf_str(&query), out);
    buf_done(&query);
    return ok;
}

static bool is_inbound(const json_t *m) {
    return str_eq(wire_text(m, "direction"), STR("inbound"));
}

/* ---- is one of ours there ---- */

struct finding {
    struct walk walk; /* first: fn gets it */
    const struct outgoing *out;
    int64_t attempted_at_us;
    bool (*is_ours)(void *ours, struct str sid);
    void *ours;
    struct sent *sent;
    bool found;
};

static bool is_same(const struct finding *f, const json_t *m) {
    if (is_inbound(m)) return false;
    /* The words of a template are written by Twilio: they are told apart by person and time alone. */
    return f->out->template_name.n > 0 || str_eq(wire_text(m, "body"), f->out->body);
}

static bool look(struct walk *w, const json_t *m) {
    struct finding *f = (struct finding *)w;
    struct str sid = wire_text(m, "sid");
    int64_t at_us = twilio_time_us(wire_text(m, "date_created"));

    if (at_us && at_us < f->attempted_at_us - CLOCKS_DIFFER_US) return false;
    if (!is_same(f, m) || sid.n == 0 || sid.n > CHANNEL_SID_MAX || f->is_ours(f->ours, sid)) return true;
    memcpy(f->sent->provider_sid, sid.p, sid.n);
    f->sent->provider_sid[sid.n] = 0;
    if (!twilio_status(wire_text(m, "status"), &f->sent->status)) f->sent->status = MESSAGE_ACCEPTED;
    f->found = true;
    return false;
}

enum status twilio_find(void *ctx, const struct channel_call *call, const struct outgoing *out,
                        int64_t attempted_at_us, bool (*is_ours)(void *, struct str), void *ours,
                        struct sent *sent, struct err *e) {
    struct finding f = { .walk = { ctx, call, look, OK, e },
                         .out = out,
                         .attempted_at_us = attempted_at_us,
                         .is_ours = is_ours,
                         .ours = ours,
                         .sent = sent };
    struct str to, path;
    enum status s;

    if (!twilio_address(call->arena, out->transport, out->to, &to) ||
        !list_path(ctx, call->arena, "To", to, &path))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Twilio");
    if ((s = walk(&f.walk, path)) != OK) return s == E_NOT_FOUND || s == E_DENIED ? E_RETRY : s;
    if (f.found) return OK;
    int64_t doubt_us = attempted_at_us + SURE_AFTER_US - call->now_us;
    if (doubt_us > 0) {
        /* Looked at soon a few times, then when it is certain. */
        if (e && doubt_us < SURE_AFTER_US - SOON_US) e->retry_after_s = (int)(doubt_us / SECOND_US) + 1;
        return fail(e, E_RETRY, NULL, "it may still come into Twilio's list");
    }
    return fail(e, E_NOT_FOUND, NULL, "Twilio does not have message %lld", (long long)out->message_id);
}

/* ---- how far has it come ---- */

static bool keep(struct arena *arena, struct str text, struct str *out) {
    return arena_dup(arena, text, out);
}

enum status twilio_status_of(void *ctx, const struct channel_call *call, struct str sid,
                             struct channel_event *out, struct err *e) {
    const struct twilio *t = ctx;
    struct str path;
    json_t *m;
    enum status s;

    if (!arena_printf(call->arena, &path, "/2010-04-01/Accounts/%.*s/Messages/%.*s.json",
                      STR_ARG(t->account_sid), STR_ARG(sid)))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Twilio");
    if ((s = twilio_get(t, call, t->base_url, path, &m, e)) != OK) return s;
    *out = (struct channel_event) { .kind = EVENT_REPORT, .provider_sid = sid };
    int64_t code = wire_count(m, "error_code");
    bool known = twilio_status(wire_text(m, "status"), &out->status);
    if (out->status == MESSAGE_FAILED) out->verdict = twilio_verdict(code, 0);
    bool kept = code == 0 || arena_printf(call->arena, &out->error_code, "%lld", (long long)code);
    json_decref(m);
    if (!kept) return fail(e, E_LIMIT, NULL, "no memory for a report");
    return known ? OK : fail(e, E_RETRY, &carrier_unclear, "a status that is not known");
}

/* ---- what people wrote ---- */

struct receiving {
    struct walk walk; /* first: fn gets it */
    int64_t since_us;
    channel_event_fn *fn;
    void *fn_ctx;
};

static bool read_row(const struct receiving *r, const json_t *m, struct channel_event *event) {
    struct arena *arena = r->walk.call->arena;
    struct str from = wire_text(m, "from"), sid = wire_text(m, "sid");
    struct phone phone;

    *event = (struct channel_event) { .kind = EVENT_MESSAGE, .external_id = STR(""), .payload = STR("") };
    if (str_starts(from, STR("whatsapp:"))) from = str_sub(from, 9, from.n);
    if (sid.n == 0 || sid.n > CHANNEL_SID_MAX || !phone_parse(from, r->walk.t->region, &phone)) return false;
    event->sent_at_us = twilio_time_us(wire_text(m, "date_created"));
    return keep(arena, sid, &event->provider_sid) && keep(arena, phone_str(&phone), &event->from) &&
           keep(arena, wire_text(m, "body"), &event->body);
}

/* The list says only how many: each has a name below the message. */
static bool list_media(const struct receiving *r, struct channel_event *event) {
    const struct walk *w = &r->walk;
    const json_t *row;
    struct str path;
    json_t *answer;
    size_t i;

    if (!arena_printf(w->call->arena, &path, "/2010-04-01/Accounts/%.*s/Messages/%.*s/Media.json",
                      STR_ARG(w->t->account_sid), STR_ARG(event->provider_sid)))
        return false;
    if (twilio_get(w->t, w->call, w->t->base_url, path, &answer, w->err) != OK) return false;
    json_array_foreach(json_object_get(answer, "media_list"), i, row) {
        struct channel_media media = { .type = STR(""), .file_name = STR("") };
        struct str sid = wire_text(row, "sid");
        if (event->media_count == CHANNEL_MEDIA_MAX || !sid.n ||
            !keep(w->call->arena, wire_text(row, "content_type"), &media.type) ||
            !arena_printf(w->call->arena, &media.ref, "%.*s%.*s/%.*s", STR_ARG(w->t->base_url),
                          STR_ARG(str_sub(path, 0, path.n - strlen(".json"))), STR_ARG(sid)))
            break;
        event->media[event->media_count++] = media;
    }
    json_decref(answer);
    return true;
}

static bool take_received(struct walk *w, const json_t *m) {
    struct receiving *r = (struct receiving *)w;
    struct channel_event event;
    int64_t at_us = twilio_time_us(wire_text(m, "date_created"));

    if (at_us && at_us < r->since_us) return false;
    if (!is_inbound(m) || !read_row(r, m, &event)) return true;
    if (!str_in_words(wire_text(m, "num_media"), "0") && wire_text(m, "num_media").n &&
        !list_media(r, &event)) {
        w->status = E_RETRY; /* without them the message would come as an empty one */
        return false;
    }
    w->status = r->fn(r->fn_ctx, &event, w->err);
    return w->status == OK;
}

enum status twilio_list_received(void *ctx, const struct channel_call *call, int64_t since_us,
                                 channel_event_fn *fn, void *fn_ctx, struct err *e) {
    const struct twilio *t = ctx;
    struct receiving r = {
        .walk = { t, call, take_received, OK, e }, .since_us = since_us, .fn = fn, .fn_ctx = fn_ctx
    };
    struct str sender, path;

    if (!t->sender.n) return OK; /* a messaging service: nobody says which of its numbers is meant */
    if (!twilio_address(call->arena, TRANSPORT_WHATSAPP, t->sender, &sender) ||
        !list_path(t, call->arena, "To", sender, &path))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Twilio");
    return walk(&r.walk, path);
}
