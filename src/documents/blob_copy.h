#ifndef DOCUMENTS_BLOB_COPY_H
#define DOCUMENTS_BLOB_COPY_H
/*
 * blob_copy -- blobs as they lie on the disk, for backups: their encrypted bytes are copied as they are, tried without being shown, and put
 * back where they were.
 */
#include "base/secret_stream.h"
#include "documents/blob.h"

/* Its encrypted bytes, which never change; the caller closes *fd. E_NOT_FOUND, without words: the file has gone. */
enum status blob_open_raw(const struct blob_store *, struct str name, int *fd, uint64_t *bytes,
                          struct err *) MUST_CHECK;

/* Does what comes in pieces decrypt whole? The plain text is wiped as it goes by. The caller's storage; blob_check_done() wipes it. */
struct blob_check {
    struct secret_stream open;
    bool started, last_seen, bad;
    size_t filled;
    uint64_t size_bytes; /* of the plain text so far */
    unsigned char sealed[SECRET_SEALED_BYTES], plain[SECRET_PIECE_BYTES];
    struct key key;
};
void blob_check_start(struct blob_check *, const struct blob_store *, struct str name);
void blob_check_add(struct blob_check *, struct str raw);
/* True: it was all of the blob, and unchanged. */
bool blob_check_end(struct blob_check *);
void blob_check_done(struct blob_check *);

/*
 * Puts a blob back: begun, its encrypted bytes added, ended (then it is on the disk under its name; the folders' names are made durable by
 * blob_put_sync). What broke off is removed by the next try. One at a time.
 */
struct blob_put {
    const struct blob_store *store;
    char path[BLOB_PATH_BYTES], part[BLOB_PATH_BYTES + 8];
    int fd;
};
enum status blob_put_start(struct blob_put *, const struct blob_store *, struct str name,
                           struct err *) MUST_CHECK;
enum status blob_put_add(struct blob_put *, struct str raw, struct err *) MUST_CHECK;
enum status blob_put_end(struct blob_put *, struct err *) MUST_CHECK;
/* Gives up what was begun. */
void blob_put_drop(struct blob_put *);
enum status blob_put_sync(const struct blob_store *, struct err *) MUST_CHECK;

#endif
