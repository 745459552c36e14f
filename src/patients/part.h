#ifndef PATIENTS_PART_H
#define PATIENTS_PART_H
/*
 * part -- what other rooms hold about a patient, so that export, timeline and erasure are whole without
 * knowing those rooms.
 *
 * main/ lists the parts (patient_parts ends with name NULL). Each function may be NULL.
 */
#include "base/arena.h"
#include "base/json_out.h"
#include "base/status.h"
#include "patients/consent.h"

struct db;

/* One line of the timeline. */
struct timeline_event {
    int64_t time_us;
    const char *kind; /* "created", "activated", "consent", "document", "message", "question", … */
    int64_t ref;      /* id of the object in its room */
    struct str text;  /* for people; may be empty, may be borrowed from a row: timeline_add() copies it */
};

/* A file of the patient's, as it was given. */
struct patient_file {
    int64_t id; /* no two of a part have the same */
    struct str title;
    const char *suffix; /* ".pdf": plain, of what it is and not of how it was called */
    struct date date;   /* of the paper; year 0: not known */
    int64_t size_bytes, created_at_us;
    struct str key; /* for open_file */
};
typedef enum status patient_file_fn(void *ctx, const struct patient_file *, struct err *);

struct timeline; /* collects events; patients/timeline.c */

/* Adds an event and a copy of its text. E_LIMIT when the arena is full. */
enum status timeline_add(struct timeline *, struct timeline_event, struct err *) MUST_CHECK;

struct patient_part {
    const char *name; /* key in the export: "documents" */
    void *ctx;
    /* Writes exactly one JSON value: everything this room holds about the patient. */
    enum status (*write)(void *ctx, struct db *, struct arena *, int64_t patient_id, struct json_out *,
                         struct err *);
    /* Adds this room's events, newest first, at most `limit`. */
    enum status (*events)(void *ctx, struct db *, int64_t patient_id, size_t limit, struct timeline *,
                          struct err *);
    /*
     * Inside the transaction that erases the patient, before the row goes. For what foreign keys cannot
     * take along: files, rows known by the phone number. Work on disks goes into a job.
     */
    enum status (*erase)(void *ctx, struct db *, struct arena *, int64_t patient_id, struct str phone,
                         int64_t now_us, struct err *);
    /* Inside the transaction that records a new yes or no of the patient. */
    enum status (*consented)(void *ctx, struct db *, int64_t patient_id, enum consent_purpose, bool granted,
                             int64_t now_us, struct err *);
    /* Calls fn for each of his files, newest first. Together with the two below, or NULL as they are. */
    enum status (*files)(void *ctx, struct db *, int64_t patient_id, patient_file_fn *, void *fn_ctx,
                         struct err *);
    /* Opens one by its key, on any thread; the reader lives in the arena and is closed with it. E_NOT_FOUND: it has gone. */
    enum status (*open_file)(void *ctx, struct arena *, struct str key, void **reader, struct err *);
    /* Up to n bytes; 0 at the end, -1 when it is damaged. */
    int64_t (*read_file)(void *reader, char *out, size_t n);
};

#endif
