#ifndef LANGUAGE_DAY_H
#define LANGUAGE_DAY_H
/*
 * day -- the first day that a text of a document names, by the reader of documents (documents/date_fr.h), whose tokens are not ours.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

/* *day has year 0 when the text names none. E_LIMIT when the arena is full. */
enum status day_in_text(struct arena *, struct str text, struct date *day, struct err *) MUST_CHECK;

#endif
