#ifndef MESSAGING_MESSAGE_H
#define MESSAGING_MESSAGE_H
/*
 * message -- one text to or from one person. Which states it climbs through stands in channels/message_status.h.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/json_out.h"
#include "channels/channel.h"

enum message_kind {
    MESSAGE_TEXT,       /* received */
    MESSAGE_REPLY,      /* what the person asked for: sent after STOP too */
    MESSAGE_ACTIVATION, /* the link that asks for consent */
    MESSAGE_NOTICE,     /* what the person did not ask for: not sent after STOP */
    MESSAGE_ALERT,      /* safety of the person: sent after STOP too */
    MESSAGE_BULK,       /* broadcasts: not sent after STOP */
    MESSAGE_KIND_COUNT
};

/* What goes first when several wait. */
enum message_lane { LANE_ALERT, LANE_REPLY, LANE_NOTICE, LANE_BULK, LANE_COUNT };
enum message_lane message_lane_of(enum message_kind);
const char *message_lane_name(enum message_lane); /* "reply" … */

/* A text of ours is split below this (Twilio takes 1,600 characters; some count as more than one). */
enum { MESSAGE_PART_MAX_CHARS = 1500, MESSAGE_BODY_MAX_CHARS = 4096, MESSAGE_SID_MAX = CHANNEL_SID_MAX };

struct message_row {
    int64_t id, patient_id; /* patient_id 0: an unknown number */
    bool incoming;
    enum message_kind kind;
    enum message_status status;
    struct str phone, body;
    struct str provider_sid, error_code, dedupe_key; /* "" when none */
    struct str template, template_variables,
        template_name;      /* see outbox.h; template_name: it left as that one */
    struct str waiting_for; /* "person": held until the person writes */
    int64_t answers_id, after_id, replaces_id;
    int64_t broadcast_id; /* 0: none */
    int64_t author_id;    /* the account of the person who wrote it; 0: the program, or the person outside */
    enum transport transport;
    bool in_flight;
    int attempts;
    int64_t attempted_at_us, created_at_us, updated_at_us, sent_at_us, delivered_at_us, read_at_us;
};

const char *message_kind_name(enum message_kind);
bool message_kind_from_name(struct str, enum message_kind *) MUST_CHECK;

/* E_NOT_FOUND when there is none. */
enum status message_get(struct db *, struct arena *, int64_t id, struct message_row *,
                        struct err *) MUST_CHECK;

struct messaging;

/*
 * A report on an outgoing message (EVENT_REPORT), which is found by the carrier's name for it, else by ours: a report may come before the carrier's
 * answer. Inside the caller's transaction. A lower or repeated status changes nothing and is OK; *climbed (may be NULL) tells. What follows a
 * failure is done here too (outbox_follow.h). E_NOT_FOUND: no message of ours.
 */
enum status message_report(struct messaging *, struct db *, struct arena *, const struct channel_event *,
                           int64_t now_us, bool *climbed, struct err *) MUST_CHECK;

/* The same in a transaction of its own. */
enum status message_report_alone(struct messaging *, struct db *, struct arena *,
                                 const struct channel_event *, int64_t now_us, struct err *) MUST_CHECK;

/* Lists. Filters: 0 and "" mean any. Newest first. */
struct message_filter {
    int64_t patient_id;
    struct str status, direction, phone;
    int64_t limit, offset;
};
typedef enum status message_row_fn(void *ctx, const struct message_row *, struct err *);
enum status message_count(struct db *, const struct message_filter *, int64_t *, struct err *) MUST_CHECK;
enum status message_each(struct db *, const struct message_filter *, message_row_fn *, void *ctx,
                         struct err *) MUST_CHECK;

/* Those of one patient (then phone is empty) or of one number, oldest first. */
struct message_thread {
    int64_t patient_id;
    struct str phone;
};
enum status message_thread_count(struct db *, const struct message_thread *, int64_t *,
                                 struct err *) MUST_CHECK;
/* How many of it are older than a message of it; E_NOT_FOUND (without a message) when it is not of it. */
enum status message_thread_before(struct db *, const struct message_thread *, int64_t message_id, int64_t *,
                                  struct err *) MUST_CHECK;
enum status message_thread_each(struct db *, const struct message_thread *, int64_t limit, int64_t offset,
                                message_row_fn *, void *ctx, struct err *) MUST_CHECK;

/* The members of a message as the API shows it, with its history, inside an open object. */
enum status message_write_members(struct db *, const struct message_row *, struct json_out *,
                                  struct err *) MUST_CHECK;

/* Inside an open object: "patient_name", null for nobody's. */
enum status message_write_patient_name(struct db *, int64_t patient_id, struct json_out *,
                                       struct err *) MUST_CHECK;

/* Likewise, as an object. */
enum status message_write_json(struct db *, const struct message_row *, struct json_out *,
                               struct err *) MUST_CHECK;

#endif
