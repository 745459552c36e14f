#ifndef BACKUPS_FACTS_H
#define BACKUPS_FACTS_H
/*
 * facts -- what a backup says of itself in its first entry, as JSON, and what is counted of it when it is tried.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"

enum { FACTS_BYTES_MAX = 4096 };

struct backup_facts {
    struct str version;  /* of the program */
    int64_t schema;      /* the number of the last migration */
    int64_t taken_at_us; /* the moment that it holds */
    int64_t database_bytes;
    int64_t patients, documents, messages, audit_rows, blobs;
};

enum status facts_write(const struct backup_facts *, struct buf *, struct err *) MUST_CHECK;
/* E_INVALID with backup_damaged when it makes no sense. Fields that are not known are skipped: a later program may say more. */
enum status facts_read(struct arena *, struct str json, struct backup_facts *, struct err *) MUST_CHECK;

#endif
