#ifndef UNIT_RAG_ROOM_H
#define UNIT_RAG_ROOM_H
/*
 * room -- the assistant over a real database: people, their indexed papers, questions.
 */
#include "paper.h"
#include "patients/clinic.h"
#include "rag/rag.h"

struct room {
    struct clinic clinic;
    struct rag *rag;
    struct arena *arena; /* of the last question and its answer */
};

void room_open(struct room *);
/* The same with an embedder, borrowed. */
void room_open_with(struct room *, const struct embedder *);
void room_open_with_store(struct room *, const struct embedder *, const struct vector_store *);
/* The program starts anew, with another embedder. */
void room_restart_with(struct room *, const struct embedder *);
void room_restart_with_store(struct room *, const struct embedder *, const struct vector_store *);
void room_close(struct room *);

/* An active patient who agreed to the assistant. */
int64_t room_add_person(struct room *, const char *first, const char *last, const char *phone);

/* Stores and indexes a paper as the ingest job does; answers the document's id. */
int64_t room_index(struct room *, int64_t patient_id, const struct paper *);
/* Reads the same document again. */
void room_index_again(struct room *, int64_t document_id, const struct paper *);

enum status room_ask(struct room *, int64_t patient_id, const char *text, const char *session,
                     struct rag_answer *);

/* The one number that a query of its own answers: for counting rows. */
int64_t room_count(struct room *, const char *sql);

#endif
