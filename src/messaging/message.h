#ifndef MESSAGING_MESSAGE_H
#define MESSAGING_MESSAGE_H
/*
 * message -- one text to or from one person, and the ladder its status climbs.
 *
 * Outgoing: queued -> sending -> (uncertain) -> accepted -> sent -> delivered -> read, or failed. The order
 * of the enum is the ladder: a status is only ever replaced by a higher one, so that reports of the
 * provider may come twice or in any order. `failed` stands below delivered and read: a report that a person
 * read it outweighs one that it failed. Received: received -> processed.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/json_out.h"
#include "base/status.h"

struct db;

enum message_status {
    MESSAGE_RECEIVED, /* kept, not yet answered */
    MESSAGE_PROCESSED,
    MESSAGE_QUEUED,
    MESSAGE_SENDING,   /* handed to the provider at least once */
    MESSAGE_UNCERTAIN, /* it left and no answer came: the provider is asked before anything else */
    MESSAGE_ACCEPTED,
    MESSAGE_SENT,
    MESSAGE_FAILED,
    MESSAGE_DELIVERED,
    MESSAGE_READ,
    MESSAGE_STATUS_COUNT
};

enum message_kind {
    MESSAGE_TEXT,       /* received */
    MESSAGE_REPLY,      /* what the person asked for: sent after STOP too */
    MESSAGE_ACTIVATION, /* the link that asks for consent */
    MESSAGE_NOTICE,     /* what the person did not ask for: not sent after STOP */
    MESSAGE_ALERT,      /* safety of the person: sent after STOP too */
    MESSAGE_BULK,       /* broadcasts: not sent after STOP */
    MESSAGE_KIND_COUNT
};

/* A text of ours is split below this (Twilio takes 1,600 characters; some count as more than one). */
enum { MESSAGE_PART_MAX_CHARS = 1500, MESSAGE_BODY_MAX_CHARS = 4096, MESSAGE_SID_MAX = 64 };

struct message_row {
    int64_t id, patient_id; /* patient_id 0: an unknown number */
    bool incoming;
    enum message_kind kind;
    enum message_status status;
    struct str phone, body;
    struct str provider_sid, error_code, dedupe_key; /* "" when none */
    int64_t answers_id, after_id;
    bool in_flight;
    int attempts;
    int64_t attempted_at_us, created_at_us, updated_at_us, sent_at_us, delivered_at_us, read_at_us;
};

const char *message_status_name(enum message_status);
bool message_status_from_name(struct str, enum message_status *) MUST_CHECK;
const char *message_kind_name(enum message_kind);
bool message_kind_from_name(struct str, enum message_kind *) MUST_CHECK;

/* E_NOT_FOUND when there is none. */
enum status message_get(struct db *, struct arena *, int64_t id, struct message_row *,
                        struct err *) MUST_CHECK;

/*
 * A report on an outgoing message, by the provider's name for it. Inside the caller's transaction. A lower
 * or repeated status changes nothing and is OK; *climbed (may be NULL) tells. E_NOT_FOUND for an unknown
 * sid.
 */
enum status message_report(struct db *, struct str provider_sid, enum message_status, struct str error_code,
                           int64_t now_us, bool *climbed, struct err *) MUST_CHECK;

/* The same in a transaction of its own. */
enum status message_report_alone(struct db *, struct str provider_sid, enum message_status,
                                 struct str error_code, int64_t now_us, struct err *) MUST_CHECK;

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

/* The message as the API shows it, with its history. */
enum status message_write_json(struct db *, const struct message_row *, struct json_out *,
                               struct err *) MUST_CHECK;

#endif
