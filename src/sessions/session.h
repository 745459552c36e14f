#ifndef SESSIONS_SESSION_H
#define SESSIONS_SESSION_H
/*
 * session -- one conversation, as staff sees it, and what staff does with it. Of this room only.
 *
 * Each use case is one transaction with its audit row and its event.
 */
#include "base/json_out.h"
#include "sessions/sessions.h"

struct session {
    int64_t id, patient_id, doctor_id; /* 0: nobody */
    struct str key, phone;
    bool by_doctor;
    int64_t person_until_us, taken_at_us, waiting_since_us, remind_at_us; /* 0: never, nobody */
    int64_t reminders, in_count, assistant_count, doctor_count,
        people; /* people: patients who have the number */
    int64_t started_at_us, last_message_at_us, expires_at_us;
};

/* Filters: "" and 0 mean any. */
struct session_filter {
    struct str state; /* "assistant", "doctor", "closed" */
    bool waiting;
    int64_t patient_id, now_us, limit, offset;
};
typedef enum status session_row_fn(void *ctx, const struct session *, struct err *);
enum status session_count(struct db *, const struct session_filter *, int64_t *, struct err *) MUST_CHECK;
enum status session_each(struct db *, const struct session_filter *, session_row_fn *, void *ctx,
                         struct err *) MUST_CHECK;

/* E_NOT_FOUND with a message. */
enum status session_get(struct db *, struct arena *, int64_t id, struct session *, struct err *) MUST_CHECK;
void session_write_json(struct json_out *, const struct session *,
                        int64_t now_us); /* the members, without braces */
/* The newest messages of it, oldest first, each as a JSON object. */
enum status session_write_messages(struct db *, struct arena *, const struct session *, struct json_out *,
                                   struct err *) MUST_CHECK;

/* Who does it, and when. */
struct session_actor {
    int64_t user_id, now_us;
};

/* With force from a colleague, too. E_CONFLICT: closed, or a colleague has it. */
enum status session_take_over(const struct sessions *, struct db *, struct arena *, int64_t id, bool force,
                              const struct session_actor *, struct err *) MUST_CHECK;
/* E_CONFLICT: nobody has it. */
enum status session_release(const struct sessions *, struct db *, struct arena *, int64_t id,
                            const struct session_actor *, struct err *) MUST_CHECK;

/* A text for the person, in the doctor's name. */
struct session_reply {
    struct str body;
    bool names_patient; /* the writer says whom it is for … */
    int64_t patient_id; /* … 0: for whoever writes there */
};
/*
 * E_CONFLICT: closed, not the caller's, or somebody else writes there by now. E_INVALID: several people have the number, and it is not said for
 * whom the text is.
 */
enum status session_reply(const struct sessions *, struct db *, struct arena *, int64_t id,
                          const struct session_reply *, const struct session_actor *,
                          struct err *) MUST_CHECK;

/* An approved template for the person, however long ago they wrote. */
struct session_template {
    struct str purpose, values; /* values: a JSON object of texts by name */
    bool names_patient;         /* as in a reply */
    int64_t patient_id;
};
/* E_CONFLICT: none is approved for that purpose, or somebody else writes there by now. E_INVALID: a value is missing. */
enum status session_send_template(const struct sessions *, struct db *, struct arena *, int64_t id,
                                  const struct session_template *, const struct session_actor *,
                                  struct err *) MUST_CHECK;

/* ---- for the stores of this room ---- */

extern const struct message session_not_taken;
enum status session_check_open(const struct session *, int64_t now_us, struct err *) MUST_CHECK;
/* The audit row and the event of what was done. */
enum status session_note(const struct sessions *, struct db *, struct arena *, const struct session *,
                         bool by_doctor, struct str action, const struct session_actor *,
                         struct err *) MUST_CHECK;

/* Keeps what a person of the clinic did ("take_over", "release", "done", "reopen"), for who reads the conversation later. Inside the caller's transaction. */
enum status session_keep_deed(struct db *, int64_t id, const char *kind, const struct session_actor *,
                              struct err *) MUST_CHECK;

/* "session" on /api/events/: {"id", "patient", "state"}, when the caller's transaction is committed. */
enum status session_event(const struct sessions *, struct db *, struct arena *, int64_t id,
                          int64_t patient_id, bool by_doctor, struct err *) MUST_CHECK;

/* Somebody waits for a doctor from at_us on: notes it and adds the job that reminds. Inside the caller's transaction. */
enum status session_wait(const struct sessions *, struct db *, struct arena *, int64_t id, int64_t at_us,
                         int64_t now_us, struct err *) MUST_CHECK;

#endif
