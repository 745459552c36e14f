#include "db/db.h"
#include "patients/patient_row.h"

static void put_text(struct json_out *json, const char *key, const struct db_val *val) {
    json_put_key(json, key);
    if (val->type == DB_NULL) {
        json_put_null(json);
    } else {
        json_put_str(json, val->s);
    }
}

void patient_row_fields(struct json_out *json, const struct db_val *col) {
    json_field_int(json, "id", col[COL_ID].i);
    put_text(json, "first_name", &col[COL_FIRST_NAME]);
    put_text(json, "last_name", &col[COL_LAST_NAME]);
    put_text(json, "email", &col[COL_EMAIL]);
    put_text(json, "phone", &col[COL_PHONE]);
    put_text(json, "date_of_birth", &col[COL_DATE_OF_BIRTH]);
    put_text(json, "gender", &col[COL_GENDER]);
    put_text(json, "address", &col[COL_ADDRESS]);
    put_text(json, "medical_history", &col[COL_MEDICAL_HISTORY]);
    put_text(json, "allergies", &col[COL_ALLERGIES]);
    put_text(json, "current_medications", &col[COL_CURRENT_MEDICATIONS]);
    put_text(json, "language", &col[COL_LANGUAGE]);
    json_field_raw(json, "tags", col[COL_TAGS].s);
    json_field_id_or_null(json, "assigned_to", col[COL_ASSIGNED_TO].i);
    put_text(json, "status", &col[COL_STATUS]);
    json_field_time(json, "created_at", col[COL_CREATED_AT].i);
    json_field_time(json, "updated_at", col[COL_UPDATED_AT].i);
    json_field_time(json, "activated_at", col[COL_ACTIVATED_AT].i);
    json_field_bool(json, "shares_phone", col[COL_SHARES_PHONE].i != 0);
}

void patient_row_json(struct json_out *json, const struct db_val *col) {
    json_put_object(json);
    patient_row_fields(json, col);
    json_put_object_end(json);
}

enum status patient_row_copy(struct arena *arena, const struct db_val *col, struct patient *out,
                             struct err *e) {
    struct patient p = patient_blank();
    const struct {
        enum patient_column column;
        struct str *to;
    } texts[] = {
        { COL_FIRST_NAME, &p.first_name },
        { COL_LAST_NAME, &p.last_name },
        { COL_EMAIL, &p.email },
        { COL_PHONE, &p.phone },
        { COL_GENDER, &p.gender },
        { COL_ADDRESS, &p.address },
        { COL_MEDICAL_HISTORY, &p.medical_history },
        { COL_ALLERGIES, &p.allergies },
        { COL_CURRENT_MEDICATIONS, &p.current_medications },
        { COL_TAGS, &p.tags_json },
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        enum status s = db_copy(arena, &col[texts[i].column], texts[i].to, e);
        if (s != OK) return s;
    }
    p.id = col[COL_ID].i;
    p.language = patient_language_from_name(col[COL_LANGUAGE].s);
    if (!patient_status_from_name(col[COL_STATUS].s, &p.status)) {
        return fail(e, E_INTERNAL, NULL, "patient %lld has an unknown status", (long long)p.id);
    }
    if (col[COL_DATE_OF_BIRTH].type != DB_NULL &&
        !date_parse_iso(col[COL_DATE_OF_BIRTH].s, &p.date_of_birth)) {
        return fail(e, E_INTERNAL, NULL, "patient %lld has no readable date of birth", (long long)p.id);
    }
    p.shares_phone = col[COL_SHARES_PHONE].i != 0;
    p.assigned_to = col[COL_ASSIGNED_TO].i;
    p.created_by = col[COL_CREATED_BY].i;
    p.created_at_us = col[COL_CREATED_AT].i;
    p.updated_at_us = col[COL_UPDATED_AT].i;
    p.activated_at_us = col[COL_ACTIVATED_AT].i;
    p.record_version = col[COL_RECORD_VERSION].i;
    *out = p;
    return OK;
}
