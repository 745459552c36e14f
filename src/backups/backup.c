/*
 * backup -- makes one: a copy of the database at one moment, the originals that it names, all of it into one encrypted file.
 */
#include "backups/archive.h"
#include "backups/backups.h"
#include "backups/content_store.h"
#include "documents/blob_copy.h"
#include "os/file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, PIECE_BYTES = 64 * 1024, LISTED_MAX = 1000 };

#define PREFIX "medirecord-"
#define SUFFIX ".mrb"
#define PART   ".part"

const struct message backup_under_way = { "backup_under_way",
                                          "Une sauvegarde est déjà en cours. Attendez qu’elle finisse.",
                                          "A backup is under way already. Wait for it to end." };
static const struct message no_folder = {
    "backup_folder",
    "Le dossier des sauvegardes {} ne peut pas être créé ou écrit. Le disque est-il branché ? Vérifiez BACKUP_DIR et ses droits.",
    "The folder of the backups {} cannot be made or written. Is the disk plugged in? Check BACKUP_DIR and its permissions."
};

static bool has_end(const char *name, const char *end) {
    size_t n = strlen(name), m = strlen(end);
    return n >= m && strcmp(name + n - m, end) == 0;
}

bool backup_is_name(struct str s) {
    char name[BACKUP_NAME_BYTES];
    _Static_assert(sizeof PREFIX "20261126T112500Z" SUFFIX <= sizeof name, "room for a name");
    if (s.n != strlen(PREFIX "20261126T112500Z" SUFFIX)) return false;
    snprintf(name, sizeof name, "%.*s", STR_ARG(s));
    return strncmp(name, PREFIX, strlen(PREFIX)) == 0 && has_end(name, SUFFIX) &&
           strspn(name + strlen(PREFIX), "0123456789TZ") == 16;
}

/* "medirecord-20261126T112500Z.mrb": sorted by name is sorted by time. */
static void name_of(int64_t now_us, char name[BACKUP_NAME_BYTES]) {
    char iso[TIME_ISO_BYTES], plain[17];
    size_t n = 0;
    time_format_iso(now_us, iso);
    for (const char *p = iso; *p && *p != '.' && n < 15; p++)
        if (*p != '-' && *p != ':' && *p != 'Z') plain[n++] = *p;
    plain[n] = '\0';
    snprintf(name, BACKUP_NAME_BYTES, PREFIX "%sZ" SUFFIX, plain);
}

/* Of the first second from now on that no backup there has: sorted by name they stay in the order in which they were made. */
static void choose_name(const char *folder, int64_t now_us, char name[BACKUP_NAME_BYTES]) {
    char path[PATH_BYTES + BACKUP_NAME_BYTES];
    do {
        name_of(now_us, name);
        snprintf(path, sizeof path, "%s/%s", folder, name);
        now_us += SECOND_US;
    } while (access(path, F_OK) == 0);
}

/* What a run that was killed left. Only who holds the folder's lock comes here. */
static void remove_parts(const char *folder) {
    DIR *d = opendir(folder);
    struct dirent *entry;
    while (d && (entry = readdir(d)))
        if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) == 0 && has_end(entry->d_name, PART))
            unlinkat(dirfd(d), entry->d_name, 0);
    if (d) closedir(d);
}

static int later_first(const void *a, const void *b) {
    return -strcmp(a, b);
}

/* All but the newest `keep`. What cannot be removed is tried again after the next one. */
static void remove_old(const char *folder, int keep) {
    static const struct str none = { "", 0 };
    char names[LISTED_MAX][BACKUP_NAME_BYTES];
    size_t count = 0;
    DIR *d = opendir(folder);
    struct dirent *entry;

    while (d && (entry = readdir(d)) && count < LISTED_MAX) {
        struct str name = entry->d_name[0] ? str_from_c(entry->d_name) : none;
        if (backup_is_name(name)) memcpy(names[count++], name.p, name.n + 1);
    }
    qsort(names, count, sizeof names[0], later_first);
    for (size_t i = (size_t)keep; d && i < count; i++) unlinkat(dirfd(d), names[i], 0);
    if (d) closedir(d);
}

/* ---- what goes into the file ---- */

struct making {
    const struct backups *room;
    const struct backup_watch *watch;
    struct db *db; /* of what runs */
    struct archive_writer *out;
    struct backup_made *made;
    uint64_t done, total;
    struct blob_check check;
    char piece[PIECE_BYTES];
};

static enum status tell(const struct backup_watch *w, enum backup_phase phase, uint64_t done, uint64_t total,
                        struct err *e) {
    return w->fn ? w->fn(w->ctx, phase, done, total, e) : OK;
}

static enum status told_copy(void *ctx, uint64_t done, uint64_t total, struct err *e) {
    const struct making *m = ctx;
    return tell(m->watch, BACKUP_COPIES, done, total, e);
}

static enum status save_facts(struct making *m, struct err *e) {
    struct buf json;
    buf_init(&json, FACTS_BYTES_MAX);
    enum status s = facts_write(&m->made->facts, &json, e);
    if (s == OK) s = archive_begin(m->out, ARCHIVE_FACTS, STR(""), json.n, e);
    if (s == OK) s = archive_add(m->out, buf_str(&json), e);
    buf_done(&json);
    return s;
}

static enum status save_database(struct making *m, const struct scratch *copy, struct err *e) {
    uint64_t size = scratch_size(copy), at = 0;
    size_t got = 1;
    enum status s = archive_begin(m->out, ARCHIVE_DATABASE, STR(""), size, e);

    while (s == OK && at < size && got > 0) {
        if ((s = scratch_read(copy, at, m->piece, sizeof m->piece, &got, e)) != OK) break;
        s = archive_add(m->out, (struct str) { m->piece, got }, e);
        at += got;
        m->done += got;
        if (s == OK) s = tell(m->watch, BACKUP_WRITES, m->done, m->total, e);
    }
    crypto_wipe(m->piece, sizeof m->piece);
    return s;
}

static enum status copy_raw(struct making *m, int fd, uint64_t size, struct err *e) {
    enum status s = OK;
    size_t got = 1;

    for (uint64_t left = size; s == OK && left > 0; left -= got) {
        size_t n = left < sizeof m->piece ? (size_t)left : sizeof m->piece;
        if ((s = fd_read_full(fd, m->piece, n, &got, e)) != OK) break;
        if (got < n) return fail(e, E_INTERNAL, NULL, "an original became shorter while it was saved");
        s = archive_add(m->out, (struct str) { m->piece, got }, e);
    }
    return s;
}

/* Whether it opens is known before it is written, so that its entry can say so. */
static enum status try_raw(struct making *m, int fd, struct str name, bool *whole, struct err *e) {
    enum status s;
    size_t got;

    blob_check_start(&m->check, m->room->blobs, name);
    do {
        if ((s = fd_read_full(fd, m->piece, sizeof m->piece, &got, e)) != OK) return s;
        blob_check_add(&m->check, (struct str) { m->piece, got });
    } while (got == sizeof m->piece);
    *whole = blob_check_end(&m->check);
    if (lseek(fd, 0, SEEK_SET) != 0) return fail_errno(e, E_INTERNAL, NULL, "could not go back in a blob");
    return OK;
}

static enum status save_blob(struct making *m, struct str name, struct err *e) {
    uint64_t size = 0;
    bool whole = false;
    int fd = -1;
    enum status s = blob_open_raw(m->room->blobs, name, &fd, &size, e);

    if (s == E_NOT_FOUND) { /* erased since the copy was made, or lost before */
        m->made->missing++;
        return archive_begin(m->out, ARCHIVE_MISSING, name, 0, e);
    }
    if (s == OK) s = try_raw(m, fd, name, &whole, e);
    if (s == OK && !whole) m->made->damaged++;
    if (s == OK) s = archive_begin(m->out, whole ? ARCHIVE_BLOB : ARCHIVE_DAMAGED, name, size, e);
    if (s == OK) s = copy_raw(m, fd, size, e);
    fd_close(&fd);
    m->done += size;
    return s == OK ? tell(m->watch, BACKUP_WRITES, m->done, m->total, e) : s;
}

static enum status save_blobs(struct making *m, struct db *copy, struct err *e) {
    struct blob_names names;
    struct str name;
    int64_t size;
    enum status s;

    blob_names_start(&names, copy);
    while ((s = blob_names_next(&names, &name, &size, e)) == OK && name.n)
        if ((s = save_blob(m, name, e)) != OK) break;
    blob_check_done(&m->check);
    return s;
}

/* How much there is to write, as far as the rows know. */
static enum status measure(struct making *m, struct db *copy, struct err *e) {
    struct blob_names names;
    struct str name;
    int64_t size;
    enum status s;

    m->total = (uint64_t)m->made->facts.database_bytes;
    blob_names_start(&names, copy);
    while ((s = blob_names_next(&names, &name, &size, e)) == OK && name.n)
        if (size > 0) m->total += (uint64_t)size;
    return s;
}

static enum status write_all(struct making *m, struct arena *a, const struct scratch *copy, const char *path,
                             struct err *e) {
    struct content content;
    uint64_t bytes = 0;
    enum status s = content_open(copy, false, 0, &content, e);

    if (s != OK) return s;
    s = content_count(content.db, &m->made->facts, e);
    if (s == OK) s = measure(m, content.db, e);
    if (s == OK) s = archive_create(a, path, m->room->root, &m->out, e);
    if (s == OK) s = save_facts(m, e);
    if (s == OK) s = save_database(m, copy, e);
    if (s == OK) s = save_blobs(m, content.db, e);
    if (s == OK) s = archive_close(m->out, &bytes, e);
    m->made->size_bytes = (int64_t)bytes;
    content_close(&content);
    return s;
}

static enum status make_file(struct making *m, struct arena *a, int64_t now_us, const char *path,
                             struct err *e) {
    struct scratch *copy = NULL;
    enum status s = scratch_new(m->room->data_dir.p, &copy, e);

    if (s == OK) s = scratch_copy(copy, m->room->database_url, told_copy, m, e);
    if (s == OK) {
        m->made->facts = (struct backup_facts) { .version = STR(MEDIRECORD_VERSION),
                                                 .schema = content_schema(),
                                                 .taken_at_us = now_us,
                                                 .database_bytes = (int64_t)scratch_size(copy) };
        s = write_all(m, a, copy, path, e);
    }
    scratch_free(copy);
    return s;
}

/* Proven under its other name; the right one says that it was. */
static enum status prove_and_name(struct making *m, struct arena *a, const char *folder, const char *part,
                                  struct err *e) {
    struct backup_made seen = { 0 };
    char path[PATH_BYTES + BACKUP_NAME_BYTES];
    enum status s = backup_prove(m->room, a, part, m->watch, &seen, e);

    if (s != OK) return s;
    snprintf(path, sizeof path, "%s/%s", folder, m->made->name);
    if (rename(part, path) != 0) return fail_errno(e, E_INTERNAL, NULL, "a backup cannot be named");
    return dir_sync(folder, e);
}

static enum status enter_folder(const char *folder, int *lock, struct err *e) {
    char path[PATH_BYTES + BACKUP_NAME_BYTES];
    struct err why = { 0 };
    enum status s = dir_make(folder, &why);

    snprintf(path, sizeof path, "%s/." PREFIX "lock", folder);
    if (s == OK) s = file_lock(path, lock, &why);
    if (s == OK) return OK;
    if (s == E_CONFLICT) return fail(e, s, &backup_under_way, "another process makes a backup there");
    fail(e, s == E_INTERNAL ? E_INVALID : s, why.message ? why.message : &no_folder, "%s", why.detail);
    if (e && !why.message) err_arg(e, str_from_c(folder));
    return s;
}

enum status backup_make(const struct backups *room, struct db *db, struct arena *a, int64_t now_us,
                        const struct backup_watch *watch, struct backup_made *out, struct err *e) {
    char folder[PATH_BYTES], part[PATH_BYTES + 2 * BACKUP_NAME_BYTES];
    struct making *m = arena_alloc(a, sizeof *m);
    int lock = -1;
    enum status s;

    if (!m || room->folder.n >= sizeof folder) return fail(e, E_LIMIT, NULL, "no room to make a backup");
    snprintf(folder, sizeof folder, "%.*s", STR_ARG(room->folder));
    *out = (struct backup_made) { 0 };
    m->room = room;
    m->watch = watch;
    m->db = db;
    m->made = out;
    if ((s = enter_folder(folder, &lock, e)) != OK) return s;
    remove_parts(folder);
    scratch_sweep(room->data_dir.p);
    choose_name(folder, now_us, out->name);
    snprintf(part, sizeof part, "%s/%s" PART, folder, out->name);
    s = make_file(m, a, now_us, part, e);
    if (s == OK) s = prove_and_name(m, a, folder, part, e);
    if (s == OK)
        remove_old(folder, room->keep);
    else
        unlink(part);
    fd_close(&lock);
    return s;
}

bool backup_is_late(const struct backups *room, int64_t taken_at_us, int64_t now_us) {
    int64_t every_us = room->every_us ? room->every_us : 7 * DAY_US;
    return now_us - taken_at_us > 2 * every_us;
}

static const struct message none_there = { "backup_none", "Il n’y a pas de sauvegarde dans {}.",
                                           "There is no backup in {}." };

enum status backup_find(struct arena *a, struct str path, struct str *out, struct err *e) {
    char folder[PATH_BYTES], newest[BACKUP_NAME_BYTES] = "";
    struct dirent *entry;

    if (path.n >= sizeof folder) return fail(e, E_INVALID, NULL, "the path of a backup is too long");
    snprintf(folder, sizeof folder, "%.*s", STR_ARG(path));
    DIR *d = opendir(folder);
    if (!d && access(folder, R_OK) == 0)
        return arena_printf(a, out, "%s", folder) ? OK : fail(e, E_LIMIT, NULL, "no room for a path");
    while (d && (entry = readdir(d)))
        if (backup_is_name(str_from_c(entry->d_name)) && strcmp(entry->d_name, newest) > 0)
            snprintf(newest, sizeof newest, "%.*s", BACKUP_NAME_BYTES - 1, entry->d_name);
    if (d) closedir(d);
    if (!newest[0]) {
        enum status s = fail(e, E_NOT_FOUND, &none_there, "no backup there");
        err_arg(e, path);
        return s;
    }
    return arena_printf(a, out, "%s/%s", folder, newest) ? OK : fail(e, E_LIMIT, NULL, "no room for a path");
}
