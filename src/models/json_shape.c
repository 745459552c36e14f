#include "models/json_shape.h"

#include <string.h>

#include "base/base.h"

static bool is_of_type(const json_t *value, const char *type) {
    if (!type) return true;
    if (strcmp(type, "object") == 0) return json_is_object(value);
    if (strcmp(type, "array") == 0) return json_is_array(value);
    if (strcmp(type, "string") == 0) return json_is_string(value);
    if (strcmp(type, "integer") == 0) return json_is_integer(value);
    if (strcmp(type, "number") == 0) return json_is_number(value);
    if (strcmp(type, "boolean") == 0) return json_is_boolean(value);
    return strcmp(type, "null") == 0 && json_is_null(value);
}

static bool is_one_of(const json_t *value, const json_t *choices) {
    for (size_t i = 0; i < json_array_size(choices); i++)
        if (json_equal(value, json_array_get(choices, i))) return true;
    return !choices;
}

static bool has_required(const json_t *object, const json_t *required) {
    for (size_t i = 0; i < json_array_size(required); i++)
        if (!json_object_get(object, json_string_value(json_array_get(required, i)))) return false;
    return true;
}

/* jansson's loops want a json_t that is not const. */
static bool members_fit(const json_t *object, const json_t *schema) {
    const json_t *properties = json_object_get(schema, "properties");
    bool closed = json_is_false(json_object_get(schema, "additionalProperties"));

    for (void *at = json_object_iter((json_t *)(uintptr_t)object); at;
         at = json_object_iter_next((json_t *)(uintptr_t)object, at)) {
        const json_t *known = json_object_get(properties, json_object_iter_key(at));
        if (known ? !json_shape_fits(json_object_iter_value(at), known) : closed) return false;
    }
    return has_required(object, json_object_get(schema, "required"));
}

static bool items_fit(const json_t *array, const json_t *schema) {
    const json_t *items = json_object_get(schema, "items"), *least = json_object_get(schema, "minItems"),
                 *most = json_object_get(schema, "maxItems");
    size_t count = json_array_size(array);

    if (least && count < (size_t)json_integer_value(least)) return false;
    if (most && count > (size_t)json_integer_value(most)) return false;
    for (size_t i = 0; items && i < count; i++)
        if (!json_shape_fits(json_array_get(array, i), items)) return false;
    return true;
}

bool json_shape_fits(const json_t *value, const json_t *schema) {
    if (!value || !is_of_type(value, json_string_value(json_object_get(schema, "type")))) return false;
    if (!is_one_of(value, json_object_get(schema, "enum"))) return false;
    if (json_is_object(value)) return members_fit(value, schema);
    return !json_is_array(value) || items_fit(value, schema);
}
