#ifndef RAG_TREATMENT_H
#define RAG_TREATMENT_H
/*
 * treatment -- which prescription is the last one, and which of its lines still hold.
 *
 * The last prescription is the one with the latest day; a document without a readable day never counts as later than one with a day, and
 * one that names somebody else only when there is no other. A line holds until its printed duration has passed, counted from the day of
 * its document; a line without a duration holds as long as its prescription is the last.
 */
#include "search/record.h"

/* True when a is to be believed before b: names the patient, has a day, a later one, was added later. */
bool treatment_is_later(const struct record_document *a, const struct record_document *b);

/* The days that a printed duration means: "7 jours" 7, "3 semaines" 21, "2 mois" 60, "1 an" 365; 0 when it is not of this form. */
int treatment_days(struct str duration);

enum line_state { LINE_HOLDS, LINE_ENDED, LINE_UNKNOWN };
enum line_state treatment_line_state(const struct record *, const struct record_fact *, struct date today);

/* A line that says not to take the medicine any more: it is no prescription (documents/medication.h). */
bool treatment_is_stop(const struct fact *);

/* A line that was read as a medicine and is none: a table of measurements, or what of potassium one may eat. */
bool treatment_is_none(const struct fact *);

#endif
