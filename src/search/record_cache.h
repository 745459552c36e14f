#ifndef SEARCH_RECORD_CACHE_H
#define SEARCH_RECORD_CACHE_H
/*
 * record_cache -- records of the last patients who asked, by patient and version, in bounded memory.
 *
 * A record is shared by the threads that use it at the moment; record_cache_release() gives it back. One lock, the last to be taken by any
 * thread (nothing is called under it but free). A new version of a patient's record replaces the old one, which goes when its last
 * user is done. Records in use count towards the limit but are never thrown away.
 */
#include "search/record.h"

enum { RECORD_CACHE_ENTRIES = 64 };

struct record_cache;

/* Lives in no arena: record_cache_free() when all threads are done. */
enum status record_cache_new(struct arena *, size_t max_bytes, struct record_cache **,
                             struct err *) MUST_CHECK;
void record_cache_free(struct record_cache *); /* NULL is fine */

/* NULL: not there. */
const struct record *record_cache_get(struct record_cache *, int64_t patient_id, int64_t version);

/* Takes the record over and answers the one to use: another thread may have put the same meanwhile. Never NULL. */
const struct record *record_cache_put(struct record_cache *, struct record *take);

void record_cache_release(struct record_cache *, const struct record *);

/* For tests and metrics. */
size_t record_cache_bytes(struct record_cache *);

#endif
