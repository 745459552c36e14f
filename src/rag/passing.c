#include "rag/passing_line.h"

enum { HELPERS_MAX = 4, MISSING_MAX = 4, LACKING_MAX = 2, HELD_MAX = 4 };

/* Where few of the questions that have no answer pass (eval_records, eval_answers), and those that have one mostly do. */
static const float THRESHOLD = -0.35F;
/* The same where one sentence holds all words with a meaning and shows the kind of thing that is asked for: "Tension 148/92". */
static const float THRESHOLD_WHOLE = -1.0F;
/* Where more than half of what is best for its question answers it. */
static const float THRESHOLD_NEAR = -1.1F;

/* Groups of at least this weight in the coverage have a meaning of their own: no everyday words, no forms. */
static const float MEANING_WEIGHT_MIN = 0.5F;

struct measure {
    const struct search_query *query;
    uint64_t said;        /* groups of which a word stands there, not only a figure for it */
    uint64_t held, tight; /* groups of all and of the best sentence, a bit each */
    int helpers;
};

/* Where everyday words are all that is asked with, they are the meaning. */
static uint64_t meaning_groups(const struct search_query *q) {
    uint64_t meaning = 0, any = 0;
    for (int g = 0; g < q->groups; g++) {
        if (q->group_weight[g] > 0) any |= UINT64_C(1) << g;
        if (q->group_weight[g] >= MEANING_WEIGHT_MIN) meaning |= UINT64_C(1) << g;
    }
    return meaning ? meaning : any;
}

static int meaning_held(const struct search_query *q, uint64_t held) {
    uint64_t meaning = meaning_groups(q) & held;
    int n = 0;
    for (; meaning; meaning &= meaning - 1) n++;
    return n;
}

/* A sentence begins at the token, and not only a line that goes on with the one before. */
static bool begins_sentence(struct str text, const struct token *t) {
    if (!t->sentence_start) return false;
    size_t line = t->at < text.n ? t->at : 0;
    while (line && strchr(" -*>\"", text.p[line - 1])) line--;
    return line == 0 || text.p[line - 1] != '\n' || !text_wraps(text, line - 1);
}

/* The words of the text that the tokens are of. */
static void add_tokens(struct str text, const struct tokens *t, struct measure *m) {
    bool helped[SEARCH_TERMS_MAX] = { false };
    uint64_t sentence = 0, before = 0;
    for (size_t i = 0; i < t->count; i++) {
        if (begins_sentence(text, &t->items[i])) sentence = before = 0;
        if (t->items[i].stop || (t->items[i].folded.n < 2 && !t->items[i].number)) continue;
        uint32_t hash = text_hash(t->items[i].stem);
        for (size_t k = 0; k < m->query->count; k++) {
            const struct search_term *term = &m->query->terms[k];
            if (term->hash != hash || !str_eq(term->stem, t->items[i].stem)) continue;
            if (term->group >= 0)
                sentence |= UINT64_C(1) << term->group;
            else if (!helped[k])
                m->helpers += helped[k] = true;
        }
        if (sentence == before) continue;
        before = sentence;
        m->held |= sentence;
        m->said |= sentence;
        if (meaning_held(m->query, sentence) > meaning_held(m->query, m->tight)) m->tight = sentence;
    }
}

/* The tokens of the bytes from `at` to `end`. */
static struct tokens between(const struct tokens *t, size_t at, size_t end) {
    struct tokens part = { t->items, 0 };
    size_t first = 0;
    while (first < t->count && t->items[first].at < at) first++;
    part.items += first;
    while (first + part.count < t->count && t->items[first + part.count].at < end) part.count++;
    return part;
}

static float share(float part, float all) {
    return all > 0 ? part / all : 0;
}

static float held_share(const struct search_query *q, const float *weights, uint64_t held) {
    float all = 0, part = 0;
    for (int g = 0; g < q->groups; g++) {
        all += weights[g];
        part += held >> g & 1 ? weights[g] : 0;
    }
    return share(part, all);
}

static float missing_share(const struct search_query *q, uint64_t held) {
    int missing = meaning_held(q, ~held);
    return (float)(missing < MISSING_MAX ? missing : MISSING_MAX) / MISSING_MAX;
}

static void weigh(const struct measure *m, const float *weights, struct passing *out) {
    const struct search_query *q = m->query;
    float meaning = 0, heaviest = 0;
    uint64_t asked = meaning_groups(q);
    bool heaviest_held = false, named = false;
    out->complete = true;
    for (int g = 0; g < q->groups; g++) {
        bool holds = m->held >> g & 1;
        out->complete = out->complete && (holds || !q->group_required[g]);
        named |= q->group_required[g];
        if (!(asked >> g & 1)) continue;
        meaning++;
        if (weights[g] < heaviest) continue;
        heaviest = weights[g];
        heaviest_held = holds;
    }
    float found = (float)meaning_held(q, m->held);
    out->signs[PASSING_COVERAGE] = held_share(q, weights, m->held);
    out->signs[PASSING_CONTENT] = meaning > 0 ? share(found, meaning) : 0;
    out->signs[PASSING_NAMED] = named && out->complete;
    out->signs[PASSING_BRIEF] = meaning > 0 ? 1 / meaning : 1;
    out->signs[PASSING_TIGHT] = meaning > 0 ? share((float)meaning_held(q, m->tight), meaning) : 0;
    out->signs[PASSING_HELPED] =
        !heaviest_held ? 0 : (float)(m->helpers < HELPERS_MAX ? m->helpers : HELPERS_MAX) / HELPERS_MAX;
}

/* Groups of which some passage of the record holds a word. */
static uint64_t groups_known(const struct record *r, const struct search_query *q) {
    uint64_t known = 0;
    for (size_t k = 0; k < q->count; k++) {
        int g = q->terms[k].group;
        if (g < 0 || known >> g & 1) continue;
        if (postings_find(&r->postings, q->terms[k].hash, q->terms[k].stem)) known |= UINT64_C(1) << g;
    }
    return known;
}

static float capped(int n, int max) {
    return (float)(n < max ? n : max) / (float)max;
}

/* What the quote does not hold: another thing, which is known by name, or which other passages speak of. */
static void weigh_lacking(const struct record *r, const struct search_query *q, uint64_t held,
                          struct passing *out) {
    uint64_t named = 0, elsewhere = groups_known(r, q);
    for (int g = 0; g < q->groups; g++)
        if (q->group_named[g] || q->group_required[g]) named |= UINT64_C(1) << g;
    out->signs[PASSING_LACKS_NAMED] = capped(meaning_held(q, ~held & named), LACKING_MAX);
    out->signs[PASSING_ELSEWHERE] = capped(meaning_held(q, ~held & elsewhere), LACKING_MAX);
    out->signs[PASSING_HELD] = capped(meaning_held(q, held), HELD_MAX);
}

static void add_measure(struct measure *m, const struct measure *other) {
    m->held |= other->held;
    m->said |= other->said;
    m->helpers += other->helpers;
    if (meaning_held(m->query, other->tight) > meaning_held(m->query, m->tight)) m->tight = other->tight;
}

/* What the question names, but for the kind of thing that is asked for ("coûte"). */
static uint64_t named_groups(const struct search_query *q, uint64_t kind) {
    uint64_t named = 0;
    for (int g = 0; g < q->groups; g++)
        if (q->group_named[g]) named |= UINT64_C(1) << g;
    return named & meaning_groups(q) & ~kind;
}

static uint64_t rarest_of(const struct search_query *q, const float *weights, uint64_t groups) {
    int rarest = -1;
    for (int g = 0; g < q->groups; g++)
        if (groups >> g & 1 && (rarest < 0 || weights[g] >= weights[rarest])) rarest = g;
    return rarest < 0 ? 0 : UINT64_C(1) << rarest;
}

/* "Détartrage conseillé. Prochaine séance : 19/12" names the day of something else, and a price is of what stands in its line. */
static bool is_of_another_line(const struct passing_quote *quote, const struct measure *line,
                               const struct measure *all, const float *weights) {
    uint64_t named = named_groups(line->query, quote->kind_groups),
             rarest = rarest_of(line->query, weights, named);
    if (quote->price) return ((named & all->held) | rarest) & ~line->held;
    return quote->day && quote->planned && (rarest & all->held & ~line->held);
}

static enum status read_texts(struct text_reader *reader, struct arena *arena,
                              const struct passing_quote *quote, struct measure *line, struct measure *all,
                              struct err *err) {
    struct measure frame = { .query = all->query, .held = quote->kind_groups };
    struct tokens text, heading, of_line;
    enum status s = text_tokens(reader, arena, quote->text, TEXT_DOCUMENT, &text, err);
    if (s == OK) s = text_tokens(reader, arena, quote->heading, TEXT_DOCUMENT, &heading, err);
    size_t at = str_find(quote->text, quote->line), end = at + quote->line.n;
    bool within = end <= quote->text.n;
    if (s == OK && !within) s = text_tokens(reader, arena, quote->line, TEXT_DOCUMENT, &of_line, err);
    if (s != OK) return s;
    if (within) of_line = between(&text, at, end);
    add_tokens(quote->text, &text, all);
    add_tokens(within ? quote->text : quote->line, &of_line, line);
    add_tokens(quote->heading, &heading, &frame);
    add_tokens(STR(""), quote->title, &frame);
    add_measure(all, &frame);
    add_measure(line, &frame);
    return OK;
}

enum status passing_read(struct text_reader *reader, struct arena *arena, const struct record *record,
                         const struct search_query *q, const struct passing_quote *quote, struct passing *out,
                         struct err *err) {
    float weights[SEARCH_GROUPS_MAX];
    struct measure m = { .query = q }, line = { .query = q };
    enum status s = read_texts(reader, arena, quote, &line, &m, err);
    if (s != OK) return s;
    *out = (struct passing) { 0 };
    s = passing_read_line(reader, arena, q, quote->asked, quote->line, quote->heading, out, err);
    if (s != OK) return s;
    weigh(&m, search_weigh(record, q, weights), out);
    if (is_of_another_line(quote, &line, &m, weights)) out->complete = false;
    out->signs[PASSING_SCORE] = share(quote->score, search_score_max(record, q));
    out->signs[PASSING_BESIDE] = share(quote->score, quote->best_score);
    float lead = quote->score > 0 ? 1 - share(quote->next_score, quote->score) : 0;
    out->signs[PASSING_LEAD] = lead * out->signs[PASSING_CONTENT];
    out->signs[PASSING_SHOWN] = quote->shown;
    out->signs[PASSING_LINE] = held_share(q, weights, line.held);
    out->signs[PASSING_MISSING] = missing_share(q, m.held);
    out->signs[PASSING_PLANNED] = quote->planned;
    out->signs[PASSING_DATED] = quote->dated;
    out->signs[PASSING_FILE] = quote->of_file;
    out->signs[PASSING_REASON] = quote->reason;
    out->on_topic = meaning_held(q, m.said) > 0;
    weigh_lacking(record, q, m.held, out);
    out->odds = passing_bias;
    for (int i = 0; i < PASSING_SIGN_COUNT; i++) out->odds += passing_weights[i] * out->signs[i];
    return OK;
}

static bool is_whole(const struct passing *p) {
    return p->signs[PASSING_TIGHT] >= 1 && p->signs[PASSING_SHOWN] > 0;
}

static float threshold(const struct passing *p) {
    return is_whole(p) ? THRESHOLD_WHOLE : THRESHOLD;
}

bool passing_is_near(const struct passing *p) {
    bool may_answer = p->signs[PASSING_SHOWN] >= 0 && p->signs[PASSING_PLANNED] <= 0;
    return p->complete && p->on_topic && p->met && may_answer && p->signs[PASSING_COVERAGE] > 0 &&
           p->odds > THRESHOLD_NEAR;
}

bool passing_passes(const struct passing *p) {
    return p->complete && p->on_topic && p->met && p->signs[PASSING_COVERAGE] > 0 && p->odds > threshold(p);
}
