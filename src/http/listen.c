#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const struct message listen_bad = {
    "listen_invalid",
    "MEDIRECORD_LISTEN doit être de la forme 127.0.0.1:8000, [::1]:8000 ou unix:/chemin.sock.",
    "MEDIRECORD_LISTEN must look like 127.0.0.1:8000, [::1]:8000 or unix:/path.sock."
};
static const struct message listen_in_use = {
    "listen_in_use",
    "L’adresse {} est déjà utilisée par un autre programme. Arrêtez-le ou changez MEDIRECORD_LISTEN.",
    "The address {} is already used by another program. Stop it, or change MEDIRECORD_LISTEN."
};
static const struct message listen_failed = { "listen_failed", "Impossible d’écouter sur l’adresse {}.",
                                              "Cannot listen on the address {}." };

enum { FIRST_PASSED_FD = 3 };

static enum status refuse(struct err *e, struct str setting, const char *what) {
    bool in_use = errno == EADDRINUSE;
    enum status s =
        fail_errno(e, in_use ? E_CONFLICT : E_INVALID, in_use ? &listen_in_use : &listen_failed, "%s", what);
    err_arg(e, setting);
    return s;
}

/* ---- TCP ---- */

struct endpoint {
    char host[256], port[8];
};

static bool split_endpoint(struct str setting, struct endpoint *out) {
    size_t colon = setting.n;
    while (colon > 0 && setting.p[colon - 1] != ':') colon--;
    if (colon == 0) return false;
    struct str host = str_sub(setting, 0, colon - 1), port = str_sub(setting, colon, setting.n);
    int64_t number;
    if (host.n >= 2 && host.p[0] == '[' && host.p[host.n - 1] == ']') {
        host = str_sub(host, 1, host.n - 2);
    } else if (str_find_char(host, ':') < host.n) {
        return false;
    }
    if (host.n == 0 || host.n >= sizeof out->host || str_find_char(host, '\0') < host.n) return false;
    if (port.n == 0 || port.p[0] < '0' || port.p[0] > '9' || !str_to_i64(port, &number) || number > 65535)
        return false;
    snprintf(out->host, sizeof out->host, "%.*s", STR_ARG(host));
    snprintf(out->port, sizeof out->port, "%d", (int)number);
    return true;
}

static int open_tcp(const struct addrinfo *a) {
    int on = 1, fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    /* A server that restarts must not wait for the last connections of the old one. */
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, SOMAXCONN) == 0) return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

enum status listen_resolve(struct str setting, struct addrinfo **out, struct err *e) {
    const struct addrinfo hints = { .ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM };
    struct endpoint at;

    if (!split_endpoint(setting, &at))
        return fail(e, E_INVALID, &listen_bad, "listen setting cannot be read");
    if (getaddrinfo(at.host, at.port, &hints, out) != 0)
        return fail(e, E_INVALID, &listen_bad, "host of the listen setting is not known");
    return OK;
}

static enum status listen_tcp(struct str setting, struct listeners *l, struct err *e) {
    struct addrinfo *found = NULL;
    enum status s = listen_resolve(setting, &found, e);

    if (s != OK) return s;
    int fd = open_tcp(found);
    freeaddrinfo(found);
    if (fd < 0) return refuse(e, setting, "listen");
    l->fds[l->count++] = fd;
    return OK;
}

/* ---- Unix ---- */

/* A socket file that nobody answers is what a killed server left behind. */
static bool is_abandoned(const struct sockaddr_un *at) {
    struct stat st;
    if (lstat(at->sun_path, &st) != 0 || !S_ISSOCK(st.st_mode)) return false;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return false;
    bool dead = connect(fd, (const struct sockaddr *)at, sizeof *at) != 0 && errno == ECONNREFUSED;
    close(fd);
    return dead;
}

static enum status listen_unix(struct str path, struct str setting, struct listeners *l, struct err *e) {
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    if (path.n == 0 || path.n >= sizeof at.sun_path || str_find_char(path, '\0') < path.n)
        return fail(e, E_INVALID, &listen_bad, "path of the Unix socket");
    memcpy(at.sun_path, path.p, path.n);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return refuse(e, setting, "socket");
    if (is_abandoned(&at)) unlink(at.sun_path);
    if (bind(fd, (const struct sockaddr *)&at, sizeof at) != 0 || chmod(at.sun_path, 0660) != 0 ||
        listen(fd, SOMAXCONN) != 0) {
        enum status s = refuse(e, setting, "listen");
        close(fd);
        return s;
    }
    l->fds[l->count++] = fd;
    memcpy(l->unlink_path, at.sun_path, sizeof l->unlink_path);
    return OK;
}

/* ---- systemd ---- */

static bool env_number(const char *name, int64_t *out) {
    const char *text = getenv(name);
    return text && str_to_i64(str_from_c(text), out);
}

static bool is_ours(void) {
    const char *names = getenv("LISTEN_FDNAMES");
    return names && str_starts(str_from_c(names), STR(HTTP_SOCKETS_NAME));
}

/* The file of a Unix socket that we made before we started again: ours to take away at the end. */
static void take_file_back(struct listeners *l) {
    struct sockaddr_un at = { 0 };
    socklen_t n = sizeof at;
    if (getsockname(l->fds[0], (struct sockaddr *)&at, &n) == 0 && at.sun_family == AF_UNIX)
        memcpy(l->unlink_path, at.sun_path, sizeof l->unlink_path);
}

static enum status take_passed(struct listeners *l, struct err *e) {
    int64_t pid, count;
    if (!env_number("LISTEN_PID", &pid) || !env_number("LISTEN_FDS", &count) || pid != getpid()) return OK;
    if (count < 1 || count > LISTENERS_MAX)
        return fail(e, E_INVALID, &listen_bad, "LISTEN_FDS is out of range");
    for (int fd = FIRST_PASSED_FD; fd < FIRST_PASSED_FD + (int)count; fd++) {
        int listening = 0, flags = fcntl(fd, F_GETFL);
        socklen_t n = sizeof listening;
        if (flags < 0 || getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &n) != 0 || !listening)
            return fail_errno(e, E_INVALID, &listen_bad, "passed descriptor %d does not listen", fd);
        fcntl(fd, F_SETFL, flags | O_NONBLOCK);
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        l->fds[l->count++] = fd;
    }
    l->passed = !is_ours();
    if (!l->passed) take_file_back(l);
    return OK;
}

bool http_sockets_are_passed(void) {
    int64_t pid;
    return env_number("LISTEN_PID", &pid) && pid == getpid() && !is_ours();
}

/* ---- for people ---- */

static void describe(struct listeners *l) {
    struct sockaddr_storage at = { 0 };
    socklen_t n = sizeof at;
    char host[INET6_ADDRSTRLEN] = "";
    if (getsockname(l->fds[0], (struct sockaddr *)&at, &n) != 0) return;
    if (at.ss_family == AF_UNIX) {
        struct sockaddr_un un;
        memcpy(&un, &at, sizeof un);
        snprintf(l->address, sizeof l->address, "unix:%.*s", (int)sizeof un.sun_path, un.sun_path);
    } else if (at.ss_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, &at, sizeof in);
        inet_ntop(AF_INET, &in.sin_addr, host, sizeof host);
        snprintf(l->address, sizeof l->address, "http://%s:%u", host, ntohs(in.sin_port));
    } else if (at.ss_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, &at, sizeof in);
        inet_ntop(AF_INET6, &in.sin6_addr, host, sizeof host);
        snprintf(l->address, sizeof l->address, "http://[%s]:%u", host, ntohs(in.sin6_port));
    }
}

enum status listen_open_own(struct str setting, struct listeners *l, struct err *e) {
    return str_starts(setting, STR("unix:")) ? listen_unix(str_sub(setting, 5, setting.n), setting, l, e)
                                             : listen_tcp(setting, l, e);
}

enum status listen_keep(struct listeners *l, int fds[LISTENERS_MAX], struct err *e) {
    for (int i = 0; i < l->count; i++) {
        fds[i] = fcntl(l->fds[i], F_DUPFD_CLOEXEC, FIRST_PASSED_FD + LISTENERS_MAX);
        if (fds[i] >= 0) continue;
        enum status s = fail_errno(e, E_RETRY, NULL, "a listening socket cannot be kept");
        while (i > 0) close(fds[--i]);
        return s;
    }
    l->passed = true;
    l->unlink_path[0] = '\0';
    return OK;
}

enum status listen_open(struct str setting, struct listeners *l, struct err *e) {
    *l = (struct listeners) { 0 };
    enum status s = take_passed(l, e);
    if (s == OK && l->count == 0) s = listen_open_own(setting, l, e);
    if (s == OK) {
        describe(l);
    } else {
        listen_close(l);
    }
    return s;
}

void listen_close(struct listeners *l) {
    for (int i = 0; i < l->count; i++) close(l->fds[i]);
    l->count = 0;
    if (l->unlink_path[0]) unlink(l->unlink_path);
    l->unlink_path[0] = '\0';
}
