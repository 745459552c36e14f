#include "channels/simulator_media.h"

#include <pthread.h>

enum { PLACES = 4, OWN_BYTES_MAX = 4096 };

struct medium {
    char ref[SIM_MEDIA_REF_BYTES]; /* empty: a free place */
    struct buf bytes;
};

struct simulator_media {
    struct arena *arena; /* owns this */
    pthread_mutex_t lock;
    struct medium places[PLACES];
    size_t next; /* where the next one goes: the oldest */
};

enum status simulator_media_new(struct simulator_media **out, struct err *e) {
    struct arena *arena = arena_new(OWN_BYTES_MAX);
    struct simulator_media *m = arena ? arena_alloc(arena, sizeof *m) : NULL;

    if (!m || pthread_mutex_init(&m->lock, NULL) != 0) {
        arena_free(arena);
        return fail(e, E_LIMIT, NULL, "no memory for simulated media");
    }
    m->arena = arena;
    for (size_t i = 0; i < PLACES; i++) buf_init(&m->places[i].bytes, SIM_MEDIA_BYTES_MAX);
    *out = m;
    return OK;
}

void simulator_media_free(struct simulator_media *m) {
    if (!m) return;
    for (size_t i = 0; i < PLACES; i++) buf_done(&m->places[i].bytes);
    pthread_mutex_destroy(&m->lock);
    arena_free(m->arena);
}

static void empty(struct medium *medium) {
    buf_done(&medium->bytes);
    buf_init(&medium->bytes, SIM_MEDIA_BYTES_MAX);
    medium->ref[0] = '\0';
}

void simulator_media_put(struct simulator_media *m, struct buf *bytes, char ref[SIM_MEDIA_REF_BYTES]) {
    crypto_token(ref);
    pthread_mutex_lock(&m->lock);
    struct medium *medium = &m->places[m->next];
    m->next = (m->next + 1) % PLACES;
    empty(medium);
    memcpy(medium->ref, ref, sizeof medium->ref);
    medium->bytes = *bytes;
    pthread_mutex_unlock(&m->lock);
    buf_init(bytes, bytes->max);
}

/* With the lock held. NULL: it is not there (any more). */
static struct medium *find(struct simulator_media *m, struct str ref) {
    for (size_t i = 0; i < PLACES; i++)
        if (ref.n && str_eq(str_from_c(m->places[i].ref), ref)) return &m->places[i];
    return NULL;
}

enum status simulator_media_fetch(struct simulator_media *m, struct arena *arena, struct str ref,
                                  size_t bytes_max, struct str *bytes, struct err *e) {
    enum status s = OK;

    pthread_mutex_lock(&m->lock);
    const struct medium *medium = find(m, ref);
    if (!medium)
        s = fail(e, E_NOT_FOUND, NULL, "no such simulated medium");
    else if (medium->bytes.n > bytes_max)
        s = fail(e, E_LIMIT, NULL, "a simulated medium of %zu bytes", medium->bytes.n);
    else if (!arena_dup(arena, buf_str(&medium->bytes), bytes))
        s = fail(e, E_INTERNAL, NULL, "no memory for a simulated medium");
    pthread_mutex_unlock(&m->lock);
    return s;
}

enum status simulator_media_forget(struct simulator_media *m, struct str ref, struct err *e) {
    pthread_mutex_lock(&m->lock);
    struct medium *medium = find(m, ref);
    if (medium) empty(medium);
    pthread_mutex_unlock(&m->lock);
    return medium ? OK : fail(e, E_NOT_FOUND, NULL, "no such simulated medium");
}
