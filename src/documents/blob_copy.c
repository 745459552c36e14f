#include "documents/blob_copy.h"

#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status fail_disk(struct err *e, const char *what) {
    bool later = errno == ENOSPC || errno == EDQUOT || errno == EIO;
    return fail_errno(e, later ? E_RETRY : E_INTERNAL, NULL, "could not %s a blob", what);
}

enum status blob_open_raw(const struct blob_store *store, struct str name, int *fd, uint64_t *bytes,
                          struct err *e) {
    char path[BLOB_PATH_BYTES];
    struct stat st;

    blob_path(store, name, path);
    int opened = open(path, O_RDONLY | O_CLOEXEC);
    if (opened < 0) return errno == ENOENT ? E_NOT_FOUND : fail_disk(e, "open");
    if (fstat(opened, &st) != 0) {
        close(opened);
        return fail_disk(e, "measure");
    }
    *fd = opened;
    *bytes = (uint64_t)st.st_size;
    return OK;
}

/* ---- trying ---- */

void blob_check_start(struct blob_check *c, const struct blob_store *store, struct str name) {
    c->started = c->last_seen = c->bad = false;
    c->filled = 0;
    c->size_bytes = 0;
    c->key = blob_key(store, name);
}

/* What was gathered: the header, then pieces. The last piece may be short, so it is known at the end alone. */
static void take_piece(struct blob_check *c) {
    size_t n = 0;

    if (c->last_seen || c->bad)
        c->bad = true;
    else if (!c->started)
        c->bad = c->filled != SECRET_HEADER_BYTES || !secret_open_start(&c->open, &c->key, c->sealed);
    else
        c->bad = !secret_open(&c->open, (struct str) { (const char *)c->sealed, c->filled }, c->plain, &n,
                              &c->last_seen);
    c->started = true;
    c->size_bytes += n;
    c->filled = 0;
}

void blob_check_add(struct blob_check *c, struct str raw) {
    while (raw.n > 0) {
        size_t wanted = c->started ? SECRET_SEALED_BYTES : SECRET_HEADER_BYTES;
        size_t n = wanted - c->filled < raw.n ? wanted - c->filled : raw.n;
        memcpy(c->sealed + c->filled, raw.p, n);
        c->filled += n;
        raw = str_sub(raw, n, raw.n);
        if (c->filled == wanted) take_piece(c);
    }
}

bool blob_check_end(struct blob_check *c) {
    if (c->filled > 0) take_piece(c);
    return c->last_seen && !c->bad;
}

void blob_check_done(struct blob_check *c) {
    crypto_wipe(c, sizeof *c);
}

/* ---- putting back ---- */

enum status blob_put_start(struct blob_put *p, const struct blob_store *store, struct str name,
                           struct err *e) {
    char folder[BLOB_PATH_BYTES];
    enum status s;

    *p = (struct blob_put) { .store = store, .fd = -1 };
    if (!blob_is_name(name)) return fail(e, E_INVALID, NULL, "that is not the name of a blob");
    blob_path(store, name, p->path);
    snprintf(p->part, sizeof p->part, "%s.part", p->path);
    memcpy(folder, p->path, sizeof folder);
    *strrchr(folder, '/') = '\0';
    if ((s = dir_make(folder, e)) != OK) return s;
    p->fd = open(p->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    return p->fd < 0 ? fail_disk(e, "create") : OK;
}

enum status blob_put_add(struct blob_put *p, struct str raw, struct err *e) {
    return fd_write_all(p->fd, raw, e);
}

enum status blob_put_end(struct blob_put *p, struct err *e) {
    if (fsync(p->fd) != 0) return fail_disk(e, "sync");
    fd_close(&p->fd);
    return rename(p->part, p->path) == 0 ? OK : fail_disk(e, "name");
}

void blob_put_drop(struct blob_put *p) {
    if (p->fd < 0) return;
    fd_close(&p->fd);
    unlink(p->part);
}

enum status blob_put_sync(const struct blob_store *store, struct err *e) {
    char path[BLOB_PATH_BYTES];
    enum status s = OK;

    for (unsigned first = 0; first < 256 && s == OK; first++) {
        snprintf(path, sizeof path, "%.*s/%02x", STR_ARG(store->dir), first);
        if (access(path, F_OK) == 0) s = dir_sync(path, e);
    }
    return s == OK ? dir_sync(store->dir.p, e) : s;
}
