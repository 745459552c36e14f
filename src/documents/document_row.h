#ifndef DOCUMENTS_DOCUMENT_ROW_H
#define DOCUMENTS_DOCUMENT_ROW_H
/*
 * document_row -- the columns of the document queries as a struct, and the writes of this room. Private to documents/.
 */
#include "documents/document.h"

struct db_val;

extern const struct message document_not_locked;

/* Strings are borrowed from the row. */
struct document document_of_row(const struct db_val *col);

/* Everything of a new document but its id and times. *id is the existing document when the patient has these bytes already (*made false). */
enum status document_insert(struct db *, const struct document *, const struct hash *content, int64_t now_us,
                            int64_t *id, bool *made, struct err *) MUST_CHECK;
enum status document_set_status(struct db *, int64_t id, struct str status, struct str error_code,
                                int64_t now_us, struct err *) MUST_CHECK;
/*
 * Replaces pages and facts by what was read, and marks the document as indexed. error_code: why some pages were not read; empty when
 * all were.
 */
enum status document_store_reading(struct db *, const struct document *, const struct page *,
                                   size_t page_count, const struct document_reading *, bool names_another,
                                   struct str error_code, int64_t now_us, struct err *) MUST_CHECK;
/* The write use cases of people: each is one transaction with its audit row. user_id is who does it. */
enum status document_save_given(struct db *, const struct document *, int64_t user_id, int64_t now_us,
                                struct err *) MUST_CHECK;
/* Somebody takes the whole file away; the picture of a page is only looked at, and leaves no row. */
enum status document_note_download(struct db *, const struct document *, int64_t user_id, int64_t now_us,
                                   struct err *) MUST_CHECK;

enum status document_read_again(struct db *, struct arena *, const struct documents *,
                                const struct document *, int64_t user_id, int64_t now_us,
                                struct err *) MUST_CHECK;
enum status document_erase(struct db *, struct arena *, const struct documents *, const struct document *,
                           int64_t user_id, int64_t now_us, struct err *) MUST_CHECK;

/*
 * The document without its password in the place of the locked one, which is removed; it is then read, and guesses at it are forgotten.
 * E_CONFLICT with a message: it waits for no password any more.
 */
enum status document_save_unlocked(struct db *, struct arena *, const struct documents *,
                                   const struct document *locked, const struct blob *,
                                   const struct hash *guess_subject, int64_t user_id, int64_t now_us,
                                   struct err *) MUST_CHECK;

/*
 * Whose it is. Moving takes everything that was read out of the old record at once, and has it read again; E_CONFLICT with a
 * message when the other patient has the same bytes already.
 */
enum status document_confirm_patient(struct db *, const struct document *, int64_t user_id, int64_t now_us,
                                     struct err *) MUST_CHECK;
/* Takes that back: what stands on the paper counts again. E_NOT_FOUND with a message: nobody said so. */
enum status document_unconfirm_patient(struct db *, struct arena *, const struct document *, int64_t user_id,
                                       int64_t now_us, struct err *) MUST_CHECK;
enum status document_move(struct db *, struct arena *, const struct documents *, const struct document *,
                          int64_t patient_id, int64_t user_id, int64_t now_us, struct err *) MUST_CHECK;

/*
 * An upload of several files: all or nothing. out and made have `count` places; see document_add() in ingest.h. The rows are read in the
 * same transaction, so that what is answered is what was accepted ("pending"), however soon a worker begins.
 */
struct document_content {
    struct document document;
    struct hash hash;
};
enum status documents_add(struct db *, struct arena *, const struct documents *,
                          const struct document_content *, size_t count, int64_t now_us, struct document *out,
                          bool *made, struct err *) MUST_CHECK;

/* Inside the transaction that erases a patient: jobs that remove the originals once that is certain. */
enum status documents_erase_originals(struct db *, struct arena *, const struct documents *,
                                      int64_t patient_id, int64_t now_us, struct err *) MUST_CHECK;

/* Whether a row names this original. */
enum status document_names_blob(struct db *, struct str blob_name, bool *named, struct err *) MUST_CHECK;

/* What a document waits for: the machine, or a person who does one thing about it. In the order of the query document_needs. */
enum document_need {
    NEED_ANY,
    NEED_READING,       /* it is read now, or will be */
    NEED_FAILED,        /* nothing of it was read */
    NEED_LOCKED,        /* it failed for want of its password */
    NEED_OTHER_PATIENT, /* it names another */
    NEED_ILLEGIBLE,     /* some of its pages stay out of answers */
    NEED_CHECK,         /* any of these four */
    NEED_COUNT
};
const char *document_need_name(enum document_need);
bool document_need_from_name(struct str, enum document_need *) MUST_CHECK; /* "": NEED_ANY */

struct document_filter {
    int64_t patient_id;      /* 0: all */
    struct str status, kind; /* empty: all */
    enum document_need need;
};
/* How many there are of each; reads an index of those alone. counts[NEED_ANY] is 0. */
enum status document_needs(struct db *, int64_t counts[NEED_COUNT], struct err *) MUST_CHECK;
enum status document_count(struct db *, const struct document_filter *, int64_t *, struct err *) MUST_CHECK;
enum status document_each(struct db *, const struct document_filter *, int64_t limit, int64_t offset,
                          document_row_fn *, void *ctx, struct err *) MUST_CHECK;

/* Pages as they are stored; words_packed is for page_wire_read_words(). */
struct page_row {
    struct page page; /* without words */
    struct str words_packed;
    int64_t corrected_at_us; /* 0: as it was read */
    struct str corrected_by; /* for people */
};
typedef enum status page_row_fn(void *ctx, const struct page_row *, struct err *);
enum status page_count(struct db *, int64_t document_id, int64_t *, struct err *) MUST_CHECK;
enum status page_each(struct db *, int64_t document_id, int64_t limit, int64_t offset, page_row_fn *,
                      void *ctx, struct err *) MUST_CHECK;
/* Number, size and turn of one page; the rest is left out. E_NOT_FOUND with a message when there is none. */
enum status page_get_geometry(struct db *, int64_t document_id, int64_t number, struct page *,
                              struct err *) MUST_CHECK;

/* A few words of every page, without reading the words on it. Text and size are left out. */
enum status page_outline(struct db *, int64_t document_id, page_row_fn *, void *ctx, struct err *) MUST_CHECK;

const char *page_source_name(enum page_source); /* "text", "ocr", "corrected", "unread" */

#endif
