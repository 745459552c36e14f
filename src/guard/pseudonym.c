#include "guard/pseudonym.h"

#include "base/buf.h"
#include "guard/guard_words.h"
#include "guard/identity.h"

enum {
    PLACEHOLDERS_MAX = 400,
    SPANS_MAX = 2000,
    NAME_PARTS_MAX = 64,
    PLACEHOLDER_BYTES_MAX = 40,
    PART_LETTERS_MIN = 2
};

static const char *const kind_names[IDENTITY_KIND_COUNT] = {
    [IDENTITY_PATIENT] = "PATIENT", [IDENTITY_PERSON] = "PERSONNE", [IDENTITY_PHONE] = "TELEPHONE",
    [IDENTITY_MAIL] = "LIEN",       [IDENTITY_ADDRESS] = "ADRESSE", [IDENTITY_BIRTH] = "NAISSANCE",
    [IDENTITY_NUMBER] = "NUMERO",   [IDENTITY_LITERAL] = "TEXTE",
};

struct placeholder {
    struct str name, words; /* "[PATIENT_1]" and what it stands for */
    enum identity_kind kind;
};

struct pseudonym {
    struct arena *arena;
    struct text_reader *reader;
    struct identity_known known;
    struct placeholder items[PLACEHOLDERS_MAX];
    size_t count;
    int numbers[IDENTITY_KIND_COUNT];
};

/* Adds the words of a name, folded. */
static enum status add_parts(struct pseudonym *p, struct str name, struct str *parts, size_t *count,
                             struct err *err) {
    struct tokens t;
    struct str kept;
    if (!arena_dup(p->arena, name, &kept)) return fail(err, E_LIMIT, NULL, "no memory for names");
    enum status s = text_tokens(p->reader, p->arena, kept, TEXT_DOCUMENT, &t, err);
    for (size_t i = 0; i < t.count && s == OK; i++) {
        if (t.items[i].number || t.items[i].bytes < PART_LETTERS_MIN ||
            word_in(t.items[i].folded, &words_name_rest))
            continue;
        if (*count == NAME_PARTS_MAX)
            return fail(err, E_LIMIT, NULL, "more than %d parts of names", NAME_PARTS_MAX);
        parts[(*count)++] = t.items[i].folded;
    }
    return s;
}

enum status pseudonym_new(struct arena *arena, struct text_reader *reader, const struct patient *patient,
                          const struct str *others, size_t other_count, struct pseudonym **out,
                          struct err *err) {
    struct pseudonym *p = arena_alloc(arena, sizeof *p);
    if (!p) return fail(err, E_LIMIT, NULL, "no memory for pseudonyms");
    p->arena = arena;
    p->reader = reader;
    p->known.phone_region = STR("SN");
    p->known.patient = arena_array(arena, NAME_PARTS_MAX, sizeof *p->known.patient);
    p->known.others = arena_array(arena, NAME_PARTS_MAX, sizeof *p->known.others);
    if (!p->known.patient || !p->known.others) return fail(err, E_LIMIT, NULL, "no memory for pseudonyms");
    enum status s = OK;
    if (patient) {
        p->known.birth = patient->date_of_birth;
        s = add_parts(p, patient->first_name, p->known.patient, &p->known.patient_count, err);
        if (s == OK) s = add_parts(p, patient->last_name, p->known.patient, &p->known.patient_count, err);
    }
    for (size_t i = 0; i < other_count && s == OK; i++)
        s = add_parts(p, others[i], p->known.others, &p->known.other_count, err);
    if (s == OK) *out = p;
    return s;
}

/* By where they start; of those that overlap the first stays and grows over the others. */
static size_t join(struct identity_span *spans, size_t count) {
    size_t kept = 0;
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && spans[k - 1].from > spans[k].from; k--) {
            struct identity_span swap = spans[k];
            spans[k] = spans[k - 1];
            spans[k - 1] = swap;
        }
    for (size_t i = 0; i < count; i++) {
        if (kept && spans[i].from < spans[kept - 1].to) {
            if (spans[i].to > spans[kept - 1].to) spans[kept - 1].to = spans[i].to;
            continue;
        }
        spans[kept++] = spans[i];
    }
    return kept;
}

static enum status placeholder_for(struct pseudonym *p, struct str words, enum identity_kind kind,
                                   struct str *out, struct err *err) {
    for (size_t i = 0; i < p->count; i++)
        if (p->items[i].kind == kind && str_eq(p->items[i].words, words)) {
            *out = p->items[i].name;
            return OK;
        }
    if (p->count == PLACEHOLDERS_MAX)
        return fail(err, E_LIMIT, NULL, "more than %d pseudonyms", PLACEHOLDERS_MAX);
    struct placeholder *item = &p->items[p->count];
    item->kind = kind;
    if (!arena_dup(p->arena, words, &item->words) ||
        !arena_printf(p->arena, &item->name, "[%s_%d]", kind_names[kind], p->numbers[kind] + 1))
        return fail(err, E_LIMIT, NULL, "no memory for pseudonyms");
    p->numbers[kind]++;
    p->count++;
    *out = item->name;
    return OK;
}

static enum status find_all(struct pseudonym *p, struct str text, struct identity_search *s,
                            struct err *err) {
    struct tokens tokens;
    struct identity_span *spans = arena_array(p->arena, SPANS_MAX, sizeof *spans);
    if (!spans) return fail(err, E_LIMIT, NULL, "no memory for pseudonyms");
    enum status st = text_tokens(p->reader, p->arena, text, TEXT_DOCUMENT, &tokens, err);
    if (st != OK) return st;
    if (tokens.count >= TEXT_TOKENS_MAX)
        return fail(err, E_LIMIT, NULL, "a text of too many words to hide names in");
    *s = (struct identity_search) {
        .known = &p->known, .text = text, .tokens = &tokens, .spans = spans, .capacity = SPANS_MAX
    };
    identity_find_contacts(s);
    identity_find_people(s);
    identity_find_places(s);
    identity_find_numbers(s);
    s->tokens = NULL;
    if (s->full) return fail(err, E_LIMIT, NULL, "more than %d names in a text", SPANS_MAX);
    s->count = join(spans, s->count);
    return OK;
}

enum status pseudonym_hide(struct pseudonym *p, struct str text, struct str *out, struct err *err) {
    struct identity_search found;
    struct str name;
    if (text.n > PSEUDONYM_TEXT_BYTES_MAX)
        return fail(err, E_LIMIT, NULL, "a text of %zu bytes to hide names in", text.n);
    enum status s = find_all(p, text, &found, err);
    if (s != OK) return s;
    struct buf b;
    size_t at = 0;
    buf_init(&b, (size_t)PSEUDONYM_TEXT_BYTES_MAX * PLACEHOLDER_BYTES_MAX);
    for (size_t i = 0; i < found.count && s == OK; i++) {
        const struct identity_span *span = &found.spans[i];
        s = placeholder_for(p, str_sub(text, span->from, span->to - span->from), span->kind, &name, err);
        buf_add(&b, str_sub(text, at, span->from - at));
        if (s == OK) buf_add(&b, name);
        at = span->to;
    }
    buf_add(&b, str_sub(text, at, text.n));
    if (s == OK && (!buf_ok(&b) || !arena_dup(p->arena, buf_str(&b), out)))
        s = fail(err, E_LIMIT, NULL, "no memory for pseudonyms");
    buf_done(&b);
    return s;
}

/* The placeholder that starts at `at`: its bytes, 0 for none. */
static size_t placeholder_bytes(struct str text, size_t at) {
    if (text.p[at] != '[') return 0;
    size_t end = at + 1, letters = 0, digits = 0;
    while (end < text.n && ((text.p[end] >= 'A' && text.p[end] <= 'Z'))) end++, letters++;
    if (letters == 0 || end >= text.n || text.p[end] != '_') return 0;
    end++;
    while (end < text.n && is_digit(text.p[end])) end++, digits++;
    return digits && end < text.n && text.p[end] == ']' ? end + 1 - at : 0;
}

static const struct placeholder *find_placeholder(const struct pseudonym *p, struct str name) {
    for (size_t i = 0; i < p->count; i++)
        if (str_eq(p->items[i].name, name)) return &p->items[i];
    return NULL;
}

enum status pseudonym_put_back(struct pseudonym *p, struct str text, struct str *out, struct err *err) {
    enum status s = OK;
    struct buf b;
    buf_init(&b, (size_t)PSEUDONYM_TEXT_BYTES_MAX * PLACEHOLDER_BYTES_MAX);
    for (size_t at = 0; at < text.n && s == OK;) {
        size_t bytes = placeholder_bytes(text, at);
        if (bytes == 0) {
            buf_add_char(&b, text.p[at++]);
            continue;
        }
        const struct placeholder *item = find_placeholder(p, str_sub(text, at, bytes));
        if (item)
            buf_add(&b, item->words);
        else
            s = fail(err, E_CONFLICT, NULL, "a placeholder that was never given");
        at += bytes;
    }
    if (s == OK && (!buf_ok(&b) || !arena_dup(p->arena, buf_str(&b), out)))
        s = fail(err, E_LIMIT, NULL, "no memory for pseudonyms");
    buf_done(&b);
    return s;
}
