#ifndef DB_SEALED_VFS_H
#define DB_SEALED_VFS_H
/*
 * sealed_vfs -- SQLite's way to the disk with every file encrypted (os/sealed_file.h). Private to src/db.
 *
 * A VFS of its own a scratch database, registered under a name that nobody else has, with a random key that is gone with it. Locks and
 * everything else are those of the system's VFS. There is no shared memory, so no write-ahead log: rollback journals, encrypted too.
 */
#include "base/status.h"

enum { SEALED_VFS_NAME_BYTES = 48 };

struct sealed_vfs;
enum status sealed_vfs_new(struct sealed_vfs **, struct err *) MUST_CHECK;
/* After every connection was closed; NULL is fine. */
void sealed_vfs_free(struct sealed_vfs *);
const char *sealed_vfs_name(const struct sealed_vfs *);

struct sealed_file;
/* The same file, past SQLite; the caller closes file->fd. `path` is there, or made with `create`. */
enum status sealed_vfs_open_file(const struct sealed_vfs *, const char *path, bool create,
                                 struct sealed_file *, struct err *) MUST_CHECK;

#endif
