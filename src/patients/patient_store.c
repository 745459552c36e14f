#include "patients/patient_store.h"
#include "accounts/audit.h"
#include "accounts/notification.h"
#include "base/crypto.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "http/negotiate.h"
#include "patients/activation.h"
#include "patients/patient_row.h"
#include "queries.h"

struct copy_to {
    struct arena *arena;
    struct patient *patient;
    bool found;
};

static enum status copy_row(void *ctx, const struct db_val *col, struct err *e) {
    struct copy_to *to = ctx;
    to->found = true;
    return patient_row_copy(to->arena, col, to->patient, e);
}

static enum status get_one(struct db *db, struct arena *arena, const struct db_query *q, struct db_val key,
                           struct patient *out, struct err *e) {
    struct copy_to to = { arena, out, false };
    enum status s = db_run(db, q, &key, copy_row, &to, NULL, e);
    if (s != OK) return s;
    return to.found ? OK : fail(e, E_NOT_FOUND, &patient_unknown, "no such patient");
}

enum status patient_get(struct db *db, struct arena *arena, int64_t id, struct patient *out, struct err *e) {
    return get_one(db, arena, &q_patient_get, db_int(id), out, e);
}

enum status patient_get_by_phone(struct db *db, struct arena *arena, struct str phone, struct patient *out,
                                 struct err *e) {
    return get_one(db, arena, &q_patient_get_by_phone, db_text(phone), out, e);
}

struct list_to {
    struct arena *arena;
    struct patient *patients;
    size_t max, count;
};

static enum status copy_next(void *ctx, const struct db_val *col, struct err *e) {
    struct list_to *to = ctx;
    if (to->count == to->max) return OK;
    return patient_row_copy(to->arena, col, &to->patients[to->count++], e);
}

enum status patient_list_by_phone(struct db *db, struct arena *arena, struct str phone, struct patient *out,
                                  size_t max, size_t *count, struct err *e) {
    struct list_to to = { arena, out, max, 0 };
    struct db_val key = db_text(phone);
    enum status s = db_run(db, &q_patient_list_by_phone, &key, copy_next, &to, NULL, e);
    if (s == OK) *count = to.count;
    return s;
}

enum status patient_record_version(struct db *db, int64_t id, int64_t *version, struct err *e) {
    struct db_val key = db_int(id);
    enum status s = db_get_i64(db, &q_patient_version, &key, version, e);
    return s == E_NOT_FOUND ? fail(e, s, &patient_unknown, "no patient %lld", (long long)id) : s;
}

enum status patient_check_exists(struct db *db, int64_t id, struct err *e) {
    int64_t version;
    return patient_record_version(db, id, &version, e);
}

enum status patient_touch_record(struct db *db, int64_t id, struct err *e) {
    struct db_val key = db_int(id);
    int64_t changed = 0;
    enum status s = db_run(db, &q_patient_touch, &key, NULL, NULL, &changed, e);
    if (s != OK || changed) return s;
    return fail(e, E_NOT_FOUND, &patient_unknown, "no patient %lld", (long long)id);
}

/* "n'diaye-ba" as people type it: "ndiayeba". */
static bool squeeze(struct arena *arena, struct str folded, struct str *out) {
    char *p = arena_alloc(arena, folded.n + 1);
    size_t n = 0;
    if (!p) return false;
    for (size_t i = 0; i < folded.n; i++) {
        if (!strchr("'-. ", folded.p[i])) p[n++] = folded.p[i];
    }
    *out = (struct str) { p, n };
    return true;
}

bool patient_search_text(struct arena *arena, const struct patient *p, struct str *search, struct str *last,
                         struct str *first) {
    struct str email, last_squeezed, first_squeezed;
    return utf8_fold(arena, p->last_name, last) && utf8_fold(arena, p->first_name, first) &&
           utf8_fold(arena, p->email, &email) && squeeze(arena, *last, &last_squeezed) &&
           squeeze(arena, *first, &first_squeezed) &&
           arena_printf(arena, search, "%.*s %.*s %.*s %.*s %.*s %.*s", STR_ARG(*first), STR_ARG(*last),
                        STR_ARG(p->phone), STR_ARG(email), STR_ARG(first_squeezed), STR_ARG(last_squeezed));
}

enum { SHARED_PARAMS = 21 }; /* what insert and update bind alike */

/* Who shares a number keeps it from nobody. */
static bool phone_key(struct arena *arena, const struct patient *p, struct str *key) {
    char own[TOKEN_TEXT_BYTES];
    *key = p->phone;
    if (!p->shares_phone) return true;
    crypto_token(own);
    return arena_printf(arena, key, "shared:%s", own);
}

/* Fills in[0..20] in the order of both queries. birth: storage for the date's text. */
static enum status bind_record(struct arena *arena, const struct patient *p, char birth[DATE_ISO_BYTES],
                               struct db_val *in, struct err *e) {
    struct str search = STR(""), last = STR(""), first = STR(""), key = STR("");
    if (!patient_search_text(arena, p, &search, &last, &first) || !phone_key(arena, p, &key))
        return fail(e, E_LIMIT, NULL, "patient: arena full");
    if (p->date_of_birth.year) date_format_iso(p->date_of_birth, birth);
    const struct db_val bound[SHARED_PARAMS] = {
        db_text(p->first_name),
        db_text(p->last_name),
        db_text(p->email),
        db_text(p->phone),
        p->date_of_birth.year ? db_text(str_from_c(birth)) : db_null(),
        db_text(p->gender),
        db_text(p->address),
        db_text(p->medical_history),
        db_text(p->allergies),
        db_text(p->current_medications),
        db_text(str_from_c(patient_language_name(p->language))),
        db_text(p->tags_json),
        db_int_or_null(p->assigned_to),
        db_text(str_from_c(patient_status_name(p->status))),
        db_int(p->updated_at_us),
        db_int_or_null(p->activated_at_us),
        db_text(search),
        db_text(last),
        db_text(first),
        db_text(key),
        db_int(p->shares_phone),
    };
    memcpy(in, bound, sizeof bound);
    return OK;
}

/* db_run, where a taken phone number gets its own words. */
static enum status run_unique(struct db *db, const struct db_query *q, const struct db_val *in, db_row_fn *fn,
                              void *ctx, struct err *e) {
    struct err local = { 0 };
    enum status s = db_run(db, q, in, fn, ctx, NULL, &local);
    if (s == E_CONFLICT) return fail(e, E_CONFLICT, &patient_phone_taken, "phone number is taken");
    if (s != OK && e && !e->message && !e->detail[0]) *e = local;
    return s;
}

/*
 * One activation message waits at most for one state of a record; a record whose number changed meanwhile
 * gets its own.
 */
static enum status add_activation_job(struct db *db, const struct patient_actor *actor, struct arena *arena,
                                      const struct patient *p, struct err *e) {
    struct str payload, key;
    char request[TOKEN_TEXT_BYTES];

    crypto_token(request);
    if (!arena_printf(arena, &payload, "{\"patient_id\":%lld,\"request\":\"%s\"}", (long long)p->id,
                      request) ||
        !arena_printf(arena, &key, PATIENT_JOB_SEND_ACTIVATION ":%lld:%lld", (long long)p->id,
                      (long long)p->updated_at_us)) {
        return fail(e, E_LIMIT, NULL, "patient: arena full");
    }
    return job_add(db, actor->signal, STR(PATIENT_JOB_SEND_ACTIVATION), payload, 0, key, actor->now_us, e);
}

static enum status audit(struct db *db, const struct patient_actor *actor, struct str action, int64_t id,
                         struct err *e) {
    return audit_add(db, actor->user_id, action, STR("patient"), id, actor->now_us, e);
}

static enum status insert(struct db *db, const struct patient_actor *actor, struct arena *arena,
                          struct patient *p, struct err *e) {
    struct db_val in[SHARED_PARAMS + 3];
    char birth[DATE_ISO_BYTES];
    enum status s = bind_record(arena, p, birth, in, e);
    if (s != OK) return s;
    in[SHARED_PARAMS] = db_int_or_null(actor->user_id);
    in[SHARED_PARAMS + 1] = db_int(actor->now_us);
    in[SHARED_PARAMS + 2] = db_int(p->record_version);
    return run_unique(db, &q_patient_insert, in, db_take_i64, &p->id, e);
}

enum status patient_add(struct db *db, const struct patient_actor *actor, struct arena *arena,
                        struct patient *p, struct err *e) {
    enum status s;

    p->status = PATIENT_PENDING;
    p->created_by = actor->user_id;
    p->created_at_us = p->updated_at_us = actor->now_us;
    p->activated_at_us = 0;
    p->record_version = actor->now_us; /* starts beyond any earlier record, should an id ever come back */
    if ((s = insert(db, actor, arena, p, e)) == OK) s = audit(db, actor, STR("patient.create"), p->id, e);
    return s == OK ? add_activation_job(db, actor, arena, p, e) : s;
}

enum status patient_create(struct db *db, const struct patient_actor *actor, struct arena *arena,
                           struct patient *p, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, patient_add(db, actor, arena, p, e), e) : s;
}

enum { RECORD_JSON_MAX = 1024 * 1024 }; /* three texts of PATIENT_TEXT_MAX characters, escaped */

/* Is the record still as the client read it? */
static enum status check_read_as(struct db *db, int64_t id, struct str read_as, struct err *e) {
    char now[ETAG_BYTES];
    struct buf record;
    struct json_out json = json_out_to(&record);
    enum status s;

    if (read_as.n == 0) return OK;
    buf_init(&record, RECORD_JSON_MAX);
    s = patient_write_json(db, id, &json, e);
    if (s == OK && !buf_ok(&record)) s = fail(e, E_LIMIT, NULL, "patient %lld is too long", (long long)id);
    if (s == OK) negotiate_etag_of(buf_str(&record), now);
    buf_done(&record);
    if (s != OK || negotiate_etag_matches(read_as, str_from_c(now))) return s;
    return fail(e, E_CONFLICT, &patient_changed, "patient %lld is not what was read", (long long)id);
}

enum status patient_change(struct db *db, const struct patient_actor *actor, struct arena *arena, int64_t id,
                           const struct patient_edit *edit, struct err *e) {
    struct db_val in[SHARED_PARAMS + 1];
    struct patient p;
    char birth[DATE_ISO_BYTES];
    bool was_active;
    enum status s;

    if ((s = patient_get(db, arena, id, &p, e)) != OK) return s;
    if ((s = check_read_as(db, id, edit->read_as, e)) != OK) return s;
    was_active = p.status == PATIENT_ACTIVE;
    struct str old_phone = p.phone;
    patient_edit_apply(edit, &p);
    p.updated_at_us = actor->now_us;
    if (p.status == PATIENT_ACTIVE && p.activated_at_us == 0) p.activated_at_us = actor->now_us;
    if ((s = bind_record(arena, &p, birth, in, e)) != OK) return s;
    in[SHARED_PARAMS] = db_int(id);
    if ((s = run_unique(db, &q_patient_update, in, NULL, NULL, e)) != OK) return s;
    if ((s = audit(db, actor, STR("patient.update"), id, e)) != OK) return s;
    if (was_active != (p.status == PATIENT_ACTIVE)) {
        s = audit(db, actor, was_active ? STR("patient.deactivate") : STR("patient.activate"), id, e);
    }
    if (s == OK && p.status == PATIENT_PENDING && !str_eq(old_phone, p.phone)) {
        s = add_activation_job(db, actor, arena, &p, e);
    }
    return s;
}

enum status patient_update(struct db *db, const struct patient_actor *actor, struct arena *arena, int64_t id,
                           const struct patient_edit *edit, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, patient_change(db, actor, arena, id, edit, e), e) : s;
}

static enum status erase(struct db *db, const struct patient_actor *actor, struct arena *arena, int64_t id,
                         const struct patient_part *parts, struct err *e) {
    struct db_val key = db_int(id);
    struct patient p;
    enum status s = patient_get(db, arena, id, &p, e);

    for (const struct patient_part *part = parts; s == OK && part && part->name; part++) {
        if (part->erase) s = part->erase(part->ctx, db, arena, id, p.phone, actor->now_us, e);
    }
    if (s == OK) s = notification_forget_patient(db, id, e);
    if (s == OK) s = db_run(db, &q_patient_delete, &key, NULL, NULL, NULL, e);
    return s == OK ? audit(db, actor, STR("patient.erase"), id, e) : s;
}

enum status patient_erase(struct db *db, const struct patient_actor *actor, struct arena *arena, int64_t id,
                          const struct patient_part *parts, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, erase(db, actor, arena, id, parts, e), e) : s;
}

static enum status resend(struct db *db, const struct patient_actor *actor, struct arena *arena, int64_t id,
                          struct err *e) {
    struct patient p;
    enum status s = patient_get(db, arena, id, &p, e);
    if (s != OK) return s;
    if (p.status == PATIENT_ACTIVE) {
        return fail(e, E_CONFLICT, &patient_is_active, "patient %lld is active", (long long)id);
    }
    if ((s = add_activation_job(db, actor, arena, &p, e)) != OK) return s;
    return audit(db, actor, STR("patient.send_activation"), id, e);
}

enum status patient_resend_activation(struct db *db, const struct patient_actor *actor, struct arena *arena,
                                      int64_t id, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, resend(db, actor, arena, id, e), e) : s;
}

static enum status make_link(struct db *db, const struct patient_actor *actor, struct arena *arena,
                             int64_t id, char token[TOKEN_TEXT_BYTES], struct err *e) {
    struct patient p;
    enum status s = patient_get(db, arena, id, &p, e);
    if (s != OK) return s;
    if (p.status == PATIENT_ACTIVE) {
        return fail(e, E_CONFLICT, &patient_is_active, "patient %lld is active", (long long)id);
    }
    if ((s = activation_create(db, &p, actor->now_us, token, e)) != OK) return s;
    return audit(db, actor, STR("patient.activation_link"), id, e);
}

enum status patient_make_activation_link(struct db *db, const struct patient_actor *actor,
                                         struct arena *arena, int64_t id, char token[TOKEN_TEXT_BYTES],
                                         struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, make_link(db, actor, arena, id, token, e), e) : s;
}

enum status patient_note_export(struct db *db, const struct patient_actor *actor, int64_t id, struct err *e) {
    enum status s = db_begin(db, e);
    if (s != OK) return s;
    if ((s = patient_check_exists(db, id, e)) == OK) s = audit(db, actor, STR("patient.export"), id, e);
    return db_finish(db, s, e);
}

enum status patient_note_list_export(struct db *db, const struct patient_actor *actor, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, audit(db, actor, STR("patient.export_list"), 0, e), e) : s;
}

enum status patient_set_status(struct db *db, struct patient *p, enum patient_status status, int64_t now_us,
                               struct err *e) {
    int64_t activated = status == PATIENT_ACTIVE && p->activated_at_us == 0 ? now_us : p->activated_at_us;
    const struct db_val in[] = { db_int(p->id), db_text(str_from_c(patient_status_name(status))),
                                 db_int(now_us), db_int_or_null(activated) };
    enum status s = db_run(db, &q_patient_set_status, in, NULL, NULL, NULL, e);
    if (s != OK) return s;
    p->status = status;
    p->activated_at_us = activated;
    p->updated_at_us = now_us;
    return OK;
}
