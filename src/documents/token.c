#include "documents/token.h"

#include "base/utf8.h"

enum { UNIT_LETTERS_MAX = 10 };

enum char_kind { CHAR_SPACE, CHAR_LETTER, CHAR_DIGIT, CHAR_FRACTION, CHAR_SIGN };

static enum char_kind char_kind_of(uint32_t c) {
    if (c == ' ' || c == '\t' || c == '\n' || c == 0xA0 || c == 0x202F || c == 0x2009) return CHAR_SPACE;
    if (c < 0x80) return is_digit((char)c) ? CHAR_DIGIT : is_ascii_letter((char)c) ? CHAR_LETTER : CHAR_SIGN;
    if (c >= 0xBC && c <= 0xBE) return CHAR_FRACTION;
    if (c == 0xB5 || c == 0xB2 || c == 0xB3 || c == 0xB9) return CHAR_LETTER; /* µ ² ³ ¹: parts of units */
    if (c < 0xC0 || c == 0xD7 || c == 0xF7) return CHAR_SIGN;
    if (c >= 0x2070 && c <= 0x2079) return CHAR_LETTER; /* raised digits */
    if (c >= 0x2000 && c <= 0x2BFF) return CHAR_SIGN;   /* dashes, bullets, arrows, boxes */
    return CHAR_LETTER;
}

static enum char_kind kind_at(struct str s, size_t at) {
    return at < s.n ? char_kind_of(utf8_next(s, &at)) : CHAR_SPACE;
}

/* Behind the token that starts at `at`. */
static size_t token_end(struct str s, size_t at, enum token_kind *kind) {
    enum char_kind first = kind_at(s, at);
    size_t end = at;
    (void)utf8_next(s, &end);
    *kind = first == CHAR_LETTER ? TOKEN_WORD : first == CHAR_SIGN ? TOKEN_SIGN : TOKEN_NUMBER;
    if (first == CHAR_SIGN || first == CHAR_FRACTION) return end;
    while (end < s.n) {
        enum char_kind k = kind_at(s, end);
        bool decimal =
            first == CHAR_DIGIT && (s.p[end] == ',' || s.p[end] == '.') && kind_at(s, end + 1) == CHAR_DIGIT;
        if (k != first && !decimal) break;
        (void)utf8_next(s, &end);
    }
    return end;
}

/* "2cpx3/j", "1cpà2cp": an x or à that runs on from a unit is a word of its own. Behind the token without it. */
static size_t before_times(struct str s, size_t at, size_t end) {
    char unit[UNIT_LETTERS_MAX];
    size_t n = end - at, cut = str_ends(str_sub(s, at, n), STR("\xC3\xA0")) ? 2 : 1;
    if (n <= cut || n - cut > UNIT_LETTERS_MAX) return end;
    if (cut == 1 && ((s.p[end - 1] | 32) != 'x' || kind_at(s, end) != CHAR_DIGIT)) return end;
    for (size_t i = 0; i + cut < n; i++) {
        unit[i] = (char)(s.p[at + i] | 32);
        if (unit[i] < 'a' || unit[i] > 'z') return end;
    }
    bool known = (word_classes((struct str) { unit, n - cut }) & (WORD_DOSE_UNIT | WORD_PERIOD)) != 0;
    return known ? end - cut : end;
}

static bool fold_token(struct arena *arena, struct token *t) {
    char *p = arena_alloc(arena, t->text.n + 1);
    if (!p) return false;
    for (size_t i = 0; i < t->text.n; i++) {
        char c = t->text.p[i];
        if ((unsigned char)c >= 0x80) return utf8_fold(arena, t->text, &t->fold);
        p[i] = ascii_lower(c);
    }
    t->fold = (struct str) { p, t->text.n };
    return true;
}

static size_t skip_spaces(struct str s, size_t at) {
    while (at < s.n && kind_at(s, at) == CHAR_SPACE) (void)utf8_next(s, &at);
    return at;
}

bool tokens_split(struct arena *arena, struct str text, struct tokens *out) {
    size_t count = 0;
    enum token_kind kind;
    if (!text.p) text = STR("");
    *out = (struct tokens) { .text = text };
    for (size_t at = skip_spaces(text, 0); at < text.n; at = skip_spaces(text, at)) {
        at = before_times(text, at, token_end(text, at, &kind));
        count++;
    }
    out->items = arena_array(arena, count + 1, sizeof *out->items);
    if (!out->items) return false;
    size_t behind = 0;
    for (size_t at = skip_spaces(text, 0); at < text.n; at = skip_spaces(text, behind)) {
        struct token *t = &out->items[out->count++];
        t->glued = at == behind && at > 0;
        behind = before_times(text, at, token_end(text, at, &t->kind));
        t->text = str_sub(text, at, behind - at);
        if (!fold_token(arena, t)) return false;
        if (t->kind == TOKEN_WORD) t->classes = word_classes(t->fold);
    }
    return true;
}

struct str tokens_text(const struct tokens *t, size_t from, size_t to) {
    if (to > t->count) to = t->count;
    if (from >= to) return STR("");
    const char *p = t->items[from].text.p;
    return (struct str) { p, (size_t)(t->items[to - 1].text.p + t->items[to - 1].text.n - p) };
}

/* Most questions are answered by the first letter. */
static bool starts_like(const struct tokens *t, size_t i, const char *words) {
    return i < t->count && t->items[i].fold.n > 0 && t->items[i].fold.p[0] == words[0];
}

bool token_is(const struct tokens *t, size_t i, const char *fold) {
    if (!starts_like(t, i, fold)) return false;
    struct str s = t->items[i].fold;
    return strncmp(fold, s.p, s.n) == 0 && fold[s.n] == '\0';
}

bool token_in(const struct tokens *t, size_t i, const char *words) {
    return i < t->count && t->items[i].fold.n > 0 && str_in_words(t->items[i].fold, words);
}

bool token_has(const struct tokens *t, size_t i, uint64_t classes) {
    return i < t->count && (t->items[i].classes & classes) != 0;
}

bool token_is_sign(const struct tokens *t, size_t i, char sign) {
    return i < t->count && t->items[i].kind == TOKEN_SIGN && t->items[i].fold.n == 1 &&
           t->items[i].fold.p[0] == sign;
}

bool token_is_lower(const struct tokens *t, size_t i) {
    if (i >= t->count || t->items[i].kind != TOKEN_WORD) return false;
    return utf8_is_small(t->items[i].text, 0) || str_starts(t->items[i].text, STR("œ"));
}

bool token_is_number(const struct tokens *t, size_t i) {
    return i < t->count && t->items[i].kind == TOKEN_NUMBER;
}

size_t tokens_match(const struct tokens *t, size_t i, const char *words) {
    if (!starts_like(t, i, words)) return i;
    struct str rest = str_from_c(words);
    size_t at = i;
    while (rest.n) {
        size_t n = str_find_char(rest, ' ');
        if (at >= t->count || !str_eq(t->items[at].fold, str_sub(rest, 0, n))) return i;
        at++;
        rest = str_sub(rest, n + 1, rest.n);
    }
    return at;
}

bool tokens_contain(const struct tokens *t, const char *fold) {
    for (size_t i = 0; i < t->count; i++)
        if (token_is(t, i, fold)) return true;
    return false;
}
