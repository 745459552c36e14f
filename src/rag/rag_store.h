#ifndef RAG_RAG_STORE_H
#define RAG_RAG_STORE_H
/*
 * rag_store -- conversations and questions in the database.
 */
#include "base/json_out.h"
#include "rag/answer.h"

struct db;

struct session_row {
    int64_t id, patient_id;
    struct intent_context context;
    int64_t context_until_us;
};

/* E_NOT_FOUND without a message when there is none. Strings live in the arena. */
enum status session_find(struct db *, struct arena *, struct str key, struct session_row *,
                         struct err *) MUST_CHECK;

/* One question as it is logged. */
struct question_row {
    int64_t id, session_id, patient_id, message_id, user_id, asked_us;
    struct str session_key, query, answer, language, intent, sources_json, engine, timings_json;
    bool grounded, escalated, refused;
};

/* In the caller's transaction: the conversation (made when row->session_id is 0) and the question. Sets row->id and session_id. */
enum status question_store_add(struct db *, struct question_row *, const struct intent_context *,
                               int64_t context_until_us, struct err *) MUST_CHECK;

/* The logged answer to an inbound message; E_NOT_FOUND without a message when there is none. */
enum status question_find_by_message(struct db *, struct arena *, int64_t message_id, struct question_row *,
                                     struct err *) MUST_CHECK;

struct conversation_row {
    int64_t id, patient_id;
    struct str session_key;
    int64_t question_count, escalated_count, created_us, last_us;
};
typedef enum status conversation_fn(void *ctx, const struct conversation_row *, struct err *);
typedef enum status question_fn(void *ctx, const struct question_row *, struct err *);

/* patient_id 0: of all patients. Latest first. */
enum status conversation_count(struct db *, int64_t patient_id, int64_t *count, struct err *) MUST_CHECK;
enum status conversation_each(struct db *, int64_t patient_id, int64_t limit, int64_t offset,
                              conversation_fn *, void *ctx, struct err *) MUST_CHECK;
/* E_NOT_FOUND without a message when there is none. */
enum status conversation_get(struct db *, int64_t id, conversation_fn *, void *ctx, struct err *) MUST_CHECK;

/* Latest first. */
enum status question_each_of_session(struct db *, int64_t session_id, int64_t limit, question_fn *, void *ctx,
                                     struct err *) MUST_CHECK;
enum status question_each_of_patient(struct db *, int64_t patient_id, int64_t limit, question_fn *, void *ctx,
                                     struct err *) MUST_CHECK;

#endif
