#ifndef DOCUMENTS_BLOB_H
#define DOCUMENTS_BLOB_H
/*
 * blob -- originals as they were uploaded, encrypted on the local disk.
 *
 * A blob is a file with a random name in a folder of the data directory, encrypted under a key of its own (derived from the root key and the name).
 * It is written once, complete and on the disk before any row names it, and never changed. A blob that no row names is rubbish of an
 * upload that broke off, and is swept.
 */
#include "base/arena.h"
#include "base/crypto.h"
#include "base/status.h"

enum { BLOB_NAME_BYTES = 33 }; /* 32 hexadecimal digits and NUL */

struct blob_store {
    struct str dir; /* "<data dir>/documents" */
    struct key key;
};

/* Makes the folder. Strings live in the arena. */
enum status blob_store_init(struct blob_store *, struct arena *, struct str data_dir, const struct key *root,
                            struct err *) MUST_CHECK;

/* What is known of a complete blob. */
struct blob {
    char name[BLOB_NAME_BYTES];
    uint64_t size_bytes;
    struct hash content; /* keyed: equal for equal originals of this installation */
};

struct blob_writer;
/* Lives in the arena, with a buffer of 64 KB; an unfinished blob is removed when the arena is reset. */
enum status blob_write_start(const struct blob_store *, struct arena *, struct blob_writer **,
                             struct err *) MUST_CHECK;
enum status blob_write(struct blob_writer *, struct str bytes, struct err *) MUST_CHECK;
/* Puts everything on the disk, folder included. The blob is removed with the arena all the same until blob_keep(). */
enum status blob_write_finish(struct blob_writer *, struct blob *, struct err *) MUST_CHECK;
/* A row names it now. */
void blob_keep(struct blob_writer *);

struct blob_reader;
/* Lives in the arena and is closed with it. E_NOT_FOUND: the file has gone. */
enum status blob_read_start(const struct blob_store *, struct arena *, struct str name, struct blob_reader **,
                            struct err *) MUST_CHECK;
/* Up to n bytes; 0 at the end, -1 when the file is damaged, cut off or not ours. */
int64_t blob_read(struct blob_reader *, char *out, size_t n);

/* The whole original as a memory file (os/file.h); the caller closes *fd. */
enum status blob_open_memory(const struct blob_store *, struct arena *, struct str name, int *fd,
                             struct err *) MUST_CHECK;

/* Removing what is not there is fine. */
enum status blob_remove(const struct blob_store *, struct str name, struct err *) MUST_CHECK;

/* Calls fn with the name of each blob older than `before_us`. */
enum status blob_each_older(const struct blob_store *, int64_t before_us,
                            enum status (*fn)(void *ctx, struct str name, struct err *), void *ctx,
                            struct err *) MUST_CHECK;

/* For blob_copy.c: "<dir>/ab/abcdef…", and the key of one blob. */
enum { BLOB_PATH_BYTES = 4096 };
void blob_path(const struct blob_store *, struct str name, char path[BLOB_PATH_BYTES]);
struct key blob_key(const struct blob_store *, struct str name);
bool blob_is_name(struct str);

#endif
