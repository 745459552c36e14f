#include "role.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ALLOW(name)                                                                                          \
    { SYS_##name, SANDBOX_ALLOW, 0, 0 }
#define REFUSE(name)                                                                                         \
    { SYS_##name, SANDBOX_REFUSE, 0, EACCES }

enum {
    THREAD_FLAGS = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
                   CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID
};

/* Everything else kills. No call here can reach a file, a network, another process or new code. */
static const struct sandbox_call reader_calls[] = {
    /* Bytes to and from open descriptors: the document, the page socket, /dev/null. */
    ALLOW(read),
    ALLOW(write),
    ALLOW(writev),
    ALLOW(pread64),
    ALLOW(lseek),
    ALLOW(fstat),
    ALLOW(close),
    /* Memory, but never memory that can be run. */
    { SYS_mmap, SANDBOX_ALLOW_UNLESS, 2, PROT_EXEC },
    { SYS_mprotect, SANDBOX_ALLOW_UNLESS, 2, PROT_EXEC },
    ALLOW(munmap),
    ALLOW(mremap),
    ALLOW(madvise),
    ALLOW(brk),
    /* What the C and C++ libraries need to run at all. */
    ALLOW(futex),
    ALLOW(clock_gettime),
    ALLOW(gettimeofday),
    ALLOW(getrandom),
    ALLOW(getpid),
    ALLOW(gettid),
    ALLOW(sysinfo),
    ALLOW(sched_yield),
    ALLOW(sched_getaffinity),
    ALLOW(rt_sigaction),
    ALLOW(rt_sigprocmask),
    ALLOW(rt_sigreturn),
    ALLOW(sigaltstack),
    ALLOW(restart_syscall),
    ALLOW(getrusage),
    ALLOW(exit),
    ALLOW(exit_group),
    /*
     * A thread of the same process, as pthread_create() makes it (libde265 decodes HEIC in one), and no
     * other kind of child. What clone3() is asked for stands in memory, where no filter sees it: glibc goes
     * back to clone().
     */
    { SYS_clone3, SANDBOX_REFUSE, 0, ENOSYS },
    { SYS_clone, SANDBOX_ALLOW_IF, 0, THREAD_FLAGS },
    ALLOW(set_robust_list),
    ALLOW(rseq),
    /* Looking for fonts, character maps, locales, the number of processors: not here. */
    REFUSE(openat),
    REFUSE(newfstatat),
    REFUSE(statx),
    REFUSE(faccessat),
    REFUSE(faccessat2),
    REFUSE(readlinkat),
    REFUSE(getcwd),
    REFUSE(fcntl),
    REFUSE(ioctl),
    REFUSE(uname),
    REFUSE(prlimit64),
#ifdef SYS_open
    REFUSE(open),
    REFUSE(stat),
    REFUSE(lstat),
    REFUSE(access),
    REFUSE(readlink),
    ALLOW(time),
#endif
};

enum { OPEN_FILES = 8, DRAWER_OPEN_FILES = 16 };
_Static_assert(COUNT_OF(reader_calls) + 1 <= ROLE_CALLS_MAX, "room for the rules");

void role_reader(struct reader_role *out, size_t memory_bytes, unsigned cpu_s) {
    size_t n = COUNT_OF(reader_calls);

    memcpy(out->calls, reader_calls, sizeof reader_calls);
    out->calls[n++] = (struct sandbox_call) { SYS_tgkill, SANDBOX_ALLOW_IF, 0, (uint32_t)getpid() };
    out->role = (struct sandbox_role) { .name = "reader",
                                        .memory_bytes = memory_bytes,
                                        .cpu_s = cpu_s,
                                        .open_files = OPEN_FILES,
                                        .calls = out->calls,
                                        .call_count = n };
}

/* Opening for anything but reading kills. What is there and how large it is can be asked of any file. */
static const struct sandbox_call drawer_calls[] = {
    { SYS_openat, SANDBOX_ALLOW_UNLESS, 2, O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND },
    ALLOW(newfstatat),
    ALLOW(fcntl),
};
static const char *const drawer_files[] = { "/usr/share/fonts", NULL };

void role_drawer(struct reader_role *out, size_t memory_bytes, unsigned cpu_s) {
    role_reader(out, memory_bytes, cpu_s);
    for (size_t i = 0; i < out->role.call_count; i++)
        for (size_t k = 0; k < COUNT_OF(drawer_calls); k++)
            if (out->calls[i].number == drawer_calls[k].number) out->calls[i] = drawer_calls[k];
    out->role.name = "drawer";
    out->role.readable = drawer_files;
    out->role.open_files = DRAWER_OPEN_FILES;
}
