#include "documents/document_event.h"

#include "http/event_hub.h"

#include <stdio.h>

static const char name[] = "document";

static struct str write_event(char out[EVENT_JSON_MAX], int64_t id, int64_t patient_id, struct str status,
                              int64_t done, int64_t total) {
    int n =
        snprintf(out, EVENT_JSON_MAX,
                 "{\"id\":%lld,\"patient\":%lld,\"status\":\"%.*s\",\"pages_done\":%lld,\"page_count\":%lld}",
                 (long long)id, (long long)patient_id, STR_ARG(status), (long long)done, (long long)total);
    return (struct str) { out, (size_t)n };
}

void document_event_progress(const struct documents *room, const struct document *d, int pages_done,
                             int page_count) {
    char text[EVENT_JSON_MAX];
    event_hub_publish(room->events, name,
                      write_event(text, d->id, d->patient_id, STR("processing"), pages_done, page_count));
}

enum status document_event_status(const struct documents *room, struct db *db, struct arena *arena,
                                  int64_t id, int64_t patient_id, struct str status, int64_t page_count,
                                  struct err *e) {
    char text[EVENT_JSON_MAX];
    struct str json;

    if (!arena_dup(arena, write_event(text, id, patient_id, status, page_count, page_count), &json))
        return fail(e, E_LIMIT, NULL, "no memory for an event");
    return event_hub_publish_after_commit(room->events, db, arena, name, json, e);
}
