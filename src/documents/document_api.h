#ifndef DOCUMENTS_DOCUMENT_API_H
#define DOCUMENTS_DOCUMENT_API_H
/*
 * The handlers of this room, for its route table in documents_api.c, and what they share. Room context: struct documents.
 */
#include "documents/document.h"
#include "http/upload.h"

handler_fn documents_get, documents_post, document_needs_get, document_get_one, document_patch,
    document_delete, document_file_get, document_reindex;
handler_fn document_unlock, document_page_patch, document_page_delete;
handler_fn document_search, document_pages_get, document_picture_get, document_searchable_get,
    document_facts_get, patient_facts_get;
handler_fn document_outline_get, document_facts_post, document_fact_patch, document_fact_reject,
    document_fact_corrections_get, document_fact_correction_delete;
handler_fn document_confirm_patient_post, document_confirm_patient_delete, document_move_post;

extern const struct upload_sink documents_upload;

/* One document as the API shows it; error sentences in the language of the reader. */
void document_json(struct json_out *, const struct document *, enum lang);

/* [x, y, w, h] */
void box_json(struct json_out *, struct box);

/* Answers with the document as it is now. */
enum status document_answer(struct request *, struct reply *, int64_t id, struct err *) MUST_CHECK;

/* Answers with a blob as a download of this name; it is decrypted while it is sent. re->type is set. */
enum status document_send_blob(const struct blob_store *, struct request *, struct reply *, struct str blob,
                               int64_t size_bytes, struct str file_name, struct err *) MUST_CHECK;

/* The document of path argument 0. */
enum status document_of_request(struct request *, struct document *, struct err *) MUST_CHECK;

#endif
