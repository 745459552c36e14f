#include "patients/import.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "db/db.h"
#include "patients/csv_read.h"
#include "patients/import_row.h"

enum { ROW_ARENA_BYTES = 16 * 1024 * 1024, ROW_JSON_MAX = 1024 * 1024, REASON_BYTES = 512 };

static const struct message empty_list = { "csv_empty", "Cette liste est vide.", "This list is empty." };
static const struct message too_many_rows = {
    "csv_too_many_rows",
    "Cette liste a plus de 5 000 lignes. Importez-la en plusieurs fois.",
    "This list has more than 5,000 rows. Import it in parts.",
};
static const struct message columns_missing = {
    "csv_columns",
    "La première ligne doit nommer les colonnes : Prénom, Nom et Téléphone au moins.",
    "The first line must name the columns: First name, Last name and Phone at least.",
};
static const struct message twice_in_list = {
    "csv_twice",
    "Ce numéro est déjà plus haut dans la liste.",
    "This number stands further up in the list already.",
};
static const struct message another_name = {
    "csv_another_name",
    "Ce numéro est déjà celui d’un patient d’un autre nom.",
    "A patient of another name has this number already.",
};

enum action { MAKE, UPDATE, UNCHANGED, REFUSE, ACTION_COUNT };
static const char *const action_names[ACTION_COUNT] = { "make", "update", "unchanged", "refuse" };

struct importing {
    struct db *db;
    const struct patient_actor *actor;
    const struct import_request *request;
    struct arena *arena; /* of all */
    struct arena *row;   /* of one row */
    struct json_out *json;
    enum import_column columns[IMPORT_COLUMNS_MAX];
    size_t column_count, seen_count;
    struct str *seen; /* numbers so far */
    int64_t counts[ACTION_COUNT];
};

/* What becomes of one row. */
struct verdict {
    enum action action;
    struct patient_edit edit;
    int64_t patient_id;
    struct err why; /* of a refusal */
};

static enum status read_head(struct importing *im, struct csv_reader *r, struct err *e) {
    struct str cells[IMPORT_COLUMNS_MAX];
    unsigned there = 0;
    enum status s = csv_next(r, im->arena, cells, IMPORT_COLUMNS_MAX, &im->column_count, e);

    if (s != OK) return s;
    if (im->column_count == 0) return fail(e, E_INVALID, &empty_list, "an empty list");
    json_put_key(im->json, "ignored_columns");
    json_put_array(im->json);
    for (size_t i = 0; i < im->column_count; i++) {
        if (!import_column_of(im->arena, cells[i], &im->columns[i]))
            return fail(e, E_LIMIT, NULL, "no room for a list");
        if (there & 1U << im->columns[i]) im->columns[i] = IMPORT_IGNORED; /* the first of its name counts */
        there |= 1U << im->columns[i];
        if (im->columns[i] == IMPORT_IGNORED && cells[i].n) json_put_str(im->json, cells[i]);
    }
    json_put_array_end(im->json);
    const unsigned needed = 1U << IMPORT_FIRST_NAME | 1U << IMPORT_LAST_NAME | 1U << IMPORT_PHONE;
    return (there & needed) == needed ? OK : fail(e, E_INVALID, &columns_missing, "a list without names");
}

/* As the API reads a new patient: the same rules, the same words. */
static enum status read_edit(struct importing *im, const struct str *cells, size_t count,
                             struct patient_edit *edit, struct err *why) {
    struct buf text;
    struct json_out json = json_out_to(&text);
    struct str body;
    struct fields *f;
    enum status s;

    buf_init(&text, ROW_JSON_MAX);
    bool ok = import_row_json(im->row, im->columns, cells, count, &json) && buf_ok(&text) &&
              arena_dup(im->row, buf_str(&text), &body);
    buf_done(&text);
    if (!ok) return fail(why, E_LIMIT, NULL, "no room for a row");
    if ((s = fields_parse(im->row, body, &f, why)) != OK) return s;
    s = patient_edit_read(im->row, f, EDIT_CREATE, im->request->region, date_of_us(im->actor->now_us), edit,
                          why);
    return s == OK ? fields_done(f) : s;
}

/* Is it written alike but for case and accents? */
static bool same_word(struct arena *arena, struct str a, struct str b) {
    struct str x, y;
    return utf8_fold(arena, a, &x) && utf8_fold(arena, b, &y) && str_eq(str_trim(x), str_trim(y));
}

static bool same_person(struct arena *arena, const struct patient *a, const struct patient *b) {
    return (same_word(arena, a->first_name, b->first_name) && same_word(arena, a->last_name, b->last_name)) ||
           (same_word(arena, a->first_name, b->last_name) && same_word(arena, a->last_name, b->first_name));
}

static bool same_record(const struct patient *a, const struct patient *b) {
    return str_eq(a->email, b->email) && date_compare(a->date_of_birth, b->date_of_birth) == 0 &&
           str_eq(a->gender, b->gender) && str_eq(a->address, b->address) &&
           str_eq(a->medical_history, b->medical_history) && str_eq(a->allergies, b->allergies) &&
           str_eq(a->current_medications, b->current_medications) && a->language == b->language &&
           str_eq(a->tags_json, b->tags_json);
}

static bool seen_before(struct importing *im, struct str phone) {
    for (size_t i = 0; i < im->seen_count; i++) {
        if (str_eq(im->seen[i], phone)) return true;
    }
    return false;
}

/* The names stay as the record has them: they agree, and somebody may have mended their spelling. */
static enum status judge_known(struct importing *im, const struct patient *now, struct verdict *v) {
    struct patient after = *now;

    v->patient_id = now->id;
    if (!same_person(im->row, now, &v->edit.value)) {
        v->action = REFUSE;
        (void)fail_field(&v->why, STR("phone"), &another_name, STR(""));
        return OK;
    }
    v->edit.given &= ~(unsigned)(FIELD_FIRST_NAME | FIELD_LAST_NAME | FIELD_PHONE);
    patient_edit_apply(&v->edit, &after);
    v->action = same_record(now, &after) ? UNCHANGED : UPDATE;
    return OK;
}

static enum status judge(struct importing *im, const struct str *cells, size_t count, struct verdict *v,
                         struct err *e) {
    struct str phone;
    struct patient now;
    enum status s = read_edit(im, cells, count, &v->edit, &v->why);

    v->action = REFUSE;
    if (s == E_INVALID) return OK;
    if (s != OK) return fail(e, s, NULL, "a row could not be read");
    if (seen_before(im, v->edit.value.phone))
        return (void)fail_field(&v->why, STR("phone"), &twice_in_list, STR("")), OK;
    if (!arena_dup(im->arena, v->edit.value.phone, &phone))
        return fail(e, E_LIMIT, NULL, "no room for a list");
    im->seen[im->seen_count++] = phone;
    s = patient_get_by_phone(im->db, im->row, phone, &now, NULL);
    if (s == OK) return judge_known(im, &now, v);
    if (s != E_NOT_FOUND) return fail(e, s, NULL, "a patient could not be looked up");
    v->action = MAKE;
    return OK;
}

static enum status carry_out(struct importing *im, struct verdict *v, struct err *e) {
    struct patient p = patient_blank();
    enum status s;

    if (im->request->dry_run) return OK;
    if (v->action == UPDATE) return patient_change(im->db, im->actor, im->row, v->patient_id, &v->edit, e);
    if (v->action != MAKE) return OK;
    patient_edit_apply(&v->edit, &p);
    if ((s = patient_add(im->db, im->actor, im->row, &p, e)) == OK) v->patient_id = p.id;
    return s;
}

static void put_reasons(struct importing *im, const struct err *why) {
    char words[REASON_BYTES];

    json_put_key(im->json, "errors");
    json_put_array(im->json);
    for (size_t i = 0; i < why->field_count; i++) {
        const struct field_error *f = &why->fields[i];
        json_put_object(im->json);
        json_field_str(im->json, "field", f->field);
        size_t n = message_text(f->message, im->request->lang, str_from_c(f->arg), words, sizeof words);
        json_field_str(im->json, "message", (struct str) { words, n });
        json_put_object_end(im->json);
    }
    json_put_array_end(im->json);
}

static struct str cell_of(const struct importing *im, enum import_column column, const struct str *cells,
                          size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (im->columns[i] == column) return cells[i];
    }
    return STR("");
}

static void put_result(struct importing *im, int line, const struct str *cells, size_t count,
                       const struct verdict *v) {
    struct str read = v->edit.value.phone;

    im->counts[v->action]++;
    json_put_object(im->json);
    json_field_int(im->json, "line", line);
    json_field_str(im->json, "action", str_from_c(action_names[v->action]));
    json_field_str(im->json, "first_name", cell_of(im, IMPORT_FIRST_NAME, cells, count));
    json_field_str(im->json, "last_name", cell_of(im, IMPORT_LAST_NAME, cells, count));
    json_field_str(im->json, "phone", read.n ? read : cell_of(im, IMPORT_PHONE, cells, count));
    json_field_id_or_null(im->json, "patient", v->patient_id);
    put_reasons(im, &v->why);
    json_put_object_end(im->json);
}

static enum status import_rows(struct importing *im, struct csv_reader *r, struct err *e) {
    const size_t total = r->rest.n;
    struct str cells[IMPORT_COLUMNS_MAX];
    size_t count;
    enum status s;

    for (int rows = 0;; rows++) {
        struct verdict v = { 0 };
        arena_reset(im->row);
        if ((s = csv_next(r, im->row, cells, IMPORT_COLUMNS_MAX, &count, e)) != OK || count == 0) return s;
        if (rows == IMPORT_ROWS_MAX) return fail(e, E_INVALID, &too_many_rows, "a list of too many rows");
        if (count > im->column_count) count = im->column_count;
        if ((s = judge(im, cells, count, &v, e)) != OK) return s;
        if ((s = carry_out(im, &v, e)) != OK) return s;
        put_result(im, r->line, cells, count, &v);
        if (im->request->on_row) im->request->on_row(im->request->ctx, total - r->rest.n, total);
    }
}

static enum status import_list(struct importing *im, struct csv_reader *r, struct err *e) {
    enum status s;

    json_put_object(im->json);
    json_field_bool(im->json, "dry_run", im->request->dry_run);
    if ((s = read_head(im, r, e)) != OK) return s;
    json_put_key(im->json, "results");
    json_put_array(im->json);
    if ((s = import_rows(im, r, e)) != OK) return s;
    json_put_array_end(im->json);
    json_field_int(im->json, "made", im->counts[MAKE]);
    json_field_int(im->json, "updated", im->counts[UPDATE]);
    json_field_int(im->json, "unchanged", im->counts[UNCHANGED]);
    json_field_int(im->json, "refused", im->counts[REFUSE]);
    json_put_object_end(im->json);
    return OK;
}

enum status patient_import(struct db *db, const struct patient_actor *actor, struct arena *arena,
                           const struct import_request *request, struct json_out *json, struct err *e) {
    struct importing im = { .db = db, .actor = actor, .request = request, .arena = arena, .json = json };
    struct csv_reader r;
    struct str text;
    enum status s;

    if ((s = csv_text(arena, request->bytes, &text, e)) != OK) return s;
    csv_start(&r, text);
    im.seen = arena_array(arena, IMPORT_ROWS_MAX, sizeof *im.seen);
    im.row = arena_new(ROW_ARENA_BYTES);
    if (!im.seen || !im.row) {
        arena_free(im.row);
        return fail(e, E_LIMIT, NULL, "no room for a list");
    }
    if (request->dry_run) {
        s = import_list(&im, &r, e);
    } else if ((s = db_begin(db, e)) == OK) {
        s = db_finish(db, import_list(&im, &r, e), e);
    }
    arena_free(im.row);
    return s;
}
