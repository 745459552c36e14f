#ifndef MODELS_JSON_SHAPE_H
#define MODELS_JSON_SHAPE_H
/*
 * json_shape -- whether a value is of the shape that a JSON Schema asks for; the part of JSON Schema that models understand.
 *
 * Known: type (one name), enum (of strings), properties, required, additionalProperties (false), items, minItems, maxItems. What else a schema says is
 * not looked at. Goes no deeper than the schema does.
 */
#include <jansson.h>
#include <stdbool.h>

bool json_shape_fits(const json_t *value, const json_t *schema);

#endif
