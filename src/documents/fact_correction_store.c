/*
 * fact_correction_store -- corrections of facts in the database.
 */
#include "documents/fact_correction.h"

#include "base/buf.h"
#include "documents/correction.h"
#include "documents/document_row.h"
#include "queries.h"

enum { SAID_MAX_BYTES = 256 * 1024 };

static const struct message fact_gone = {
    "fact_not_found",
    "Cet élément a changé entre-temps : le document a été relu ou corrigé. Regardez-le à nouveau.",
    "This item changed meanwhile: the document was read again or corrected. Look at it again."
};
static const struct message correction_gone = { "fact_correction_not_found",
                                                "Cette correction n’existe plus.",
                                                "This correction is no longer there." };

static enum fact_deed deed_of(struct str name) {
    for (int i = 0; i < FACT_DEED_COUNT; i++)
        if (str_eq(name, str_from_c(fact_deed_name((enum fact_deed)i)))) return (enum fact_deed)i;
    return FACT_REMOVE;
}

struct each {
    struct arena *arena;
    fact_correction_fn *fn;
    void *ctx;
};

static enum status each_row(void *ctx, const struct db_val *col, struct err *e) {
    struct each *each = ctx;
    struct fact_correction c = { .id = col[0].i,
                                 .deed = deed_of(col[2].s),
                                 .was_name = col[4].s,
                                 .was_quote = col[5].s,
                                 .by = col[11].s,
                                 .at_us = col[12].i,
                                 .mends = (enum fact_mends)col[13].i };
    c.fact.page = (int)col[1].i;
    c.fact.type = fact_type_from_name(col[3].s);
    c.fact.box = (struct box) { (int32_t)col[6].i, (int32_t)col[7].i, (int32_t)col[8].i, (int32_t)col[9].i };
    enum status s = fact_said_read(each->arena, col[10].s, &c.fact, e);
    return s == OK ? each->fn(each->ctx, &c, e) : s;
}

enum status fact_correction_each(struct db *db, struct arena *arena, int64_t document_id,
                                 fact_correction_fn *fn, void *ctx, struct err *e) {
    const struct db_val args[] = { db_int(document_id) };
    struct each each = { arena, fn, ctx };
    return db_run(db, &q_fact_correction_list, args, each_row, &each, NULL, e);
}

struct over {
    struct arena *arena;
    size_t page_count;
    struct document_reading *reading;
};

static enum status lay_over(void *ctx, const struct fact_correction *c, struct err *e) {
    struct over *o = ctx;
    if (c->fact.page < 1 || (size_t)c->fact.page > o->page_count || c->fact.type == FACT_TYPE_COUNT)
        return OK;
    return fact_correction_apply(o->arena, c, o->reading)
               ? OK
               : fail(e, E_LIMIT, NULL, "no memory for corrected facts");
}

enum status fact_corrections_apply(struct db *db, struct arena *arena, int64_t document_id, size_t page_count,
                                   struct document_reading *reading, struct err *e) {
    struct over over = { arena, page_count, reading };
    return fact_correction_each(db, arena, document_id, lay_over, &over, e);
}

static enum status add_version(void *ctx, const struct db_val *col, struct err *e) {
    (void)e;
    *(int64_t *)ctx += col[12].i;
    return OK;
}

enum status fact_corrections_version(struct db *db, int64_t document_id, int64_t *version, struct err *e) {
    const struct db_val args[] = { db_int(document_id) };
    return db_run(db, &q_fact_correction_list, args, add_version, version, NULL, e);
}

struct sought {
    int64_t id;
    struct arena *arena;
    struct fact_correction *out;
    bool found;
};

/* What the correction is about, as it is at this moment. */
static enum status take_fact(void *ctx, const struct fact_row *row, struct err *e) {
    struct sought *s = ctx;
    if (row->id != s->id) return OK;
    s->found = true;
    s->out->fact.type = row->fact.type;
    s->out->fact.page = row->fact.page;
    s->out->fact.box = row->fact.box;
    return arena_dup(s->arena, row->fact.name_folded, &s->out->was_name) &&
                   arena_dup(s->arena, row->fact.quote, &s->out->was_quote)
               ? OK
               : fail(e, E_LIMIT, NULL, "no memory for a fact");
}

static enum status find_target(struct db *db, struct arena *a, const struct document *d, int64_t fact_id,
                               struct fact_correction *c, struct err *e) {
    struct sought sought = { fact_id, a, c, false };
    enum status s = fact_each_of_document(db, d->id, FACT_TYPE_COUNT, take_fact, &sought, e);
    if (s == OK && !sought.found)
        s = fail(e, E_NOT_FOUND, &fact_gone, "no fact %lld of document %lld", (long long)fact_id,
                 (long long)d->id);
    return s;
}

static enum status insert(struct db *db, const struct document *d, struct fact_correction *c, int64_t user_id,
                          struct err *e) {
    struct buf said;

    buf_init(&said, SAID_MAX_BYTES);
    fact_said_write(&said, &c->fact);
    const struct box box = c->fact.box;
    const struct db_val args[] = { db_int(d->id),
                                   db_int(c->fact.page),
                                   db_text(str_from_c(fact_deed_name(c->deed))),
                                   db_text(str_from_c(fact_type_name(c->fact.type))),
                                   db_text(c->was_name),
                                   db_text(c->was_quote),
                                   db_int(box.x),
                                   db_int(box.y),
                                   db_int(box.w),
                                   db_int(box.h),
                                   db_text(buf_str(&said)),
                                   db_int(user_id),
                                   db_int(c->at_us),
                                   db_int((int64_t)c->mends) };
    enum status s = buf_ok(&said) ? db_run(db, &q_fact_correction_insert, args, db_take_i64, &c->id, NULL, e)
                                  : fail(e, E_LIMIT, NULL, "a correction is too long");
    buf_done(&said);
    return s;
}

struct page_text {
    struct arena *arena;
    struct str text;
};

static enum status take_text(void *ctx, const struct page_row *row, struct err *e) {
    struct page_text *t = ctx;
    return arena_dup(t->arena, row->page.text, &t->text) ? OK
                                                         : fail(e, E_LIMIT, NULL, "no memory for a page");
}

static enum status replace_lines(struct db *db, struct arena *a, const struct document *d, int page,
                                 struct str was, struct str now, int64_t user_id, int64_t now_us, bool *done,
                                 struct err *e) {
    struct page_text read = { a, STR("") };
    struct str text;
    enum status s = page_each(db, d->id, 1, page - 1, take_text, &read, e);

    *done = false;
    if (s != OK || !fact_quote_replace(a, read.text, was, now, &text)) return s;
    const struct db_val args[] = { db_int(d->id), db_int(page), db_text(text), db_int(user_id),
                                   db_int(now_us) };
    *done = true;
    return db_run(db, &q_page_correction_save, args, NULL, NULL, NULL, e);
}

static enum status page_version(struct db *db, const struct document *d, int page, int64_t *version,
                                struct err *e) {
    const struct db_val args[] = { db_int(d->id), db_int(page) };
    return db_get_i64(db, &q_page_correction_version, args, version, e);
}

/* The lines of the page say what the fact says now. A table whose rows were put together from cells has no such lines, and stays. */
static enum status correct_lines(struct db *db, struct arena *a, const struct document *d,
                                 struct fact_correction *c, int64_t user_id, struct err *e) {
    int64_t before = 0;
    bool done = false;

    if (c->deed != FACT_CHANGE || str_eq(c->fact.quote, c->was_quote)) return OK;
    enum status s = page_version(db, d, c->fact.page, &before, e);
    if (s == OK)
        s = replace_lines(db, a, d, c->fact.page, c->was_quote, c->fact.quote, user_id, c->at_us, &done, e);
    if (s == OK && done) c->mends = before ? MENDS_PAGE_AGAIN : MENDS_PAGE;
    return s;
}

/* And what it said before, when that is taken back. */
static enum status uncorrect_lines(struct db *db, struct arena *a, const struct document *d,
                                   const struct fact_correction *c, int64_t user_id, int64_t now_us,
                                   bool *from_original, struct err *e) {
    const struct db_val page[] = { db_int(d->id), db_int(c->fact.page) };
    int64_t now = 0;
    bool done;

    if (c->mends == MENDS_NOTHING) return OK;
    enum status s = page_version(db, d, c->fact.page, &now, e);
    if (s != OK) return s;
    *from_original = c->mends == MENDS_PAGE && now == c->at_us;
    if (*from_original) return db_run(db, &q_page_correction_delete, page, NULL, NULL, NULL, e);
    return replace_lines(db, a, d, c->fact.page, c->fact.quote, c->was_quote, user_id, now_us, &done, e);
}

enum status fact_correction_save(struct db *db, struct arena *a, const struct documents *room,
                                 const struct document *d, struct fact_correction *c, int64_t fact_id,
                                 int64_t user_id, int64_t now_us, struct err *e) {
    static const char *const actions[] = { [FACT_CHANGE] = "document.correct_fact",
                                           [FACT_REMOVE] = "document.reject_fact",
                                           [FACT_ADD] = "document.add_fact" };
    struct page page;
    enum status s;

    c->at_us = now_us;
    if ((s = db_begin(db, e)) != OK) return s;
    s = c->deed == FACT_ADD ? page_get_geometry(db, d->id, c->fact.page, &page, e)
                            : find_target(db, a, d, fact_id, c, e);
    if (s == OK) s = correct_lines(db, a, d, c, user_id, e);
    if (s == OK) s = insert(db, d, c, user_id, e);
    if (s == OK) s = correction_done(db, a, room, d, str_from_c(actions[c->deed]), false, user_id, now_us, e);
    return db_finish(db, s, e);
}

struct taken_back {
    struct arena *arena;
    int64_t id;
    struct fact_correction correction;
};

static enum status take_correction(void *ctx, const struct fact_correction *c, struct err *e) {
    struct taken_back *t = ctx;
    if (c->id != t->id) return OK;
    t->correction = *c;
    return arena_dup(t->arena, c->was_quote, &t->correction.was_quote)
               ? OK
               : fail(e, E_LIMIT, NULL, "no memory for a correction");
}

static enum status take_back(struct db *db, struct arena *a, const struct document *d, int64_t id,
                             int64_t user_id, int64_t now_us, bool *from_original, struct err *e) {
    const struct db_val args[] = { db_int(id), db_int(d->id) };
    struct taken_back t = { .arena = a, .id = id };
    enum status s = fact_correction_each(db, a, d->id, take_correction, &t, e);

    if (s == OK && t.correction.id == 0)
        s = fail(e, E_NOT_FOUND, &correction_gone, "no fact correction %lld of document %lld", (long long)id,
                 (long long)d->id);
    if (s == OK) s = db_run(db, &q_fact_correction_delete, args, NULL, NULL, NULL, e);
    return s == OK ? uncorrect_lines(db, a, d, &t.correction, user_id, now_us, from_original, e) : s;
}

enum status fact_correction_take_back(struct db *db, struct arena *a, const struct documents *room,
                                      const struct document *d, int64_t id, int64_t user_id, int64_t now_us,
                                      struct err *e) {
    bool from_original = false;
    enum status s = db_begin(db, e);

    if (s != OK) return s;
    s = take_back(db, a, d, id, user_id, now_us, &from_original, e);
    if (s == OK)
        s = correction_done(db, a, room, d, STR("document.uncorrect_fact"), from_original, user_id, now_us,
                            e);
    return db_finish(db, s, e);
}
