#ifndef MESSAGING_RECORD_TEXT_H
#define MESSAGING_RECORD_TEXT_H
/*
 * record_text -- the answer to MON DOSSIER: what the clinic holds about a person, without anything that stands in it.
 */
#include "patients/patient.h"

/* How many documents with title and date, and what the person agreed to: the list of TEXT_RECORD. Reads only. */
enum status record_text_list(struct db *, struct arena *, const struct patient *, struct str *out,
                             struct err *) MUST_CHECK;

#endif
