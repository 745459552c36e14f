#ifndef RAG_RAG_H
#define RAG_RAG_H
/*
 * rag -- answers from the patient's own record: the room's context, what others call, routes.
 *
 * Constant after rag_open() but for the cache of records, which has a lock of its own; shared by all threads.
 */
#include "documents/document.h"
#include "http/route.h"
#include "models/embedder.h"
#include "models/generator.h"
#include "vectors/vector_store.h"
#include "patients/part.h"
#include "patients/patient.h"
#include "rag/answer.h"

struct alerts; /* accounts/alert.h */
struct rag;

/* Told of each answer that was given: cheap, never waiting. */
struct rag_watch {
    void *ctx;
    void (*answered)(void *ctx, const struct rag_answer *, int64_t us);
};

struct rag_options {
    struct str emergency_number;       /* given with every danger sign */
    struct str default_region;         /* how phone numbers without + are read; empty: "SN" */
    size_t cache_bytes;                /* for records in memory; 0: RAG_CACHE_BYTES */
    const struct generator *generator; /* NULL: answers without a model; lives as long as the room */
    int64_t model_timeout_us;          /* how long a generator is waited for; 0: RAG_MODEL_TIMEOUT_US */
    const struct vector_store *store;  /* NULL: vectors stay in the database alone; likewise */
    struct key vector_key;             /* of the store's namespaces (vectors/vector_store.h) */
    const struct embedder *embedder;   /* NULL: search by words alone; likewise */
    const struct alerts *alerts;       /* who is told of dangers by e-mail; NULL: nobody */
    const struct rag_watch *watch;     /* NULL: nobody counts */
    const struct documents
        *documents; /* reads uploaded advice; may be filled later, but before the first request */
};

/* Some 25 large records (1,000 passages each), or thousands of usual ones' bytes: what one process may keep. */
#define RAG_CACHE_BYTES ((size_t)8 << 20)

/* A model that has not answered by then has answered too late for somebody who waits on WhatsApp. */
#define RAG_MODEL_TIMEOUT_US (8 * SECOND_US)

/* A conversation's context is forgotten after a day. */
#define RAG_CONTEXT_LIFE_US DAY_US

enum { SESSION_ID_CHARS_MAX = 128 };

enum status rag_open(const struct rag_options *, struct rag **, struct err *) MUST_CHECK;
void rag_close(struct rag *); /* NULL is fine */

struct rag_question {
    const struct patient *patient;
    struct str text;       /* 1..QUESTION_CHARS_MAX characters; longer is cut by callers that cannot refuse */
    struct str session_id; /* empty: a new conversation */
    int64_t
        message_id; /* the inbound message: asked again after a crash, the logged answer comes back; 0: none */
    int64_t user_id; /* who asks through the API; 0: the program */
    int64_t now_us;
};

/*
 * Answers, logs the question and tells the doctor what has to be known, in one transaction; triage comes before all else. In no
 * transaction of the caller. E_NOT_FOUND: not active. E_DENIED: the session is another patient's, or the patient refused the assistant
 * (a danger sign is answered all the same). E_INVALID: no text, or too long.
 */
enum status rag_ask(struct rag *, struct db *, struct arena *, const struct rag_question *,
                    struct rag_answer *, struct err *) MUST_CHECK;

/* Whether a danger sign stands in a text that is not asked (a doctor has the conversation, nobody knows who writes), and what is said then. */
enum status rag_triage(const struct rag *, struct arena *, struct str text, enum lang of_patient,
                       int64_t now_us, bool *danger, struct str *answer, struct err *) MUST_CHECK;

/* Makes the pages of documents findable. */
struct document_indexer rag_indexer(struct rag *);

/* Questions in a patient's export and timeline; vectors when he agrees to them or no longer does. */
struct patient_part rag_patient_part(struct rag *);

/* Golden questions in a patient's export. */
extern const struct patient_part golden_patient_part;

extern const struct route rag_routes[], advice_routes[], evaluation_routes[],
    embedding_routes[]; /* room: struct rag */

/* The jobs that a starting server adds for itself; in the caller's transaction. */
enum status rag_start_jobs(struct rag *, struct db *, int64_t now_us, struct err *) MUST_CHECK;

/* The job kinds of this room; `kinds` has room for RAG_JOB_COUNT. */
enum { RAG_JOB_COUNT = 6 };
void rag_job_kinds(struct rag *, struct job_kind kinds[RAG_JOB_COUNT]);

#endif
