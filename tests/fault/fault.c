#include "fault/fault.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_long left;
static atomic_bool fired;

void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);
char *__real_strndup(const char *, size_t);
void *__wrap_malloc(size_t);
void *__wrap_calloc(size_t, size_t);
void *__wrap_realloc(void *, size_t);
char *__wrap_strndup(const char *, size_t);

void fault_arm(long n) {
    atomic_store(&fired, false);
    atomic_store(&left, n);
}

bool fault_fired(void) {
    return atomic_load(&fired);
}

static bool fails_now(void) {
    if (atomic_load(&left) <= 0 || atomic_fetch_sub(&left, 1) != 1) return false;
    atomic_store(&fired, true);
    errno = ENOMEM;
    return true;
}

void *__wrap_malloc(size_t n) {
    return fails_now() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t count, size_t size) {
    return fails_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *p, size_t n) {
    return fails_now() ? NULL : __real_realloc(p, n);
}

char *__wrap_strndup(const char *s, size_t n) {
    return fails_now() ? NULL : __real_strndup(s, n);
}
