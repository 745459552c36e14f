#include "search/record_cache.h"

#include <pthread.h>

#include "support/paper.h"
#include "test.h"

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)4 << 20);
    return arena ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct record *a_record(int64_t patient_id, int64_t version) {
    const struct person person = { patient_id, "A", "B", "Iode", "", "" };
    struct record *r = paper_record(&person, NULL, 0);
    r->version = version;
    return r;
}

static struct record_cache *a_cache(size_t max_bytes) {
    struct record_cache *c;
    assert_int_equal(record_cache_new(arena, max_bytes, &c, NULL), OK);
    return c;
}

static void a_record_comes_back_by_patient_and_version(void **state) {
    (void)state;
    struct record_cache *c = a_cache((size_t)8 << 20);
    assert_null(record_cache_get(c, 1, 1));
    const struct record *r = record_cache_put(c, a_record(1, 1));
    assert_ptr_equal(record_cache_get(c, 1, 1), r);
    assert_null(record_cache_get(c, 1, 2));
    assert_null(record_cache_get(c, 2, 1));
    record_cache_release(c, r);
    record_cache_release(c, r);
    assert_ptr_equal(record_cache_get(c, 1, 1), r);
    record_cache_release(c, r);
    record_cache_free(c);
}

static void the_same_record_twice_is_kept_once(void **state) {
    (void)state;
    struct record_cache *c = a_cache((size_t)8 << 20);
    const struct record *one = record_cache_put(c, a_record(1, 1)),
                        *other = record_cache_put(c, a_record(1, 1));
    assert_ptr_equal(one, other);
    record_cache_release(c, one);
    record_cache_release(c, other);
    record_cache_free(c);
}

static void a_new_version_replaces_the_old_one(void **state) {
    (void)state;
    struct record_cache *c = a_cache((size_t)8 << 20);
    const struct record *old = record_cache_put(c, a_record(1, 1));
    const struct record *new = record_cache_put(c, a_record(1, 2));
    assert_null(record_cache_get(c, 1, 1));
    /* Whoever still reads the old one may finish. */
    assert_int_equal(old->version, 1);
    assert_str_equal(old->allergies, STR("Iode"));
    size_t both = record_cache_bytes(c);
    record_cache_release(c, old);
    assert_true(record_cache_bytes(c) < both);
    record_cache_release(c, new);
    record_cache_free(c);
}

static void memory_is_bounded(void **state) {
    (void)state;
    struct record *first = a_record(1, 1);
    size_t one = record_bytes(first);
    struct record_cache *c = a_cache(3 * one + one / 2);
    record_cache_release(c, record_cache_put(c, first));
    for (int64_t id = 2; id <= 20; id++) record_cache_release(c, record_cache_put(c, a_record(id, 1)));
    assert_true(record_cache_bytes(c) <= 3 * one + one / 2);
    assert_null(record_cache_get(c, 1, 1));
    const struct record *last = record_cache_get(c, 20, 1);
    assert_non_null(last);
    record_cache_release(c, last);
    record_cache_free(c);
}

/* More records in use than there are places: the last one lives for its user alone. */
static void records_in_use_are_never_thrown_away(void **state) {
    (void)state;
    const struct record *used[RECORD_CACHE_ENTRIES + 3];
    struct record_cache *c = a_cache(1);
    for (size_t i = 0; i < COUNT_OF(used); i++) used[i] = record_cache_put(c, a_record((int64_t)i + 1, 1));
    for (size_t i = 0; i < COUNT_OF(used); i++) assert_int_equal(used[i]->patient_id, i + 1);
    for (size_t i = 0; i < COUNT_OF(used); i++) record_cache_release(c, used[i]);
    assert_int_equal(record_cache_bytes(c), 0);
    record_cache_free(c);
}

struct worker {
    struct record_cache *cache;
    unsigned seed;
};

static void *work(void *ctx) {
    struct worker *w = ctx;
    unsigned n = w->seed;
    for (int i = 0; i < 400; i++) {
        n = n * 1664525U + 1013904223U;
        int64_t id = (n >> 16) % 5 + 1, version = (n >> 24) % 3 + 1;
        const struct record *r = record_cache_get(w->cache, id, version);
        if (!r) r = record_cache_put(w->cache, a_record(id, version));
        assert_true(r->patient_id == id && r->version == version && r->chunk_count == 1);
        record_cache_release(w->cache, r);
    }
    return NULL;
}

static void threads_share_it(void **state) {
    (void)state;
    struct record_cache *c = a_cache((size_t)256 << 10);
    struct worker workers[4];
    pthread_t threads[4];
    for (unsigned i = 0; i < 4; i++) {
        workers[i] = (struct worker) { c, i + 1 };
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (unsigned i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    record_cache_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_comes_back_by_patient_and_version),
        cmocka_unit_test(the_same_record_twice_is_kept_once),
        cmocka_unit_test(a_new_version_replaces_the_old_one),
        cmocka_unit_test(memory_is_bounded),
        cmocka_unit_test(records_in_use_are_never_thrown_away),
        cmocka_unit_test(threads_share_it),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
