#include "broadcasts/report.h"
#include "db/db.h"
#include "queries.h"

#define REPLY_US (REPORT_REPLY_HOURS * HOUR_US)

static enum status take_time(void *ctx, const struct db_val *col, struct err *e) {
    struct report_time *t = ctx;
    (void)e;
    *t = (struct report_time) { col[0].i, col[1].i, col[2].i };
    return OK;
}

static enum status take_replies(void *ctx, const struct db_val *col, struct err *e) {
    struct report *r = ctx;
    (void)e;
    r->replied = col[0].i;
    r->replies = col[1].i;
    return OK;
}

enum status report_get(struct db *db, int64_t broadcast_id, struct report *out, struct err *e) {
    const struct db_val in[] = { db_int(broadcast_id), db_int(REPLY_US) };
    enum status s;

    *out = (struct report) { 0 };
    if ((s = db_run(db, &q_report_delivery, in, take_time, &out->delivery, NULL, e)) != OK) return s;
    if ((s = db_run(db, &q_report_reading, in, take_time, &out->reading, NULL, e)) != OK) return s;
    return db_run(db, &q_report_replies, in, take_replies, out, NULL, e);
}

/* Rows of one hour come one after the other. */
struct series {
    struct report_hour hour; /* start_us 0: none yet */
    report_hour_fn *fn;
    void *ctx;
};

static enum status tell_hour(const struct series *s, struct err *e) {
    return s->hour.start_us ? s->fn(s->ctx, &s->hour, e) : OK;
}

static enum status take_hour(void *ctx, const struct db_val *col, struct err *e) {
    struct series *s = ctx;
    int64_t start_us = col[0].i * HOUR_US;

    if (start_us != s->hour.start_us) {
        enum status told = tell_hour(s, e);
        if (told != OK) return told;
        s->hour = (struct report_hour) { .start_us = start_us };
    }
    if (str_eq(col[1].s, STR("sent"))) s->hour.sent = col[2].i;
    if (str_eq(col[1].s, STR("delivered"))) s->hour.delivered = col[2].i;
    if (str_eq(col[1].s, STR("read"))) s->hour.read = col[2].i;
    if (str_eq(col[1].s, STR("replied"))) s->hour.replied = col[2].i;
    return OK;
}

enum status report_hours(struct db *db, const struct broadcast *b, report_hour_fn *fn, void *ctx,
                         struct err *e) {
    const struct db_val in[] = { db_int(b->id), db_int(REPLY_US), db_int(HOUR_US),
                                 db_int(b->started_at_us + REPORT_SERIES_DAYS * DAY_US) };
    struct series series = { .fn = fn, .ctx = ctx };
    enum status s = db_run(db, &q_report_hours, in, take_hour, &series, NULL, e);
    return s == OK ? tell_hour(&series, e) : s;
}
