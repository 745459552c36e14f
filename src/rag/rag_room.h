#ifndef RAG_RAG_ROOM_H
#define RAG_RAG_ROOM_H
/*
 * rag_room -- the inside of struct rag, for the files of this room.
 */
#include <stdatomic.h>

#include "rag/rag.h"
#include "rag/rag_json.h"
#include "search/record_cache.h"

struct rag {
    struct arena *arena; /* owns everything here */
    struct answer_books books;
    struct record_cache *cache;
    struct record_cache *advice;       /* the clinic's published advice, of one version */
    const struct documents *documents; /* for uploaded advice; NULL in programs that take none */
    const struct alerts *alerts;       /* NULL: nobody is told by e-mail */
    const struct rag_watch *watch;     /* NULL: nobody counts */
    struct str emergency_number, default_region;
    const struct generator *generator; /* NULL: none */
    int64_t model_timeout_us;
    atomic_int models_waited_for;     /* that are waited for now */
    const struct embedder *embedder;  /* NULL: none */
    const struct vector_store *store; /* of vectors, beside the database; NULL: none */
    struct key vector_key;            /* of its namespaces */
    struct str space;                 /* in which vectors are compared (models/embedder.h); empty: none */
};

/* What wakes workers for jobs of this room; NULL in programs without. */
static inline struct job_signal *rag_signal(const struct rag *rag) {
    return rag->documents ? rag->documents->signal : NULL;
}

/* As rag_ask(), and says where the time went. */
enum status rag_ask_timed(struct rag *, struct db *, struct arena *, const struct rag_question *,
                          struct rag_answer *, struct rag_timings *, struct err *) MUST_CHECK;

/*
 * The answer that the patient would get at the beginning of a conversation, whether or not he is active and has agreed to the assistant: nothing
 * is written but what left the house for it, and nobody is told. A model is asked only where the patient agreed to it. patient_id 0: asked
 * of the clinic's advice alone. For evaluations. E_NOT_FOUND: no such patient.
 */
enum status rag_try(struct rag *, struct db *, struct arena *, int64_t patient_id, struct str text,
                    int64_t now_us, struct rag_answer *, struct err *) MUST_CHECK;

/* The handlers of rag_routes. */
handler_fn rag_query_post, rag_conversations_get, rag_conversation_get;

extern const struct message rag_query_empty, rag_query_too_long, rag_patient_inactive, rag_session_foreign,
    rag_not_agreed;

#endif
