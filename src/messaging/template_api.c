/*
 * template_api -- /api/messaging/templates/: list, add, read, change, delete, ask the carrier.
 */
#include <stdio.h>

#include "base/buf.h"
#include "http/fields.h"
#include "http/page.h"
#include "messaging/messaging_handlers.h"
#include "messaging/template.h"

enum { VARIABLE_CHARS_MAX = 40, VARIABLES_JSON_MAX = 4096, CONTENT_SID_BYTES = 34 };

/* In the order of enum lang. */
static const char *const language_words[] = { "fr", "en", "wo", NULL };
static const char *const category_words[] = { "UTILITY", "MARKETING", "AUTHENTICATION", NULL };

static const struct message name_invalid = {
    "template_name_invalid",
    "Le nom chez l’opérateur est un ContentSid de Twilio (HX et 32 chiffres hexadécimaux) ou un nom de Meta (lettres minuscules, chiffres, _).",
    "The carrier's name is a ContentSid of Twilio (HX and 32 hexadecimal digits) or a name of Meta (small letters, digits, _).",
};
static const struct message purpose_invalid = { "template_purpose_invalid",
                                                "L’usage s’écrit en lettres minuscules, chiffres et _.",
                                                "A purpose is written in small letters, digits and _." };
static const struct message variable_unknown = {
    "template_variable_unknown",
    "Pour cet usage, les variables possibles sont : {}.",
    "For this purpose the variables may be: {}.",
};
static const struct message link_missing = {
    "template_link_missing",
    "Le modèle d’activation doit contenir la variable « link » : sans lien, personne ne peut accepter.",
    "The activation template must hold the variable \"link\": without a link nobody can accept."
};

/* ---- writing ---- */

static void put_template(struct json_out *o, const struct template *t) {
    json_put_object(o);
    json_field_int(o, "id", t->id);
    json_field_str(o, "purpose", t->purpose);
    json_field_str(o, "language", str_from_c(patient_language_name(t->language)));
    json_field_str(o, "carrier_name", t->carrier_name);
    json_field_str(o, "carrier_language", t->carrier_language);
    json_field_str(o, "body", t->body);
    json_field_raw(o, "variables", t->variables);
    json_field_str(o, "category", t->category);
    json_field_str(o, "state", str_from_c(template_state_name(t->state)));
    json_field_time(o, "checked_at", t->checked_at_us);
    json_field_time(o, "created_at", t->created_at_us);
    json_field_time(o, "updated_at", t->updated_at_us);
    json_put_object_end(o);
}

static enum status put_row(void *ctx, const struct template *t, struct err *e) {
    (void)e;
    put_template(ctx, t);
    return OK;
}

static enum status answer(struct reply *re, const struct template *t) {
    struct json_out o = json_out_to(&re->body);
    put_template(&o, t);
    return OK;
}

/* ---- reading ---- */

static bool is_word(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !is_digit(s.p[i]) && s.p[i] != '_') return false;
    return s.n > 0;
}

static bool is_content_sid(struct str s) {
    if (s.n != CONTENT_SID_BYTES || !str_starts(s, STR("HX"))) return false;
    for (size_t i = 2; i < s.n; i++)
        if (!is_digit(s.p[i]) && !(s.p[i] >= 'a' && s.p[i] <= 'f')) return false;
    return true;
}

/* What the program knows of a purpose of its own: the values that it fills. Empty: the clinic's own purpose, any. */
static const char *values_of(struct str purpose) {
    if (str_eq(purpose, TEMPLATE_PURPOSE_ACTIVATION)) return "name link emergency";
    return str_eq(purpose, TEMPLATE_PURPOSE_WAITING) ? "name" : "";
}

static void check_variables(struct fields *f, const struct template *t, const struct str *names,
                            size_t count) {
    const char *known = values_of(t->purpose);
    bool link = false;
    for (size_t i = 0; i < count; i++) {
        if (!is_word(names[i]) || (known[0] && !str_in_words(names[i], known)))
            fields_fail(f, "variables", known[0] ? &variable_unknown : &purpose_invalid, str_from_c(known));
        link |= str_eq(names[i], STR("link"));
    }
    if (str_eq(t->purpose, TEMPLATE_PURPOSE_ACTIVATION) && !link)
        fields_fail(f, "variables", &link_missing, STR(""));
}

static bool write_names(struct arena *arena, const struct str *names, size_t count, struct str *json) {
    struct buf buf;
    buf_init(&buf, VARIABLES_JSON_MAX);
    struct json_out o = json_out_to(&buf);
    json_put_array(&o);
    for (size_t i = 0; i < count; i++) json_put_str(&o, names[i]);
    json_put_array_end(&o);
    bool ok = buf_ok(&buf) && arena_dup(arena, buf_str(&buf), json);
    buf_done(&buf);
    return ok;
}

/* Body and variables belong together: who changes one says both. */
static enum status read_words(struct request *rq, struct fields *f, enum field_need need, struct template *t,
                              struct err *e) {
    struct str *names = NULL;
    size_t count = 0;
    char said[24];
    bool has_body = fields_str(f, "body", need, TEMPLATE_BODY_CHARS_MAX, &t->body);
    bool has_names = fields_str_list(f, "variables", has_body ? FIELD_REQUIRED : FIELD_OPTIONAL,
                                     TEMPLATE_VARIABLES_MAX, VARIABLE_CHARS_MAX, &names, &count);
    if (has_names && !has_body) fields_fail(f, "body", &field_required, STR(""));
    if (!has_body || !has_names) return OK;
    const struct message *fault = template_fault(t->body, count);
    snprintf(said, sizeof said, "%zu", count);
    if (str_trim(t->body).n == 0) fault = &field_blank;
    if (fault) fields_fail(f, "body", fault, str_from_c(said));
    check_variables(f, t, names, count);
    return write_names(rq->arena, names, count, &t->variables)
               ? OK
               : fail(e, E_LIMIT, NULL, "no memory for a template");
}

/* Over what *t holds already; a new one needs everything but the carrier's language. */
static enum status read_template(struct request *rq, enum field_need need, struct template *t,
                                 struct err *e) {
    int language = (int)t->language, category = 0;
    struct fields *f;
    enum status s = fields_parse(rq->arena, rq->body, &f, e);

    if (s != OK) return s;
    if (fields_str(f, "purpose", need, TEMPLATE_PURPOSE_CHARS_MAX, &t->purpose) && !is_word(t->purpose))
        fields_fail(f, "purpose", &purpose_invalid, STR(""));
    if (fields_word(f, "language", need, language_words, &language)) t->language = (enum lang)language;
    if (fields_str(f, "carrier_name", need, TEMPLATE_NAME_CHARS_MAX, &t->carrier_name) &&
        !is_content_sid(t->carrier_name) && !is_word(t->carrier_name))
        fields_fail(f, "carrier_name", &name_invalid, STR(""));
    fields_str(f, "carrier_language", FIELD_OPTIONAL, TEMPLATE_LANGUAGE_CHARS_MAX, &t->carrier_language);
    if (t->carrier_language.n == 0) t->carrier_language = str_from_c(language_words[t->language]);
    if (fields_word(f, "category", need, category_words, &category))
        t->category = str_from_c(category_words[category]);
    s = read_words(rq, f, need, t, e);
    return s == OK ? fields_done(f) : s;
}

static struct template_actor actor_of(const struct request *rq) {
    return (struct template_actor) { rq->room, rq->who.user_id, rq->now_us };
}

static enum status template_of(struct request *rq, struct template *t, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);
    return s == OK ? template_get(rq->db, rq->arena, id, t, e) : s;
}

/* ---- routes ---- */

enum status template_list_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct str purpose = request_query(rq, "purpose");
    struct page_request page;
    int64_t count;
    enum status s;

    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = template_count(rq->db, purpose, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &o, e)) != OK) return s;
    if ((s = template_each(rq->db, purpose, page.size, page.offset, put_row, &o, e)) != OK) return s;
    page_end(&o);
    return OK;
}

enum status template_list_post(struct request *rq, struct reply *re, struct err *e) {
    const struct template_actor by = actor_of(rq);
    struct template t = { .carrier_language = STR(""), .state = TEMPLATE_UNKNOWN };
    enum status s = read_template(rq, FIELD_REQUIRED, &t, e);

    if (s == OK) s = template_add(rq->db, &by, &t, e);
    return s == OK ? answer(re, &t) : s;
}

enum status template_get_one(struct request *rq, struct reply *re, struct err *e) {
    struct template t;
    enum status s = template_of(rq, &t, e);
    return s == OK ? answer(re, &t) : s;
}

/* Other words or another name are not what the carrier approved. */
enum status template_patch(struct request *rq, struct reply *re, struct err *e) {
    const struct template_actor by = actor_of(rq);
    struct template t, was;
    enum status s = template_of(rq, &t, e);

    was = t;
    if (s == OK) s = read_template(rq, FIELD_OPTIONAL, &t, e);
    if (s != OK) return s;
    bool same = str_eq(was.body, t.body) && str_eq(was.carrier_name, t.carrier_name) &&
                str_eq(was.carrier_language, t.carrier_language) && str_eq(was.variables, t.variables);
    if (!same) t.state = TEMPLATE_UNKNOWN;
    t.updated_at_us = rq->now_us;
    s = template_save(rq->db, &by, &t, e);
    return s == OK ? answer(re, &t) : s;
}

enum status template_delete(struct request *rq, struct reply *re, struct err *e) {
    const struct template_actor by = actor_of(rq);
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    (void)re;
    return s == OK ? template_remove(rq->db, &by, id, e) : s;
}

enum status template_check_post(struct request *rq, struct reply *re, struct err *e) {
    struct messaging *room = rq->room;
    const struct channel_call call = { rq->db, rq->arena, room->client, rq->now_us };
    struct template t;
    enum status s = template_of(rq, &t, e);

    if (s == OK) s = template_check(room, &call, &t, e);
    return s == OK ? answer(re, &t) : s;
}
