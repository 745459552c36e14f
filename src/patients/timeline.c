#include "patients/timeline.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 32 };

enum status timeline_add(struct timeline *t, struct timeline_event event, struct err *e) {
    if (t->count == t->capacity) {
        size_t capacity = t->capacity ? t->capacity * 2 : FIRST_CAPACITY;
        struct timeline_event *events = arena_array(t->arena, capacity, sizeof *events);
        if (!events) return fail(e, E_LIMIT, NULL, "timeline: arena full at %zu events", t->count);
        if (t->count) memcpy(events, t->events, t->count * sizeof *events);
        t->events = events;
        t->capacity = capacity;
    }
    if (!arena_dup(t->arena, event.text, &event.text))
        return fail(e, E_LIMIT, NULL, "timeline: arena full at %zu events", t->count);
    t->events[t->count++] = event;
    return OK;
}

static int newest_first(const void *left, const void *right) {
    const struct timeline_event *a = left, *b = right;
    if (a->time_us != b->time_us) return a->time_us < b->time_us ? 1 : -1;
    /* One moment: by kind and id, so that every page of a list cuts the same order. */
    int kinds = strcmp(a->kind, b->kind);
    return kinds ? kinds : (a->ref < b->ref) - (a->ref > b->ref);
}

void timeline_sort(struct timeline *t) {
    if (t->count > 1) qsort(t->events, t->count, sizeof *t->events, newest_first);
}

void timeline_event_json(struct json_out *json, const struct timeline_event *event) {
    json_put_object(json);
    json_field_time(json, "at", event->time_us);
    json_field_str(json, "kind", str_from_c(event->kind));
    json_field_int(json, "ref", event->ref);
    json_field_str(json, "text", event->text);
    json_put_object_end(json);
}
