#include "messaging/record_text.h"

#include "base/buf.h"
#include "documents/document.h"
#include "patients/consent.h"

enum { LISTED_MAX = 20, LIST_MAX_BYTES = 16 * 1024 };

struct listing {
    struct buf *out;
    enum lang lang;
    int64_t count;
};

static const char *const no_date[LANG_COUNT] = {
    [LANG_FR] = "sans date", [LANG_WO] = "amul bis", [LANG_EN] = "no date"
};
static const char *const heads[LANG_COUNT] = {
    [LANG_FR] = "Documents : ", [LANG_WO] = "Kayit yi : ", [LANG_EN] = "Documents: "
};
static const char *const mores[LANG_COUNT] = {
    [LANG_FR] = "– et d'autres\n", [LANG_WO] = "– ak yeneen\n", [LANG_EN] = "– and more\n"
};
static const char *const granted[LANG_COUNT][2] = {
    [LANG_FR] = { "non", "oui" }, [LANG_WO] = { "déedéet", "waaw" }, [LANG_EN] = { "no", "yes" }
};
static const char *const purposes[LANG_COUNT][CONSENT_COUNT] = {
    [LANG_FR] = { "Messages de la clinique", "Réponses de l'assistant", "Modèle extérieur" },
    [LANG_WO] = { "Message yi kabine bi di yónnee", "Tontu assistant bi", "Modèle bu biti" },
    [LANG_EN] = { "Messages from the clinic", "Answers of the assistant", "Model outside" },
};

static enum status take_document(void *ctx, const struct document *d, struct err *e) {
    struct listing *l = ctx;
    char day[DATE_ISO_BYTES];
    (void)e;
    if (l->count++ >= LISTED_MAX) return OK;
    buf_add(l->out, STR("– "));
    buf_add(l->out, d->title.n ? d->title : d->file_name);
    buf_add(l->out, STR(" ("));
    if (d->date.year) date_format_iso(d->date, day);
    buf_add(l->out, str_from_c(d->date.year ? day : no_date[l->lang]));
    buf_add(l->out, STR(")\n"));
    return OK;
}

static enum status add_consents(struct db *db, const struct patient *p, struct buf *out, struct err *e) {
    enum status s = OK;
    for (int i = 0; i < CONSENT_COUNT && s == OK; i++) {
        bool yes = false;
        s = consent_is_granted(db, p->id, (enum consent_purpose)i, &yes, e);
        buf_add(out, str_from_c(purposes[p->language][i]));
        buf_add(out, STR(" : "));
        buf_add(out, str_from_c(granted[p->language][yes]));
        buf_add_char(out, '\n');
    }
    return s;
}

/* "Documents : 3", then a line each. */
static enum status write_list(struct db *db, struct arena *arena, const struct patient *p, struct buf *titles,
                              struct buf *out, struct err *e) {
    struct listing l = { titles, p->language, 0 };
    struct str count;
    enum status s = document_each_indexed(db, p->id, take_document, &l, e);
    if (s != OK) return s;
    if (!arena_printf(arena, &count, "%s%lld\n", heads[p->language], (long long)l.count))
        return fail(e, E_LIMIT, NULL, "no memory for a list");
    buf_add(out, count);
    buf_add(out, buf_str(titles));
    if (l.count > LISTED_MAX) buf_add(out, str_from_c(mores[p->language]));
    return add_consents(db, p, out, e);
}

enum status record_text_list(struct db *db, struct arena *arena, const struct patient *p, struct str *list,
                             struct err *e) {
    struct buf titles, out;
    buf_init(&titles, LIST_MAX_BYTES);
    buf_init(&out, LIST_MAX_BYTES);
    enum status s = write_list(db, arena, p, &titles, &out, e);
    if (s == OK && (!buf_ok(&titles) || !buf_ok(&out) || !arena_dup(arena, buf_str(&out), list)))
        s = fail(e, E_LIMIT, NULL, "no memory for a list");
    buf_done(&titles);
    buf_done(&out);
    return s;
}
