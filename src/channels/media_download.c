#include "channels/media_download.h"

enum { REDIRECTS_MAX = 2, DELETE_ANSWER_BYTES_MAX = 64 * 1024 };

/* 16 MB over a slow line. */
#define FETCH_TIMEOUT_US  (2 * MINUTE_US)
#define DELETE_TIMEOUT_US (20 * SECOND_US)

static const struct message media_led_astray = {
    "media_led_astray", "L’opérateur renvoie vers une adresse où nous n’allons rien chercher.",
    "The carrier leads to an address from which we fetch nothing."
};
static const struct message media_gone = { "media_gone", "L’opérateur n’a pas ou n’a plus ce fichier.",
                                           "The carrier does not have this file, or no longer." };
static const struct message media_unclear = { "media_unclear",
                                              "L’opérateur n’a pas donné le fichier. Nous réessayons.",
                                              "The carrier did not give the file. We will try again." };

/* Plain http can only have been set for this machine (http_url.h). */
static bool is_on_this_machine(struct str base_url) {
    return str_starts(base_url, STR("http://"));
}

enum http_reach media_reach(struct str base_url) {
    return is_on_this_machine(base_url) ? REACH_PUBLIC_OR_LOOPBACK : REACH_PUBLIC;
}

bool media_url_is_sound(struct str url, struct str base_url) {
    struct str scheme = str_sub(url, 0, str_find(url, STR("://")) + 3), rest = str_sub(url, scheme.n, url.n);
    size_t host_n = 0;

    while (host_n < rest.n && !strchr("/?#", rest.p[host_n])) host_n++;
    if (!http_base_url_is_valid(str_sub(url, 0, scheme.n + host_n))) return false;
    return str_starts(url, STR("https://")) || is_on_this_machine(base_url);
}

static bool is_redirect(int code) {
    return code == 301 || code == 302 || code == 303 || code == 307 || code == 308;
}

static enum status judge(const struct http_answer *answer, struct err *e) {
    if (e) e->retry_after_s = (int)(answer->retry_after_us / SECOND_US);
    if (answer->code == 404 || answer->code == 410)
        return fail(e, E_NOT_FOUND, &media_gone, "the carrier answered %d", answer->code);
    return fail(e, E_RETRY, &media_unclear, "the carrier answered %d", answer->code);
}

enum status media_download(const struct channel_call *call, const struct media_download *what,
                           struct str *bytes, struct err *e) {
    struct http_send_request rq = { .verb = VERB_GET,
                                    .url = what->url,
                                    .timeout_us = FETCH_TIMEOUT_US,
                                    .answer_bytes_max = what->bytes_max,
                                    .wanted_header = STR("Location"),
                                    .reach = what->reach };
    struct http_answer answer;
    enum status s;

    if (what->authorization.n)
        rq.headers[0] = (struct http_header) { STR("Authorization"), what->authorization };
    for (int redirects = 0;; redirects++) {
        s = http_send(call->client, call->arena, &rq, &answer, e);
        if (s != OK) return s == E_UNCERTAIN ? E_RETRY : s;
        if (answer.code == 200) {
            *bytes = answer.body;
            return OK;
        }
        if (!is_redirect(answer.code) || redirects == REDIRECTS_MAX) return judge(&answer, e);
        if (!media_url_is_sound(answer.header, what->base_url))
            return fail(e, E_DENIED, &media_led_astray, "a redirect of the carrier may not be followed");
        rq.url = answer.header;
        rq.headers[0] = (struct http_header) { 0 };
        rq.reach = media_reach(what->base_url);
    }
}

enum status media_delete(const struct channel_call *call, struct str url, struct str authorization,
                         struct err *e) {
    const struct http_send_request rq = { .verb = VERB_DELETE,
                                          .url = url,
                                          .headers = { { STR("Authorization"), authorization } },
                                          .timeout_us = DELETE_TIMEOUT_US,
                                          .answer_bytes_max = DELETE_ANSWER_BYTES_MAX };
    struct http_answer answer;
    enum status s = http_send(call->client, call->arena, &rq, &answer, e);

    if (s != OK) return s == E_UNCERTAIN ? E_RETRY : s;
    if ((answer.code >= 200 && answer.code < 300) || answer.code == 404 || answer.code == 410) return OK;
    return judge(&answer, e);
}
