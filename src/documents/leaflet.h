#ifndef DOCUMENTS_LEAFLET_H
#define DOCUMENTS_LEAFLET_H
/*
 * leaflet -- the notice of a medicine: what it says is said to everybody, and is no fact about the patient whose record it lies in.
 *
 * "Ne prenez jamais X si vous êtes allergique à Y" is nobody's allergy, and the doses in it are nobody's prescription.
 */
#include "documents/sheet.h"

/* Pages with so many of the phrases that only notices are written in are one; a prescription may hold one or two. */
enum { LEAFLET_PHRASES_MIN = 4 };

/* How many of the phrases stand in the pages, at most LEAFLET_PHRASES_MIN. 0 as well when the arena is full. */
int leaflet_phrases(struct arena *, const struct sheet *, size_t count);

#endif
