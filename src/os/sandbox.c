#include "os/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __x86_64__
#define THIS_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define THIS_ARCH AUDIT_ARCH_AARCH64
#else
#error "the sandbox knows x86-64 and arm64"
#endif

static const bool limit_address_space = !UNDER_ASAN;

/*
 * Landlock as of ABI 7 (Linux 6.15); older headers lack the later words, the kernel's answer decides which
 * are used.
 */
struct ruleset {
    uint64_t handled_access_fs, handled_access_net, scoped;
};
static const struct {
    int abi;
    uint64_t fs, net, scoped;
} landlock_words[] = {
    { 1, (UINT64_C(1) << 13) - 1, 0, 0 }, /* execute .. make symlinks */
    { 2, UINT64_C(1) << 13, 0, 0 },       /* refer */
    { 3, UINT64_C(1) << 14, 0, 0 },       /* truncate */
    { 4, 0, 3, 0 },                       /* bind and connect TCP */
    { 5, UINT64_C(1) << 15, 0, 0 },       /* ioctl on devices */
    { 6, 0, 0, 3 },                       /* abstract Unix sockets, signals */
};

int sandbox_landlock_abi(void) {
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return abi < 0 ? 0 : (int)abi;
}

/* Files beneath the folder may be read, and nothing else. A folder that is not there needs no rule. */
static bool allow_reading(int rules, const char *folder) {
    int fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0) return errno == ENOENT;
    const struct landlock_path_beneath_attr rule = { LANDLOCK_ACCESS_FS_READ_FILE, fd };
    long rc = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
    return rc == 0;
}

/* Everything that the running kernel can forbid, but for what the role may read. */
static enum status landlock_enter(const struct sandbox_role *role, struct err *e) {
    struct ruleset rules = { 0 };
    int abi = sandbox_landlock_abi();

    if (abi < 1) return fail_errno(e, E_DENIED, NULL, "this kernel has no Landlock");
    for (size_t i = 0; i < COUNT_OF(landlock_words); i++) {
        if (landlock_words[i].abi > abi) continue;
        rules.handled_access_fs |= landlock_words[i].fs;
        rules.handled_access_net |= landlock_words[i].net;
        rules.scoped |= landlock_words[i].scoped;
    }
    size_t bytes = abi >= 6 ? sizeof rules : abi >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
    int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, bytes, 0);
    if (fd < 0) return fail_errno(e, E_DENIED, NULL, "Landlock refused the rules (ABI %d)", abi);
    bool allowed = true;
    for (const char *const *folder = role->readable; folder && *folder; folder++)
        allowed &= allow_reading(fd, *folder);
    long rc = allowed ? syscall(SYS_landlock_restrict_self, fd, 0) : -1;
    close(fd);
    if (rc != 0) return fail_errno(e, E_DENIED, NULL, "Landlock could not be entered (ABI %d)", abi);
    return OK;
}

enum { INSTRUCTIONS_PER_CALL = 5, CALLS_MAX = 120, FILTER_MAX = 8 + CALLS_MAX * INSTRUCTIONS_PER_CALL };

struct filter {
    struct sock_filter code[FILTER_MAX];
    unsigned short n;
};

static void add(struct filter *f, uint16_t op, uint32_t k, uint8_t jump_true, uint8_t jump_false) {
    f->code[f->n++] = (struct sock_filter) { op, jump_true, jump_false, k };
}

/*
 * The low half of an argument; what is compared are flags and small numbers of 32 bits. Both our processors
 * are little-endian.
 */
static uint32_t arg_offset(unsigned arg) {
    return (uint32_t)(offsetof(struct seccomp_data, args) + arg * sizeof(uint64_t));
}

/*
 * Instructions of one call. An argument test replaces the accumulator, which is safe: its branch always
 * ends in an answer.
 */
static void add_call(struct filter *f, const struct sandbox_call *call) {
    const uint32_t kill = SECCOMP_RET_KILL_PROCESS,
                   refuse = SECCOMP_RET_ERRNO | (call->value & SECCOMP_RET_DATA);
    const bool test = call->answer == SANDBOX_ALLOW_IF || call->answer == SANDBOX_ALLOW_UNLESS;

    if (!test) {
        add(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call->number, 0, 1);
        add(f, BPF_RET | BPF_K, call->answer == SANDBOX_ALLOW ? SECCOMP_RET_ALLOW : refuse, 0, 0);
        return;
    }
    add(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call->number, 0, 4);
    add(f, BPF_LD | BPF_W | BPF_ABS, arg_offset(call->arg), 0, 0);
    if (call->answer == SANDBOX_ALLOW_IF)
        add(f, BPF_JMP | BPF_JEQ | BPF_K, call->value, 0, 1);
    else
        add(f, BPF_JMP | BPF_JSET | BPF_K, call->value, 1, 0);
    add(f, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
    add(f, BPF_RET | BPF_K, kill, 0, 0);
}

static enum status seccomp_enter(const struct sandbox_role *role, struct err *e) {
    struct filter f = { .n = 0 };

    if (role->call_count > CALLS_MAX)
        return fail(e, E_DENIED, NULL, "%zu system calls in a role", role->call_count);
    add(&f, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch), 0, 0);
    add(&f, BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCH, 1, 0);
    add(&f, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
    add(&f, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
    for (size_t i = 0; i < role->call_count; i++) add_call(&f, &role->calls[i]);
    add(&f, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
    struct sock_fprog program = { f.n, f.code };
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        return fail_errno(e, E_DENIED, NULL, "seccomp refused the filter");
    return OK;
}

static bool limit(__rlimit_resource_t what, rlim_t value) {
    return setrlimit(what, &(struct rlimit) { value, value }) == 0;
}

enum status sandbox_enter(const struct sandbox_role *role, struct err *e) {
    if ((limit_address_space && !limit(RLIMIT_AS, role->memory_bytes)) || !limit(RLIMIT_CPU, role->cpu_s) ||
        !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NOFILE, role->open_files))
        return fail_errno(e, E_DENIED, NULL, "a resource limit was refused");
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fail_errno(e, E_DENIED, NULL, "no_new_privs was refused");
    enum status s = landlock_enter(role, e);
    return s == OK ? seccomp_enter(role, e) : s;
}
