#ifndef RAG_ADVICE_MEDICINE_H
#define RAG_ADVICE_MEDICINE_H
/*
 * advice_medicine -- medicines in a question and in the clinic's advice: one by another name of its substance, and what must not be quoted.
 *
 * Pure; all that is given lives longer than the call.
 */
#include "search/search.h"

/*
 * A medicine that the collection does not name: a sheet on "paracétamol" speaks of doliprane, one on Doliprane of paracétamol; one on another
 * product of the same substance does not count. Stems live in the arena or the collection.
 */
enum status advice_medicine_widen(struct text_reader *, struct arena *, const struct record *advice,
                                  const struct tokens *question, struct search_query *,
                                  struct err *) MUST_CHECK;

/* The sheet bears the name of a medicine, and not of one that is asked for: what it says of taking it is about the other one. */
bool advice_medicine_is_another(const struct record_document *sheet, const struct tokens *question);

/* A number with what medicines are counted in: "500 mg", "2 comprimés", "3 fois". */
bool advice_medicine_has_amount(const struct tokens *);

/* Names a medicine of the record, be it by another name of its substance. */
bool advice_medicine_is_of_record(const struct record *, const struct tokens *);

#endif
