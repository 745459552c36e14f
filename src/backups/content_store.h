#ifndef BACKUPS_CONTENT_STORE_H
#define BACKUPS_CONTENT_STORE_H
/*
 * content_store -- what a database holds, as a backup counts it: of the copy that is saved, and of the one that a backup is tried on.
 */
#include "backups/facts.h"
#include "db/scratch.h"
#include "documents/blob.h"

/* A copy, opened. */
struct content {
    struct db_pool *pool;
    struct db *db;
};
/* `migrate`: it is brought to this program's schema first; else it must be of that schema. */
enum status content_open(const struct scratch *, bool migrate, int64_t now_us, struct content *,
                         struct err *) MUST_CHECK;
void content_close(struct content *); /* a closed one is fine */

/* patients, documents, messages, audit_rows and blobs; the rest is left alone. */
enum status content_count(struct db *, struct backup_facts *, struct err *) MUST_CHECK;

/* The last migration that it has seen. */
int64_t content_schema(void);

/* The originals that rows name, one after the other by name. */
struct blob_names {
    struct db *db;
    struct {
        char name[BLOB_NAME_BYTES];
        int64_t size_bytes; /* -1: not known */
    } rows[256];
    size_t at, count;
    bool last;
    char after[BLOB_NAME_BYTES];
};
void blob_names_start(struct blob_names *, struct db *);
/* *name is empty behind the last one. */
enum status blob_names_next(struct blob_names *, struct str *name, int64_t *size_bytes,
                            struct err *) MUST_CHECK;

/* After a restore: what may have left since the backup does not leave again. */
enum status content_hold(struct db *, int64_t now_us, struct err *) MUST_CHECK;

#endif
