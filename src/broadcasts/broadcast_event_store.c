#include "broadcasts/broadcast_event.h"

#include <stdio.h>

#include "db/db.h"
#include "http/event_hub.h"

static void publish(void *ctx) {
    const struct broadcast_news *n = ctx;
    long long id = (long long)__atomic_load_n(&n->id, __ATOMIC_RELAXED);
    char json[48];
    int length = snprintf(json, sizeof json, "{\"id\":%lld}", id);
    event_hub_publish_seldom(n->hub, "broadcast", id, (struct str) { json, (size_t)length });
}

/* A place lives as long as the room: the transaction of a recipient has no memory that outlives it. */
enum status broadcast_event(const struct broadcasts *room, struct db *db, int64_t broadcast_id,
                            struct err *e) {
    if (!room->news) return OK;
    struct broadcast_news *n = &room->news[(uint64_t)broadcast_id % BROADCAST_NEWS];
    __atomic_store_n(&n->id, broadcast_id, __ATOMIC_RELAXED);
    return db_after_commit(db, publish, n, e);
}
