/*
 * patient_confirm_api -- what a messaging workflow asks about a number: is it active, and here is its
 * confirmation.
 */
#include "http/fields.h"
#include "patients/activation.h"
#include "patients/patient_handlers.h"
#include "patients/patients.h"
#include "patients/phone.h"

/* Reads the field `phone` as E.164 into *phone; a number that is none becomes a field error. */
static void read_phone(const struct request *rq, struct fields *f, struct phone *phone) {
    const struct patients *room = rq->room;
    struct str typed;
    if (!fields_str(f, "phone", FIELD_REQUIRED, PHONE_INPUT_MAX_BYTES, &typed)) return;
    if (!phone_parse(typed, room->default_region, phone)) fields_fail(f, "phone", &phone_invalid, STR(""));
}

enum status patient_check_active_post(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct phone phone = { 0 };
    struct fields *f;
    enum status s;

    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    read_phone(rq, f, &phone);
    if ((s = fields_done(f)) != OK) return s;
    return patient_write_active(rq->db, phone_str(&phone), &json, e);
}

/* A program that only relays messages learns what it needs; whoever may read records gets the record. */
static enum status answer(struct request *rq, struct reply *re, const struct patient *p, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    if (role_may(rq->who.role, PERM_PATIENT_READ)) return patient_write_json(rq->db, p->id, &json, e);
    json_put_object(&json);
    json_field_int(&json, "id", p->id);
    json_field_str(&json, "first_name", p->first_name);
    json_field_str(&json, "phone", p->phone);
    json_field_str(&json, "language", str_from_c(patient_language_name(p->language)));
    json_field_str(&json, "status", str_from_c(patient_status_name(p->status)));
    json_field_time(&json, "activated_at", p->activated_at_us);
    json_put_object_end(&json);
    return OK;
}

enum status patient_confirm_post(struct request *rq, struct reply *re, struct err *e) {
    struct confirmation by = { CONSENT_BY_CONFIRM, rq->who.user_id };
    struct str token = STR("");
    struct phone phone = { 0 };
    bool valid = false;
    struct patient p;
    struct fields *f;
    enum status s;

    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    read_phone(rq, f, &phone);
    fields_bool(f, "valid", FIELD_REQUIRED, &valid);
    fields_str(f, "token", FIELD_OPTIONAL, TOKEN_TEXT_BYTES, &token);
    if ((s = fields_done(f)) != OK) return s;
    s = patient_confirm_phone(rq->db, rq->arena, phone_str(&phone), token, valid, &by, rq->now_us, &p, e);
    return s == OK ? answer(rq, re, &p, e) : s;
}

enum status patient_send_activation_post(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct patient_actor actor = patient_actor_of(rq);
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s == OK) s = patient_resend_activation(rq->db, &actor, rq->arena, id, e);
    if (s != OK) return s;
    json_put_object(&json);
    json_field_int(&json, "patient", id);
    json_field_str(&json, "status", STR("queued"));
    json_put_object_end(&json);
    return OK;
}

/* Where a person who opens or scans it confirms: in WhatsApp, when the clinic has a number there. */
static enum status write_whatsapp_link(const struct patients *room, struct arena *arena, const char *token,
                                       struct json_out *json, struct err *e) {
    struct str link;

    json_put_key(json, "whatsapp_link");
    if (!room->sender || room->sender->n < 2) {
        json_put_null(json);
        return OK;
    }
    if (!arena_printf(arena, &link, "https://wa.me/%.*s?text=confirm-%s",
                      STR_ARG(str_sub(*room->sender, 1, room->sender->n)), token))
        return fail(e, E_LIMIT, NULL, "activation: arena full");
    json_put_str(json, link);
    return OK;
}

enum status patient_activation_link_post(struct request *rq, struct reply *re, struct err *e) {
    const struct patients *room = rq->room;
    struct json_out json = json_out_to(&re->body);
    struct patient_actor actor = patient_actor_of(rq);
    char token[TOKEN_TEXT_BYTES];
    struct str link;
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s == OK) s = patient_make_activation_link(rq->db, &actor, rq->arena, id, token, e);
    if (s != OK) return s;
    if (!arena_printf(rq->arena, &link, "%.*s/webhook/confirm-%s", STR_ARG(room->public_url), token))
        return fail(e, E_LIMIT, NULL, "activation: arena full");
    json_put_object(&json);
    json_field_str(&json, "link", link);
    if ((s = write_whatsapp_link(room, rq->arena, token, &json, e)) != OK) return s;
    json_field_time(&json, "expires_at", rq->now_us + ACTIVATION_LIFE_US);
    json_put_object_end(&json);
    return OK;
}
