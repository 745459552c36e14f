#include "search/record.h"

static enum status no_memory(struct err *err) {
    return fail(err, E_LIMIT, NULL, "a record takes more than %zu bytes", RECORD_MAX_BYTES);
}

enum status record_new(struct record **out, struct err *err) {
    struct arena *arena = arena_new(RECORD_MAX_BYTES);
    if (!arena) return no_memory(err);
    struct record *r = arena_alloc(arena, sizeof *r);
    enum status s = r ? postings_init(&r->postings, arena, err) : no_memory(err);
    if (s != OK) {
        arena_free(arena);
        return s;
    }
    r->arena = arena;
    *out = r;
    return OK;
}

void record_free(struct record *r) {
    if (r) arena_free(r->arena);
}

size_t record_bytes(const struct record *r) {
    return arena_used_bytes(r->arena);
}

/* Room for one more item: a larger copy when the array is full. NULL: no memory. */
static void *grown(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) return items;
    size_t more = *capacity ? *capacity * 2 : 16;
    void *larger = arena_array(arena, more, size);
    if (!larger) return NULL;
    if (count) memcpy(larger, items, count * size);
    *capacity = more;
    return larger;
}

static bool keep(struct record *r, struct str *s) {
    return arena_dup(r->arena, *s, s);
}

enum status record_add_document(struct record *r, struct text_reader *reader,
                                const struct record_document *in, struct err *err) {
    size_t n = r->document_count;
    if (n && r->documents[n - 1].id >= in->id)
        return fail(err, E_INTERNAL, NULL, "documents not by rising id");
    struct record_document *all = grown(r->arena, r->documents, n, &r->document_capacity, sizeof *all);
    if (!all) return no_memory(err);
    r->documents = all;
    struct record_document d = *in;
    if (!keep(r, &d.title) || !keep(r, &d.author)) return no_memory(err);
    enum status s = text_tokens(reader, r->arena, d.title, TEXT_DOCUMENT, &d.titled, err);
    if (s != OK) return s;
    r->documents[r->document_count++] = d;
    return OK;
}

static enum status find_document(const struct record *r, int64_t id, uint32_t *index) {
    size_t low = 0, high = r->document_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->documents[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == r->document_count || r->documents[low].id != id) return E_NOT_FOUND;
    *index = (uint32_t)low;
    return OK;
}

enum status record_add_chunk(struct record *r, int64_t document_id, const struct record_chunk *in,
                             struct str terms, struct err *err) {
    struct record_chunk *all = grown(r->arena, r->chunks, r->chunk_count, &r->chunk_capacity, sizeof *all);
    if (!all) return no_memory(err);
    r->chunks = all;
    struct record_chunk c = *in;
    enum status s = find_document(r, document_id, &c.document);
    if (s != OK) return s;
    if (!keep(r, &c.heading) || !keep(r, &c.text)) return no_memory(err);
    s = postings_add_chunk(&r->postings, terms, &r->documents[c.document].titled, &c.words, err);
    if (s == OK) r->chunks[r->chunk_count++] = c;
    return s;
}

enum status record_add_fact(struct record *r, int64_t document_id, const struct fact *in, struct err *err) {
    struct record_fact *all = grown(r->arena, r->facts, r->fact_count, &r->fact_capacity, sizeof *all);
    if (!all) return no_memory(err);
    r->facts = all;
    struct record_fact f = { .fact = *in };
    enum status s = find_document(r, document_id, &f.document);
    if (s != OK) return s;
    struct fact *k = &f.fact;
    struct str *texts[] = { &k->quote,       &k->name,  &k->name_folded, &k->strength,  &k->form,
                            &k->dose,        &k->route, &k->frequency,   &k->duration,  &k->renewals,
                            &k->instruction, &k->value, &k->unit,        &k->reference, &k->flag,
                            &k->specimen,    &k->lot,   &k->due,         &k->day };
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (!keep(r, texts[i])) return no_memory(err);
    r->facts[r->fact_count++] = f;
    return OK;
}

struct date record_fact_day(const struct record *r, const struct record_fact *f) {
    struct date day;
    return date_parse_iso(f->fact.day, &day) ? day : r->documents[f->document].date;
}

enum corrected_by record_corrected_by(const struct record *r, uint32_t document, int page, struct str quote) {
    for (size_t i = 0; i < r->fact_count; i++) {
        const struct fact *f = &r->facts[i].fact;
        if (f->corrected_by == CORRECTED_BY_NOBODY || r->facts[i].document != document || f->page != page)
            continue;
        if (str_find(quote, f->quote) < quote.n || str_find(f->quote, quote) < f->quote.n)
            return f->corrected_by;
    }
    return CORRECTED_BY_NOBODY;
}

static enum status add_file_text(struct record *r, struct text_reader *reader, struct str heading,
                                 struct str text, struct err *err) {
    if (text.n == 0) return OK;
    struct str terms;
    struct record_chunk chunk = { .confidence = 100, .heading = heading, .text = text };
    enum status s = terms_pack(reader, r->arena, heading, text, &terms, err);
    return s == OK ? record_add_chunk(r, 0, &chunk, terms, err) : s;
}

enum status record_add_file(struct record *r, struct text_reader *reader, struct err *err) {
    if (r->allergies.n + r->current_medications.n + r->medical_history.n == 0) return OK;
    struct record_document file = { .title = STR("Fiche du patient"), .kind = KIND_OTHER };
    enum status s = record_add_document(r, reader, &file, err);
    if (s == OK) s = add_file_text(r, reader, STR("Allergies"), r->allergies, err);
    if (s == OK) s = add_file_text(r, reader, STR("Traitement en cours"), r->current_medications, err);
    if (s == OK) s = add_file_text(r, reader, STR("Antécédents médicaux"), r->medical_history, err);
    return s;
}

enum status record_add_vector(struct record *r, uint32_t chunk, struct str packed, struct err *err) {
    struct vector_rows *v = &r->vectors;
    if (packed.n <= VECTOR_SCALE_BYTES) return OK;
    if (!v->capacity) {
        enum status s =
            vector_rows_init(v, r->arena, packed.n - VECTOR_SCALE_BYTES, r->chunk_count - chunk, err);
        if (s != OK) return s;
        r->vector_chunks = arena_array(r->arena, v->capacity, sizeof *r->vector_chunks);
        if (!r->vector_chunks) return no_memory(err);
    }
    if (vector_rows_add(v, packed)) r->vector_chunks[v->count - 1] = chunk;
    return OK;
}

enum status record_add_vector_of(struct record *r, uint32_t *cursor, int64_t document_id, int64_t chunk_id,
                                 struct str packed, struct err *err) {
    for (; *cursor < r->chunk_count; ++*cursor) {
        const struct record_chunk *c = &r->chunks[*cursor];
        int64_t of = r->documents[c->document].id;
        if (of > document_id || (of == document_id && c->id >= chunk_id)) break;
    }
    if (*cursor == r->chunk_count || r->chunks[*cursor].id != chunk_id) return OK;
    return record_add_vector(r, (*cursor)++, packed, err);
}
