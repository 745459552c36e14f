/*
 * advice_api -- /api/rag/advice/: list, write, read, change, publish, withdraw, erase. Files come in by advice_file_api.c; what sheets
 * answered is shown by advice_use_api.c.
 */
#include "rag/advice_api.h"

#include "http/fields.h"
#include "http/page.h"
#include "http/search_words.h"
#include "patients/patient.h"
#include "rag/advice_job.h"
#include "rag/advice_use.h"
#include "rag/rag_room.h"

enum { ERROR_TEXT_BYTES = 400 };

/* In the order of enum lang. */
static const char *const language_words[] = { "fr", "en", "wo", NULL };

struct advice_actor advice_actor_of(const struct request *rq) {
    const struct rag *rag = rq->room;
    return (struct advice_actor) { rq->who.user_id, rq->now_us, rag->documents->signal, rag };
}

static void put_error(struct json_out *o, const struct advice *a, enum lang lang) {
    const struct message *m = advice_failure(a->error_code);
    char text[ERROR_TEXT_BYTES];

    json_field_str_or_null(o, "error_code", a->error_code);
    size_t n = m ? message_text(m, lang, STR(""), text, sizeof text) : 0;
    json_field_str_or_null(o, "error", (struct str) { text, n });
}

static void put_advice(struct json_out *o, const struct advice *a, const struct advice_use *use,
                       enum advice_shown shown, enum lang lang) {
    json_put_object(o);
    json_field_int(o, "id", a->id);
    json_field_str(o, "title", a->title);
    if (shown == ADVICE_WITH_BODY) json_field_str(o, "body", a->body);
    json_field_int(o, "characters", a->characters);
    json_field_str(o, "language", str_from_c(patient_language_name(a->language)));
    json_field_str(o, "status", str_from_c(advice_status_name(a->status)));
    json_field_int(o, "version", a->version);
    json_field_str_or_null(o, "file_name", a->file_name);
    json_field_str_or_null(o, "reading", str_from_c(advice_reading_name(a->reading)));
    put_error(o, a, lang);
    json_field_int(o, "created_by", a->created_by);
    json_field_time(o, "created_at", a->created_at_us);
    json_field_id_or_null(o, "updated_by", a->updated_by);
    json_field_time(o, "updated_at", a->updated_at_us);
    json_field_id_or_null(o, "published_by", a->published_by);
    json_field_time(o, "published_at", a->published_at_us);
    json_field_int(o, "answered_lately", use->lately);
    json_field_time(o, "last_answered_at", use->last_us);
    json_put_object_end(o);
}

enum status advice_write_json(const struct request *rq, struct json_out *o, const struct advice *a,
                              enum advice_shown shown, struct err *e) {
    struct advice_use use;
    enum status s = advice_use_get(rq->db, a->id, rq->now_us, &use, e);

    if (s == OK) put_advice(o, a, &use, shown, rq->lang);
    return s;
}

struct list {
    const struct request *rq;
    struct json_out out;
};

static enum status put_row(void *ctx, const struct advice *a, struct err *e) {
    struct list *l = ctx;
    return advice_write_json(l->rq, &l->out, a, ADVICE_WITHOUT_BODY, e);
}

static bool is_status(struct str word) {
    for (int i = 0; i < ADVICE_STATUS_COUNT; i++)
        if (str_eq(word, str_from_c(advice_status_name((enum advice_status)i)))) return true;
    return false;
}

static enum status read_filter(const struct request *rq, struct advice_filter *f, struct err *e) {
    *f = (struct advice_filter) { .status = request_query(rq, "status"),
                                  .answered = request_query(rq, "answered") };
    if (f->status.n && !is_status(f->status))
        return fail_field(e, STR("status"), &field_not_a_choice, STR("draft, published, withdrawn"));
    if (f->answered.n && !str_eq(f->answered, STR("ever")) && !str_eq(f->answered, STR("never")))
        return fail_field(e, STR("answered"), &field_not_a_choice, STR("ever, never"));
    return OK;
}

enum status advice_list_get(struct request *rq, struct reply *re, struct err *e) {
    struct list l = { rq, json_out_to(&re->body) };
    struct advice_filter filter;
    struct page_request page;
    int64_t count;
    enum status s;

    if ((s = read_filter(rq, &filter, e)) != OK) return s;
    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = search_words_read(rq, filter.words, ADVICE_SEARCH_WORDS_MAX, e)) != OK) return s;
    if ((s = advice_count(rq->db, &filter, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &l.out, e)) != OK) return s;
    if ((s = advice_each(rq->db, &filter, page.size, page.offset, put_row, &l, e)) != OK) return s;
    page_end(&l.out);
    return OK;
}

static enum status write_whole(struct request *rq, struct reply *re, const struct advice *a, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    return advice_write_json(rq, &o, a, ADVICE_WITH_BODY, e);
}

static void read_version(struct fields *f, int64_t *version) {
    fields_i64(f, "version", FIELD_OPTIONAL, 1, INT64_MAX, version);
}

/* What a new sheet leaves out is empty, and in French. */
static enum status parse(struct request *rq, enum field_need title, struct advice_edit *out, struct err *e) {
    struct fields *f;
    int language = LANG_FR;
    enum status s = fields_parse(rq->arena, rq->body, &f, e);

    if (s != OK) return s;
    *out = (struct advice_edit) { .title = STR(""), .body = STR("") };
    out->has_title = fields_str(f, "title", title, ADVICE_TITLE_CHARS_MAX, &out->title);
    if (out->has_title && out->title.n == 0) fields_fail(f, "title", &field_blank, STR(""));
    out->has_body = fields_str(f, "body", FIELD_OPTIONAL, ADVICE_BODY_CHARS_MAX, &out->body);
    out->has_language = fields_word(f, "language", FIELD_OPTIONAL, language_words, &language);
    out->language = (enum lang)language;
    if (title == FIELD_OPTIONAL) read_version(f, &out->version);
    return fields_done(f);
}

enum status advice_list_post(struct request *rq, struct reply *re, struct err *e) {
    struct advice_actor by = advice_actor_of(rq);
    struct advice_edit edit;
    struct advice a;
    enum status s;

    if ((s = parse(rq, FIELD_REQUIRED, &edit, e)) != OK) return s;
    if ((s = advice_create(rq->db, rq->arena, &by, &edit, &a, e)) != OK) return s;
    re->advice_id = a.id;
    return write_whole(rq, re, &a, e);
}

enum status advice_get_one(struct request *rq, struct reply *re, struct err *e) {
    struct advice a;
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s == OK) s = advice_get(rq->db, rq->arena, id, &a, e);
    return s == OK ? write_whole(rq, re, &a, e) : s;
}

enum status advice_patch(struct request *rq, struct reply *re, struct err *e) {
    struct advice_actor by = advice_actor_of(rq);
    struct advice_edit edit;
    struct advice a;
    int64_t id;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    if ((s = parse(rq, FIELD_OPTIONAL, &edit, e)) != OK) return s;
    s = advice_change(rq->db, rq->arena, &by, id, &edit, &a, e);
    return s == OK ? write_whole(rq, re, &a, e) : s;
}

enum status advice_delete(struct request *rq, struct reply *re, struct err *e) {
    struct advice_actor by = advice_actor_of(rq);
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    (void)re;
    return s == OK ? advice_erase(rq->db, rq->arena, &by, id, e) : s;
}

enum status advice_publish_post(struct request *rq, struct reply *re, struct err *e) {
    struct advice_actor by = advice_actor_of(rq);
    struct fields *f;
    struct advice a;
    int64_t id, version = 0;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    if (rq->body.n) {
        if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
        read_version(f, &version);
        if ((s = fields_done(f)) != OK) return s;
    }
    s = advice_publish(rq->db, rq->arena, &by, id, version, &a, e);
    return s == OK ? write_whole(rq, re, &a, e) : s;
}

enum status advice_withdraw_post(struct request *rq, struct reply *re, struct err *e) {
    struct advice_actor by = advice_actor_of(rq);
    struct advice a;
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s == OK) s = advice_withdraw(rq->db, rq->arena, &by, id, &a, e);
    return s == OK ? write_whole(rq, re, &a, e) : s;
}
