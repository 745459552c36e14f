#include "test.h"

#include "os/wire.h"

static void numbers_come_back(void **state) {
    (void)state;
    struct buf b;
    buf_init(&b, 200);
    wire_put_u8(&b, 0xfe);
    wire_put_u16(&b, 0x1234);
    wire_put_u32(&b, 0xdeadbeef);
    wire_put_u64(&b, UINT64_C(0x0102030405060708));
    wire_put_bytes(&b, STR("deux mots"));
    wire_put_short_bytes(&b, STR(""));
    assert_true(buf_ok(&b));
    assert_memory_equal(b.p, "\xfe\x12\x34\xde\xad\xbe\xef\x01\x02\x03\x04\x05\x06\x07\x08\0\0\0\x09", 19);
    struct wire w = wire_of(buf_str(&b));
    assert_int_equal(wire_u8(&w), 0xfe);
    assert_int_equal(wire_u16(&w), 0x1234);
    assert_int_equal(wire_u32(&w), 0xdeadbeef);
    assert_true(wire_u64(&w) == UINT64_C(0x0102030405060708));
    assert_str_equal(wire_bytes(&w, 9), STR("deux mots"));
    assert_str_equal(wire_short_bytes(&w, 0), STR(""));
    assert_true(wire_end(&w));
    buf_done(&b);
}

static void a_short_field_stays_bad(void **state) {
    (void)state;
    struct wire w = wire_of(STR("\x01\x02\x03"));
    assert_int_equal(wire_u32(&w), 0);
    assert_true(w.bad);
    assert_int_equal(wire_u8(&w), 0);
    assert_int_equal(w.left, 3);
    assert_false(wire_end(&w));
}

static void a_length_beyond_the_maximum_or_the_end_is_bad(void **state) {
    (void)state;
    struct wire w = wire_of(STR("\0\0\0\x03"
                                "abc"));
    assert_int_equal(wire_bytes(&w, 2).n, 0);
    assert_true(w.bad);
    w = wire_of(STR("\0\0\0\x04"
                    "abc"));
    assert_int_equal(wire_bytes(&w, 100).n, 0);
    assert_true(w.bad);
    w = wire_of(STR("\xff\xff\xff\xff"));
    assert_int_equal(wire_bytes(&w, SIZE_MAX).n, 0);
    assert_true(w.bad);
}

static void what_is_left_over_is_told(void **state) {
    (void)state;
    struct wire w = wire_of(STR("\x01\x02"));
    assert_int_equal(wire_u8(&w), 1);
    assert_false(wire_end(&w));
    assert_int_equal(wire_u8(&w), 2);
    assert_true(wire_end(&w));
}

static void too_long_for_its_length_fails_the_buffer(void **state) {
    (void)state;
    static char many[70000];
    struct buf b;
    buf_init(&b, 100000);
    wire_put_short_bytes(&b, (struct str) { many, 65535 });
    assert_true(buf_ok(&b));
    buf_clear(&b);
    wire_put_short_bytes(&b, (struct str) { many, 65536 });
    assert_false(buf_ok(&b));
    buf_done(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(a_short_field_stays_bad),
        cmocka_unit_test(a_length_beyond_the_maximum_or_the_end_is_bad),
        cmocka_unit_test(what_is_left_over_is_told),
        cmocka_unit_test(too_long_for_its_length_fails_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
