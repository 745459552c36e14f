#include "base/clock.h"
#include "db/db.h"
#include "queries.h"
#include "rag/advice_use.h"

enum status advice_use_add(struct db *db, int64_t question_id, int64_t asked_us,
                           const struct rag_source *sources, size_t count, struct err *e) {
    enum status s = OK;

    for (size_t i = 0; i < count && s == OK; i++) {
        const struct db_val args[] = { db_int(sources[i].document_id), db_int(question_id),
                                       db_int(asked_us) };
        if (sources[i].collection != COLLECTION_ADVICE) continue;
        s = db_run(db, &q_advice_answer_insert, args, NULL, NULL, NULL, e);
    }
    return s;
}

static enum status take_use(void *ctx, const struct db_val *col, struct err *e) {
    struct advice_use *out = ctx;
    (void)e;
    *out = (struct advice_use) { .lately = col[0].i, .last_us = col[1].i };
    return OK;
}

enum status advice_use_get(struct db *db, int64_t advice_id, int64_t now_us, struct advice_use *out,
                           struct err *e) {
    const struct db_val args[] = { db_int(advice_id), db_int(now_us - ADVICE_USE_DAYS * DAY_US) };
    return db_run(db, &q_advice_answer_use, args, take_use, out, NULL, e);
}

enum status advice_answer_count(struct db *db, int64_t advice_id, int64_t *count, struct err *e) {
    const struct db_val args[] = { db_int(advice_id) };
    return db_get_i64(db, &q_advice_answer_count, args, count, e);
}

struct each {
    advice_answer_fn *fn;
    void *ctx;
};

static enum status each_row(void *ctx, const struct db_val *col, struct err *e) {
    struct each *each = ctx;
    const struct advice_answer row = {
        .question_id = col[0].i,
        .asked_us = col[1].i,
        .patient_id = col[2].i,
        .patient_name = col[3].s,
        .message_id = col[4].i,
        .query = col[5].s,
        .answer = col[6].s,
        .language = col[7].s,
        .refused = col[8].i != 0,
    };
    return each->fn(each->ctx, &row, e);
}

enum status advice_answer_each(struct db *db, int64_t advice_id, int64_t limit, int64_t offset,
                               advice_answer_fn *fn, void *ctx, struct err *e) {
    const struct db_val args[] = { db_int(advice_id), db_int(limit), db_int(offset) };
    struct each each = { fn, ctx };
    return db_run(db, &q_advice_answer_list, args, each_row, &each, NULL, e);
}
