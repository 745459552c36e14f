/*
 * reading_store -- pages and facts in the database.
 */
#include "documents/document_row.h"

#include "documents/fact_correction.h"
#include "documents/page_wire.h"
#include "queries.h"

static const struct message page_unknown = { "page_not_found", "Cette page n’existe pas dans ce document.",
                                             "This document has no such page." };

/* Words of PAGE_WORDS_MAX with their longest texts. */
enum { WORDS_PACKED_MAX = PAGE_WIRE_MAX };

static const char *const source_names[] = {
    [PAGE_TEXT] = "text", [PAGE_OCR] = "ocr", [PAGE_CORRECTED] = "corrected", [PAGE_UNREAD] = "unread"
};

const char *page_source_name(enum page_source source) {
    return source_names[source];
}

static enum page_source source_of(struct str name) {
    for (size_t i = 0; i < COUNT_OF(source_names); i++)
        if (str_eq(name, str_from_c(source_names[i]))) return (enum page_source)i;
    return PAGE_OCR;
}

static enum status insert_page(struct db *db, int64_t document_id, const struct page *p, struct err *e) {
    struct buf words, corners;

    buf_init(&words, WORDS_PACKED_MAX);
    buf_init(&corners, sizeof p->turn.corners);
    page_wire_put_words(&words, p);
    corners_wire_put(&corners, &p->turn.corners);
    const struct db_val args[] = { db_int(document_id),
                                   db_int(p->number),
                                   db_int(p->width),
                                   db_int(p->height),
                                   db_text(str_from_c(page_source_name(p->source))),
                                   db_int(p->confidence),
                                   db_int(p->legible),
                                   db_text(p->text),
                                   db_blob(buf_str(&words)),
                                   db_int(p->turn.quarters),
                                   db_int(p->turn.skew_mdeg),
                                   db_text(p->attachment),
                                   corners_are_none(&p->turn.corners) ? db_null()
                                                                      : db_blob(buf_str(&corners)) };
    enum status s = buf_ok(&words) ? db_run(db, &q_document_page_insert, args, NULL, NULL, NULL, e)
                                   : fail(e, E_LIMIT, NULL, "page %d of document %lld is too large",
                                          p->number, (long long)document_id);
    buf_done(&words);
    buf_done(&corners);
    return s;
}

static enum status insert_fact(struct db *db, const struct document *d, const struct fact *f, struct err *e) {
    const struct db_val args[] = {
        db_int(d->patient_id), db_int(d->id),
        db_int(f->page),       db_text(str_from_c(fact_type_name(f->type))),
        db_int(f->box.x),      db_int(f->box.y),
        db_int(f->box.w),      db_int(f->box.h),
        db_int(f->confidence), db_text(f->quote),
        db_text(f->name),      db_text(f->name_folded),
        db_text(f->strength),  db_text(f->form),
        db_text(f->dose),      db_text(f->route),
        db_text(f->frequency), db_text(f->duration),
        db_text(f->renewals),  db_text(f->instruction),
        db_text(f->value),     db_text(f->unit),
        db_text(f->reference), db_text(f->flag),
        db_text(f->specimen),  db_text(f->lot),
        db_text(f->due),       db_int(f->correction_id),
        db_text(f->day),
    };
    return db_run(db, &q_fact_insert, args, NULL, NULL, NULL, e);
}

static int64_t count_illegible(const struct page *pages, size_t count) {
    int64_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (!pages[i].legible) n++;
    return n;
}

static enum status set_read(struct db *db, const struct document *d, const struct page *pages, size_t count,
                            const struct document_reading *r, bool names_another, struct str error_code,
                            int64_t now_us, struct err *e) {
    char date[DATE_ISO_BYTES], birth[DATE_ISO_BYTES] = "";

    if (r->date.year) date_format_iso(r->date, date);
    if (r->patient_birth.year) date_format_iso(r->patient_birth, birth);
    const struct db_val args[] = { db_int(d->id),
                                   db_text(r->author),
                                   db_int(names_another),
                                   db_int((int64_t)count),
                                   db_int(count_illegible(pages, count)),
                                   db_text(r->title),
                                   db_text(str_from_c(document_kind_name(r->kind))),
                                   r->date.year ? db_text(str_from_c(date)) : db_null(),
                                   db_int(now_us),
                                   db_text(r->patient_name),
                                   db_text(str_from_c(birth)),
                                   db_text(error_code) };
    return db_run(db, &q_document_set_read, args, NULL, NULL, NULL, e);
}

enum status document_store_reading(struct db *db, const struct document *d, const struct page *pages,
                                   size_t page_count, const struct document_reading *r, bool names_another,
                                   struct str error_code, int64_t now_us, struct err *e) {
    const struct db_val id[] = { db_int(d->id) };
    enum status s;

    s = db_run(db, &q_document_page_delete_all, id, NULL, NULL, NULL, e);
    if (s == OK) s = db_run(db, &q_fact_delete_of_document, id, NULL, NULL, NULL, e);
    for (size_t i = 0; i < page_count && s == OK; i++) s = insert_page(db, d->id, &pages[i], e);
    for (size_t i = 0; i < r->fact_count && s == OK; i++) s = insert_fact(db, d, &r->facts[i], e);
    return s == OK ? set_read(db, d, pages, page_count, r, names_another, error_code, now_us, e) : s;
}

enum status page_count(struct db *db, int64_t document_id, int64_t *count, struct err *e) {
    const struct db_val args[] = { db_int(document_id) };
    return db_get_i64(db, &q_document_page_count, args, count, e);
}

static enum status page_geometry_row(void *ctx, const struct db_val *col, struct err *e) {
    (void)e;
    *(struct page *)ctx =
        (struct page) { .number = (int)col[0].i,
                        .width = (int32_t)col[1].i,
                        .height = (int32_t)col[2].i,
                        .turn = { (uint8_t)col[3].i, (int32_t)col[4].i, corners_wire_read(col[5].s) } };
    return OK;
}

enum status page_get_geometry(struct db *db, int64_t document_id, int64_t number, struct page *out,
                              struct err *e) {
    const struct db_val args[] = { db_int(document_id), db_int(number) };

    out->number = 0;
    enum status s = db_run(db, &q_document_page_get, args, page_geometry_row, out, NULL, e);
    if (s == OK && out->number == 0)
        s = fail(e, E_NOT_FOUND, &page_unknown, "no page %lld of document %lld", (long long)number,
                 (long long)document_id);
    return s;
}

struct each_page {
    page_row_fn *fn;
    void *ctx;
};

static enum status each_page_row(void *ctx, const struct db_val *col, struct err *e) {
    struct each_page *each = ctx;
    struct page_row row = { .page = { .number = (int)col[0].i,
                                      .width = (int32_t)col[1].i,
                                      .height = (int32_t)col[2].i,
                                      .source = source_of(col[3].s),
                                      .confidence = (uint8_t)col[4].i,
                                      .legible = col[5].i != 0,
                                      .text = col[6].s,
                                      .turn = { (uint8_t)col[8].i, (int32_t)col[9].i,
                                                corners_wire_read(col[11].s) },
                                      .attachment = col[10].s },
                            .words_packed = col[7].s,
                            .corrected_at_us = col[12].i,
                            .corrected_by = col[13].s };
    return each->fn(each->ctx, &row, e);
}

enum status page_each(struct db *db, int64_t document_id, int64_t limit, int64_t offset, page_row_fn *fn,
                      void *ctx, struct err *e) {
    const struct db_val args[] = { db_int(document_id), db_int(limit), db_int(offset) };
    struct each_page each = { fn, ctx };
    return db_run(db, &q_document_page_list, args, each_page_row, &each, NULL, e);
}

static enum status each_outline_row(void *ctx, const struct db_val *col, struct err *e) {
    struct each_page *each = ctx;
    struct page_row row = { .page = { .number = (int)col[0].i,
                                      .source = source_of(col[1].s),
                                      .confidence = (uint8_t)col[2].i,
                                      .legible = col[3].i != 0,
                                      .attachment = col[4].s } };
    return each->fn(each->ctx, &row, e);
}

enum status page_outline(struct db *db, int64_t document_id, page_row_fn *fn, void *ctx, struct err *e) {
    const struct db_val args[] = { db_int(document_id) };
    struct each_page each = { fn, ctx };
    return db_run(db, &q_document_outline, args, each_outline_row, &each, NULL, e);
}

struct each_fact {
    fact_row_fn *fn;
    void *ctx;
};

static enum corrected_by corrected_by(struct str deed, struct str role) {
    if (!str_eq(deed, str_from_c(fact_deed_name(FACT_CHANGE)))) return CORRECTED_BY_NOBODY;
    enum role r = role_from_name(role);
    return r == ROLE_DOCTOR || r == ROLE_ADMIN ? CORRECTED_BY_DOCTOR : CORRECTED_BY_STAFF;
}

static enum status each_fact_row(void *ctx, const struct db_val *col, struct err *e) {
    struct each_fact *each = ctx;
    struct fact_row row = {
        .id = col[0].i,
        .document_id = col[1].i,
        .document_date = col[25].s,
        .fact = { .page = (int)col[2].i,
                  .type = fact_type_from_name(col[3].s),
                  .box = { (int32_t)col[4].i, (int32_t)col[5].i, (int32_t)col[6].i, (int32_t)col[7].i },
                  .confidence = (uint8_t)col[8].i,
                  .quote = col[9].s,
                  .name = col[10].s,
                  .name_folded = col[11].s,
                  .strength = col[12].s,
                  .form = col[13].s,
                  .dose = col[14].s,
                  .route = col[15].s,
                  .frequency = col[16].s,
                  .duration = col[17].s,
                  .renewals = col[18].s,
                  .instruction = col[19].s,
                  .value = col[20].s,
                  .unit = col[21].s,
                  .reference = col[22].s,
                  .flag = col[23].s,
                  .specimen = col[24].s,
                  .lot = col[26].s,
                  .due = col[27].s,
                  .day = col[33].s,
                  .correction_id = col[28].i,
                  .corrected_by = corrected_by(col[29].s, col[32].s) },
        .corrected_deed = col[29].s,
        .corrected_by = col[30].s,
        .corrected_at_us = col[31].i,
    };
    return each->fn(each->ctx, &row, e);
}

static enum status each_fact(struct db *db, const struct db_query *q, int64_t id, enum fact_type type,
                             fact_row_fn *fn, void *ctx, struct err *e) {
    const struct db_val args[] = {
        db_int(id), db_text(type == FACT_TYPE_COUNT ? STR("") : str_from_c(fact_type_name(type)))
    };
    struct each_fact each = { fn, ctx };
    return db_run(db, q, args, each_fact_row, &each, NULL, e);
}

enum status fact_each_of_patient(struct db *db, int64_t patient_id, enum fact_type type, fact_row_fn *fn,
                                 void *ctx, struct err *e) {
    return each_fact(db, &q_fact_list_of_patient, patient_id, type, fn, ctx, e);
}

enum status fact_each_of_document(struct db *db, int64_t document_id, enum fact_type type, fact_row_fn *fn,
                                  void *ctx, struct err *e) {
    return each_fact(db, &q_fact_list_of_document, document_id, type, fn, ctx, e);
}
