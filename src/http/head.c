#include "http/head.h"

#include "base/utf8.h"
#include "http/negotiate.h"
#include "http/urlencoded.h"

static const struct message head_malformed = { "malformed_request", "La requête HTTP est mal formée.",
                                               "The HTTP request is malformed." };
static const struct message head_length = {
    "bad_content_length",
    "La longueur du corps de la requête est ambiguë : un seul Content-Length, et jamais avec Transfer-Encoding.",
    "The length of the request body is ambiguous: one Content-Length, and never with Transfer-Encoding."
};
static const struct message head_coding = { "bad_transfer_encoding",
                                            "Seul « Transfer-Encoding: chunked » est accepté.",
                                            "Only \"Transfer-Encoding: chunked\" is accepted." };
static const struct message head_url = {
    "bad_url", "L’adresse contient des caractères qui ne sont pas permis ou n’est pas en UTF-8.",
    "The address holds characters that are not allowed, or is not UTF-8."
};
static const struct message head_url_long = { "url_too_long", "L’adresse est trop longue.",
                                              "The address is too long." };
static const struct message head_too_large = { "headers_too_large",
                                               "La requête a trop d’en-têtes ou ils sont trop longs.",
                                               "The request has too many headers, or they are too long." };

void head_add(struct head *h, struct str name, struct str value) {
    if (h->header_count == HEADERS_MAX) {
        h->too_many = true;
        return;
    }
    h->headers[h->header_count++] = (struct header) { name, value };
}

struct str head_get(const struct head *h, struct str name) {
    for (size_t i = 0; i < h->header_count; i++) {
        if (str_eq_nocase(h->headers[i].name, name)) return h->headers[i].value;
    }
    return STR("");
}

/* token of RFC 9110, section 5.6.2 */
static bool is_token(struct str s) {
    static const char marks[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = is_ascii_letter(c) || is_digit(c);
        if (!letter && !memchr(marks, c, sizeof marks - 1)) return false;
    }
    return s.n > 0;
}

static bool is_header_value(struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c < 0x20 && c != '\t') || c == 0x7F) return false;
    }
    return true;
}

static bool is_digits(struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    }
    return s.n > 0;
}

/* What the headers say about the length of the body. */
static enum status check_framing(struct head *h, int *http, struct err *e) {
    struct str length = STR(""), coding = STR("");
    int lengths = 0, codings = 0;
    for (size_t i = 0; i < h->header_count; i++) {
        const struct header *header = &h->headers[i];
        if (str_eq_nocase(header->name, STR("content-length"))) {
            length = str_trim(header->value);
            lengths++;
        } else if (str_eq_nocase(header->name, STR("transfer-encoding"))) {
            coding = str_trim(header->value);
            codings++;
        }
    }
    *http = 400;
    if (lengths > 1 || (lengths && codings))
        return fail(e, E_INVALID, &head_length, "%d lengths, %d codings", lengths, codings);
    if (codings) {
        if (codings > 1 || h->http_1_0 || !str_eq_nocase(coding, STR("chunked"))) {
            *http = 501;
            return fail(e, E_INVALID, &head_coding, "transfer encoding other than chunked");
        }
        h->has_body = true;
        h->body_bytes = -1;
        return OK;
    }
    h->body_bytes = 0;
    if (lengths && (!is_digits(length) || !str_to_i64(length, &h->body_bytes)))
        return fail(e, E_INVALID, &head_length, "length is not a number");
    h->has_body = h->body_bytes > 0;
    return OK;
}

static enum status check_target(struct head *h, int *http, struct err *e) {
    if (h->target.n > URL_MAX_BYTES) {
        *http = 414;
        return fail(e, E_LIMIT, &head_url_long, "%zu bytes", h->target.n);
    }
    size_t question = str_find_char(h->target, '?');
    h->path = str_sub(h->target, 0, question);
    h->query = str_sub(h->target, question + 1, h->target.n);
    *http = 400;
    if (!str_starts(h->path, STR("/")) && !str_eq(h->path, STR("*")))
        return fail(e, E_INVALID, &head_malformed, "target is no path");
    for (size_t i = 0; i < h->target.n; i++) {
        unsigned char c = (unsigned char)h->target.p[i];
        if (c <= 0x20 || c == 0x7F) return fail(e, E_INVALID, &head_url, "control character or space");
    }
    if (!urlencoded_is_valid(h->path, false) || !urlencoded_is_valid(h->query, false))
        return fail(e, E_INVALID, &head_url, "bad escape, control character or UTF-8");
    return OK;
}

static enum status check_host(const struct head *h, struct err *e) {
    int hosts = 0;
    for (size_t i = 0; i < h->header_count; i++) hosts += str_eq_nocase(h->headers[i].name, STR("host"));
    if (hosts > 1 || (hosts == 0 && !h->http_1_0))
        return fail(e, E_INVALID, &head_malformed, "%d Host headers", hosts);
    return OK;
}

enum status head_check(struct head *h, int *http, struct err *e) {
    *http = 431;
    if (h->too_many) return fail(e, E_LIMIT, &head_too_large, "more than %d headers", HEADERS_MAX);
    *http = 400;
    if (!is_token(h->method)) return fail(e, E_INVALID, &head_malformed, "method is no token");
    for (size_t i = 0; i < h->header_count; i++) {
        if (!is_token(h->headers[i].name) || !is_header_value(h->headers[i].value))
            return fail(e, E_INVALID, &head_malformed, "malformed header");
    }
    enum status s = check_framing(h, http, e);
    if (s == OK) s = check_target(h, http, e);
    if (s == OK) s = check_host(h, e);
    h->expects_continue = str_eq_nocase(str_trim(head_get(h, STR("expect"))), STR("100-continue"));
    return s;
}

struct str head_cookie(const struct head *h, struct str name) {
    for (size_t i = 0; i < h->header_count; i++) {
        if (!str_eq_nocase(h->headers[i].name, STR("cookie"))) continue;
        struct str rest = h->headers[i].value;
        while (rest.n > 0) {
            size_t n = str_find_char(rest, ';');
            struct str pair = str_trim(str_sub(rest, 0, n));
            rest = str_sub(rest, n + 1, rest.n);
            size_t eq = str_find_char(pair, '=');
            if (eq < pair.n && str_eq(str_sub(pair, 0, eq), name)) return str_sub(pair, eq + 1, pair.n);
        }
    }
    return STR("");
}
