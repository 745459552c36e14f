#ifndef SESSIONS_SESSIONS_H
#define SESSIONS_SESSIONS_H
/*
 * sessions -- conversations on WhatsApp: who writes, who answers, who waits. The room's context, routes and job kinds, for main/.
 *
 * A conversation is kept from the first message of a number until the person has been silent for SESSION_LIFE_US. The assistant answers it
 * until a doctor takes it over; then the assistant is silent until the doctor releases it. Where several patients have the number, one is
 * told from the other by a code of 6 digits that the clinic gave. Constant after start; shared by all threads.
 */
#include "base/crypto.h"
#include "http/route.h"
#include "jobs/job.h"
#include "messaging/conversation.h"
#include "messaging/messaging.h"
#include "patients/part.h"

/* What carriers give, too: free text may be sent as long as this. */
#define SESSION_LIFE_US DAY_US
/* A question of ours ("who writes?") is answered by then or not at all. */
#define SESSION_EXPECTS_US (10 * MINUTE_US)

struct sessions {
    struct messaging *messaging;
    struct job_signal *signal;
    int64_t reminder_us; /* a doctor who does not answer is reminded after this */
    struct key code_key; /* of access codes */
};

/* Conversations for inbound messages; ctx is the room. */
struct conversation_desk sessions_desk(struct sessions *);

extern const struct route sessions_routes[]; /* room: struct sessions */
extern const struct route inbox_routes[];    /* likewise */

/*
 * "sessions.remind" {"conversation_id": N}: one at a time for a conversation in which somebody waits. Running twice does no harm: what was
 * sent and when the next is due stand in the row, which is written with the end of the job.
 */
struct job_kind sessions_job_kind(struct sessions *);

/* Conversations in a patient's export; they go when the number is nobody's any more. ctx is not used. */
extern const struct patient_part sessions_patient_part;

#endif
