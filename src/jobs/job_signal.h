#ifndef JOBS_JOB_SIGNAL_H
#define JOBS_JOB_SIGNAL_H
/*
 * job_signal -- how a worker sleeps until there may be work, and how a job is handed to one that sleeps. Private to jobs/.
 *
 * A worker notes the count before it looks for work and sleeps only while the count is the same: no wake-up is missed.
 *
 * While a worker sleeps there is nothing due, so a job that is added now is its next: the row is written as one that runs, with its lease,
 * and the job is handed over in memory after the commit. Nobody has to find and claim it, which would be a transaction more. When the
 * process dies between the two, the lease ends as that of any job under way.
 *
 * Lock: `lock` protects everything; a few instructions.
 */
#include "jobs/job_claim.h"

/* One sleeping worker looks for work. */
void job_signal_wake(struct job_signal *);
void job_signal_wake_all(struct job_signal *);

uint64_t job_signal_count(struct job_signal *);

/* Sleeps until the count differs from `seen` and this worker is woken, until a job is handed over, or for wait_us (a duration). */
void job_signal_sleep(struct job_signal *, uint64_t seen, int64_t wait_us);

/* What workers take from now on; NULL: nothing more is handed over. Constant while it is set. */
void job_signal_serve(struct job_signal *, const struct job_kind *kinds);

struct job_handoff;

/*
 * A place for a job that is being added, when a worker sleeps who would have nothing else to do and the kind may run any number of times
 * at once; else NULL. *lease_us is the kind's. Ends with one of the last two below.
 */
struct job_handoff *job_handoff_reserve(struct job_signal *, struct str kind, struct str payload,
                                        int64_t *lease_us);
void job_handoff_name(struct job_handoff *,
                      int64_t id);               /* 0: it is not needed, because there is such a job */
void job_handoff_give(struct job_handoff *);     /* the row is committed */
void job_handoff_withdraw(struct job_handoff *); /* it is not */

bool job_handoff_waits(struct job_signal *);

/* Takes the oldest job that was handed over, with its slot; its payload lives in the arena. False: there is none. */
bool job_handoff_take(struct job_signal *, struct arena *, struct job_slots *, struct job_claimed *);

#endif
