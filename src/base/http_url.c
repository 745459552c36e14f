#include "base/http_url.h"

static size_t scheme_bytes(struct str url) {
    if (str_starts(url, STR("https://"))) return 8;
    return str_starts(url, STR("http://")) ? 7 : 0;
}

struct str http_url_authority(struct str url) {
    struct str rest = str_sub(url, scheme_bytes(url), url.n);
    return str_sub(rest, 0, str_find_char(rest, '/'));
}

/* Printable ASCII without what would start a user, a query or a fragment, or be read differently by two programs. */
static bool is_plain(struct str url) {
    for (size_t i = 0; i < url.n; i++)
        if (url.p[i] <= ' ' || url.p[i] > '~' || strchr("@?#\\%\"<>^`{|}", url.p[i])) return false;
    return true;
}

/* Four numbers of up to three digits, the first of them 127. */
static bool is_ipv4_loopback(struct str host) {
    int64_t number;
    int parts = 0;

    for (size_t at = 0; at <= host.n; parts++) {
        struct str part = str_sub(host, at, str_find_char(str_sub(host, at, host.n), '.'));
        if (part.n == 0 || part.n > 3 || part.p[0] < '0' || part.p[0] > '9') return false;
        if (!str_to_i64(part, &number) || number > 255 || (parts == 0 && number != 127)) return false;
        at += part.n + 1;
    }
    return parts == 4;
}

/* Host and port apart; an IPv6 address keeps its brackets. */
static bool split(struct str authority, struct str *host, struct str *port) {
    size_t end = str_find_char(authority, ':');
    if (str_starts(authority, STR("["))) {
        end = str_find_char(authority, ']') + 1;
        if (end > authority.n) return false;
    }
    *host = str_sub(authority, 0, end);
    *port = str_sub(authority, end, authority.n);
    return host->n > 0;
}

bool http_base_url_is_valid(struct str url) {
    struct str host, port;
    int64_t number;

    if (scheme_bytes(url) == 0 || !is_plain(url)) return false;
    if (!split(http_url_authority(url), &host, &port)) return false;
    if (port.n > 0) {
        if (port.p[0] != ':' || port.n < 2 || port.n > 6 || port.p[1] < '0' || port.p[1] > '9') return false;
        if (!str_to_i64(str_sub(port, 1, port.n), &number) || number < 1 || number > 65535) return false;
    }
    return str_starts(url, STR("https://")) || str_eq(host, STR("localhost")) || str_eq(host, STR("[::1]")) ||
           is_ipv4_loopback(host);
}
