#include "language/french.h"

/* Letters that stand for another sound than each by itself; longer ones first. */
static const struct {
    struct str written, sound;
} groups[] = {
    { { "eau", 3 }, { "o", 1 } }, { { "tion", 4 }, { "siO", 3 } }, { { "oua", 3 }, { "wa", 2 } },
    { { "au", 2 }, { "o", 1 } },  { { "ai", 2 }, { "e", 1 } },     { { "ei", 2 }, { "e", 1 } },
    { { "ay", 2 }, { "e", 1 } },  { { "oi", 2 }, { "wa", 2 } },    { { "oy", 2 }, { "wa", 2 } },
    { { "ou", 2 }, { "u", 1 } },  { { "eu", 2 }, { "e", 1 } },     { { "ph", 2 }, { "f", 1 } },
    { { "qu", 2 }, { "k", 1 } },  { { "ck", 2 }, { "k", 1 } },     { { "ch", 2 }, { "X", 1 } },
    { { "gn", 2 }, { "n", 1 } },  { { "ss", 2 }, { "s", 1 } },     { { "ll", 2 }, { "l", 1 } },
    { { "oe", 2 }, { "e", 1 } },
};

/* A vowel before n or m that no vowel and no second n or m follows; longer ones first. */
static const struct {
    struct str written;
    char sound;
} nasals[] = {
    { { "ain", 3 }, 'E' }, { { "aim", 3 }, 'E' }, { { "ein", 3 }, 'E' }, { { "ien", 3 }, 'Y' },
    { { "an", 2 }, 'A' },  { { "am", 2 }, 'A' },  { { "en", 2 }, 'A' },  { { "em", 2 }, 'A' },
    { { "in", 2 }, 'E' },  { { "im", 2 }, 'E' },  { { "un", 2 }, 'E' },  { { "on", 2 }, 'O' },
    { { "om", 2 }, 'O' },
};

static bool is_one_of(char c, const char *letters) {
    return c && strchr(letters, c);
}

struct spoken {
    struct str word;
    char *out;
    size_t n;
};

static char letter(const struct spoken *s, size_t at) {
    return at < s->word.n ? s->word.p[at] : '\0';
}

static void add(struct spoken *s, char sound) {
    if (s->n == 0 || s->out[s->n - 1] != sound) s->out[s->n++] = sound;
}

/* How many letters a group or a nasal at `at` takes; 0: there is none. */
static size_t add_group(struct spoken *s, size_t at) {
    struct str rest = str_sub(s->word, at, s->word.n);
    for (size_t i = 0; i < COUNT_OF(nasals); i++) {
        char next = letter(s, at + nasals[i].written.n);
        if (!str_starts(rest, nasals[i].written) || is_one_of(next, "aeiouynm")) continue;
        if (nasals[i].sound == 'Y') add(s, 'i');
        add(s, nasals[i].sound == 'Y' ? 'E' : nasals[i].sound);
        return nasals[i].written.n;
    }
    for (size_t i = 0; i < COUNT_OF(groups); i++) {
        if (!str_starts(rest, groups[i].written)) continue;
        for (size_t k = 0; k < groups[i].sound.n; k++) add(s, groups[i].sound.p[k]);
        return groups[i].written.n;
    }
    return 0;
}

static void add_letter(struct spoken *s, size_t at) {
    char c = letter(s, at), next = letter(s, at + 1), before = at ? letter(s, at - 1) : '\0';
    if (c == 'h') return;
    if (c == 'c') c = is_one_of(next, "eiy") ? 's' : 'k';
    if (c == 'q') c = 'k';
    if (c == 'g' && is_one_of(next, "eiy")) c = 'j';
    if (c == 'y') c = 'i';
    if (c == 's' && is_one_of(before, "aeiouy") && is_one_of(next, "aeiouy")) c = 'z';
    add(s, c);
}

/* Without what is mute or only grammar at its end: "prescrites", "donner", "donnez", "avant". */
static struct str without_end(struct str word) {
    static const struct str ends[] = { { "ees", 3 }, { "er", 2 }, { "ez", 2 },
                                       { "ee", 2 },  { "es", 2 }, { "e", 1 } };
    enum { KEPT_MIN = 3 };
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        if (word.n < ends[i].n + KEPT_MIN || !str_eq(str_sub(word, word.n - ends[i].n, word.n), ends[i]))
            continue;
        return str_sub(word, 0, word.n - ends[i].n);
    }
    while (word.n > KEPT_MIN && is_one_of(word.p[word.n - 1], "stdxpz")) word.n--;
    return word;
}

size_t french_sound(struct str folded, char out[FRENCH_SOUND_BYTES_MAX]) {
    struct spoken s = { without_end(folded), out, 0 };
    if (folded.n > FRENCH_SOUND_BYTES_MAX) return 0;
    for (size_t i = 0; i < folded.n; i++)
        if (folded.p[i] < 'a' || folded.p[i] > 'z') return 0;
    for (size_t at = 0, took; at < s.word.n; at += took) {
        took = add_group(&s, at);
        if (took) continue;
        add_letter(&s, at);
        took = 1;
    }
    return s.n;
}
