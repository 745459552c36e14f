#ifndef MESSAGING_MESSAGING_H
#define MESSAGING_MESSAGING_H
/*
 * messaging -- the room's context, routes and job kinds, for main/. Constant after start; shared by all
 * threads.
 */
#include "http/route.h"
#include "jobs/job.h"
#include "messaging/message.h"
#include "patients/part.h"
#include "patients/patient.h"

struct alerts;
struct bulk_desk;
struct conversation_desk;
struct documents;
struct event_hub;
struct outbox_sender;
struct simulator_media;

/* A question of an active patient, for the assistant. */
struct question {
    const struct patient *patient;
    struct str text;
    struct str session_id; /* "whatsapp_221771234567_20261123"; of one of several people: "…_20261123_12" */
    int64_t message_id;    /* the same question asked again after a crash has the same */
};

struct messaging {
    const struct channel *channel;
    struct http_client *client; /* for what waits for the carrier; NULL: the carrier is inside the program */
    bool has_sms;               /* people without WhatsApp may get an SMS */
    int64_t message_rate;       /* messages a second that the sender may send */
    struct outbox_sender *sender; /* set before the first thread starts; NULL in commands */
    struct documents *documents;  /* keeps what people send */
    struct simulator_media
        *simulated;            /* what simulated phones send; NULL where simulator_routes are not served */
    struct job_signal *signal; /* may be NULL */
    struct event_hub *events;  /* NULL: nobody listens */
    struct str public_url;     /* without trailing slash */
    struct str default_region;
    struct str emergency_number;
    /*
     * Answers a question in the patient's language; *answer is for the patient as it stands, in the arena.
     * In no transaction. E_RETRY and E_INTERNAL are tried again; when nothing helps the patient is told and
     * the doctor notified. rag/ stands behind it.
     */
    enum status (*ask)(void *ctx, struct db *, struct arena *, const struct question *, int64_t now_us,
                       struct str *answer, struct err *);
    void *ask_ctx;
    /* Whether a danger sign stands in a text, and what is said then. Pure; NULL: nobody looks. rag/ stands behind it. */
    enum status (*triage)(void *ctx, struct arena *, struct str text, enum lang, int64_t now_us, bool *danger,
                          struct str *answer, struct err *);
    const struct conversation_desk *desk; /* NULL in commands: conversations are not kept */
    const struct bulk_desk *bulk;         /* the ledger of broadcasts; NULL: none is kept */
    const struct alerts *alerts;          /* who is told by e-mail; NULL: nobody */
};

extern const struct route messaging_routes[]; /* room: struct messaging */
extern const struct route media_routes[];     /* room: struct messaging */
extern const struct route simulator_routes[]; /* room: struct messaging; only with CHANNEL=simulator */

/* Fills the job kinds of this room into kinds and returns how many. */
enum { MESSAGING_JOB_KINDS = 8 };
size_t messaging_job_kinds(struct messaging *, struct job_kind kinds[MESSAGING_JOB_KINDS]);

/* The jobs that a starting server adds for itself. Inside the caller's transaction. */
enum status messaging_start_jobs(struct messaging *, struct db *, int64_t now_us, struct err *) MUST_CHECK;

/* What this room holds about a patient; ctx: struct messaging. */
extern const struct patient_part messaging_patient_part;

#endif
