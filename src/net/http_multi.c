#include "net/http_multi.h"

#include "net/http_transfer.h"

struct slot {
    struct http_transfer transfer;
    CURL *handle;
    void *tag;
    struct slot *next_free;
};

struct http_multi {
    CURLM *multi;
    struct slot *slots, *free;
    int slot_count;
};

enum status http_multi_new(struct arena *a, int under_way_max, struct http_multi **out, struct err *e) {
    struct http_multi *m = arena_alloc(a, sizeof *m);
    if (m) m->slots = arena_array(a, (size_t)under_way_max, sizeof *m->slots);
    if (!m || !m->slots) return fail(e, E_LIMIT, NULL, "no memory for %d requests", under_way_max);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return fail(e, E_INTERNAL, NULL, "libcurl cannot be started");
    m->multi = curl_multi_init();
    if (!m->multi || curl_multi_setopt(m->multi, CURLMOPT_MAXCONNECTS, (long)under_way_max) != CURLM_OK) {
        http_multi_free(m);
        return fail(e, E_LIMIT, NULL, "no memory for %d requests", under_way_max);
    }
    for (int i = under_way_max; i > 0; i--) {
        m->slots[i - 1].next_free = m->free;
        m->free = &m->slots[i - 1];
    }
    m->slot_count = under_way_max;
    *out = m;
    return OK;
}

void http_multi_free(struct http_multi *m) {
    if (!m) return;
    for (int i = 0; i < m->slot_count; i++) {
        struct slot *s = &m->slots[i];
        if (!s->handle) continue;
        if (s->tag) {
            curl_multi_remove_handle(m->multi, s->handle);
            http_transfer_drop(&s->transfer);
        }
        curl_easy_cleanup(s->handle);
    }
    curl_multi_cleanup(m->multi);
    curl_global_cleanup();
}

static void give_back(struct http_multi *m, struct slot *s) {
    s->tag = NULL;
    s->next_free = m->free;
    m->free = s;
}

enum status http_multi_add(struct http_multi *m, struct arena *a, const struct http_send_request *rq,
                           void *tag, struct err *e) {
    struct slot *s = m->free;
    if (!s) return fail(e, E_LIMIT, NULL, "%d requests are under way", m->slot_count);
    if (!s->handle && !(s->handle = curl_easy_init()))
        return fail(e, E_LIMIT, NULL, "no memory for a request");
    enum status begun = http_transfer_begin(&s->transfer, s->handle, a, rq, e);
    if (begun != OK) return begun;
    if (curl_easy_setopt(s->handle, CURLOPT_PRIVATE, s) != CURLE_OK ||
        curl_multi_add_handle(m->multi, s->handle) != CURLM_OK) {
        http_transfer_drop(&s->transfer);
        return fail(e, E_LIMIT, NULL, "no memory for a request");
    }
    m->free = s->next_free;
    s->tag = tag;
    return OK;
}

static void take_done(struct http_multi *m, const CURLMsg *ended, struct http_done *out) {
    struct slot *s = NULL;
    CURLcode code = ended->data.result;
    *out = (struct http_done) { .status = E_INTERNAL };
    if (curl_easy_getinfo(ended->easy_handle, CURLINFO_PRIVATE, &s) != CURLE_OK || !s) return;
    out->tag = s->tag;
    curl_multi_remove_handle(m->multi, s->handle);
    out->status = http_transfer_end(&s->transfer, code, &out->answer, &out->err);
    give_back(m, s);
}

static size_t collect(struct http_multi *m, struct http_done *out, size_t max) {
    size_t count = 0;
    int left;
    const CURLMsg *ended;
    while (count < max && (ended = curl_multi_info_read(m->multi, &left)))
        if (ended->msg == CURLMSG_DONE) take_done(m, ended, &out[count++]);
    return count;
}

size_t http_multi_wait(struct http_multi *m, int64_t timeout_us, struct http_done *out, size_t max) {
    int running;
    size_t count;

    /* A wait that fails for want of memory answers nothing done: the caller comes again. */
    if (curl_multi_perform(m->multi, &running) != CURLM_OK) return 0;
    if ((count = collect(m, out, max)) > 0 || timeout_us <= 0) return count;
    if (curl_multi_poll(m->multi, NULL, 0, (int)((timeout_us + 999) / 1000), NULL) != CURLM_OK) return 0;
    return curl_multi_perform(m->multi, &running) == CURLM_OK ? collect(m, out, max) : 0;
}

void http_multi_wake(struct http_multi *m) {
    curl_multi_wakeup(m->multi);
}
