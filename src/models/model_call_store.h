#ifndef MODELS_MODEL_CALL_STORE_H
#define MODELS_MODEL_CALL_STORE_H
/*
 * model_call_store -- the table of calls as the API and the export read it. Private to models/.
 */
#include "models/model_call.h"

/* Text is borrowed until the function returns. */
struct model_call_row {
    int64_t id;
    struct str kind, provider;
    struct model_call call; /* but for its kind and provider */
};
typedef enum status model_call_fn(void *ctx, const struct model_call_row *, struct err *);

struct model_call_filter {
    struct str kind, outcome; /* empty: any */
    int64_t patient_id;       /* 0: any */
};

enum status model_call_count(struct db *, const struct model_call_filter *, int64_t *count,
                             struct err *) MUST_CHECK;
/* Newest first. */
enum status model_call_each(struct db *, const struct model_call_filter *, int64_t limit, int64_t offset,
                            model_call_fn *, void *ctx, struct err *) MUST_CHECK;

/* All calls of one kind to one model on one day. */
struct model_call_day {
    struct date day; /* UTC */
    struct str kind, provider, model;
    int64_t calls, failed, requests, sent_bytes, tokens_in, tokens_out;
};
typedef enum status model_call_day_fn(void *ctx, const struct model_call_day *, struct err *);

enum status model_call_day_count(struct db *, int64_t *count, struct err *) MUST_CHECK;
enum status model_call_days(struct db *, int64_t limit, int64_t offset, model_call_day_fn *, void *ctx,
                            struct err *) MUST_CHECK;

#endif
