#ifndef DOCUMENTS_UPLOAD_ABOUT_H
#define DOCUMENTS_UPLOAD_ABOUT_H
/*
 * upload_about -- what an upload says of its document: whose it is, title and kind. The fields of a form, or the metadata of an upload
 * that can be resumed.
 */
#include "documents/document.h"

enum { UPLOAD_TITLE_MAX_CHARS = 200 };

struct upload_about {
    int64_t patient_id; /* 0: not said */
    struct str title;   /* in the arena; empty: not said */
    enum document_kind kind;
    bool kind_given, patient_seen, title_seen, kind_seen;
};

/* One field. E_INVALID, as a field error: none of ours, given twice, or a wrong value. */
enum status upload_about_field(struct arena *, struct upload_about *, struct str name, struct str value,
                               struct err *) MUST_CHECK;

/* Patient, title and kind of a document whose file name is set. */
void upload_about_fill(const struct upload_about *, struct document *);

#endif
