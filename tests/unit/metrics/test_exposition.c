#include "test.h"

#include "metrics/exposition.h"

static struct buf out;

static int start(void **state) {
    (void)state;
    buf_init(&out, 1 << 16);
    return 0;
}

static int stop(void **state) {
    (void)state;
    buf_done(&out);
    return 0;
}

static void test_labels_are_escaped(void **state) {
    const struct label labels[] = { { "a", STR("x\"y\\z\nw") }, { "b", STR("") } };
    (void)state;
    exposition_value(&out, "n", labels, 2, 3);
    assert_str_equal(buf_str(&out), STR("n{a=\"x\\\"y\\\\z\\nw\",b=\"\"} 3\n"));
}

static void test_numbers(void **state) {
    (void)state;
    exposition_value(&out, "n", NULL, 0, 0.25);
    exposition_value(&out, "n", NULL, 0, 1795693791);
    exposition_value(&out, "n", NULL, 0, 1e300);
    assert_str_equal(buf_str(&out), STR("n 0.25\nn 1795693791\nn 1e+300\n"));
}

static void test_a_histogram_adds_up(void **state) {
    struct histogram h = { 0 };
    struct histogram_sum sum = { 0 };
    (void)state;
    histogram_add(&h, 1000); /* an end belongs to its step */
    histogram_add(&h, 1001);
    histogram_add(&h, 60000000); /* beyond the last */
    histogram_read(&h, &sum);
    assert_int_equal(histogram_count(&sum), 3);
    exposition_histogram(&out, "t", NULL, 0, &sum);
    struct str text = buf_str(&out);
    assert_true(str_starts(text, STR("t_bucket{le=\"0.001\"} 1\nt_bucket{le=\"0.005\"} 2\n")));
    assert_true(
        str_ends(text, STR("t_bucket{le=\"10\"} 2\nt_bucket{le=\"+Inf\"} 3\nt_sum 60.002001\nt_count 3\n")));
}

static void test_a_family(void **state) {
    (void)state;
    exposition_single(&out, "n", "gauge", "What it is.", 1);
    assert_str_equal(buf_str(&out), STR("# HELP n What it is.\n# TYPE n gauge\nn 1\n"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_labels_are_escaped, start, stop),
        cmocka_unit_test_setup_teardown(test_numbers, start, stop),
        cmocka_unit_test_setup_teardown(test_a_histogram_adds_up, start, stop),
        cmocka_unit_test_setup_teardown(test_a_family, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
