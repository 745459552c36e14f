#include "db/db.h"
#include "metrics/exposition.h"
#include "metrics/snapshot.h"
#include "queries.h"

struct writing {
    struct buf *out;
    const char *name;
    const char *labels[3]; /* of the first columns of a row; the next is the value */
    size_t label_count;
    int rows;
    double rest; /* of the rows that have no line of their own */
};

static enum status write_row(void *ctx, const struct db_val *col, struct err *e) {
    struct writing *w = ctx;
    struct label labels[COUNT_OF(w->labels)];
    (void)e;
    for (size_t i = 0; i < w->label_count; i++) labels[i] = (struct label) { w->labels[i], col[i].s };
    exposition_value(w->out, w->name, labels, w->label_count, (double)col[w->label_count].i);
    return OK;
}

static enum status write_reason(void *ctx, const struct db_val *col, struct err *e) {
    struct writing *w = ctx;
    if (w->rows++ < SNAPSHOT_REASONS_MAX) return write_row(ctx, col, e);
    w->rest += (double)col[w->label_count].i;
    return OK;
}

static enum status write_rows(struct db *db, const struct db_query *q, const struct db_val *args,
                              struct writing w, const char *help, struct err *e) {
    exposition_family(w.out, w.name, "gauge", help);
    return db_run(db, q, args, write_row, &w, NULL, e);
}

static enum status write_reasons(struct db *db, struct buf *out, struct err *e) {
    static const struct label other[] = { { "state", { "any", 3 } }, { "reason", { "other", 5 } } };
    struct writing w = { .out = out,
                         .name = "medirecord_broadcast_recipient_reasons",
                         .labels = { "state", "reason" },
                         .label_count = 2 };
    exposition_family(out, w.name, "gauge", "People whom a broadcast did not reach, by reason.");
    enum status s = db_run(db, &q_metrics_recipient_reasons, NULL, write_reason, &w, NULL, e);
    if (s == OK && w.rest > 0) exposition_value(out, w.name, other, 2, w.rest);
    return s;
}

/* ---- models ---- */

struct models_sum {
    struct writing calls;
    const struct model_prices *prices;
    double usd;
    int64_t tokens_in, tokens_out;
};

static enum status add_calls(void *ctx, const struct db_val *col, struct err *e) {
    struct models_sum *sum = ctx;
    double usd;
    if (model_call_cost(sum->prices, col[0].s, col[4].i, col[5].i, &usd)) sum->usd += usd;
    sum->tokens_in += col[4].i;
    sum->tokens_out += col[5].i;
    return write_row(&sum->calls, col, e);
}

static enum status write_models(struct db *db, const struct model_prices *prices, const struct db_val *since,
                                struct buf *out, struct err *e) {
    static const char tokens[] = "medirecord_model_tokens_last_day";
    struct models_sum sum = { .calls = { .out = out,
                                         .name = "medirecord_model_calls_last_day",
                                         .labels = { "kind", "provider", "outcome" },
                                         .label_count = 3 },
                              .prices = prices };
    exposition_family(out, sum.calls.name, "gauge", "Calls of models outside in the last 24 hours.");
    enum status s = db_run(db, &q_metrics_model_calls, since, add_calls, &sum, NULL, e);
    exposition_family(out, tokens, "gauge", "Tokens sent to and received from models in the last 24 hours.");
    exposition_value(out, tokens, &(struct label) { "direction", STR("in") }, 1, (double)sum.tokens_in);
    exposition_value(out, tokens, &(struct label) { "direction", STR("out") }, 1, (double)sum.tokens_out);
    exposition_single(out, "medirecord_model_cost_usd_last_day", "gauge",
                      "What the models of the last 24 hours cost, by the prices that are set.", sum.usd);
    return s;
}

enum status snapshot_write(struct db *db, const struct model_prices *prices, int64_t now_us, struct buf *out,
                           struct err *e) {
    const struct db_val day[] = { db_int(now_us - DAY_US) };
    const struct {
        const struct db_query *query;
        const struct db_val *args;
        struct writing writing;
        const char *help;
    } families[] = {
        { &q_metrics_jobs,
          NULL,
          { out, "medirecord_jobs", { "kind", "state" }, 2, 0, 0 },
          "Jobs that wait, run, or were given up." },
        { &q_metrics_messages,
          day,
          { out, "medirecord_messages_last_day", { "direction", "status" }, 2, 0, 0 },
          "Messages of the last 24 hours." },
        { &q_metrics_broadcasts,
          NULL,
          { out, "medirecord_broadcasts", { "status" }, 1, 0, 0 },
          "Broadcasts." },
        { &q_metrics_recipients,
          NULL,
          { out, "medirecord_broadcast_recipients", { "state" }, 1, 0, 0 },
          "People on the lists of all broadcasts." },
        { &q_metrics_documents, NULL, { out, "medirecord_documents", { "status" }, 1, 0, 0 }, "Documents." },
    };
    enum status s = OK;
    for (size_t i = 0; i < COUNT_OF(families) && s == OK; i++)
        s = write_rows(db, families[i].query, families[i].args, families[i].writing, families[i].help, e);
    if (s == OK) s = write_reasons(db, out, e);
    return s == OK ? write_models(db, prices, day, out, e) : s;
}
