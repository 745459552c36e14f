#include "base/buf.h"
#include "base/utf8.h"
#include "broadcasts/target.h"
#include "db/db.h"
#include "messaging/contact.h"
#include "patients/patient_tag.h"
#include "queries.h"

enum {
    PARAM_GENDER,
    PARAM_BORN_FROM,
    PARAM_BORN_TO,
    PARAM_LANGUAGE,
    PARAM_DOCTOR,
    PARAM_TAGS_ANY,
    PARAM_TAGS,
    PARAM_KIND = PARAM_TAGS + TARGET_TAGS_MAX,
    PARAM_ACTIVE_AFTER,
    PARAM_ACTIVE_BEFORE,
    PARAM_CONDITIONS,
    PARAM_FROM = PARAM_CONDITIONS + 2 * TARGET_CONDITIONS_MAX,
    PARAM_TO,
    PARAM_WINDOW,
    PARAM_NEEDS,
    PARAM_END = PARAM_NEEDS + CONTENT_FIELD_COUNT
};
_Static_assert((int)PARAM_END == (int)TARGET_PARAMS, "the queries have other parameters");

enum { PATTERN_BYTES_MAX = 1024 };

/* `text` anywhere, its own % and _ taken literally. */
static bool like_pattern(struct arena *arena, struct str text, struct str *out) {
    struct buf b;
    buf_init(&b, PATTERN_BYTES_MAX);
    buf_add_char(&b, '%');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '%' || text.p[i] == '_' || text.p[i] == '!') buf_add_char(&b, '!');
        buf_add_char(&b, text.p[i]);
    }
    buf_add_char(&b, '%');
    bool ok = buf_ok(&b) && arena_dup(arena, buf_str(&b), out);
    buf_done(&b);
    return ok;
}

/* Nobody is born on a 29th of February in most years: who was has the birthday on the day after. */
static struct date years_before(struct date day, int years) {
    day.year -= years;
    if (!date_is_valid(day)) day = (struct date) { day.year, 3, 1 };
    return day;
}

static struct date day_after(struct date day) {
    return date_of_us(date_to_us(day) + DAY_US);
}

static bool iso(struct arena *arena, struct date day, struct str *out) {
    char text[DATE_ISO_BYTES];
    if (day.year < 1) return arena_dup(arena, STR("0001-01-01"), out);
    date_format_iso(day, text);
    return arena_dup(arena, str_from_c(text), out);
}

static bool bind_ages(struct arena *arena, const struct target_needs *needs, struct db_val *in) {
    const struct target *t = needs->target;
    struct date today = date_of_us(needs->now_us);
    struct str from = STR(""), to = STR("");
    /* At most 40: the 41st birthday is still to come. */
    if (t->age_max >= 0 && !iso(arena, day_after(years_before(today, t->age_max + 1)), &from)) return false;
    if (t->age_min >= 0 && !iso(arena, years_before(today, t->age_min), &to)) return false;
    /* Who has no birth date has no age. */
    if (t->age_max >= 0 && t->age_min < 0 && !iso(arena, today, &to)) return false;
    in[PARAM_BORN_FROM] = db_text(from);
    in[PARAM_BORN_TO] = db_text(to);
    return true;
}

static bool bind_patterns(struct arena *arena, const struct target *t, struct db_val *in) {
    for (size_t i = 0; i < TARGET_TAGS_MAX; i++) {
        struct str pattern = STR("");
        if (i < t->tag_count && !patient_tag_pattern(arena, t->tags[i], &pattern)) return false;
        in[PARAM_TAGS + i] = db_text(pattern);
    }
    for (size_t i = 0; i < TARGET_CONDITIONS_MAX; i++) {
        struct str raw = STR(""), folded = STR(""), plain;
        if (i < t->condition_count &&
            (!like_pattern(arena, t->conditions[i], &raw) || !utf8_fold(arena, t->conditions[i], &plain) ||
             !like_pattern(arena, plain, &folded)))
            return false;
        in[PARAM_CONDITIONS + 2 * i] = db_text(raw);
        in[PARAM_CONDITIONS + 2 * i + 1] = db_text(folded);
    }
    return true;
}

enum status target_bind(struct arena *arena, const struct target_needs *needs, struct db_val *in,
                        struct err *e) {
    const struct target *t = needs->target;
    in[PARAM_GENDER] = db_text(t->gender);
    in[PARAM_LANGUAGE] = db_text(t->language);
    in[PARAM_DOCTOR] = db_int(t->assigned_to);
    in[PARAM_TAGS_ANY] = db_int(t->tags_any);
    in[PARAM_KIND] = db_text(t->document_kind);
    in[PARAM_ACTIVE_AFTER] = db_int(t->active_after_us);
    in[PARAM_ACTIVE_BEFORE] = db_int(t->active_before_us);
    in[PARAM_FROM] = db_int(needs->from_id);
    in[PARAM_TO] = db_int(needs->to_id);
    in[PARAM_WINDOW] = db_int(needs->window ? needs->now_us - CONTACT_WINDOW_US : 0);
    for (int i = 0; i < CONTENT_FIELD_COUNT; i++) in[PARAM_NEEDS + i] = db_int(needs->fields >> i & 1);
    return bind_ages(arena, needs, in) && bind_patterns(arena, t, in)
               ? OK
               : fail(e, E_LIMIT, NULL, "no memory for a target");
}

/* In the order of the columns between the first, who matches, and the last, who could get it. */
static const char *const counted[] = { LEFT_NO_NUMBER,  LEFT_PENDING,       LEFT_INACTIVE,     LEFT_OPTED_OUT,
                                       LEFT_NO_CONSENT, LEFT_MISSING_FIELD, LEFT_WINDOW_CLOSED };
_Static_assert(COUNT_OF(counted) < LEFT_OUT_KINDS_MAX, "one more is added: the same number");

static void leave_out(struct target_count *c, const char *reason, int64_t n) {
    if (!n) return;
    c->left_out[c->left_out_count].reason = reason;
    c->left_out[c->left_out_count++].n = n;
}

static enum status take_count(void *ctx, const struct db_val *col, struct err *e) {
    struct target_count *c = ctx;
    (void)e;
    c->matching = col[0].i;
    for (size_t i = 0; i < COUNT_OF(counted); i++) leave_out(c, counted[i], col[1 + i].i);
    c->sendable = col[1 + COUNT_OF(counted)].i;
    return OK;
}

enum status target_count(struct db *db, struct arena *arena, const struct target_needs *needs,
                         struct target_count *out, struct err *e) {
    struct db_val in[TARGET_PARAMS];
    int64_t same = 0;
    enum status s = target_bind(arena, needs, in, e);

    *out = (struct target_count) { 0 };
    if (s == OK) s = db_run(db, &q_broadcast_target_count, in, take_count, out, NULL, e);
    if (s == OK) s = db_get_i64(db, &q_broadcast_target_same_number, in, &same, e);
    if (s != OK) return s;
    out->sendable -= same;
    leave_out(out, LEFT_SAME_NUMBER, same);
    return OK;
}

enum status target_first(struct db *db, struct arena *arena, const struct target_needs *needs,
                         int64_t *patient_id, struct err *e) {
    struct db_val in[TARGET_PARAMS];
    enum status s = target_bind(arena, needs, in, e);
    return s == OK ? db_get_i64(db, &q_broadcast_target_first, in, patient_id, e) : s;
}

struct ids {
    int64_t *ids;
    size_t max, count;
};

static enum status take_id(void *ctx, const struct db_val *col, struct err *e) {
    struct ids *to = ctx;
    (void)e;
    if (to->count < to->max) to->ids[to->count] = col[0].i;
    to->count++;
    return OK;
}

enum status target_missing(struct db *db, struct arena *arena, const struct target_needs *needs, int64_t *ids,
                           size_t max, size_t *count, struct err *e) {
    struct db_val in[TARGET_PARAMS + 1];
    struct ids to = { ids, max, 0 };
    enum status s = target_bind(arena, needs, in, e);
    in[TARGET_PARAMS] = db_int((int64_t)max + 1);
    if (s == OK) s = db_run(db, &q_broadcast_target_missing, in, take_id, &to, NULL, e);
    *count = to.count;
    return s;
}
