#include "documents/blob.h"

#include "base/clock.h"
#include "base/secret_stream.h"
#include "os/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = BLOB_PATH_BYTES };

static const struct message blob_damaged = {
    "file_damaged", "Le fichier original est endommagé sur le disque : restaurez-le depuis une sauvegarde.",
    "The original file is damaged on the disk: restore it from a backup."
};

enum status blob_store_init(struct blob_store *store, struct arena *a, struct str data_dir,
                            const struct key *root, struct err *e) {
    store->key = crypto_derive(root, "blobs   ", 1);
    if (data_dir.n > PATH_BYTES / 2 || !arena_printf(a, &store->dir, "%.*s/documents", STR_ARG(data_dir)))
        return fail(e, E_INVALID, NULL, "the data directory's path is too long");
    return dir_make(store->dir.p, e);
}

/* "<dir>/ab/abcdef…": a folder a first byte, so that no folder grows beyond what file systems like. */
void blob_path(const struct blob_store *store, struct str name, char path[PATH_BYTES]) {
    snprintf(path, PATH_BYTES, "%.*s/%.2s/%.*s", STR_ARG(store->dir), name.p, STR_ARG(name));
}

bool blob_is_name(struct str name) {
    for (size_t i = 0; i < name.n; i++)
        if (!is_digit(name.p[i]) && !(name.p[i] >= 'a' && name.p[i] <= 'f')) return false;
    return name.n == BLOB_NAME_BYTES - 1;
}

static void blob_folder(const struct blob_store *store, struct str name, char path[PATH_BYTES]) {
    snprintf(path, PATH_BYTES, "%.*s/%.2s", STR_ARG(store->dir), name.p);
}

struct key blob_key(const struct blob_store *store, struct str name) {
    struct hash h = crypto_hash_keyed(&store->key, name);
    struct key k;
    memcpy(k.b, h.b, sizeof k.b);
    crypto_wipe(&h, sizeof h);
    return k;
}

struct blob_writer {
    const struct blob_store *store;
    int fd;
    bool kept;
    char name[BLOB_NAME_BYTES];
    uint64_t size_bytes;
    struct hash_stream hash;
    struct secret_sealer sealer;
};

static void writer_done(void *obj) {
    struct blob_writer *w = obj;
    fd_close(&w->fd);
    if (!w->kept) (void)!blob_remove(w->store, str_from_c(w->name), NULL);
    crypto_wipe(&w->sealer, sizeof w->sealer);
}

static void random_name(char name[BLOB_NAME_BYTES]) {
    unsigned char bytes[(BLOB_NAME_BYTES - 1) / 2];
    crypto_random(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) snprintf(name + 2 * i, 3, "%02x", bytes[i]);
}

static enum status create_file(struct blob_writer *w, struct err *e) {
    char path[PATH_BYTES];
    enum status s;

    blob_folder(w->store, str_from_c(w->name), path);
    if ((s = dir_make(path, e)) != OK) return s;
    blob_path(w->store, str_from_c(w->name), path);
    w->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (w->fd < 0)
        return fail_errno(e, errno == ENOSPC ? E_RETRY : E_INTERNAL, NULL, "could not create a blob");
    return OK;
}

enum status blob_write_start(const struct blob_store *store, struct arena *a, struct blob_writer **out,
                             struct err *e) {
    struct blob_writer *w = arena_alloc(a, sizeof *w);
    unsigned char header[SECRET_HEADER_BYTES];
    enum status s;

    if (!w) return fail(e, E_LIMIT, NULL, "no room for a blob writer");
    w->store = store;
    w->fd = -1;
    random_name(w->name);
    if (!arena_defer(a, writer_done, w)) return fail(e, E_LIMIT, NULL, "no room for a blob writer");
    if ((s = create_file(w, e)) != OK) return s;
    struct key k = blob_key(store, str_from_c(w->name));
    secret_seal_start(&w->sealer.stream, &k, header);
    crypto_wipe(&k, sizeof k);
    crypto_hash_start(&w->hash);
    if ((s = fd_write_all(w->fd, (struct str) { (const char *)header, sizeof header }, e)) != OK) return s;
    *out = w;
    return OK;
}

enum status blob_write(struct blob_writer *w, struct str bytes, struct err *e) {
    struct str sealed;
    enum status s = OK;

    crypto_hash_add(&w->hash, bytes);
    w->size_bytes += bytes.n;
    while (s == OK && (sealed = secret_seal_more(&w->sealer, &bytes)).n > 0)
        s = fd_write_all(w->fd, sealed, e);
    return s;
}

enum status blob_write_finish(struct blob_writer *w, struct blob *out, struct err *e) {
    char folder[PATH_BYTES];
    enum status s;

    if ((s = fd_write_all(w->fd, secret_seal_last(&w->sealer), e)) != OK) return s;
    if (fsync(w->fd) != 0)
        return fail_errno(e, errno == ENOSPC || errno == EIO ? E_RETRY : E_INTERNAL, NULL,
                          "could not sync a blob");
    fd_close(&w->fd);
    blob_folder(w->store, str_from_c(w->name), folder);
    if ((s = dir_sync(folder, e)) != OK || (s = dir_sync(w->store->dir.p, e)) != OK) return s;
    struct hash plain = crypto_hash_end(&w->hash);
    memcpy(out->name, w->name, sizeof out->name);
    out->size_bytes = w->size_bytes;
    out->content = crypto_hash_keyed(&w->store->key, (struct str) { (const char *)plain.b, HASH_BYTES });
    return OK;
}

void blob_keep(struct blob_writer *w) {
    w->kept = true;
}

struct blob_reader {
    int fd;
    bool last_seen;
    struct secret_stream seal;
    size_t at, filled;
    unsigned char piece[SECRET_PIECE_BYTES];
    unsigned char sealed[SECRET_SEALED_BYTES];
};

static void reader_done(void *obj) {
    struct blob_reader *r = obj;
    fd_close(&r->fd);
    crypto_wipe(&r->seal, sizeof r->seal);
}

enum status blob_read_start(const struct blob_store *store, struct arena *a, struct str name,
                            struct blob_reader **out, struct err *e) {
    struct blob_reader *r = arena_alloc(a, sizeof *r);
    unsigned char header[SECRET_HEADER_BYTES];
    char path[PATH_BYTES];
    size_t got;
    enum status s;

    if (!r) return fail(e, E_LIMIT, NULL, "no room for a blob reader");
    blob_path(store, name, path);
    r->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (r->fd < 0)
        return fail_errno(e, errno == ENOENT ? E_NOT_FOUND : E_INTERNAL, &blob_damaged,
                          "could not open a blob");
    if (!arena_defer(a, reader_done, r)) {
        fd_close(&r->fd);
        return fail(e, E_LIMIT, NULL, "no room for a blob reader");
    }
    if ((s = fd_read_full(r->fd, header, sizeof header, &got, e)) != OK) return s;
    struct key k = blob_key(store, name);
    bool ours = got == sizeof header && secret_open_start(&r->seal, &k, header);
    crypto_wipe(&k, sizeof k);
    if (!ours) return fail(e, E_INTERNAL, &blob_damaged, "a blob has a wrong header");
    *out = r;
    return OK;
}

static bool next_piece(struct blob_reader *r) {
    size_t got;
    r->at = r->filled = 0;
    return fd_read_full(r->fd, r->sealed, sizeof r->sealed, &got, NULL) == OK &&
           secret_open(&r->seal, (struct str) { (const char *)r->sealed, got }, r->piece, &r->filled,
                       &r->last_seen);
}

int64_t blob_read(struct blob_reader *r, char *out, size_t n) {
    while (r->at == r->filled) {
        if (r->last_seen) return 0;
        if (!next_piece(r)) return -1;
    }
    if (n > r->filled - r->at) n = r->filled - r->at;
    memcpy(out, r->piece + r->at, n);
    r->at += n;
    return (int64_t)n;
}

enum status blob_open_memory(const struct blob_store *store, struct arena *a, struct str name, int *fd,
                             struct err *e) {
    struct blob_reader *r;
    char bytes[16 * 1024];
    int64_t n = 0;
    int memory = -1;
    enum status s;

    if ((s = blob_read_start(store, a, name, &r, e)) != OK) return s;
    s = memory_file_new(&memory, e);
    while (s == OK && (n = blob_read(r, bytes, sizeof bytes)) > 0)
        s = fd_write_all(memory, (struct str) { bytes, (size_t)n }, e);
    if (s == OK && n < 0) s = fail(e, E_INTERNAL, &blob_damaged, "a blob is damaged");
    crypto_wipe(bytes, sizeof bytes);
    reader_done(r);
    if (s != OK) {
        fd_close(&memory);
        return s;
    }
    *fd = memory;
    return OK;
}

enum status blob_remove(const struct blob_store *store, struct str name, struct err *e) {
    char path[PATH_BYTES];
    blob_path(store, name, path);
    if (unlink(path) == 0 || errno == ENOENT) return OK;
    return fail_errno(e, E_INTERNAL, NULL, "could not remove a blob");
}

static bool is_older(int folder, const char *name, int64_t before_us) {
    struct stat st;
    return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) &&
           (int64_t)st.st_mtim.tv_sec * SECOND_US < before_us;
}

static enum status each_in_folder(const char *path, int64_t before_us,
                                  enum status (*fn)(void *, struct str, struct err *), void *ctx,
                                  struct err *e) {
    enum status s = OK;
    struct dirent *entry;
    DIR *folder = opendir(path);

    if (!folder)
        return errno == ENOENT ? OK : fail_errno(e, E_INTERNAL, NULL, "could not read a folder of blobs");
    while (s == OK && (entry = readdir(folder)))
        if (strlen(entry->d_name) == BLOB_NAME_BYTES - 1 && is_older(dirfd(folder), entry->d_name, before_us))
            s = fn(ctx, str_from_c(entry->d_name), e);
    closedir(folder);
    return s;
}

enum status blob_each_older(const struct blob_store *store, int64_t before_us,
                            enum status (*fn)(void *ctx, struct str name, struct err *), void *ctx,
                            struct err *e) {
    char path[PATH_BYTES];
    enum status s = OK;

    for (unsigned first = 0; first < 256 && s == OK; first++) {
        snprintf(path, sizeof path, "%.*s/%02x", STR_ARG(store->dir), first);
        s = each_in_folder(path, before_us, fn, ctx, e);
    }
    return s;
}
