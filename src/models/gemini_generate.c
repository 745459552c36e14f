#include "base/json_out.h"
#include "models/provider.h"

/* The same question twice is answered alike, as far as the model can. */
enum { SEED = 7 };

static void put_text(struct json_out *o, struct str text) {
    json_put_key(o, "parts");
    json_put_array(o);
    json_put_object(o);
    json_field_str(o, "text", text);
    json_put_object_end(o);
    json_put_array_end(o);
}

static bool has(struct str model, const char *part) {
    return str_find(model, str_from_c(part)) < model.n;
}

/*
 * As little thinking as the family allows: words are put in order here, nothing is worked out, and the patient waits. The families know
 * different fields, and answer 400 to that of another.
 */
static void put_thinking(struct json_out *o, struct str model) {
    bool second = has(model, "gemini-2.5"), third = has(model, "gemini-3") || has(model, "-latest");

    if (!second && !third) return;
    json_put_key(o, "thinkingConfig");
    json_put_object(o);
    if (second)
        json_field_int(o, "thinkingBudget", has(model, "pro") ? 128 : 0);
    else
        json_field_str(o, "thinkingLevel", has(model, "3.5-flash-lite") ? STR("MINIMAL") : STR("LOW"));
    json_put_object_end(o);
}

static void put_config(struct json_out *o, const struct generation_task *task) {
    json_put_key(o, "generationConfig");
    json_put_object(o);
    json_field_int(o, "maxOutputTokens", task->tokens_max);
    json_field_int(o, "seed", SEED);
    json_field_str(o, "responseMimeType", STR("application/json"));
    json_field_raw(o, "responseJsonSchema", task->request->schema);
    if (!task->plain) put_thinking(o, task->model);
    json_put_object_end(o);
}

static void put_safety(struct json_out *o, const char *category) {
    json_put_object(o);
    json_field_str(o, "category", str_from_c(category));
    json_field_str(o, "threshold", STR("BLOCK_ONLY_HIGH"));
    json_put_object_end(o);
}

/* Doses and examinations of the body are dangerous and indecent to a filter that does not know medicine. */
static void put_safeties(struct json_out *o) {
    json_put_key(o, "safetySettings");
    json_put_array(o);
    put_safety(o, "HARM_CATEGORY_DANGEROUS_CONTENT");
    put_safety(o, "HARM_CATEGORY_SEXUALLY_EXPLICIT");
    json_put_array_end(o);
}

static void write_request(const struct generation_task *task, struct buf *out) {
    struct json_out o = json_out_to(out);

    json_put_object(&o);
    json_put_key(&o, "systemInstruction");
    json_put_object(&o);
    put_text(&o, task->request->instruction);
    json_put_object_end(&o);
    json_put_key(&o, "contents");
    json_put_array(&o);
    json_put_object(&o);
    json_field_str(&o, "role", STR("user"));
    put_text(&o, task->request->content);
    json_put_object_end(&o);
    json_put_array_end(&o);
    put_config(&o, task);
    put_safeties(&o);
    json_put_object_end(&o);
}

/* What is not known may be a new way of refusing: never shown. */
static enum generation_outcome outcome_of_finish(struct str reason) {
    if (str_eq(reason, STR("STOP"))) return GENERATED;
    if (str_eq(reason, STR("MAX_TOKENS"))) return GENERATION_TRUNCATED;
    return str_starts(reason, STR("MALFORMED")) ? GENERATION_MALFORMED : GENERATION_BLOCKED;
}

/* The parts one behind the other, thoughts left out. */
static bool join_parts(struct arena *a, const json_t *parts, struct str *out) {
    struct str text = STR("");
    bool ok = true;

    for (size_t i = 0; ok && i < json_array_size(parts); i++) {
        const json_t *part = json_array_get(parts, i);
        struct str more = wire_text(part, "text");
        if (json_is_true(json_object_get(part, "thought")) || more.n == 0) continue;
        char *joined = arena_alloc(a, text.n + more.n);
        if (!(ok = joined != NULL)) break;
        memcpy(joined, text.p, text.n);
        memcpy(joined + text.n, more.p, more.n);
        text = (struct str) { joined, text.n + more.n };
    }
    *out = text;
    return ok;
}

static enum generation_outcome read_candidate(struct arena *a, const json_t *top, struct generation *out) {
    const json_t *candidate = json_array_get(json_object_get(top, "candidates"), 0);
    struct str blocked = wire_text(json_object_get(top, "promptFeedback"), "blockReason");

    if (blocked.n) return GENERATION_BLOCKED;
    if (!candidate) return GENERATION_EMPTY;
    enum generation_outcome outcome = outcome_of_finish(wire_text(candidate, "finishReason"));
    if (outcome != GENERATED && outcome != GENERATION_TRUNCATED) return outcome;
    const json_t *content = json_object_get(candidate, "content");
    if (!join_parts(a, json_object_get(content, "parts"), &out->json)) return GENERATION_MALFORMED;
    return outcome;
}

static enum generation_outcome read_answer(struct arena *a, struct str body, struct generation *out) {
    json_t *top = wire_json(body);
    const json_t *usage = json_object_get(top, "usageMetadata");
    enum generation_outcome outcome =
        json_is_object(top) ? read_candidate(a, top, out) : GENERATION_MALFORMED;

    out->model_version = wire_name(a, top, "modelVersion");
    /* Of all calls: the one that was cut is paid for, too. */
    out->tokens_in += wire_count(usage, "promptTokenCount");
    out->tokens_out += wire_count(usage, "candidatesTokenCount") + wire_count(usage, "thoughtsTokenCount");
    json_decref(top);
    return outcome;
}

const struct generator_wire gemini_generator_wire = { "gemini", write_request, read_answer };
