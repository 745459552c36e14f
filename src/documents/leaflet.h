#ifndef DOCUMENTS_LEAFLET_H
#define DOCUMENTS_LEAFLET_H
/*
 * leaflet -- the notice of a medicine: what it says is said to everybody, and is no fact about the patient whose record it lies in.
 *
 * "Ne prenez jamais X si vous êtes allergique à Y" is nobody's allergy, and the doses in it are nobody's prescription.
 */
#include "documents/sheet.h"

/* True when the pages speak as only notices do: at least LEAFLET_PHRASES_MIN of their phrases. False as well when the arena is full. */
enum { LEAFLET_PHRASES_MIN = 4 };
bool document_is_leaflet(struct arena *, const struct sheet *, size_t count);

#endif
