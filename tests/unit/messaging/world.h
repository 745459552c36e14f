#ifndef UNIT_MESSAGING_WORLD_H
#define UNIT_MESSAGING_WORLD_H
/*
 * world -- a clinic whose messages go through the simulated carrier, with a clock that the test moves and
 * faults that it orders.
 */
#include "test.h"

#include "jobs/held_clock.h"
#include "messaging/inbound.h"
#include "messaging/outbox_sender.h"
#include "channels/simulator.h"
#include "patients/patient_store.h"
#include "support/temp_db.h"

#define NOON_US     (INT64_C(20000) * DAY_US + 12 * HOUR_US)
#define AWA_PHONE   STR("+221771234567")
#define OTHER_PHONE STR("+221771234568")

enum { FAULTS_MAX = 32 };

struct world {
    struct temp_db t;
    struct arena *job_arena;
    int64_t now_us;
    struct clock clock;
    struct simulator simulator;
    struct channel channel;
    struct messaging room;
    struct job_kind
        kinds[MESSAGING_JOB_KINDS + 2]; /* ends with name NULL; one place is left for a room behind this */

    enum simulator_fault faults[FAULTS_MAX]; /* of the next calls, in order; then `ever` */
    size_t fault_count, fault_at;
    enum simulator_fault ever;
    int sends, finds;

    enum status ask_status; /* what the assistant does … */
    struct str ask_answer;
    int asked; /* … and was asked */
    char ask_session[64], ask_text[200];
    int64_t ask_message;
};

void world_open(struct world *);
void world_close(struct world *);

/* A pending patient; the activation job is added, not run. */
int64_t world_add_patient(struct world *, struct str phone);
/* The same, active, with every message of it done. */
int64_t world_add_active(struct world *, struct str phone);

/* Runs what is due, again and again until nothing is. */
void world_run(struct world *);

/* Says something as that phone, under a sid of the test's own or a new one (NULL), and runs the jobs. */
void world_say(struct world *, struct str phone, const char *text, const char *sid);

/* Messages of one phone: how many, and the newest (outgoing) one. */
int world_count(struct world *, struct str phone, const char *direction);
struct message_row world_newest(struct world *, struct str phone, const char *direction);

/* How often the carrier delivered a message of ours: 1 if all is well. */
int world_deliveries(struct world *, int64_t message_id);

int64_t world_notifications(struct world *);
struct patient world_patient(struct world *, int64_t id);

#endif
