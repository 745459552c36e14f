#include "main/loopback.h"

#include "base/buf.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_MAX_BYTES = 8 * 1024 * 1024, ANSWER_WAIT_S = 120 };

#define ADDRESS_PREFIX "http://127.0.0.1:"
#define BOUNDARY       "medirecord-loopback-2f6c1d"

static enum status open_connection(struct str address, int *fd, struct err *e) {
    struct timeval wait = { .tv_sec = ANSWER_WAIT_S };
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int64_t port;

    if (!str_starts(address, STR(ADDRESS_PREFIX)) ||
        !str_to_i64(str_sub(address, sizeof ADDRESS_PREFIX - 1, address.n), &port) || port < 1 ||
        port > 65535)
        return fail(e, E_INTERNAL, NULL, "not a loopback address");
    to.sin_port = htons((uint16_t)port);
    *fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (*fd < 0) return fail_errno(e, E_INTERNAL, NULL, "cannot make a socket");
    setsockopt(*fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (connect(*fd, (struct sockaddr *)&to, sizeof to) != 0)
        return fail_errno(e, E_RETRY, NULL, "could not connect to our own server");
    return OK;
}

static enum status send_all(int fd, struct str bytes, struct err *e) {
    while (bytes.n > 0) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n < 0) return fail_errno(e, E_RETRY, NULL, "could not send to our own server");
        bytes = str_sub(bytes, (size_t)n, bytes.n);
    }
    return OK;
}

/* Everything until the server closes, as "Connection: close" asks for. */
static enum status receive_all(int fd, struct buf *answer, struct err *e) {
    char piece[16 * 1024];
    ssize_t n;

    while ((n = recv(fd, piece, sizeof piece, 0)) > 0) buf_add(answer, (struct str) { piece, (size_t)n });
    if (n < 0) return fail_errno(e, E_RETRY, NULL, "no answer of our own server");
    return buf_ok(answer) ? OK : fail(e, E_LIMIT, NULL, "an answer of our own server is too large");
}

/* "HTTP/1.1 201 …", head, empty line, body. */
static enum status read_answer(struct str answer, const char *method, const char *path, json_t **out,
                               struct err *e) {
    size_t head = str_find(answer, STR("\r\n\r\n"));
    int64_t http = 0;
    struct str body = str_sub(answer, head + 4, answer.n);

    if (head == answer.n || !str_to_i64(str_sub(answer, 9, 3), &http))
        return fail(e, E_INTERNAL, NULL, "our own server answered something that is not HTTP");
    json_t *parsed = body.n ? json_loadb(body.p, body.n, 0, NULL) : NULL;
    if (http < 200 || http > 299) {
        const char *code = json_string_value(json_object_get(parsed, "code"));
        enum status s =
            fail(e, E_INVALID, NULL, "%s %s answered %d %s", method, path, (int)http, code ? code : "");
        json_decref(parsed);
        return s;
    }
    *out = parsed;
    return OK;
}

static enum status call(const struct loopback *l, const char *method, const char *path, const char *type,
                        struct str body, json_t **out, struct err *e) {
    struct buf request, answer;
    enum status s;
    int fd = -1;

    buf_init(&request, body.n + 2048);
    buf_init(&answer, ANSWER_MAX_BYTES);
    buf_addf(&request,
             "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Token %.*s\r\n",
             method, path, STR_ARG(l->token));
    if (body.n) buf_addf(&request, "Content-Type: %s\r\nContent-Length: %zu\r\n", type, body.n);
    buf_add(&request, STR("\r\n"));
    buf_add(&request, body);
    s = buf_ok(&request) ? open_connection(l->address, &fd, e)
                         : fail(e, E_LIMIT, NULL, "no memory for a request");
    if (s == OK) s = send_all(fd, buf_str(&request), e);
    if (s == OK) s = receive_all(fd, &answer, e);
    if (s == OK) s = read_answer(buf_str(&answer), method, path, out, e);
    if (fd >= 0) close(fd);
    buf_done(&request);
    buf_done(&answer);
    return s;
}

enum status loopback_json(const struct loopback *l, const char *method, const char *path, const json_t *body,
                          json_t **out, struct err *e) {
    char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    enum status s;

    if (body && !text) return fail(e, E_INTERNAL, NULL, "no memory for a body");
    s = call(l, method, path, "application/json", str_from_c(text), out, e);
    free(text);
    return s;
}

enum status loopback_upload(const struct loopback *l, int64_t patient_id, struct str file_name,
                            struct str bytes, json_t **out, struct err *e) {
    struct buf form;
    enum status s;

    buf_init(&form, bytes.n + 2048);
    buf_addf(&form,
             "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"patient_id\"\r\n\r\n%lld\r\n"
             "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%.*s\"\r\n\r\n",
             (long long)patient_id, STR_ARG(file_name));
    buf_add(&form, bytes);
    buf_add(&form, STR("\r\n--" BOUNDARY "--\r\n"));
    s = buf_ok(&form) ? call(l, "POST", "/api/documents/", "multipart/form-data; boundary=" BOUNDARY,
                             buf_str(&form), out, e)
                      : fail(e, E_LIMIT, NULL, "no memory for a document");
    buf_done(&form);
    return s;
}
