#ifndef BROADCASTS_REPORT_H
#define BROADCASTS_REPORT_H
/*
 * report -- what became of a broadcast, from its ledger. Reads only, in no transaction: what moves meanwhile may be in one number and not in another.
 */
#include "broadcasts/recipient.h"
#include "http/route.h"

/* A message of a person counts as a reply to a broadcast for so long after it was sent. */
enum { REPORT_REPLY_HOURS = 48 };
/* The series by hour ends so long after the start: reads come late, and a page shows no year. */
enum { REPORT_SERIES_DAYS = 14 };

struct report_time {
    int64_t count, p50_us, p95_us; /* 0 without any */
};
struct report {
    struct report_time delivery; /* from when the carrier took it */
    struct report_time reading;  /* from when it was there */
    int64_t replied;             /* people */
    int64_t replies;             /* their messages */
};
enum status report_get(struct db *, int64_t broadcast_id, struct report *, struct err *) MUST_CHECK;

/* Hours in which something happened, the oldest first. */
struct report_hour {
    int64_t start_us;
    int64_t sent, delivered, read, replied;
};
typedef enum status report_hour_fn(void *ctx, const struct report_hour *, struct err *);
enum status report_hours(struct db *, const struct broadcast *, report_hour_fn *, void *ctx,
                         struct err *) MUST_CHECK;

/*
 * The ledger as CSV (RFC 4180, UTF-8 with a mark for spreadsheets), a row a recipient in the order of ids; state "" any. Read while it is sent, a
 * piece at a time: its memory is the same for ten people and a million. Text that a spreadsheet would take for a formula has an apostrophe before it.
 */
enum status report_send_csv(struct request *, struct reply *, int64_t broadcast_id, struct str state,
                            struct err *) MUST_CHECK;

#endif
