#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct message disk_full = {
    "disk_full",
    "Le disque du serveur est plein. Libérez de l’espace, puis recommencez.",
    "The disk of the server is full. Free some space, then try again.",
};
static const struct message data_in_use = {
    "data_in_use",
    "Un autre MediRecord utilise déjà ce dossier de données ({}). Arrêtez-le, ou choisissez un autre MEDIRECORD_DATA_DIR.",
    "Another MediRecord already uses this data folder ({}). Stop it, or choose another MEDIRECORD_DATA_DIR.",
};

/* The status and the words of the errno at hand. */
static enum status file_fail(struct err *e, const char *what) {
    switch (errno) {
    case ENOENT:
    case ENOTDIR: return fail_errno(e, E_NOT_FOUND, NULL, "could not %s", what);
    case EACCES:
    case EPERM:
    case EROFS: return fail_errno(e, E_DENIED, NULL, "could not %s", what);
    case ENOSPC:
    case EDQUOT: return fail_errno(e, E_RETRY, &disk_full, "could not %s", what);
    default: return fail_errno(e, E_INTERNAL, NULL, "could not %s", what);
    }
}

void fd_close(int *fd) {
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

enum status fd_write_all(int fd, struct str bytes, struct err *e) {
    while (bytes.n > 0) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return file_fail(e, "write");
        bytes = str_sub(bytes, (size_t)n, bytes.n);
    }
    return OK;
}

enum status fd_read_full(int fd, void *out, size_t n, size_t *got, struct err *e) {
    size_t have = 0;

    while (have < n) {
        ssize_t r = read(fd, (char *)out + have, n - have);
        if (r < 0 && errno == EINTR) continue;
        if (r < 0) return file_fail(e, "read");
        if (r == 0) break;
        have += (size_t)r;
    }
    *got = have;
    return OK;
}

enum status dir_make(const char *path, struct err *e) {
    char part[4096];
    size_t n = strlen(path);

    if (n == 0 || n >= sizeof part) return fail(e, E_INVALID, NULL, "folder name of %zu bytes", n);
    for (size_t i = 1; i <= n; i++) {
        if (path[i] != '/' && path[i] != '\0') continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0700) != 0 && errno != EEXIST) return file_fail(e, "make a folder");
    }
    struct stat st;
    if (stat(path, &st) != 0) return file_fail(e, "look at a folder");
    if (!S_ISDIR(st.st_mode)) return fail(e, E_INVALID, NULL, "a file stands where a folder is needed");
    return OK;
}

enum status dir_sync(const char *path, struct err *e) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return file_fail(e, "open a folder");
    enum status s = fsync(fd) == 0 ? OK : file_fail(e, "sync a folder");
    close(fd);
    return s;
}

/* The folder of a path, into out. */
static enum status parent_of(const char *path, char *out, size_t out_bytes, struct err *e) {
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;

    if (n + 2 > out_bytes) return fail(e, E_INVALID, NULL, "file name too long");
    if (!slash)
        memcpy(out, ".", 2);
    else if (n == 0)
        memcpy(out, "/", 2);
    else {
        memcpy(out, path, n);
        out[n] = '\0';
    }
    return OK;
}

enum status file_write(const char *path, struct str bytes, unsigned mode, struct err *e) {
    char folder[4096], temporary[4096 + 16];
    enum status s = parent_of(path, folder, sizeof folder, e);
    int fd = -1;

    if (s != OK) return s;
    int n = snprintf(temporary, sizeof temporary, "%s/.new-XXXXXX", folder);
    if (n < 0 || (size_t)n >= sizeof temporary) return fail(e, E_INVALID, NULL, "file name too long");
    fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0) return file_fail(e, "make a temporary file");
    s = fd_write_all(fd, bytes, e);
    if (s == OK && fchmod(fd, mode) != 0) s = file_fail(e, "set the mode of a file");
    if (s == OK && fsync(fd) != 0) s = file_fail(e, "sync a file");
    if (s == OK && rename(temporary, path) != 0) s = file_fail(e, "rename a file");
    if (s == OK)
        s = dir_sync(folder, e);
    else
        unlink(temporary);
    fd_close(&fd);
    return s;
}

enum status file_read(struct arena *a, const char *path, size_t max_bytes, struct str *out, struct err *e) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    enum status s = OK;

    if (fd < 0) return file_fail(e, "open a file");
    if (fstat(fd, &st) != 0)
        s = file_fail(e, "look at a file");
    else if (!S_ISREG(st.st_mode))
        s = fail(e, E_INVALID, NULL, "not a regular file");
    else if ((uint64_t)st.st_size > max_bytes)
        s = fail(e, E_LIMIT, NULL, "file of %lld bytes, at most %zu are read", (long long)st.st_size,
                 max_bytes);
    if (s == OK) {
        size_t got = 0;
        char *p = arena_alloc(a, (size_t)st.st_size + 1);
        if (!p)
            s = fail(e, E_LIMIT, NULL, "no memory for a file of %lld bytes", (long long)st.st_size);
        else if ((s = fd_read_full(fd, p, (size_t)st.st_size, &got, e)) == OK)
            *out = (struct str) { p, got };
    }
    fd_close(&fd);
    return s;
}

enum status file_lock(const char *path, int *fd, struct err *e) {
    int f = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (f < 0) return file_fail(e, "open the lock file");
    if (flock(f, LOCK_EX | LOCK_NB) != 0) {
        enum status s = errno == EWOULDBLOCK
                            ? fail(e, E_CONFLICT, &data_in_use, "the lock file is held by another process")
                            : file_fail(e, "lock a file");
        if (s == E_CONFLICT) err_arg(e, str_from_c(path));
        close(f);
        return s;
    }
    *fd = f;
    return OK;
}

enum status memory_file_new(int *fd, struct err *e) {
    int f = memfd_create("document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (f < 0) return file_fail(e, "make a memory file");
    *fd = f;
    return OK;
}

enum status memory_file_seal(int fd, struct err *e) {
    const int all = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    if (fcntl(fd, F_GET_SEALS) == all) return OK;
    if (fcntl(fd, F_ADD_SEALS, all) != 0) return file_fail(e, "seal a memory file");
    return OK;
}
