#ifndef GUARD_GUARD_H
#define GUARD_GUARD_H
/*
 * guard -- the last look at an answer before it leaves: nothing in it that no cited passage bears.
 *
 * Every number must stand in a quote as it is printed there, with the same unit behind it, and all numbers of a line in one quote; every
 * day must stand in a quote or be the day of a cited document; every medicine that names.h knows must stand in a quote. The guard knows
 * nothing of how the answer was made, so that it holds for whatever makes answers later.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"
#include "documents/fact.h"

/* Where a quote stands: on the patient's own papers, or in what the clinic publishes for everybody (advice.h). */
enum source_collection { COLLECTION_RECORD, COLLECTION_ADVICE };

enum { SOURCE_DAYS_MAX = 12 };

struct rag_source {
    int64_t document_id; /* 0: the patient's file; of advice, its id */
    struct str title;
    int page; /* 0: the patient's file */
    struct str quote;
    struct date date;                  /* of the document; year 0: not known */
    struct date days[SOURCE_DAYS_MAX]; /* of its columns whose values are told */
    size_t day_count;
    enum source_collection collection;
    enum corrected_by corrected_by;
};

/* A day of one of its columns, once; one more than SOURCE_DAYS_MAX is left out, and then not borne. */
void source_add_day(struct rag_source *, struct date);

/*
 * OK when everything is borne; E_CONFLICT when not (err says what kind, not which words); E_LIMIT without memory. `asked` is
 * the patient's own message: an answer may repeat a medicine's name from it ("« X » is not written there"), never a figure.
 */
enum status guard_check(struct arena *, struct str answer, struct str asked, const struct rag_source *,
                        size_t count, struct err *) MUST_CHECK;

/* The same for one line against one quote, to choose between a line in words of ours and the quote itself. */
bool guard_line_stands(struct arena *, struct str line, struct str quote);

#endif
