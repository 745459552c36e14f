#ifndef RAG_ADVICE_H
#define RAG_ADVICE_H
/*
 * advice -- the clinic's collection of leaflets and advice: what doctors publish for all patients. It holds nothing of any patient.
 *
 * draft -> published <-> withdrawn. Only what is published is cut into passages and may be quoted, and a change of its words makes it a
 * draft again: nothing reaches a patient that a doctor did not publish as it stands. The words were typed, or read from a file by the
 * job "advice.read", for the doctor to check; the file itself goes as soon as it was read.
 * The collection has a version, which grows in the transaction that changes what is published: what is made from it in memory
 * (advice_record.h) is of one version, so that what is withdrawn answers no question that comes later.
 * Strings of a struct advice are in the arena, in row functions borrowed. Room context: struct rag.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

struct db;
struct job_signal;

enum {
    ADVICE_TITLE_CHARS_MAX = 200,
    ADVICE_BODY_CHARS_MAX = 100000, /* some thirty pages */
    ADVICE_SEARCH_WORDS_MAX = 5,
    /* Characters of all that is published, some 3,000 pages: in memory this is a quarter of RECORD_MAX_BYTES. */
    ADVICE_PUBLISHED_CHARS_MAX = 6 * 1000 * 1000
};

enum advice_status { ADVICE_DRAFT, ADVICE_PUBLISHED, ADVICE_WITHDRAWN, ADVICE_STATUS_COUNT };

/* Of the file that the words come from. */
enum advice_reading { READING_NONE, READING_PENDING, READING_DONE, READING_FAILED, ADVICE_READING_COUNT };

struct advice {
    int64_t id, version;
    struct str title, body;
    int64_t characters; /* of the body, which lists leave out */
    enum lang language;
    enum advice_status status;
    enum advice_reading reading;
    struct str file_name, blob_name, error_code; /* error_code: why reading failed, or what was left out */
    int64_t created_by, created_at_us, updated_by, updated_at_us;
    int64_t published_by, published_at_us; /* 0: never */
};

const char *advice_status_name(enum advice_status);   /* "published" */
const char *advice_reading_name(enum advice_reading); /* "pending"; "" for none */

/* ---- reading (advice_store.c) ---- */

/* E_NOT_FOUND with a message when there is none. */
enum status advice_get(struct db *, struct arena *, int64_t id, struct advice *, struct err *) MUST_CHECK;

struct advice_filter {
    struct str status;   /* "": any */
    struct str answered; /* "ever", "never": whether a question was (advice_use.h); "": any */
    struct str words[ADVICE_SEARCH_WORDS_MAX]; /* LIKE patterns; "": none */
};
typedef enum status advice_row_fn(void *ctx, const struct advice *, struct err *);
enum status advice_count(struct db *, const struct advice_filter *, int64_t *count, struct err *) MUST_CHECK;
/* Last changed first, without the bodies. */
enum status advice_each(struct db *, const struct advice_filter *, int64_t limit, int64_t offset,
                        advice_row_fn *, void *ctx, struct err *) MUST_CHECK;

/*
 * ---- deeds (advice_change_store.c): each one transaction with its audit row, told as "advice" on /api/events/ once it is committed:
 * {"id", "status" (or "deleted"), "reading" (or null), "version"} ----
 */

struct rag;

struct advice_actor {
    int64_t user_id, now_us;
    struct job_signal *signal;
    const struct rag
        *rag; /* tells what happens, and has what is published made findable by meaning; NULL: neither */
};

/* What people say of it; `version` other than 0 must be the one that it has (E_CONFLICT: somebody changed it meanwhile). */
struct advice_edit {
    bool has_title, has_body, has_language;
    struct str title, body;
    enum lang language;
    int64_t version;
};

enum status advice_create(struct db *, struct arena *, const struct advice_actor *,
                          const struct advice_edit *, struct advice *, struct err *) MUST_CHECK;
/* E_CONFLICT with a message while its file is being read. */
enum status advice_change(struct db *, struct arena *, const struct advice_actor *, int64_t id,
                          const struct advice_edit *, struct advice *, struct err *) MUST_CHECK;
/* E_CONFLICT with a message: no words, a file under way, another version, or the collection is full. Twice does no harm. */
enum status advice_publish(struct db *, struct arena *, const struct advice_actor *, int64_t id,
                           int64_t version, struct advice *, struct err *) MUST_CHECK;
/* E_CONFLICT with a message: it was never published. Twice does no harm. */
enum status advice_withdraw(struct db *, struct arena *, const struct advice_actor *, int64_t id,
                            struct advice *, struct err *) MUST_CHECK;
/* The words, their passages and the file, if there is one. */
enum status advice_erase(struct db *, struct arena *, const struct advice_actor *, int64_t id,
                         struct err *) MUST_CHECK;

/* A file, encrypted on the disk, whose text is to become the body: adds the job that reads it. E_CONFLICT with a message while another
 * one is read, or while the words are published. */
enum status advice_take_file(struct db *, struct arena *, const struct advice_actor *, int64_t id,
                             struct str file_name, struct str blob_name, struct advice *,
                             struct err *) MUST_CHECK;

/*
 * In the caller's transaction: the end of the reading of this blob. `body` is what was read (empty: reading failed) and `error_code` says
 * why it failed or what was left out. The file is removed by a job. *stored is false when the advice waits for this file no more.
 */
enum status advice_store_reading(struct db *, struct arena *, const struct advice_actor *, int64_t id,
                                 struct str blob_name, struct str body, struct str error_code, bool *stored,
                                 struct err *) MUST_CHECK;

extern const struct message advice_unknown;

#endif
