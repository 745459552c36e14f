/*
 * patient_zip_api -- everything of a patient who leaves, as one archive: the export as JSON, a page to read in his language, and each of his papers as
 * it was given. Sent while it is packed: of the papers only a piece is in memory at any time.
 */
#include "base/utf8.h"
#include "http/zip_stream.h"
#include "patients/patient_export.h"
#include "patients/patient_handlers.h"
#include "patients/patient_page.h"
#include "patients/patients.h"

enum { READER_BYTES = 1 << 20, TITLE_BYTES = 60, TEXT_MAX_BYTES = 32 * 1024 * 1024 };

struct paper {
    struct paper *next;
    const struct patient_part *part;
    struct str key;
    const char *name;
    int64_t size_bytes, time_us;
    struct page_paper shown;
};

struct zip {
    struct zip_stream stream; /* the first member */
    struct arena *arena;      /* of the request */
    struct arena *reading;    /* of the paper that is being packed */
    struct buf json, page;
    int64_t now_us;
    struct paper *first, **end;
    size_t count;

    int texts_told;         /* page and JSON come before the papers */
    struct str text;        /* what is left of the one under way */
    const struct paper *at; /* the next paper */
    const struct paper *under_way;
    void *reader;
};

/* ---- which papers ---- */

/*
 * "ordonnance-du-dr-fall" of "Ordonnance du Dr Fall / ../x": small letters and digits with hyphens between, so that no system reads a path, a device or
 * an option in it.
 */
static bool plain_title(struct arena *a, struct str title, struct buf *out) {
    struct str folded;
    size_t from = out->n;

    if (!utf8_fold(a, title, &folded)) return false;
    for (size_t i = 0; i < folded.n && out->n - from < TITLE_BYTES; i++) {
        char c = folded.p[i];
        bool plain = (c >= 'a' && c <= 'z') || is_digit(c);
        if (plain)
            buf_add_char(out, c);
        else if (out->n > from && out->p[out->n - 1] != '-')
            buf_add_char(out, '-');
    }
    if (out->n > from && out->p[out->n - 1] == '-') out->n--;
    return true;
}

/* "documents/2026-03-12_ordonnance_4.pdf": by day in every list of files, and by its number never twice. */
static enum status name_paper(struct zip *z, const struct patient_file *f, const char **out, struct err *e) {
    char day[DATE_ISO_BYTES] = "";
    struct buf name;

    buf_init(&name, 256);
    buf_add(&name, STR("documents/"));
    if (f->date.year) date_format_iso(f->date, day);
    if (day[0]) buf_addf(&name, "%s_", day);
    size_t before = name.n;
    bool ok = plain_title(z->arena, f->title, &name);
    if (name.n > before) buf_add_char(&name, '_');
    buf_addf(&name, "%lld%s", (long long)f->id, f->suffix);
    ok = ok && buf_ok(&name) && (*out = arena_cstr(z->arena, buf_str(&name)));
    buf_done(&name);
    return ok ? OK : fail(e, E_LIMIT, NULL, "no memory for the name of a paper");
}

struct listing {
    struct zip *zip;
    const struct patient_part *part;
};

static enum status add_paper(void *ctx, const struct patient_file *f, struct err *e) {
    const struct listing *l = ctx;
    struct zip *z = l->zip;
    struct paper *p = arena_alloc(z->arena, sizeof *p);
    enum status s;

    if (!p) return fail(e, E_LIMIT, NULL, "no memory for a list of papers");
    *p = (struct paper) { .part = l->part, .size_bytes = f->size_bytes, .time_us = f->created_at_us };
    if ((s = name_paper(z, f, &p->name, e)) != OK) return s;
    p->shown = (struct page_paper) { .name = str_from_c(p->name), .date = f->date };
    if (!arena_dup(z->arena, f->key, &p->key) || !arena_dup(z->arena, f->title, &p->shown.title))
        return fail(e, E_LIMIT, NULL, "no memory for a list of papers");
    *z->end = p;
    z->end = &p->next;
    z->count++;
    return OK;
}

static enum status list_papers(struct zip *z, const struct patients *room, struct db *db, int64_t id,
                               struct err *e) {
    enum status s = OK;
    for (const struct patient_part *part = room->parts; s == OK && part && part->name; part++) {
        struct listing l = { z, part };
        if (part->files) s = part->files(part->ctx, db, id, add_paper, &l, e);
    }
    z->at = z->first;
    return s;
}

/* ---- what is sent ---- */

static enum status next_file(struct zip_stream *stream, struct zip_file *f) {
    struct zip *z = (struct zip *)stream;

    z->under_way = NULL;
    if (z->texts_told < 2) {
        bool page = z->texts_told++ == 0;
        z->text = buf_str(page ? &z->page : &z->json);
        *f = (struct zip_file) { page ? "record.html" : "record.json", (int64_t)z->text.n, z->now_us, true };
        return OK;
    }
    if (!z->at) return E_NOT_FOUND;
    const struct paper *p = z->under_way = z->at;
    z->at = p->next;
    arena_reset(z->reading); /* closes the one before */
    *f = (struct zip_file) { p->name, p->size_bytes, p->time_us, false };
    enum status s = p->part->open_file(p->part->ctx, z->reading, p->key, &z->reader, NULL);
    return s == E_NOT_FOUND ? E_INTERNAL
                            : s; /* a paper that is gone must not end the archive as if it were whole */
}

static int64_t read_file(struct zip_stream *stream, char *out, size_t max) {
    struct zip *z = (struct zip *)stream;
    if (z->under_way) return z->under_way->part->read_file(z->reader, out, max);
    size_t n = z->text.n < max ? z->text.n : max;
    if (n) memcpy(out, z->text.p, n);
    z->text = str_sub(z->text, n, z->text.n);
    return (int64_t)n;
}

static void zip_done(struct zip_stream *stream) {
    struct zip *z = (struct zip *)stream;
    arena_free(z->reading);
    buf_done(&z->json);
    buf_done(&z->page);
}

static enum status write_texts(struct zip *z, struct request *rq, int64_t id, enum lang lang, struct err *e) {
    struct json_out json = json_out_to(&z->json);
    struct page_paper *shown = arena_array(z->arena, z->count ? z->count : 1, sizeof *shown);
    enum status s;

    if (!shown || !z->reading) return fail(e, E_LIMIT, NULL, "no memory for an archive");
    size_t n = 0;
    for (const struct paper *p = z->first; p; p = p->next) shown[n++] = p->shown;
    if ((s = patient_export_write(rq, id, &json, e)) != OK) return s;
    if (!buf_ok(&z->json)) return fail(e, E_LIMIT, NULL, "a record is too long");
    return patient_page_write(buf_str(&z->json), shown, n, lang, &z->page, e);
}

/* One look at the database for list, page and JSON: they say the same. */
static enum status prepare(struct zip *z, struct request *rq, int64_t id, struct err *e) {
    struct patient p;
    enum status s = patient_get(rq->db, rq->arena, id, &p, e);

    if (s == OK) s = list_papers(z, rq->room, rq->db, id, e);
    return s == OK ? write_texts(z, rq, id, p.language, e) : s;
}

enum status patient_zip_get(struct request *rq, struct reply *re, struct err *e) {
    struct patient_actor actor = patient_actor_of(rq);
    struct zip *z = arena_alloc(rq->arena, sizeof *z);
    struct str name;
    int64_t id;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    if (!z || !arena_printf(rq->arena, &name, "attachment; filename=\"patient-%lld.zip\"", (long long)id))
        return fail(e, E_LIMIT, NULL, "no memory for an archive");
    if ((s = patient_note_export(rq->db, &actor, id, e)) != OK) return s;
    if ((s = reply_header(re, "Content-Disposition", name, e)) != OK) return s;
    *z = (struct zip) { .stream = { .next = next_file, .read = read_file, .done = zip_done },
                        .arena = rq->arena,
                        .reading = arena_new(READER_BYTES),
                        .now_us = rq->now_us };
    z->end = &z->first;
    buf_init(&z->json, TEXT_MAX_BYTES);
    buf_init(&z->page, TEXT_MAX_BYTES);
    if ((s = prepare(z, rq, id, e)) != OK) {
        zip_done(&z->stream);
        return s;
    }
    return zip_stream_start(&z->stream, re, e);
}
