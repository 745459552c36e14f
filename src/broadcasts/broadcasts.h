#ifndef BROADCASTS_BROADCASTS_H
#define BROADCASTS_BROADCASTS_H
/*
 * broadcasts -- messages to many, exactly one to each. The room's context, routes and job kinds, for main/.
 *
 * What is said and to whom is a broadcast (broadcast.h, target.h, content.h). When it starts, its list is frozen into a ledger of recipients
 * (recipient.h); a job moves them into the outbox a few at a time (fill.h), behind everything that people wait for, and the outbox tells the
 * ledger what became of each (messaging/bulk.h). Constant after start; shared by all threads.
 */
#include "base/config.h"
#include "base/zone.h"
#include "http/route.h"
#include "jobs/job.h"
#include "messaging/bulk.h"
#include "messaging/messaging.h"
#include "patients/part.h"

/* What the clinic pays for a message, to its carrier and to Meta; each may be unknown. */
struct broadcast_prices {
    struct price message;            /* the carrier's fee for any message */
    struct price marketing, utility; /* Meta's for a template of the category, beside it */
};

struct db_pool;
struct event_hub;

/* Of which broadcast something is told next. Two whose numbers differ by a multiple of BROADCAST_NEWS share a place: then one is told of for the other. */
enum { BROADCAST_NEWS = 64 };
struct broadcast_news {
    struct event_hub *hub;
    int64_t id; /* atomic */
};

struct broadcasts {
    struct messaging *messaging;
    struct job_signal *signal; /* may be NULL */
    struct str default_region;
    struct broadcast_prices prices;
    struct broadcast_news *news; /* BROADCAST_NEWS of them; NULL: nobody listens */
    struct db_pool *pool;        /* for what is read while it is sent: the CSV of a report */
    struct str time_zone;        /* its name, for people */
    struct day_span quiet;       /* nothing leaves then, unless the broadcast says otherwise */
    int64_t people_per_day;      /* by templates; 0: as is learnt (messaging/sender_limit.h) */
};

/* The jobs that a starting server adds for itself: no broadcast depends on a row of jobs alone. Inside the caller's transaction. */
enum status broadcasts_start_jobs(struct broadcasts *, struct db *, struct arena *, int64_t now_us,
                                  struct err *) MUST_CHECK;

extern const struct route broadcasts_routes[]; /* room: struct broadcasts */

/* The ledger's side of the outbox; ctx is the room. */
struct bulk_desk broadcasts_desk(struct broadcasts *);

/* Fills the job kinds of this room into kinds and returns how many. */
enum { BROADCASTS_JOB_KINDS = 2 };
size_t broadcasts_job_kinds(struct broadcasts *, struct job_kind kinds[BROADCASTS_JOB_KINDS]);

/* Which broadcasts a patient was sent; an erased person's rows keep a number and a state. ctx is not used. */
extern const struct patient_part broadcasts_patient_part;

#endif
