#include "test.h"

#include "base/log.h"

#include <errno.h>
#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static char path[64];
static char text[1 << 20];

static int start(void **state) {
    (void)state;
    snprintf(path, sizeof path, "/tmp/medirecord-log-XXXXXX");
    int fd = mkstemp(path);
    if (fd >= 0) close(fd);
    return fd >= 0 ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    log_close();
    return unlink(path);
}

static void open_log(enum log_level level, bool json) {
    assert_int_equal(log_open(&(struct log_options) { level, path, json }, NULL), OK);
}

static const char *written(void) {
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    return text;
}

static void writes_text_lines(void **state) {
    (void)state;
    open_log(LOG_INFO, false);
    log_fields(LOG_INFO, "started", LOG_INT("port", 8000), LOG_TEXT("name", "two words\n"),
               LOG_TEXT("kind", "plain"));
    log_event(LOG_DEBUG, "hidden", NULL, 0);
    log_event(LOG_ERROR, "bare", NULL, 0);
    const char *lines = written();
    assert_non_null(strstr(lines, "Z info  started port=8000 name=\"two words\\n\" kind=plain\n"));
    assert_non_null(strstr(lines, "Z error bare\n"));
    assert_null(strstr(lines, "hidden"));
}

static void writes_json_lines(void **state) {
    (void)state;
    struct err e = { 0 };
    static const struct message m = { "disk_full", "fr", "en" };
    errno = ENOSPC;
    (void)fail_errno(&e, E_RETRY, &m, "write of page %d", 3);
    open_log(LOG_DEBUG, true);
    log_failure(LOG_WARN, "job_failed", E_RETRY, &e, (const struct log_field[]) { LOG_INT("job", 5) }, 1);
    json_t *line = json_loads(written(), 0, NULL);
    assert_non_null(line);
    assert_string_equal(json_string_value(json_object_get(line, "event")), "job_failed");
    assert_string_equal(json_string_value(json_object_get(line, "level")), "warn");
    assert_int_equal(json_integer_value(json_object_get(line, "job")), 5);
    assert_string_equal(json_string_value(json_object_get(line, "status")), "E_RETRY");
    assert_string_equal(json_string_value(json_object_get(line, "code")), "disk_full");
    assert_string_equal(json_string_value(json_object_get(line, "detail")), "write of page 3");
    assert_string_equal(json_string_value(json_object_get(line, "errno")), "ENOSPC");
    json_decref(line);
}

static void *write_many(void *arg) {
    for (int i = 0; i < 500; i++) log_fields(LOG_INFO, "tick", LOG_TEXT("thread", arg), LOG_INT("i", i));
    return NULL;
}

static void lines_of_threads_stay_whole(void **state) {
    (void)state;
    char thread_names[4][2] = { "a", "b", "c", "d" };
    pthread_t threads[4];
    int lines = 0;
    open_log(LOG_INFO, true);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_many, thread_names[i]), 0);
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    written();
    char *rest = text;
    for (char *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n"), lines++) {
        json_t *doc = json_loads(line, 0, NULL);
        assert_non_null(doc);
        json_decref(doc);
    }
    assert_int_equal(lines, 2000);
}

static void says_when_the_file_cannot_be_opened(void **state) {
    (void)state;
    struct err e = { 0 };
    assert_int_equal(log_open(&(struct log_options) { LOG_INFO, "/nonexistent/x.log", false }, &e),
                     E_INVALID);
    assert_string_equal(e.arg, "/nonexistent/x.log");
    assert_int_equal(e.sys, ENOENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_text_lines, start, stop),
        cmocka_unit_test_setup_teardown(writes_json_lines, start, stop),
        cmocka_unit_test_setup_teardown(lines_of_threads_stay_whole, start, stop),
        cmocka_unit_test_setup_teardown(says_when_the_file_cannot_be_opened, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
