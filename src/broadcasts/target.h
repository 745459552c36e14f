#ifndef BROADCASTS_TARGET_H
#define BROADCASTS_TARGET_H
/*
 * target -- whom a broadcast is for, and who of them cannot get it.
 *
 * A target is a JSON object; every condition that it names must hold. Whoever matches is a recipient; whoever of them cannot be written to is
 * left out with a reason (enum left_out), which is the first that applies.
 */
#include "base/json_out.h"
#include "base/status.h"
#include "broadcasts/content.h"
#include "http/fields.h"

struct db;

enum {
    TARGET_TAGS_MAX = 8,
    TARGET_CONDITIONS_MAX = 3,
    TARGET_CONDITION_CHARS_MAX = 60,
    TARGET_AGE_MAX = 150
};

struct target {
    struct str gender, language, document_kind; /* "" : any */
    int age_min, age_max; /* in whole years; -1: not said. Who has no birth date has no age */
    int64_t assigned_to;  /* a doctor; 0: any */
    struct str *tags;
    size_t tag_count;
    bool tags_any;                                /* one of the tags is enough; else all of them */
    int64_t active_after_us, active_before_us;    /* wrote since then; did not write since then; 0: any */
    struct str conditions[TARGET_CONDITIONS_MAX]; /* one of them stands in the history or as a diagnosis */
    size_t condition_count;
};

/* Why somebody who is aimed at is not written to; the words stand in the ledger. */
#define LEFT_NO_NUMBER     "no_number"
#define LEFT_PENDING       "pending" /* has not confirmed yet */
#define LEFT_INACTIVE      "inactive"
#define LEFT_NO_CONSENT    "no_consent"    /* never said yes to messages */
#define LEFT_OPTED_OUT     "opted_out"     /* said no: STOP */
#define LEFT_WINDOW_CLOSED "window_closed" /* has not written for a day, and there is no template */
#define LEFT_MISSING_FIELD "missing_field" /* the content names what the record does not say */
#define LEFT_SAME_NUMBER   "same_number"   /* somebody before has the same number */
#define LEFT_TOO_LONG      "too_long" /* the content, with what the record says, does not fit one message */
#define LEFT_ERASED        "erased"   /* the record was erased before the message left */

/* Reads a JSON object; mistakes go into the err of `f` under "target.NAME". Empty text is an empty object. */
bool target_read(struct arena *, struct fields *f, const char *name, struct str json, struct target *);
/* One that was read before, from the database. */
enum status target_parse(struct arena *, struct str json, struct target *, struct err *) MUST_CHECK;
void target_json(struct json_out *, const struct target *); /* one JSON object */
bool target_is_everybody(const struct target *);

/* What is asked of those who match. */
struct target_needs {
    const struct target *target;
    int64_t now_us; /* ages are those of this day */
    bool window; /* only who may be written to freely: there is no template, and the carrier asks for one */
    unsigned fields;        /* enum content_field bits that must not be empty */
    int64_t from_id, to_id; /* patients with from_id < id <= to_id */
};

enum { LEFT_OUT_KINDS_MAX = 12 };
struct target_count {
    int64_t matching, sendable; /* sendable: who would get it, one a number */
    struct {
        const char *reason;
        int64_t n;
    } left_out[LEFT_OUT_KINDS_MAX];
    size_t left_out_count;
};

/* ---- target_store.c: reads ---- */

enum status target_count(struct db *, struct arena *, const struct target_needs *, struct target_count *,
                         struct err *) MUST_CHECK;
/* Somebody who would get it. E_NOT_FOUND, without words: nobody. */
enum status target_first(struct db *, struct arena *, const struct target_needs *, int64_t *patient_id,
                         struct err *) MUST_CHECK;
/* Who lacks a field, at most max ids; *count may be more than max by one only. */
enum status target_missing(struct db *, struct arena *, const struct target_needs *, int64_t *ids, size_t max,
                           size_t *count, struct err *) MUST_CHECK;

/* The parameters that the queries of sql/queries/broadcast_target.sql share. */
enum { TARGET_PARAMS = 29 };
struct db_val;
enum status target_bind(struct arena *, const struct target_needs *, struct db_val *in,
                        struct err *) MUST_CHECK;

#endif
