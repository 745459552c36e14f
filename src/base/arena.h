#ifndef BASE_ARENA_H
#define BASE_ARENA_H
/*
 * arena -- memory that lives exactly as long as one request or one job.
 *
 * Everything returned is zeroed, aligned for any type and owned by the arena: never free() it.
 * arena_reset() runs the registered clean-ups in reverse order, wipes the bytes (they may be health
 * data) and keeps the first block, so that a kept connection allocates nothing a request.
 * In sanitizer builds a poisoned gap stands after each object, so that ASan sees overruns.
 *
 * Not thread-safe: one arena, one thread at a time. The limit is in bytes.
 */
#include "base/base.h"

struct arena;

struct arena *arena_new(size_t limit_bytes) MUST_CHECK; /* NULL: out of memory */
void arena_reset(struct arena *);
void arena_free(struct arena *); /* NULL is fine */

void *arena_alloc(struct arena *, size_t bytes) MUST_CHECK;              /* NULL: limit or no memory */
void *arena_array(struct arena *, size_t count, size_t size) MUST_CHECK; /* NULL also on overflow    */

/* Copies; *out keeps its value on failure. The copy is followed by a NUL, for C libraries. */
bool arena_dup(struct arena *, struct str in, struct str *out) MUST_CHECK;

/* A NUL-terminated copy; NULL on a NUL byte inside, the limit or no memory. */
char *arena_cstr(struct arena *, struct str in) MUST_CHECK;

/* printf into the arena; out.p is NUL-terminated. False: limit or no memory. */
bool arena_printf(struct arena *, struct str *out, const char *fmt, ...) PRINTF(3, 4) MUST_CHECK;

/* Runs fn(obj) at reset or free: for a handle that must die with the request. */
bool arena_defer(struct arena *, void (*fn)(void *), void *obj) MUST_CHECK;

/* Bytes handed out since the last reset, for tests and metrics. */
size_t arena_used_bytes(const struct arena *);

#endif
