#include "http/page.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static enum status parse(struct request *rq, const char *query, struct page_request *out) {
    struct err e = { 0 };
    rq->query = str_from_c(query);
    enum status s = page_request_parse(rq, out, &e);
    if (s != OK) assert_string_equal(e.message->code, "invalid_page");
    return s;
}

static void reads_page_and_size(void **state) {
    struct request *rq = *state;
    struct page_request p;
    assert_int_equal(parse(rq, "", &p), OK);
    assert_int_equal(p.page, 1);
    assert_int_equal(p.size, PAGE_SIZE_DEFAULT);
    assert_int_equal(p.offset, 0);
    assert_int_equal(parse(rq, "page=3&page_size=10", &p), OK);
    assert_int_equal(p.offset, 20);
    assert_int_equal(parse(rq, "page_size=100", &p), OK);
    assert_int_equal(p.size, 100);
    assert_int_equal(parse(rq, "page_size=101", &p), OK);
    assert_int_equal(p.size, 100);
    assert_int_equal(parse(rq, "page_size=0", &p), OK);
    assert_int_equal(p.size, PAGE_SIZE_DEFAULT);
    assert_int_equal(parse(rq, "page_size=x", &p), OK);
    assert_int_equal(parse(rq, "page=0", &p), E_NOT_FOUND);
    assert_int_equal(parse(rq, "page=-1", &p), E_NOT_FOUND);
    assert_int_equal(parse(rq, "page=two", &p), E_NOT_FOUND);
    assert_int_equal(parse(rq, "page=9223372036854775807&page_size=100", &p), E_NOT_FOUND);
}

static void begin(struct request *rq, const char *query, int64_t count, const char *wanted) {
    struct page_request p;
    struct buf buf;
    struct err e = { 0 };
    assert_int_equal(parse(rq, query, &p), OK);
    buf_init(&buf, 4096);
    struct json_out out = json_out_to(&buf);
    enum status s = page_begin(rq, &p, count, &out, &e);
    if (wanted) {
        assert_int_equal(s, OK);
        page_end(&out);
        assert_int_equal(buf.n, strlen(wanted));
        assert_memory_equal(buf.p, wanted, buf.n);
    } else {
        assert_int_equal(s, E_NOT_FOUND);
        assert_int_equal(buf.n, 0);
    }
    buf_done(&buf);
}

static void links_to_its_neighbours(void **state) {
    struct request *rq = *state;
    rq->path = STR("/api/x/");
    begin(rq, "", 0, "{\"count\":0,\"next\":null,\"previous\":null,\"results\":[]}");
    begin(rq, "", 25, "{\"count\":25,\"next\":null,\"previous\":null,\"results\":[]}");
    begin(rq, "a=%20b", 26,
          "{\"count\":26,\"next\":\"/api/x/?a=%20b&page=2\",\"previous\":null,\"results\":[]}");
    begin(rq, "page=2&page_size=10&s=z", 30,
          "{\"count\":30,\"next\":\"/api/x/?page_size=10&s=z&page=3\","
          "\"previous\":\"/api/x/?page_size=10&s=z\",\"results\":[]}");
    begin(rq, "page=3&page_size=10", 30,
          "{\"count\":30,\"next\":null,\"previous\":\"/api/x/?page_size=10&page=2\",\"results\":[]}");
    begin(rq, "page=4&page_size=10", 30, NULL);
    begin(rq, "page=2", 0, NULL);
}

static int make(void **state) {
    struct request *rq = calloc(1, sizeof *rq);
    rq->arena = arena_new(65536);
    *state = rq;
    return 0;
}

static int drop(void **state) {
    struct request *rq = *state;
    arena_free(rq->arena);
    free(rq);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_page_and_size, make, drop),
        cmocka_unit_test_setup_teardown(links_to_its_neighbours, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
