/*
 * patient_list_store -- reading many records, or one, straight into JSON.
 */
#include "patients/consent_list.h"
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

static enum status begin_record(void *ctx, const struct db_val *col, struct err *e) {
    struct writing *w = ctx;
    (void)e;
    w->found = true;
    json_put_object(w->json);
    patient_row_fields(w->json, col);
    return OK;
}

enum status patient_write_json(struct db *db, int64_t id, struct json_out *json, struct err *e) {
    struct writing w = { json, false };
    struct db_val key = db_int(id);
    enum status s = db_run(db, &q_patient_get, &key, begin_record, &w, NULL, e);
    if (s == OK && !w.found) return fail(e, E_NOT_FOUND, &patient_unknown, "no patient %lld", (long long)id);
    if (s == OK) json_put_key(json, "consents");
    if (s == OK) s = consent_current_json(db, id, json, e);
    if (s == OK) json_put_object_end(json);
    return s;
}

enum { FILTER_PARAMS = 1 + PATIENT_SEARCH_WORDS_MAX + 5 };

/* What a caller leaves out asks for nothing, and is no NULL. */
static struct db_val text(struct str s) {
    return db_text(s.n ? s : STR(""));
}

static void bind_filter(const struct patient_filter *filter, struct db_val *in) {
    size_t n = 0;
    in[n++] = text(filter->status);
    for (size_t i = 0; i < PATIENT_SEARCH_WORDS_MAX; i++) in[n++] = text(filter->words[i]);
    in[n++] = text(filter->gender);
    in[n++] = text(filter->language);
    in[n++] = db_int(filter->assigned_to);
    in[n++] = text(filter->tag);
    in[n++] = text(filter->phone);
}

static bool is_everybody(const struct patient_filter *f) {
    return f->status.n + f->words[0].n + f->gender.n + f->language.n + f->tag.n + f->phone.n == 0 &&
           f->assigned_to == 0;
}

enum status patient_count(struct db *db, const struct patient_filter *filter, int64_t *count, struct err *e) {
    struct db_val in[FILTER_PARAMS];
    if (is_everybody(filter)) return db_get_i64(db, &q_patient_count_all, NULL, count, e);
    bind_filter(filter, in);
    return db_get_i64(db, &q_patient_count_matching, in, count, e);
}

enum status patient_each(struct db *db, const struct patient_filter *filter, patient_row_fn *fn, void *ctx,
                         struct err *e) {
    struct db_val in[FILTER_PARAMS + 2];
    bind_filter(filter, in);
    in[FILTER_PARAMS] = db_int(filter->limit);
    in[FILTER_PARAMS + 1] = db_int(filter->offset);
    return db_run(db, list_queries[filter->order], in, fn, ctx, NULL, e);
}

enum status patient_list(struct db *db, const struct patient_filter *filter, struct json_out *json,
                         struct err *e) {
    struct writing w = { json, false };
    return patient_each(db, filter, write_row, &w, e);
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
