#include "rag/citation.h"

#include "guard/claim_words.h"
#include "guard/guard_words.h"
#include "guard/statement.h"
#include "rag/sentence.h"

enum { PIECES_MAX = 96, MARKS_MAX = 64 };

/* A sentence of the passage, and what it holds of the model's: a bit a word, a bit a figure. */
struct piece {
    struct str text;
    uint64_t words, figures;
    bool doses;    /* says how much or how often */
    bool forms;    /* and it is of a medicine: tablets, drops */
    bool names;    /* names a medicine or a value */
    bool labelled; /* "Liquides : 600 mL par jour": says itself of what */
};

struct citing {
    struct arena *arena;
    struct text_reader *reader;
    struct statement said;
    struct date of;
    struct piece pieces[PIECES_MAX];
    size_t count;
    struct err *err;
};

struct run {
    size_t from, to;
};

/* A word with a meaning of its own; those with which one speaks of a record have none. */
static bool counts(const struct statement *s, size_t i) {
    const struct token *t = &s->tokens.items[i];
    return !t->stop && !t->number && !claim_word_is_framing(t->folded);
}

static uint64_t words_held(const struct statement *said, const struct statement *piece) {
    uint64_t held = 0;
    int bit = 0;
    for (size_t i = 0; i < said->tokens.count && bit < MARKS_MAX; i++) {
        if (!counts(said, i)) continue;
        bool found = false;
        for (size_t k = 0; k < piece->tokens.count && !found; k++)
            found = claim_words_agree(&piece->tokens.items[k], &said->tokens.items[i]);
        held |= (uint64_t)found << bit++;
    }
    return held;
}

static bool is_same_figure(const struct quantity *said, const struct quantity *piece) {
    if (said->day.day == 0) return str_eq(said->digits, piece->digits);
    bool same_year = said->day.year == 0 || piece->day.year == 0 || said->day.year == piece->day.year;
    return said->day.day == piece->day.day && said->day.month == piece->day.month && same_year;
}

static uint64_t figures_held(const struct citing *c, const struct statement *piece) {
    uint64_t held = 0;
    for (size_t i = 0; i < c->said.quantity_count && i < MARKS_MAX; i++) {
        const struct quantity *q = &c->said.quantities[i];
        bool found = q->day.year && date_compare(q->day, c->of) == 0;
        for (size_t k = 0; k < piece->quantity_count && !found; k++)
            found = is_same_figure(q, &piece->quantities[k]);
        held |= (uint64_t)found << i;
    }
    return held;
}

/* Words and a colon before the first figure. */
static bool is_labelled(struct str text) {
    size_t colon = str_find_char(text, ':');
    for (size_t i = 0; i < colon; i++)
        if (is_digit(text.p[i])) return false;
    return colon && colon < text.n;
}

static bool is_form(const struct quantity *q) {
    return word_in(q->unit, &words_intake_unit);
}

static enum status read_piece(struct citing *c, struct str text) {
    struct statement s;
    struct piece *p = &c->pieces[c->count];
    enum status status = statement_read(c->arena, c->reader, text, &s, c->err);
    if (status != OK) return status;
    *p = (struct piece) { .text = text,
                          .words = words_held(&c->said, &s),
                          .figures = figures_held(c, &s),
                          .doses = statement_tells_dose(&s),
                          .names = statement_names_any(&s),
                          .labelled = is_labelled(text) };
    for (size_t i = 0; i < s.quantity_count; i++) p->forms |= is_form(&s.quantities[i]);
    c->count++;
    return OK;
}

static enum status read_pieces(struct citing *c, struct str passage) {
    enum status s = OK;
    for (size_t at = 0; s == OK && c->count < PIECES_MAX;) {
        struct str text = sentence_next(passage, &at);
        if (text.n == 0) break;
        s = read_piece(c, text);
    }
    return s;
}

static struct str text_of(const struct citing *c, struct run r) {
    const struct str *first = &c->pieces[r.from].text, *last = &c->pieces[r.to].text;
    return (struct str) { first->p, (size_t)(last->p + last->n - first->p) };
}

static int bits(uint64_t mask) {
    int n = 0;
    for (; mask; mask &= mask - 1) n++;
    return n;
}

/* Every sentence more must bring a word more. */
static bool find_run(const struct citing *c, int words, uint64_t figures, struct run *out) {
    int best = -1;
    for (size_t from = 0; from < c->count; from++) {
        struct piece held = { 0 };
        for (size_t to = from; to < c->count; to++) {
            const struct run r = { from, to };
            if (text_of(c, r).n > CITATION_BYTES_MAX) break;
            held.words |= c->pieces[to].words;
            held.figures |= c->pieces[to].figures;
            int n = bits(held.words), value = 2 * n - (int)(to - from);
            bool enough = held.figures == figures && 2 * n >= words && n + bits(figures) > 0;
            if (!enough || value <= best) continue;
            best = value;
            *out = r;
        }
    }
    return best >= 0;
}

/* "2 comprimés le soir" is of the medicine that is named above it. What nothing is named above need not be of a medicine: "4 h par jour". */
static bool take_owner(const struct citing *c, struct run *r) {
    bool named = false;
    for (size_t i = r->from; i <= r->to; i++) {
        const struct piece *p = &c->pieces[i];
        size_t owner = r->from;
        named |= p->names;
        if (!p->doses || named || p->labelled) continue;
        while (owner > 0 && !c->pieces[owner].names) owner--;
        if (!c->pieces[owner].names) return !p->forms;
        r->from = owner;
        return text_of(c, *r).n <= CITATION_BYTES_MAX;
    }
    return true;
}

enum status citation_find(struct arena *arena, struct text_reader *reader, struct str sentence,
                          struct str passage, struct date of, struct str *quote, struct err *err) {
    struct citing *c = arena_alloc(arena, sizeof *c);
    struct run r = { 0, 0 };
    int words = 0;
    *quote = STR("");
    if (!c) return fail(err, E_LIMIT, NULL, "no memory to find a citation");
    *c = (struct citing) { .arena = arena, .reader = reader, .of = of, .err = err };
    enum status s = statement_read(arena, reader, sentence, &c->said, err);
    if (s == OK) s = read_pieces(c, passage);
    if (s != OK) return s;
    for (size_t i = 0; i < c->said.tokens.count && words < MARKS_MAX; i++) words += counts(&c->said, i);
    size_t figures = c->said.quantity_count;
    if (figures >= MARKS_MAX) return OK;
    if (find_run(c, words, (UINT64_C(1) << figures) - 1, &r) && take_owner(c, &r)) *quote = text_of(c, r);
    return OK;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n';
}

bool citation_stands(struct str text, struct str words) {
    for (size_t from = 0; from + words.n <= text.n; from++) {
        size_t at = from, k = 0;
        while (k < words.n && (text.p[at] == words.p[k] || (is_blank(text.p[at]) && is_blank(words.p[k]))))
            at++, k++;
        if (k == words.n) return true;
    }
    return false;
}

static bool is_one_of(struct str stem, struct str stems) {
    for (struct str one; (one = str_next_word(&stems, " ")).n;)
        if (str_eq(one, stem)) return true;
    return false;
}

enum status citation_holds_one(struct arena *arena, struct text_reader *reader, struct str text,
                               struct str stems, bool *holds, struct err *err) {
    struct tokens tokens;
    *holds = false;
    enum status s = text_tokens(reader, arena, text, TEXT_DOCUMENT, &tokens, err);
    for (size_t i = 0; s == OK && i < tokens.count; i++) *holds |= is_one_of(tokens.items[i].stem, stems);
    return s;
}

enum status citation_tells_to_take(struct arena *arena, struct text_reader *reader, struct str quote,
                                   bool *tells, struct err *err) {
    struct statement said;
    enum status s = statement_read(arena, reader, quote, &said, err);
    *tells = s == OK && statement_names_any(&said) && statement_tells_dose(&said);
    return s;
}
