#ifndef RAG_ADVICE_RECORD_H
#define RAG_ADVICE_RECORD_H
/*
 * advice_record -- what is published, as a record that is searched like a patient's: of patient 0, whom there is not, and without facts.
 *
 * Its version is the collection's. Each sheet is a document whose id is that of the advice, each passage stands on its page 1.
 */
#include "rag/advice.h"
#include "search/record.h"

enum { ADVICE_PATIENT_ID = 0 };

/* The version of the collection now. */
enum status advice_version(struct db *, int64_t *version, struct err *) MUST_CHECK;

/* All that is published, of one version, with the vectors of a space (empty: none). E_RETRY when it changes faster than it can be read; record_free() it. */
enum status advice_record_load(struct db *, struct str space, struct record **, struct err *) MUST_CHECK;

/* In the caller's transaction, both with a new version of the collection: the passages of a sheet, made anew from its body, or none. */
enum status advice_passages_put(struct db *, struct arena *, const struct advice *, struct err *) MUST_CHECK;
enum status advice_passages_drop(struct db *, int64_t advice_id, struct err *) MUST_CHECK;

#endif
