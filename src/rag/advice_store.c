#include "rag/advice.h"

#include "db/db.h"
#include "patients/patient.h"
#include "queries.h"

const struct message advice_unknown = { "advice_not_found", "Cette fiche n'existe pas.",
                                        "There is no such sheet." };

static const char *const status_names[ADVICE_STATUS_COUNT] = {
    [ADVICE_DRAFT] = "draft",
    [ADVICE_PUBLISHED] = "published",
    [ADVICE_WITHDRAWN] = "withdrawn",
};
static const char *const reading_names[ADVICE_READING_COUNT] = {
    [READING_NONE] = "",
    [READING_PENDING] = "pending",
    [READING_DONE] = "read",
    [READING_FAILED] = "failed",
};

const char *advice_status_name(enum advice_status s) {
    return status_names[s];
}

const char *advice_reading_name(enum advice_reading r) {
    return reading_names[r];
}

/* The index of a word that this room wrote itself. */
static int index_of(const char *const *names, int count, struct str word) {
    for (int i = 0; i < count; i++)
        if (str_eq(word, str_from_c(names[i]))) return i;
    return 0;
}

static struct advice advice_of_row(const struct db_val *col) {
    return (struct advice) {
        .id = col[0].i,
        .title = col[1].s,
        .body = col[2].s,
        .characters = col[3].i,
        .language = patient_language_from_name(col[4].s),
        .status = (enum advice_status)index_of(status_names, ADVICE_STATUS_COUNT, col[5].s),
        .version = col[6].i,
        .file_name = col[7].s,
        .blob_name = col[8].s,
        .reading = (enum advice_reading)index_of(reading_names, ADVICE_READING_COUNT, col[9].s),
        .error_code = col[10].s,
        .created_by = col[11].i,
        .created_at_us = col[12].i,
        .updated_by = col[13].i,
        .updated_at_us = col[14].i,
        .published_by = col[15].i,
        .published_at_us = col[16].i,
    };
}

struct take {
    struct arena *arena;
    struct advice *out;
    bool found;
};

static enum status take_advice(void *ctx, const struct db_val *col, struct err *e) {
    struct take *t = ctx;
    struct advice a = advice_of_row(col);
    struct str *texts[] = { &a.title, &a.body, &a.file_name, &a.blob_name, &a.error_code };

    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (!arena_dup(t->arena, *texts[i], texts[i])) return fail(e, E_LIMIT, NULL, "no room for advice");
    *t->out = a;
    t->found = true;
    return OK;
}

enum status advice_get(struct db *db, struct arena *arena, int64_t id, struct advice *out, struct err *e) {
    const struct db_val args[] = { db_int(id) };
    struct take t = { arena, out, false };
    enum status s = db_run(db, &q_advice_by_id, args, take_advice, &t, NULL, e);

    if (s == OK && !t.found) return fail(e, E_NOT_FOUND, &advice_unknown, "no advice %lld", (long long)id);
    return s;
}

enum { FILTER_PARAMS = 1 + ADVICE_SEARCH_WORDS_MAX + 1 };

static void bind_filter(const struct advice_filter *f, struct db_val *in) {
    in[0] = db_text(f->status);
    for (size_t i = 0; i < ADVICE_SEARCH_WORDS_MAX; i++) in[1 + i] = db_text(f->words[i]);
    in[FILTER_PARAMS - 1] = db_text(f->answered);
}

enum status advice_count(struct db *db, const struct advice_filter *f, int64_t *count, struct err *e) {
    struct db_val in[FILTER_PARAMS];

    bind_filter(f, in);
    return db_get_i64(db, &q_advice_count, in, count, e);
}

struct each {
    advice_row_fn *fn;
    void *ctx;
};

static enum status each_row(void *ctx, const struct db_val *col, struct err *e) {
    struct each *each = ctx;
    struct advice a = advice_of_row(col);
    return each->fn(each->ctx, &a, e);
}

enum status advice_each(struct db *db, const struct advice_filter *f, int64_t limit, int64_t offset,
                        advice_row_fn *fn, void *ctx, struct err *e) {
    struct db_val in[FILTER_PARAMS + 2];
    struct each each = { fn, ctx };

    bind_filter(f, in);
    in[FILTER_PARAMS] = db_int(limit);
    in[FILTER_PARAMS + 1] = db_int(offset);
    return db_run(db, &q_advice_list, in, each_row, &each, NULL, e);
}
