/*
 * restore -- puts everything back. Originals get their names as they come; the database is tried in a scratch place first, and gets its name
 * last: until then there is none, and the whole may be run again.
 */
#include "backups/reading.h"
#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

static const struct message not_empty = {
    "restore_not_empty",
    "Il y a déjà une base de données : {}. Restaurez dans un dossier vide, ou mettez d’abord l’ancien de côté (mv).",
    "There is a database already: {}. Restore into an empty folder, or move the old one away first (mv)."
};

static enum status put_original(struct backup_reading *r, struct str raw, struct err *e) {
    return blob_put_add(&r->blob, raw, e);
}

static enum status database_path(const struct backups *room, char path[PATH_BYTES], struct err *e) {
    struct str url = room->database_url;
    if (!str_starts(url, STR("sqlite:")) || url.n - 7 > PATH_BYTES - 32)
        return fail(e, E_INVALID, NULL, "a backup is put back into the embedded database only");
    snprintf(path, PATH_BYTES, "%.*s", STR_ARG(str_sub(url, 7, url.n)));
    if (access(path, F_OK) != 0) return OK;
    enum status s = fail(e, E_CONFLICT, &not_empty, "there is a database");
    err_arg(e, str_from_c(path));
    return s;
}

static enum status hold(struct content *content, int64_t now_us, struct err *e) {
    enum status s = db_begin(content->db, e);
    if (s != OK) return s;
    s = content_hold(content->db, now_us, e);
    return db_finish(content->db, s, e);
}

/* From the scratch place to its own, where it lies as it always does; under another name until all of it is on the disk. */
static enum status write_database(struct backup_reading *r, const struct scratch *scratch, const char *part,
                                  struct err *e) {
    uint64_t at = 0, size = scratch_size(scratch);
    size_t got = 1;
    enum status s = OK;
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (fd < 0) return fail_errno(e, E_INVALID, NULL, "the database cannot be made");
    while (s == OK && at < size && got > 0) {
        s = scratch_read(scratch, at, r->piece, sizeof r->piece, &got, e);
        if (s == OK) s = fd_write_all(fd, (struct str) { r->piece, got }, e);
        at += got;
    }
    crypto_wipe(r->piece, sizeof r->piece);
    if (s == OK && fsync(fd) != 0)
        s = fail_errno(e, errno == ENOSPC || errno == EIO ? E_RETRY : E_INTERNAL, NULL,
                       "the database cannot be put on the disk");
    fd_close(&fd);
    return s;
}

static enum status name_database(struct backup_reading *r, const struct scratch *scratch, const char *path,
                                 struct err *e) {
    char part[PATH_BYTES + 16], folder[PATH_BYTES];
    enum status s;

    snprintf(part, sizeof part, "%s.restoring", path);
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    else
        snprintf(folder, sizeof folder, ".");
    if ((s = write_database(r, scratch, part, e)) != OK) {
        unlink(part);
        return s;
    }
    if (rename(part, path) != 0) return fail_errno(e, E_INTERNAL, NULL, "the database cannot be named");
    return dir_sync(folder, e);
}

enum status backup_restore(const struct backups *room, struct arena *a, const char *file, int64_t now_us,
                           const struct backup_watch *watch, struct backup_made *out, struct err *e) {
    struct backup_reading *r = arena_alloc(a, sizeof *r);
    struct scratch *scratch = NULL;
    struct content content = { 0 };
    char path[PATH_BYTES];
    enum status s;

    if (!r) return fail(e, E_LIMIT, NULL, "no room to put a backup back");
    *out = (struct backup_made) { 0 };
    r->room = room;
    r->watch = watch;
    r->phase = BACKUP_RESTORES;
    r->made = out;
    r->put = put_original;
    if ((s = database_path(room, path, e)) != OK) return s;
    scratch_sweep(room->data_dir.p);
    s = scratch_new(room->data_dir.p, &scratch, e);
    if (s == OK) s = reading_database(r, a, file, scratch, now_us, &content, e);
    if (s == OK) s = reading_originals(r, &content, e);
    if (s == OK) s = blob_put_sync(room->blobs, e);
    if (s == OK) s = hold(&content, now_us, e);
    content_close(&content);
    if (s == OK) s = scratch_measure(scratch, e); /* a migration may have made it larger */
    if (s == OK) s = name_database(r, scratch, path, e);
    scratch_free(scratch);
    return s;
}
