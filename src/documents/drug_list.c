#include "documents/drug_list.h"

enum { NAME_BYTES_MAX = 40, NAME_WORDS_MAX = 3, NEAR_ONE_MIN = 6, NEAR_TWO_MIN = 10 };

static struct str line_at(size_t i) {
    return (struct str) { drug_list_text + drug_list_start[i],
                          drug_list_start[i + 1] - drug_list_start[i] - 1 };
}

static struct drug drug_at(size_t i) {
    struct str line = line_at(i);
    size_t tab = str_find_char(line, '\t');
    return (struct drug) { str_sub(line, 0, tab), str_sub(line, tab + 1, line.n) };
}

/* The first name that is not before `fold`. */
static size_t lower_bound(struct str fold) {
    size_t low = 0, high = drug_list_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(drug_at(middle).name, fold) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool drug_list_find(struct str fold, struct drug *out) {
    size_t i = lower_bound(fold);
    if (i >= drug_list_count) return false;
    *out = drug_at(i);
    return str_eq(out->name, fold);
}

static uint32_t letters_of(struct str s) {
    uint32_t letters = 0;
    for (size_t i = 0; i < s.n; i++) letters |= 1u << ((unsigned char)s.p[i] % 32);
    return letters;
}

static int min3(int a, int b, int c) {
    int m = a < b ? a : b;
    return m < c ? m : c;
}

/* Optimal string alignment distance (Levenshtein with neighbours swapped), or more than max. Both at most NAME_BYTES_MAX long. */
static int distance(struct str a, struct str b, int max) {
    int rows[3][NAME_BYTES_MAX + 1];
    for (size_t k = 0; k <= b.n; k++) rows[0][k] = (int)k;
    for (size_t i = 1; i <= a.n; i++) {
        int *row = rows[i % 3], *above = rows[(i - 1) % 3], *above2 = rows[(i + 1) % 3], best;
        best = row[0] = (int)i;
        for (size_t k = 1; k <= b.n; k++) {
            row[k] = min3(above[k] + 1, row[k - 1] + 1, above[k - 1] + (a.p[i - 1] != b.p[k - 1]));
            if (i > 1 && k > 1 && a.p[i - 1] == b.p[k - 2] && a.p[i - 2] == b.p[k - 1] &&
                above2[k - 2] + 1 < row[k])
                row[k] = above2[k - 2] + 1;
            if (row[k] < best) best = row[k];
        }
        if (best > max) return max + 1;
    }
    return rows[a.n % 3][b.n];
}

bool drug_names_near(struct str a, struct str b) {
    if (a.n == 0 || b.n == 0 || a.n > NAME_BYTES_MAX || b.n > NAME_BYTES_MAX || a.p[0] != b.p[0])
        return false;
    return distance(a, b, 1) <= 1;
}

bool drug_list_find_near(struct str fold, struct drug *out) {
    int max = fold.n >= NEAR_TWO_MIN ? 2 : fold.n >= NEAR_ONE_MIN ? 1 : 0, best = max + 1;
    bool tie = false;
    uint32_t letters = letters_of(fold);
    if (drug_list_find(fold, out)) return true;
    if (max == 0 || fold.n > NAME_BYTES_MAX) return false;
    for (size_t i = lower_bound(str_sub(fold, 0, 1)); i < drug_list_count; i++) {
        struct drug d = drug_at(i);
        if (d.name.p[0] != fold.p[0]) break;
        if (d.name.n > NAME_BYTES_MAX || d.name.n + (size_t)max < fold.n || fold.n + (size_t)max < d.name.n)
            continue;
        if (__builtin_popcount(letters ^ letters_of(d.name)) > 2 * max) continue;
        int far = distance(fold, d.name, max);
        if (far > best || far > max) continue;
        tie = far == best;
        best = far;
        *out = d;
    }
    return best <= max && !tie;
}

struct str drug_list_complete(struct str fold) {
    struct str only = STR("");
    if (fold.n < NEAR_ONE_MIN) return only;
    for (size_t i = lower_bound(fold); i < drug_list_count; i++) {
        struct str name = drug_at(i).name, word = str_sub(name, 0, str_find_char(name, ' '));
        if (!str_starts(name, fold)) break;
        if (only.n && !str_eq(word, only)) return STR("");
        only = word;
    }
    return only;
}

/* The words of `count` tokens from i on, as the list writes them: a space between words, none before what is glued. */
static struct str phrase(const struct tokens *t, size_t i, size_t count, char *out) {
    size_t n = 0;
    for (size_t k = i; k < i + count; k++) {
        struct str word = t->items[k].fold;
        bool joined =
            k == i || (t->items[k].glued && (t->items[k].kind == TOKEN_NUMBER || token_is_sign(t, k, '-') ||
                                             token_is_sign(t, k - 1, '-')));
        if (n + word.n + 1 > NAME_BYTES_MAX) return STR("");
        if (!joined) out[n++] = ' ';
        memcpy(out + n, word.p, word.n);
        n += word.n;
    }
    return (struct str) { out, n };
}

size_t drug_list_match(const struct tokens *t, size_t i, bool tolerant, struct drug *out) {
    char text[NAME_BYTES_MAX];
    if (i >= t->count || t->items[i].kind != TOKEN_WORD) return i;
    for (size_t count = NAME_WORDS_MAX; count > 0; count--) {
        if (i + count > t->count) continue;
        struct str words = phrase(t, i, count, text);
        if (words.n >= 3 && drug_list_find(words, out)) return i + count;
    }
    bool number_inside = i + 1 < t->count && t->items[i + 1].glued && t->items[i + 1].kind == TOKEN_NUMBER;
    if (tolerant && !number_inside && drug_list_find_near(t->items[i].fold, out)) return i + 1;
    return i;
}
