/*
 * patient_api -- /api/patients/ and /api/patients/{id}/: list, create, read, change, erase.
 */
#include "accounts/user.h"
#include "http/fields.h"
#include "http/page.h"
#include "http/search_words.h"
#include "patients/patient_handlers.h"
#include "patients/patients.h"

struct patient_actor patient_actor_of(const struct request *rq) {
    const struct patients *room = rq->room;
    return (struct patient_actor) { rq->who.user_id, room->signal, rq->now_us };
}

/* The first order of ?ordering= that we know; unknown ones are passed over, as in Django REST Framework. */
static enum patient_order read_order(struct str orders) {
    static const struct {
        struct str name;
        enum patient_order order;
    } known[] = {
        { { "created_at", 10 }, ORDER_CREATED },    { { "-created_at", 11 }, ORDER_CREATED_DESC },
        { { "updated_at", 10 }, ORDER_UPDATED },    { { "-updated_at", 11 }, ORDER_UPDATED_DESC },
        { { "last_name", 9 }, ORDER_LAST_NAME },    { { "-last_name", 10 }, ORDER_LAST_NAME_DESC },
        { { "first_name", 10 }, ORDER_FIRST_NAME }, { { "-first_name", 11 }, ORDER_FIRST_NAME_DESC },
        { { "date_of_birth", 13 }, ORDER_BIRTH },   { { "-date_of_birth", 14 }, ORDER_BIRTH_DESC },
    };
    while (orders.n > 0) {
        size_t comma = str_find_char(orders, ',');
        struct str name = str_trim(str_sub(orders, 0, comma));
        for (size_t i = 0; i < COUNT_OF(known); i++) {
            if (str_eq(name, known[i].name)) return known[i].order;
        }
        orders = str_sub(orders, comma + 1, orders.n);
    }
    return ORDER_CREATED_DESC;
}

enum status patient_list_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct patient_filter filter = { .status = request_query(rq, "status") };
    enum patient_status known;
    struct page_request page;
    int64_t count;
    enum status s;

    if (filter.status.n && !patient_status_from_name(filter.status, &known)) {
        return fail_field(e, STR("status"), &field_not_a_choice, STR("pending, active, inactive"));
    }
    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = search_words_read(rq, filter.words, PATIENT_SEARCH_WORDS_MAX, e)) != OK) return s;
    filter.order = read_order(request_query(rq, "ordering"));
    filter.limit = page.size;
    filter.offset = page.offset;
    if ((s = patient_count(rq->db, &filter, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &json, e)) != OK) return s;
    if ((s = patient_list(rq->db, &filter, &json, e)) != OK) return s;
    page_end(&json);
    return OK;
}

/*
 * Only an active doctor can be made responsible; an administrator too, who is the doctor in a clinic of
 * one.
 */
static enum status check_assigned(const struct request *rq, struct fields *f, const struct patient_edit *edit,
                                  struct err *e) {
    struct user doctor;
    struct err local = { 0 };
    enum status s;

    if (!(edit->given & FIELD_ASSIGNED_TO) || edit->value.assigned_to == 0) return OK;
    s = user_by_id(rq->db, rq->arena, edit->value.assigned_to, &doctor, &local);
    if (s != OK && s != E_NOT_FOUND)
        return fail(e, s, NULL, "the doctor's account could not be read: %s", local.detail);
    if (s != OK || !doctor.is_active || (doctor.role != ROLE_DOCTOR && doctor.role != ROLE_ADMIN)) {
        fields_fail(f, "assigned_to", &patient_assigned_not_doctor, STR(""));
    }
    return OK;
}

static enum status parse(const struct request *rq, enum patient_edit_mode mode, struct patient_edit *edit,
                         struct err *e) {
    const struct patients *room = rq->room;
    struct fields *f;
    enum status s;

    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    s = patient_edit_read(rq->arena, f, mode, room->default_region, date_of_us(rq->now_us), edit, e);
    if (s == OK) s = check_assigned(rq, f, edit, e);
    return s == OK ? fields_done(f) : s;
}

static enum status answer(struct request *rq, struct reply *re, int64_t id, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    return patient_write_json(rq->db, id, &json, e);
}

enum status patient_post(struct request *rq, struct reply *re, struct err *e) {
    struct patient_actor actor = patient_actor_of(rq);
    struct patient p = patient_blank();
    struct patient_edit edit;
    enum status s;

    if ((s = parse(rq, EDIT_CREATE, &edit, e)) != OK) return s;
    patient_edit_apply(&edit, &p);
    if ((s = patient_create(rq->db, &actor, rq->arena, &p, e)) != OK) return s;
    re->patient_id = p.id;
    return answer(rq, re, p.id, e);
}

enum status patient_get_one(struct request *rq, struct reply *re, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

static enum status change(struct request *rq, struct reply *re, enum patient_edit_mode mode, struct err *e) {
    struct patient_actor actor = patient_actor_of(rq);
    struct patient_edit edit;
    int64_t id;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    if ((s = parse(rq, mode, &edit, e)) != OK) return s;
    if ((s = patient_update(rq->db, &actor, rq->arena, id, &edit, e)) != OK) return s;
    return answer(rq, re, id, e);
}

enum status patient_put(struct request *rq, struct reply *re, struct err *e) {
    return change(rq, re, EDIT_REPLACE, e);
}

enum status patient_patch(struct request *rq, struct reply *re, struct err *e) {
    return change(rq, re, EDIT_PATCH, e);
}

enum status patient_delete(struct request *rq, struct reply *re, struct err *e) {
    const struct patients *room = rq->room;
    struct patient_actor actor = patient_actor_of(rq);
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    (void)re;
    return s == OK ? patient_erase(rq->db, &actor, rq->arena, id, room->parts, e) : s;
}
