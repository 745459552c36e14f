#include "language/wolof.h"

/* Two or three letters of the French way and the one that they stand for; longer ones first. */
static const struct {
    struct str written;
    char sound;
} groups[] = {
    { { "tch", 3 }, 'c' }, { { "kh", 2 }, 'x' }, { { "ou", 2 }, 'u' }, { { "eu", 2 }, 'e' },
    { { "gn", 2 }, 'n' },  { { "ny", 2 }, 'n' }, { { "dj", 2 }, 'j' }, { { "th", 2 }, 'c' },
    { { "qu", 2 }, 'k' },  { { "ck", 2 }, 'k' },
};

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* The letter that stands at `at`, and behind how many letters it is over; 0: none, as the h of "dh". */
static char letter_at(struct str w, size_t at, size_t *bytes) {
    char c = w.p[at], next = at + 1 < w.n ? w.p[at + 1] : '\0', after = at + 2 < w.n ? w.p[at + 2] : '\0';
    for (size_t i = 0; i < COUNT_OF(groups); i++) {
        if (!str_starts(str_sub(w, at, w.n), groups[i].written)) continue;
        *bytes = groups[i].written.n;
        return groups[i].sound;
    }
    *bytes = 1;
    if (c == 'd' && next == 'i' && is_vowel(after)) {
        *bytes = 2;
        return 'j';
    }
    if (c == 'g' && next == 'u' && (after == 'e' || after == 'i')) *bytes = 2;
    if (c == 'y' && next != 'y' && !is_vowel(next)) return 'i';
    return c == 'h' ? '\0' : c;
}

size_t wolof_sound(struct str folded, char out[WOLOF_SOUND_BYTES_MAX]) {
    size_t n = 0, bytes;
    if (folded.n > WOLOF_SOUND_BYTES_MAX) return 0;
    for (size_t at = 0; at < folded.n; at += bytes) {
        if (folded.p[at] < 'a' || folded.p[at] > 'z') return 0;
        char c = letter_at(folded, at, &bytes);
        if (c && (n == 0 || out[n - 1] != c)) out[n++] = c;
    }
    return n > 3 && out[n - 1] == 'e' && !is_vowel(out[n - 2]) ? n - 1 : n; /* the mute e of "matte" */
}
