#ifndef MAIN_SETTINGS_API_H
#define MAIN_SETTINGS_API_H
/*
 * settings_api -- /api/settings/ for administrators: the settings in force and where each comes from, and the checks of `medirecord doctor`,
 * run by a job ("settings.check" {"name"}) on what this process was started with. Run twice, a check looks twice: no harm. What is saved is put
 * in force by starting the program again (main/restart.h).
 */
#include "http/event_hub.h"
#include "http/route.h"
#include "jobs/job.h"
#include "main/app.h"

struct restart; /* main/restart.h */

/* Constant after start. */
struct settings {
    const struct app *app; /* the settings; its database is not touched */
    struct job_signal *signal;
    struct event_hub *events;
    int64_t started_at_us;
    struct restart *restart; /* NULL: this server cannot start again by itself (`demo`) */
};

#define SETTINGS_JOB_CHECK "settings.check"

extern const struct route settings_routes[]; /* room: struct settings */
struct job_kind settings_job_kind(struct settings *);

#endif
