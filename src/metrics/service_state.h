#ifndef METRICS_SERVICE_STATE_H
#define METRICS_SERVICE_STATE_H
/*
 * service_state -- whether what the clinic needs works at this moment: messages leave, models answer, no job was given up.
 */
#include "messaging/messaging.h"
#include "messaging/outbox.h"
#include "models/models.h"

struct service_state {
    struct outbox_waiting lanes[LANE_COUNT];
    int64_t paused_until_us; /* the carrier is left alone; 0: it is not */
    const char *
        sending; /* "ok", "late" (who asked waits too long), "paused", "refused" (the account must be mended) */
    const char *channel, *answers; /* the carrier; who writes answers: "local", "gemini", "openai" */
    const char *model, *embedder;  /* "none", "ok", "paused", "refused" */
    int64_t dead_jobs;             /* that failed for good and were not looked at */
};

enum status service_state_look(struct db *, const struct messaging *, const struct models *, int64_t now_us,
                               struct service_state *, struct err *) MUST_CHECK;

/* Messages leave as they should. */
bool service_state_is_well(const struct service_state *);

#endif
