#ifndef MAIN_DOCTOR_H
#define MAIN_DOCTOR_H
/*
 * doctor -- what `medirecord doctor` looks at: checks, one after the other, each of which says in a sentence what it found and, where something
 * is wrong, what to do. A check changes nothing. Those that need what an earlier one opened are left out when it could not be opened.
 */
#include "main/app.h"
#include "models/models.h"

/* LEFT_OUT: not used here, or not possible because of what was said before. */
enum finding_state { FINDING_OK, FINDING_WARNING, FINDING_TO_MEND, FINDING_LEFT_OUT };

struct finding {
    enum finding_state state;
    const struct message *message;
    char arg[ERR_ARG_BYTES];       /* replaces {} */
    char detail[ERR_DETAIL_BYTES]; /* English, for those who mend; may be empty */
};

struct doctor {
    struct app app; /* the settings; key and database from the checks that open them */
    bool has_key;
    struct http_client *client;
    struct models *models;
};

struct doctor_check {
    const char *name; /* for programs: "data_directory" */
    struct {
        const char *fr, *en;
    } title;
    void (*run)(struct doctor *, struct finding *);
};

/* In the order in which they run; each list ends with name NULL. */
extern const struct doctor_check doctor_place_checks[];     /* doctor_place.c: folder, disk, clock, key */
extern const struct doctor_check doctor_database_checks[];  /* doctor_database.c: schema, data, tasks */
extern const struct doctor_check doctor_extractor_checks[]; /* doctor_extractor.c: sandbox, reading */
extern const struct doctor_check doctor_service_checks[];   /* doctor_services.c: models, mail */
extern const struct doctor_check
    doctor_vector_checks[]; /* doctor_vectors.c: vectors and where they are kept */
extern const struct doctor_check doctor_channel_checks[]; /* doctor_channel.c: carrier, webhook, templates */

/* Told after each check. */
typedef void doctor_report_fn(void *ctx, const struct doctor_check *, const struct finding *);

/* Runs the checks of a list, one after the other. */
void doctor_run(struct doctor *, const struct doctor_check *, doctor_report_fn *, void *ctx);
/* Lets go of what the checks opened, but not of the app. */
void doctor_done(struct doctor *);

/* "ok", "warning", "to_mend", "left_out". */
const char *finding_state_name(enum finding_state);

/* What a check found. The argument may be empty. */
void found(struct finding *, enum finding_state, const struct message *, struct str arg);
/* The same with words of a failure. */
void found_failure(struct finding *, enum status, const struct err *);

extern const struct message doctor_left_out; /* because of what was said before */

#endif
