#ifndef RAG_EMBEDDING_STORE_H
#define RAG_EMBEDDING_STORE_H
/*
 * embedding_store -- spaces and the vectors of passages in the database, which is where the truth about them is.
 *
 * A vector goes with its passage, its document and its patient by foreign keys. Only the passages of patients who agree that text goes to a
 * model outside (CONSENT_EXTERNAL_MODEL, newest word) are ever listed for it.
 */
#include "base/arena.h"
#include "base/status.h"

struct db;

struct embedding_space {
    int64_t id;
    int64_t dimensions;
};

/* In the caller's transaction: the space, made when it is new. E_CONFLICT: it has vectors of another length. */
enum status embedding_space_open(struct db *, struct str name, size_t dimensions, int64_t now_us,
                                 struct embedding_space *, struct err *) MUST_CHECK;
/* E_NOT_FOUND without a message: nothing was ever embedded in it. */
enum status embedding_space_find(struct db *, struct str name, struct embedding_space *,
                                 struct err *) MUST_CHECK;

/* A passage that has no vector of a space yet. */
struct unembedded {
    int64_t chunk_id, document_id;
    struct str title, author, heading, text;
};

/* The next `max` of a patient, by rising id, in the arena; none also when the patient does not agree. */
enum status embedding_list_missing(struct db *, struct arena *, int64_t patient_id, struct str space,
                                   struct unembedded *out, size_t max, size_t *count,
                                   struct err *) MUST_CHECK;

/* The next patient after that one who agrees and has such passages; 0: none. */
enum status embedding_next_patient(struct db *, int64_t after, struct str space, int64_t *patient_id,
                                   struct err *) MUST_CHECK;

/* The next patient after that one who has vectors and does not agree (any more); 0: none. */
enum status embedding_next_withdrawn(struct db *, int64_t after, int64_t *patient_id,
                                     struct err *) MUST_CHECK;

/* In the caller's transaction. A passage that went meanwhile gets none, silently. The caller touches the record. */
enum status embedding_put(struct db *, int64_t space_id, int64_t patient_id, int64_t chunk_id,
                          struct str packed, struct err *) MUST_CHECK;

/* In the caller's transaction: all vectors of a patient, in all spaces. */
enum status embedding_forget_patient(struct db *, int64_t patient_id, struct err *) MUST_CHECK;

/* The vectors of a patient in a space, in the arena. */
struct vector_item;
enum status embedding_list(struct db *, struct arena *, int64_t patient_id, struct str space,
                           struct vector_item **out, size_t *count, struct err *) MUST_CHECK;

/* Who has vectors in a space, by rising id, in the arena. */
enum status embedding_list_patients(struct db *, struct arena *, struct str space, int64_t **out,
                                    size_t *count, struct err *) MUST_CHECK;

/* The same for the clinic's published advice. */
enum status embedding_list_missing_advice(struct db *, struct arena *, struct str space,
                                          struct unembedded *out, size_t max, size_t *count,
                                          struct err *) MUST_CHECK;
enum status embedding_put_advice(struct db *, int64_t space_id, int64_t chunk_id, struct str packed,
                                 struct err *) MUST_CHECK;
enum status embedding_touch_advice(struct db *, struct err *) MUST_CHECK;

struct embedding_progress {
    int64_t passages; /* of patients who agree, and of advice */
    int64_t embedded; /* of them in this space */
    int64_t others;   /* vectors of patients' passages in other spaces that still wait to be deleted */
};
enum status embedding_progress_get(struct db *, struct str space, struct embedding_progress *,
                                   struct err *) MUST_CHECK;

/* The last run of the job over everything; empty state: there was none. Strings live in the arena. */
struct embedding_run {
    struct str state, last_error; /* 'ready', 'running', 'done', 'dead' */
    int64_t due_us, finished_us;
};
enum status embedding_last_run(struct db *, struct arena *, struct str job_kind, struct embedding_run *,
                               struct err *) MUST_CHECK;

/* Deletes the vectors of all other spaces, some at a time in transactions of its own, then the spaces. */
enum status embedding_forget_other_spaces(struct db *, struct str space, struct err *) MUST_CHECK;

#endif
