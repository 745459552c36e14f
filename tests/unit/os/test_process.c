#include "test.h"

#include "base/clock.h"
#include "os/file.h"
#include "os/frame.h"
#include "os/process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const no_environment[] = { "PATH=/usr/bin:/bin", "ONLY=this", NULL };

static int64_t later(void) {
    return clock_monotonic_us() + 20 * SECOND_US;
}

static enum status shell(const char *script, const int *fds, size_t fd_count, struct process *p) {
    const char *const argv[] = { "/bin/sh", "-c", script, NULL };
    return process_spawn(argv, no_environment, fds, fd_count, p, NULL);
}

/* What a script wrote to descriptor 3. */
static struct str said(const char *script, char out[4096]) {
    struct process p;
    int pair[2], status = -1;
    size_t got = 0;
    assert_int_equal(socket_pair(false, pair, NULL), OK);
    assert_int_equal(shell(script, &pair[1], 1, &p), OK);
    fd_close(&pair[1]);
    assert_int_equal(fd_read_full(pair[0], out, 4096, &got, NULL), OK);
    assert_int_equal(process_wait(&p, later(), &status, NULL), OK);
    assert_int_equal(status, 0);
    fd_close(&pair[0]);
    return (struct str) { out, got };
}

static void the_exit_code_is_told(void **state) {
    (void)state;
    struct process p;
    int status = 0;
    assert_int_equal(shell("exit 7", NULL, 0, &p), OK);
    assert_int_equal(process_wait(&p, later(), &status, NULL), OK);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
    assert_int_equal(p.pid, 0);
}

static void it_gets_its_descriptors_and_no_others(void **state) {
    (void)state;
    char out[4096];
    int stray = dup2(0, 9); /* without FD_CLOEXEC: inherited unless somebody closes it */
    assert_int_equal(stray, 9);
    assert_str_equal(
        said("for n in 0 1 2 3 4 5 6 7 8 9; do [ -e /proc/$$/fd/$n ] && printf $n >&3; done; true", out),
        STR("0123"));
    close(stray);
}

static void descriptors_are_numbered_as_given(void **state) {
    (void)state;
    int one[2], two[2], status;
    struct process p;
    char byte = 0;
    assert_int_equal(socket_pair(false, one, NULL), OK);
    assert_int_equal(socket_pair(false, two, NULL), OK);
    const int fds[] = { two[1], one[1] };
    assert_int_equal(shell("printf 2 >&3; printf 1 >&4", fds, 2, &p), OK);
    assert_int_equal(process_wait(&p, later(), &status, NULL), OK);
    assert_int_equal(read(one[0], &byte, 1), 1);
    assert_int_equal(byte, '1');
    assert_int_equal(read(two[0], &byte, 1), 1);
    assert_int_equal(byte, '2');
    for (int i = 0; i < 2; i++) {
        fd_close(&one[i]);
        fd_close(&two[i]);
    }
}

static void it_gets_the_environment_that_is_passed(void **state) {
    (void)state;
    char out[4096];
    assert_str_equal(said("printf '%s|%s' \"$ONLY\" \"$HOME\" >&3", out), STR("this|"));
}

static void its_words_go_nowhere(void **state) {
    (void)state;
    char out[4096];
    assert_str_equal(said("readlink /proc/self/fd/0 /proc/self/fd/2 >&3", out),
                     STR("/dev/null\n/dev/null\n"));
}

static void waiting_ends_at_the_deadline(void **state) {
    (void)state;
    struct process p;
    int status;
    assert_int_equal(shell("exec sleep 1000", NULL, 0, &p), OK);
    assert_int_equal(process_wait(&p, clock_monotonic_us() + 20000, &status, NULL), E_RETRY);
    pid_t pid = p.pid;
    process_kill(&p);
    assert_int_equal(p.pid, 0);
    assert_int_equal(kill(pid, 0), -1);
    process_kill(&p);
}

static void a_missing_program_is_said(void **state) {
    (void)state;
    const char *const argv[] = { "/nowhere/medirecord-extract", NULL };
    struct process p;
    assert_int_equal(process_spawn(argv, no_environment, NULL, 0, &p, NULL), E_NOT_FOUND);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_exit_code_is_told),
        cmocka_unit_test(it_gets_its_descriptors_and_no_others),
        cmocka_unit_test(descriptors_are_numbered_as_given),
        cmocka_unit_test(it_gets_the_environment_that_is_passed),
        cmocka_unit_test(its_words_go_nowhere),
        cmocka_unit_test(waiting_ends_at_the_deadline),
        cmocka_unit_test(a_missing_program_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
