#ifndef PATIENTS_PATIENT_TAG_H
#define PATIENTS_PATIENT_TAG_H
/*
 * patient_tag -- looking for a tag among those of a record, which are kept as a JSON list of strings. No I/O.
 */
#include "base/arena.h"

/* The LIKE pattern (escape '!') of a list that holds the tag as it is written, in the arena. False: no room. */
bool patient_tag_pattern(struct arena *, struct str tag, struct str *out) MUST_CHECK;

#endif
