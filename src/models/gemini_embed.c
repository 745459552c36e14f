#include "base/json_out.h"
#include "models/provider.h"

enum { DIMENSIONS = 768 };

/* The first generation takes the task as a field; later ones take it as words before the text, and refuse the field. */
static bool takes_task_field(struct str model) {
    return str_find(model, STR("embedding-001")) < model.n;
}

static void put_text(struct buf *b, struct json_out *o, const struct embedding_task *task,
                     const struct embedding_text *t) {
    struct buf words;
    if (takes_task_field(task->model)) {
        json_field_str(o, "text", t->text);
        return;
    }
    buf_init(&words, b->max);
    if (task->role == EMBED_QUESTION) {
        buf_add(&words, STR("task: search result | query: "));
    } else {
        buf_add(&words, STR("title: "));
        buf_add(&words, t->title.n ? t->title : STR("none"));
        buf_add(&words, STR(" | text: "));
    }
    buf_add(&words, t->text);
    json_field_str(o, "text", buf_str(&words));
    b->failed |= !buf_ok(&words);
    buf_done(&words);
}

static void put_request(struct buf *b, struct json_out *o, const struct embedding_task *task,
                        const struct embedding_text *t, struct str model) {
    json_put_object(o);
    json_field_str(o, "model", model);
    json_put_key(o, "content");
    json_put_object(o);
    json_put_key(o, "parts");
    json_put_array(o);
    json_put_object(o);
    put_text(b, o, task, t);
    json_put_object_end(o);
    json_put_array_end(o);
    json_put_object_end(o);
    if (takes_task_field(task->model)) {
        bool question = task->role == EMBED_QUESTION;
        json_field_str(o, "taskType", question ? STR("RETRIEVAL_QUERY") : STR("RETRIEVAL_DOCUMENT"));
        if (!question && t->title.n) json_field_str(o, "title", t->title);
    }
    json_field_int(o, "outputDimensionality", DIMENSIONS);
    json_put_object_end(o);
}

static void write_request(const struct embedding_task *task, struct buf *out) {
    struct json_out o = json_out_to(out);
    struct buf model;

    buf_init(&model, 2 * WIRE_NAME_BYTES_MAX);
    buf_add(&model, STR("models/"));
    buf_add(&model, task->model);
    json_put_object(&o);
    json_put_key(&o, "requests");
    json_put_array(&o);
    for (size_t i = 0; i < task->count; i++) put_request(out, &o, task, &task->texts[i], buf_str(&model));
    json_put_array_end(&o);
    json_put_object_end(&o);
    out->failed |= !buf_ok(&model);
    buf_done(&model);
}

static enum status read_answer(struct arena *a, struct str body, size_t count, struct embedding *out,
                               struct err *e) {
    const json_t *rows[EMBEDDING_BATCH_MAX] = { 0 };
    json_t *top = wire_json(body);
    const json_t *list = json_object_get(top, "embeddings");
    bool complete = count <= EMBEDDING_BATCH_MAX && json_array_size(list) == count;
    enum status s;

    for (size_t i = 0; complete && i < count; i++)
        rows[i] = json_object_get(json_array_get(list, i), "values");
    s = complete ? wire_vectors(a, rows, count, DIMENSIONS, out, e)
                 : fail(e, E_INVALID, NULL, "%zu vectors for %zu texts", json_array_size(list), count);
    out->tokens_in = wire_count(json_object_get(top, "usageMetadata"), "promptTokenCount");
    json_decref(top);
    return s;
}

const struct embedder_wire gemini_embedder_wire = { "gemini", DIMENSIONS, write_request, read_answer };
