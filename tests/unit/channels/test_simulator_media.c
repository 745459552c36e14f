#include "test.h"

#include "channels/simulator_media.h"

enum { ARENA_MAX = 64 << 20, MORE_THAN_PLACES = 6 };

static int open_media(void **state) {
    struct simulator_media *m;
    assert_int_equal(simulator_media_new(&m, NULL), OK);
    *state = m;
    return 0;
}

static int close_media(void **state) {
    simulator_media_free(*state);
    return 0;
}

static void put(struct simulator_media *m, struct str words, char ref[SIM_MEDIA_REF_BYTES]) {
    struct buf bytes;
    buf_init(&bytes, SIM_MEDIA_BYTES_MAX);
    buf_add(&bytes, words);
    simulator_media_put(m, &bytes, ref);
    assert_int_equal(bytes.n, 0); /* given away */
    buf_done(&bytes);
}

static enum status fetch(struct simulator_media *m, const char *ref, size_t max, struct str expected) {
    struct arena *arena = arena_new(ARENA_MAX);
    struct str bytes = STR("");
    enum status s = simulator_media_fetch(m, arena, str_from_c(ref), max, &bytes, NULL);
    if (s == OK) assert_str_equal(bytes, expected);
    arena_free(arena);
    return s;
}

static void what_was_sent_is_there_until_it_is_forgotten(void **state) {
    char first[SIM_MEDIA_REF_BYTES], second[SIM_MEDIA_REF_BYTES];
    put(*state, STR("a photo"), first);
    put(*state, STR("another"), second);
    assert_int_equal(fetch(*state, first, 7, STR("a photo")), OK);
    assert_int_equal(fetch(*state, first, 7, STR("a photo")), OK); /* a job that runs again */
    assert_int_equal(fetch(*state, first, 6, STR("")), E_LIMIT);
    assert_int_equal(simulator_media_forget(*state, str_from_c(first), NULL), OK);
    assert_int_equal(simulator_media_forget(*state, str_from_c(first), NULL), E_NOT_FOUND);
    assert_int_equal(fetch(*state, first, 7, STR("")), E_NOT_FOUND);
    assert_int_equal(fetch(*state, second, 7, STR("another")), OK);
}

static void the_oldest_makes_room(void **state) {
    char refs[MORE_THAN_PLACES][SIM_MEDIA_REF_BYTES];
    for (int i = 0; i < MORE_THAN_PLACES; i++) put(*state, STR("words"), refs[i]);
    assert_int_equal(fetch(*state, refs[0], 5, STR("")), E_NOT_FOUND);
    assert_int_equal(fetch(*state, refs[MORE_THAN_PLACES - 1], 5, STR("words")), OK);
}

static void no_name_is_no_medium(void **state) {
    assert_int_equal(fetch(*state, "", 5, STR("")), E_NOT_FOUND);
    assert_int_equal(simulator_media_forget(*state, STR(""), NULL), E_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_media, close_media)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_was_sent_is_there_until_it_is_forgotten),
        TEST(the_oldest_makes_room),
        TEST(no_name_is_no_medium),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
