#include "parted.h"

enum { LETTERS_MIN = 4, DIGITS_MAX = 3 };

/* Behind a number like 8, 3,50 or 14.5 that stands at `at`; `at` itself where none stands. */
static size_t number_end(struct str s, size_t at) {
    size_t end = at;

    while (end < s.n && is_digit(s.p[end])) end++;
    if (end == at || end + 1 >= s.n || (s.p[end] != ',' && s.p[end] != '.') || !is_digit(s.p[end + 1]))
        return end;
    for (end++; end < s.n && is_digit(s.p[end]);) end++;
    return end;
}

/* Behind "à", or "a" where that may be meant. */
static size_t to_end(struct str s, size_t at, bool plain) {
    if (str_starts(str_sub(s, at, s.n), STR("\xC3\xA0"))) return at + 2;
    return plain && at < s.n && s.p[at] == 'a' ? at + 1 : at;
}

/* "3fois", but not "2ème", "500mg", "20ième" or "12H30". */
static bool is_number_with_word(struct str s, size_t number) {
    struct str word = str_sub(s, number, s.n);

    if (number == 0 || number > DIGITS_MAX || word.n < LETTERS_MIN) return false;
    if (str_starts(word, STR("ieme")) || str_starts(word, STR("i\xC3\xA8me"))) return false;
    for (size_t i = 0; i < word.n; i++)
        if ((word.p[i] < 'a' || word.p[i] > 'z') && (unsigned char)word.p[i] < 0x80) return false;
    return word.p[0] >= 'a' && word.p[0] <= 'z';
}

static struct str joined(struct str a, struct str b, struct str c, char *out) {
    const struct str parts[] = { a, STR(" "), b, STR(" "), c };
    size_t n = 0;

    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (parts[i].n) memcpy(out + n, parts[i].p, parts[i].n);
        n += parts[i].n;
    }
    return str_trim((struct str) { out, n });
}

struct str parted_word(struct str word, char *out) {
    size_t first = number_end(word, 0), to = to_end(word, first, first > 0), last = number_end(word, to);
    struct str a = str_sub(word, 0, first), c = str_sub(word, to, last - to);

    /* Both numbers, or one of them beside an accent that leaves no doubt. */
    if (to > first && last == word.n && (a.n || c.n) && (to == first + 2 || (a.n && c.n)))
        return joined(a, STR("\xC3\xA0"), c, out);
    if (is_number_with_word(word, first)) return joined(a, str_sub(word, first, word.n), STR(""), out);
    return word;
}
