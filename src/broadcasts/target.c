#include "broadcasts/target.h"

#include "base/buf.h"
#include "documents/fact.h"
#include "patients/patient.h"

static const char *const gender_words[] = { "M", "F", "O", NULL };
static const char *const language_words[] = { "fr", "en", "wo", NULL };
static const char *const match_words[] = { "all", "any", NULL };
static const char *const kind_words[] = { "prescription", "laboratory", "imaging", "report",
                                          "certificate",  "other",      NULL };

static const struct message ages_crossed = { "target_ages_crossed",
                                             "L’âge minimum est au-dessus de l’âge maximum.",
                                             "The lowest age is above the highest." };
static const struct message times_crossed = {
    "target_times_crossed", "Ces deux dates se contredisent : la première doit être avant la seconde.",
    "Nobody wrote after this time without having written after the other."
};

static void word(struct fields *f, const char *name, const char *const *words, struct str *out) {
    int i;
    if (fields_word(f, name, FIELD_OPTIONAL, words, &i)) *out = str_from_c(words[i]);
}

static void read_ages(struct fields *f, struct target *t) {
    int64_t age;
    if (fields_i64(f, "age_min", FIELD_OPTIONAL, 0, TARGET_AGE_MAX, &age)) t->age_min = (int)age;
    if (fields_i64(f, "age_max", FIELD_OPTIONAL, 0, TARGET_AGE_MAX, &age)) t->age_max = (int)age;
    if (t->age_min >= 0 && t->age_max >= 0 && t->age_min > t->age_max)
        fields_fail(f, "age_min", &ages_crossed, STR(""));
}

static void read_activity(struct fields *f, struct target *t) {
    fields_time(f, "active_after", FIELD_OPTIONAL, &t->active_after_us);
    fields_time(f, "active_before", FIELD_OPTIONAL, &t->active_before_us);
    if (t->active_after_us && t->active_before_us && t->active_after_us >= t->active_before_us)
        fields_fail(f, "active_after", &times_crossed, STR(""));
}

/* An empty word in a list would match everybody. */
static size_t without_blanks(struct str *list, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (list[i].n) list[kept++] = list[i];
    return kept;
}

static void read_members(struct fields *f, struct target *t) {
    struct str *conditions = NULL;
    size_t count = 0;
    int match = 0;

    word(f, "gender", gender_words, &t->gender);
    word(f, "language", language_words, &t->language);
    word(f, "document_kind", kind_words, &t->document_kind);
    read_ages(f, t);
    read_activity(f, t);
    fields_i64(f, "assigned_to", FIELD_OPTIONAL, 1, INT64_MAX, &t->assigned_to);
    if (fields_str_list(f, "tags", FIELD_OPTIONAL, TARGET_TAGS_MAX, PATIENT_TAG_MAX, &t->tags, &t->tag_count))
        t->tag_count = without_blanks(t->tags, t->tag_count);
    if (fields_word(f, "tags_match", FIELD_OPTIONAL, match_words, &match)) t->tags_any = match == 1;
    if (!fields_str_list(f, "conditions", FIELD_OPTIONAL, TARGET_CONDITIONS_MAX, TARGET_CONDITION_CHARS_MAX,
                         &conditions, &count))
        return;
    t->condition_count = without_blanks(conditions, count);
    for (size_t i = 0; i < t->condition_count; i++) t->conditions[i] = conditions[i];
}

static const struct target nobody_said = {
    .gender = { "", 0 }, .language = { "", 0 }, .document_kind = { "", 0 }, .age_min = -1, .age_max = -1
};

/* In full: mistakes in *e by the names of the members. */
static enum status read_json(struct arena *arena, struct str json, struct target *t, struct err *e) {
    struct fields *f;
    enum status s = fields_parse(arena, json, &f, e);
    *t = nobody_said;
    if (s != OK) return s;
    read_members(f, t);
    return fields_done(f);
}

bool target_read(struct arena *arena, struct fields *f, const char *name, struct str json, struct target *t) {
    struct err local = { 0 };
    if (read_json(arena, json.n ? json : STR("{}"), t, &local) == OK) return true;
    if (!local.field_count) fields_fail(f, name, local.message ? local.message : &field_required, STR(""));
    for (size_t i = 0; i < local.field_count; i++) {
        struct str full, whole = str_from_c(name);
        if (!arena_printf(arena, &full, "%.*s.%.*s", STR_ARG(whole), STR_ARG(local.fields[i].field)))
            full = whole;
        fields_fail(f, full.p, local.fields[i].message, str_from_c(local.fields[i].arg));
    }
    return false;
}

enum status target_parse(struct arena *arena, struct str json, struct target *t, struct err *e) {
    enum status s = read_json(arena, json.n ? json : STR("{}"), t, NULL);
    return s == E_INVALID ? fail(e, E_INTERNAL, NULL, "a target in the database cannot be read") : s;
}

bool target_is_everybody(const struct target *t) {
    return !t->gender.n && !t->language.n && !t->document_kind.n && t->age_min < 0 && t->age_max < 0 &&
           !t->assigned_to && !t->tag_count && !t->active_after_us && !t->active_before_us &&
           !t->condition_count;
}

static void put_list(struct json_out *o, const char *name, const struct str *list, size_t count) {
    json_put_key(o, name);
    json_put_array(o);
    for (size_t i = 0; i < count; i++) json_put_str(o, list[i]);
    json_put_array_end(o);
}

/* What was not said is left out. */
void target_json(struct json_out *o, const struct target *t) {
    json_put_object(o);
    if (t->tag_count) put_list(o, "tags", t->tags, t->tag_count);
    if (t->tag_count) json_field_str(o, "tags_match", t->tags_any ? STR("any") : STR("all"));
    if (t->gender.n) json_field_str(o, "gender", t->gender);
    if (t->age_min >= 0) json_field_int(o, "age_min", t->age_min);
    if (t->age_max >= 0) json_field_int(o, "age_max", t->age_max);
    if (t->language.n) json_field_str(o, "language", t->language);
    if (t->assigned_to) json_field_int(o, "assigned_to", t->assigned_to);
    if (t->document_kind.n) json_field_str(o, "document_kind", t->document_kind);
    if (t->active_after_us) json_field_time(o, "active_after", t->active_after_us);
    if (t->active_before_us) json_field_time(o, "active_before", t->active_before_us);
    if (t->condition_count) put_list(o, "conditions", t->conditions, t->condition_count);
    json_put_object_end(o);
}
