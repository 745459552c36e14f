#include "base/json_out.h"
#include "models/provider.h"

static void put_input(struct buf *b, struct json_out *o, const struct embedding_text *t) {
    struct buf words;
    buf_init(&words, b->max);
    buf_add(&words, t->title);
    if (t->title.n) buf_add_char(&words, '\n');
    buf_add(&words, t->text);
    json_put_str(o, buf_str(&words));
    b->failed |= !buf_ok(&words);
    buf_done(&words);
}

static void write_request(const struct embedding_task *task, struct buf *out) {
    struct json_out o = json_out_to(out);

    json_put_object(&o);
    json_field_str(&o, "model", task->model);
    json_put_key(&o, "input");
    json_put_array(&o);
    for (size_t i = 0; i < task->count; i++) put_input(out, &o, &task->texts[i]);
    json_put_array_end(&o);
    json_field_str(&o, "encoding_format", STR("float"));
    json_put_object_end(&o);
}

/* Each row says which text it belongs to; a list without places is in order. */
static bool place_rows(const json_t *list, size_t count, const json_t **rows) {
    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(list, i), *index = json_object_get(row, "index");
        json_int_t at = index ? json_integer_value(index) : (json_int_t)i;
        if ((index && !json_is_integer(index)) || at < 0 || at >= (json_int_t)count || rows[at]) return false;
        rows[at] = json_object_get(row, "embedding");
        if (!rows[at]) return false;
    }
    return true;
}

static enum status read_answer(struct arena *a, struct str body, size_t count, struct embedding *out,
                               struct err *e) {
    const json_t *rows[EMBEDDING_BATCH_MAX] = { 0 };
    json_t *top = wire_json(body);
    const json_t *list = json_object_get(top, "data");
    bool complete = count <= EMBEDDING_BATCH_MAX && json_array_size(list) == count;
    enum status s;

    if (complete && place_rows(list, count, rows))
        s = wire_vectors(a, rows, count, 0, out, e);
    else
        s = fail(e, E_INVALID, NULL, "%zu vectors for %zu texts", json_array_size(list), count);
    out->tokens_in = wire_count(json_object_get(top, "usage"), "prompt_tokens");
    json_decref(top);
    return s;
}

const struct embedder_wire openai_embedder_wire = { "openai", 0, write_request, read_answer };
