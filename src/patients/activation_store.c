#include "patients/activation.h"
#include "accounts/audit.h"
#include "accounts/notification.h"
#include "patients/activation_list.h"
#include "patients/patient_store.h"
#include "queries.h"

const struct message activation_unknown = {
    "activation_unknown",
    "Ce lien n’est pas valable. Demandez un nouveau message d’activation à votre médecin.",
    "This link is not valid. Ask your doctor for a new activation message.",
};
const struct message activation_used = {
    "activation_used",
    "Ce lien a déjà servi. Si votre dossier n’est pas actif, demandez un nouveau message à votre médecin.",
    "This link was used already. If your record is not active, ask your doctor for a new message.",
};
const struct message activation_expired = {
    "activation_expired",
    "Ce lien a expiré. Demandez un nouveau message d’activation à votre médecin.",
    "This link has expired. Ask your doctor for a new activation message.",
};

static struct db_val hash_val(const struct hash *h) {
    return db_blob((struct str) { (const char *)h->b, sizeof h->b });
}

enum status activation_create(struct db *db, const struct patient *p, int64_t now_us,
                              char token[TOKEN_TEXT_BYTES], struct err *e) {
    const struct db_val end[] = { db_int(p->id), db_int(now_us) };
    enum status s = db_run(db, &q_activation_end_open, end, NULL, NULL, NULL, e);
    if (s != OK) return s;
    crypto_token(token);
    struct hash hash = crypto_hash_of(str_from_c(token));
    const struct db_val in[] = { db_int(p->id), hash_val(&hash), db_text(p->phone), db_int(now_us),
                                 db_int(now_us + ACTIVATION_LIFE_US) };
    return db_run(db, &q_activation_insert, in, NULL, NULL, NULL, e);
}

struct found {
    int64_t id, patient_id, expires_at_us;
    bool ended, same_number, there;
};

static enum status take_activation(void *ctx, const struct db_val *col, struct err *e) {
    struct found *f = ctx;
    (void)e;
    f->there = true;
    f->id = col[0].i;
    f->patient_id = col[1].i;
    f->expires_at_us = col[3].i;
    f->ended = col[4].type != DB_NULL;
    f->same_number = str_eq(col[2].s, col[6].s);
    return OK;
}

/* The open activation of a token. */
static enum status find_open(struct db *db, struct str token, int64_t now_us, struct found *f,
                             struct err *e) {
    struct hash hash = crypto_hash_of(token);
    struct db_val key = hash_val(&hash);
    enum status s;

    *f = (struct found) { 0 };
    if (token.n != TOKEN_TEXT_BYTES - 1)
        return fail(e, E_NOT_FOUND, &activation_unknown, "token of another length");
    if ((s = db_run(db, &q_activation_by_token, &key, take_activation, f, NULL, e)) != OK) return s;
    if (!f->there) return fail(e, E_NOT_FOUND, &activation_unknown, "no such activation token");
    if (f->ended) return fail(e, E_CONFLICT, &activation_used, "activation %lld has ended", (long long)f->id);
    if (f->expires_at_us <= now_us) {
        return fail(e, E_CONFLICT, &activation_expired, "activation %lld has expired", (long long)f->id);
    }
    if (!f->same_number) {
        return fail(e, E_CONFLICT, &activation_expired, "activation %lld is for an earlier number",
                    (long long)f->id);
    }
    return OK;
}

enum status activation_find(struct db *db, struct arena *arena, struct str token, int64_t now_us,
                            struct patient *p, struct err *e) {
    struct found f;
    enum status s = find_open(db, token, now_us, &f, e);
    return s == OK ? patient_get(db, arena, f.patient_id, p, e) : s;
}

static enum status use(struct db *db, struct arena *arena, struct str token, int64_t now_us,
                       struct patient *p, struct err *e) {
    struct confirmation by_person = { CONSENT_BY_ACTIVATION, 0 };
    int64_t changed = 0;
    struct found f;
    enum status s;

    if ((s = find_open(db, token, now_us, &f, e)) != OK) return s;
    const struct db_val in[] = { db_int(f.id), db_int(now_us) };
    if ((s = db_run(db, &q_activation_use, in, NULL, NULL, &changed, e)) != OK) return s;
    if (!changed)
        return fail(e, E_CONFLICT, &activation_used, "activation %lld was just used", (long long)f.id);
    if ((s = patient_get(db, arena, f.patient_id, p, e)) != OK) return s;
    return patient_confirm(db, p, true, &by_person, now_us, e);
}

enum status activation_use(struct db *db, struct arena *arena, struct str token, int64_t now_us,
                           struct patient *p, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, use(db, arena, token, now_us, p, e), e) : s;
}

enum status activation_is_open(struct db *db, int64_t patient_id, int64_t now_us, bool *open, struct err *e) {
    const struct db_val in[] = { db_int(patient_id), db_int(now_us) };
    int64_t count = 0;
    enum status s = db_get_i64(db, &q_activation_open, in, &count, e);
    if (s == OK) *open = count > 0;
    return s;
}

static enum status confirm(struct db *db, struct patient *p, bool valid, const struct confirmation *by,
                           int64_t now_us, struct err *e) {
    static const enum consent_purpose purposes[] = { CONSENT_MESSAGES, CONSENT_ASSISTANT };
    enum patient_status wanted = valid ? PATIENT_ACTIVE : PATIENT_INACTIVE;
    const struct db_val end[] = { db_int(p->id), db_int(now_us) };
    enum status s;

    if (p->status == wanted) return OK;
    if ((s = patient_set_status(db, p, wanted, now_us, e)) != OK) return s;
    for (size_t i = 0; i < COUNT_OF(purposes); i++) {
        s = consent_record(db, p->id, purposes[i], valid, by->source, by->user_id, now_us, e);
        if (s != OK) return s;
    }
    /* A link that was not needed any more must not work later. */
    if ((s = db_run(db, &q_activation_end_open, end, NULL, NULL, NULL, e)) != OK) return s;
    s = audit_add(db, by->user_id, valid ? STR("patient.activate") : STR("patient.deactivate"),
                  STR("patient"), p->id, now_us, e);
    if (s != OK) return s;
    return notification_add(db, valid ? STR("patient.activated") : STR("patient.declined"), p->id, 0,
                            SEVERITY_KNOW, now_us, e);
}

enum status patient_confirm(struct db *db, struct patient *p, bool valid, const struct confirmation *by,
                            int64_t now_us, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, confirm(db, p, valid, by, now_us, e), e) : s;
}

/* A token for another patient than the number's is as good as none. */
static enum status check_token(struct db *db, struct str token, int64_t patient_id, int64_t now_us,
                               struct err *e) {
    struct found f;
    enum status s = find_open(db, token, now_us, &f, e);
    if (s != OK || f.patient_id == patient_id) return s;
    return fail(e, E_NOT_FOUND, &activation_unknown, "activation %lld is not for patient %lld",
                (long long)f.id, (long long)patient_id);
}

/* Whom a token means among those behind the number; the owner, when it means none of them. */
static enum status get_by_token(struct db *db, struct arena *arena, struct str phone, struct str token,
                                int64_t now_us, struct patient *p, struct err *e) {
    struct found f;
    enum status s = find_open(db, token, now_us, &f, NULL);
    if (s == OK && (s = patient_get(db, arena, f.patient_id, p, e)) != OK) return s;
    return s == OK && str_eq(p->phone, phone) ? OK : patient_get_by_phone(db, arena, phone, p, e);
}

static enum status confirm_phone(struct db *db, struct arena *arena, struct str phone, struct str token,
                                 bool valid, const struct confirmation *by, int64_t now_us, struct patient *p,
                                 struct err *e) {
    enum status s = token.n ? get_by_token(db, arena, phone, token, now_us, p, e)
                            : patient_get_by_phone(db, arena, phone, p, e);
    /* Saying again what already holds needs no token: the first time ended it. */
    if (s == OK && token.n && p->status != (valid ? PATIENT_ACTIVE : PATIENT_INACTIVE)) {
        s = check_token(db, token, p->id, now_us, e);
    }
    return s == OK ? confirm(db, p, valid, by, now_us, e) : s;
}

enum status patient_confirm_phone(struct db *db, struct arena *arena, struct str phone, struct str token,
                                  bool valid, const struct confirmation *by, int64_t now_us,
                                  struct patient *p, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, confirm_phone(db, arena, phone, token, valid, by, now_us, p, e), e) : s;
}

struct walk {
    activation_row_fn *fn;
    void *ctx;
};

static enum status take_row(void *ctx, const struct db_val *col, struct err *e) {
    const struct walk *w = ctx;
    return w->fn(w->ctx, col[0].i, col[1].i, col[2].i, col[3].i != 0, e);
}

enum status activation_each(struct db *db, int64_t patient_id, activation_row_fn *fn, void *ctx,
                            struct err *e) {
    struct db_val key = db_int(patient_id);
    struct walk w = { fn, ctx };
    return db_run(db, &q_activation_list, &key, take_row, &w, NULL, e);
}
