#ifndef LANGUAGE_VACCINE_H
#define LANGUAGE_VACCINE_H
/*
 * vaccine -- vaccines that a question or a fact names, and days of vaccinations, by the readers of documents (documents/vaccine_list.h),
 * whose tokens are not ours.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

enum { VACCINES_NAMED_MAX = 8 };

struct vaccine_named {
    size_t at, bytes; /* where in the text */
    uint32_t against; /* bits of enum vaccine_against */
    bool is_sure;     /* the name of a vaccine, not of a disease */
};

/* The vaccines and diseases that a text names, at most VACCINES_NAMED_MAX. E_LIMIT when the arena is full. */
enum status vaccines_named(struct arena *, struct str text, struct vaccine_named *out, size_t *count,
                           struct err *) MUST_CHECK;

/* The day that a text names: month and day are 0 where only the year is said; year 0: none. E_LIMIT when the arena is full. */
enum status vaccination_day(struct arena *, struct str text, struct date *day, struct err *) MUST_CHECK;

#endif
