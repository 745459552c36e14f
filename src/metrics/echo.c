#include "metrics/echo.h"

enum { FIRST_ROOM = 256 };

/* Its place, or the free one where it belongs. */
static struct echo_item *place(struct echo_item *items, size_t room, int64_t patient_id) {
    size_t at = (size_t)((uint64_t)patient_id * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (room - 1);
    while (items[at].patient_id && items[at].patient_id != patient_id) at = (at + 1) & (room - 1);
    return &items[at];
}

static enum status grow(struct echo *echo, struct err *e) {
    size_t room = echo->room ? 2 * echo->room : FIRST_ROOM;
    struct echo_item *items = arena_array(echo->arena, room, sizeof *items);
    if (!items) return fail(e, E_LIMIT, NULL, "no memory for %zu recipients", room);
    for (size_t i = 0; i < echo->room; i++)
        if (echo->items[i].patient_id) *place(items, room, echo->items[i].patient_id) = echo->items[i];
    echo->items = items;
    echo->room = room;
    return OK;
}

enum status echo_sent(struct echo *echo, int64_t patient_id, int64_t sent_at_us, size_t bucket,
                      struct err *e) {
    if (patient_id <= 0) return OK;
    if (2 * echo->count >= echo->room) {
        enum status s = grow(echo, e);
        if (s != OK) return s;
    }
    struct echo_item *item = place(echo->items, echo->room, patient_id);
    echo->count += item->patient_id == 0;
    *item = (struct echo_item) { patient_id, sent_at_us, bucket, false };
    return OK;
}

bool echo_heard(struct echo *echo, int64_t patient_id, int64_t at_us, size_t *bucket) {
    if (patient_id <= 0 || echo->count == 0) return false;
    struct echo_item *item = place(echo->items, echo->room, patient_id);
    if (!item->patient_id || item->answered || at_us <= item->sent_at_us ||
        at_us > item->sent_at_us + ECHO_US)
        return false;
    item->answered = true;
    *bucket = item->bucket;
    return true;
}
