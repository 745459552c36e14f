#include "http/listen.h"
#include "http/server.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

/* An address of the Internet of either version and its port, as /proc/net/tcp writes them. */
struct place {
    int family;
    bool every_host; /* "0.0.0.0", "[::]" */
    in_port_t port;
    char text[4 * 8 + 1 + 4 + 1]; /* "0100007F:1F40" */
};

static void place_of(const struct sockaddr *a, struct place *out) {
    uint32_t words[4] = { 0 };
    size_t count = 1, n = 0;
    struct sockaddr_in6 v6;
    struct sockaddr_in v4;
    *out = (struct place) { .family = a->sa_family };
    if (out->family == AF_INET6) {
        memcpy(&v6, a, sizeof v6);
        memcpy(words, &v6.sin6_addr, sizeof words);
        count = COUNT_OF(words);
        out->port = ntohs(v6.sin6_port);
    } else {
        memcpy(&v4, a, sizeof v4);
        words[0] = v4.sin_addr.s_addr;
        out->port = ntohs(v4.sin_port);
    }
    out->every_host = (words[0] | words[1] | words[2] | words[3]) == 0;
    for (size_t i = 0; i < count; i++)
        n += (size_t)snprintf(out->text + n, sizeof out->text - n, "%08X", (unsigned)words[i]);
    snprintf(out->text + n, sizeof out->text - n, ":%04X", (unsigned)out->port);
}

static bool resolve(struct str setting, struct place *out) {
    struct addrinfo *found = NULL;
    if (str_starts(setting, STR("unix:")) || listen_resolve(setting, &found, NULL) != OK) return false;
    place_of(found->ai_addr, out);
    freeaddrinfo(found);
    return true;
}

/* Whether a line of /proc/net/tcp ("0: 0100007F:1F40 00000000:0000 0A …") is of another socket that listens at our port. */
static bool is_other_listener(struct str line, const struct place *ours) {
    static const char listens[] = "0A";
    char port[6];
    struct str field[4] = { 0 };
    for (size_t i = 0; i < COUNT_OF(field); i++) {
        line = str_trim(line);
        size_t n = str_find_char(line, ' ');
        field[i] = str_sub(line, 0, n);
        line = str_sub(line, n, line.n);
    }
    snprintf(port, sizeof port, ":%04X", (unsigned)ours->port);
    return str_eq(field[3], STR(listens)) && str_ends(field[1], str_from_c(port)) &&
           !str_eq(field[1], str_from_c(ours->text));
}

/* Whether a socket of the list that is not ours listens at our port. A list that is there and cannot be read holds any. */
static bool has_other_listener(const char *list, const struct place *ours) {
    char line[512];
    FILE *f = fopen(list, "re");
    bool other = !f && errno != ENOENT; /* a machine without IPv6 has but one list */
    while (!other && fgets(line, sizeof line, f)) other = is_other_listener(str_from_c(line), ours);
    if (f) fclose(f);
    return other;
}

/*
 * Only our own socket is in the way, which listens at this port under a wider or a narrower address ("127.0.0.1:8000" before
 * "0.0.0.0:8000"): it is closed by the time.
 */
static bool is_only_ours(struct str listen, struct str current) {
    struct place wanted, ours;
    if (!resolve(listen, &wanted) || !resolve(current, &ours)) return false;
    if (wanted.port != ours.port || (!wanted.every_host && !ours.every_host)) return false;
    return !has_other_listener("/proc/net/tcp", &ours) && !has_other_listener("/proc/net/tcp6", &ours);
}

enum status http_listen_try(struct str listen, struct str current, struct err *e) {
    struct listeners l = { 0 };
    enum status s = listen_open_own(listen, &l, e);
    listen_close(&l);
    return s == E_CONFLICT && is_only_ours(listen, current) ? OK : s;
}
