#ifndef PATIENTS_PATIENT_STORE_H
#define PATIENTS_PATIENT_STORE_H
/*
 * patient_store -- the SQL of the record. For files of this room; what others may call is in patient.h.
 *
 * Use cases (create, update, erase) are whole transactions: record, jobs and audit row together.
 */
#include "base/crypto.h"
#include "http/identity.h"
#include "jobs/job.h"
#include "patients/part.h"
#include "patients/patient_edit.h"

/* Who asks for a change, and what it needs besides the database. */
struct patient_actor {
    int64_t user_id;
    struct job_signal *signal;
    int64_t now_us;
};

enum status patient_create(struct db *, const struct patient_actor *, struct arena *, struct patient *in_out,
                           struct err *) MUST_CHECK;
enum status patient_update(struct db *, const struct patient_actor *, struct arena *, int64_t id,
                           const struct patient_edit *, struct err *) MUST_CHECK;
/* The same inside the caller's transaction. */
enum status patient_add(struct db *, const struct patient_actor *, struct arena *, struct patient *in_out,
                        struct err *) MUST_CHECK;
enum status patient_change(struct db *, const struct patient_actor *, struct arena *, int64_t id,
                           const struct patient_edit *, struct err *) MUST_CHECK;
enum status patient_erase(struct db *, const struct patient_actor *, struct arena *, int64_t id,
                          const struct patient_part *parts, struct err *) MUST_CHECK;

/* Asks for another activation message; E_CONFLICT for a record that is active already. */
enum status patient_resend_activation(struct db *, const struct patient_actor *, struct arena *, int64_t id,
                                      struct err *) MUST_CHECK;

/* A new token for a link that staff hands over; earlier links end. E_CONFLICT for a record that is active already. */
enum status patient_make_activation_link(struct db *, const struct patient_actor *, struct arena *,
                                         int64_t id, char token[TOKEN_TEXT_BYTES], struct err *) MUST_CHECK;

/* The audit row of an export. E_NOT_FOUND for an unknown patient. */
enum status patient_note_export(struct db *, const struct patient_actor *, int64_t id,
                                struct err *) MUST_CHECK;

/* The audit row of a list that was taken along. */
enum status patient_note_list_export(struct db *, const struct patient_actor *, struct err *) MUST_CHECK;

/* Columns beyond the edit: status and times, after a confirmation. Inside the caller's transaction. */
enum status patient_set_status(struct db *, struct patient *, enum patient_status, int64_t now_us,
                               struct err *) MUST_CHECK;

/* Writes the record straight from its row, as one JSON object. */
enum status patient_write_json(struct db *, int64_t id, struct json_out *, struct err *) MUST_CHECK;

/* What lists may ask for. Words are folded already. */
enum { PATIENT_SEARCH_WORDS_MAX = 5 };
enum patient_order {
    ORDER_CREATED_DESC,
    ORDER_CREATED,
    ORDER_UPDATED_DESC,
    ORDER_UPDATED,
    ORDER_LAST_NAME_DESC,
    ORDER_LAST_NAME,
    ORDER_FIRST_NAME_DESC,
    ORDER_FIRST_NAME,
    ORDER_BIRTH_DESC,
    ORDER_BIRTH,
    ORDER_COUNT
};
struct patient_filter {
    struct str status;                          /* "": any */
    struct str words[PATIENT_SEARCH_WORDS_MAX]; /* LIKE patterns; "": none */
    struct str gender, language, phone;         /* "": any */
    struct str tag;                             /* a LIKE pattern (patient_tag.h); "": any */
    int64_t assigned_to;                        /* 0: any */
    enum patient_order order;
    int64_t limit, offset;
};

enum status patient_count(struct db *, const struct patient_filter *, int64_t *count,
                          struct err *) MUST_CHECK;
/* Writes each record of the page as a JSON object. */
enum status patient_list(struct db *, const struct patient_filter *, struct json_out *,
                         struct err *) MUST_CHECK;

/* Each record of the page, its columns in the order of patient_row.h. */
typedef enum status patient_row_fn(void *ctx, const struct db_val *col, struct err *);
enum status patient_each(struct db *, const struct patient_filter *, patient_row_fn *, void *ctx,
                         struct err *) MUST_CHECK;

/* What filters and forms offer: {"tags":[{"tag","count"}],"doctors":[{"id","name"}]}, the tags most used first. */
enum status patient_write_choices(struct db *, struct arena *, struct json_out *, struct err *) MUST_CHECK;

/* {"active":…,"patient":{…}} for one number, straight from the index. */
enum status patient_write_active(struct db *, struct str phone, struct json_out *, struct err *) MUST_CHECK;

/* folded search text of a record. */
bool patient_search_text(struct arena *, const struct patient *, struct str *search, struct str *last,
                         struct str *first) MUST_CHECK;

#endif
