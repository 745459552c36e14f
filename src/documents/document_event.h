#ifndef DOCUMENTS_DOCUMENT_EVENT_H
#define DOCUMENTS_DOCUMENT_EVENT_H
/*
 * document_event -- "document" on /api/events/: {"id", "patient", "status", "pages_done", "page_count"}; page_count 0: not known yet.
 *
 * The status is that of the document, or "deleted". A document that was moved is told with its new patient. Id 0: all documents
 * of the patient, who was erased.
 */
#include "documents/document.h"

enum { DOCUMENT_EVENT_ALL = 0 };

/* How far the reading is; at once. */
void document_event_progress(const struct documents *, const struct document *, int pages_done,
                             int page_count);

/* A new status, told when the caller's transaction is committed. */
enum status document_event_status(const struct documents *, struct db *, struct arena *, int64_t id,
                                  int64_t patient_id, struct str status, int64_t page_count,
                                  struct err *) MUST_CHECK;

#endif
