#ifndef OS_SANDBOX_H
#define OS_SANDBOX_H
/*
 * sandbox -- gives away, for good, everything that a process does not need before it touches hostile bytes.
 *
 * A role is a row of data: limits and the list of system calls. sandbox_enter() takes the steps in a fixed
 * order, each of which cannot be undone: resource limits, no_new_privs, Landlock (no file system, no
 * network, no signals to others: landlock(7)), seccomp (seccomp(2)). It fails closed: when any step is
 * refused the caller must leave before it reads its input. The process must have one thread.
 *
 * A system call that is not in the list kills the process. The calls that libraries make by themselves to
 * look for files (open a font, a locale) are refused with an error instead, so that a document which makes
 * a library look for one is still read.
 */
#include "base/status.h"

enum sandbox_answer {
    SANDBOX_ALLOW,
    SANDBOX_REFUSE,      /* fails with the errno `value`, the process goes on */
    SANDBOX_ALLOW_IF,    /* allowed when argument `arg` is exactly `value`, else killed */
    SANDBOX_ALLOW_UNLESS /* allowed when argument `arg` has none of the bits of `value`, else killed */
};

struct sandbox_call {
    int number; /* SYS_read */
    enum sandbox_answer answer;
    unsigned arg; /* 0..5 */
    uint32_t value;
};

struct sandbox_role {
    const char *name;
    size_t memory_bytes; /* of address space; not set under AddressSanitizer, which maps terabytes */
    unsigned cpu_s;
    unsigned open_files; /* no descriptor at or above this number can be made */
    const struct sandbox_call *calls;
    size_t call_count;
    const char *const *
        readable; /* folders beneath which files may be read, up to NULL; NULL: none. One that is absent is fine. */
};

/* E_DENIED: this kernel or container refuses a step; the detail says which. */
enum status sandbox_enter(const struct sandbox_role *, struct err *) MUST_CHECK;

/* What the kernel offers, for `medirecord doctor`: the Landlock ABI, or 0 without Landlock. */
int sandbox_landlock_abi(void);

#endif
