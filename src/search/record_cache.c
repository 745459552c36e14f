#include "search/record_cache.h"

#include <pthread.h>

struct entry {
    struct record *record; /* NULL: free */
    size_t bytes;
    int users;
    bool stale;       /* another version took its place: goes with its last user */
    uint64_t used_at; /* by the cache's own count */
};

struct record_cache {
    pthread_mutex_t lock; /* guards everything below */
    struct entry entries[RECORD_CACHE_ENTRIES];
    size_t bytes, max_bytes;
    uint64_t count;
};

enum status record_cache_new(struct arena *arena, size_t max_bytes, struct record_cache **out,
                             struct err *err) {
    struct record_cache *c = arena_alloc(arena, sizeof *c);
    if (!c) return fail(err, E_LIMIT, NULL, "no memory for the cache of records");
    c->max_bytes = max_bytes;
    if (pthread_mutex_init(&c->lock, NULL) != 0)
        return fail(err, E_INTERNAL, NULL, "no lock for the cache of records");
    *out = c;
    return OK;
}

static void drop(struct record_cache *c, struct entry *e) {
    c->bytes -= e->bytes;
    record_free(e->record);
    *e = (struct entry) { 0 };
}

void record_cache_free(struct record_cache *c) {
    if (!c) return;
    for (size_t i = 0; i < RECORD_CACHE_ENTRIES; i++)
        if (c->entries[i].record) drop(c, &c->entries[i]);
    pthread_mutex_destroy(&c->lock);
}

static const struct record *use(struct record_cache *c, struct entry *e) {
    e->users++;
    e->used_at = ++c->count;
    return e->record;
}

static struct entry *find(struct record_cache *c, int64_t patient_id, int64_t version) {
    for (size_t i = 0; i < RECORD_CACHE_ENTRIES; i++) {
        struct entry *e = &c->entries[i];
        if (e->record && !e->stale && e->record->patient_id == patient_id && e->record->version == version)
            return e;
    }
    return NULL;
}

const struct record *record_cache_get(struct record_cache *c, int64_t patient_id, int64_t version) {
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, patient_id, version);
    const struct record *r = e ? use(c, e) : NULL;
    pthread_mutex_unlock(&c->lock);
    return r;
}

static struct entry *oldest_unused(struct record_cache *c) {
    struct entry *oldest = NULL;
    for (size_t i = 0; i < RECORD_CACHE_ENTRIES; i++) {
        struct entry *e = &c->entries[i];
        if (e->record && e->users == 0 && (!oldest || e->used_at < oldest->used_at)) oldest = e;
    }
    return oldest;
}

static struct entry *free_entry(struct record_cache *c) {
    for (size_t i = 0; i < RECORD_CACHE_ENTRIES; i++)
        if (!c->entries[i].record) return &c->entries[i];
    return NULL;
}

/* Earlier versions are never asked for again. */
static void mark_stale(struct record_cache *c, int64_t patient_id) {
    for (size_t i = 0; i < RECORD_CACHE_ENTRIES; i++) {
        struct entry *e = &c->entries[i];
        if (!e->record || e->record->patient_id != patient_id) continue;
        e->stale = true;
        if (e->users == 0) drop(c, e);
    }
}

const struct record *record_cache_put(struct record_cache *c, struct record *r) {
    size_t bytes = record_bytes(r);
    pthread_mutex_lock(&c->lock);
    struct entry *e = find(c, r->patient_id, r->version);
    if (e) {
        record_free(r);
    } else {
        mark_stale(c, r->patient_id);
        struct entry *oldest;
        while (c->bytes + bytes > c->max_bytes && (oldest = oldest_unused(c))) drop(c, oldest);
        e = free_entry(c);
        if (!e && (oldest = oldest_unused(c))) {
            drop(c, oldest);
            e = oldest;
        }
        if (e) {
            *e = (struct entry) { .record = r, .bytes = bytes };
            c->bytes += bytes;
        }
    }
    /* Every place is in use: the caller keeps the record for itself, and releasing frees it. */
    const struct record *used = e ? use(c, e) : r;
    pthread_mutex_unlock(&c->lock);
    return used;
}

void record_cache_release(struct record_cache *c, const struct record *r) {
    if (!r) return;
    struct arena *alone = r->arena;
    pthread_mutex_lock(&c->lock);
    for (size_t i = 0; i < RECORD_CACHE_ENTRIES; i++) {
        struct entry *e = &c->entries[i];
        if (e->record != r) continue;
        alone = NULL;
        e->users--;
        if (e->users == 0 && (e->stale || c->bytes > c->max_bytes)) drop(c, e);
        break;
    }
    pthread_mutex_unlock(&c->lock);
    arena_free(alone);
}

size_t record_cache_bytes(struct record_cache *c) {
    pthread_mutex_lock(&c->lock);
    size_t bytes = c->bytes;
    pthread_mutex_unlock(&c->lock);
    return bytes;
}
