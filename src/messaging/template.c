#include "messaging/template.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "net/wire.h"

enum { TEXT_BYTES_MAX = 16 * 1024 };

static const struct message variables_differ = {
    "template_variables_differ",
    "Le texte doit contenir chaque variable ({{1}}, {{2}}…) et aucune autre : {} sont nommées.",
    "The text must hold each variable ({{1}}, {{2}} …) and no other: {} are named.",
};
static const struct message variable_at_edge = {
    "template_variable_at_edge",
    "Une variable ne peut pas ouvrir ni fermer le texte, ni en toucher une autre.",
    "A variable cannot begin or end the text, nor touch another one.",
};

/* The next {{n}} of body from *at: where it starts, where it ends, its number. False: none. */
static bool next_mark(struct str body, size_t *at, size_t *end, int64_t *number) {
    while (*at < body.n) {
        struct str rest = str_sub(body, *at, body.n);
        size_t open = str_find(rest, STR("{{"));
        if (open == rest.n) return false;
        struct str inside = str_sub(rest, open + 2, rest.n);
        size_t close = str_find(inside, STR("}}"));
        *at += open;
        if (close < inside.n && str_to_i64(str_trim(str_sub(inside, 0, close)), number)) {
            *end = *at + 2 + close + 2;
            return true;
        }
        *at += 2;
    }
    return false;
}

const struct message *template_fault(struct str body, size_t count) {
    bool seen[TEMPLATE_VARIABLES_MAX + 1] = { false };
    size_t at = 0, end = 0, last_end = 0, found = 0;
    int64_t number;

    body = str_trim(body);
    for (; next_mark(body, &at, &end, &number); at = end) {
        if (number < 1 || number > (int64_t)count || number > TEMPLATE_VARIABLES_MAX)
            return &variables_differ;
        found += !seen[number];
        seen[number] = true;
        if (at == last_end || end == body.n) return &variable_at_edge;
        last_end = end;
    }
    return found == count ? NULL : &variables_differ;
}

/* Without line ends, tabs and rows of spaces, which the carriers refuse in a variable. */
static void add_line(struct buf *out, struct str text) {
    struct str rest = text, word;
    for (bool first = true; (word = str_next_word(&rest, " \n\r\t")).n > 0; first = false) {
        if (!first) buf_add_char(out, ' ');
        buf_add(out, word);
    }
}

bool template_values(struct arena *arena, const struct template_value *values, struct str *json) {
    json_t *object = json_object();
    bool ok = object != NULL;
    for (; ok && values->name; values++) {
        struct buf line;
        buf_init(&line, TEXT_BYTES_MAX);
        add_line(&line, values->text);
        struct str text = buf_str(&line);
        ok = buf_ok(&line) &&
             json_object_set_new(object, values->name, json_stringn(text.p ? text.p : "", text.n)) == 0;
        buf_done(&line);
    }
    ok = ok && wire_dump(arena, object, json);
    json_decref(object);
    return ok;
}

bool template_value_of(struct arena *arena, struct str values, const char *name, struct str *text) {
    json_t *object = wire_json(values);
    bool ok = arena_dup(arena, wire_text(object, name), text);
    json_decref(object);
    return ok;
}

/* The values in the order of the names; NULL when one is missing or empty. */
static json_t *in_order(const json_t *names, const json_t *values) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < json_array_size(names); i++) {
        json_t *value = json_object_get(values, json_string_value(json_array_get(names, i)));
        if (json_string_length(value) > 0 && json_array_append(list, value) == 0) continue;
        json_decref(list);
        list = NULL;
    }
    return list;
}

static void render(struct buf *out, struct str body, const json_t *list) {
    size_t at = 0, end = 0, from = 0;
    int64_t number;
    for (; next_mark(body, &at, &end, &number); from = at = end) {
        const json_t *value = json_array_get(list, (size_t)(number - 1));
        buf_add(out, str_sub(body, from, at - from));
        buf_add(out, (struct str) { json_string_value(value), json_string_length(value) });
    }
    buf_add(out, str_sub(body, from, body.n));
}

enum status template_fill(struct arena *arena, const struct template *t, struct str values, struct str *list,
                          struct str *text, struct err *e) {
    json_t *names = wire_json(t->variables), *given = wire_json(values), *ordered = in_order(names, given);
    struct buf words;
    bool kept = false, fits = false;

    *list = STR("");
    buf_init(&words, TEXT_BYTES_MAX);
    if (ordered) {
        render(&words, t->body, ordered);
        fits = buf_ok(&words) && utf8_length(buf_str(&words)) <= TEMPLATE_BODY_CHARS_MAX;
        kept = arena_dup(arena, buf_str(&words), text) &&
               (json_array_size(ordered) == 0 || wire_dump(arena, ordered, list));
    }
    buf_done(&words);
    json_decref(names);
    json_decref(given);
    bool complete = ordered != NULL;
    json_decref(ordered);
    if (complete && fits && !kept) return fail(e, E_LIMIT, NULL, "no memory for a template");
    return complete && fits
               ? OK
               : fail(e, E_INVALID, NULL, "template %lld does not fit its values", (long long)t->id);
}
