#include "db/sealed_vfs.h"

#include "os/sealed_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct sealed_vfs {
    sqlite3_vfs vfs; /* of SQLite; pAppData leads back */
    sqlite3_vfs *real;
    struct key key;
    char name[SEALED_VFS_NAME_BYTES];
};

/* The system's file does the locking and is read and written by nobody; its descriptor's twin has the bytes. */
struct vfs_file {
    sqlite3_file base;
    struct sealed_file sealed;
    sqlite3_file *real; /* behind this struct */
};

static struct vfs_file *file_of(sqlite3_file *f) {
    return (struct vfs_file *)(void *)f;
}

static int result_of(enum status s, int failed) {
    if (s == OK) return SQLITE_OK;
    return s == E_RETRY ? SQLITE_FULL : failed;
}

static int file_close(sqlite3_file *base) {
    struct vfs_file *f = file_of(base);
    int code = f->real->pMethods ? f->real->pMethods->xClose(f->real) : SQLITE_OK;
    close(f->sealed.fd);
    crypto_wipe(&f->sealed.key, sizeof f->sealed.key);
    return code;
}

static int file_read(sqlite3_file *base, void *out, int n, sqlite3_int64 at) {
    size_t got, wanted = (size_t)n;
    enum status s = sealed_file_read(&file_of(base)->sealed, (uint64_t)at, out, wanted, &got, NULL);
    if (s != OK) return SQLITE_IOERR_READ;
    if (got == wanted) return SQLITE_OK;
    memset((char *)out + got, 0, wanted - got); /* SQLite asks for zeros behind the end */
    return SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *base, const void *bytes, int n, sqlite3_int64 at) {
    struct str text = { bytes, (size_t)n };
    return result_of(sealed_file_write(&file_of(base)->sealed, (uint64_t)at, text, NULL), SQLITE_IOERR_WRITE);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 bytes) {
    uint64_t now;
    const struct sealed_file *f = &file_of(base)->sealed;
    if (sealed_file_size(f, &now, NULL) != OK) return SQLITE_IOERR_FSTAT;
    if ((uint64_t)bytes >= now) return SQLITE_OK;
    return result_of(sealed_file_cut(f, (uint64_t)bytes, NULL), SQLITE_IOERR_TRUNCATE);
}

/* A scratch file need not outlive the power. */
static int file_sync(sqlite3_file *base, int flags) {
    (void)base, (void)flags;
    return SQLITE_OK;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *out) {
    uint64_t bytes;
    if (sealed_file_size(&file_of(base)->sealed, &bytes, NULL) != OK) return SQLITE_IOERR_FSTAT;
    *out = (sqlite3_int64)bytes;
    return SQLITE_OK;
}

static int file_lock_level(sqlite3_file *base, int level) {
    sqlite3_file *real = file_of(base)->real;
    return real->pMethods->xLock(real, level);
}

static int file_unlock(sqlite3_file *base, int level) {
    sqlite3_file *real = file_of(base)->real;
    return real->pMethods->xUnlock(real, level);
}

static int file_reserved(sqlite3_file *base, int *out) {
    sqlite3_file *real = file_of(base)->real;
    return real->pMethods->xCheckReservedLock(real, out);
}

/* What others control of a file (its size, its chunks) would touch the wrong bytes. */
static int file_control(sqlite3_file *base, int op, void *arg) {
    (void)base, (void)op, (void)arg;
    return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *base) {
    (void)base;
    return SEALED_BLOCK_BYTES;
}

static int file_character(sqlite3_file *base) {
    (void)base;
    return 0;
}

static const sqlite3_io_methods methods = { .iVersion = 1,
                                            .xClose = file_close,
                                            .xRead = file_read,
                                            .xWrite = file_write,
                                            .xTruncate = file_truncate,
                                            .xSync = file_sync,
                                            .xFileSize = file_size,
                                            .xLock = file_lock_level,
                                            .xUnlock = file_unlock,
                                            .xCheckReservedLock = file_reserved,
                                            .xFileControl = file_control,
                                            .xSectorSize = file_sector,
                                            .xDeviceCharacteristics = file_character };

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *out, int flags, int *flags_out) {
    const struct sealed_vfs *v = vfs->pAppData;
    struct vfs_file *f = file_of(out);

    *f = (struct vfs_file) { .sealed = { -1, v->key }, .real = (sqlite3_file *)(void *)(f + 1) };
    if (!path) return SQLITE_CANTOPEN; /* temporary tables stay in memory (temp_store) */
    int code = v->real->xOpen(v->real, path, f->real, flags, flags_out);
    if (code != SQLITE_OK) return code;
    f->sealed.fd = open(path, O_RDWR | O_CLOEXEC);
    if (f->sealed.fd < 0) {
        f->real->pMethods->xClose(f->real);
        return SQLITE_CANTOPEN;
    }
    f->base.pMethods = &methods;
    return SQLITE_OK;
}

enum status sealed_vfs_new(struct sealed_vfs **out, struct err *e) {
    struct sealed_vfs *v = calloc(1, sizeof *v);
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);

    if (!v || !real) {
        free(v);
        return fail(e, E_INTERNAL, NULL, "no memory for a scratch database");
    }
    v->real = real;
    v->vfs = *real;
    crypto_random(&v->key, sizeof v->key);
    snprintf(v->name, sizeof v->name, "sealed-%p", (void *)v);
    v->vfs.zName = v->name;
    v->vfs.pNext = NULL;
    v->vfs.pAppData = v;
    v->vfs.szOsFile = (int)sizeof(struct vfs_file) + real->szOsFile;
    v->vfs.xOpen = vfs_open;
    if (sqlite3_vfs_register(&v->vfs, 0) != SQLITE_OK) {
        free(v);
        return fail(e, E_INTERNAL, NULL, "a scratch database cannot be made");
    }
    *out = v;
    return OK;
}

void sealed_vfs_free(struct sealed_vfs *v) {
    if (!v) return;
    sqlite3_vfs_unregister(&v->vfs);
    crypto_wipe(&v->key, sizeof v->key);
    free(v);
}

const char *sealed_vfs_name(const struct sealed_vfs *v) {
    return v->name;
}

enum status sealed_vfs_open_file(const struct sealed_vfs *v, const char *path, bool create,
                                 struct sealed_file *out, struct err *e) {
    *out = (struct sealed_file) { .key = v->key };
    out->fd = open(path, O_RDWR | O_CLOEXEC | (create ? O_CREAT | O_EXCL : 0), 0600);
    if (out->fd < 0)
        return fail_errno(e, errno == ENOSPC || errno == EDQUOT ? E_RETRY : E_INTERNAL, NULL,
                          "could not open a scratch file");
    return OK;
}
