#ifndef OS_FILE_H
#define OS_FILE_H
/*
 * file -- the few ways in which this program touches the local disk.
 *
 * What is written is on the disk when the call returns (fsync of the file and of its folder), and a crash
 * leaves the old file or the new one, never half of it. Paths are NUL-terminated. Failures: E_NOT_FOUND (no
 * such file), E_DENIED, E_RETRY (full disk), E_LIMIT (longer than asked for), E_CONFLICT (locked),
 * E_INTERNAL. Details name the operation, not the path of a patient's file.
 */
#include "base/arena.h"
#include "base/status.h"

/* Makes a folder and its missing parents, mode 0700; one that is there is fine. */
enum status dir_make(const char *path, struct err *) MUST_CHECK;

/* fsync of a folder: makes the names in it durable. */
enum status dir_sync(const char *path, struct err *) MUST_CHECK;

/* Replaces the file: temporary file beside it, fsync, rename, fsync of the folder. mode: 0600 for secrets. */
enum status file_write(const char *path, struct str bytes, unsigned mode, struct err *) MUST_CHECK;

/* The whole file, at most max_bytes. */
enum status file_read(struct arena *, const char *path, size_t max_bytes, struct str *out,
                      struct err *) MUST_CHECK;

/*
 * Locks a file (made if missing) for as long as *fd is open, so also when the process is killed. E_CONFLICT
 * with a message for people: another process holds it. For "a second serve on the same data".
 */
enum status file_lock(const char *path, int *fd, struct err *) MUST_CHECK;

/* All bytes, whatever the system takes at once. */
enum status fd_write_all(int fd, struct str bytes, struct err *) MUST_CHECK;

/* Up to n bytes, fewer only at the end of the file. */
enum status fd_read_full(int fd, void *out, size_t n, size_t *got, struct err *) MUST_CHECK;

/*
 * Bytes without a name that only open descriptors reach. Written by the maker, then sealed: nobody, not
 * even who gets the descriptor, can change or resize them; sealing twice is fine. The caller closes *fd.
 */
enum status memory_file_new(int *fd, struct err *) MUST_CHECK;
enum status memory_file_seal(int fd, struct err *) MUST_CHECK;

/* close() for an optional descriptor: -1 is fine, and it is -1 afterwards. */
void fd_close(int *fd);

#endif
