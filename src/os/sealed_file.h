#ifndef OS_SEALED_FILE_H
#define OS_SEALED_FILE_H
/*
 * sealed_file -- a file on the disk whose bytes nobody can read who does not hold its key, and that is read and written at any place.
 *
 * It is made of blocks of SEALED_BLOCK_BYTES, each encrypted for its place; only the last one may be shorter. For scratch files: the key is
 * random, lives in memory alone and dies with the process, so that what a crash leaves behind is noise. No call puts anything on the disk for
 * good (no fsync). One thread at a time.
 */
#include "base/crypto.h"
#include "base/status.h"

enum { SEALED_BLOCK_BYTES = 4096 };

struct sealed_file {
    int fd; /* owned by whoever made it */
    struct key key;
};

/* The plain size. */
enum status sealed_file_size(const struct sealed_file *, uint64_t *bytes, struct err *) MUST_CHECK;

/* Up to n bytes, fewer only at the end. E_INTERNAL: a block is not what was written there. */
enum status sealed_file_read(const struct sealed_file *, uint64_t at, void *out, size_t n, size_t *got,
                             struct err *) MUST_CHECK;

/* What lies between the end and `at` becomes zeros. E_RETRY: the disk is full. */
enum status sealed_file_write(const struct sealed_file *, uint64_t at, struct str bytes,
                              struct err *) MUST_CHECK;

/* To a size that is not larger. */
enum status sealed_file_cut(const struct sealed_file *, uint64_t bytes, struct err *) MUST_CHECK;

#endif
