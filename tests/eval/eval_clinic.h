#ifndef TESTS_EVAL_EVAL_CLINIC_H
#define TESTS_EVAL_EVAL_CLINIC_H
/*
 * eval_clinic -- a real database in a folder of its own with patients, their read papers and the assistant, for evaluations and benchmarks.
 *
 * Anything that goes wrong ends the program.
 */
#include "db/db.h"
#include "paper_read.h"
#include "rag/rag.h"

struct eval_clinic {
    char folder[64];
    struct db_pool *pool;
    struct db *db; /* of the thread that opened it */
    struct rag *rag;
    int64_t doctor_id, now_us;
};

/* cache_bytes: of the cache of records; 0: as in the program. */
void eval_clinic_open(struct eval_clinic *, size_t cache_bytes);
void eval_clinic_close(struct eval_clinic *); /* removes the folder */

/* The assistant anew: nothing is in its cache. */
void eval_clinic_forget(struct eval_clinic *, size_t cache_bytes);

/* An active patient who agreed to the assistant; answers the id. */
int64_t eval_clinic_add_patient(struct eval_clinic *, const struct paper_person *, const char *phone);
/* A paper that was read and indexed; answers the id of the document. */
int64_t eval_clinic_add_paper(struct eval_clinic *, struct paper_reader *, int64_t patient_id,
                              const struct paper *);

#endif
