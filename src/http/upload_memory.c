#include "http/upload_memory.h"

#include "http/fields.h"

enum status upload_memory_open(struct request *rq, size_t state_bytes, size_t max_bytes, void **state,
                               struct err *e) {
    struct upload_memory *u = arena_alloc(rq->arena, state_bytes);
    if (!u) return fail(e, E_LIMIT, NULL, "no room for an upload");
    u->arena = rq->arena;
    buf_init(&u->bytes, max_bytes);
    *state = u;
    return OK;
}

enum status upload_memory_begin(void *state, struct str name, struct str filename, struct err *e) {
    struct upload_memory *u = state;
    if (!str_eq(name, STR("file"))) return fail_field(e, name, &field_unknown, STR(""));
    u->came = true;
    return arena_dup(u->arena, filename, &u->name) ? OK : fail(e, E_LIMIT, NULL, "no room for a file's name");
}

enum status upload_memory_data(void *state, struct str bytes, struct err *e) {
    struct upload_memory *u = state;
    buf_add(&u->bytes, bytes);
    return buf_ok(&u->bytes) ? OK : fail(e, E_LIMIT, NULL, "no room for a file");
}

void upload_memory_close(void *state) {
    struct upload_memory *u = state;
    buf_done(&u->bytes);
}
