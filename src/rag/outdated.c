#include "rag/outdated.h"

#include "guard/statement.h"
#include "language/names.h"
#include "rag/treatment.h"

struct chunk_said {
    bool read;
    struct statement said;
};

struct outdated {
    struct arena *arena;
    struct text_reader *reader;
    const struct record *record;
    struct chunk_said *chunks; /* as they are needed */
};

enum status outdated_new(struct arena *arena, struct text_reader *reader, const struct record *record,
                         struct outdated **out, struct err *err) {
    struct outdated *o = arena_alloc(arena, sizeof *o);
    struct chunk_said *chunks = arena_array(arena, record->chunk_count + 1, sizeof *chunks);
    if (!o || !chunks) return fail(err, E_LIMIT, NULL, "no memory for what is outdated");
    *o = (struct outdated) { arena, reader, record, chunks };
    *out = o;
    return OK;
}

static enum status read_chunk(struct outdated *o, uint32_t chunk, const struct statement **out,
                              struct err *err) {
    struct chunk_said *c = &o->chunks[chunk];
    *out = &c->said;
    if (c->read) return OK;
    enum status s = statement_read(o->arena, o->reader, o->record->chunks[chunk].text, &c->said, err);
    c->read = s == OK;
    return s;
}

/* How the statement knows the medicine; 0: not. */
static uint32_t subject_of(const struct statement *s, struct str stem) {
    for (size_t i = 0; i < s->tokens.count; i++)
        if (s->subject[i] && str_eq(s->tokens.items[i].stem, stem)) return s->subject[i];
    return 0;
}

static bool says_figure(const struct statement *s, uint32_t subject, const struct quantity *q) {
    for (size_t i = 0; i < s->quantity_count; i++)
        if (quantity_is_said(q, &s->quantities[i]) && statement_owner(s, s->quantities[i].first) == subject)
            return true;
    return false;
}

static bool says_turn(const struct statement *s, uint32_t subject, uint8_t turn) {
    for (size_t i = 0; i < s->tokens.count; i++)
        if (s->turn[i] == turn && statement_owner(s, i) == subject) return true;
    return false;
}

/* Something that `later` says of how to take the medicine does not stand in `earlier`. */
static bool differs(const struct statement *later, const struct statement *earlier, struct str stem) {
    uint32_t of_later = subject_of(later, stem), of_earlier = subject_of(earlier, stem);
    /* Named, and not known how: what belongs to it can't be told. */
    if (!of_later || !of_earlier) return true;
    for (size_t i = 0; i < later->quantity_count; i++) {
        const struct quantity *q = &later->quantities[i];
        if (q->day.day || q->sense == SENSE_SINCE || statement_owner(later, q->first) != of_later) continue;
        if (!says_figure(earlier, of_earlier, q)) return true;
    }
    for (size_t i = 0; i < later->tokens.count; i++)
        if (later->turn[i] >= TURN_STOP && later->turn[i] <= TURN_NIGHT &&
            statement_owner(later, i) == of_later && !says_turn(earlier, of_earlier, later->turn[i]))
            return true;
    return false;
}

/* Whether any later paper says something else of it. */
static enum status is_changed(struct outdated *o, uint32_t chunk, struct str stem, bool *changed,
                              struct err *err) {
    const struct record *r = o->record;
    const struct record_document *mine = &r->documents[r->chunks[chunk].document];
    const struct statement *earlier, *later;
    bool *named = arena_array(o->arena, r->chunk_count + 1, sizeof *named);
    *changed = false;
    if (!named) return fail(err, E_LIMIT, NULL, "no memory for what is outdated");
    postings_mark(&r->postings, stem, named);
    enum status s = read_chunk(o, chunk, &earlier, err);
    for (uint32_t k = 0; k < r->chunk_count && s == OK && !*changed; k++) {
        if (!named[k] || !treatment_is_later(&r->documents[r->chunks[k].document], mine)) continue;
        s = read_chunk(o, k, &later, err);
        *changed = s == OK && differs(later, earlier, stem);
    }
    return s;
}

enum status outdated_find(struct outdated *o, uint32_t chunk, struct str *stems, struct err *err) {
    const struct statement *said;
    *stems = STR("");
    enum status s = read_chunk(o, chunk, &said, err);
    for (size_t i = 0; s == OK && i < said->tokens.count; i++) {
        const struct token *t = &said->tokens.items[i];
        bool changed;
        if (!names_is_medicine(t->folded)) continue;
        s = is_changed(o, chunk, t->stem, &changed, err);
        if (s == OK && changed &&
            !arena_printf(o->arena, stems, "%.*s%s%.*s", STR_ARG(*stems), stems->n ? " " : "",
                          STR_ARG(t->stem)))
            s = fail(err, E_LIMIT, NULL, "no memory for what is outdated");
    }
    return s;
}
