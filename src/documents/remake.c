#include "documents/remake.h"

#include "documents/correction.h"
#include "documents/document_event.h"
#include "documents/document_row.h"
#include "documents/extract.h"
#include "documents/fact_strike.h"
#include "documents/ingest.h"
#include "documents/page_wire.h"
#include "patients/patient.h"

/* Of one making, in the place of a request's arena, which is too small for the words of many pages. */
enum { REMAKE_ARENA_BYTES = 256 << 20 };

/* The doctor may have typed all of them. */
static bool has_unread(const struct page *pages, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (pages[i].source == PAGE_UNREAD) return true;
    return false;
}

enum status document_make(struct db *db, struct arena *arena, const struct document *d, struct page *pages,
                          size_t count, struct document_made *out, struct err *e) {
    struct patient p;
    enum status s;

    if ((s = patient_get(db, arena, d->patient_id, &p, e)) != OK) return s;
    if ((s = corrections_apply(db, arena, d->id, pages, count, &out->corrections, e)) != OK) return s;
    out->pages = pages;
    out->page_count = count;
    out->unread = has_unread(pages, count);
    struct date received = date_of_us(d->created_at_us);
    if ((s = document_read_pages(arena, pages, count, received, &out->reading, e)) != OK) return s;
    if ((s = fact_corrections_apply(db, arena, d->id, count, &out->reading, e)) != OK) return s;
    if ((s = fact_strikes_apply(db, arena, d->id, pages, count, &out->quotable, e)) != OK) return s;
    if (!document_kind_by_file_name(arena, d->file_name, &out->reading))
        return fail(e, E_LIMIT, NULL, "no memory for the name of a file");
    out->names_another =
        document_names_another(arena, &out->reading, p.first_name, p.last_name, p.date_of_birth);
    return OK;
}

enum status document_keep_made(struct db *db, struct arena *arena, const struct documents *room,
                               const struct document *d, const struct document_made *made,
                               struct str error_code, int64_t now_us, struct err *e) {
    enum status s = document_store_reading(db, d, made->pages, made->page_count, &made->reading,
                                           made->names_another, error_code, now_us, e);
    if (s == OK && room->indexer.index)
        s = room->indexer.index(room->indexer.ctx, db, arena, d->patient_id, d->id, made->quotable,
                                made->page_count, &made->reading, now_us, e);
    return s == OK ? patient_touch_record(db, d->patient_id, e) : s;
}

struct stored {
    struct arena *arena;
    struct page *pages;
    size_t count, max;
};

static enum status take_page(void *ctx, const struct page_row *row, struct err *e) {
    struct stored *to = ctx;
    struct page *p = &to->pages[to->count];

    if (to->count == to->max) return fail(e, E_INTERNAL, NULL, "a document has more pages than it says");
    *p = row->page;
    if (!arena_dup(to->arena, row->page.text, &p->text) ||
        !arena_dup(to->arena, row->page.attachment, &p->attachment))
        return fail(e, E_LIMIT, NULL, "no memory for a page");
    to->count++;
    return page_wire_read_words(to->arena, row->words_packed, p, e);
}

static enum status from_stored(struct db *db, struct arena *arena, const struct documents *room,
                               const struct document *d, int64_t now_us, size_t *page_count, struct err *e) {
    struct stored stored = { .arena = arena, .max = REMAKE_PAGES_MAX };
    struct document_made made = { 0 };

    stored.pages = arena_array(arena, stored.max, sizeof *stored.pages);
    if (!stored.pages) return fail(e, E_LIMIT, NULL, "no memory for pages");
    enum status s = page_each(db, d->id, REMAKE_PAGES_MAX, 0, take_page, &stored, e);
    if (s == OK) s = document_make(db, arena, d, stored.pages, stored.count, &made, e);
    if (s != OK) return s;
    bool left_out = str_eq(d->error_code, str_from_c(extract_left_out.code));
    *page_count = made.page_count;
    return document_keep_made(db, arena, room, d, &made, made.unread || left_out ? d->error_code : STR(""),
                              now_us, e);
}

/* Until then it is not in the record: silence is better than what was withdrawn. */
static enum status wait_to_be_read(struct db *db, struct arena *arena, const struct documents *room,
                                   const struct document *d, int64_t now_us, struct err *e) {
    enum status s = document_set_status(db, d->id, STR("pending"), STR(""), now_us, e);
    if (s == OK) s = patient_touch_record(db, d->patient_id, e);
    return s == OK ? ingest_add_job(db, arena, room, d->id, d->patient_id, now_us, e) : s;
}

enum status document_remake(struct db *db, struct arena *arena, const struct documents *room,
                            const struct document *seen, bool from_original, int64_t now_us, struct err *e) {
    struct document d;
    size_t page_count = 0;
    /* As it is inside the transaction: somebody may have it read again meanwhile. */
    enum status s = document_get(db, arena, seen->id, &d, e);

    if (s != OK) return s;
    if (from_original || !str_eq(d.status, STR("indexed")) || d.page_count > REMAKE_PAGES_MAX)
        return wait_to_be_read(db, arena, room, &d, now_us, e);
    struct arena *own = arena_new(REMAKE_ARENA_BYTES);
    if (!own) return fail(e, E_RETRY, NULL, "no memory to make a document anew");
    s = from_stored(db, own, room, &d, now_us, &page_count, e);
    arena_free(own);
    if (s != OK) return s;
    /* From the caller's arena: it is told when the transaction is committed. */
    return document_event_status(room, db, arena, d.id, d.patient_id, STR("indexed"), (int64_t)page_count, e);
}
