/*
 * What a reader of documents must not be able to do: each in a process of its own that has closed the real sandbox. The extractor's own
 * rules are tested, and Landlock again without the filter of system calls before it.
 */
#include "test.h"

#include "role.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_ENTERED = 100, DONE = 0 };

/* The wait status of a process that enters the reader's sandbox and does what is not allowed; its result is its exit code. */
static int in_role(void (*make)(struct reader_role *, size_t, unsigned), int (*act)(void)) {
    int status = -1;
    pid_t pid = fork();

    if (pid == 0) {
        struct reader_role role;
        make(&role, (size_t)1 << 30, 10);
        if (sandbox_enter(&role.role, NULL) != OK) syscall(SYS_exit_group, NOT_ENTERED);
        syscall(SYS_exit_group, act());
    }
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static int in_sandbox(int (*act)(void)) {
    return in_role(role_reader, act);
}

static void assert_killed(int (*act)(void)) {
    int status = in_sandbox(act);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
        fail_msg("not killed: %s %d", WIFSIGNALED(status) ? "signal" : "exit code",
                 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

/* The process goes on, without having got what it asked for. */
static void assert_refused(int (*act)(void), int want_errno) {
    int status = in_sandbox(act);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), want_errno);
}

static int errno_if_failed(long result) {
    return result < 0 ? errno : DONE;
}

static int act_nothing(void) {
    return 42;
}
static int act_open_read(void) {
    return errno_if_failed(openat(AT_FDCWD, "/etc/passwd", O_RDONLY));
}
static int act_open_write(void) {
    return errno_if_failed(openat(AT_FDCWD, "/tmp/medirecord-escaped", O_WRONLY | O_CREAT, 0600));
}
static int act_open_by_handle(void) {
    return errno_if_failed(syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", NULL, 0));
}
static int act_stat(void) {
    struct stat st;
    return errno_if_failed(stat("/etc/passwd", &st));
}
static int act_socket(void) {
    return errno_if_failed(socket(AF_INET, SOCK_STREAM, 0));
}
static int act_connect(void) {
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(80) };
    return errno_if_failed(connect(3, (struct sockaddr *)&to, sizeof to));
}
static int act_fork(void) {
    return errno_if_failed(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}
static int act_fork_by_libc(void) {
    return errno_if_failed(fork());
}
static int act_exec(void) {
    char *const argv[] = { NULL };
    return errno_if_failed(execve("/bin/true", argv, argv));
}
static int act_execveat(void) {
    return errno_if_failed(syscall(SYS_execveat, 3, "", NULL, NULL, AT_EMPTY_PATH));
}
static int act_kill_parent(void) {
    return errno_if_failed(kill(getpid() - 1, SIGTERM));
}
static int act_signal_parent_thread(void) {
    return errno_if_failed(syscall(SYS_tgkill, getpid() - 1, getpid() - 1, SIGTERM));
}
static int act_ptrace(void) {
    return errno_if_failed(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}
static int act_read_other_memory(void) {
    char byte;
    struct iovec here = { &byte, 1 }, there = { (void *)(uintptr_t)act_nothing, 1 };
    return errno_if_failed(process_vm_readv(getpid() - 1, &here, 1, &there, 1, 0));
}
static int act_map_code(void) {
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? errno
                                                                                                     : DONE;
}
static int act_make_code(void) {
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return errno_if_failed(mprotect(p, 4096, PROT_READ | PROT_EXEC));
}
static int act_receive_descriptor(void) {
    struct msghdr m = { 0 };
    return errno_if_failed(recvmsg(3, &m, 0));
}
static int act_unlink(void) {
    return errno_if_failed(unlink("/tmp/medirecord-not-there"));
}
static int act_chdir(void) {
    return errno_if_failed(chdir("/"));
}
static int act_new_namespace(void) {
    return errno_if_failed(unshare(CLONE_NEWUSER));
}
static int act_lift_limit(void) {
    struct {
        rlim_t soft, hard;
    } more = { (rlim_t)1 << 40, (rlim_t)1 << 40 };
    return errno_if_failed(syscall(SYS_prlimit64, 0, RLIMIT_AS, &more, NULL));
}
static int act_io_uring(void) {
    return errno_if_failed(syscall(SYS_io_uring_setup, 1, NULL));
}
static int act_bpf(void) {
    return errno_if_failed(syscall(SYS_bpf, 0, NULL, 0));
}
#ifndef __SANITIZE_ADDRESS__ /* which needs terabytes of address space, so that the limit is off */
static int act_take_too_much_memory(void) {
    return mmap(NULL, (size_t)2 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                   MAP_FAILED
               ? errno
               : DONE;
}
#endif
static int act_abort(void) {
    abort();
}

static void the_sandbox_is_entered(void **state) {
    (void)state;
    int status = in_sandbox(act_nothing);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 42);
    assert_true(sandbox_landlock_abi() >= 1);
}

static void files_cannot_be_opened(void **state) {
    (void)state;
    assert_refused(act_open_read, EACCES);
    assert_refused(act_open_write, EACCES);
    assert_int_equal(access("/tmp/medirecord-escaped", F_OK), -1);
    assert_killed(act_open_by_handle);
    assert_refused(act_stat, EACCES);
    assert_killed(act_unlink);
    assert_killed(act_chdir);
}

static void the_network_cannot_be_reached(void **state) {
    (void)state;
    assert_killed(act_socket);
    assert_killed(act_connect);
    assert_killed(act_receive_descriptor);
}

static void no_process_can_be_made(void **state) {
    (void)state;
    assert_killed(act_fork);
    assert_killed(act_fork_by_libc);
    assert_killed(act_exec);
    assert_killed(act_execveat);
    assert_killed(act_new_namespace);
}

static void other_processes_cannot_be_touched(void **state) {
    (void)state;
    assert_killed(act_kill_parent);
    assert_killed(act_signal_parent_thread);
    assert_killed(act_ptrace);
    assert_killed(act_read_other_memory);
}

static void no_code_can_be_brought_in(void **state) {
    (void)state;
    assert_killed(act_map_code);
    assert_killed(act_make_code);
    assert_killed(act_bpf);
    assert_killed(act_io_uring);
}

static void limits_hold(void **state) {
    (void)state;
    assert_refused(act_lift_limit, EACCES);
#ifndef __SANITIZE_ADDRESS__
    assert_refused(act_take_too_much_memory, ENOMEM);
#endif
}

static void a_fault_of_ours_is_not_taken_for_a_break_out(void **state) {
    (void)state;
    int status = in_sandbox(act_abort);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

/* Any font of the system; fontconfig cannot be without one. */
static char font[4096];
static int act_read_font(void) {
    char byte;
    int fd = open(font, O_RDONLY);
    struct stat st;
    return fd < 0 ? errno : errno_if_failed(fstat(fd, &st) == 0 && read(fd, &byte, 1) == 1 ? 0 : -1);
}
static int act_write_font(void) {
    return errno_if_failed(open(font, O_WRONLY));
}
static int act_list_fonts(void) {
    return errno_if_failed(open("/usr/share/fonts", O_RDONLY | O_DIRECTORY));
}

static int font_found(const char *path, const struct stat *st, int type, struct FTW *at) {
    size_t n = strlen(path);
    (void)st, (void)at;
    if (type != FTW_F || n < 4 || n >= sizeof font || strcmp(path + n - 4, ".ttf") != 0) return 0;
    memcpy(font, path, n + 1);
    return 1;
}

/* Who draws pages may read fonts, and is otherwise shut in as the reader is. */
static void a_drawer_reads_fonts_and_nothing_else(void **state) {
    static int (*const killed[])(void) = { act_write_font, act_open_write, act_socket, act_fork,
                                           act_exec,       act_unlink,     act_ptrace, act_map_code };
    (void)state;
    assert_int_equal(nftw("/usr/share/fonts", font_found, 8, FTW_PHYS), 1);
    assert_int_equal(WEXITSTATUS(in_role(role_drawer, act_read_font)), DONE);
    assert_int_equal(WEXITSTATUS(in_role(role_drawer, act_open_read)), EACCES);
    assert_int_equal(WEXITSTATUS(in_role(role_drawer, act_list_fonts)), EACCES);
    assert_int_equal(WEXITSTATUS(in_role(role_reader, act_read_font)), EACCES);
    for (size_t i = 0; i < COUNT_OF(killed); i++) {
        int status = in_role(role_drawer, killed[i]);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), SIGSYS);
    }
}

/* Landlock alone: everything is allowed by the filter, and still no file and no network. */
static int landlock_only(int (*act)(void)) {
    static const struct sandbox_call calls[] = {
        { SYS_openat, SANDBOX_ALLOW, 0, 0 },   { SYS_exit_group, SANDBOX_ALLOW, 0, 0 },
        { SYS_socket, SANDBOX_ALLOW, 0, 0 },   { SYS_connect, SANDBOX_ALLOW, 0, 0 },
        { SYS_bind, SANDBOX_ALLOW, 0, 0 },     { SYS_close, SANDBOX_ALLOW, 0, 0 },
        { SYS_truncate, SANDBOX_ALLOW, 0, 0 }, { SYS_mkdirat, SANDBOX_ALLOW, 0, 0 },
    };
    const struct sandbox_role role = {
        "all but files", (size_t)1 << 40, 10, 16, calls, COUNT_OF(calls), NULL
    };
    int status = -1;
    pid_t pid = fork();

    if (pid == 0) {
        if (sandbox_enter(&role, NULL) != OK) syscall(SYS_exit_group, NOT_ENTERED);
        syscall(SYS_exit_group, act());
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int act_make_folder(void) {
    return errno_if_failed(mkdirat(AT_FDCWD, "/tmp/medirecord-escaped-folder", 0700));
}
static int act_connect_tcp(void) {
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return fd < 0 ? errno : errno_if_failed(connect(fd, (struct sockaddr *)&to, sizeof to));
}

static void landlock_alone_keeps_files_and_network_away(void **state) {
    (void)state;
    assert_int_equal(landlock_only(act_open_read), EACCES);
    assert_int_equal(landlock_only(act_open_write), EACCES);
    assert_int_equal(landlock_only(act_make_folder), EACCES);
    if (sandbox_landlock_abi() >= 4) assert_int_equal(landlock_only(act_connect_tcp), EACCES);
}

static void a_role_that_cannot_be_loaded_is_not_entered(void **state) {
    (void)state;
    static struct sandbox_call many[500];
    const struct sandbox_role role = { "too long", (size_t)1 << 40, 10, 16, many, COUNT_OF(many), NULL };
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) _exit(sandbox_enter(&role, NULL) == E_DENIED ? 1 : 2);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(WEXITSTATUS(status), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sandbox_is_entered),
        cmocka_unit_test(files_cannot_be_opened),
        cmocka_unit_test(the_network_cannot_be_reached),
        cmocka_unit_test(no_process_can_be_made),
        cmocka_unit_test(other_processes_cannot_be_touched),
        cmocka_unit_test(no_code_can_be_brought_in),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(a_fault_of_ours_is_not_taken_for_a_break_out),
        cmocka_unit_test(a_drawer_reads_fonts_and_nothing_else),
        cmocka_unit_test(landlock_alone_keeps_files_and_network_away),
        cmocka_unit_test(a_role_that_cannot_be_loaded_is_not_entered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
