#ifndef BROADCASTS_BROADCAST_H
#define BROADCASTS_BROADCAST_H
/*
 * broadcast -- one message to many: what staff writes, and which states it goes through.
 *
 *     draft <-> scheduled -> sending <-> paused -> sent | cancelled | failed
 *
 * One that repeats stays scheduled: at each of its times it has a run, which is a broadcast of its own with a list of its own (series_run). One that is
 * scheduled can be paused as well, and is scheduled again when it is resumed.
 *
 * Content, target and times can be changed until it starts. Each use case is one transaction with its audit row. `version` grows with each
 * change by people.
 */
#include "broadcasts/broadcasts.h"
#include "broadcasts/plan.h"
#include "broadcasts/target.h"

enum broadcast_status {
    BROADCAST_DRAFT,
    BROADCAST_SCHEDULED,
    BROADCAST_SENDING,
    BROADCAST_PAUSED,
    BROADCAST_SENT,
    BROADCAST_CANCELLED,
    BROADCAST_FAILED,
    BROADCAST_DELETED, /* nobody sees it; the job takes its ledger away */
    BROADCAST_STATUS_COUNT
};
const char *broadcast_status_name(enum broadcast_status);
bool broadcast_status_from_name(struct str, enum broadcast_status *) MUST_CHECK;

enum {
    BROADCAST_TITLE_CHARS_MAX = 200,
    BROADCAST_CATEGORY_CHARS_MAX = 40,
    BROADCAST_TEMPLATE_CHARS_MAX = 512,
    BROADCAST_RATE_MAX = 1000000, /* an hour */
    BROADCAST_RUNS_MAX = 10000
};

struct broadcast {
    int64_t id;
    struct str title, content, category;
    enum lang language;                        /* of content */
    struct str variants;                       /* a JSON object: {"wo": "…"} */
    struct str template_sid, template_purpose; /* "" for none */
    struct str template_variables;             /* a JSON object */
    bool target_all;
    struct str target; /* a JSON object; "{}" with target_all */
    enum broadcast_status status;
    struct str error_code;                  /* "" for none */
    int64_t scheduled_at_us, rate_per_hour; /* 0: none */
    struct str quiet_hours;                 /* "21:00-08:00" or QUIET_NONE; "": the clinic's */
    enum repeat repeat;
    int64_t repeat_from_us, repeat_until_us, repeat_count; /* 0: none */
    int64_t runs;                                          /* that it has had */
    int64_t run_of, run_at_us;                             /* of a run; 0: it is none */
    struct str waits_for; /* while it is sent: fill.h; "": for nothing but its turn */
    int64_t waits_until_us;
    int64_t leave_us; /* as pace_leave() keeps it */
    int64_t version, created_by, started_by;
    int64_t created_at_us, updated_at_us, started_at_us, finished_at_us; /* 0: not yet */
    int64_t frozen_to_id, frozen_id, frozen_at_us;
    int64_t next_us;
    unsigned needs; /* content_field bits that every recipient has, since it started */
};

#define QUIET_NONE "none"
/* When nothing of it leaves: its own hours, else the clinic's. */
struct day_span broadcast_quiet(const struct broadcasts *, struct str quiet_hours);
struct repetition broadcast_series(const struct broadcast *);

/* ---- rows ---- */

struct broadcast_filter {
    struct str status; /* "" any */
    int64_t run_of;    /* only runs of that one; 0: all */
    int64_t limit, offset;
};
typedef enum status broadcast_row_fn(void *ctx, const struct broadcast *, struct err *);
enum status broadcast_count(struct db *, const struct broadcast_filter *, int64_t *, struct err *) MUST_CHECK;
enum status broadcast_each(struct db *, const struct broadcast_filter *, broadcast_row_fn *, void *ctx,
                           struct err *) MUST_CHECK;
/* E_NOT_FOUND with a message. */
enum status broadcast_get(struct db *, struct arena *, int64_t id, struct broadcast *,
                          struct err *) MUST_CHECK;

/* ---- use cases ---- */

struct broadcast_actor {
    const struct broadcasts *room;
    int64_t user_id, now_us;
};

/* With scheduled_at_us it is scheduled, else a draft. *b gets its id and times. */
enum status broadcast_add(struct db *, struct arena *, const struct broadcast_actor *, struct broadcast *,
                          struct err *) MUST_CHECK;
/* What was read as version b->version. E_CONFLICT: somebody changed it meanwhile, or it has started. */
enum status broadcast_save(struct db *, struct arena *, const struct broadcast_actor *, struct broadcast *,
                           struct err *) MUST_CHECK;
/* E_CONFLICT: it is being sent. A long ledger goes in steps, by the job; the broadcast is not there any more at once. */
enum status broadcast_remove(struct db *, struct arena *, const struct broadcast_actor *, int64_t id,
                             struct err *) MUST_CHECK;

/*
 * Starts it: checks content, template and that somebody is left, then commits the change of state together with the first step of the frozen
 * list (freeze.h) and the job that goes on. Of two at once one wins; the other answers E_CONFLICT. E_INVALID: a field is missing, the
 * template cannot be used, the content is too long; E_CONFLICT "broadcast_nobody": nobody would get it. Nothing is changed then.
 */
enum status broadcast_start(struct db *, struct arena *, const struct broadcast_actor *, int64_t id,
                            struct err *) MUST_CHECK;

/* The same for a new one, in one transaction: a refusal leaves nothing behind. With scheduled_at_us it is only scheduled. */
enum status broadcast_add_and_start(struct db *, struct arena *, const struct broadcast_actor *,
                                    struct broadcast *, struct err *) MUST_CHECK;

/* What waits is not sent any more; what is on its way cannot be called back. E_CONFLICT: it is over already. */
enum status broadcast_cancel(struct db *, struct arena *, const struct broadcast_actor *, int64_t id,
                             struct err *) MUST_CHECK;
/*
 * What has not been handed over goes back to the list; resume goes on with it. One that has not started does not start while it is paused; when its time
 * has passed meanwhile it starts when it is resumed, and one that repeats goes on with its next time. E_CONFLICT: not sending or scheduled; not paused.
 */
enum status broadcast_pause(struct db *, struct arena *, const struct broadcast_actor *, int64_t id,
                            struct err *) MUST_CHECK;
enum status broadcast_resume(struct db *, struct arena *, const struct broadcast_actor *, int64_t id,
                             struct err *) MUST_CHECK;

/* ---- what it would say ---- */

/* To one person: the words in the person's language, else in French, else as written. The values of the template, when there is one. */
struct broadcast_words {
    enum lang language;
    struct str text;
    struct str values; /* a JSON object; empty: no template */
};
/* E_INVALID: a field is missing. */
enum status broadcast_words_for(struct arena *, const struct broadcast *, enum lang,
                                const struct content_values *, struct broadcast_words *,
                                struct err *) MUST_CHECK;

/* The bits of every field that content, variants and template variables cannot do without. */
unsigned broadcast_needs(const struct broadcast *);
/* What is asked of everybody whom it is for; of one that has started also what its template needs. */
struct target_needs broadcast_target_needs(const struct broadcasts *, const struct broadcast *,
                                           const struct target *, int64_t now_us);

/* One transaction: sends words to a number of the clinic's own, as a message of no patient and no broadcast. */
struct outbox_message;
enum status broadcast_test(struct db *, struct arena *, const struct broadcast_actor *,
                           const struct broadcast *, struct outbox_message *, struct err *) MUST_CHECK;

/* ---- JSON ---- */

/* Lays what a body says over *b; mistakes wait for fields_done(). */
enum broadcast_edit_mode { BROADCAST_CREATE, BROADCAST_PATCH };
enum status broadcast_edit_read(struct arena *, const struct broadcasts *, struct fields *,
                                enum broadcast_edit_mode, int64_t now_us, struct broadcast *,
                                struct err *) MUST_CHECK;
/* A new one from a whole body. */
enum status broadcast_read_new(struct arena *, const struct broadcasts *, struct str body, int64_t now_us,
                               struct broadcast *, struct err *) MUST_CHECK;
/* What stands on a form and is not kept: any part of it may be missing. Without a target it is for everybody. */
enum status broadcast_read_unsaved(struct arena *, const struct broadcasts *, struct str body, int64_t now_us,
                                   struct broadcast *, struct err *) MUST_CHECK;
/* One object with its counts. */
enum status broadcast_write_json(struct db *, const struct broadcast *, struct json_out *,
                                 struct err *) MUST_CHECK;

#endif
