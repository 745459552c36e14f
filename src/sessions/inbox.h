#ifndef SESSIONS_INBOX_H
#define SESSIONS_INBOX_H
/*
 * inbox -- what waits for a person of the clinic, one entry a number, the most urgent first. Of this room only.
 *
 * An entry is the newest conversation of its number, with what nobody has dealt with there: notices that nobody has read, and a person who
 * waits for a doctor. Three urgencies: danger, somebody waits, something is to be looked at.
 */
#include "base/json_out.h"
#include "sessions/session.h"

enum inbox_kind { INBOX_TODO, INBOX_TAKEN, INBOX_ALL };

enum { INBOX_WORDS_MAX = 3, INBOX_NOTICES_MAX = 10 /* shown of one entry */ };

struct inbox_filter {
    enum inbox_kind kind;
    struct str words[INBOX_WORDS_MAX]; /* LIKE patterns (http/search_words.h) */
    int64_t now_us, limit, offset;
};
enum status inbox_count(struct db *, const struct inbox_filter *, int64_t *, struct err *) MUST_CHECK;
/* Each entry as a JSON object. */
enum status inbox_write(struct db *, struct arena *, const struct inbox_filter *, struct json_out *,
                        struct err *) MUST_CHECK;

/* The entry of the number of a conversation. E_NOT_FOUND. */
enum status inbox_write_one(struct db *, struct arena *, int64_t conversation_id, int64_t now_us,
                            struct json_out *, int64_t *patient_id, struct err *) MUST_CHECK;

/* The newest conversation of a patient's number; 0: they never wrote. */
enum status inbox_find_patient(struct db *, int64_t patient_id, int64_t *conversation_id,
                               struct err *) MUST_CHECK;

struct inbox_summary {
    int64_t todo, danger, waiting, taken;
};
enum status inbox_summary(struct db *, int64_t now_us, struct inbox_summary *, struct err *) MUST_CHECK;

/* How far the caller had read when they decided: what came later is not meant. */
struct inbox_read {
    int64_t notice_id, message_id;
};
/* Everything of the number up to there is dealt with: its notices are read, nobody waits. One transaction with its audit row and event. */
enum status inbox_done(const struct sessions *, struct db *, struct arena *, int64_t conversation_id,
                       const struct inbox_read *, const struct session_actor *, struct err *) MUST_CHECK;
/* Takes the last inbox_done() back, whoever did it: its notices wait again, and so does the person. E_CONFLICT when something else was done since. */
enum status inbox_reopen(const struct sessions *, struct db *, struct arena *, int64_t conversation_id,
                         const struct session_actor *, struct err *) MUST_CHECK;
/* Somebody of the clinic has read the number up to a message. */
enum status inbox_seen(const struct sessions *, struct db *, struct arena *, int64_t conversation_id,
                       int64_t message_id, struct err *) MUST_CHECK;

#endif
