/*
 * patient_export_api -- all that is held about a person: as one JSON object to take along, and as a
 * timeline to read.
 *
 * Both are put together from this room's rows and from the parts of the other rooms (part.h).
 */
#include "http/page.h"
#include "patients/activation_list.h"
#include "patients/consent_list.h"
#include "patients/patient_export.h"
#include "patients/patient_handlers.h"
#include "patients/patients.h"
#include "patients/timeline.h"

enum { TIMELINE_MAX = 1000 }; /* events of one room; a page further back is reached in that room's own list */

static enum status add_consent(void *ctx, const struct consent_row *row, struct err *e) {
    struct timeline *t = ctx;
    struct timeline_event event = { row->created_at_us,
                                    row->granted ? "consent_granted" : "consent_withdrawn", row->id,
                                    row->purpose };
    return timeline_add(t, event, e);
}

static enum status add_activation(void *ctx, int64_t created_at_us, int64_t expires_at_us,
                                  int64_t ended_at_us, bool used, struct err *e) {
    (void)expires_at_us;
    (void)ended_at_us;
    (void)used;
    return timeline_add(ctx, (struct timeline_event) { created_at_us, "activation_sent", 0, STR("") }, e);
}

static enum status collect(struct request *rq, int64_t id, struct timeline *t, struct err *e) {
    const struct patients *room = rq->room;
    struct patient p;
    enum status s;

    if ((s = patient_get(rq->db, rq->arena, id, &p, e)) != OK) return s;
    s = timeline_add(t, (struct timeline_event) { p.created_at_us, "created", id, STR("") }, e);
    if (s == OK && p.activated_at_us) {
        s = timeline_add(t, (struct timeline_event) { p.activated_at_us, "activated", id, STR("") }, e);
    }
    if (s == OK) s = consent_each(rq->db, id, TIMELINE_MAX, 0, add_consent, t, e);
    if (s == OK) s = activation_each(rq->db, id, add_activation, t, e);
    for (const struct patient_part *part = room->parts; s == OK && part && part->name; part++) {
        if (part->events) s = part->events(part->ctx, rq->db, id, TIMELINE_MAX, t, e);
    }
    timeline_sort(t);
    return s;
}

enum status patient_timeline_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct timeline t = { .arena = rq->arena };
    struct page_request page;
    int64_t id;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = collect(rq, id, &t, e)) != OK) return s;
    if ((s = page_begin(rq, &page, (int64_t)t.count, &json, e)) != OK) return s;
    for (int64_t i = page.offset; i < page.offset + page.size && i < (int64_t)t.count; i++) {
        timeline_event_json(&json, &t.events[i]);
    }
    page_end(&json);
    return OK;
}

static enum status export_consent(void *ctx, const struct consent_row *row, struct err *e) {
    (void)e;
    consent_row_json(ctx, row);
    return OK;
}

static enum status export_activation(void *ctx, int64_t created_at_us, int64_t expires_at_us,
                                     int64_t ended_at_us, bool used, struct err *e) {
    struct json_out *json = ctx;
    (void)e;
    json_put_object(json);
    json_field_time(json, "created_at", created_at_us);
    json_field_time(json, "expires_at", expires_at_us);
    json_field_time(json, "ended_at", ended_at_us);
    json_field_bool(json, "used", used);
    json_put_object_end(json);
    return OK;
}

enum status patient_export_write(struct request *rq, int64_t id, struct json_out *json, struct err *e) {
    const struct patients *room = rq->room;
    enum status s;

    json_put_object(json);
    json_field_time(json, "exported_at", rq->now_us);
    json_put_key(json, "patient");
    if ((s = patient_write_json(rq->db, id, json, e)) != OK) return s;
    json_put_key(json, "consents");
    json_put_array(json);
    if ((s = consent_each(rq->db, id, INT64_MAX, 0, export_consent, json, e)) != OK) return s;
    json_put_array_end(json);
    json_put_key(json, "activations");
    json_put_array(json);
    if ((s = activation_each(rq->db, id, export_activation, json, e)) != OK) return s;
    json_put_array_end(json);
    for (const struct patient_part *part = room->parts; part && part->name; part++) {
        if (!part->write) continue;
        json_put_key(json, part->name);
        if ((s = part->write(part->ctx, rq->db, rq->arena, id, json, e)) != OK) return s;
    }
    json_put_object_end(json);
    return OK;
}

enum status patient_export_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct patient_actor actor = patient_actor_of(rq);
    struct str name;
    int64_t id;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    if ((s = patient_note_export(rq->db, &actor, id, e)) != OK) return s;
    if (!arena_printf(rq->arena, &name, "attachment; filename=\"patient-%lld.json\"", (long long)id)) {
        return fail(e, E_LIMIT, NULL, "export: arena full");
    }
    if ((s = reply_header(re, "Content-Disposition", name, e)) != OK) return s;
    return patient_export_write(rq, id, &json, e);
}
