#ifndef BROADCASTS_ESTIMATE_H
#define BROADCASTS_ESTIMATE_H
/*
 * estimate -- before it is sent, or while it is: how many get it, when the last has it, and what holds it up. The formula is plan_estimate()'s.
 *
 * One that has not started is counted as its target stands now; of one that is sent, those who wait and lie in the outbox. Whoever may be written to
 * freely now is taken to be so until the end. The price is by_template times that of the template's category, and the others times that of free text.
 */
#include "broadcasts/preview.h"
#include "broadcasts/recipient.h"

struct estimate {
    int64_t recipients, by_template;
    int64_t starts_at_us;
    struct plan plan;
    bool limit_is_learnt;
    int64_t reached; /* by templates, in the last 24 hours */
    struct plan_end end;
    struct broadcast_price price; /* of all of it */
};
enum status broadcast_estimate(struct db *, struct arena *, const struct broadcasts *,
                               const struct broadcast *, int64_t now_us, struct estimate *,
                               struct err *) MUST_CHECK;

#endif
