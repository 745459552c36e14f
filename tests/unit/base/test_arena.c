#include "test.h"

#include "base/arena.h"

#include <stdalign.h>

static void gives_zeroed_aligned_memory(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20);
    for (size_t n = 0; n < 200; n++) {
        unsigned char *p = arena_alloc(a, n);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        for (size_t i = 0; i < n; i++) assert_int_equal(p[i], 0);
        if (n) memset(p, 0xFF, n);
    }
    arena_reset(a);
    unsigned char *again = arena_alloc(a, 8000);
    assert_non_null(again);
    for (size_t i = 0; i < 8000; i++) assert_int_equal(again[i], 0);
    arena_free(a);
}

static void empty_objects_differ(void **state) {
    (void)state;
    struct arena *a = arena_new(100);
    void *p = arena_alloc(a, 0), *q = arena_alloc(a, 0);
    assert_true(p && q && p != q);
    arena_free(a);
}

static void keeps_to_its_limit(void **state) {
    (void)state;
    struct arena *a = arena_new(100000);
    assert_non_null(arena_alloc(a, 99999));
    assert_int_equal(arena_used_bytes(a), 99999);
    assert_null(arena_alloc(a, 2));
    assert_non_null(arena_alloc(a, 1));
    assert_null(arena_alloc(a, 1));
    assert_null(arena_alloc(a, SIZE_MAX));
    assert_null(arena_array(a, SIZE_MAX / 2, 3));
    arena_reset(a);
    assert_int_equal(arena_used_bytes(a), 0);
    assert_non_null(arena_alloc(a, 100000));
    arena_free(a);
}

static void copies_text(void **state) {
    (void)state;
    struct arena *a = arena_new(1000);
    struct str out = STR("untouched");
    assert_true(arena_dup(a, STR("dose"), &out));
    assert_str_equal(out, STR("dose"));
    assert_int_equal(out.p[4], '\0');
    assert_string_equal(arena_cstr(a, STR("abc")), "abc");
    assert_null(arena_cstr(a, STR("a\0c")));
    assert_true(arena_printf(a, &out, "%s-%d", "x", 5));
    assert_str_equal(out, STR("x-5"));
    char big[2000];
    memset(big, 'x', sizeof big);
    assert_false(arena_dup(a, (struct str) { big, sizeof big }, &out));
    assert_false(arena_printf(a, &out, "%.*s", (int)sizeof big, big));
    assert_str_equal(out, STR("x-5"));
    arena_free(a);
}

struct trace {
    char text[8];
    size_t n;
};
struct mark {
    struct trace *trace;
    char letter;
};

static void leave_mark(void *obj) {
    struct mark *m = obj;
    m->trace->text[m->trace->n++] = m->letter;
}

static void cleans_up_in_reverse_order_once(void **state) {
    (void)state;
    struct trace t = { 0 };
    struct arena *a = arena_new(1 << 20);
    for (char c = 'a'; c <= 'c'; c++) {
        /* The object lives in the arena itself: clean-ups must run before the wipe. */
        struct mark *m = arena_alloc(a, sizeof *m);
        assert_non_null(m);
        *m = (struct mark) { &t, c };
        assert_true(arena_defer(a, leave_mark, m));
        assert_non_null(arena_alloc(a, 20000));
    }
    arena_reset(a);
    assert_string_equal(t.text, "cba");
    arena_reset(a);
    arena_free(a);
    assert_string_equal(t.text, "cba");
    arena_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_aligned_memory),
        cmocka_unit_test(empty_objects_differ),
        cmocka_unit_test(keeps_to_its_limit),
        cmocka_unit_test(copies_text),
        cmocka_unit_test(cleans_up_in_reverse_order_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
