#ifndef SEARCH_RECORD_H
#define SEARCH_RECORD_H
/*
 * record -- everything that answers about one patient are made from, in memory.
 *
 * A record belongs to one patient and is read by patient id alone: no query can see two patients, because none is written that way. It is
 * built once (documents first, then their chunks and facts), constant afterwards and may then be read by any thread; its arena owns all
 * of it. What the patient's file itself says (allergies, medication, history) is document 0.
 */
#include "documents/fact.h"
#include "search/postings.h"
#include "vectors/vector.h"

/* A record that does not fit is answered with E_LIMIT: 64 MB hold some 20,000 chunks. */
#define RECORD_MAX_BYTES ((size_t)64 << 20)

struct record_document {
    int64_t id; /* 0: the patient's file */
    struct str title, author;
    enum document_kind kind;
    struct date date;     /* year 0: not known */
    int64_t added_us;     /* when it was uploaded */
    bool names_another;   /* the patient named on it does not agree with the record */
    enum lang language;   /* of the clinic's advice; papers do not say */
    struct tokens titled; /* of the title; filled by record_add_document() */
};

struct record_chunk {
    int64_t id;
    uint32_t document; /* index in record.documents */
    uint16_t words;    /* of the text, without function words; filled by record_add_chunk() */
    uint8_t confidence;
    int page; /* 0 for the patient's file */
    struct box box;
    struct str heading, text;
};

struct record_fact {
    uint32_t document;
    struct fact fact;
};

struct record {
    struct arena *arena;
    int64_t patient_id, version;
    struct str first_name, last_name;
    struct date birth; /* year 0: not known */
    char gender;       /* 'M', 'F', or anything else: not known */
    enum lang language;
    struct str allergies, current_medications, medical_history;

    struct record_document *documents; /* by rising id */
    size_t document_count, document_capacity;
    struct record_chunk *chunks;
    size_t chunk_count, chunk_capacity;
    struct record_fact *facts;
    size_t fact_count, fact_capacity;
    struct postings postings;

    struct vector_rows vectors; /* of the current space; none: no embedder, or the patient did not agree */
    uint32_t *vector_chunks;    /* the chunk of each, rising */
};

/* An empty record, with the arena that owns it. */
enum status record_new(struct record **, struct err *) MUST_CHECK;
void record_free(struct record *); /* NULL is fine */

/* Each copies what it is given. Documents come by rising id; a chunk or fact of a document that is not there is E_NOT_FOUND. */
enum status record_add_document(struct record *, struct text_reader *, const struct record_document *,
                                struct err *) MUST_CHECK;
enum status record_add_chunk(struct record *, int64_t document_id, const struct record_chunk *,
                             struct str terms, struct err *) MUST_CHECK;
enum status record_add_fact(struct record *, int64_t document_id, const struct fact *,
                            struct err *) MUST_CHECK;

/*
 * After the chunks: the vector of a chunk, by rising chunk. One that is not like the first (another length, no vector) is left out, as if the
 * chunk had none.
 */
enum status record_add_vector(struct record *, uint32_t chunk, struct str packed, struct err *) MUST_CHECK;

/*
 * The same for vectors that are listed in the order of the chunks, by their document's and their own id: what is not there is left out. The cursor
 * starts at 0 and goes on by itself.
 */
enum status record_add_vector_of(struct record *, uint32_t *cursor, int64_t document_id, int64_t chunk_id,
                                 struct str packed, struct err *) MUST_CHECK;

/* Adds document 0 from the texts of the patient's file, when there are any. Call before the other documents. */
enum status record_add_file(struct record *, struct text_reader *, struct err *) MUST_CHECK;

/* Bytes that it takes in memory, about. */
size_t record_bytes(const struct record *);

/* Whether the quote says what a person said of a fact in the place of what was read. */
enum corrected_by record_corrected_by(const struct record *, uint32_t document, int page, struct str quote);

/* The day of a value: that of its column, else its document's; year 0: not known. */
struct date record_fact_day(const struct record *, const struct record_fact *);

static inline const struct record_document *record_document_of(const struct record *r, uint32_t index) {
    return &r->documents[index];
}

#endif
