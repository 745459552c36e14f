#include "models/provider.h"

#include <math.h>

#include "base/utf8.h"
#include "models/json_shape.h"

static const struct message wrong_vectors = {
    "embedding_wrong",
    "La réponse du modèle de vecteurs n’est pas celle attendue. Vérifiez EMBEDDER et le nom du modèle.",
    "The embedding model did not answer what it was asked. Check EMBEDDER and the name of the model."
};

struct str wire_name(struct arena *a, const json_t *object, const char *name) {
    struct str clean, kept;
    if (!utf8_clean(a, utf8_prefix(wire_text(object, name), WIRE_NAME_BYTES_MAX), &clean)) return STR("");
    return arena_dup(a, utf8_prefix(clean, WIRE_NAME_BYTES_MAX), &kept) ? kept : STR("");
}

/* Models on small servers think aloud before the JSON, or put it between fences. */
static struct str json_within(struct str text) {
    text = str_trim(text);
    if (str_starts(text, STR("<think>"))) {
        size_t end = str_find(text, STR("</think>"));
        text = str_trim(str_sub(text, end + strlen("</think>"), text.n));
    }
    if (str_starts(text, STR("```")) && str_ends(text, STR("```")) && text.n > 6) {
        text = str_sub(text, 0, text.n - 3);
        text = str_trim(str_sub(text, str_find_char(text, '\n'), text.n));
    }
    return text;
}

enum generation_outcome wire_shape(struct generation *g, const json_t *schema) {
    g->json = json_within(g->json);
    if (g->json.n == 0) return GENERATION_EMPTY;
    json_t *value = wire_json(g->json);
    bool fits = json_is_object(value) && json_shape_fits(value, schema);
    json_decref(value);
    return fits ? GENERATED : GENERATION_MALFORMED;
}

/* A row of numbers at unit length. False: wrong length, not a number, or zero. */
static bool take_row(const json_t *row, size_t dimensions, float *out) {
    double sum = 0;

    if (!json_is_array(row) || json_array_size(row) != dimensions) return false;
    for (size_t i = 0; i < dimensions; i++) {
        const json_t *value = json_array_get(row, i);
        double x = json_number_value(value);
        if (!json_is_number(value) || !isfinite(x) || fabs(x) > 1e6) return false;
        out[i] = (float)x;
        sum += (double)out[i] * (double)out[i];
    }
    double length = sqrt(sum);
    if (length < 1e-9) return false;
    for (size_t i = 0; i < dimensions; i++) out[i] = (float)((double)out[i] / length);
    return true;
}

enum status wire_vectors(struct arena *a, const json_t *const *rows, size_t count, int dimensions,
                         struct embedding *out, struct err *e) {
    size_t n = dimensions > 0 ? (size_t)dimensions : count > 0 ? json_array_size(rows[0]) : 0;

    if (n == 0 || n > EMBEDDING_DIMENSIONS_MAX)
        return fail(e, E_INVALID, &wrong_vectors, "vectors of %zu dimensions came", n);
    float *vectors = arena_array(a, count * n, sizeof *vectors);
    if (!vectors) return fail(e, E_LIMIT, NULL, "no memory for %zu vectors", count);
    for (size_t i = 0; i < count; i++)
        if (!take_row(rows[i], n, vectors + i * n))
            return fail(e, E_INVALID, &wrong_vectors, "vector %zu of %zu is none of %zu dimensions", i, count,
                        n);
    out->dimensions = (int)n;
    out->vectors = vectors;
    return OK;
}
