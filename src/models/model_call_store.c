#include "models/model_call_store.h"

#include "accounts/notification.h"
#include "db/db.h"
#include "models/generator.h"
#include "queries.h"

enum { DELETE_AT_ONCE = 500 };

const char *model_call_kind_name(enum model_call_kind kind) {
    static const char *const names[] = { "generate", "embed_question", "embed_passages" };
    return names[kind];
}

static bool is_refusal(struct str outcome) {
    return str_eq(outcome, str_from_c(generation_outcome_name(GENERATION_REFUSED))) ||
           str_eq(outcome, str_from_c(status_name(E_INVALID)));
}

struct model_call model_call_of_embedding(const struct embedder *e, const struct embedding *r,
                                          enum status outcome) {
    return (struct model_call) { .provider = e->provider,
                                 .model = e->model,
                                 .model_version = STR(""),
                                 .host = e->host,
                                 .outcome = str_from_c(status_name(outcome)),
                                 .http_code = r->http_code,
                                 .calls = r->calls,
                                 .sent_bytes = r->sent_bytes,
                                 .tokens_in = r->tokens_in,
                                 .duration_us = r->duration_us };
}

enum status model_call_add(struct db *db, const struct model_call *c, struct err *e) {
    const struct db_val args[] = {
        db_int(c->at_us),
        db_text(str_from_c(model_call_kind_name(c->kind))),
        db_int_or_null(c->patient_id),
        db_int(c->question_id),
        db_text(str_from_c(c->provider)),
        db_text(c->model),
        db_text(c->model_version),
        db_text(c->host),
        db_text(c->outcome),
        db_int(c->http_code),
        db_int(c->calls),
        db_int((int64_t)c->texts),
        db_int((int64_t)c->sent_bytes),
        db_int(c->tokens_in),
        db_int(c->tokens_out),
        db_int(c->duration_us),
    };
    enum status s = db_run(db, &q_model_call_insert, args, NULL, NULL, NULL, e);
    return s == OK && is_refusal(c->outcome)
               ? notification_add_once(db, STR("model.refused"), SEVERITY_LOOK, c->at_us, e)
               : s;
}

enum status model_call_count(struct db *db, const struct model_call_filter *f, int64_t *count,
                             struct err *e) {
    const struct db_val args[] = { db_text(f->kind), db_text(f->outcome), db_int(f->patient_id) };
    return db_get_i64(db, &q_model_call_count, args, count, e);
}

struct calls {
    model_call_fn *fn;
    void *ctx;
};

static enum status give_call(void *ctx, const struct db_val *col, struct err *e) {
    const struct calls *calls = ctx;
    const struct model_call_row row = {
        .id = col[0].i,
        .kind = col[2].s,
        .provider = col[5].s,
        .call = { .at_us = col[1].i,
                  .patient_id = col[3].i,
                  .question_id = col[4].i,
                  .model = col[6].s,
                  .model_version = col[7].s,
                  .host = col[8].s,
                  .outcome = col[9].s,
                  .http_code = (int)col[10].i,
                  .calls = (int)col[11].i,
                  .texts = (size_t)col[12].i,
                  .sent_bytes = (size_t)col[13].i,
                  .tokens_in = col[14].i,
                  .tokens_out = col[15].i,
                  .duration_us = col[16].i },
    };
    return calls->fn(calls->ctx, &row, e);
}

enum status model_call_each(struct db *db, const struct model_call_filter *f, int64_t limit, int64_t offset,
                            model_call_fn *fn, void *ctx, struct err *e) {
    const struct db_val args[] = { db_text(f->kind), db_text(f->outcome), db_int(f->patient_id),
                                   db_int(limit), db_int(offset) };
    struct calls calls = { fn, ctx };
    return db_run(db, &q_model_call_list, args, give_call, &calls, NULL, e);
}

struct days {
    model_call_day_fn *fn;
    void *ctx;
};

static enum status give_day(void *ctx, const struct db_val *col, struct err *e) {
    const struct days *days = ctx;
    const struct model_call_day day = {
        .day = date_of_us(col[0].i * DAY_US),
        .kind = col[1].s,
        .provider = col[2].s,
        .model = col[3].s,
        .calls = col[4].i,
        .failed = col[5].i,
        .requests = col[6].i,
        .sent_bytes = col[7].i,
        .tokens_in = col[8].i,
        .tokens_out = col[9].i,
    };
    return days->fn(days->ctx, &day, e);
}

enum status model_call_day_count(struct db *db, int64_t *count, struct err *e) {
    return db_get_i64(db, &q_model_call_day_count, NULL, count, e);
}

enum status model_call_days(struct db *db, int64_t limit, int64_t offset, model_call_day_fn *fn, void *ctx,
                            struct err *e) {
    const struct db_val args[] = { db_int(limit), db_int(offset) };
    struct days days = { fn, ctx };
    return db_run(db, &q_model_call_days, args, give_day, &days, NULL, e);
}

enum status model_call_clean_up(struct db *db, int64_t before_us, struct err *e) {
    const struct db_val args[] = { db_int(before_us), db_int(DELETE_AT_ONCE) };
    int64_t changed = 0;
    do {
        enum status s;
        if ((s = db_begin(db, e)) != OK) return s;
        s = db_run(db, &q_model_call_delete_before, args, NULL, NULL, &changed, e);
        if ((s = db_finish(db, s, e)) != OK) return s;
    } while (changed > 0);
    return OK;
}
