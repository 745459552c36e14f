#include "messaging/message_event.h"

#include "http/event_hub.h"

enum status message_event(const struct messaging *room, struct db *db, struct arena *arena, int64_t id,
                          int64_t patient_id, const char *direction, const char *status, struct err *e) {
    struct str json;

    if (!room->events) return OK;
    if (!arena_printf(arena, &json, "{\"id\":%lld,\"patient\":%lld,\"direction\":\"%s\",\"status\":\"%s\"}",
                      (long long)id, (long long)patient_id, direction, status))
        return fail(e, E_LIMIT, NULL, "no memory for an event");
    return event_hub_publish_after_commit(room->events, db, arena, "message", json, e);
}
