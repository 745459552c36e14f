/*
 * patient_choices_store -- the tags that records have, and the doctors who can be responsible for one.
 */
#include "http/fields.h"
#include "patients/patient_store.h"
#include "queries.h"

#include <stdlib.h>

enum { CHOICES_TAGS_MAX = 500, CHOICES_DOCTORS_MAX = 500 };

struct counted {
    struct str tag;
    int64_t count;
};

struct tags {
    struct arena *arena;
    struct counted *items; /* CHOICES_TAGS_MAX of them */
    size_t count;
};

static void add_tag(struct tags *t, struct str tag, int64_t n) {
    for (size_t i = 0; i < t->count; i++) {
        if (str_eq(t->items[i].tag, tag)) {
            t->items[i].count += n;
            return;
        }
    }
    if (t->count < CHOICES_TAGS_MAX) t->items[t->count++] = (struct counted) { tag, n };
}

static enum status take_list(void *ctx, const struct db_val *col, struct err *e) {
    struct tags *t = ctx;
    struct str object, *tags = NULL;
    struct fields *f;
    size_t count = 0;
    enum status s;

    if (!arena_printf(t->arena, &object, "{\"tags\":%.*s}", STR_ARG(col[0].s)))
        return fail(e, E_LIMIT, NULL, "no room for tags");
    if ((s = fields_parse(t->arena, object, &f, e)) != OK) return s;
    if (!fields_str_list(f, "tags", FIELD_OPTIONAL, PATIENT_TAGS_MAX, PATIENT_TAG_MAX, &tags, &count))
        return OK;
    for (size_t i = 0; i < count; i++) add_tag(t, tags[i], col[1].i);
    return OK;
}

static int most_used_first(const void *left, const void *right) {
    const struct counted *a = left, *b = right;
    if (a->count != b->count) return a->count < b->count ? 1 : -1;
    return str_compare(a->tag, b->tag);
}

static enum status write_doctor(void *ctx, const struct db_val *col, struct err *e) {
    struct json_out *json = ctx;
    (void)e;
    json_put_object(json);
    json_field_int(json, "id", col[0].i);
    json_field_str(json, "name", col[1].s.n ? col[1].s : col[2].s);
    json_put_object_end(json);
    return OK;
}

enum status patient_write_choices(struct db *db, struct arena *arena, struct json_out *json, struct err *e) {
    struct tags tags = { arena, arena_array(arena, CHOICES_TAGS_MAX, sizeof *tags.items), 0 };
    const struct db_val max = db_int(CHOICES_DOCTORS_MAX);
    enum status s;

    if (!tags.items) return fail(e, E_LIMIT, NULL, "no room for tags");
    if ((s = db_run(db, &q_patient_tag_lists, NULL, take_list, &tags, NULL, e)) != OK) return s;
    if (tags.count > 1) qsort(tags.items, tags.count, sizeof *tags.items, most_used_first);
    json_put_object(json);
    json_put_key(json, "tags");
    json_put_array(json);
    for (size_t i = 0; i < tags.count; i++) {
        json_put_object(json);
        json_field_str(json, "tag", tags.items[i].tag);
        json_field_int(json, "count", tags.items[i].count);
        json_put_object_end(json);
    }
    json_put_array_end(json);
    json_put_key(json, "doctors");
    json_put_array(json);
    if ((s = db_run(db, &q_patient_doctors, &max, write_doctor, json, NULL, e)) != OK) return s;
    json_put_array_end(json);
    json_put_object_end(json);
    return OK;
}
