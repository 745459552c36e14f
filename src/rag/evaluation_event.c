#include "rag/evaluation_event.h"

#include "http/event_hub.h"
#include "rag/rag_room.h"

enum status evaluation_event(const struct rag *rag, struct db *db, struct arena *arena,
                             const struct evaluation *e, struct err *err) {
    struct str json;
    if (!rag->documents) return OK;
    if (!arena_printf(arena, &json,
                      "{\"id\":%lld,\"state\":\"%.*s\",\"done\":%lld,\"passed\":%lld,\"total\":%lld}",
                      (long long)e->id, STR_ARG(e->state), (long long)e->done, (long long)e->passed,
                      (long long)e->total))
        return fail(err, E_LIMIT, NULL, "no memory for an event");
    return event_hub_publish_after_commit(rag->documents->events, db, arena, "evaluation", json, err);
}
