#include "fake_generator.h"

static enum status generate(void *ctx, struct arena *arena, const struct generation_request *request,
                            struct generation *out, struct err *err) {
    struct fake_generator *f = ctx;
    (void)err;
    f->calls++;
    f->instruction = request->instruction;
    f->content = request->content;
    f->schema = request->schema;
    f->deadline_us = request->deadline_us;
    *out = (struct generation) { .outcome = f->outcome,
                                 .json = STR(""),
                                 .model_version = STR("fake-1"),
                                 .http_code = 200,
                                 .calls = 1,
                                 .sent_bytes = request->content.n,
                                 .tokens_in = 10,
                                 .tokens_out = 5,
                                 .duration_us = 1 };
    if (f->outcome != GENERATED) return OK;
    if (f->json)
        out->json = f->json_bytes ? (struct str) { f->json, f->json_bytes } : str_from_c(f->json);
    else
        f->answer(f, arena, request->content, &out->json);
    return OK;
}

void fake_generator_init(struct fake_generator *f) {
    *f = (struct fake_generator) { .generator = { .provider = "gemini",
                                                  .model = STR("fake"),
                                                  .host = STR("fake.example"),
                                                  .ctx = f,
                                                  .generate = generate } };
}
