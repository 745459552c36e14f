#ifndef BACKUPS_ARCHIVE_H
#define BACKUPS_ARCHIVE_H
/*
 * archive -- the one file of a backup: entries, one after the other, in one encrypted stream (base/secret_stream.h).
 *
 *   "MRBACKUP" | version | salt | proof of the key | header of the stream | sealed pieces of 64 KB
 *
 * The key of a file is derived from the installation's root key and the salt, so that nobody without the root key can read it, and nothing in it can be
 * changed, cut off or exchanged unnoticed. Inside, an entry is a kind, a name, a size, its bytes; the last one says that it is the last.
 *
 * A writer makes a file that was not there; it is on the disk when archive_close() returned. Both live in the arena and close with it.
 */
#include "base/arena.h"
#include "base/crypto.h"

enum archive_kind {
    ARCHIVE_FACTS = 1,    /* JSON: what is in it */
    ARCHIVE_DATABASE = 2, /* an SQLite database */
    ARCHIVE_BLOB = 3,     /* an original as it lies on the disk, encrypted once more */
    ARCHIVE_DAMAGED = 4,  /* the same, but it was damaged when it was saved */
    ARCHIVE_MISSING = 5,  /* an original that had gone when it was to be saved; no bytes */
    ARCHIVE_END = 6
};

enum { ARCHIVE_NAME_MAX = 64 };

struct archive_entry {
    enum archive_kind kind;
    char name[ARCHIVE_NAME_MAX + 1];
    uint64_t size_bytes;
};

struct archive_writer;
enum status archive_create(struct arena *, const char *path, const struct key *root, struct archive_writer **,
                           struct err *) MUST_CHECK;
/* Then exactly size_bytes by archive_add(). */
enum status archive_begin(struct archive_writer *, enum archive_kind, struct str name, uint64_t size_bytes,
                          struct err *) MUST_CHECK;
enum status archive_add(struct archive_writer *, struct str bytes, struct err *) MUST_CHECK;
/* The end, and everything on the disk. *bytes: the size of the file. */
enum status archive_close(struct archive_writer *, uint64_t *bytes, struct err *) MUST_CHECK;

struct archive_reader;
/* E_INVALID with a message: not a backup, of another key (backup_other_key), damaged, or of a later version of the format. */
enum status archive_open(struct arena *, const char *path, const struct key *root, struct archive_reader **,
                         struct err *) MUST_CHECK;
/* The next entry; what is left of the one before is skipped. After ARCHIVE_END nothing may follow. E_INVALID: damaged. */
enum status archive_next(struct archive_reader *, struct archive_entry *, struct err *) MUST_CHECK;
/* Up to n bytes of the entry, 0 at its end. */
enum status archive_read(struct archive_reader *, void *out, size_t n, size_t *got, struct err *) MUST_CHECK;
/* Bytes of the file that were read so far, and all of them. */
uint64_t archive_at(const struct archive_reader *);
uint64_t archive_bytes(const struct archive_reader *);

extern const struct message backup_damaged, backup_other_key, backup_not_one;

#endif
