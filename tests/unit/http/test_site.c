#include "test_site.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/arena.h"
#include "http/upload.h"

#undef fail

static enum status say(struct reply *re, struct str json) {
    buf_add(&re->body, json);
    return OK;
}

static enum status ping(struct request *rq, struct reply *re, struct err *e) {
    (void)rq, (void)e;
    return say(re, STR("{\"status\":\"ok\"}"));
}

static enum status which_thread(struct request *rq, struct reply *re, struct err *e) {
    (void)rq, (void)e;
    buf_addf(&re->body, "%lu", (unsigned long)pthread_self());
    return OK;
}

static enum status echo(struct request *rq, struct reply *re, struct err *e) {
    (void)e;
    return say(re, rq->body);
}

static enum status whoami(struct request *rq, struct reply *re, struct err *e) {
    (void)e;
    struct json_out out = json_out_to(&re->body);
    json_put_object(&out);
    json_put_key(&out, "user");
    json_put_int(&out, rq->who.user_id);
    json_put_key(&out, "address");
    json_put_str(&out, rq->remote_addr);
    json_put_key(&out, "lang");
    json_put_int(&out, rq->lang);
    json_put_key(&out, "q");
    json_put_str(&out, request_query(rq, "q"));
    json_put_key(&out, "arg");
    json_put_str(&out, rq->path_args[0]);
    json_put_object_end(&out);
    return OK;
}

static enum status form(struct request *rq, struct reply *re, struct err *e) {
    (void)e;
    struct json_out out = json_out_to(&re->body);
    json_put_str(&out, request_form(rq, "Body"));
    return OK;
}

static enum status big(struct request *rq, struct reply *re, struct err *e) {
    (void)rq, (void)e;
    struct json_out out = json_out_to(&re->body);
    json_put_array(&out);
    for (int i = 0; i < 20000; i++) json_put_int(&out, i);
    json_put_array_end(&out);
    return OK;
}

static enum status at_gate(struct request *rq, struct reply *re, struct err *e) {
    struct site *site = rq->room;
    (void)e;
    pthread_mutex_lock(&site->lock);
    site->waiting++;
    pthread_cond_broadcast(&site->changed);
    while (!site->open) pthread_cond_wait(&site->changed, &site->lock);
    site->waiting--;
    pthread_mutex_unlock(&site->lock);
    return say(re, STR("{\"waited\":true}"));
}

static const struct message site_broken = { "broken", "Cassé.", "Broken." };

static enum status broken(struct request *rq, struct reply *re, struct err *e) {
    (void)say(re, STR("half an answ"));
    if (reply_header(re, "X-Half", STR("1"), e) != OK) return E_INTERNAL;
    struct str why = request_query(rq, "why");
    if (str_eq(why, STR("busy"))) {
        (void)fail(e, E_RETRY, &site_broken, "busy");
        if (e) e->retry_after_s = 7;
        return E_RETRY;
    }
    return fail(e, E_INTERNAL, &site_broken, "broken on purpose");
}

/* ---- bytes that are not in memory ---- */

struct counter {
    struct site *site;
    int64_t left;
};

static int64_t count_down(void *ctx, char *out, size_t n) {
    struct counter *c = ctx;
    int64_t take = c->left < (int64_t)n ? c->left : (int64_t)n;
    memset(out, 'x', (size_t)take);
    c->left -= take;
    return take;
}

static void count_done(void *ctx) {
    struct counter *c = ctx;
    pthread_mutex_lock(&c->site->lock);
    c->site->streams_done++;
    pthread_cond_broadcast(&c->site->changed);
    pthread_mutex_unlock(&c->site->lock);
    free(c);
}

static enum status stream(struct request *rq, struct reply *re, struct err *e) {
    struct counter *c = malloc(sizeof *c);
    int64_t size = 0;
    bool known = str_to_i64(request_query(rq, "size"), &size);
    *c = (struct counter) { rq->room, 300000 };
    re->type = "application/octet-stream";
    return reply_stream(re, known ? 300000 : -1, count_down, count_done, c, e);
}

static enum status file(struct request *rq, struct reply *re, struct err *e) {
    (void)rq;
    int fd = memfd_create("site", MFD_CLOEXEC);
    static const char text[] = "bytes of a file";
    if (write(fd, text, sizeof text - 1) != (ssize_t)sizeof text - 1)
        return fail(e, E_INTERNAL, NULL, "cannot write");
    re->type = "text/plain";
    return reply_file(re, fd, sizeof text - 1, e);
}

/* ---- uploads ---- */

struct received {
    struct site *site;
    char fields[256];
    size_t fields_n;
    uint64_t bytes, files;
};

static enum status up_open(struct request *rq, void **state, struct err *e) {
    struct received *r = arena_alloc(rq->arena, sizeof *r);
    if (!r) return fail(e, E_LIMIT, NULL, "no room");
    r->site = rq->room;
    *state = r;
    return OK;
}

static enum status up_field(void *state, struct str name, struct str value, struct err *e) {
    struct received *r = state;
    (void)e;
    r->fields_n += (size_t)snprintf(r->fields + r->fields_n, sizeof r->fields - r->fields_n, "%.*s=%.*s;",
                                    STR_ARG(name), STR_ARG(value));
    return OK;
}

static enum status up_begin(void *state, struct str name, struct str filename, struct err *e) {
    struct received *r = state;
    r->files++;
    return up_field(r, name, filename, e);
}

static enum status up_data(void *state, struct str bytes, struct err *e) {
    struct received *r = state;
    (void)e;
    r->bytes += bytes.n;
    return OK;
}

static void up_close(void *state) {
    struct received *r = state;
    pthread_mutex_lock(&r->site->lock);
    r->site->uploads_closed++;
    pthread_cond_broadcast(&r->site->changed);
    pthread_mutex_unlock(&r->site->lock);
}

static const struct upload_sink sink = { .file_max_bytes = SITE_FILE_MAX,
                                         .files_max = 2,
                                         .fields_max = 2,
                                         .field_max_bytes = 20,
                                         .open = up_open,
                                         .field = up_field,
                                         .file_begin = up_begin,
                                         .file_data = up_data,
                                         .close = up_close };

static enum status uploaded(struct request *rq, struct reply *re, struct err *e) {
    const struct received *r = rq->upload->state;
    struct json_out out = json_out_to(&re->body);
    (void)e;
    json_put_object(&out);
    json_put_key(&out, "fields");
    json_put_str(&out, str_from_c(r->fields));
    json_put_key(&out, "files");
    json_put_int(&out, (int64_t)r->files);
    json_put_key(&out, "bytes");
    json_put_int(&out, (int64_t)r->bytes);
    json_put_object_end(&out);
    return OK;
}

/* ---- who ---- */

static enum status authenticate(void *ctx, struct request *rq, struct identity *who, struct err *e) {
    struct str header = request_header(rq, "Authorization");
    (void)ctx;
    if (str_eq(header, STR("Token good"))) {
        *who = (struct identity) { .user_id = 7, .role = ROLE_DOCTOR };
    } else if (header.n > 0) {
        return fail(e, E_DENIED, NULL, "wrong token");
    } else if (str_eq(request_cookie(rq, "sessionid"), STR("s"))) {
        *who = (struct identity) { .user_id = 8, .role = ROLE_ADMIN, .by_cookie = true };
    }
    return OK;
}

static bool csrf_ok(void *ctx, const struct request *rq) {
    (void)ctx;
    return str_eq(request_header(rq, "X-CSRFToken"), STR("c"));
}

static const struct route routes[] = {
    { HTTP_GET, "/ping/", PERM_PUBLIC, RUN_HTTP, 0, ping, "Ping", NULL, NULL, 200, NULL, NULL, false, false },
    { HTTP_GET, "/thread/", PERM_PUBLIC, RUN_HTTP, 0, which_thread, "Thread", NULL, NULL, 200, NULL, NULL,
      false, false },
    { HTTP_POST, "/ping/", PERM_PUBLIC, RUN_WORKER, 0, ping, "Ping", NULL, NULL, 200, NULL, NULL, false,
      false },
    { HTTP_POST, "/echo/", PERM_PUBLIC, RUN_WORKER, SITE_BODY_MAX, echo, "Echo", NULL, NULL, 201, NULL, NULL,
      false, false },
    { HTTP_POST, "/form", PERM_PUBLIC, RUN_HTTP, 1000, form, "Form", NULL, NULL, 200, NULL, NULL, false,
      true },
    { HTTP_GET, "/big/", PERM_PUBLIC, RUN_WORKER, 0, big, "Big", NULL, NULL, 200, NULL, NULL, false, false },
    { HTTP_GET, "/wait/", PERM_PUBLIC, RUN_WORKER, 0, at_gate, "Wait", NULL, NULL, 200, NULL, NULL, false,
      false },
    { HTTP_GET, "/broken/", PERM_PUBLIC, RUN_HTTP, 0, broken, "Break", NULL, NULL, 200, NULL, NULL, false,
      false },
    { HTTP_GET, "/stream/", PERM_PUBLIC, RUN_WORKER, 0, stream, "Stream", NULL, NULL, 200, NULL, NULL, false,
      false },
    { HTTP_GET, "/file/", PERM_PUBLIC, RUN_WORKER, 0, file, "File", NULL, NULL, 200, NULL, NULL, false,
      false },
    { HTTP_POST, "/upload/", PERM_PUBLIC, RUN_WORKER, 0, uploaded, "Upload", NULL, NULL, 201, NULL, &sink,
      false, false },
    { HTTP_GET, "/who/{id}/", PERM_PUBLIC, RUN_HTTP, 0, whoami, "Who", NULL, NULL, 200, NULL, NULL, false,
      false },
    { HTTP_POST, "/who/{id}/", PERM_PUBLIC, RUN_HTTP, 0, whoami, "Who", NULL, NULL, 200, NULL, NULL, false,
      false },
    { HTTP_GET, "/private/", PERM_PATIENT_READ, RUN_HTTP, 0, whoami, "Who", NULL, NULL, 200, NULL, NULL,
      false, false },
    { HTTP_POST, "/private/", PERM_PATIENT_READ, RUN_HTTP, 1000, whoami, "Who", NULL, NULL, 200, NULL, NULL,
      false, false },
    { HTTP_GET, "/admin/", PERM_ADMIN, RUN_HTTP, 0, whoami, "Who", NULL, NULL, 200, NULL, NULL, false,
      false },
    { 0 },
};

void site_start(struct site *site) {
    const struct route_set sets[] = { { routes, site }, { 0 } };
    const struct http_authenticator auth = { .authenticate = authenticate, .csrf_ok = csrf_ok };
    const struct clock clock = clock_system();
    const struct http_options options = {
        .listen = str_from_c(site->listen ? site->listen : "127.0.0.1:0"),
        .public_url = str_from_c(site->public_url ? site->public_url : "http://localhost"),
        .http_threads = site->http_threads ? site->http_threads : 2,
        .request_workers = site->request_workers ? site->request_workers : 2,
        .header_deadline_us = site->header_deadline_us ? site->header_deadline_us : 20 * SECOND_US,
        .body_deadline_us = site->body_deadline_us ? site->body_deadline_us : 20 * SECOND_US,
        .sets = sets,
        .auth = &auth,
        .clock = &clock,
    };
    struct err e = { 0 };
    pthread_mutex_init(&site->lock, NULL);
    pthread_cond_init(&site->changed, NULL);
    enum status s = http_server_start(&options, &site->server, &e);
    if (s != OK) print_message("%s\n", e.detail);
    assert_int_equal(s, OK);
    site->address = http_server_address(site->server);
}

void site_stop(struct site *site, int64_t grace_us) {
    http_server_stop(site->server, grace_us);
    pthread_mutex_destroy(&site->lock);
    pthread_cond_destroy(&site->changed);
}

void site_await_waiting(struct site *site, int n) {
    struct timespec until;
    int result = 0;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 20;
    pthread_mutex_lock(&site->lock);
    while (site->waiting < n && result != ETIMEDOUT)
        result = pthread_cond_timedwait(&site->changed, &site->lock, &until);
    pthread_mutex_unlock(&site->lock);
    assert_int_equal(result, 0);
}

void site_open_gate(struct site *site) {
    pthread_mutex_lock(&site->lock);
    site->open = true;
    pthread_cond_broadcast(&site->changed);
    pthread_mutex_unlock(&site->lock);
}
