#include "net/http_client.h"

#include <pthread.h>

#include "net/http_transfer.h"

/*
 * A transfer takes an idle handle, the one that was used last because its connection is the likeliest to be still open, or makes one.
 * libcurl's own sharing of connections between handles is not meant for threads; a handle that travels with its connection is.
 */
enum { IDLE_HANDLES_MAX = 16 };

struct http_client {
    pthread_mutex_t lock;
    CURL *idle[IDLE_HANDLES_MAX];
    size_t idle_count;
};

enum status http_client_new(struct arena *a, struct http_client **out, struct err *e) {
    struct http_client *c = arena_alloc(a, sizeof *c);
    if (!c || pthread_mutex_init(&c->lock, NULL) != 0)
        return fail(e, E_LIMIT, NULL, "no memory for the HTTP client");
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        pthread_mutex_destroy(&c->lock);
        return fail(e, E_INTERNAL, NULL, "libcurl cannot be started");
    }
    *out = c;
    return OK;
}

void http_client_free(struct http_client *c) {
    if (!c) return;
    for (size_t i = 0; i < c->idle_count; i++) curl_easy_cleanup(c->idle[i]);
    c->idle_count = 0;
    pthread_mutex_destroy(&c->lock);
    curl_global_cleanup();
}

static CURL *take_handle(struct http_client *c) {
    CURL *handle = NULL;
    pthread_mutex_lock(&c->lock);
    if (c->idle_count > 0) handle = c->idle[--c->idle_count];
    pthread_mutex_unlock(&c->lock);
    return handle ? handle : curl_easy_init();
}

static void give_handle_back(struct http_client *c, CURL *handle) {
    pthread_mutex_lock(&c->lock);
    bool kept = c->idle_count < IDLE_HANDLES_MAX;
    if (kept) c->idle[c->idle_count++] = handle;
    pthread_mutex_unlock(&c->lock);
    if (!kept) curl_easy_cleanup(handle);
}

enum status http_send(struct http_client *c, struct arena *a, const struct http_send_request *rq,
                      struct http_answer *out, struct err *e) {
    struct http_transfer t;
    CURL *handle = take_handle(c);
    if (!handle) return fail(e, E_LIMIT, NULL, "no memory for a request");
    enum status s = http_transfer_begin(&t, handle, a, rq, e);
    if (s == OK) s = http_transfer_end(&t, curl_easy_perform(handle), out, e);
    give_handle_back(c, handle);
    return s;
}
