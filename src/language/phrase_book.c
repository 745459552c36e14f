#include "language/phrase_book.h"

#include "language/wolof.h"

enum { LITERALS_MAX = UINT16_MAX - 1, SLOTS_A_LITERAL = 4, ELEMENT_LITERALS_MAX = 1024 };

struct compile {
    struct phrase_book *book;
    struct arena *arena;
    const struct phrase_class *classes;
    struct err *err;
};

static enum status no_memory(struct err *err) {
    return fail(err, E_LIMIT, NULL, "no memory for phrases");
}

uint16_t *phrase_slot_hashed(const struct phrase_book *book, struct str word, unsigned kind, uint64_t hash) {
    uint64_t mixed = ((hash + kind) * UINT64_C(0x9E3779B97F4A7C15)) >> 32;
    size_t i = (size_t)(mixed * book->slot_count >> 32);
    while (book->slots[i]) {
        const struct literal *l = &book->literals[book->slots[i] - 1];
        if (l->kind == kind && str_eq(l->word, word)) break;
        i = i + 1 == book->slot_count ? 0 : i + 1;
    }
    return &book->slots[i];
}

uint16_t *phrase_slot(const struct phrase_book *book, struct str word, unsigned kind) {
    uint64_t hash = PHRASE_HASH_EMPTY;
    for (size_t i = 0; i < word.n; i++) hash = phrase_hash_add(hash, word.p[i]);
    return phrase_slot_hashed(book, word, kind, hash);
}

/* "~bëgg" is kept as it sounds. */
static enum status take_sound(struct compile *c, struct str *word) {
    char sound[WOLOF_SOUND_BYTES_MAX];
    struct str heard = { sound, wolof_sound(str_sub(*word, 1, word->n), sound) };
    if (!arena_dup(c->arena, heard, word)) return no_memory(c->err);
    return OK;
}

static enum status intern(struct compile *c, struct str word, uint16_t *id) {
    unsigned kind = 0;
    enum status s = OK;
    if (word.n && word.p[word.n - 1] == '*') {
        kind |= LITERAL_PREFIX;
        word.n--;
    }
    if (str_starts(word, STR("~"))) {
        kind |= LITERAL_SOUND;
        if ((s = take_sound(c, &word)) != OK) return s;
    }
    size_t prefix_min = kind & LITERAL_SOUND ? PHRASE_SOUND_PREFIX_MIN : PHRASE_PREFIX_MIN;
    if (word.n == 0 || (kind & LITERAL_PREFIX && word.n < prefix_min))
        return fail(c->err, E_INTERNAL, NULL, "too short for a pattern: %.*s", STR_ARG(word));
    struct phrase_book *book = c->book;
    uint16_t *slot = phrase_slot(book, word, kind);
    if (!*slot) {
        book->literals[book->literal_count++] = (struct literal) { .word = word, .kind = kind };
        book->has_sounds |= (kind & LITERAL_SOUND) != 0;
        *slot = (uint16_t)book->literal_count;
    }
    *id = (uint16_t)(*slot - 1);
    return OK;
}

static struct str next_part(struct str *rest, char separator) {
    size_t n = str_find_char(*rest, separator);
    struct str part = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return part;
}

static enum status class_words(const struct compile *c, struct str name, struct str *words) {
    for (const struct phrase_class *k = c->classes; k && k->name; k++) {
        if (!str_eq(str_from_c(k->name), name)) continue;
        *words = str_from_c(k->words);
        return OK;
    }
    return fail(c->err, E_INTERNAL, NULL, "a pattern names an unknown class %.*s", STR_ARG(name));
}

/* "mal|$pain" -> its literals. */
static enum status compile_element(struct compile *c, struct str text, struct element *out) {
    uint16_t ids[ELEMENT_LITERALS_MAX];
    size_t count = 0;
    enum status s = OK;
    while (text.n && s == OK) {
        struct str part = next_part(&text, '|'), words = part;
        if (str_starts(part, STR("$"))) s = class_words(c, part, &words);
        while (words.n && s == OK) {
            struct str word = next_part(&words, ' ');
            if (word.n == 0) continue;
            if (count == COUNT_OF(ids))
                return fail(c->err, E_INTERNAL, NULL, "too many words in one element");
            s = intern(c, word, &ids[count++]);
        }
    }
    if (s != OK) return s;
    out->literals = arena_array(c->arena, count, sizeof *out->literals);
    if (!out->literals) return no_memory(c->err);
    memcpy(out->literals, ids, count * sizeof *ids);
    out->count = (uint16_t)count;
    return OK;
}

static enum status compile_phrase(struct compile *c, const char *pattern, struct compiled *out) {
    struct str rest = str_from_c(pattern);
    uint8_t gap = 0;
    enum status s = OK;
    while (rest.n && s == OK) {
        struct str part = next_part(&rest, ' ');
        if (str_eq(part, STR("_"))) {
            gap = PHRASE_GAP_SHORT;
        } else if (str_eq(part, STR("__"))) {
            gap = PHRASE_GAP_LONG;
        } else if (str_eq(part, STR("___"))) {
            gap = PHRASE_GAP_ANYWHERE;
        } else if (part.n) {
            if (out->count == PHRASE_ELEMENTS_MAX)
                return fail(c->err, E_INTERNAL, NULL, "pattern too long: %s", pattern);
            struct element *e = &out->elements[out->count++];
            s = compile_element(c, part, e);
            e->gap_before = gap;
            gap = 0;
        }
    }
    if (s == OK && (out->count == 0 || gap))
        return fail(c->err, E_INTERNAL, NULL, "pattern without an end: %s", pattern);
    return s;
}

/* Which phrases begin with which literal. */
static enum status index_starts(struct compile *c) {
    struct phrase_book *book = c->book;
    for (int fill = 0; fill < 2; fill++) {
        for (size_t p = 0; p < book->count; p++) {
            const struct element *e = &book->compiled[p].elements[0];
            for (size_t i = 0; i < e->count; i++) {
                struct literal *l = &book->literals[e->literals[i]];
                if (fill) l->starts[l->start_count] = (uint16_t)p;
                l->start_count++;
            }
        }
        for (size_t i = 0; i < book->literal_count && !fill; i++) {
            struct literal *l = &book->literals[i];
            l->starts = arena_array(c->arena, l->start_count + 1U, sizeof *l->starts);
            if (!l->starts) return no_memory(c->err);
            l->start_count = 0;
        }
    }
    return OK;
}

/* No fewer than the words of a text of the tables. */
static size_t count_words(const char *text) {
    size_t n = 1;
    for (; *text; text++) n += *text == ' ' || *text == '|';
    return n;
}

static enum status make_room(struct compile *c) {
    struct phrase_book *book = c->book;
    size_t most = 1;
    for (const struct phrase_class *k = c->classes; k && k->name; k++) most += count_words(k->words);
    for (size_t i = 0; i < book->count; i++) most += count_words(book->phrases[i].pattern);
    if (most > LITERALS_MAX) return fail(c->err, E_INTERNAL, NULL, "too many words in the patterns");
    book->slot_count = SLOTS_A_LITERAL * most;
    book->compiled = arena_array(c->arena, book->count + 1, sizeof *book->compiled);
    book->literals = arena_array(c->arena, most, sizeof *book->literals);
    book->slots = arena_array(c->arena, book->slot_count, sizeof *book->slots);
    return book->compiled && book->literals && book->slots ? OK : no_memory(c->err);
}

enum status phrase_book_new(struct arena *arena, const struct phrase_class *classes,
                            const struct phrase *phrases, enum phrase_spelling spelling,
                            struct phrase_book **out, struct err *err) {
    struct phrase_book *book = arena_alloc(arena, sizeof *book);
    if (!book) return no_memory(err);
    book->spelling = spelling;
    book->phrases = phrases;
    while (phrases[book->count].pattern) book->count++;
    struct compile c = { book, arena, classes, err };
    enum status s = make_room(&c);
    for (size_t i = 0; i < book->count && s == OK; i++) {
        s = compile_phrase(&c, phrases[i].pattern, &book->compiled[i]);
        book->compiled[i].literals = (uint16_t)book->literal_count;
    }
    if (s == OK) s = index_starts(&c);
    if (s == OK) *out = book;
    return s;
}

bool phrase_book_knows_in(const struct phrase_book *book, size_t rows, struct str folded) {
    uint16_t most = rows ? book->compiled[rows - 1].literals : 0, slot = *phrase_slot(book, folded, 0);
    if (slot && slot <= most) return true;
    for (size_t n = PHRASE_PREFIX_MIN; n <= folded.n; n++) {
        slot = *phrase_slot(book, str_sub(folded, 0, n), LITERAL_PREFIX);
        if (slot && slot <= most) return true;
    }
    return false;
}

bool phrase_book_knows(const struct phrase_book *book, struct str folded) {
    return phrase_book_knows_in(book, book->count, folded);
}
