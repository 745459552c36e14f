#include "messaging/message_event.h"

#include <stdio.h>

#include "http/event_hub.h"

#define EVENT_FORMAT "{\"id\":%lld,\"patient\":%lld,\"direction\":\"%s\",\"status\":\"%s\"}"

enum status message_event(const struct messaging *room, struct db *db, struct arena *arena, int64_t id,
                          int64_t patient_id, const char *direction, const char *status, struct err *e) {
    struct str json;

    if (!room->events) return OK;
    if (!arena_printf(arena, &json, EVENT_FORMAT, (long long)id, (long long)patient_id, direction, status))
        return fail(e, E_LIMIT, NULL, "no memory for an event");
    return event_hub_publish_after_commit(room->events, db, arena, "message", json, e);
}

void message_event_now(const struct messaging *room, int64_t id, int64_t patient_id, const char *direction,
                       const char *status) {
    char json[EVENT_JSON_MAX + 1];

    if (!room->events) return;
    int n =
        snprintf(json, sizeof json, EVENT_FORMAT, (long long)id, (long long)patient_id, direction, status);
    if (n > 0 && (size_t)n < sizeof json)
        event_hub_publish(room->events, "message", (struct str) { json, (size_t)n });
}
