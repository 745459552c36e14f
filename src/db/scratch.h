#ifndef DB_SCRATCH_H
#define DB_SCRATCH_H
/*
 * scratch -- a database that is there only for a while, and unreadable for everybody else: what a backup copies the real one into, and
 * what a backup is tried on.
 *
 * One file (with its journals) in a folder of the caller's, encrypted under a key that is in memory alone: no plain text reaches the disk,
 * and what a killed process leaves is noise, to be deleted (scratch_sweep). One thread.
 */
#include "db/db.h"

struct scratch;

/* Empty. Its file has a random name in `dir`, which is there. */
enum status scratch_new(const char *dir, struct scratch **, struct err *) MUST_CHECK;
/* Deletes the file. Every database of it was closed; NULL is fine. */
void scratch_free(struct scratch *);

/* Told after each step of a long copy. A failure stops it. */
typedef enum status scratch_progress_fn(void *ctx, uint64_t done_bytes, uint64_t total_bytes, struct err *);

/*
 * Fills it with the database of a URL as it is at this moment, however long it takes and whatever is written meanwhile (SQLite's backup API
 * inside one read transaction). Writers are not held up. fn may be NULL.
 */
enum status scratch_copy(struct scratch *, struct str url, scratch_progress_fn *fn, void *ctx,
                         struct err *) MUST_CHECK;

/* Its bytes, in order. What is read is a database without a write-ahead log, which opens anywhere. */
uint64_t scratch_size(const struct scratch *);
/* The size anew, after it was open and was written to. */
enum status scratch_measure(struct scratch *, struct err *) MUST_CHECK;
enum status scratch_read(const struct scratch *, uint64_t at, void *out, size_t n, size_t *got,
                         struct err *) MUST_CHECK;
/* Adds bytes at the end of one that is being filled by hand. */
enum status scratch_add(struct scratch *, struct str bytes, struct err *) MUST_CHECK;

/* Opens what it holds. The pool is closed before the scratch is freed. */
enum status scratch_open(const struct scratch *, struct db_pool **, struct err *) MUST_CHECK;

/* Deletes what killed processes left in the folder. What is in use is locked, and stays. */
void scratch_sweep(const char *dir);

#endif
