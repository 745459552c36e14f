/*
 * look_api -- what a broadcast would do: who would get it, what it says to one person, a test to a number.
 */
#include "broadcasts/broadcast_handlers.h"
#include "broadcasts/preview.h"
#include "broadcasts/recipient.h"
#include "http/page.h"
#include "messaging/outbox.h"
#include "patients/patient_query.h"
#include "patients/phone.h"

static enum status broadcast_of(struct request *rq, struct broadcast *b, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);
    return s == OK ? broadcast_get(rq->db, rq->arena, id, b, e) : s;
}

/* ---- who ---- */

static enum status answer_count(struct request *rq, struct reply *re, const struct broadcast *b,
                                struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct target t;
    struct target_count c;
    enum status s = target_parse(rq->arena, b->target, &t, e);
    const struct target_needs needs = broadcast_target_needs(rq->room, b, &t, rq->now_us);

    if (s == OK) s = target_count(rq->db, rq->arena, &needs, &c, e);
    if (s != OK) return s;
    json_put_object(&o);
    json_field_int(&o, "matching", c.matching);
    json_field_int(&o, "sendable", c.sendable);
    json_put_key(&o, "left_out");
    json_put_object(&o);
    for (size_t i = 0; i < c.left_out_count; i++) json_field_int(&o, c.left_out[i].reason, c.left_out[i].n);
    json_put_object_end(&o);
    json_put_object_end(&o);
    return OK;
}

enum status broadcast_count_get(struct request *rq, struct reply *re, struct err *e) {
    struct broadcast b;
    enum status s = broadcast_of(rq, &b, e);
    return s == OK ? answer_count(rq, re, &b, e) : s;
}

/* Before anything is kept: as it stands on the form. Without content no field is missing. */
enum status broadcast_count_post(struct request *rq, struct reply *re, struct err *e) {
    struct broadcast b;
    enum status s = broadcast_read_unsaved(rq->arena, rq->room, rq->body, rq->now_us, &b, e);
    return s == OK ? answer_count(rq, re, &b, e) : s;
}

/* ---- what ---- */

static void put_missing(struct json_out *o, unsigned missing) {
    json_put_key(o, "missing");
    json_put_array(o);
    for (int i = 0; i < CONTENT_FIELD_COUNT; i++)
        if (missing >> i & 1) json_put_str(o, str_from_c(content_field_name((enum content_field)i)));
    json_put_array_end(o);
}

static void put_preview(struct json_out *o, const struct broadcast_preview *p) {
    json_put_object(o);
    json_field_int(o, "patient", p->patient_id);
    json_field_str(o, "language", str_from_c(patient_language_name(p->words.language)));
    json_field_str(o, "text", p->words.text);
    put_missing(o, p->missing);
    json_field_int(o, "characters", (int64_t)content_length(p->words.text));
    json_field_int(o, "characters_max", CONTENT_CHARS_MAX);
    json_field_str(o, "as", p->as_template ? STR("template") : STR("text"));
    json_field_str_or_null(o, "template_text", p->template_text);
    json_field_str_or_null(o, "left_out", str_from_c(p->left_out));
    if (p->price.known)
        json_field_real(o, "price_usd", (double)p->price.micro_usd / 1e6);
    else
        json_field_null(o, "price_usd");
    json_put_object_end(o);
}

static enum status answer_preview(struct request *rq, struct reply *re, const struct broadcast *b,
                                  struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct broadcast_preview p;
    int64_t patient_id;
    enum status s = patient_query(rq, &patient_id, e);

    if (s == OK) s = broadcast_preview_for(rq->room, rq->db, rq->arena, b, patient_id, rq->now_us, &p, e);
    if (s == OK) put_preview(&o, &p);
    return s;
}

enum status broadcast_preview_get(struct request *rq, struct reply *re, struct err *e) {
    struct broadcast b;
    enum status s = broadcast_of(rq, &b, e);
    return s == OK ? answer_preview(rq, re, &b, e) : s;
}

enum status broadcast_preview_post(struct request *rq, struct reply *re, struct err *e) {
    struct broadcast b;
    enum status s = broadcast_read_unsaved(rq->arena, rq->room, rq->body, rq->now_us, &b, e);
    return s == OK ? answer_preview(rq, re, &b, e) : s;
}

/* Nobody's: whoever holds the number sees how it looks. */
static const struct content_values sample = { { [CONTENT_FIRST_NAME] = { "Awa", 3 },
                                                [CONTENT_LAST_NAME] = { "Diop", 4 },
                                                [CONTENT_DOCTOR] = { "Dr Ndiaye", 9 } } };

enum status broadcast_test_post(struct request *rq, struct reply *re, struct err *e) {
    static const char *const languages[] = { "fr", "en", "wo", NULL };
    const struct broadcasts *room = rq->room;
    const struct broadcast_actor by = { room, rq->who.user_id, rq->now_us };
    struct outbox_message m = { .kind = MESSAGE_NOTICE };
    struct json_out o = json_out_to(&re->body);
    struct broadcast_words words;
    struct broadcast b;
    struct phone phone;
    struct fields *f;
    struct str typed = STR("");
    int language;
    enum status s = broadcast_of(rq, &b, e);

    if (s != OK || (s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    language = (int)b.language;
    if (fields_str(f, "phone", FIELD_REQUIRED, PHONE_INPUT_MAX_BYTES, &typed) &&
        !phone_parse(typed, room->default_region, &phone))
        fields_fail(f, "phone", &phone_invalid, STR(""));
    fields_word(f, "language", FIELD_OPTIONAL, languages, &language);
    if ((s = fields_done(f)) != OK) return s;
    if ((s = broadcast_words_for(rq->arena, &b, (enum lang)language, &sample, &words, e)) != OK) return s;
    m.phone = phone_str(&phone);
    m.body = words.text;
    m.variables = words.values;
    if ((s = broadcast_test(rq->db, rq->arena, &by, &b, &m, e)) != OK) return s;
    json_put_object(&o);
    json_field_str(&o, "phone", m.phone);
    json_field_str(&o, "language", str_from_c(patient_language_name(words.language)));
    json_field_str(&o, "text", words.text);
    json_put_object_end(&o);
    return OK;
}
