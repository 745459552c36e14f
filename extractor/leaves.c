#include "leaves.h"

#include "documents/page_wire.h"

enum { ARENA_BYTES = 64 * 1024 * 1024 };

bool leaves_open(struct leaves *l, struct str bytes) {
    *l = (struct leaves) { .rest = wire_of(bytes), .arena = arena_new(ARENA_BYTES) };
    return l->arena != NULL;
}

void leaves_close(struct leaves *l) {
    arena_free(l->arena);
}

enum extract_code leaves_next(struct leaves *l, bool *end) {
    int before = l->page.number;

    *end = wire_end(&l->rest) && before > 0;
    if (*end) return EXTRACT_OK;
    struct str bytes = wire_bytes(&l->rest, PAGE_WIRE_MAX);
    arena_reset(l->arena);
    if (l->rest.bad || page_wire_read(l->arena, bytes, &l->page, NULL) != OK) return EXTRACT_INTERNAL;
    return l->page.number == before + 1 ? EXTRACT_OK : EXTRACT_INTERNAL;
}
