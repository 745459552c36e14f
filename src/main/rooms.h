#ifndef MAIN_ROOMS_H
#define MAIN_ROOMS_H
/*
 * rooms -- the wiring: which rooms there are, what each gets, which routes and job kinds the program has. Listed here and nowhere else.
 */
#include "accounts/accounts.h"
#include "accounts/alert.h"
#include "backups/backups.h"
#include "broadcasts/broadcasts.h"
#include "documents/document.h"
#include "http/server.h"
#include "jobs/job.h"
#include "http/event_hub.h"
#include "main/app.h"
#include "main/carriers.h"
#include "main/health_api.h"
#include "main/maintenance.h"
#include "main/settings_api.h"
#include "messaging/messaging.h"
#include "metrics/metrics.h"
#include "models/model_call.h"
#include "models/models.h"
#include "patients/patients.h"
#include "rag/rag.h"
#include "sessions/sessions.h"
#include "vectors/pinecone.h"

enum { ROOM_SETS_MAX = 28, ROOM_PARTS_MAX = 9 };

/* Blocked threads are cheap, and writers that wait together commit together (db/sqlite_writer.h). */
enum { HTTP_REQUEST_WORKERS = 12 };

/*
 * Job workers beside those that read documents: what waits for the disk or a carrier needs no core, a question is answered while
 * every reader is busy with a long scan, and jobs that end together share a commit.
 */
enum { JOB_LIGHT_WORKERS = 6 };

/* From the first byte of a request to its last header; and for its body, beside the slowest accepted rate of http/limits.h. */
#define HTTP_HEADER_DEADLINE_US (15 * SECOND_US)
#define HTTP_BODY_DEADLINE_US   (2 * MINUTE_US)

struct rooms {
    struct accounts accounts;
    struct alerts alerts;
    struct patients patients;
    struct event_hub *events;
    struct documents documents;
    struct http_client *client;
    struct models *models;
    struct vector_store *vector_store; /* NULL: the database alone */
    struct model_prices prices;
    struct rag *rag;
    struct carriers carriers;
    struct messaging messaging;
    struct sessions sessions;
    struct broadcasts broadcasts;
    struct broadcast_news broadcast_news[BROADCAST_NEWS];
    struct bulk_desk bulk;
    struct conversation_desk desk;
    struct maintenance maintenance;
    struct backups backups;
    struct settings settings;
    struct metrics metrics;
    struct health health;
    struct http_authenticator authenticator;
    struct patient_part parts[ROOM_PARTS_MAX];
    struct route_set sets[ROOM_SETS_MAX];
    struct job_kind kinds[JOB_KINDS_MAX];
    bool opened;
};

/* signal may be NULL in commands. On failure everything is undone. */
enum status rooms_init(struct rooms *, struct app *, struct job_signal *, struct err *) MUST_CHECK;
void rooms_done(struct rooms *); /* a zeroed struct is fine */

/* The jobs that a starting server adds for itself. */
enum status rooms_start_jobs(struct rooms *, struct app *, struct err *) MUST_CHECK;

#endif
