/*
 * words -- what a broadcast says to one person, in the person's language.
 */
#include "broadcasts/broadcast.h"
#include "messaging/template.h"
#include "net/wire.h"

enum { VALUES_MAX = TEMPLATE_VARIABLES_MAX + CONTENT_FIELD_COUNT + 2 };

/* In the person's language, else in French, else as it was written. Borrowed from `variants`. */
static struct str choose(const struct broadcast *b, const json_t *variants, enum lang wanted,
                         enum lang *language) {
    const enum lang order[] = { wanted, LANG_FR };
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        *language = order[i];
        if (order[i] == b->language) return b->content;
        struct str text = wire_text(variants, patient_language_name(order[i]));
        if (text.n) return text;
    }
    *language = b->language;
    return b->content;
}

/* The clinic's own names, then those of the fields, then the whole content: a template takes what it knows. */
static enum status template_values_for(struct arena *arena, json_t *own, const struct content_values *values,
                                       struct str text, struct str *json, struct err *e) {
    struct template_value list[VALUES_MAX] = { 0 };
    const char *name;
    json_t *value;
    size_t n = 0;

    list[n++] = (struct template_value) { "content", text };
    for (int i = 0; i < CONTENT_FIELD_COUNT; i++)
        list[n++] = (struct template_value) { content_field_name((enum content_field)i), values->of[i] };
    list[n++] = (struct template_value) { "name", values->of[CONTENT_FIRST_NAME] };
    json_object_foreach(own, name, value) {
        struct str source = { json_string_value(value), json_string_length(value) }, filled;
        if (n + 1 >= COUNT_OF(list)) break;
        enum status s = content_render(arena, source, values, &filled, e);
        if (s != OK) return s;
        list[n++] = (struct template_value) { name, filled };
    }
    return template_values(arena, list, json) ? OK : fail(e, E_LIMIT, NULL, "no memory for a template");
}

enum status broadcast_words_for(struct arena *arena, const struct broadcast *b, enum lang wanted,
                                const struct content_values *values, struct broadcast_words *out,
                                struct err *e) {
    json_t *variants = wire_json(b->variants), *own = wire_json(b->template_variables);
    struct str content = choose(b, variants, wanted, &out->language);
    enum status s = content_render(arena, content, values, &out->text, e);

    out->values = STR("");
    if (s == OK && b->template_sid.n) s = template_values_for(arena, own, values, out->text, &out->values, e);
    json_decref(variants);
    json_decref(own);
    return s;
}
