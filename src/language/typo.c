#include "language/typo.h"

int typo_allowed(size_t letters) {
    if (letters < 4) return 0;
    return letters < 8 ? 1 : 2;
}

static int min3(int a, int b, int c) {
    int m = a < b ? a : b;
    return m < c ? m : c;
}

int typo_distance(struct str a, struct str b, int max) {
    int rows[3][TYPO_WORD_BYTES_MAX + 1];
    if (a.n > TYPO_WORD_BYTES_MAX || b.n > TYPO_WORD_BYTES_MAX) return max + 1;
    int la = (int)a.n, lb = (int)b.n;
    if (la - lb > max || lb - la > max) return max + 1;
    int *before = rows[0], *above = rows[1], *row = rows[2];
    for (int j = 0; j <= lb; j++) above[j] = j;
    for (int i = 1; i <= la; i++) {
        int best = row[0] = i;
        for (int j = 1; j <= lb; j++) {
            int cost = a.p[i - 1] == b.p[j - 1] ? 0 : 1;
            int d = min3(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost);
            bool swapped = i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1];
            if (swapped && before[j - 2] + 1 < d) d = before[j - 2] + 1;
            row[j] = d;
            if (d < best) best = d;
        }
        /* A swap reaches two rows back, so one row beyond the limit is not yet the end; two are. */
        if (best > max + 1) return max + 1;
        int *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[lb] > max ? max + 1 : above[lb];
}

bool typo_is_near(struct str typed, struct str word) {
    size_t shorter = typed.n < word.n ? typed.n : word.n;
    int max = typo_allowed(shorter);
    if (max == 0) return str_eq(typed, word);
    if (max == 1 && typed.p[0] != word.p[0]) return false;
    return typo_distance(typed, word, max) <= max;
}

enum { SOUND_LETTERS_MIN = 5 };

/* Writes how the word sounds; answers the number of letters. */
static size_t sound_of(struct str word, char out[TYPO_WORD_BYTES_MAX]) {
    size_t n = 0;
    for (size_t i = 0; i < word.n; i++) {
        char c = word.p[i], next = i + 1 < word.n ? word.p[i + 1] : '\0';
        if (c == 'p' && next == 'h') {
            c = 'f';
            i++;
        } else if (c == 'q' && next == 'u') {
            c = 'c';
            i++;
        } else if (c == 'c' && next && strchr("eiy", next)) {
            c = 's';
        } else if (c == 'h') {
            continue;
        }
        c = c == 'y' ? 'i' : c == 'k' || c == 'q' ? 'c' : c == 'z' ? 's' : c;
        if (n == 0 || out[n - 1] != c) out[n++] = c;
    }
    return n && out[n - 1] == 'e' ? n - 1 : n;
}

bool typo_sounds_same(struct str a, struct str b) {
    char of_a[TYPO_WORD_BYTES_MAX], of_b[TYPO_WORD_BYTES_MAX];
    if (a.n < SOUND_LETTERS_MIN || b.n < SOUND_LETTERS_MIN || a.n > sizeof of_a || b.n > sizeof of_b)
        return false;
    size_t n = sound_of(a, of_a);
    return n == sound_of(b, of_b) && memcmp(of_a, of_b, n) == 0;
}
