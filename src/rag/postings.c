#include "rag/postings.h"

enum { FIRST_CAPACITY = 256, POSTINGS_BLOCK = 512 };

static enum status no_memory(struct err *err) {
    return fail(err, E_LIMIT, NULL, "the record does not fit into memory");
}

enum status postings_init(struct postings *p, struct arena *arena, struct err *err) {
    *p = (struct postings) { .arena = arena, .capacity = FIRST_CAPACITY };
    p->table = arena_array(arena, p->capacity, sizeof *p->table);
    return p->table ? OK : no_memory(err);
}

static struct vocabulary_word *slot_of(struct vocabulary_word *table, size_t capacity, uint32_t hash,
                                       struct str stem) {
    size_t i = hash & (capacity - 1);
    while (table[i].stem.p && (table[i].hash != hash || !str_eq(table[i].stem, stem)))
        i = (i + 1) & (capacity - 1);
    return &table[i];
}

static bool grow(struct postings *p) {
    size_t capacity = p->capacity * 2;
    struct vocabulary_word *table = arena_array(p->arena, capacity, sizeof *table);
    if (!table) return false;
    for (size_t i = 0; i < p->capacity; i++)
        if (p->table[i].stem.p) *slot_of(table, capacity, p->table[i].hash, p->table[i].stem) = p->table[i];
    p->table = table;
    p->capacity = capacity;
    return true;
}

static struct vocabulary_word *word_of(struct postings *p, uint32_t hash, struct str stem) {
    struct vocabulary_word *w = slot_of(p->table, p->capacity, hash, stem);
    if (w->stem.p) return w;
    if (p->words * 2 >= p->capacity) {
        if (!grow(p)) return NULL;
        w = slot_of(p->table, p->capacity, hash, stem);
    }
    if (!arena_dup(p->arena, stem, &w->stem)) return NULL;
    w->hash = hash;
    p->words++;
    return w;
}

static struct posting *posting_of(struct postings *p, struct vocabulary_word *w, uint32_t chunk) {
    if (w->first && w->first->chunk == chunk) return w->first;
    if (p->free_count == 0) {
        p->free_postings = arena_array(p->arena, POSTINGS_BLOCK, sizeof *p->free_postings);
        if (!p->free_postings) return NULL;
        p->free_count = POSTINGS_BLOCK;
    }
    struct posting *posting = p->free_postings++;
    p->free_count--;
    posting->chunk = chunk;
    posting->next = w->first;
    w->first = posting;
    w->chunks++;
    return posting;
}

enum status postings_add_chunk(struct postings *p, struct str blob, const struct tokens *title,
                               uint16_t *words, struct err *err) {
    struct terms terms;
    struct term term;
    if (!terms_open(blob, &terms))
        return fail(err, E_INTERNAL, NULL, "stored terms of a chunk have an unknown form");
    while (terms_next(&terms, &term)) {
        struct vocabulary_word *w = word_of(p, term.hash, term.stem);
        struct posting *posting = w ? posting_of(p, w, p->chunk_count) : NULL;
        if (!posting) return no_memory(err);
        posting->in_text = term.in_text;
        posting->in_heading = term.in_heading;
    }
    if (!terms_whole(&terms)) return fail(err, E_INTERNAL, NULL, "stored terms of a chunk are damaged");
    for (size_t i = 0; i < title->count; i++) {
        if (title->items[i].stop) continue;
        struct str stem = title->items[i].stem;
        struct vocabulary_word *w = word_of(p, text_hash(stem), stem);
        struct posting *posting = w ? posting_of(p, w, p->chunk_count) : NULL;
        if (!posting) return no_memory(err);
        posting->in_title = (uint8_t)(posting->in_title + (posting->in_title < UINT8_MAX));
    }
    *words = terms.words;
    p->total_words += terms.words;
    p->chunk_count++;
    return OK;
}

const struct vocabulary_word *postings_find(const struct postings *p, uint32_t hash, struct str stem) {
    const struct vocabulary_word *w = slot_of(p->table, p->capacity, hash, stem);
    return w->stem.p ? w : NULL;
}
