#include "http/fields.h"

#include <jansson.h>

#include "base/utf8.h"
#include "http/limits.h"

const struct message field_required = { "required", "Ce champ est obligatoire.", "This field is required." };
const struct message field_unknown = { "unknown_field", "Ce champ n’existe pas.", "There is no such field." };
const struct message field_not_text = { "wrong_type", "Cette valeur doit être un texte.",
                                        "This value must be a text." };
const struct message field_not_integer = { "wrong_type", "Cette valeur doit être un nombre entier.",
                                           "This value must be an integer." };
const struct message field_not_boolean = { "wrong_type", "Cette valeur doit être true ou false.",
                                           "This value must be true or false." };
const struct message field_not_list = { "wrong_type", "Cette valeur doit être une liste.",
                                        "This value must be a list." };
const struct message field_not_object = { "wrong_type", "Cette valeur doit être un objet.",
                                          "This value must be an object." };
const struct message field_too_long = { "too_long", "Ce champ est trop long : {} caractères au plus.",
                                        "This field is too long: at most {} characters." };
const struct message field_too_many = { "too_many", "Cette liste est trop longue : {} éléments au plus.",
                                        "This list is too long: at most {} items." };
const struct message field_not_a_choice = { "not_a_choice", "Cette valeur n’est pas permise. Choix : {}.",
                                            "This value is not allowed. Choices: {}." };
const struct message field_invalid_date = { "invalid_date",
                                            "Cette date n’existe pas ou n’est pas entre 1850 et 2200. "
                                            "Format : AAAA-MM-JJ.",
                                            "There is no such date, or it is not between 1850 and 2200. "
                                            "Format: YYYY-MM-DD." };
const struct message field_invalid_time = {
    "invalid_time", "Cette date et heure n’est pas valide. Format : AAAA-MM-JJThh:mm:ssZ.",
    "This date and time is not valid. Format: YYYY-MM-DDThh:mm:ssZ."
};
const struct message field_out_of_range = { "out_of_range",
                                            "Cette valeur n’est pas dans l’intervalle permis : {}.",
                                            "This value is not in the allowed range: {}." };
const struct message field_blank = { "blank", "Ce champ ne peut pas être vide.",
                                     "This field may not be blank." };

static const struct message body_not_object = { "json_invalid",
                                                "Le corps de la requête n’est pas un objet JSON valide.",
                                                "The body of the request is not a valid JSON object." };
static const struct message body_too_deep = { "json_too_deep", "Ce JSON est trop imbriqué ou trop grand.",
                                              "This JSON is nested too deeply, or too large." };

struct fields {
    struct arena *arena;
    json_t *object;
    const char *asked[JSON_MEMBERS_MAX];
    size_t asked_count;
    bool bad;
    struct err *err;
};

/* Is the text nested at most JSON_DEPTH_MAX deep? Brackets inside strings do not count. */
static bool depth_is_bounded(struct str s) {
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (quoted) {
            if (c == '\\') i++;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > JSON_DEPTH_MAX) return false;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return true;
}

static void forget(void *object) {
    json_decref(object);
}

enum status fields_parse(struct arena *arena, struct str body, struct fields **out, struct err *e) {
    if (!depth_is_bounded(body))
        return fail(e, E_INVALID, &body_too_deep, "JSON deeper than %d", JSON_DEPTH_MAX);
    if (str_find_char(body, '\0') < body.n) /* jansson skips one after a number */
        return fail(e, E_INVALID, &body_not_object, "NUL in JSON");
    json_error_t where;
    json_t *object = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, &where);
    if (!object)
        return fail(e, E_INVALID, &body_not_object, "JSON error in line %d, column %d", where.line,
                    where.column);
    if (!json_is_object(object)) {
        json_decref(object);
        return fail(e, E_INVALID, &body_not_object, "JSON is no object");
    }
    if (!arena_defer(arena, forget, object)) {
        json_decref(object);
        return fail(e, E_LIMIT, NULL, "no room for a body");
    }
    if (json_object_size(object) > JSON_MEMBERS_MAX)
        return fail(e, E_INVALID, &body_too_deep, "JSON has more than %d members", JSON_MEMBERS_MAX);
    struct fields *f = arena_alloc(arena, sizeof *f);
    if (!f) return fail(e, E_LIMIT, NULL, "no room for a body");
    *f = (struct fields) { .arena = arena, .object = object, .err = e };
    *out = f;
    return OK;
}

bool fields_has(const struct fields *f, const char *name) {
    return json_object_get(f->object, name) != NULL;
}

void fields_fail(struct fields *f, const char *name, const struct message *m, struct str arg) {
    f->bad = true;
    (void)fail_field(f->err, str_from_c(name), m, arg);
}

/* The value of a field, or NULL when it is absent or null (which is an error for a required one). */
static json_t *take(struct fields *f, const char *name, enum field_need need) {
    if (f->asked_count < COUNT_OF(f->asked)) f->asked[f->asked_count++] = name;
    json_t *value = json_object_get(f->object, name);
    if (value && !json_is_null(value)) return value;
    if (need == FIELD_REQUIRED) fields_fail(f, name, &field_required, STR(""));
    return NULL;
}

static bool wrong_type(struct fields *f, const char *name, const struct message *expected) {
    fields_fail(f, name, expected, STR(""));
    return false;
}

/* Cleans one string: NFC, no control characters, trimmed, at most max_chars long. */
static bool clean_text(struct fields *f, const char *name, const json_t *value, size_t max_chars,
                       struct str *out) {
    struct str raw = { json_string_value(value), json_string_length(value) }, text, arg;
    if (!utf8_clean(f->arena, raw, &text)) {
        fields_fail(f, name, &field_too_long, STR("-"));
        return false;
    }
    text = str_trim(text);
    if (utf8_length(text) > max_chars) {
        if (!arena_printf(f->arena, &arg, "%zu", max_chars)) arg = STR("-");
        fields_fail(f, name, &field_too_long, arg);
        return false;
    }
    *out = text;
    return true;
}

bool fields_str(struct fields *f, const char *name, enum field_need need, size_t max_chars, struct str *out) {
    const json_t *value = take(f, name, need);
    struct str text;
    if (!value) return false;
    if (!json_is_string(value)) return wrong_type(f, name, &field_not_text);
    if (!clean_text(f, name, value, max_chars, &text)) return false;
    if (text.n == 0 && need == FIELD_REQUIRED) {
        fields_fail(f, name, &field_blank, STR(""));
        return false;
    }
    *out = text;
    return true;
}

bool fields_secret(struct fields *f, const char *name, enum field_need need, size_t max_bytes,
                   struct str *out) {
    const json_t *value = take(f, name, need);
    struct str text, arg;
    if (!value) return false;
    if (!json_is_string(value)) return wrong_type(f, name, &field_not_text);
    struct str raw = { json_string_value(value), json_string_length(value) };
    if (raw.n > max_bytes || !arena_dup(f->arena, raw, &text)) {
        if (!arena_printf(f->arena, &arg, "%zu", max_bytes)) arg = STR("-");
        fields_fail(f, name, &field_too_long, arg);
        return false;
    }
    if (text.n == 0 && need == FIELD_REQUIRED) {
        fields_fail(f, name, &field_blank, STR(""));
        return false;
    }
    *out = text;
    return true;
}

bool fields_i64(struct fields *f, const char *name, enum field_need need, int64_t min, int64_t max,
                int64_t *out) {
    const json_t *value = take(f, name, need);
    struct str arg;
    if (!value) return false;
    if (!json_is_integer(value)) return wrong_type(f, name, &field_not_integer);
    int64_t n = json_integer_value(value);
    if (n < min || n > max) {
        bool open = max == INT64_MAX;
        if (!(open ? arena_printf(f->arena, &arg, "≥ %lld", (long long)min)
                   : arena_printf(f->arena, &arg, "%lld … %lld", (long long)min, (long long)max)))
            arg = STR("-");
        fields_fail(f, name, &field_out_of_range, arg);
        return false;
    }
    *out = n;
    return true;
}

bool fields_bool(struct fields *f, const char *name, enum field_need need, bool *out) {
    const json_t *value = take(f, name, need);
    if (!value) return false;
    if (!json_is_boolean(value)) return wrong_type(f, name, &field_not_boolean);
    *out = json_is_true(value);
    return true;
}

bool fields_date(struct fields *f, const char *name, enum field_need need, struct date *out) {
    const json_t *value = take(f, name, need);
    struct date d;
    if (!value) return false;
    struct str text = { json_string_value(value), json_is_string(value) ? json_string_length(value) : 0 };
    if (!json_is_string(value) || !date_parse_iso(text, &d) || !date_is_valid(d)) {
        fields_fail(f, name, &field_invalid_date, STR(""));
        return false;
    }
    *out = d;
    return true;
}

bool fields_time(struct fields *f, const char *name, enum field_need need, int64_t *out_us) {
    const json_t *value = take(f, name, need);
    int64_t us;
    if (!value) return false;
    struct str text = { json_string_value(value), json_is_string(value) ? json_string_length(value) : 0 };
    if (!json_is_string(value) || !time_parse_iso(text, &us)) {
        fields_fail(f, name, &field_invalid_time, STR(""));
        return false;
    }
    *out_us = us;
    return true;
}

/* "draft, sent, failed"; the empty word, which stands for nothing chosen, is no help to anybody. */
static struct str choices(struct arena *arena, const char *const *words) {
    struct str list = STR(""), longer;
    for (; *words; words++) {
        if (!**words) continue;
        if (!arena_printf(arena, &longer, "%.*s%s%s", STR_ARG(list), list.n ? ", " : "", *words)) break;
        list = longer;
    }
    return list;
}

bool fields_word(struct fields *f, const char *name, enum field_need need, const char *const *words,
                 int *out) {
    const json_t *value = take(f, name, need);
    if (!value) return false;
    if (!json_is_string(value)) return wrong_type(f, name, &field_not_text);
    struct str text = { json_string_value(value), json_string_length(value) };
    for (int i = 0; words[i]; i++) {
        if (str_eq(text, str_from_c(words[i]))) {
            *out = i;
            return true;
        }
    }
    fields_fail(f, name, &field_not_a_choice, choices(f->arena, words));
    return false;
}

bool fields_str_list(struct fields *f, const char *name, enum field_need need, size_t max_items,
                     size_t max_chars, struct str **out, size_t *count) {
    const json_t *value = take(f, name, need);
    struct str arg;
    if (!value) return false;
    if (!json_is_array(value)) return wrong_type(f, name, &field_not_list);
    size_t n = json_array_size(value);
    if (n > max_items) {
        if (!arena_printf(f->arena, &arg, "%zu", max_items)) arg = STR("-");
        fields_fail(f, name, &field_too_many, arg);
        return false;
    }
    struct str *list = arena_array(f->arena, n ? n : 1, sizeof *list);
    for (size_t i = 0; i < n && list; i++) {
        const json_t *item = json_array_get(value, i);
        if (!json_is_string(item)) return wrong_type(f, name, &field_not_text);
        if (!clean_text(f, name, item, max_chars, &list[i])) return false;
    }
    if (!list) return wrong_type(f, name, &field_not_list);
    *out = list;
    *count = n;
    return true;
}

bool fields_object(struct fields *f, const char *name, enum field_need need, struct str *json) {
    const json_t *value = take(f, name, need);
    if (!value) return false;
    if (!json_is_object(value)) return wrong_type(f, name, &field_not_object);
    size_t n = json_dumpb(value, NULL, 0, JSON_COMPACT);
    char *text = arena_alloc(f->arena, n + 1);
    if (!text || json_dumpb(value, text, n, JSON_COMPACT) != n) return wrong_type(f, name, &field_not_object);
    *json = (struct str) { text, n };
    return true;
}

static bool was_asked(const struct fields *f, const char *key) {
    for (size_t i = 0; i < f->asked_count; i++) {
        if (strcmp(f->asked[i], key) == 0) return true;
    }
    return false;
}

enum status fields_done(struct fields *f) {
    const char *key;
    json_t *value;
    json_object_foreach(f->object, key, value) {
        if (!was_asked(f, key)) fields_fail(f, key, &field_unknown, STR(""));
    }
    return f->bad ? E_INVALID : OK;
}
