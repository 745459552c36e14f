#include "language/text.h"

#include <libstemmer.h>
#include <unictype.h>

#include "base/utf8.h"
#include "language/expand.h"
#include "language/known_word.h"
#include "language/language_words.h"
#include "language/names.h"
#include "language/spelling.h"
#include "language/words.h"

struct text_reader {
    struct sb_stemmer *stemmer;
    struct known_words known;
};

/* One reading of one text. */
struct scan {
    struct text_reader *reader;
    struct arena *arena;
    struct str text;
    enum text_kind kind;
    struct token *items;
    size_t count, capacity;
    bool clause_start, sentence_start;
    struct err *err;
};

/* Words that one SMS spelling stands for, at most; how many words before "avc" something is taken. */
enum { WORDS_SPELLED_OUT_MAX = 5, TAKEN_WORDS = 6 };

enum char_class { CHAR_OTHER, CHAR_LETTER, CHAR_DIGIT, CHAR_CLAUSE, CHAR_SENTENCE };

static void stemmer_free(void *stemmer) {
    sb_stemmer_delete(stemmer);
}

enum status text_reader_open(struct arena *arena, struct text_reader **out, struct err *err) {
    struct text_reader *reader = arena_alloc(arena, sizeof *reader);
    if (!reader) return fail(err, E_LIMIT, NULL, "no memory for a text reader");
    reader->stemmer = sb_stemmer_new("french", "UTF_8");
    if (!reader->stemmer) return fail(err, E_INTERNAL, NULL, "the French stemmer could not be opened");
    if (!arena_defer(arena, stemmer_free, reader->stemmer)) {
        sb_stemmer_delete(reader->stemmer);
        return fail(err, E_LIMIT, NULL, "no memory for a text reader");
    }
    *out = reader;
    return OK;
}

/* A stem is mostly how its word begins. */
static enum status keep_stem(struct arena *arena, struct str folded, struct str stem, struct str *out,
                             struct err *err) {
    if (str_starts(folded, stem))
        *out = str_sub(folded, 0, stem.n);
    else if (!arena_dup(arena, stem, out))
        return fail(err, E_LIMIT, NULL, "no memory for a stem");
    return OK;
}

/* Stem and kind of a folded word. */
static enum status look_up(struct text_reader *reader, struct arena *arena, struct str folded,
                           struct str *stem, bool *stop, struct err *err) {
    const struct known_word *known = known_word_find(&reader->known, folded);
    if (known) {
        *stop = known->stop;
        return keep_stem(arena, folded, (struct str) { known->stem, known->stem_bytes }, stem, err);
    }
    const sb_symbol *found = sb_stemmer_stem(reader->stemmer, (const sb_symbol *)folded.p, (int)folded.n);
    if (!found) return fail(err, E_LIMIT, NULL, "no memory for a stem");
    struct str s = { (const char *)found, (size_t)sb_stemmer_length(reader->stemmer) };
    *stop = words_is_stop(folded);
    known_word_add(&reader->known, folded, s, *stop);
    return keep_stem(arena, folded, s, stem, err);
}

enum status text_stem(struct text_reader *reader, struct arena *arena, struct str folded, struct str *out,
                      struct err *err) {
    bool stop;
    return look_up(reader, arena, folded, out, &stop, err);
}

uint32_t text_hash(struct str term) {
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < term.n; i++) h = (h ^ (unsigned char)term.p[i]) * UINT64_C(1099511628211);
    h ^= h >> 29;
    h *= UINT64_C(0xbf58476d1ce4e5b9);
    return (uint32_t)(h >> 32);
}

bool text_ends_sentence(struct str text, size_t i) {
    if (!strchr(".!?", text.p[i])) return false;
    if (i + 1 < text.n && text.p[i + 1] != ' ' && text.p[i + 1] != '\n') return false;
    if (text.p[i] != '.') return true;
    size_t from = i;
    while (from && !strchr(" \n.-(", text.p[from - 1])) from--;
    struct str word = str_sub(text, from, i - from);
    /* "M. Sarr", and "M. [PERSONNE_1]" where the name is hidden. */
    bool name = i + 2 < text.n && ((text.p[i + 2] >= 'A' && text.p[i + 2] <= 'Z') || text.p[i + 2] == '[');
    bool initial = word.n == 1 && word.p[0] >= 'A' && word.p[0] <= 'Z' && name;
    return !initial && !word_in(word, &words_abbreviation);
}

enum { WRAPPED_LINE_BYTES_MIN = 45 };

bool text_ends_open(struct str line) {
    size_t from = line.n;
    while (from && !strchr(" \n", line.p[from - 1])) from--;
    return from && word_in(str_sub(line, from, line.n - from), &words_line_goes_on);
}

bool text_wraps(struct str text, size_t i) {
    size_t from = i;
    while (from && text.p[from - 1] != '\n') from--;
    struct str line = str_trim(str_sub(text, from, i - from)), next = str_sub(text, i + 1, text.n);
    if (line.n < WRAPPED_LINE_BYTES_MIN || strchr(".!?:;", line.p[line.n - 1])) return false;
    return (next.n && utf8_is_small(next, 0)) || text_ends_open(line);
}

struct str text_line_at(struct str text, size_t at) {
    return str_trim(str_sub(text, at, str_find_char(str_sub(text, at, text.n), '\n')));
}

size_t text_line_behind(struct str text, size_t at) {
    size_t n = str_find_char(str_sub(text, at, text.n), '\n');
    return at + n < text.n ? at + n + 1 : text.n;
}

bool text_says_one(const struct tokens *t, const struct word_list *list) {
    for (size_t i = 0; i < t->count; i++)
        if (word_in(t->items[i].folded, list)) return true;
    return false;
}

bool text_names_medicine(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++)
        if (names_is_medicine(t->items[i].folded)) return true;
    return false;
}

bool text_has_words(struct str folded, struct str words) {
    for (size_t from = 0; words.n && from + words.n <= folded.n;) {
        size_t at = from + str_find(str_sub(folded, from, folded.n), words), behind = at + words.n;
        if (at == folded.n) return false;
        bool begins = at == 0 || !is_ascii_letter(folded.p[at - 1]);
        if (begins && (behind == folded.n || !is_ascii_letter(folded.p[behind]))) return true;
        from = at + 1;
    }
    return false;
}

static enum char_class class_of_ascii(char c) {
    if (is_ascii_letter(c)) return CHAR_LETTER;
    if (is_digit(c)) return CHAR_DIGIT;
    switch (c) {
    case ',':
    case ':':
    case '(':
    case ')': return CHAR_CLAUSE;
    case '.':
    case ';':
    case '!':
    case '?':
    case '\n': return CHAR_SENTENCE;
    default: return CHAR_OTHER;
    }
}

static enum char_class class_of(uint32_t c) {
    if (c == 0xFFFD) return CHAR_OTHER;
    if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M)) return CHAR_LETTER;
    return c == 0x2026 ? CHAR_SENTENCE : CHAR_OTHER;
}

static enum char_class class_beyond_ascii(struct str text, size_t at, size_t *next) {
    *next = at;
    return class_of(utf8_next(text, next));
}

static inline enum char_class class_at(struct str text, size_t at, size_t *next) {
    if ((unsigned char)text.p[at] >= 0x80) return class_beyond_ascii(text, at, next);
    *next = at + 1;
    return class_of_ascii(text.p[at]);
}

static bool fold_word(struct arena *arena, struct str word, struct str *out) {
    for (size_t i = 0; i < word.n; i++)
        if ((unsigned char)word.p[i] >= 0x80) return utf8_fold(arena, word, out);
    char *p = arena_alloc(arena, word.n + 1);
    if (!p) return false;
    for (size_t i = 0; i < word.n; i++) p[i] = ascii_lower(word.p[i]);
    *out = (struct str) { p, word.n };
    return true;
}

/* After these a single letter is a name: "vitamine C", "hépatite B". */
static bool letter_is_name(const struct scan *s) {
    static const char *const before[] = { "facteur",   "grippe",   "groupe", "hemoglobine", "hepatite",
                                          "hepatitis", "proteine", "vit",    "vitamin",     "vitamine" };
    return s->count && words_in_sorted(before, COUNT_OF(before), s->items[s->count - 1].folded);
}

/* "TA 12/8", "25 SA": what papers write in capitals between other words is no "ta" or "sa". */
static bool is_abbreviation(const struct scan *s, size_t at, size_t bytes) {
    struct str word = str_sub(s->text, at, bytes);
    return s->kind == TEXT_DOCUMENT && (str_eq(word, STR("TA")) || str_eq(word, STR("SA")));
}

static enum status add_token(struct scan *s, struct str folded, size_t at, size_t bytes, bool number) {
    if (s->count == s->capacity || folded.n == 0) return OK;
    struct token *t = &s->items[s->count];
    *t = (struct token) {
        .folded = folded, .stem = folded, .at = (uint32_t)at, .bytes = (uint32_t)bytes, .number = number
    };
    bool name = bytes == 1 && letter_is_name(s), stop = false;
    if (!number) {
        enum status st = look_up(s->reader, s->arena, folded, &t->stem, &stop, s->err);
        if (st != OK) return st;
    }
    t->stop = stop && !name && !is_abbreviation(s, at, bytes);
    t->clause_start = s->clause_start;
    t->sentence_start = s->sentence_start;
    s->clause_start = s->sentence_start = false;
    s->count++;
    return OK;
}

/* "1,05" -> "1.05". */
static enum status add_number(struct scan *s, size_t at, size_t end) {
    char *p = arena_alloc(s->arena, end - at + 1);
    if (!p) return fail(s->err, E_LIMIT, NULL, "no memory for a number");
    for (size_t i = at; i < end; i++) p[i - at] = s->text.p[i] == ',' ? '.' : s->text.p[i];
    return add_token(s, (struct str) { p, end - at }, at, end - at, true);
}

/* "Ma VS", "le TP", or nothing else: values of the laboratory, elsewhere "vous" and "trop". */
static bool is_examination(const struct scan *s, struct str folded, size_t end) {
    static const char *const before[] = { "la", "le", "ma", "mon", "taux" };
    if (!str_eq(folded, STR("tp")) && !str_eq(folded, STR("vs"))) return false;
    if (s->count) return words_in_sorted(before, COUNT_OF(before), s->items[s->count - 1].folded);
    for (size_t next; end < s->text.n; end = next) {
        enum char_class c = class_at(s->text, end, &next);
        if (c == CHAR_LETTER || c == CHAR_DIGIT) return false;
    }
    return true;
}

/* The word of letters behind a space or a hyphen, folded; empty: none stands there. False: no memory. */
static bool word_behind(const struct scan *s, size_t end, struct str *out) {
    while (end < s->text.n && strchr(" -", s->text.p[end])) end++;
    size_t from = end;
    while (end < s->text.n && is_ascii_letter(s->text.p[end])) end++;
    return fold_word(s->arena, str_sub(s->text, from, end - from), out);
}

/* "Boire un peu d'alcool …" a few words before: what is taken, with something else. */
static bool takes_something(const struct scan *s) {
    for (size_t i = s->count < TAKEN_WORDS ? 0 : s->count - TAKEN_WORDS; i < s->count; i++)
        if (word_in(s->items[i].folded, &words_swallows)) return true;
    return false;
}

/* "Rdv avc le chirurgien", "ac ki", "manger du riz avc tld": "avec" before what it joins. "Mon AVC le 3 mai" is a stroke, "AVC mon mari" too. */
static bool is_with(const struct scan *s, struct str folded, struct str next) {
    if (!str_in_words(folded, "avc ac") || next.n == 0) return false;
    bool joins = word_in(next, &words_behind_with), stroke = str_eq(folded, STR("avc"));
    if (word_in(next, &words_whom_with)) return true;
    if (s->count == 0) return joins && !stroke;
    if (word_in(s->items[s->count - 1].folded, &words_before_stroke)) return false;
    return joins || (takes_something(s) && !word_in(next, &words_behind_stroke));
}

/* "ouiiii" -> "oui": no French word holds the same letter three times. */
static struct str shorten_repeats(struct arena *arena, struct str word) {
    char *p = NULL;
    size_t n = 0;
    for (size_t i = 0; i < word.n; i++) {
        bool third = i >= 2 && word.p[i] == word.p[i - 1] && word.p[i] == word.p[i - 2];
        if (third && !p) {
            p = arena_alloc(arena, word.n);
            if (!p) return word;
            memcpy(p, word.p, i);
            n = i - 1;
        }
        if (p && !third) p[n++] = word.p[i];
    }
    return p ? (struct str) { p, n } : word;
}

/* "c'est": an elided word is no SMS spelling. */
static bool is_elided(const struct scan *s, size_t end) {
    if (end >= s->text.n) return false;
    uint32_t c = utf8_next(s->text, &end);
    return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC;
}

static enum status add_spelled_out(struct scan *s, struct str words, size_t at, size_t bytes) {
    while (words.n) {
        size_t n = str_find_char(words, ' ');
        enum status st = add_token(s, str_sub(words, 0, n), at, bytes, false);
        if (st != OK) return st;
        words = str_sub(words, n + 1, words.n);
    }
    return OK;
}

/* A name of what papers speak of (thesaurus.txt), in that very writing. */
static bool is_named(struct str folded) {
    struct str same[EXPAND_SAME_MAX];
    return expand_same(folded, same) > 0;
}

static bool is_known(struct str folded) {
    return words_is_common(folded) || is_named(folded) || names_is_drug(folded) || names_is_disease(folded);
}

/*
 * "linr", "davril", "lecho", "libuprofene", "joublie", "menleve": a small word written without its apostrophe, before a word that is known.
 * Empty: it is none.
 */
static struct str unglued(struct str word) {
    struct str rest = str_sub(word, 1, word.n);
    if (rest.n < 3 || !strchr("ldjmnst", word.p[0]) || !strchr("aeiouh", rest.p[0]) || is_known(word) ||
        words_is_stop(word) || names_lab(word))
        return (struct str) { "", 0 };
    bool known = names_lab(rest) || (rest.n >= 5 && is_known(rest)) || word_in(rest, &words_elided);
    return known ? rest : (struct str) { "", 0 };
}

/* "K+ 4,3", "Na+", "Ca++", "Cl-": values of the blood; alone the letters are no words. */
static struct str ion_named(const struct scan *s, struct str folded, size_t at, size_t end) {
    static const struct {
        const char *symbol, *name;
        char sign;
    } ions[] = { { "K", "kaliemie", '+' },
                 { "Na", "natremie", '+' },
                 { "Ca", "calcemie", '+' },
                 { "Mg", "magnesemie", '+' },
                 { "Cl", "chloremie", '-' } };
    if (s->kind != TEXT_DOCUMENT || end >= s->text.n || end - at > 2) return folded;
    bool goes_on = end + 1 < s->text.n && s->text.p[end] == '-' && s->text.p[end + 1] != ' ';
    for (size_t i = 0; i < COUNT_OF(ions) && !goes_on; i++)
        if (str_eq(str_sub(s->text, at, end - at), str_from_c(ions[i].symbol)) &&
            s->text.p[end] == ions[i].sign)
            return str_from_c(ions[i].name);
    return folded;
}

/* What is longer than any word or figure is cut: the length of a stem is stored in a byte (terms.h). */
static size_t cut(const struct scan *s, size_t at, size_t end) {
    return at + utf8_prefix(str_sub(s->text, at, end - at), TEXT_WORD_BYTES_MAX).n;
}

static enum status add_word(struct scan *s, size_t at, size_t end) {
    struct str folded;
    end = cut(s, at, end);
    if (!fold_word(s->arena, str_sub(s->text, at, end - at), &folded))
        return fail(s->err, E_LIMIT, NULL, "no memory for a word");
    folded = ion_named(s, folded, at, end);
    if (s->kind == TEXT_QUESTION) {
        folded = shorten_repeats(s->arena, folded);
        struct str before = s->count ? s->items[s->count - 1].folded : STR(""), next;
        if (!word_behind(s, end, &next)) return fail(s->err, E_LIMIT, NULL, "no memory for a word");
        bool name = (folded.n == 1 && letter_is_name(s)) || is_examination(s, folded, end);
        bool unit = s->count && s->items[s->count - 1].number && folded.n <= 2 && !str_eq(folded, STR("x"));
        /* "C est" without its apostrophe */
        bool verb = str_eq(folded, STR("c")) && str_in_words(next, "est etait");
        struct str words =
            name || unit || verb || is_elided(s, end) ? (struct str) { "", 0 } : words_spelled_out(folded);
        if (is_with(s, folded, next)) words = STR("avec");
        struct str beside = spelling_beside(folded, before, next);
        bool plain = folded.n == end - at; /* "kañ" is no "kan" */
        if (beside.n && plain && !name && !unit && !verb) words = beside;
        if (words.n) return add_spelled_out(s, words, at, end - at);
        struct str rest = unglued(folded);
        if (rest.n) {
            enum status st = add_token(s, str_sub(folded, 0, 1), at, end - at, false);
            return st == OK ? add_token(s, rest, at, end - at, false) : st;
        }
    }
    return add_token(s, folded, at, end - at, false);
}

/* The end of the digits at `at`: "1,05" and "10.5" go on behind the separator. */
static size_t number_end(const struct scan *s, size_t at) {
    size_t end = at, next;
    while (end < s->text.n) {
        enum char_class c = class_at(s->text, end, &next);
        if (c == CHAR_DIGIT) {
            end = next;
            continue;
        }
        bool separator = s->text.p[end] == ',' || s->text.p[end] == '.';
        size_t behind;
        if (!separator || next >= s->text.n || class_at(s->text, next, &behind) != CHAR_DIGIT) break;
        end = next;
    }
    return end;
}

static size_t word_end(const struct scan *s, size_t at) {
    size_t end = at, next;
    while (end < s->text.n) {
        enum char_class c = class_at(s->text, end, &next);
        if (c != CHAR_LETTER && c != CHAR_DIGIT) break;
        end = next;
    }
    return end;
}

/* Digits first: an SMS spelling ("2main", "6tm"), or a number with what hangs on it ("10mg"). */
static enum status add_digits(struct scan *s, size_t at, size_t *end) {
    *end = number_end(s, at);
    size_t whole = word_end(s, at);
    if (s->kind == TEXT_QUESTION && whole > *end && whole - at <= 12) {
        struct str folded;
        if (!fold_word(s->arena, str_sub(s->text, at, whole - at), &folded))
            return fail(s->err, E_LIMIT, NULL, "no memory for a word");
        struct str words = words_spelled_out(folded);
        if (words.n) {
            *end = whole;
            return add_spelled_out(s, words, at, whole - at);
        }
    }
    return add_number(s, at, cut(s, at, *end));
}

static enum status scan_all(struct scan *s) {
    enum status st = OK;
    size_t at = 0;
    while (st == OK && at < s->text.n && s->count < s->capacity) {
        size_t next, end;
        enum char_class c = class_at(s->text, at, &next);
        if (c == CHAR_DIGIT) {
            st = add_digits(s, at, &end);
            at = end;
        } else if (c == CHAR_LETTER) {
            end = word_end(s, at);
            st = add_word(s, at, end);
            at = end;
        } else {
            if (c == CHAR_CLAUSE || c == CHAR_SENTENCE) s->clause_start = true;
            if (c == CHAR_SENTENCE) s->sentence_start = true;
            at = next;
        }
    }
    return st;
}

/* No fewer than the tokens of a text: where a run of letters or digits starts, or letters follow a number. */
static size_t count_runs(struct str text) {
    size_t count = 0;
    enum char_class before = CHAR_OTHER;
    for (size_t at = 0; at < text.n;) {
        enum char_class c = class_at(text, at, &at);
        if (c != before && (c == CHAR_LETTER || c == CHAR_DIGIT)) count++;
        before = c;
    }
    return count;
}

enum status text_tokens(struct text_reader *reader, struct arena *arena, struct str text, enum text_kind kind,
                        struct tokens *out, struct err *err) {
    if (text.n > UINT32_MAX) return fail(err, E_LIMIT, NULL, "text of %zu bytes", text.n);
    size_t most = count_runs(text) * (kind == TEXT_QUESTION ? WORDS_SPELLED_OUT_MAX : 1);
    if (most > TEXT_TOKENS_MAX) most = TEXT_TOKENS_MAX;
    struct scan s = { .reader = reader,
                      .arena = arena,
                      .text = text,
                      .kind = kind,
                      .capacity = most,
                      .clause_start = true,
                      .sentence_start = true,
                      .err = err };
    s.items = arena_array(arena, most + 1, sizeof *s.items);
    if (!s.items) return fail(err, E_LIMIT, NULL, "no memory for %zu tokens", most);
    enum status st = scan_all(&s);
    if (st != OK) return st;
    *out = (struct tokens) { s.items, s.count };
    return OK;
}
