#ifndef MESSAGING_MEDIA_H
#define MESSAGING_MEDIA_H
/*
 * media -- what people sent beside words: pictures, documents, voice notes.
 *
 *     waiting -> kept -> accepted (a document) | discarded
 *             -> refused (not of an active patient, too large, of no kind that is kept, leads astray) | gone (the carrier has it no more) | failed
 *
 * The rows are made in the transaction that keeps the message. Job "media.fetch" {"media_id": N} brings the bytes into the encrypted store
 * of documents/, tells the doctor and the person, and ends in that transaction: running it twice fetches twice and keeps once. Job "media.forget"
 * {"ref": "…"} removes it at the carrier, where removing what is gone is fine. A doctor decides what becomes a document; the bytes are the
 * document's then.
 */
#include "messaging/messaging.h"

#define MEDIA_JOB_FETCH  "media.fetch"
#define MEDIA_JOB_FORGET "media.forget"

enum {
    MEDIA_BYTES_MAX = 16 << 20, /* what WhatsApp carries through Twilio */
    MEDIA_PARALLEL_MAX = 2      /* a slow carrier holds up no answers */
};

enum media_status {
    MEDIA_WAITING,
    MEDIA_KEPT,
    MEDIA_ACCEPTED,
    MEDIA_DISCARDED,
    MEDIA_REFUSED,
    MEDIA_GONE,
    MEDIA_FAILED,
    MEDIA_STATUS_COUNT
};
const char *media_status_name(enum media_status); /* "waiting" … */
bool media_status_from_name(struct str, enum media_status *) MUST_CHECK;

/* Strings are borrowed in row functions, in the arena elsewhere; "" when none. */
struct media_row {
    int64_t id, message_id, position;
    struct str ref, type_said, type, file_name, blob_name, error_code;
    struct hash content;
    enum media_status status;
    int64_t size_bytes, document_id; /* document_id 0: none */
    int64_t created_at_us, updated_at_us, kept_at_us;
    /* of the message */
    int64_t patient_id; /* 0: an unknown number, or one of several people who did not say who */
    struct str phone;
    bool captioned; /* words came with it: they are answered on their own */
};

/* Rows and jobs of a message that was just kept; in its transaction. */
enum status media_add(struct messaging *, struct db *, struct arena *, int64_t message_id, struct str phone,
                      const struct channel_event *, int64_t now_us, struct err *) MUST_CHECK;

/* E_NOT_FOUND with a message when there is none. */
enum status media_get(struct db *, struct arena *, int64_t id, struct media_row *, struct err *) MUST_CHECK;

typedef enum status media_row_fn(void *ctx, const struct media_row *, struct err *);
enum status media_each_of_message(struct db *, int64_t message_id, media_row_fn *, void *ctx,
                                  struct err *) MUST_CHECK;
/* Newest first. */
enum status media_each_of_patient(struct db *, int64_t patient_id, int64_t limit, media_row_fn *, void *ctx,
                                  struct err *) MUST_CHECK;
enum status media_count_of_message(struct db *, int64_t message_id, int64_t *, struct err *) MUST_CHECK;

struct media_filter {
    struct str status;  /* empty: any */
    int64_t patient_id; /* 0: any */
};
enum status media_count(struct db *, const struct media_filter *, int64_t *, struct err *) MUST_CHECK;
enum status media_each(struct db *, const struct media_filter *, int64_t limit, int64_t offset,
                       media_row_fn *, void *ctx, struct err *) MUST_CHECK;

/* The row as the API shows it. */
void media_json(struct json_out *, const struct media_row *);

/* Inside the transaction that erases a patient: jobs that remove the bytes, here and at the carrier. */
enum status media_erase_of_patient(struct messaging *, struct db *, struct arena *, int64_t patient_id,
                                   int64_t now_us, struct err *) MUST_CHECK;

job_fn media_fetch_job, media_fetch_dead, media_forget_job;

#endif
