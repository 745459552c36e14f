#include "rag/excerpt.h"

#include "base/utf8.h"
#include "language/language_words.h"
#include "language/names.h"
#include "rag/line_time.h"
#include "understanding/relatives.h"

enum {
    EXCERPT_BYTES_MAX = 420,
    LINES_MAX = 128,
    SENTENCE_BYTES_MAX = 160, /* that goes on in the next line */
    LINES_BELOW = 3,
    SIGNATURE_WORDS_MAX = 6,
    TITLE_BYTES_MIN = 8
};

/* Of the mean weight of a word of the question. */
static const float SHOWN_SHARE = 0.6F, DATED_SHARE = 1.0F, NEAR_SHARE = 0.4F, FIRST_SHARE = 0.2F;
static const float HELPER_WEIGHT = 0.1F;
static const float MEANING_WEIGHT_MIN = 0.5F; /* of groups that are no everyday words */

/* A line or sentence of a passage, and how much of the question it holds. */
struct piece {
    size_t at, bytes;
    uint64_t held; /* groups of words, a bit each */
    int helpers;
    float shown, worth;
    bool planned, dated, first; /* first: it begins with a word that is asked for */
    bool figure;                /* holds a number: else what it speaks of may stand below */
    bool relatives;             /* about the patient's family, which was not asked */
    bool signature;             /* who wrote the paper, which answers only who it was */
    bool title;                 /* what the paper is called by, which says nothing of what stands in it */
};

struct choosing {
    struct draft *draft;
    const struct search_query *query;
    struct str text, title;
    float weights[SEARCH_GROUPS_MAX], mean;
    uint64_t kind;     /* groups that the kind of thing shown stands for */
    bool of_relatives; /* lines about relatives may be quoted */
    struct piece pieces[LINES_MAX];
    size_t count;
};

static size_t piece_end(struct str text, size_t at) {
    for (size_t i = at; i < text.n; i++) {
        if (text.p[i] == '\n' && (i - at > SENTENCE_BYTES_MAX || !text_wraps(text, i))) return i + 1;
        char c = text.p[i];
        bool full_stop = strchr(".!?", c) && i + 1 < text.n && text_ends_sentence(text, i);
        if (full_stop && i - at > 40) return i + 2;
    }
    return text.n;
}

static struct str piece_text(const struct choosing *c, size_t i) {
    return str_sub(c->text, c->pieces[i].at, c->pieces[i].bytes);
}

static const struct search_term *term_of(const struct search_query *q, const struct token *t) {
    /* "1 g" says nothing of what is shortened to a letter. */
    if (t->stop || (t->folded.n < 2 && !t->number)) return NULL;
    uint32_t hash = text_hash(t->stem);
    for (size_t k = 0; k < q->count; k++)
        if (q->terms[k].hash == hash && str_eq(q->terms[k].stem, t->stem)) return &q->terms[k];
    return NULL;
}

/* All groups that the word of the term stands in. */
static uint64_t groups_of(const struct search_query *q, const struct search_term *term) {
    uint64_t groups = 0;
    for (size_t k = 0; term && k < q->count; k++)
        if (q->terms[k].group >= 0 && q->terms[k].hash == term->hash && str_eq(q->terms[k].stem, term->stem))
            groups |= UINT64_C(1) << q->terms[k].group;
    return groups;
}

uint64_t excerpt_kind_groups(const struct draft *d, const struct search_query *q) {
    uint64_t groups = 0;
    for (size_t i = 0; i < d->tokens->count; i++) {
        if (!d->demands.words || !d->demands.words[i]) continue;
        const struct search_term *t = term_of(q, &d->tokens->items[i]);
        if (t && t->group >= 0 && !q->group_required[t->group]) groups |= UINT64_C(1) << t->group;
    }
    return groups;
}

/* Which of the question's words the line holds. */
static void hold(const struct choosing *c, const struct tokens *t, struct piece *p) {
    bool begun = false;
    for (size_t i = 0; i < t->count; i++) {
        const struct search_term *term = term_of(c->query, &t->items[i]);
        p->figure |= t->items[i].number;
        p->first |= !begun && term && term->group >= 0 && !t->items[i].number;
        begun |= !t->items[i].stop && !t->items[i].number;
        p->held |= groups_of(c->query, term);
        if (term && term->group < 0) p->helpers++;
    }
}

/* "Biologiste : Dr Yoro DIALLO", "Cher Docteur SOW,": a name and nothing else. */
static bool is_signature(const struct tokens *t) {
    bool doctor = false;
    for (size_t i = 0; i < t->count; i++) {
        if (t->items[i].number) return false;
        doctor |= word_in(t->items[i].folded, &words_doctor_title);
    }
    return doctor && t->count <= SIGNATURE_WORDS_MAX;
}

static bool asks_who(const struct draft *d) {
    return d->demands.asked[DEMAND_PERSON] || (d->reading && d->reading->intent == INTENT_PRESCRIBER);
}

static enum status measure(struct choosing *c, struct piece *p) {
    struct draft *d = c->draft;
    struct tokens t;
    uint32_t shown = 0;
    struct str line = str_sub(c->text, p->at, p->bytes);
    enum status s = text_tokens(d->reader, d->arena, line, TEXT_DOCUMENT, &t, d->err);
    if (s != OK) return s;
    p->relatives = !c->of_relatives && relatives_are_named(&t);
    /* A title may have been cut. */
    struct str whole = str_trim(line);
    p->title = c->title.n >= TITLE_BYTES_MIN && str_starts(whole, c->title);
    p->signature = is_signature(&t) && !asks_who(d);
    if (p->relatives || p->title || p->signature) return OK;
    hold(c, &t, p);
    /* Most lines hold nothing, and what they show does not matter. */
    if (p->held == 0 && p->helpers == 0) return OK;
    s = demand_look(d->books->demands, d->arena, line, &t, &shown, d->err);
    if (s != OK) return s;
    p->shown = demand_shows(&d->demands, shown);
    p->planned = shown >> SHOWN_PLANNED & 1;
    p->dated = d->when && line_names_time(d->when, line, &t);
    if (p->held && p->shown > 0) p->held |= c->kind;
    return OK;
}

static float weight_of(const struct choosing *c, uint64_t groups) {
    float sum = 0;
    for (int g = 0; g < c->query->groups; g++) sum += groups >> g & 1 ? c->weights[g] : 0;
    return sum;
}

static int required_of(const struct choosing *c, uint64_t groups) {
    int n = 0;
    for (int g = 0; g < c->query->groups; g++) n += c->query->group_required[g] && (groups >> g & 1);
    return n;
}

/* What the lines around say counts less; what they show does not. */
static void value(struct choosing *c, size_t i) {
    struct piece *p = &c->pieces[i];
    uint64_t around = (i ? p[-1].held : 0) | (i + 1 < c->count ? p[1].held : 0);
    if (p->held == 0 && p->helpers == 0) return;
    p->worth = weight_of(c, p->held) + NEAR_SHARE * weight_of(c, around & ~p->held) +
               HELPER_WEIGHT * (float)p->helpers;
    if (p->shown > 0) p->worth += SHOWN_SHARE * c->mean;
    if (p->dated) p->worth += DATED_SHARE * c->mean;
    if (p->first) p->worth += FIRST_SHARE * c->mean;
}

static enum status read_pieces(struct choosing *c) {
    for (size_t at = 0; at < c->text.n && c->count < LINES_MAX; c->count++) {
        size_t end = piece_end(c->text, at);
        c->pieces[c->count] = (struct piece) { .at = at, .bytes = end - at };
        enum status s = measure(c, &c->pieces[c->count]);
        if (s != OK) return s;
        at = end;
    }
    for (size_t i = 0; i < c->count; i++) value(c, i);
    return OK;
}

static bool fits(const struct choosing *c, size_t from, size_t to, size_t bytes_max) {
    return c->pieces[to].at + c->pieces[to].bytes - c->pieces[from].at <= bytes_max;
}

/* A line that goes on with what the line before began: in small letters, or with an item of a list that was announced. */
static bool goes_on(const struct choosing *c, size_t i) {
    struct str line = str_trim(piece_text(c, i)), before = str_trim(piece_text(c, i - 1));
    if (line.n == 0 || before.n == 0) return false;
    char last = before.p[before.n - 1];
    if (strchr(".!?", last)) return false;
    return utf8_is_small(line, 0) || text_ends_open(before) || line.p[0] == '(' || strchr(":,", last) ||
           line.p[0] == '>';
}

/* The nearest line outside that adds a word of the question, and is near enough; false: none. */
static bool widen(struct choosing *c, size_t *from, size_t *to, uint64_t *held) {
    uint64_t meaning = 0;
    for (int g = 0; g < c->query->groups; g++)
        if (c->query->group_weight[g] >= MEANING_WEIGHT_MIN) meaning |= UINT64_C(1) << g;
    for (size_t step = 1; step < c->count; step++) {
        if (*to + step < c->count && c->pieces[*to + step].held & meaning & ~*held &&
            fits(c, *from, *to + step, EXCERPT_BYTES_MAX)) {
            *to += step;
            *held |= c->pieces[*to].held;
            return true;
        }
        if (*from >= step && c->pieces[*from - step].held & meaning & ~*held &&
            fits(c, *from - step, *to, EXCERPT_BYTES_MAX)) {
            *from -= step;
            *held |= c->pieces[*from].held;
            return true;
        }
    }
    return false;
}

/* From the best line to all that belongs to it. */
static struct str run_around(struct choosing *c, size_t best) {
    size_t from = best, to = best;
    uint64_t held = c->pieces[best].held;
    while (widen(c, &from, &to, &held)) {
    }
    while (from > 0 && goes_on(c, from) && fits(c, from - 1, to, EXCERPT_BYTES_MAX)) from--;
    while (to + 1 < c->count && goes_on(c, to + 1) && fits(c, from, to + 1, EXCERPT_BYTES_MAX)) to++;
    bool open = c->pieces[best].shown < 0 || !c->pieces[best].figure;
    for (int i = 0; i < LINES_BELOW && open && to + 1 < c->count; i++)
        if (fits(c, from, to + 1, EXCERPT_BYTES_MAX)) to++;
    size_t at = c->pieces[from].at, end = c->pieces[to].at + c->pieces[to].bytes;
    return str_trim(utf8_prefix(str_sub(c->text, at, end - at), EXCERPT_BYTES_MAX));
}

/* The first pieces, whole, as far as an excerpt goes. */
static struct str beginning(const struct choosing *c) {
    size_t end = 0;
    for (size_t i = 0; i < c->count && fits(c, 0, i, EXCERPT_BYTES_MAX); i++)
        end = c->pieces[i].at + c->pieces[i].bytes;
    return str_trim(end ? str_sub(c->text, 0, end) : utf8_prefix(c->text, EXCERPT_BYTES_MAX));
}

/* A line that begins the next item: "2) …", "- …". */
static bool begins_item(struct str line) {
    line = str_trim(line);
    size_t at = 0;
    while (at < line.n && is_digit(line.p[at])) at++;
    if (at == 0) return line.n && strchr("-*", line.p[0]);
    return at < line.n && strchr(").-", line.p[at]) && (at + 1 == line.n || line.p[at + 1] == ' ');
}

static enum status names_medicine(struct draft *d, struct str line, bool *named) {
    struct tokens t;
    enum status s = text_tokens(d->reader, d->arena, line, TEXT_DOCUMENT, &t, d->err);
    *named = s == OK && text_names_medicine(&t);
    return s;
}

/* Asked about one medicine: its own lines, never those of the next. */
static enum status medicine_run(struct choosing *c, size_t best, struct str *out) {
    size_t end;
    for (end = best + 1; end < c->count; end++) {
        bool named;
        enum status s = names_medicine(c->draft, piece_text(c, end), &named);
        if (s != OK) return s;
        if (named || begins_item(piece_text(c, end)) || !fits(c, best, end, EXCERPT_BYTES_MAX)) break;
    }
    size_t at = c->pieces[best].at, to = c->pieces[end - 1].at + c->pieces[end - 1].bytes;
    *out = str_trim(utf8_prefix(str_sub(c->text, at, to - at), EXCERPT_BYTES_MAX));
    return OK;
}

/* The worthiest line; of those that hold most of what must be there. */
static size_t best_piece(const struct choosing *c) {
    size_t best = 0;
    for (size_t i = 1; i < c->count; i++) {
        const struct piece *p = &c->pieces[i], *b = &c->pieces[best];
        int more = required_of(c, p->held) - required_of(c, b->held);
        if (more > 0 || (more == 0 && p->worth > b->worth)) best = i;
    }
    return best;
}

static bool any_relatives(const struct choosing *c) {
    for (size_t i = 0; i < c->count; i++)
        if (c->pieces[i].relatives) return true;
    return false;
}

static enum status choose(struct choosing *c, bool by_heading, struct excerpt *out) {
    size_t best = best_piece(c);
    const struct piece *p = &c->pieces[best];
    if (c->count == 0) return OK;
    if (p->worth <= 0) {
        if (by_heading && !any_relatives(c)) out->text = out->line = beginning(c);
        return OK;
    }
    out->line = str_trim(piece_text(c, best));
    out->shown = p->shown;
    out->planned = p->planned;
    out->dated = p->dated;
    if (c->draft->subject->names_drug) return medicine_run(c, best, &out->text);
    out->text = run_around(c, best);
    return OK;
}

enum status excerpt_choose(struct draft *d, const struct search_query *q, const struct record_chunk *chunk,
                           bool by_heading, struct excerpt *out) {
    struct choosing c = { .draft = d,
                          .query = q,
                          .text = chunk->text,
                          .title = d->record->documents[chunk->document].title,
                          .kind = excerpt_kind_groups(d, q) };
    /* What the clinic says of mothers and children is said to them. */
    bool who = d->demands.asked[DEMAND_PERSON] && !operation_is_asked(d);
    c.of_relatives = d->collection != COLLECTION_RECORD || relatives_are_named(d->tokens) || who;
    bool headed = chunk->heading.n > 0 || d->collection == COLLECTION_ADVICE;
    *out = (struct excerpt) { .text = STR(""), .line = STR("") };
    search_weigh(d->record, q, c.weights);
    for (int g = 0; g < q->groups; g++) c.mean += c.weights[g] / (float)q->groups;
    enum status s = read_pieces(&c);
    return s == OK ? choose(&c, by_heading && headed, out) : s;
}

enum status draft_excerpt(struct draft *d, const struct search_query *q, const struct record_chunk *chunk,
                          bool by_heading, struct str *out) {
    struct excerpt e;
    enum status s = excerpt_choose(d, q, chunk, by_heading, &e);
    *out = e.text;
    return s;
}
