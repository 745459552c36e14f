#include "search/postings.h"

enum { FIRST_CAPACITY = 256, BLOCK_MAX = 512 };

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

/* Room for one more posting of the word: a block twice as large as the last when that is full. */
static struct posting_block *block_of(struct postings *p, struct vocabulary_word *w) {
    struct posting_block *last = w->first;
    if (last && last->count < last->capacity) return last;
    uint32_t capacity = !last ? 1 : last->capacity < BLOCK_MAX ? 2 * last->capacity : BLOCK_MAX;
    struct posting_block *block = arena_alloc(p->arena, sizeof *block + capacity * sizeof *block->items);
    if (!block) return NULL;
    block->next = last;
    block->capacity = capacity;
    return w->first = block;
}

static struct posting *posting_of(struct postings *p, struct vocabulary_word *w, uint32_t chunk) {
    struct posting_block *last = w->first;
    if (last && last->items[last->count - 1].chunk == chunk) return &last->items[last->count - 1];
    struct posting_block *block = block_of(p, w);
    if (!block) return NULL;
    struct posting *posting = &block->items[block->count++];
    posting->chunk = chunk;
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
        w->texts++;
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

void postings_mark(const struct postings *p, struct str stem, bool *chunks) {
    const struct vocabulary_word *word = postings_find(p, text_hash(stem), stem);
    for (const struct posting_block *b = word ? word->first : NULL; b; b = b->next)
        for (uint32_t i = 0; i < b->count; i++) chunks[b->items[i].chunk] = true;
}
