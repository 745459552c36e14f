#ifndef PATIENTS_PATIENT_PAGE_H
#define PATIENTS_PATIENT_PAGE_H
/*
 * patient_page -- a record as a page to read, for the patient who takes it along: who he is, what was noted, his papers, the conversation. In his
 * language, whole in one file (no script, nothing from elsewhere), made of the export that stands beside it. Pure.
 */
#include "base/buf.h"
#include "base/clock.h"
#include "base/status.h"

/* A paper as it stands in the archive. */
struct page_paper {
    struct str title, name; /* name: "documents/2026-03-12_ordonnance_4.pdf", plain ASCII */
    struct date date;       /* year 0: not known */
};

/* export_json: what GET /api/patients/{id}/export/ answers. E_INTERNAL when it is not that. */
enum status patient_page_write(struct str export_json, const struct page_paper *, size_t count, enum lang,
                               struct buf *out, struct err *) MUST_CHECK;

#endif
