/*
 * freeze_store -- one step of the list. See fill.h.
 */
#include "broadcasts/broadcast_event.h"
#include "broadcasts/fill.h"
#include "db/db.h"
#include "queries.h"

static enum status write_step(struct db *db, struct arena *arena, const struct target_needs *needs,
                              int64_t broadcast_id, int64_t now_us, struct err *e) {
    const struct db_val range[] = { db_int(broadcast_id), db_int(needs->from_id), db_int(needs->to_id) };
    struct db_val in[TARGET_PARAMS + 2];
    int64_t added = 0;
    enum status s = target_bind(arena, needs, in, e);

    in[TARGET_PARAMS] = db_int(broadcast_id);
    in[TARGET_PARAMS + 1] = db_int(now_us);
    if (s == OK) s = db_run(db, &q_broadcast_freeze, in, NULL, NULL, &added, e);
    if (s != OK || !added) return s;
    s = db_run(db, &q_broadcast_freeze_same_number, range, NULL, NULL, NULL, e);
    return s == OK ? db_run(db, &q_broadcast_freeze_count, range, NULL, NULL, NULL, e) : s;
}

static enum status end_of_step(struct db *db, const struct broadcast *b, int64_t *to, struct err *e) {
    const struct db_val in[] = { db_int(b->frozen_id), db_int(b->frozen_to_id), db_int(FREEZE_STEP) };
    return db_get_i64(db, &q_broadcast_freeze_end, in, to, e);
}

enum status freeze_step(struct db *db, struct arena *arena, const struct broadcasts *room,
                        struct broadcast *b, int64_t now_us, struct err *e) {
    struct target target;
    int64_t changed = 0;
    enum status s = target_parse(arena, b->target, &target, e);
    struct target_needs needs = broadcast_target_needs(room, b, &target, b->started_at_us);

    needs.from_id = b->frozen_id;
    if (s == OK) s = end_of_step(db, b, &needs.to_id, e);
    if (s == OK && needs.to_id > needs.from_id) s = write_step(db, arena, &needs, b->id, now_us, e);
    if (s != OK) return s;
    bool whole = needs.to_id >= b->frozen_to_id;
    const struct db_val in[] = { db_int(b->id), db_int(b->frozen_id), db_int(needs.to_id),
                                 whole ? db_int(now_us) : db_null() };
    if ((s = db_run(db, &q_broadcast_frozen, in, NULL, NULL, &changed, e)) != OK) return s;
    if (!changed)
        return fail(e, E_CONFLICT, NULL, "another makes the list of broadcast %lld", (long long)b->id);
    b->frozen_id = needs.to_id;
    b->frozen_at_us = whole ? now_us : 0;
    if (whole && (s = recipient_finish(db, b->id, now_us, e)) != OK) return s;
    return broadcast_event(room, db, b->id, e);
}
