#include "rag/demand.h"

#include "rag/rag_words.h"

enum { REMARK_LETTERS_MIN = 3 };

struct demand_book {
    struct phrase_book *asked, *said, *shown;
};

enum status demand_book_new(struct arena *arena, struct demand_book **out, struct err *err) {
    struct demand_book *b = arena_alloc(arena, sizeof *b);
    if (!b) return fail(err, E_LIMIT, NULL, "no memory for demands");
    enum status s =
        phrase_book_new(arena, demands_classes, demands_demand, PHRASE_MISSPELT_TOO, &b->asked, err);
    if (s == OK) s = phrase_book_new(arena, demands_classes, demands_said, PHRASE_AS_WRITTEN, &b->said, err);
    if (s == OK)
        s = phrase_book_new(arena, demands_classes, demands_shown, PHRASE_AS_WRITTEN, &b->shown, err);
    if (s == OK) *out = b;
    return s;
}

/* "Va", "vont" before an infinitive that is near: what will happen. */
static bool asks_what_will_be(const struct tokens *t) {
    static const char *const endings[] = { "er", "ir", "re" };
    for (size_t i = 0; i < t->count; i++) {
        bool may = word_in(t->items[i].folded, &words_may_come) && i + 1 < t->count;
        if (may && word_in(t->items[i + 1].folded, &words_come_back)) return true;
        if (!word_in(t->items[i].folded, &words_will)) continue;
        for (size_t k = i + 1; k < t->count && k <= i + 3; k++)
            for (size_t e = 0; e < COUNT_OF(endings); e++)
                if (t->items[k].folded.n > 3 && str_ends(t->items[k].folded, str_from_c(endings[e])))
                    return true;
    }
    return false;
}

/* Whose words name a kind of figure, which stands for them: "14 mm" says "taille". */
static bool is_named_by_figure(int demand) {
    return demand == DEMAND_DAY || demand == DEMAND_AMOUNT || demand == DEMAND_PRICE ||
           demand >= DEMAND_LENGTH;
}

static enum status read_said(const struct demand_book *book, struct arena *arena, const struct tokens *tokens,
                             struct demands *out, struct err *err) {
    struct phrase_hit *hits;
    size_t count;
    enum status s = phrase_find(book->said, arena, tokens, NULL, 0, &hits, &count, err);
    for (size_t i = 0; s == OK && i < count; i++) {
        int tag = demands_said[hits[i].phrase].tag;
        out->said[tag] = true;
        for (size_t k = hits[i].first; k <= hits[i].last && tag == SAID_EXAMINATION; k++)
            out->examined[k] = true;
    }
    return s;
}

/* "C'est quoi l'INR", and nothing more. */
static bool asks_only_what_it_is(const struct tokens *t, const bool *lab) {
    size_t what = 0, named = 0;
    for (size_t i = 0; i < t->count; i++) {
        what += str_in_words(t->items[i].folded, "quoi koi");
        named += lab[i];
        if (!lab[i] && !word_in(t->items[i].folded, &words_what_is)) return false;
    }
    return what == 1 && named > 0;
}

/* "Les taches qui restent": it tells which, and asks for nobody; "l'opération qui l'a faite" does. */
static bool tells_which(const struct tokens *t, size_t i) {
    if (!str_eq(t->items[i].folded, STR("qui")) || i == 0 || i + 1 == t->count) return false;
    const struct token *before = &t->items[i - 1];
    return !before->stop && !before->clause_start && !t->items[i].clause_start &&
           !word_in(t->items[i + 1].folded, &words_not_when);
}

enum status demand_read(const struct demand_book *book, struct arena *arena, const struct tokens *tokens,
                        const struct subject *subject, const struct intent_reading *reading,
                        struct demands *out, struct err *err) {
    const struct phrase_mark marks[] = { { "@drug", subject->drug },
                                         { "@lab", subject->lab },
                                         { "@other", reading->other },
                                         { "@disease", reading->disease } };
    struct phrase_hit *hits;
    size_t count;
    *out = (struct demands) { .book = book,
                              .examined = arena_array(arena, tokens->count + 1, sizeof(bool)),
                              .words = arena_array(arena, tokens->count + 1, sizeof(bool)) };
    if (!out->words || !out->examined) return fail(err, E_LIMIT, NULL, "no memory for demands");
    enum status s = phrase_find(book->asked, arena, tokens, marks, COUNT_OF(marks), &hits, &count, err);
    for (size_t i = 0; s == OK && i < count; i++) {
        int demand = demands_demand[hits[i].phrase].tag;
        if (demand == DEMAND_PERSON && hits[i].first == hits[i].last && tells_which(tokens, hits[i].first))
            continue;
        out->asked[demand] = true;
        for (size_t k = hits[i].first; k <= hits[i].last && is_named_by_figure(demand); k++)
            out->words[k] = true;
    }
    if (s == OK) s = read_said(book, arena, tokens, out, err);
    out->will_be = out->said[SAID_FUTURE] || asks_what_will_be(tokens);
    out->foresees = !out->said[SAID_OPEN] && out->will_be;
    if (asks_only_what_it_is(tokens, subject->lab)) out->asked[DEMAND_MEANING] = true;
    if (out->said[SAID_OWN] || out->said[SAID_ATTRIBUTE]) out->asked[DEMAND_MEANING] = false;
    /* "Quand est-ce que je peux revenir": a visit, no disease. */
    if (out->asked[DEMAND_DAY] || out->said[SAID_SELF]) out->asked[DEMAND_PROGNOSIS] = false;
    if (reading->intent == INTENT_VACCINES) out->asked[DEMAND_NEXT] = false;
    if (out->said[SAID_URGENCY]) out->asked[DEMAND_DAY] = false;
    return s;
}

bool demand_is_strict(const struct demands *d) {
    return d->asked[DEMAND_EFFECT] || d->asked[DEMAND_MAY];
}

bool demand_is_harm(struct str folded) {
    return word_in(folded, &words_body_part);
}

bool demand_word_is_of_outcome(struct str folded) {
    return word_in(folded, &words_finding_asked);
}

bool demand_facts_may_answer(const struct demands *d) {
    return !d->asked[DEMAND_PRICE] && !d->asked[DEMAND_PHONE] && !d->asked[DEMAND_MEANING] &&
           !d->asked[DEMAND_STORAGE] && !d->asked[DEMAND_MISSED] && !d->asked[DEMAND_EXPIRY] &&
           !d->asked[DEMAND_SEVERITY] && !d->asked[DEMAND_LIFELONG] && !d->asked[DEMAND_NEXT] &&
           !d->asked[DEMAND_REASON] && !d->asked[DEMAND_RISK] && !d->asked[DEMAND_PROGNOSIS] &&
           !d->asked[DEMAND_STOPPED] && !demand_is_strict(d);
}

static bool begins_phone(char c) {
    return c == '+' || c == '0' || c == '3' || c == '7';
}

static bool is_phone_sign(char c) {
    return c == ' ' || c == '.' || c == '-' || c == '+' || c == '(' || c == ')';
}

static bool goes_before_phone(char c) {
    return !is_digit(c) && c != '-' && c != '/' && c != '.' && c != ',';
}

/* Nine digits and more that begin as numbers do here and in France, with nothing but their signs in between. */
/* The end of the telephone number that begins at byte i; 0: none does. */
static size_t phone_end(struct str text, size_t i) {
    int digits = 0;
    size_t k = i;
    if (!begins_phone(text.p[i]) || (i && !goes_before_phone(text.p[i - 1]))) return 0;
    for (; k < text.n && (is_digit(text.p[k]) || is_phone_sign(text.p[k])); k++)
        digits += is_digit(text.p[k]);
    return digits >= 9 ? k : 0;
}

static bool holds_phone(struct str text) {
    for (size_t i = 0; i < text.n; i++)
        if (phone_end(text, i)) return true;
    return false;
}

/* "3. Radiothérapie", "2) …": the number of an item. */
static bool numbers_item(struct str text, const struct token *t) {
    size_t line = t->at, end = t->at + t->bytes;
    while (line && text.p[line - 1] == ' ') line--;
    bool begins = line == 0 || text.p[line - 1] == '\n';
    return begins && end + 1 < text.n && strchr(".)/", text.p[end]) && text.p[end + 1] == ' ';
}

/* "infarctus 2026, prothèse 2020": years that say when. */
static bool is_bare_year(const struct tokens *t, size_t i) {
    struct str f = t->items[i].folded;
    bool century = f.n == 4 && (str_starts(f, STR("19")) || str_starts(f, STR("20")));
    return century && (i + 1 == t->count || t->items[i + 1].clause_start);
}

/* Numbers; those of a telephone are no amount, hour or length. */
static bool mark_figures(struct str text, const struct tokens *t, bool *figures) {
    bool any = false;
    size_t phone = 0;
    for (size_t i = 0; i < t->count; i++) {
        size_t end = t->items[i].number ? phone_end(text, t->items[i].at) : 0;
        if (end > phone) phone = end;
        figures[i] = t->items[i].number && t->items[i].at >= phone && !numbers_item(text, &t->items[i]) &&
                     !is_bare_year(t, i);
        any |= figures[i];
    }
    return any;
}

static size_t digits_at(struct str text, size_t at) {
    size_t n = 0;
    while (at + n < text.n && is_digit(text.p[at + n])) n++;
    return n;
}

static int number_of(struct str text, size_t at, size_t digits) {
    int n = 0;
    for (size_t i = 0; i < digits; i++) n = 10 * n + (text.p[at + i] - '0');
    return n;
}

/* "27/03": two digits on both sides, as days are written and blood pressures are not. */
static bool is_day_of_month(struct str text, size_t at, size_t n, size_t m) {
    int day = number_of(text, at, n), month = number_of(text, at + n + 1, m);
    bool of_ten = month == 10 && day <= 10; /* "10/10": what eyes see */
    return text.p[at + n] == '/' && n == 2 && m == 2 && day >= 1 && day <= 31 && month >= 1 && month <= 12 &&
           !of_ten;
}

/* "14/05/2026", "05/2026", "14.05.26"; "27/03"; "2018". */
static bool holds_figured_day(struct str text) {
    for (size_t i = 0; i < text.n;) {
        size_t n = digits_at(text, i), next = i + n;
        if (n == 0) {
            i++;
            continue;
        }
        bool century = n == 4 && ((text.p[i] == '1' && text.p[i + 1] == '9') ||
                                  (text.p[i] == '2' && text.p[i + 1] == '0'));
        if (century) return true;
        if (n <= 2 && next < text.n && strchr("/.-", text.p[next])) {
            size_t m = digits_at(text, next + 1), last = next + 1 + m;
            if (m == 4 && text.p[next] == '/') return true;
            if (m && m <= 2 && last < text.n && text.p[last] == text.p[next] &&
                digits_at(text, last + 1) >= 2)
                return true;
            if (is_day_of_month(text, i, n, m)) return true;
        }
        i = next;
    }
    return false;
}

/* "(pg/mL)", "(extraite 2015)" */
static bool is_unit_or_day(struct str remark) {
    bool unit = str_find_char(remark, '/') < remark.n && str_find_char(remark, ' ') == remark.n;
    return unit || holds_figured_day(remark);
}

/* "STOP baclofène (trop endormi)", "fume -> retarde": what a remark in brackets or behind an arrow says is mostly why. */
static bool holds_remark(struct str text) {
    for (size_t i = 0; i + 1 < text.n; i++) {
        if (strchr("-=", text.p[i]) && text.p[i + 1] == '>') return true;
        size_t letters = 0;
        size_t end = i + 1 + str_find_char(str_sub(text, i + 1, text.n), ')');
        for (size_t k = i + 1; text.p[i] == '(' && k < end; k++) letters += is_ascii_letter(text.p[k]);
        if (letters >= REMARK_LETTERS_MIN && !is_unit_or_day(str_sub(text, i + 1, end - i - 1))) return true;
    }
    return false;
}

/* "J10": so many days after what was done. */
static bool counts_days(const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++) {
        struct str word = t->items[i].folded;
        if (word.n > 1 && word.p[0] == 'j' && 1 + digits_at(word, 1) == word.n) return true;
    }
    return false;
}

/* "60 000", as prices are written, with no unit of anything else behind it. */
static bool is_round_sum(struct str text, const struct tokens *t, size_t i) {
    const struct token *thousands = &t->items[i], *rest = thousands + 1;
    bool together = rest->number && rest->folded.n == 3 && rest->at == thousands->at + thousands->bytes + 1 &&
                    text.p[rest->at - 1] == ' ' && str_ends(rest->folded, STR("00"));
    size_t end = rest->at + rest->bytes;
    while (together && end < text.n && text.p[end] == ' ') end++;
    return together && (end >= text.n || !(is_ascii_letter(text.p[end]) || strchr("/%x(", text.p[end])));
}

/* "15 000 F", "5000F" */
static bool names_francs(struct str text, const struct tokens *t, const bool *figures) {
    for (size_t i = 0; i + 1 < t->count; i++) {
        bool francs = t->items[i].folded.n >= 3 && str_eq(t->items[i + 1].folded, STR("f"));
        if (figures[i] && (francs || is_round_sum(text, t, i))) return true;
    }
    return false;
}

/* "L'intervention ne rendra pas la vue", "elles reprendront". */
static bool speaks_of_the_future(const struct tokens *t) {
    static const char *const endings[] = { "dra", "dront", "era", "eront", "ira", "iront", "vra", "vront" };
    enum { FUTURE_BYTES_MIN = 6 };
    for (size_t i = 0; i < t->count; i++)
        for (size_t e = 0; e < COUNT_OF(endings) && t->items[i].folded.n >= FUTURE_BYTES_MIN; e++)
            if (str_ends(t->items[i].folded, str_from_c(endings[e]))) return true;
    return false;
}

/* "12h30", "8 h", "10:30". */
static bool names_hour(struct str text, const struct tokens *t, const bool *figures) {
    for (size_t i = 0; i + 1 < t->count; i++) {
        const struct token *hour = &t->items[i], *behind = hour + 1;
        if (!figures[i] || hour->folded.n > 2) continue;
        bool minutes = behind->folded.n > 1 && behind->folded.p[0] == 'h' &&
                       1 + digits_at(behind->folded, 1) == behind->folded.n;
        bool colon = behind->number && behind->folded.n == 2 && behind->at == hour->at + hour->bytes + 1 &&
                     text.p[behind->at - 1] == ':';
        if (minutes || colon) return true;
    }
    return false;
}

/* "La durée prévue : 2 ans": how long it is to be, not that it is still to be done. */
static bool is_foreseen_length(const struct tokens *t, const struct phrase_hit *hit) {
    return hit->first && hit->first == hit->last && str_begins_in(t->items[hit->first].folded, "prevu") &&
           str_in_words(t->items[hit->first - 1].folded, "duree durees");
}

enum status demand_look(const struct demand_book *book, struct arena *arena, struct str text,
                        const struct tokens *tokens, uint32_t *shown, struct err *err) {
    bool *figures = arena_array(arena, tokens->count + 1, sizeof *figures);
    if (!figures) return fail(err, E_LIMIT, NULL, "no memory for demands");
    bool figure = mark_figures(text, tokens, figures);
    const struct phrase_mark mark = { "@figure", figures };
    struct phrase_hit *hits;
    size_t count;
    enum status s = phrase_find(book->shown, arena, tokens, &mark, 1, &hits, &count, err);
    *shown = 0;
    for (size_t i = 0; s == OK && i < count; i++) {
        int tag = demands_shown[hits[i].phrase].tag;
        if (tag != SHOWN_PLANNED || !is_foreseen_length(tokens, &hits[i])) *shown |= UINT32_C(1) << tag;
    }
    if (names_francs(text, tokens, figures)) *shown |= UINT32_C(1) << SHOWN_PRICE;
    if (names_hour(text, tokens, figures)) *shown |= UINT32_C(1) << SHOWN_CLOCK;
    if (counts_days(tokens)) *shown |= UINT32_C(1) << SHOWN_DAY | UINT32_C(1) << SHOWN_DURATION;
    if (holds_figured_day(text)) *shown |= UINT32_C(1) << SHOWN_DAY;
    if (holds_remark(text)) *shown |= UINT32_C(1) << SHOWN_REASON;
    if (holds_phone(text)) *shown |= UINT32_C(1) << SHOWN_PHONE;
    if (figure && str_find(text, STR("€")) < text.n) *shown |= UINT32_C(1) << SHOWN_PRICE;
    return s;
}

static bool shows(uint32_t shown, int what) {
    return shown >> what & 1;
}

/* Then a figure of any kind is not it. */
static bool asks_for_kind(const struct demands *d) {
    for (int i = DEMAND_LENGTH; i < DEMAND_COUNT; i++)
        if (d->asked[i]) return true;
    return false;
}

float demand_shows(const struct demands *d, uint32_t shown) {
    bool asked = false;
    for (int i = 0; i < DEMAND_COUNT; i++) {
        if (!d->asked[i] || i == DEMAND_EFFECT || i == DEMAND_OUTCOME ||
            (i == DEMAND_MAY && d->said[SAID_OPEN]))
            continue;
        asked = true;
        if (shows(shown, i) && (i != DEMAND_AMOUNT || !asks_for_kind(d))) return 1;
    }
    return asked ? -1 : 0;
}

/* "Les effets de …": a dose is none. "Ce que le docteur a donné" asks for no effect. */
static bool asks_for_effects(const struct demands *d) {
    return d->asked[DEMAND_EFFECT] && d->said[SAID_EFFECTS];
}

/* A quote can fail to meet it. */
static bool demands_anything(const struct demands *d, const enum demand *musts, size_t count) {
    bool any = d->asked[DEMAND_DAY] || d->asked[DEMAND_OUTCOME] || d->foresees || asks_for_effects(d);
    for (size_t i = 0; i < count; i++) any |= d->asked[musts[i]];
    return any;
}

bool demand_is_met(struct text_reader *reader, struct arena *arena, const struct demands *d, struct str quote,
                   struct date day) {
    static const enum demand musts[] = { DEMAND_PRICE,    DEMAND_PHONE,    DEMAND_AMOUNT, DEMAND_REASON,
                                         DEMAND_MEANING,  DEMAND_STORAGE,  DEMAND_MISSED, DEMAND_EXPIRY,
                                         DEMAND_SEVERITY, DEMAND_LIFELONG, DEMAND_REPEAT, DEMAND_STOPPED,
                                         DEMAND_RISK,     DEMAND_PROGNOSIS };
    struct tokens tokens;
    uint32_t shown;
    if (!d->book || !demands_anything(d, musts, COUNT_OF(musts))) return true;
    if (text_tokens(reader, arena, quote, TEXT_DOCUMENT, &tokens, NULL) != OK ||
        demand_look(d->book, arena, quote, &tokens, &shown, NULL) != OK)
        return false;
    for (size_t i = 0; i < COUNT_OF(musts); i++)
        if (d->asked[musts[i]] && !shows(shown, (int)musts[i])) return false;
    if (asks_for_effects(d) && !shows(shown, SHOWN_EFFECT)) return false;
    bool planned = shows(shown, SHOWN_PLANNED);
    if (d->foresees && !planned && !speaks_of_the_future(&tokens)) return false;
    bool dated = day.year && d->said[SAID_PAST];
    bool past = d->said[SAID_PAST] && !d->said[SAID_PLANNED];
    if (d->asked[DEMAND_DAY] && past && planned) return false;
    if (d->asked[DEMAND_DAY] && !dated && !shows(shown, SHOWN_DAY)) return false;
    return !d->asked[DEMAND_OUTCOME] || d->asked[DEMAND_DAY] || !planned;
}
