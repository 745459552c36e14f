/*
 * import_api -- POST /api/patients/import/ takes a list, GET /api/patients/export/ gives one that it would take.
 */
#include "base/csv.h"
#include "http/fields.h"
#include "http/upload_memory.h"
#include "patients/import.h"
#include "patients/import_row.h"
#include "patients/patient_handlers.h"
#include "patients/patient_row.h"
#include "patients/patients.h"

static const struct message file_missing = { "file_missing", "Ajoutez une liste (champ « file »).",
                                             "Add a list (field \"file\")." };

/* ---- the file ---- */

struct upload_state {
    struct upload_memory file;
    bool dry_run;
};

static enum status upload_open(struct request *rq, void **state, struct err *e) {
    return upload_memory_open(rq, sizeof(struct upload_state), IMPORT_FILE_MAX_BYTES, state, e);
}

static enum status upload_field(void *state, struct str name, struct str value, struct err *e) {
    struct upload_state *u = state;
    if (!str_eq(name, STR("dry_run"))) return fail_field(e, name, &field_unknown, STR(""));
    u->dry_run = str_eq(value, STR("true")) || str_eq(value, STR("1"));
    if (u->dry_run || str_eq(value, STR("false")) || str_eq(value, STR("0"))) return OK;
    return fail_field(e, name, &field_not_boolean, STR(""));
}

const struct upload_sink patient_import_upload = {
    .file_max_bytes = IMPORT_FILE_MAX_BYTES,
    .files_max = 1,
    .fields_max = 1,
    .field_max_bytes = 16,
    .open = upload_open,
    .field = upload_field,
    .file_begin = upload_memory_begin,
    .file_data = upload_memory_data,
    .close = upload_memory_close,
};

enum status patient_import_post(struct request *rq, struct reply *re, struct err *e) {
    const struct patients *room = rq->room;
    struct upload_state *u = rq->upload->state;
    struct patient_actor actor = patient_actor_of(rq);
    struct json_out json = json_out_to(&re->body);
    const struct import_request request = { .bytes = buf_str(&u->file.bytes),
                                            .region = room->default_region,
                                            .lang = rq->lang,
                                            .dry_run = u->dry_run };

    if (!u->file.came) return fail_field(e, STR("file"), &file_missing, STR(""));
    return patient_import(rq->db, &actor, rq->arena, &request, &json, e);
}

/* ---- the list that goes out ---- */

enum { EXPORT_ROWS_MAX = 100000 };

static const enum patient_column exported[] = { COL_ID,
                                                COL_FIRST_NAME,
                                                COL_LAST_NAME,
                                                COL_PHONE,
                                                COL_DATE_OF_BIRTH,
                                                COL_GENDER,
                                                COL_LANGUAGE,
                                                COL_EMAIL,
                                                COL_ADDRESS,
                                                COL_STATUS,
                                                COL_ALLERGIES,
                                                COL_CURRENT_MEDICATIONS,
                                                COL_MEDICAL_HISTORY,
                                                COL_TAGS };

#define EXPORT_HEAD                                                                                           \
    "\xEF\xBB\xBFid,first_name,last_name,phone,date_of_birth,gender,language,email,address,status,allergies," \
    "current_medications,medical_history,tags\r\n"

struct exporting {
    struct buf *out;
    struct arena *arena;
};

/* "diabète, suivi" */
static enum status put_tags(struct exporting *x, struct str list, struct err *e) {
    struct str object, *tags = NULL;
    struct buf text;
    struct fields *f;
    size_t count = 0;
    enum status s;

    if (!arena_printf(x->arena, &object, "{\"tags\":%.*s}", STR_ARG(list)))
        return fail(e, E_LIMIT, NULL, "no room for tags");
    if ((s = fields_parse(x->arena, object, &f, e)) != OK) return s;
    if (!fields_str_list(f, "tags", FIELD_OPTIONAL, PATIENT_TAGS_MAX, PATIENT_TAG_MAX, &tags, &count))
        count = 0;
    buf_init(&text, PATIENT_TAGS_MAX * (PATIENT_TAG_MAX * 4 + 2));
    for (size_t i = 0; i < count; i++) {
        if (i) buf_add(&text, STR(", "));
        buf_add(&text, tags[i]);
    }
    csv_put_text(x->out, buf_str(&text));
    buf_done(&text);
    return OK;
}

static enum status put_row(void *ctx, const struct db_val *col, struct err *e) {
    struct exporting *x = ctx;
    enum status s = OK;

    arena_reset(x->arena);
    buf_add_i64(x->out, col[COL_ID].i);
    for (size_t i = 1; i < COUNT_OF(exported) && s == OK; i++) {
        const struct db_val *val = &col[exported[i]];
        buf_add_char(x->out, ',');
        if (exported[i] == COL_TAGS) {
            s = put_tags(x, val->s, e);
        } else {
            csv_put_text(x->out, val->type == DB_NULL ? STR("") : val->s);
        }
    }
    buf_add(x->out, STR("\r\n"));
    return s;
}

enum status patient_list_export_get(struct request *rq, struct reply *re, struct err *e) {
    struct patient_actor actor = patient_actor_of(rq);
    struct exporting x = { &re->body, arena_new(1 << 20) };
    struct patient_filter filter;
    enum status s = patient_filter_read(rq, &filter, e);

    if (s == OK && !x.arena) s = fail(e, E_LIMIT, NULL, "no room for a list");
    if (s == OK) s = patient_note_list_export(rq->db, &actor, e);
    if (s == OK) s = reply_header(re, "Content-Disposition", STR("attachment; filename=\"patients.csv\""), e);
    if (s == OK) {
        filter.limit = EXPORT_ROWS_MAX;
        re->type = "text/csv; charset=utf-8; header=present";
        buf_add(&re->body, STR(EXPORT_HEAD));
        s = patient_each(rq->db, &filter, put_row, &x, e);
    }
    arena_free(x.arena);
    return s;
}
