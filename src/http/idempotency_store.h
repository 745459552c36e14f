#ifndef HTTP_IDEMPOTENCY_STORE_H
#define HTTP_IDEMPOTENCY_STORE_H
/*
 * idempotency_store -- the records of idempotency keys in the database. Inside http/ only.
 */
#include "base/crypto.h"
#include "db/db.h"

struct idempotency_record {
    int http;
    struct str request_hash, body; /* in the arena */
    /* Written, never read: the record is erased with this patient, or this advice of the clinic; 0: with none. */
    int64_t patient_id, advice_id;
};

/* Inserts the record, inside the caller's transaction; *is_new is false when a younger one than 24 h stands already. */
enum status idempotency_claim(struct db *, const struct hash *key, const struct hash *request, int64_t now_us,
                              bool *is_new, struct err *) MUST_CHECK;

/* Keeps the answer (its hash is that of the claim) in the record that was claimed. */
enum status idempotency_finish(struct db *, const struct hash *key, const struct idempotency_record *answer,
                               struct err *) MUST_CHECK;

enum status idempotency_find(struct db *, struct arena *, const struct hash *key, struct idempotency_record *,
                             struct err *) MUST_CHECK;

#endif
