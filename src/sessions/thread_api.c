/*
 * thread_api -- GET /api/messaging/thread/: a part of all that was written with one patient or number.
 */
#include "sessions/thread.h"
#include "http/fields.h"
#include "patients/patient_query.h"
#include "sessions/session.h"
#include "sessions/session_handlers.h"

static enum status read_number(const struct request *rq, const char *name, int64_t min, int64_t max,
                               struct str range, int64_t *out, struct err *e) {
    struct str said = request_query(rq, name);
    if (!said.n || (str_to_i64(said, out) && *out >= min && *out <= max)) return OK;
    return fail_field(e, str_from_c(name), &field_out_of_range, range);
}

/* Whose: one of the two must be said. */
static enum status read_whose(const struct request *rq, struct message_thread *of, struct err *e) {
    struct session session;
    int64_t session_id = 0;
    enum status s = patient_query(rq, &of->patient_id, e);

    if (s == OK) s = read_number(rq, "session", 1, INT64_MAX, STR("1 …"), &session_id, e);
    if (s != OK) return s;
    if (!of->patient_id && !session_id) return fail_field(e, STR("patient"), &field_required, STR(""));
    if (!session_id) return patient_check_exists(rq->db, of->patient_id, e);
    if ((s = session_get(rq->db, rq->arena, session_id, &session, e)) != OK) return s;
    *of = (struct message_thread) { .patient_id = session.patient_id, .phone = session.phone };
    return OK;
}

/* The part that holds a message, in its middle. */
static enum status read_around(const struct request *rq, struct thread_part *part, struct err *e) {
    int64_t message_id = 0, before;
    enum status s = read_number(rq, "message", 1, INT64_MAX, STR("1 …"), &message_id, e);

    if (s != OK || !message_id) return s;
    if ((s = message_thread_before(rq->db, &part->of, message_id, &before, e)) != OK) return s;
    part->from = before > part->size / 2 ? before - part->size / 2 : 0;
    return OK;
}

enum status thread_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct thread_part part = { .from = -1, .size = THREAD_SIZE_DEFAULT };
    enum status s = read_whose(rq, &part.of, e);

    if (s == OK) s = read_number(rq, "from", 0, INT64_MAX, STR("0 …"), &part.from, e);
    if (s == OK) s = read_number(rq, "size", 1, THREAD_SIZE_MAX, STR("1 … 100"), &part.size, e);
    if (s == OK) s = read_around(rq, &part, e);
    if (s != OK) return s;
    re->patient_id = part.of.patient_id;
    return thread_write(rq->db, rq->arena, &part, &json, e);
}
