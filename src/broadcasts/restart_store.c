/*
 * restart_store -- what a starting server goes on with. The jobs are there already, unless their rows were lost; adding one again adds nothing.
 */
#include "broadcasts/fill.h"
#include "db/db.h"
#include "queries.h"

enum { UNFINISHED_MAX = 1000 };

struct unfinished {
    struct broadcast items[UNFINISHED_MAX];
    size_t count;
};

static enum status take(void *ctx, const struct db_val *col, struct err *e) {
    struct unfinished *all = ctx;
    struct broadcast *b = &all->items[all->count];
    if (all->count == UNFINISHED_MAX) return OK;
    *b = (struct broadcast) { .id = col[0].i, .scheduled_at_us = col[2].i, .version = col[3].i };
    if (!broadcast_status_from_name(col[1].s, &b->status))
        return fail(e, E_INTERNAL, NULL, "broadcast %lld has an unknown status", (long long)b->id);
    all->count++;
    return OK;
}

enum status broadcasts_start_jobs(struct broadcasts *room, struct db *db, struct arena *arena, int64_t now_us,
                                  struct err *e) {
    struct unfinished *all = arena_alloc(arena, sizeof *all);
    enum status s;

    if (!all) return fail(e, E_LIMIT, NULL, "no memory for the broadcasts that go on");
    s = db_run(db, &q_broadcast_unfinished, NULL, take, all, NULL, e);
    for (size_t i = 0; i < all->count && s == OK; i++) {
        const struct broadcast *b = &all->items[i];
        s = b->status == BROADCAST_SCHEDULED ? fill_add_start_job(room, db, arena, b, now_us, e)
                                             : fill_add_job(room, db, arena, b->id, 0, now_us, e);
    }
    return s;
}
