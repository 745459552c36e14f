#include "language/terms.h"

#include <stdlib.h>

#include "base/buf.h"

enum { HEADER_BYTES = 5, ENTRY_BYTES = 7 };

static int compare_terms(const void *va, const void *vb) {
    const struct term *a = va, *b = vb;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    size_t n = a->stem.n < b->stem.n ? a->stem.n : b->stem.n;
    int c = memcmp(a->stem.p, b->stem.p, n);
    return c ? c : (a->stem.n > b->stem.n) - (a->stem.n < b->stem.n);
}

static uint8_t add_count(uint8_t a, uint8_t b) {
    return (uint8_t)(a + b > UINT8_MAX ? UINT8_MAX : a + b);
}

/* Adds what the tokens say to list; answers how many words were not function words. */
static size_t collect(const struct tokens *tokens, bool heading, struct term *list, size_t *count) {
    size_t words = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *t = &tokens->items[i];
        if (t->stop) continue;
        words++;
        list[(*count)++] = (struct term) { text_hash(t->stem), !heading, heading, t->stem };
    }
    return words;
}

static size_t merge_same(struct term *list, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept && list[kept - 1].hash == list[i].hash && str_eq(list[kept - 1].stem, list[i].stem)) {
            list[kept - 1].in_text = add_count(list[kept - 1].in_text, list[i].in_text);
            list[kept - 1].in_heading = add_count(list[kept - 1].in_heading, list[i].in_heading);
        } else {
            list[kept++] = list[i];
        }
    }
    return kept < TERMS_ENTRIES_MAX ? kept : TERMS_ENTRIES_MAX;
}

static unsigned char *put_little(unsigned char *p, uint32_t v, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) *p++ = (unsigned char)(v >> (8 * i));
    return p;
}

static uint32_t get_little(const char *p, size_t bytes) {
    uint32_t v = 0;
    for (size_t i = 0; i < bytes; i++) v |= (uint32_t)(unsigned char)p[i] << (8 * i);
    return v;
}

enum status terms_pack(struct text_reader *reader, struct arena *arena, struct str heading, struct str text,
                       struct str *blob, struct err *err) {
    struct tokens of_text, of_heading;
    enum status s = text_tokens(reader, arena, text, TEXT_DOCUMENT, &of_text, err);
    if (s == OK) s = text_tokens(reader, arena, heading, TEXT_DOCUMENT, &of_heading, err);
    if (s != OK) return s;
    struct term *list = arena_array(arena, of_text.count + of_heading.count + 1, sizeof *list);
    if (!list) return fail(err, E_LIMIT, NULL, "no memory for the terms of a chunk");
    size_t count = 0, words = collect(&of_text, false, list, &count);
    collect(&of_heading, true, list, &count);
    qsort(list, count, sizeof *list, compare_terms);
    count = merge_same(list, count);
    size_t bytes = HEADER_BYTES;
    for (size_t i = 0; i < count; i++) bytes += ENTRY_BYTES + list[i].stem.n;
    unsigned char *start = arena_alloc(arena, bytes), *p = start;
    if (!start) return fail(err, E_LIMIT, NULL, "no memory for the terms of a chunk");
    p = put_little(p, TERMS_FORMAT, 1);
    p = put_little(p, (uint32_t)words, 2);
    p = put_little(p, (uint32_t)count, 2);
    for (size_t i = 0; i < count; i++) {
        p = put_little(p, list[i].hash, 4);
        p = put_little(p, list[i].in_text, 1);
        p = put_little(p, list[i].in_heading, 1);
        p = put_little(p, (uint32_t)list[i].stem.n, 1);
        memcpy(p, list[i].stem.p, list[i].stem.n);
        p += list[i].stem.n;
    }
    *blob = (struct str) { (const char *)start, bytes };
    return OK;
}

bool terms_open(struct str blob, struct terms *out) {
    *out = (struct terms) { .blob = blob, .bad = true };
    if (blob.n < HEADER_BYTES || blob.p[0] != TERMS_FORMAT) return false;
    *out = (struct terms) { blob, HEADER_BYTES, (uint16_t)get_little(blob.p + 1, 2),
                            (uint16_t)get_little(blob.p + 3, 2), false };
    return true;
}

bool terms_next(struct terms *r, struct term *out) {
    if (r->bad || r->left == 0) return false;
    const char *p = r->blob.p + r->at;
    size_t rest = r->blob.n - r->at;
    if (rest < ENTRY_BYTES || rest - ENTRY_BYTES < (unsigned char)p[6] || p[6] == 0) {
        r->bad = true;
        return false;
    }
    *out = (struct term) {
        get_little(p, 4), (uint8_t)p[4], (uint8_t)p[5], { p + ENTRY_BYTES, (unsigned char)p[6] }
    };
    r->at += ENTRY_BYTES + out->stem.n;
    r->left--;
    return true;
}

bool terms_whole(const struct terms *r) {
    return !r->bad && r->left == 0 && r->at == r->blob.n;
}
