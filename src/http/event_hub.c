#include "http/event_hub.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/crypto.h"
#include "db/db.h"
#include "http/event_stream.h"

struct event {
    const char *name;
    char json[EVENT_JSON_MAX + 1];
    size_t json_n;
};

/* What is told seldom. */
enum { SELDOM_MAX = 16 };
struct seldom {
    struct event event; /* name NULL: a free place */
    int64_t key, told_us;
    bool waits;
};

struct event_hub {
    pthread_mutex_t lock;
    pthread_cond_t
        changed; /* monotonic: somebody listens now, something waits to be told, or the hub closes */
    pthread_t heart;
    bool beating, closed;
    uint32_t epoch; /* names this life of the program in event ids */
    uint64_t count; /* of events so far; they are numbered from 1 */
    struct event_stream *streams;
    int stream_count;
    struct event kept[EVENTS_KEPT];
    struct seldom seldom[SELDOM_MAX];
};

/* With the lock held. */
static void wake(struct event_stream *s) {
    if (!s->asleep) return;
    s->asleep = false;
    reply_wake(s->reply);
}

/* With the lock held. */
static void wake_all(struct event_hub *h, bool beat) {
    for (struct event_stream *s = h->streams; s; s = s->next) {
        if (beat) s->beat = true;
        wake(s);
    }
}

/* With the lock held. */
static void tell(struct event_hub *h, const struct event *event) {
    h->kept[h->count++ % EVENTS_KEPT] = *event;
    wake_all(h, false);
}

/* Tells what has waited long enough; when the next one has, or INT64_MAX. With the lock held. */
static int64_t tell_due(struct event_hub *h, int64_t now_us) {
    int64_t next_us = INT64_MAX;
    for (size_t i = 0; i < SELDOM_MAX; i++) {
        struct seldom *s = &h->seldom[i];
        int64_t due_us = s->told_us + EVENT_SELDOM_US;
        if (!s->waits) continue;
        if (due_us <= now_us) {
            s->waits = false;
            s->told_us = now_us;
            tell(h, &s->event);
        } else if (due_us < next_us) {
            next_us = due_us;
        }
    }
    return next_us;
}

static void wait_until(struct event_hub *h, int64_t until_us) {
    const struct timespec deadline = { (time_t)(until_us / SECOND_US), (long)(until_us % SECOND_US) * 1000 };
    if (until_us == INT64_MAX)
        pthread_cond_wait(&h->changed, &h->lock);
    else
        pthread_cond_timedwait(&h->changed, &h->lock, &deadline);
}

/* The thread of the heart: sleeps for good while nobody listens and nothing waits to be told. */
static void *beat(void *arg) {
    struct event_hub *h = arg;
    int64_t beat_us = 0; /* 0: nobody listens */
    pthread_mutex_lock(&h->lock);
    while (!h->closed) {
        int64_t now_us = clock_monotonic_us(), next_us = tell_due(h, now_us);
        if (!h->streams || !beat_us) beat_us = h->streams ? now_us + EVENT_BEAT_US : 0;
        if (beat_us && beat_us <= now_us) {
            wake_all(h, true);
            beat_us = now_us + EVENT_BEAT_US;
        }
        wait_until(h, beat_us && beat_us < next_us ? beat_us : next_us);
    }
    pthread_mutex_unlock(&h->lock);
    return NULL;
}

enum status event_hub_new(struct event_hub **out, struct err *e) {
    struct event_hub *h = calloc(1, sizeof *h);
    pthread_condattr_t attributes;

    if (!h) return fail(e, E_INTERNAL, NULL, "no memory for the events");
    crypto_random(&h->epoch, sizeof h->epoch);
    pthread_mutex_init(&h->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&h->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    h->beating = pthread_create(&h->heart, NULL, beat, h) == 0;
    if (!h->beating) {
        event_hub_free(h);
        return fail(e, E_RETRY, NULL, "the thread of the events cannot be started");
    }
    *out = h;
    return OK;
}

void event_hub_close(struct event_hub *h) {
    if (!h) return;
    pthread_mutex_lock(&h->lock);
    h->closed = true;
    wake_all(h, false);
    pthread_cond_signal(&h->changed);
    pthread_mutex_unlock(&h->lock);
    if (h->beating) pthread_join(h->heart, NULL);
    h->beating = false;
}

void event_hub_free(struct event_hub *h) {
    if (!h) return;
    event_hub_close(h);
    pthread_cond_destroy(&h->changed);
    pthread_mutex_destroy(&h->lock);
    free(h);
}

static struct event event_of(const char *name, struct str json) {
    struct event event = { .name = name, .json_n = json.n };
    if (json.n) memcpy(event.json, json.p, json.n);
    return event;
}

void event_hub_publish(struct event_hub *h, const char *name, struct str json) {
    if (!h || json.n > EVENT_JSON_MAX) return;
    const struct event event = event_of(name, json);
    pthread_mutex_lock(&h->lock);
    tell(h, &event);
    pthread_mutex_unlock(&h->lock);
}

/* Its place, or the one that was told longest ago and does not wait; NULL: all wait. With the lock held. */
static struct seldom *place_of(struct event_hub *h, const char *name, int64_t key) {
    struct seldom *oldest = NULL;
    for (size_t i = 0; i < SELDOM_MAX; i++) {
        struct seldom *s = &h->seldom[i];
        if (s->event.name && s->key == key && strcmp(s->event.name, name) == 0) return s;
        if (!s->waits && (!oldest || s->told_us < oldest->told_us)) oldest = s;
    }
    if (oldest) *oldest = (struct seldom) { .key = key };
    return oldest;
}

void event_hub_publish_seldom(struct event_hub *h, const char *name, int64_t key, struct str json) {
    if (!h || json.n > EVENT_JSON_MAX) return;
    const struct event event = event_of(name, json);
    int64_t now_us = clock_monotonic_us();
    pthread_mutex_lock(&h->lock);
    struct seldom *s = place_of(h, name, key);
    if (s) s->event = event;
    if (!s || (!s->waits && (!s->told_us || s->told_us + EVENT_SELDOM_US <= now_us))) {
        if (s) s->told_us = now_us;
        tell(h, &event);
    } else if (!s->waits) {
        s->waits = true;
        pthread_cond_signal(&h->changed);
    }
    pthread_mutex_unlock(&h->lock);
}

struct after_commit {
    struct event_hub *hub;
    const char *name;
    struct str json;
};

static void publish_now(void *ctx) {
    const struct after_commit *a = ctx;
    event_hub_publish(a->hub, a->name, a->json);
}

enum status event_hub_publish_after_commit(struct event_hub *h, struct db *db, struct arena *arena,
                                           const char *name, struct str json, struct err *e) {
    if (!h) return OK;
    struct after_commit *a = arena_alloc(arena, sizeof *a);
    if (!a) return fail(e, E_LIMIT, NULL, "no memory for an event");
    *a = (struct after_commit) { h, name, json };
    return db_after_commit(db, publish_now, a, e);
}

/* ---- what a stream asks of its hub ---- */

/* "epoch-number" of the last event that the client has; where it goes on. */
static uint64_t number_after(const struct event_hub *h, struct str last_id) {
    char epoch[16];
    int64_t number;
    size_t n = (size_t)snprintf(epoch, sizeof epoch, "%08x-", h->epoch);

    if (last_id.n == 0) return h->count + 1;
    bool ours = str_starts(last_id, (struct str) { epoch, n }) &&
                str_to_i64(str_sub(last_id, n, 20), &number) && number >= 0 && (uint64_t)number <= h->count;
    return ours ? (uint64_t)number + 1 : 0; /* 0 was lost long ago */
}

enum status event_hub_join(struct event_hub *h, struct event_stream *s, struct str last_id, struct err *e) {
    enum status status = OK;

    pthread_mutex_lock(&h->lock);
    if (h->closed || h->stream_count == EVENT_STREAMS_MAX) {
        status = fail(e, E_RETRY, NULL, "no more event streams");
    } else {
        s->number = number_after(h, last_id);
        s->next = h->streams;
        if (s->next) s->next->prev = s;
        h->streams = s;
        h->stream_count++;
        pthread_cond_signal(&h->changed);
    }
    pthread_mutex_unlock(&h->lock);
    return status;
}

void event_hub_leave(struct event_hub *h, struct event_stream *s) {
    pthread_mutex_lock(&h->lock);
    if (s->prev) {
        s->prev->next = s->next;
    } else {
        h->streams = s->next;
    }
    if (s->next) s->next->prev = s->prev;
    h->stream_count--;
    pthread_mutex_unlock(&h->lock);
}

/* Writes what is next for s into its text; with the lock held. False: nothing is. */
static bool write_next(struct event_hub *h, struct event_stream *s) {
    int n = 0;

    if (s->number == 0 || s->number + EVENTS_KEPT <= h->count) {
        s->number = h->count + 1;
        n = snprintf(s->text, sizeof s->text, "id: %08x-%llu\nevent: reset\ndata: {}\n\n", h->epoch,
                     (unsigned long long)h->count);
    } else if (s->number <= h->count) {
        const struct event *event = &h->kept[(s->number - 1) % EVENTS_KEPT];
        n = snprintf(s->text, sizeof s->text, "id: %08x-%llu\nevent: %s\ndata: %.*s\n\n", h->epoch,
                     (unsigned long long)s->number, event->name, (int)event->json_n, event->json);
        s->number++;
    } else if (s->beat) {
        n = snprintf(s->text, sizeof s->text, ":\n\n");
    }
    s->beat = false;
    s->text_n = (size_t)n;
    s->text_at = 0;
    return n > 0;
}

enum event_next event_hub_next(struct event_hub *h, struct event_stream *s) {
    enum event_next next = EVENT_HERE;

    pthread_mutex_lock(&h->lock);
    if (h->closed || clock_monotonic_us() >= s->ends_us) {
        next = EVENT_END;
    } else if (!write_next(h, s)) {
        next = EVENT_NONE;
        s->asleep = true;
        reply_sleep(s->reply); /* under the lock: whoever publishes next finds it asleep */
    }
    pthread_mutex_unlock(&h->lock);
    return next;
}
