#ifndef PATIENTS_PATIENT_H
#define PATIENTS_PATIENT_H
/*
 * patient -- the record of one person: what it holds, which rules it keeps, how other rooms read it.
 *
 * A `struct patient` is a copy in the arena of whoever read it. Texts are clean UTF-8, empty when not said.
 * A number belongs to one record; a record with shares_phone (a child, an old father) may have it beside. What is asked by a number
 * alone is answered for its owner.
 *
 * A changed phone number of an active person makes the record pending again: whoever answers there has not
 * confirmed, and must not be sent another's health data.
 *
 * record_version grows with every change that answers are made from (the record, documents, facts), never
 * repeats for one id, and is the key of caches. Erasing a patient removes the row and everything that hangs
 * on it.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/json_out.h"
#include "base/status.h"

struct db;
struct db_val;

enum patient_status { PATIENT_PENDING, PATIENT_ACTIVE, PATIENT_INACTIVE, PATIENT_STATUS_COUNT };

/*
 * Limits on what a client can make grow: generous for a long history, small enough for a row. In
 * characters.
 */
enum {
    PATIENT_NAME_MAX = 100,
    PATIENT_EMAIL_MAX = 254, /* RFC 5321 section 4.5.3.1.3 */
    PATIENT_ADDRESS_MAX = 500,
    PATIENT_TEXT_MAX = 20000,
    PATIENT_TAGS_MAX = 20,
    PATIENT_TAG_MAX = 50,
    PATIENT_BIRTH_YEAR_MIN = 1900
};

struct patient {
    int64_t id;
    struct str first_name, last_name, email;
    struct str phone;          /* E.164 */
    bool shares_phone;         /* the number may be another record's, who owns it */
    struct date date_of_birth; /* year 0: not known */
    struct str gender;         /* "M", "F", "O" or "" */
    struct str address, medical_history, allergies, current_medications;
    enum lang language;
    struct str tags_json; /* a JSON list of strings */
    int64_t assigned_to;  /* user id of the doctor; 0: nobody */
    int64_t created_by;   /* user id; 0: an import */
    enum patient_status status;
    int64_t created_at_us, updated_at_us, activated_at_us; /* activated_at_us 0: never */
    int64_t record_version;
};

/* A record where nothing is said yet: every text empty, French, pending. */
struct patient patient_blank(void);

const char *patient_status_name(enum patient_status); /* "pending", … */
bool patient_status_from_name(struct str, enum patient_status *) MUST_CHECK;
const char *patient_language_name(enum lang);     /* "fr", "en", "wo" */
enum lang patient_language_from_name(struct str); /* LANG_FR for anything else */

/* E_NOT_FOUND with a message when there is none. */
enum status patient_get(struct db *, struct arena *, int64_t id, struct patient *, struct err *) MUST_CHECK;
/* The owner of the number. */
enum status patient_get_by_phone(struct db *, struct arena *, struct str phone, struct patient *,
                                 struct err *) MUST_CHECK;

/* Everybody behind a number, the owner first; at most `max`. */
enum { PATIENTS_OF_PHONE_MAX = 20 };
enum status patient_list_by_phone(struct db *, struct arena *, struct str phone, struct patient *out,
                                  size_t max, size_t *count, struct err *) MUST_CHECK;

/* E_NOT_FOUND with a message when the patient does not exist. For rooms that only need to know that. */
enum status patient_check_exists(struct db *, int64_t id, struct err *) MUST_CHECK;

/* Inside the caller's transaction: something that answers are made from has changed. */
enum status patient_touch_record(struct db *, int64_t id, struct err *) MUST_CHECK;

/* The version alone, for caches. */
enum status patient_record_version(struct db *, int64_t id, int64_t *version, struct err *) MUST_CHECK;

/* The name that forms and lists show: "Awa Diop". False: the arena is full. */
bool patient_full_name(struct arena *, const struct patient *, struct str *out) MUST_CHECK;

/*
 * The job that sends the activation message; messaging/ runs it. Payload {"patient_id": N, "request": "a
 * name that no other request has"}. Added in the transaction that makes the record, or changes its number,
 * or when staff asks for another message.
 */
#define PATIENT_JOB_SEND_ACTIVATION "patient.send_activation"

extern const struct message patient_unknown, patient_phone_taken, patient_is_active;

#endif
