#include "base/json_out.h"
#include "models/provider.h"

enum { SEED = 7 };

/* OpenAI's own service renamed a field and lets nobody choose the temperature any more; servers that speak like it know the old ways. */
static bool is_openai_itself(struct str host) {
    return str_eq(host, STR("api.openai.com"));
}

static void put_message(struct json_out *o, const char *role, struct str text) {
    json_put_object(o);
    json_field_str(o, "role", str_from_c(role));
    json_field_str(o, "content", text);
    json_put_object_end(o);
}

/* A server that holds the model to no schema is told it in words. */
static void put_instruction(struct buf *b, struct json_out *o, const struct generation_task *task) {
    struct buf words;
    if (!task->plain) {
        put_message(o, "system", task->request->instruction);
        return;
    }
    buf_init(&words, b->max);
    buf_add(&words, task->request->instruction);
    buf_add(&words, STR("\n\nAnswer with one JSON object of this JSON Schema and with nothing else:\n"));
    buf_add(&words, task->request->schema);
    put_message(o, "system", buf_str(&words));
    b->failed |= !buf_ok(&words);
    buf_done(&words);
}

static void put_format(struct json_out *o, const struct generation_task *task) {
    json_put_key(o, "response_format");
    json_put_object(o);
    json_field_str(o, "type", task->plain ? STR("json_object") : STR("json_schema"));
    if (!task->plain) {
        json_put_key(o, "json_schema");
        json_put_object(o);
        json_field_str(o, "name", STR("answer"));
        json_field_bool(o, "strict", true);
        json_field_raw(o, "schema", task->request->schema);
        json_put_object_end(o);
    }
    json_put_object_end(o);
}

static void write_request(const struct generation_task *task, struct buf *out) {
    struct json_out o = json_out_to(out);

    json_put_object(&o);
    json_field_str(&o, "model", task->model);
    json_put_key(&o, "messages");
    json_put_array(&o);
    put_instruction(out, &o, task);
    put_message(&o, "user", task->request->content);
    json_put_array_end(&o);
    put_format(&o, task);
    if (is_openai_itself(task->host)) {
        json_field_int(&o, "max_completion_tokens", task->tokens_max);
    } else {
        json_field_int(&o, "max_tokens", task->tokens_max);
        json_field_int(&o, "temperature", 0);
    }
    json_field_int(&o, "seed", SEED);
    json_field_bool(&o, "stream", false);
    json_put_object_end(&o);
}

/* Some servers leave the reason out; the JSON itself shows whether it is whole. */
static enum generation_outcome outcome_of_finish(const json_t *choice) {
    struct str reason = wire_text(choice, "finish_reason");
    if (reason.n == 0 || str_eq(reason, STR("stop"))) return GENERATED;
    if (str_eq(reason, STR("length"))) return GENERATION_TRUNCATED;
    return str_eq(reason, STR("content_filter")) ? GENERATION_BLOCKED : GENERATION_MALFORMED;
}

static enum generation_outcome read_choice(struct arena *a, const json_t *top, struct generation *out) {
    const json_t *choice = json_array_get(json_object_get(top, "choices"), 0);
    const json_t *message = json_object_get(choice, "message");

    if (!choice) return GENERATION_EMPTY;
    if (wire_text(message, "refusal").n) return GENERATION_BLOCKED;
    enum generation_outcome outcome = outcome_of_finish(choice);
    if (outcome != GENERATED && outcome != GENERATION_TRUNCATED) return outcome;
    return arena_dup(a, wire_text(message, "content"), &out->json) ? outcome : GENERATION_MALFORMED;
}

static enum generation_outcome read_answer(struct arena *a, struct str body, struct generation *out) {
    json_t *top = wire_json(body);
    const json_t *usage = json_object_get(top, "usage");
    enum generation_outcome outcome = json_is_object(top) ? read_choice(a, top, out) : GENERATION_MALFORMED;

    out->model_version = wire_name(a, top, "model");
    out->tokens_in += wire_count(usage, "prompt_tokens");
    out->tokens_out += wire_count(usage, "completion_tokens");
    json_decref(top);
    return outcome;
}

const struct generator_wire openai_generator_wire = { "openai", write_request, read_answer };
