#include "test.h"

#include "patients/timeline.h"

static void events_of_rooms_come_newest_first(void **state) {
    struct timeline t = { .arena = arena_new(1 << 20) };

    (void)state;
    for (int i = 0; i < 100; i++) {
        struct timeline_event event = { (i * 37) % 100, i % 2 ? "message" : "document", i, STR("") };
        assert_int_equal(timeline_add(&t, event, NULL), OK);
    }
    assert_int_equal(timeline_add(&t, (struct timeline_event) { 50, "created", 1, STR("") }, NULL), OK);
    timeline_sort(&t);
    assert_int_equal(t.count, 101);
    for (size_t i = 1; i < t.count; i++) assert_true(t.events[i - 1].time_us >= t.events[i].time_us);
    /* One moment: always in the same order. */
    assert_string_equal(t.events[49].kind, "created");
    arena_free(t.arena);
}

static void an_event_keeps_its_text_when_the_row_is_gone(void **state) {
    struct timeline t = { .arena = arena_new(1 << 20) };
    char row[] = "ma tension ?";

    (void)state;
    assert_int_equal(timeline_add(&t, (struct timeline_event) { 1, "question", 1, str_from_c(row) }, NULL),
                     OK);
    memset(row, '#', sizeof row - 1);
    assert_str_equal(t.events[0].text, STR("ma tension ?"));
    arena_free(t.arena);
}

static void a_full_arena_is_told(void **state) {
    struct timeline t = { .arena = arena_new(2000) };
    enum status s = OK;

    (void)state;
    for (int i = 0; i < 1000 && s == OK; i++)
        s = timeline_add(&t, (struct timeline_event) { i, "x", i, STR("") }, NULL);
    assert_int_equal(s, E_LIMIT);
    arena_free(t.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(events_of_rooms_come_newest_first),
                                        cmocka_unit_test(an_event_keeps_its_text_when_the_row_is_gone),
                                        cmocka_unit_test(a_full_arena_is_told) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
