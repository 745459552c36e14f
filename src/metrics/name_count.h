#ifndef METRICS_NAME_COUNT_H
#define METRICS_NAME_COUNT_H
/*
 * name_count -- how many of each name, for names of which there are few: intents, codes of errors. Beyond the most that it keeps, all others
 * are one: "other".
 */
#include "base/arena.h"
#include "base/status.h"

enum { NAME_COUNTS_MAX = 48 };

struct name_counts {
    size_t count;
    struct name_count {
        struct str name; /* in the arena */
        int64_t n, also; /* also: of them, those that the caller marks */
    } items[NAME_COUNTS_MAX + 1];
};

enum status name_count_add(struct name_counts *, struct arena *, struct str name, bool also,
                           struct err *) MUST_CHECK;

/* The commonest first, then by name. */
void name_counts_sort(struct name_counts *);

#endif
