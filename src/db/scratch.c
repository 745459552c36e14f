#include "db/scratch.h"

#include "base/crypto.h"
#include "db/db_driver.h"
#include "db/sealed_vfs.h"
#include "os/sealed_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MAX_BYTES = 4096, COPY_PAGES = 256, BUSY_TIMEOUT_MS = 10000 };

#define PREFIX "scratch-"

struct scratch {
    struct sealed_vfs *vfs;
    struct sealed_file file;
    uint64_t size_bytes;
    char path[PATH_MAX_BYTES];
};

static const char *const suffixes[] = { "", "-journal", "-wal", "-shm" };

static void remove_files(const char *path) {
    char name[PATH_MAX_BYTES + 16];
    for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

enum status scratch_new(const char *dir, struct scratch **out, struct err *e) {
    struct scratch *c = calloc(1, sizeof *c);
    uint64_t name;
    enum status s;

    if (!c) return fail(e, E_INTERNAL, NULL, "no memory for a scratch database");
    c->file.fd = -1;
    crypto_random(&name, sizeof name);
    int n = snprintf(c->path, sizeof c->path, "%s/" PREFIX "%016llx", dir, (unsigned long long)name);
    s = n < (int)sizeof c->path ? sealed_vfs_new(&c->vfs, e)
                                : fail(e, E_INVALID, NULL, "the path of the scratch folder is too long");
    if (s == OK) s = sealed_vfs_open_file(c->vfs, c->path, true, &c->file, e);
    /* Gone with the process, however it ends: what nobody holds was left behind. */
    if (s == OK && flock(c->file.fd, LOCK_EX | LOCK_NB) != 0)
        s = fail_errno(e, E_INTERNAL, NULL, "a scratch file cannot be locked");
    if (s != OK) {
        scratch_free(c);
        return s;
    }
    *out = c;
    return OK;
}

void scratch_free(struct scratch *c) {
    if (!c) return;
    if (c->file.fd >= 0) {
        close(c->file.fd);
        remove_files(c->path);
    }
    sealed_vfs_free(c->vfs);
    crypto_wipe(c, sizeof *c);
    free(c);
}

static enum status fail_copy(sqlite3 *db, const char *what, struct err *e) {
    int code = db ? sqlite3_extended_errcode(db) : SQLITE_NOMEM;
    bool later =
        (code & 0xFF) == SQLITE_FULL || (code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED;
    return fail(e, later ? E_RETRY : E_INTERNAL, (code & 0xFF) == SQLITE_FULL ? &db_disk_full : NULL,
                "%s: %s (%d)", what, sqlite3_errstr(code), code);
}

/* One moment of the source for all steps: what others write from now on is not seen. */
static enum status open_source(const char *path, sqlite3 **out, struct err *e) {
    sqlite3 *db = NULL;
    bool ok = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
              sqlite3_busy_timeout(db, BUSY_TIMEOUT_MS) == SQLITE_OK &&
              sqlite3_exec(db, "BEGIN; SELECT count(*) FROM sqlite_schema;", NULL, NULL, NULL) == SQLITE_OK;
    enum status s = ok ? OK : fail_copy(db, "the database cannot be read", e);
    if (!ok) sqlite3_close(db);
    *out = ok ? db : NULL;
    return s;
}

static enum status open_target(const struct scratch *c, sqlite3 **out, struct err *e) {
    sqlite3 *db = NULL;
    bool ok = sqlite3_open_v2(c->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                              sealed_vfs_name(c->vfs)) == SQLITE_OK &&
              sqlite3_exec(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;",
                           NULL, NULL, NULL) == SQLITE_OK;
    enum status s = ok ? OK : fail_copy(db, "a scratch database cannot be opened", e);
    if (!ok) sqlite3_close(db);
    *out = ok ? db : NULL;
    return s;
}

static enum status copy_pages(sqlite3 *from, sqlite3 *to, scratch_progress_fn *fn, void *ctx, struct err *e) {
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    enum status s = OK;
    int code = SQLITE_OK;

    if (!b) return fail_copy(to, "a copy cannot begin", e);
    while (s == OK && code == SQLITE_OK) {
        code = sqlite3_backup_step(b, COPY_PAGES);
        uint64_t all = (uint64_t)sqlite3_backup_pagecount(b), left = (uint64_t)sqlite3_backup_remaining(b);
        if (fn && (code == SQLITE_OK || code == SQLITE_DONE)) s = fn(ctx, all - left, all, e);
    }
    int ended = sqlite3_backup_finish(b);
    if (s != OK) return s;
    return code == SQLITE_DONE && ended == SQLITE_OK ? OK : fail_copy(to, "a copy broke off", e);
}

/*
 * Bytes 18 and 19 of the head: 2 asks for a write-ahead log, 1 for none (https://www.sqlite.org/fileformat.html). The copy has none, and
 * opens where there is no shared memory for one; who opens it in its place asks for one again.
 */
static enum status ask_for_no_log(struct scratch *c, struct err *e) {
    return sealed_file_write(&c->file, 18, STR("\x01\x01"), e);
}

enum status scratch_copy(struct scratch *c, struct str url, scratch_progress_fn *fn, void *ctx,
                         struct err *e) {
    static const struct message not_here = {
        "backup_needs_sqlite",
        "Seule la base intégrée (sqlite:) peut être sauvegardée ainsi. Pour PostgreSQL : pg_dump.",
        "Only the embedded database (sqlite:) can be backed up like this. For PostgreSQL: pg_dump."
    };
    char path[PATH_MAX_BYTES];
    sqlite3 *from = NULL, *to = NULL;
    enum status s;

    if (!str_starts(url, STR("sqlite:")) || url.n - 7 >= sizeof path)
        return fail(e, E_INVALID, &not_here, "a copy of another engine's database");
    memcpy(path, url.p + 7, url.n - 7);
    path[url.n - 7] = '\0';
    if ((s = open_source(path, &from, e)) == OK && (s = open_target(c, &to, e)) == OK)
        s = copy_pages(from, to, fn, ctx, e);
    sqlite3_close(to);
    sqlite3_close(from);
    if (s == OK) s = ask_for_no_log(c, e);
    return s == OK ? scratch_measure(c, e) : s;
}

enum status scratch_measure(struct scratch *c, struct err *e) {
    return sealed_file_size(&c->file, &c->size_bytes, e);
}

uint64_t scratch_size(const struct scratch *c) {
    return c->size_bytes;
}

enum status scratch_read(const struct scratch *c, uint64_t at, void *out, size_t n, size_t *got,
                         struct err *e) {
    return sealed_file_read(&c->file, at, out, n, got, e);
}

enum status scratch_add(struct scratch *c, struct str bytes, struct err *e) {
    enum status s = sealed_file_write(&c->file, c->size_bytes, bytes, e);
    if (s == OK) c->size_bytes += bytes.n;
    return s;
}

/* A path inside a URI: everything but letters, digits and slashes as %XX. */
static bool add_escaped(char *out, size_t room, const char *path) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.";
    size_t n = strlen(out);
    for (const char *p = path; *p; p++) {
        if (n + 4 > room) return false;
        n += (size_t)(strchr(plain, *p) ? snprintf(out + n, room - n, "%c", *p)
                                        : snprintf(out + n, room - n, "%%%02X", (unsigned)(unsigned char)*p));
    }
    return true;
}

enum status scratch_open(const struct scratch *c, struct db_pool **out, struct err *e) {
    char url[3 * PATH_MAX_BYTES + 2 * SEALED_VFS_NAME_BYTES] = "sqlite:file:";
    if (!add_escaped(url, sizeof url - SEALED_VFS_NAME_BYTES - 8, c->path))
        return fail(e, E_INVALID, NULL, "the path of a scratch database is too long");
    size_t n = strlen(url);
    snprintf(url + n, sizeof url - n, "?vfs=%s", sealed_vfs_name(c->vfs));
    return db_pool_open(str_from_c(url), false, out, e);
}

static void remove_dead(int folder, const char *name) {
    int fd = openat(folder, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) unlinkat(folder, name, 0);
    close(fd);
}

void scratch_sweep(const char *dir) {
    DIR *d = opendir(dir);
    struct dirent *entry;

    while (d && (entry = readdir(d)))
        if (strncmp(entry->d_name, PREFIX, sizeof PREFIX - 1) == 0) remove_dead(dirfd(d), entry->d_name);
    if (d) closedir(d);
}
