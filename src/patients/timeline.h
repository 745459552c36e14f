#ifndef PATIENTS_TIMELINE_H
#define PATIENTS_TIMELINE_H
/*
 * timeline -- events of several rooms in one order, newest first. Storage is the arena's. Of this room
 * only; others add by part.h.
 */
#include "patients/part.h"

struct timeline {
    struct arena *arena;
    struct timeline_event *events;
    size_t count, capacity;
};

/* Newest first; events of one moment by kind and id, so that the order is always the same. */
void timeline_sort(struct timeline *);

void timeline_event_json(struct json_out *, const struct timeline_event *);

#endif
