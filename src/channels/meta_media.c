/*
 * meta_media -- what people sent, as Meta keeps it: its name leads to an address of five minutes, which wants the token too.
 */
#include "base/mac.h"
#include "channels/media_download.h"
#include "channels/meta_room.h"

static const struct message media_led_astray = {
    "media_led_astray", "L’opérateur renvoie vers une adresse où nous n’allons rien chercher.",
    "The carrier leads to an address from which we fetch nothing."
};
static const struct message media_damaged = { "media_damaged",
                                              "Le fichier est arrivé abîmé. Nous réessayons.",
                                              "The file arrived damaged. We will try again." };

/* The token goes to Meta's own hosts only. */
static bool is_metas(struct str url) {
    static const char *const hosts[] = { ".fbsbx.com", ".whatsapp.net", ".facebook.com" };
    struct str host = http_url_authority(url);

    host = str_sub(host, 0, str_find_char(host, ':'));
    for (size_t i = 0; i < COUNT_OF(hosts); i++) {
        struct str end = str_from_c(hosts[i]);
        if (host.n > end.n && str_eq(str_sub(host, host.n - end.n, host.n), end)) return true;
    }
    return false;
}

static bool may_be_asked(const struct meta *m, struct str url) {
    if (!media_url_is_sound(url, m->base_url)) return false;
    return str_starts(url, STR("http://")) || is_metas(url);
}

struct medium {
    struct str url, sha256;
    int64_t size_bytes; /* 0: not said */
};

static bool is_id(struct str ref) {
    for (size_t i = 0; i < ref.n; i++)
        if (ref.p[i] < '0' || ref.p[i] > '9') return false;
    return ref.n > 0 && ref.n <= CHANNEL_SID_MAX;
}

static int64_t size_of(const json_t *answer) {
    int64_t bytes;
    return str_to_i64(wire_text(answer, "file_size"), &bytes) ? bytes : wire_count(answer, "file_size");
}

static enum status look_up(const struct meta *m, const struct channel_call *call, struct str ref,
                           struct medium *out, struct err *e) {
    struct str path;
    json_t *answer;
    enum status s;

    if (!is_id(ref)) return fail(e, E_DENIED, &media_led_astray, "a file that Meta cannot have named");
    if (!arena_printf(call->arena, &path, "/%.*s?phone_number_id=%.*s", STR_ARG(ref),
                      STR_ARG(m->phone_number_id)))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Meta");
    if ((s = meta_get(m, call, path, &answer, e)) != OK) return s == E_DENIED ? E_RETRY : s;
    bool kept = arena_dup(call->arena, wire_text(answer, "url"), &out->url) &&
                arena_dup(call->arena, wire_text(answer, "sha256"), &out->sha256);
    out->size_bytes = size_of(answer);
    json_decref(answer);
    return kept ? OK : fail(e, E_LIMIT, NULL, "no memory for an answer of Meta");
}

enum status meta_fetch(void *ctx, const struct channel_call *call, struct str ref, size_t bytes_max,
                       struct str *bytes, struct err *e) {
    const struct meta *m = ctx;
    char digest[MAC_SHA256_HEX_BYTES];
    struct medium medium;
    enum status s = look_up(m, call, ref, &medium, e);

    if (s != OK) return s;
    if (medium.size_bytes > 0 && (size_t)medium.size_bytes > bytes_max)
        return fail(e, E_LIMIT, NULL, "a file of %lld bytes", (long long)medium.size_bytes);
    if (!may_be_asked(m, medium.url))
        return fail(e, E_DENIED, &media_led_astray, "a file that is not at Meta");
    struct media_download what = {
        .url = medium.url, .reach = media_reach(m->base_url), .base_url = m->base_url, .bytes_max = bytes_max
    };
    if (!meta_authorization(m, call->arena, &what.authorization))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Meta");
    if ((s = media_download(call, &what, bytes, e)) != OK) return s;
    if (!medium.sha256.n) return OK;
    if (sha256_hex(*bytes, digest) && str_eq(medium.sha256, str_from_c(digest))) return OK;
    return fail(e, E_RETRY, &media_damaged, "a file is not what Meta says");
}

enum status meta_forget_media(void *ctx, const struct channel_call *call, struct str ref, struct err *e) {
    const struct meta *m = ctx;
    struct str url, authorization;

    if (!is_id(ref)) return OK; /* nothing that Meta could have */
    if (!meta_authorization(m, call->arena, &authorization) ||
        !arena_printf(call->arena, &url, "%.*s/%.*s/%.*s?phone_number_id=%.*s", STR_ARG(m->base_url),
                      STR_ARG(m->version), STR_ARG(ref), STR_ARG(m->phone_number_id)))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Meta");
    return media_delete(call, url, authorization, e);
}
