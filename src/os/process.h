#ifndef OS_PROCESS_H
#define OS_PROCESS_H
/*
 * process -- starts a program that gets exactly the descriptors it is given, watches it, ends it.
 *
 * The child starts with /dev/null as 0, 1 and 2, the given descriptors as 3, 4, …, every other descriptor
 * closed, no blocked signals, the environment that is passed and nothing of ours, in a process group of its
 * own (a Ctrl-C at the terminal is for the parent alone).
 */
#include "base/status.h"

#include <sys/types.h>

enum { PROCESS_FDS_MAX = 8 };

struct process {
    pid_t pid; /* 0: none */
    int pidfd;
};

/*
 * argv and env end with NULL; argv[0] is the path of the program. fds are borrowed. E_NOT_FOUND: no such
 * program.
 */
enum status process_spawn(const char *const argv[], const char *const env[], const int *fds, size_t fd_count,
                          struct process *, struct err *) MUST_CHECK;

/*
 * Waits until the child ends or the time of clock_monotonic_us() is reached. OK: it ended, *wait_status is
 * that of waitpid() and the process is forgotten. E_RETRY (without a message): still running.
 */
enum status process_wait(struct process *, int64_t until_us, int *wait_status, struct err *) MUST_CHECK;

/* SIGKILL and reap; none is fine. */
void process_kill(struct process *);

#endif
