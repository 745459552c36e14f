#ifndef UNIT_RAG_ROOM_H
#define UNIT_RAG_ROOM_H
/*
 * room -- the assistant over a real database: people, their indexed papers, questions.
 */
#include "support/paper.h"
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

/* Runs what is due of the room's jobs; answers how many ran. The clock stands at *now_us. */
int room_run_jobs(struct room *, struct arena *, int64_t *now_us);
/* What the room does when the program starts. */
void room_start_jobs(struct room *, int64_t now_us);
/* Yes or no to a model outside, as the API does: the room's part hears of it in the same transaction. */
void room_agree_to_model(struct room *, int64_t patient_id, bool granted, int64_t now_us);

/* The one number that a query of its own answers: for counting rows. */
int64_t room_count(struct room *, const char *sql);

#endif
