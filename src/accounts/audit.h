#ifndef ACCOUNTS_AUDIT_H
#define ACCOUNTS_AUDIT_H
/*
 * audit -- who did what to which record, in rows that cannot be changed without being noticed.
 *
 * Each row holds a hash over the row before it and its own fields (BLAKE2b-256), so that changing, removing or inserting a
 * row breaks the chain at that place. Rows hold ids and constant words, never what a record says.
 */
#include "db/db.h"

struct audit_row {
    int64_t id, at_us, actor_id, object_id;
    struct str action, object_type;
    struct str hash; /* HASH_BYTES bytes */
};

/* Adds a row in the caller's transaction, so that the deed and its row are there together or not at all. actor_id 0: the program. */
enum status audit_add(struct db *, int64_t actor_id, struct str action, struct str object_type,
                      int64_t object_id, int64_t now_us, struct err *) MUST_CHECK;

/* Walks the whole chain. *checked counts rows; *broken_id is the first row that does not fit, 0 if all do. */
enum status audit_verify(struct db *, int64_t *checked, int64_t *broken_id, struct err *) MUST_CHECK;

#endif
