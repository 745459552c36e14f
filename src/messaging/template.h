#ifndef MESSAGING_TEMPLATE_H
#define MESSAGING_TEMPLATE_H
/*
 * template -- words that the carrier has approved beforehand, for people who have not written for a day. For this room and broadcasts/.
 *
 * A message that may leave as one has a purpose and values by name; the clinic's table says which template serves the purpose in which language, and
 * which value {{1}}, {{2}} … are. Only the carrier says whether it is approved (job "templates.check", once a day and when it refused one).
 */
#include "messaging/messaging.h"

#define TEMPLATE_JOB_CHECK          "templates.check"
#define TEMPLATE_PURPOSE_ACTIVATION STR("activation") /* values: name, link, emergency */
#define TEMPLATE_PURPOSE_WAITING    STR("waiting")    /* values: name */

/* Limits of the carriers. */
enum {
    TEMPLATE_PURPOSE_CHARS_MAX = 40,
    TEMPLATE_NAME_CHARS_MAX = 512,
    TEMPLATE_LANGUAGE_CHARS_MAX = 10,
    TEMPLATE_BODY_CHARS_MAX = 1024,
    TEMPLATE_VARIABLES_MAX = 10
};

struct template {
    int64_t id;
    struct str purpose, carrier_name, carrier_language, body, category;
    struct str variables; /* JSON list of names */
    enum lang language;
    enum template_state state;
    int64_t checked_at_us, created_at_us, updated_at_us;
};

/* ---- pure ---- */

/* What is wrong with the body of a template of `count` variables; NULL: nothing. */
const struct message *template_fault(struct str body, size_t count);

/* `values` (a JSON object) in the order of the template, and the words as the person reads them. E_INVALID: a value is missing, or it is too long. */
enum status template_fill(struct arena *, const struct template *, struct str values, struct str *list,
                          struct str *text, struct err *) MUST_CHECK;

/* A JSON object of up to three texts, each on one line as the carriers want it; a NULL name ends. False: no memory. */
struct template_value {
    const char *name;
    struct str text;
};
bool template_values(struct arena *, const struct template_value *, struct str *json) MUST_CHECK;
/* One of them, in the arena; empty when it is not there. */
bool template_value_of(struct arena *, struct str values, const char *name, struct str *text) MUST_CHECK;

/* ---- rows ---- */

typedef enum status template_fn(void *ctx, const struct template *, struct err *);
enum status template_count(struct db *, struct str purpose, int64_t *, struct err *) MUST_CHECK;
enum status template_each(struct db *, struct str purpose, int64_t limit, int64_t offset, template_fn *,
                          void *ctx, struct err *) MUST_CHECK;
enum status template_get(struct db *, struct arena *, int64_t id, struct template *, struct err *) MUST_CHECK;
/* By the carrier's name for it; of several languages the first. */
enum status template_get_by_name(struct db *, struct arena *, struct str carrier_name, struct template *,
                                 struct err *) MUST_CHECK;
/* The approved one for a patient (0: unknown, French). E_NOT_FOUND: none. */
enum status template_approved(struct db *, struct arena *, struct str purpose, int64_t patient_id,
                              struct template *, struct err *) MUST_CHECK;

/* Each one transaction with its audit row and the check of its state. E_CONFLICT: there is one of that purpose and language. */
struct template_actor {
    struct messaging *room;
    int64_t user_id, now_us;
};
enum status template_add(struct db *, const struct template_actor *, struct template *,
                         struct err *) MUST_CHECK;
enum status template_save(struct db *, const struct template_actor *, const struct template *,
                          struct err *) MUST_CHECK;
enum status template_remove(struct db *, const struct template_actor *, int64_t id, struct err *) MUST_CHECK;

/* ---- what the carrier says ---- */

/* Asks it and keeps the answer, in a transaction of its own: what was approved and is no more is told, what is approved now lets held messages go. */
enum status template_check(struct messaging *, const struct channel_call *, struct template *,
                           struct err *) MUST_CHECK;

/* Adds the daily job, or with `soon` one check of all as soon as may be. Inside the caller's transaction. */
enum status template_add_check(struct messaging *, struct db *, bool soon, int64_t run_at_us, int64_t now_us,
                               struct err *) MUST_CHECK;

job_fn template_check_job;

#endif
