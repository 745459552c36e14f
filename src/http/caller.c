#include "http/caller.h"

#include <arpa/inet.h>
#include <stdio.h>

#include "http/connection.h"

/* An id of the client is repeated and logged, so it must look like one: never a bare number, which could be somebody's telephone. */
static bool is_request_id(struct str s) {
    bool letter = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_letter = is_ascii_letter(c);
        if (!is_letter && !is_digit(c) && c != '-' && c != '_' && c != '.') return false;
        letter = letter || is_letter;
    }
    return letter && s.n >= REQUEST_ID_MIN && s.n <= REQUEST_ID_MAX;
}

void caller_name_request(struct exchange *ex, uint64_t id) {
    struct str theirs = head_get(&ex->head, STR("x-request-id"));
    if (is_request_id(theirs)) {
        memcpy(ex->request_id, theirs.p, theirs.n);
    } else {
        snprintf(ex->request_id, sizeof ex->request_id, "%016llx", (unsigned long long)id);
    }
}

void caller_name_client(struct exchange *ex) {
    const struct connection *c = ex->connection;
    snprintf(ex->remote_addr, sizeof ex->remote_addr, "%s", c->address);
    if (!c->trusted) return;
    struct str list = head_get(&ex->head, STR("x-forwarded-for"));
    size_t from = list.n;
    while (from > 0 && list.p[from - 1] != ',') from--;
    struct str last = str_trim(str_sub(list, from, list.n));
    unsigned char parsed[sizeof(struct in6_addr)];
    char text[INET6_ADDRSTRLEN] = "";
    if (last.n == 0 || last.n >= sizeof text || str_find_char(last, '\0') < last.n) return;
    memcpy(text, last.p, last.n);
    if (inet_pton(AF_INET, text, parsed) == 1 || inet_pton(AF_INET6, text, parsed) == 1)
        snprintf(ex->remote_addr, sizeof ex->remote_addr, "%s", text);
}
