#include "net/http_transfer.h"

#include <sys/socket.h>

#include "base/clock.h"
#include "net/address.h"

enum { RETRY_AFTER_BYTES_MAX = 64, RETRY_AFTER_MAX_S = 24 * 3600 };

/* TCP and TLS on a slow mobile link take two or three seconds; who waits longer waits for a link that is down. */
#define CONNECT_TIMEOUT_US (5 * SECOND_US)

/* A connection that was idle longer may be closed on the other side just now: not for what cannot be sent anew. */
#define ONCE_IDLE_MAX_S 15L

static const struct message not_trusted = {
    "service_not_trusted",
    "Le certificat d’un service extérieur n’est pas valable. Vérifiez l’adresse réglée et l’heure de cette machine.",
    "The certificate of a service outside is not valid. Check the address that was set and this machine's clock."
};
static const struct message unreachable = {
    "service_unreachable",
    "Un service extérieur n’est pas joignable. Vérifiez la connexion et l’adresse réglée.",
    "A service outside cannot be reached. Check the connection and the address that was set."
};
static const struct message unanswered = { "service_unanswered",
                                           "Un service extérieur n’a pas répondu à temps.",
                                           "A service outside did not answer in time." };
static const struct message too_large = { "service_answer_too_large",
                                          "La réponse d’un service extérieur est trop longue.",
                                          "A service outside answered more than is allowed." };

static const struct message out_of_reach = {
    "service_out_of_reach", "L’adresse mène à un réseau interne, où nous n’allons rien chercher.",
    "The address leads to an inner network, from which we fetch nothing."
};

static bool is_in_reach(enum http_reach reach, enum address_scope scope) {
    return reach == REACH_ANY || scope == ADDRESS_PUBLIC ||
           (reach == REACH_PUBLIC_OR_LOOPBACK && scope == ADDRESS_LOOPBACK);
}

/* Here the name has been resolved: what is judged is what would be connected to. */
static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *address) {
    struct http_transfer *t = ctx;
    (void)purpose;
    if (!is_in_reach(t->rq->reach, address_scope_of(&address->addr, address->addrlen))) {
        t->kept_out = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take_body(char *bytes, size_t size, size_t count, void *ctx) {
    struct http_transfer *t = ctx;
    buf_add(&t->body, (struct str) { bytes, size * count });
    if (buf_ok(&t->body)) return size * count;
    t->no_room = true;
    return 0;
}

static size_t give_body(char *bytes, size_t size, size_t count, void *ctx) {
    struct http_transfer *t = ctx;
    struct str rest = str_sub(t->rq->body, t->given, t->rq->body.n);
    size_t n = rest.n < size * count ? rest.n : size * count;
    memcpy(bytes, rest.p, n);
    t->given += n;
    return n;
}

/* Seconds, or the time of an HTTP date (RFC 9110 section 10.2.3). */
static int64_t read_retry_after(struct str value) {
    int64_t seconds;
    char text[RETRY_AFTER_BYTES_MAX];

    if (!str_to_i64(value, &seconds)) {
        if (value.n >= sizeof text) return 0;
        memcpy(text, value.p, value.n);
        text[value.n] = 0;
        time_t at = curl_getdate(text, NULL);
        if (at == (time_t)-1) return 0;
        const struct clock clock = clock_system();
        seconds = at - clock_now_us(&clock) / SECOND_US;
    }
    if (seconds <= 0) return 0;
    return (seconds < RETRY_AFTER_MAX_S ? seconds : RETRY_AFTER_MAX_S) * SECOND_US;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *ctx) {
    struct http_transfer *t = ctx;
    struct str line = { bytes, size * count };
    size_t colon = str_find_char(line, ':');
    struct str name = str_sub(line, 0, colon), value = str_trim(str_sub(line, colon + 1, line.n));

    if (colon == line.n) return line.n;
    if (str_eq_nocase(name, STR("Retry-After"))) t->retry_after_us = read_retry_after(value);
    if (t->rq->wanted_header.n && str_eq_nocase(name, t->rq->wanted_header))
        t->no_room = !arena_dup(t->arena, value, &t->header);
    return t->no_room ? 0 : line.n;
}

static bool add_header(struct arena *a, struct curl_slist **list, struct str name, struct str value) {
    struct str line;
    if (!arena_printf(a, &line, "%.*s: %.*s", STR_ARG(name), STR_ARG(value))) return false;
    struct curl_slist *longer = curl_slist_append(*list, line.p);
    if (longer) *list = longer;
    return longer != NULL;
}

static bool list_headers(struct http_transfer *t) {
    const struct http_header *h = t->rq->headers;
    /* No "Expect: 100-continue": it costs a round trip, and some servers do not know it. */
    struct curl_slist *first = curl_slist_append(NULL, "Expect:");
    bool ok = first != NULL;

    t->headers = first;
    for (size_t i = 0; ok && i < HTTP_HEADERS_MAX && h[i].name.n; i++)
        ok = add_header(t->arena, &t->headers, h[i].name, h[i].value);
    return ok;
}

static long milliseconds(int64_t us) {
    return us < 1000 ? 1 : (long)(us / 1000);
}

static const char *verb_name(enum http_verb verb) {
    static const char *const names[] = { "GET", "POST", "DELETE", "PATCH" };
    return names[verb];
}

/* What holds for every request: verified, direct, no further than asked. */
static bool set_rules(CURL *h, int64_t timeout_us) {
    int64_t connect_us = timeout_us < CONNECT_TIMEOUT_US ? timeout_us : CONNECT_TIMEOUT_US;
    return curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, milliseconds(timeout_us)) == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(connect_us)) == CURLE_OK &&
           /* Else a name that nobody resolves is waited for beyond the timeout: its thread is left to end by itself. */
           curl_easy_setopt(h, CURLOPT_QUICK_EXIT, 1L) == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_USERAGENT, "medirecord/" MEDIRECORD_VERSION " (gzip)") == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_ACCEPT_ENCODING, "gzip") == CURLE_OK;
}

/* An open connection was made under another rule: not for this request. */
static bool set_reach(CURL *h, struct http_transfer *t) {
    return curl_easy_setopt(h, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, t) == CURLE_OK;
}

/*
 * libcurl sends a request anew by itself when a kept connection ends before any answer: it cannot know that the service had it already. Where
 * that does harm the body is given out piece by piece and cannot be had twice, so that libcurl fails instead.
 */
static bool set_body(CURL *h, struct http_transfer *t) {
    const struct http_send_request *rq = t->rq;
    if (curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)rq->body.n) != CURLE_OK) return false;
    if (!rq->once || !rq->body.n)
        return curl_easy_setopt(h, CURLOPT_POSTFIELDS, rq->body.n ? rq->body.p : "") == CURLE_OK;
    return curl_easy_setopt(h, CURLOPT_POST, 1L) == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_READFUNCTION, give_body) == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_READDATA, t) == CURLE_OK &&
           curl_easy_setopt(h, CURLOPT_MAXAGE_CONN, ONCE_IDLE_MAX_S) == CURLE_OK;
}

static bool set_request(CURL *h, struct http_transfer *t, const char *url) {
    const struct http_send_request *rq = t->rq;
    bool body = rq->verb != VERB_GET && (rq->body.n > 0 || rq->verb == VERB_POST);
    bool ok = curl_easy_setopt(h, CURLOPT_URL, url) == CURLE_OK &&
              curl_easy_setopt(h, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK &&
              curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
              curl_easy_setopt(h, CURLOPT_WRITEDATA, t) == CURLE_OK &&
              curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
              curl_easy_setopt(h, CURLOPT_HEADERDATA, t) == CURLE_OK;
    ok = ok && (!body || set_body(h, t)) &&
         curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, verb_name(rq->verb)) == CURLE_OK;
    return ok && (rq->reach == REACH_ANY || set_reach(h, t));
}

static enum status judge(CURL *h, const struct http_transfer *t, CURLcode code, struct err *e) {
    long sent = 0;

    if (code == CURLE_OK) return OK;
    if (t->no_room) return fail(e, E_LIMIT, &too_large, "an answer is larger than %zu bytes", t->body.max);
    if (code == CURLE_OUT_OF_MEMORY) return fail(e, E_LIMIT, NULL, "no memory for a request");
    if (code == CURLE_PEER_FAILED_VERIFICATION)
        return fail(e, E_RETRY, &not_trusted, "%s", curl_easy_strerror(code));
    if (curl_easy_getinfo(h, CURLINFO_REQUEST_SIZE, &sent) != CURLE_OK || sent > 0)
        return fail(e, E_UNCERTAIN, &unanswered, "%s", curl_easy_strerror(code));
    if (t->kept_out) return fail(e, E_DENIED, &out_of_reach, "an address is out of reach");
    return fail(e, E_RETRY, &unreachable, "%s", curl_easy_strerror(code));
}

static enum status keep_answer(CURL *h, struct http_transfer *t, struct http_answer *out, struct err *e) {
    long code = 0;
    struct str body;

    if (curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &code) != CURLE_OK)
        return fail(e, E_INTERNAL, NULL, "an answer without a code");
    if (!arena_dup(t->arena, buf_str(&t->body), &body))
        return fail(e, E_LIMIT, NULL, "no memory for an answer of %zu bytes", t->body.n);
    *out = (struct http_answer) { (int)code, body, t->header, t->retry_after_us };
    return OK;
}

void http_transfer_drop(struct http_transfer *t) {
    curl_easy_reset(t->handle); /* forgets the request; the connection stays open */
    curl_slist_free_all(t->headers);
    buf_done(&t->body);
    t->headers = NULL;
}

enum status http_transfer_begin(struct http_transfer *t, CURL *handle, struct arena *a,
                                const struct http_send_request *rq, struct err *e) {
    *t = (struct http_transfer) { .rq = rq, .arena = a, .handle = handle };
    buf_init(&t->body, rq->answer_bytes_max ? rq->answer_bytes_max : HTTP_ANSWER_BYTES_MAX);
    if (rq->timeout_us <= 0) return fail(e, E_RETRY, &unanswered, "no time is left for a request");
    char *url = arena_cstr(a, rq->url);
    if (url && list_headers(t) && set_rules(handle, rq->timeout_us) && set_request(handle, t, url)) return OK;
    http_transfer_drop(t);
    return fail(e, E_LIMIT, NULL, "no memory for a request");
}

enum status http_transfer_end(struct http_transfer *t, CURLcode code, struct http_answer *out,
                              struct err *e) {
    enum status s = judge(t->handle, t, code, e);
    if (s == OK) s = keep_answer(t->handle, t, out, e);
    http_transfer_drop(t);
    return s;
}
