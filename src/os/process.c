#include "os/process.h"
#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where descriptors wait while 3, 4, … are filled, so that no dup2() overwrites one that is still needed. */
enum { FIRST_FD = 3, PARKED_FD = FIRST_FD + PROCESS_FDS_MAX };

static int actions_fill(posix_spawn_file_actions_t *actions, const int *parked, size_t fd_count) {
    int rc = 0;

    for (int fd = 0; fd < FIRST_FD && rc == 0; fd++)
        rc = posix_spawn_file_actions_addopen(actions, fd, "/dev/null", fd == 0 ? O_RDONLY : O_WRONLY, 0);
    for (size_t i = 0; i < fd_count && rc == 0; i++)
        rc = posix_spawn_file_actions_adddup2(actions, parked[i], FIRST_FD + (int)i);
    if (rc == 0) rc = posix_spawn_file_actions_addclosefrom_np(actions, FIRST_FD + (int)fd_count);
    return rc;
}

static int attributes_fill(posix_spawnattr_t *attr) {
    sigset_t none, all;
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;

    sigemptyset(&none);
    sigfillset(&all);
    int rc = posix_spawnattr_setflags(attr, flags);
    if (rc == 0) rc = posix_spawnattr_setsigmask(attr, &none);
    if (rc == 0) rc = posix_spawnattr_setsigdefault(attr, &all);
    if (rc == 0) rc = posix_spawnattr_setpgroup(attr, 0);
    return rc;
}

/* posix_spawn() wants arrays of pointers to char that it does not change (POSIX, "RATIONALE" of exec). */
static char *const *words(const char *const list[]) {
    union {
        const char *const *in;
        char *const *out;
    } cast = { .in = list };
    return cast.out;
}

static int spawn(const char *const argv[], const char *const env[], const int *parked, size_t fd_count,
                 pid_t *pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    int rc = posix_spawn_file_actions_init(&actions);

    if (rc != 0) return rc;
    rc = posix_spawnattr_init(&attr);
    if (rc == 0) {
        rc = actions_fill(&actions, parked, fd_count);
        if (rc == 0) rc = attributes_fill(&attr);
        if (rc == 0) rc = posix_spawn(pid, argv[0], &actions, &attr, words(argv), words(env));
        posix_spawnattr_destroy(&attr);
    }
    posix_spawn_file_actions_destroy(&actions);
    return rc;
}

enum status process_spawn(const char *const argv[], const char *const env[], const int *fds, size_t fd_count,
                          struct process *out, struct err *e) {
    int parked[PROCESS_FDS_MAX];
    size_t n = 0;
    struct process p = { 0, -1 };
    enum status s = OK;

    if (fd_count > PROCESS_FDS_MAX) return fail(e, E_INTERNAL, NULL, "%zu descriptors for a child", fd_count);
    for (; n < fd_count; n++) {
        parked[n] = fcntl(fds[n], F_DUPFD_CLOEXEC, PARKED_FD);
        if (parked[n] < 0) {
            s = fail_errno(e, E_RETRY, NULL, "could not duplicate a descriptor for a child");
            goto out;
        }
    }
    errno = spawn(argv, env, parked, fd_count, &p.pid);
    if (errno != 0) {
        s = fail_errno(e, errno == ENOENT ? E_NOT_FOUND : E_RETRY, NULL, "could not start a program");
        goto out;
    }
    p.pidfd = pidfd_open(p.pid, 0);
    if (p.pidfd < 0) {
        s = fail_errno(e, E_INTERNAL, NULL, "could not watch a child");
        kill(p.pid, SIGKILL);
        waitpid(p.pid, NULL, 0);
        goto out;
    }
    *out = p;
out:
    while (n > 0) close(parked[--n]);
    return s;
}

static void process_forget(struct process *p) {
    close(p->pidfd);
    *p = (struct process) { 0, -1 };
}

enum status process_wait(struct process *p, int64_t until_us, int *wait_status, struct err *e) {
    for (;;) {
        int64_t left_us = until_us - clock_monotonic_us();
        int64_t left_ms = left_us <= 0 ? 0 : (left_us + 999) / 1000;
        struct pollfd poll_fd = { .fd = p->pidfd, .events = POLLIN };
        int rc = poll(&poll_fd, 1, left_ms > 60000 ? 60000 : (int)left_ms);

        if (rc < 0 && errno != EINTR) return fail_errno(e, E_INTERNAL, NULL, "could not wait for a child");
        if (rc > 0) break;
        if (left_us <= 0) return E_RETRY;
    }
    while (waitpid(p->pid, wait_status, 0) < 0)
        if (errno != EINTR) return fail_errno(e, E_INTERNAL, NULL, "could not reap a child");
    process_forget(p);
    return OK;
}

void process_kill(struct process *p) {
    if (p->pid == 0) return;
    pidfd_send_signal(p->pidfd, SIGKILL, NULL, 0);
    while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    process_forget(p);
}
