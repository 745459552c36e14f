#include "test.h"

#include <stdlib.h>
#include <zlib.h>

#include "http/gzip.h"

static void assert_round_trip(struct gzip *g, struct str in) {
    struct buf out;
    buf_init(&out, 1024 * 1024);
    assert_true(gzip_write(g, in, &out));
    assert_true(out.n < in.n);
    unsigned char *back = malloc(in.n + 1);
    z_stream z = { .next_in = (unsigned char *)out.p,
                   .avail_in = (unsigned)out.n,
                   .next_out = back,
                   .avail_out = (unsigned)in.n + 1 };
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, in.n);
    assert_memory_equal(back, in.p, in.n);
    inflateEnd(&z);
    free(back);
    buf_done(&out);
}

static void one_compressor_serves_many_answers(void **state) {
    (void)state;
    struct gzip *g = gzip_new();
    char *text = malloc(100000);
    for (size_t i = 0; i < 100000; i++) text[i] = (char)("{\"count\":1234567890}"[i * i % 20]);
    assert_round_trip(g, (struct str) { text, 100000 });
    assert_round_trip(g, (struct str) { text, 2000 });
    assert_round_trip(g, (struct str) { text, 50000 });
    free(text);
    gzip_free(g);
}

static void what_does_not_shrink_is_left_alone(void **state) {
    (void)state;
    struct gzip *g = gzip_new();
    struct buf out;
    char noise[5000];
    uint32_t x = 1;
    for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)((x = x * 1664525 + 1013904223) >> 24);
    buf_init(&out, 1024 * 1024);
    assert_false(gzip_write(g, (struct str) { noise, sizeof noise }, &out));
    assert_int_equal(out.n, 0);
    assert_false(gzip_write(g, STR("{}"), &out));
    assert_int_equal(out.n, 0);
    buf_done(&out);
    gzip_free(g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_compressor_serves_many_answers),
        cmocka_unit_test(what_does_not_shrink_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
