#include "patients/consent.h"
#include "accounts/audit.h"
#include "db/db.h"
#include "patients/consent_list.h"
#include "patients/consent_staff.h"
#include "queries.h"

static const char *const purposes[CONSENT_COUNT] = { "messages", "assistant", "external_model" };
static const char *const sources[] = { "activation", "confirm", "whatsapp", "staff" };

const char *consent_purpose_name(enum consent_purpose purpose) {
    return purposes[purpose];
}

bool consent_purpose_from_name(struct str name, enum consent_purpose *out) {
    for (int i = 0; i < CONSENT_COUNT; i++) {
        if (str_eq(name, str_from_c(purposes[i]))) {
            *out = (enum consent_purpose)i;
            return true;
        }
    }
    return false;
}

/* What the newest row says; *said is false when nobody was ever asked. */
static enum status newest(struct db *db, int64_t patient_id, enum consent_purpose purpose, bool *said,
                          bool *granted, struct err *e) {
    const struct db_val in[] = { db_int(patient_id), db_text(str_from_c(purposes[purpose])) };
    int64_t value = 0;
    enum status s = db_get_i64(db, &q_consent_newest, in, &value, e);
    if (s != OK && s != E_NOT_FOUND) return s;
    *said = s == OK;
    *granted = value != 0;
    return OK;
}

enum status consent_is_granted(struct db *db, int64_t patient_id, enum consent_purpose purpose, bool *granted,
                               struct err *e) {
    bool said;
    return newest(db, patient_id, purpose, &said, granted, e);
}

enum status consent_is_withdrawn(struct db *db, int64_t patient_id, enum consent_purpose purpose,
                                 bool *withdrawn, struct err *e) {
    bool said, granted = false;
    enum status s = newest(db, patient_id, purpose, &said, &granted, e);
    if (s == OK) *withdrawn = said && !granted;
    return s;
}

enum status consent_record(struct db *db, int64_t patient_id, enum consent_purpose purpose, bool granted,
                           enum consent_source source, int64_t user_id, int64_t now_us, struct err *e) {
    const struct db_val in[] = {
        db_int(patient_id),      db_text(str_from_c(purposes[purpose])),
        db_int(granted),         db_text(str_from_c(sources[source])),
        db_int_or_null(user_id), db_int(now_us),
    };
    bool said, before;
    enum status s = newest(db, patient_id, purpose, &said, &before, e);
    if (s != OK || (said && before == granted)) return s;
    return db_run(db, &q_consent_insert, in, NULL, NULL, NULL, e);
}

enum status consent_count(struct db *db, int64_t patient_id, int64_t *count, struct err *e) {
    struct db_val key = db_int(patient_id);
    return db_get_i64(db, &q_consent_count, &key, count, e);
}

struct walk {
    consent_row_fn *fn;
    void *ctx;
};

static enum status take_row(void *ctx, const struct db_val *col, struct err *e) {
    const struct walk *w = ctx;
    const struct consent_row row = {
        .id = col[0].i,
        .purpose = col[1].s,
        .granted = col[2].i != 0,
        .source = col[3].s,
        .recorded_by = col[4].i,
        .created_at_us = col[5].i,
        .current = col[6].i != 0,
    };
    return w->fn(w->ctx, &row, e);
}

enum status consent_each(struct db *db, int64_t patient_id, int64_t limit, int64_t offset, consent_row_fn *fn,
                         void *ctx, struct err *e) {
    const struct db_val in[] = { db_int(patient_id), db_int(limit), db_int(offset) };
    struct walk w = { fn, ctx };
    return db_run(db, &q_consent_list, in, take_row, &w, NULL, e);
}

void consent_row_json(struct json_out *json, const struct consent_row *row) {
    json_put_object(json);
    json_field_int(json, "id", row->id);
    json_field_str(json, "purpose", row->purpose);
    json_field_bool(json, "granted", row->granted);
    json_field_bool(json, "current", row->current);
    json_field_str(json, "source", row->source);
    json_field_id_or_null(json, "recorded_by", row->recorded_by);
    json_field_time(json, "created_at", row->created_at_us);
    json_put_object_end(json);
}

enum status consent_current_json(struct db *db, int64_t patient_id, struct json_out *json, struct err *e) {
    json_put_object(json);
    for (int i = 0; i < CONSENT_COUNT; i++) {
        bool said, granted;
        enum status s = newest(db, patient_id, (enum consent_purpose)i, &said, &granted, e);
        if (s != OK) return s;
        json_put_key(json, purposes[i]);
        if (said) {
            json_put_bool(json, granted);
        } else {
            json_put_null(json);
        }
    }
    json_put_object_end(json);
    return OK;
}

struct current {
    struct str purpose;
    struct json_out *json;
};

static enum status write_current(void *ctx, const struct consent_row *row, struct err *e) {
    const struct current *c = ctx;
    (void)e;
    if (row->current && str_eq(row->purpose, c->purpose)) consent_row_json(c->json, row);
    return OK;
}

static enum status set_by_staff(struct db *db, const struct patient_actor *actor, int64_t patient_id,
                                enum consent_purpose purpose, bool granted, const struct patient_part *parts,
                                struct json_out *json, struct err *e) {
    struct current current = { str_from_c(purposes[purpose]), json };
    enum status s;

    if ((s = patient_check_exists(db, patient_id, e)) != OK) return s;
    s = consent_record(db, patient_id, purpose, granted, CONSENT_BY_STAFF, actor->user_id, actor->now_us, e);
    if (s != OK) return s;
    s = audit_add(db, actor->user_id, granted ? STR("consent.grant") : STR("consent.withdraw"),
                  STR("patient"), patient_id, actor->now_us, e);
    for (const struct patient_part *part = parts; s == OK && part && part->name; part++)
        if (part->consented)
            s = part->consented(part->ctx, db, patient_id, purpose, granted, actor->now_us, e);
    return s == OK ? consent_each(db, patient_id, INT64_MAX, 0, write_current, &current, e) : s;
}

enum status consent_set_by_staff(struct db *db, const struct patient_actor *actor, int64_t patient_id,
                                 enum consent_purpose purpose, bool granted, const struct patient_part *parts,
                                 struct json_out *json, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, set_by_staff(db, actor, patient_id, purpose, granted, parts, json, e), e)
                   : s;
}
