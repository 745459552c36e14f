/*
 * patient_list_store -- reading many records, or one, straight into JSON.
 */
#include "patients/patient_row.h"
#include "patients/patient_store.h"
#include "queries.h"

static const struct db_query *const list_queries[ORDER_COUNT] = {
    [ORDER_CREATED_DESC] = &q_patient_list_created_desc,
    [ORDER_CREATED] = &q_patient_list_created,
    [ORDER_UPDATED_DESC] = &q_patient_list_updated_desc,
    [ORDER_UPDATED] = &q_patient_list_updated,
    [ORDER_LAST_NAME_DESC] = &q_patient_list_last_name_desc,
    [ORDER_LAST_NAME] = &q_patient_list_last_name,
    [ORDER_FIRST_NAME_DESC] = &q_patient_list_first_name_desc,
    [ORDER_FIRST_NAME] = &q_patient_list_first_name,
    [ORDER_BIRTH_DESC] = &q_patient_list_birth_desc,
    [ORDER_BIRTH] = &q_patient_list_birth,
};

struct writing {
    struct json_out *json;
    bool found;
};

static enum status write_row(void *ctx, const struct db_val *col, struct err *e) {
    struct writing *w = ctx;
    (void)e;
    w->found = true;
    patient_row_json(w->json, col);
    return OK;
}

enum status patient_write_json(struct db *db, int64_t id, struct json_out *json, struct err *e) {
    struct writing w = { json, false };
    struct db_val key = db_int(id);
    enum status s = db_run(db, &q_patient_get, &key, write_row, &w, NULL, e);
    if (s != OK || w.found) return s;
    return fail(e, E_NOT_FOUND, &patient_unknown, "no patient %lld", (long long)id);
}

enum { FILTER_PARAMS = 1 + PATIENT_SEARCH_WORDS_MAX };

static void bind_filter(const struct patient_filter *filter, struct db_val *in) {
    in[0] = db_text(filter->status);
    for (size_t i = 0; i < PATIENT_SEARCH_WORDS_MAX; i++) in[1 + i] = db_text(filter->words[i]);
}

enum status patient_count(struct db *db, const struct patient_filter *filter, int64_t *count, struct err *e) {
    struct db_val in[FILTER_PARAMS];
    if (filter->status.n == 0 && filter->words[0].n == 0)
        return db_get_i64(db, &q_patient_count_all, NULL, count, e);
    bind_filter(filter, in);
    return db_get_i64(db, &q_patient_count_matching, in, count, e);
}

enum status patient_list(struct db *db, const struct patient_filter *filter, struct json_out *json,
                         struct err *e) {
    struct db_val in[FILTER_PARAMS + 2];
    struct writing w = { json, false };
    bind_filter(filter, in);
    in[FILTER_PARAMS] = db_int(filter->limit);
    in[FILTER_PARAMS + 1] = db_int(filter->offset);
    return db_run(db, list_queries[filter->order], in, write_row, &w, NULL, e);
}

static enum status write_active(void *ctx, const struct db_val *col, struct err *e) {
    struct writing *w = ctx;
    (void)e;
    w->found = true;
    json_put_object(w->json);
    json_field_bool(w->json, "active", str_eq(col[3].s, STR("active")));
    json_put_key(w->json, "patient");
    json_put_object(w->json);
    json_field_int(w->json, "id", col[0].i);
    json_field_str(w->json, "first_name", col[1].s);
    json_field_str(w->json, "language", col[2].s);
    json_put_object_end(w->json);
    json_put_object_end(w->json);
    return OK;
}

enum status patient_write_active(struct db *db, struct str phone, struct json_out *json, struct err *e) {
    struct writing w = { json, false };
    struct db_val key = db_text(phone);
    enum status s = db_run(db, &q_patient_check_active, &key, write_active, &w, NULL, e);
    if (s != OK || w.found) return s;
    return fail(e, E_NOT_FOUND, &patient_unknown, "no patient with this number");
}
