/*
 * patient_api -- /api/patients/ and /api/patients/{id}/: list, create, read, change, erase.
 */
#include "accounts/user.h"
#include "http/fields.h"
#include "http/page.h"
#include "http/search_words.h"
#include "patients/patient_handlers.h"
#include "patients/patient_tag.h"
#include "patients/patients.h"
#include "patients/phone.h"

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

static bool is_one_of(struct str word, const char *const *words) {
    for (; *words; words++) {
        if (str_eq(word, str_from_c(*words))) return true;
    }
    return false;
}

/* A number as it is typed; one that is none is refused, so that a form can say so before it saves. */
static enum status read_phone(const struct request *rq, struct str *out, struct err *e) {
    const struct patients *room = rq->room;
    struct str typed = str_trim(request_query(rq, "phone"));
    struct phone phone;

    if (typed.n == 0) return OK;
    if (!phone_parse(typed, room->default_region, &phone))
        return fail_field(e, STR("phone"), &phone_invalid, STR(""));
    return arena_dup(rq->arena, phone_str(&phone), out) ? OK : fail(e, E_LIMIT, NULL, "patients: arena full");
}

enum status patient_filter_read(const struct request *rq, struct patient_filter *f, struct err *e) {
    static const char *const genders[] = { "M", "F", "O", NULL };
    static const char *const languages[] = { "fr", "en", "wo", NULL };
    struct str doctor = request_query(rq, "assigned_to"), tag = request_query(rq, "tag");
    enum patient_status known;
    enum status s;

    *f = (struct patient_filter) { .status = request_query(rq, "status"),
                                   .gender = request_query(rq, "gender"),
                                   .language = request_query(rq, "language"),
                                   .order = read_order(request_query(rq, "ordering")) };
    if (f->status.n && !patient_status_from_name(f->status, &known))
        return fail_field(e, STR("status"), &field_not_a_choice, STR("pending, active, inactive"));
    if (f->gender.n && !is_one_of(f->gender, genders))
        return fail_field(e, STR("gender"), &field_not_a_choice, STR("M, F, O"));
    if (f->language.n && !is_one_of(f->language, languages))
        return fail_field(e, STR("language"), &field_not_a_choice, STR("fr, wo, en"));
    if (doctor.n && (!str_to_i64(doctor, &f->assigned_to) || f->assigned_to <= 0))
        return fail_field(e, STR("assigned_to"), &field_not_integer, STR(""));
    if (tag.n && !patient_tag_pattern(rq->arena, tag, &f->tag))
        return fail(e, E_LIMIT, NULL, "patients: no room for a tag");
    if ((s = read_phone(rq, &f->phone, e)) != OK) return s;
    return search_words_read(rq, f->words, PATIENT_SEARCH_WORDS_MAX, e);
}

enum status patient_list_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct patient_filter filter;
    struct page_request page;
    int64_t count;
    enum status s;

    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = patient_filter_read(rq, &filter, e)) != OK) return s;
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

enum status patient_choices_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    return patient_write_choices(rq->db, rq->arena, &json, e);
}

static enum status change(struct request *rq, struct reply *re, enum patient_edit_mode mode, struct err *e) {
    struct patient_actor actor = patient_actor_of(rq);
    struct patient_edit edit;
    int64_t id;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    if ((s = parse(rq, mode, &edit, e)) != OK) return s;
    edit.read_as = request_header(rq, "If-Match");
    if ((s = patient_update(rq->db, &actor, rq->arena, id, &edit, e)) != OK) {
        if (e->message == &patient_changed) re->http = 412;
        return s;
    }
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
