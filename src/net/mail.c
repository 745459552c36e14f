#include "net/mail.h"

#include <curl/curl.h>
#include <sodium.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"

enum { SMTPS_PORT = 465, MAIL_TIMEOUT_S = 30, MAIL_BYTES_MAX = 64 * 1024, LINE_BYTES = 57, WORD_BYTES = 42 };

static const struct message refused = {
    "mail_refused", "Le serveur de courriel refuse l’adresse {}. Vérifiez-la, ainsi que DEFAULT_FROM_EMAIL.",
    "The mail server refuses the address {}. Check it, and DEFAULT_FROM_EMAIL."
};
static const struct message no_entry = { "mail_login",
                                         "Le serveur de courriel refuse EMAIL_USER ou EMAIL_PASSWORD.",
                                         "The mail server refuses EMAIL_USER or EMAIL_PASSWORD." };
static const struct message no_tls = {
    "mail_tls",
    "Le serveur de courriel n’offre pas de connexion chiffrée valable. Vérifiez EMAIL_HOST et EMAIL_PORT (587 ou 465).",
    "The mail server offers no valid encrypted connection. Check EMAIL_HOST and EMAIL_PORT (587 or 465)."
};
static const struct message down = {
    "mail_unreachable", "Le serveur de courriel n’est pas joignable. Vérifiez EMAIL_HOST et EMAIL_PORT.",
    "The mail server cannot be reached. Check EMAIL_HOST and EMAIL_PORT."
};

static void add_base64(struct buf *b, struct str bytes, size_t line_bytes, const char *between) {
    char line[sodium_base64_ENCODED_LEN(LINE_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    for (size_t at = 0; at < bytes.n; at += line_bytes) {
        struct str part = str_sub(bytes, at, line_bytes);
        sodium_bin2base64(line, sizeof line, (const unsigned char *)part.p, part.n,
                          sodium_base64_VARIANT_ORIGINAL);
        if (at) buf_add(b, str_from_c(between));
        buf_add(b, str_from_c(line));
    }
}

/* RFC 2047: whole characters in words of at most 75 bytes, so that any subject is ASCII on lines that are short enough. */
static void add_subject(struct buf *b, struct str subject) {
    buf_add(b, STR("Subject: "));
    for (size_t at = 0; at < subject.n;) {
        size_t end = at + WORD_BYTES < subject.n ? at + WORD_BYTES : subject.n;
        while (end < subject.n && end > at + 1 && ((unsigned char)subject.p[end] & 0xC0) == 0x80) end--;
        if (at) buf_add(b, STR("\r\n "));
        buf_add(b, STR("=?UTF-8?B?"));
        add_base64(b, str_sub(subject, at, end - at), WORD_BYTES, "");
        buf_add(b, STR("?="));
        at = end;
    }
    buf_add(b, STR("\r\n"));
}

static struct str domain_of(struct str address) {
    size_t at = str_find_char(address, '@');
    return str_sub(address, at + 1, address.n);
}

static enum status write_mail(const struct mail_server *s, const struct mail *m, struct buf *b,
                              struct err *e) {
    char date[64];
    time_t seconds = (time_t)(m->now_us / SECOND_US);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", &tm); /* the program's locale is C */
    buf_addf(b, "Date: %s\r\nFrom: MediRecord <%.*s>\r\nTo: <%.*s>\r\n", date, STR_ARG(s->from),
             STR_ARG(m->to));
    buf_addf(b, "Message-ID: <%.*s@%.*s>\r\n", STR_ARG(m->id), STR_ARG(domain_of(s->from)));
    add_subject(b, m->subject);
    buf_add(
        b,
        STR("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
            "Auto-Submitted: auto-generated\r\n\r\n"));
    add_base64(b, m->text, LINE_BYTES, "\r\n");
    buf_add(b, STR("\r\n"));
    return buf_ok(b) ? OK : fail(e, E_LIMIT, NULL, "a mail of more than %d bytes", MAIL_BYTES_MAX);
}

struct upload {
    struct str rest;
};

static size_t give_bytes(char *to, size_t size, size_t count, void *ctx) {
    struct upload *u = ctx;
    struct str part = str_sub(u->rest, 0, size * count);
    memcpy(to, part.p, part.n);
    u->rest = str_sub(u->rest, part.n, u->rest.n);
    return part.n;
}

static bool set_server(CURL *h, struct arena *a, const struct mail_server *s) {
    struct str url;
    const char *user = arena_cstr(a, s->user), *password = arena_cstr(a, s->password);
    bool ok = user && password &&
              arena_printf(a, &url, "%s://%.*s:%d", s->tls && s->port == SMTPS_PORT ? "smtps" : "smtp",
                           STR_ARG(s->host), s->port);
    ok = ok && curl_easy_setopt(h, CURLOPT_URL, url.p) == CURLE_OK &&
         curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
         curl_easy_setopt(h, CURLOPT_PROXY, "") == CURLE_OK &&
         curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK &&
         curl_easy_setopt(h, CURLOPT_TIMEOUT, (long)MAIL_TIMEOUT_S) == CURLE_OK &&
         curl_easy_setopt(h, CURLOPT_QUICK_EXIT, 1L) == CURLE_OK && /* as in http_client.c */
         curl_easy_setopt(h, CURLOPT_USE_SSL, s->tls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE) ==
             CURLE_OK &&
         curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
         curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK;
    if (ok && s->user.n)
        ok = curl_easy_setopt(h, CURLOPT_USERNAME, user) == CURLE_OK &&
             curl_easy_setopt(h, CURLOPT_PASSWORD, password) == CURLE_OK;
    return ok;
}

/* Codes of RFC 5321: 4yz may work later, 5yz will not. */
static enum status judge(CURL *h, CURLcode code, struct str to, struct err *e) {
    long reply = 0;
    curl_off_t sent = 0;
    if (code == CURLE_OK) return OK;
    (void)curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &reply);
    (void)curl_easy_getinfo(h, CURLINFO_SIZE_UPLOAD_T, &sent);
    if (code == CURLE_OUT_OF_MEMORY) return fail(e, E_LIMIT, NULL, "no memory for a mail");
    if (code == CURLE_LOGIN_DENIED) return fail(e, E_DENIED, &no_entry, "mail: login refused");
    if (code == CURLE_USE_SSL_FAILED || code == CURLE_PEER_FAILED_VERIFICATION ||
        code == CURLE_SSL_CONNECT_ERROR)
        return fail(e, E_RETRY, &no_tls, "mail: %s", curl_easy_strerror(code));
    if (reply >= 500) {
        enum status s = fail(e, E_INVALID, &refused, "mail: refused with %ld", reply);
        if (e) err_arg(e, to);
        return s;
    }
    if (sent > 0 && reply < 400)
        return fail(e, E_UNCERTAIN, &down, "mail: %s after it was sent", curl_easy_strerror(code));
    return fail(e, E_RETRY, &down, "mail: %s, reply %ld", curl_easy_strerror(code), reply);
}

enum status mail_send(struct arena *a, const struct mail_server *s, const struct mail *m, struct err *e) {
    struct buf b;
    struct curl_slist *to = NULL;
    char *recipient = arena_cstr(a, m->to), *from = arena_cstr(a, s->from);
    CURL *h = curl_easy_init();
    buf_init(&b, MAIL_BYTES_MAX);
    enum status status =
        h && recipient && from ? write_mail(s, m, &b, e) : fail(e, E_LIMIT, NULL, "no memory for a mail");
    struct upload upload = { buf_str(&b) };
    if (status == OK) {
        to = curl_slist_append(NULL, recipient);
        bool ok = to && set_server(h, a, s) && curl_easy_setopt(h, CURLOPT_MAIL_FROM, from) == CURLE_OK &&
                  curl_easy_setopt(h, CURLOPT_MAIL_RCPT, to) == CURLE_OK &&
                  curl_easy_setopt(h, CURLOPT_READFUNCTION, give_bytes) == CURLE_OK &&
                  curl_easy_setopt(h, CURLOPT_READDATA, &upload) == CURLE_OK &&
                  curl_easy_setopt(h, CURLOPT_UPLOAD, 1L) == CURLE_OK;
        status =
            ok ? judge(h, curl_easy_perform(h), m->to, e) : fail(e, E_LIMIT, NULL, "no memory for a mail");
    }
    curl_slist_free_all(to);
    if (h) curl_easy_cleanup(h);
    buf_done(&b);
    return status;
}

static size_t drop(char *bytes, size_t size, size_t count, void *ctx) {
    (void)bytes;
    (void)ctx;
    return size * count;
}

enum status mail_check(struct arena *a, const struct mail_server *s, struct err *e) {
    CURL *h = curl_easy_init();
    if (!h) return fail(e, E_LIMIT, NULL, "no memory for a mail");
    bool ok = set_server(h, a, s) && curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, "NOOP") == CURLE_OK &&
              curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, drop) == CURLE_OK;
    enum status status =
        ok ? judge(h, curl_easy_perform(h), s->from, e) : fail(e, E_LIMIT, NULL, "no memory for a mail");
    curl_easy_cleanup(h);
    return status;
}
