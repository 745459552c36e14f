#ifndef DOCUMENTS_DOCUMENT_ROW_H
#define DOCUMENTS_DOCUMENT_ROW_H
/*
 * document_row -- the columns of the document queries as a struct, and the writes of this room. Private to documents/.
 */
#include "db/db.h"
#include "documents/document.h"

/* Strings are borrowed from the row. */
struct document document_of_row(const struct db_val *col);

/* Everything of a new document but its id and times. *id is the existing document when the patient has these bytes already (*made false). */
enum status document_insert(struct db *, const struct document *, const struct hash *content, int64_t now_us,
                            int64_t *id, bool *made, struct err *) MUST_CHECK;
enum status document_set_status(struct db *, int64_t id, struct str status, struct str error_code,
                                int64_t now_us, struct err *) MUST_CHECK;
enum status document_set_given(struct db *, const struct document *, int64_t now_us, struct err *) MUST_CHECK;
/* Replaces pages and facts by what was read, and marks the document as indexed. */
enum status document_store_reading(struct db *, const struct document *, const struct page *,
                                   size_t page_count, const struct document_reading *, bool names_another,
                                   int64_t now_us, struct err *) MUST_CHECK;
enum status document_delete_row(struct db *, int64_t id, struct err *) MUST_CHECK;

struct document_filter {
    int64_t patient_id;      /* 0: all */
    struct str status, kind; /* empty: all */
};
enum status document_count(struct db *, const struct document_filter *, int64_t *, struct err *) MUST_CHECK;
enum status document_each(struct db *, const struct document_filter *, int64_t limit, int64_t offset,
                          document_row_fn *, void *ctx, struct err *) MUST_CHECK;

/* Pages as they are stored; words_packed is for page_wire_read_words(). */
struct page_row {
    struct page page; /* without words */
    struct str words_packed;
};
typedef enum status page_row_fn(void *ctx, const struct page_row *, struct err *);
enum status page_count(struct db *, int64_t document_id, int64_t *, struct err *) MUST_CHECK;
enum status page_each(struct db *, int64_t document_id, int64_t limit, int64_t offset, page_row_fn *,
                      void *ctx, struct err *) MUST_CHECK;

const char *page_source_name(enum page_source); /* "text", "ocr", "corrected" */

#endif
