/*
 * restart_store -- what a starting server goes on with. The jobs are there already, unless their rows were lost; adding one again adds nothing.
 */
#include "broadcasts/fill.h"
#include "db/db.h"
#include "queries.h"

enum { PAGE_ROWS = 100 };

struct unfinished {
    struct broadcast items[PAGE_ROWS];
    size_t count;
};

static enum status take(void *ctx, const struct db_val *col, struct err *e) {
    struct unfinished *page = ctx;
    struct broadcast *b = &page->items[page->count++];
    *b = (struct broadcast) { .id = col[0].i, .scheduled_at_us = col[2].i, .version = col[3].i };
    if (broadcast_status_from_name(col[1].s, &b->status)) return OK;
    return fail(e, E_INTERNAL, NULL, "broadcast %lld has an unknown status", (long long)b->id);
}

static enum status add_job(struct broadcasts *room, struct db *db, struct arena *arena,
                           const struct broadcast *b, int64_t now_us, struct err *e) {
    return b->status == BROADCAST_SCHEDULED ? fill_add_start_job(room, db, arena, b, now_us, e)
                                            : fill_add_job(room, db, arena, b->id, 0, now_us, e);
}

enum status broadcasts_start_jobs(struct broadcasts *room, struct db *db, struct arena *arena, int64_t now_us,
                                  struct err *e) {
    struct unfinished *page = arena_alloc(arena, sizeof *page);
    int64_t after_id = 0;
    enum status s = OK;

    if (!page) return fail(e, E_LIMIT, NULL, "no memory for the broadcasts that go on");
    do {
        const struct db_val args[] = { db_int(after_id), db_int(PAGE_ROWS) };
        page->count = 0;
        s = db_run(db, &q_broadcast_unfinished, args, take, page, NULL, e);
        for (size_t i = 0; i < page->count && s == OK; i++)
            s = add_job(room, db, arena, &page->items[i], now_us, e);
        if (page->count) after_id = page->items[page->count - 1].id;
    } while (s == OK && page->count == PAGE_ROWS);
    return s;
}
