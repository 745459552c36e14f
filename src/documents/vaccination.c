#include "documents/vaccination.h"

#include "documents/vaccination_match.h"
#include "documents/vaccination_shot.h"

#include <stdlib.h>

enum {
    TITLE_LINES = 22,
    TITLE_TOKENS_MAX = 12,
    HEADING_TOKENS_MAX = 8,
    PARAGRAPH_LINES_MAX = 6,
    STEP_MAX_PERCENT = 210,
    STOP_WORD_MIN = 4,
    FULL_LINE_WORDS_MIN = 6,
    FULL_LINE_PERCENT = 80
};

/* What reading goes down the page with. */
struct vaccination_reader {
    struct arena *arena;
    struct sheet *s;
    const struct vaccination_context *context;
    struct fact_list *out;
    bool in_section, section_planned; /* below a heading that speaks of vaccinations, or of those to come */
    size_t first, last;               /* lines of the text under way */
    const struct tokens *t;
    bool is_full;
};

static bool has_class(const struct tokens *t, uint64_t classes) {
    for (size_t i = 0; i < t->count; i++)
        if (token_has(t, i, classes)) return true;
    return false;
}

bool vaccination_asterisk_is_to_come(const struct sheet *s) {
    for (size_t i = 0; i < s->page->count; i++) {
        const struct tokens *t = &s->tokens[i].tokens;
        if (t->count < 2 || !token_is_sign(t, 0, '*')) continue;
        for (size_t k = 1; k < t->count; k++)
            if (token_has(t, k, WORD_PLANNED) || token_in(t, k, "rendez rdv rv non attente")) return true;
    }
    return false;
}

bool vaccination_is_card(const struct sheet *s) {
    static const char words[] =
        "carnet certificat attestation fiche passeport carte pass statut livret international card record certificate";
    for (size_t i = 0; i < s->page->count && i < TITLE_LINES; i++) {
        const struct tokens *t = &s->tokens[i].tokens;
        if (t->count > TITLE_TOKENS_MAX || !has_class(t, WORD_VACCINE)) continue;
        for (size_t k = 0; k < t->count; k++)
            if (token_in(t, k, words)) return true;
    }
    return false;
}

static bool names_vaccine(const struct vaccination_reader *r, const struct tokens *t) {
    struct vaccine unused;
    for (size_t i = 0; i < t->count; i++)
        if (vaccine_match(t, i, r->s->tolerant, &unused) > i) return true;
    return false;
}

static bool ends_open(const struct tokens *t) {
    size_t last = t->count - 1;
    /* A dash in a cell of its own says that there is nothing. */
    bool hyphen = token_is_sign(t, last, '-') && last && t->items[last].cell == t->items[last - 1].cell;
    return token_has(t, last, WORD_LINK) || token_is_sign(t, last, ',') || hyphen ||
           token_is_sign(t, last, ':') || token_in(t, last, "contre avec lot le");
}

/* Running text that reaches as far right as the page's does: it goes on below. */
static bool is_full_line(const struct sheet *s, size_t i) {
    const struct line *l = &s->page->lines[i];
    int32_t right = 0;
    for (size_t k = 0; k < s->page->count; k++) {
        const struct box *b = &s->page->lines[k].box;
        if (b->x + b->w > right) right = b->x + b->w;
    }
    return l->cell_count == 1 && l->word_count >= FULL_LINE_WORDS_MIN &&
           (int64_t)(l->box.x + l->box.w) * 100 >= (int64_t)right * FULL_LINE_PERCENT;
}

static bool names_day(const struct sheet *s, size_t first, size_t last) {
    struct date day;
    for (size_t i = first; i <= last; i++)
        for (size_t k = 0; k < s->tokens[i].tokens.count; k++)
            if (match_vaccination_day(&s->tokens[i].tokens, k, &day) > k) return true;
    return false;
}

/* The last line of the text that starts on line i. */
static size_t text_end(const struct sheet *s, size_t i) {
    size_t last = i;
    while (last + 1 < s->page->count && last + 1 - i < PARAGRAPH_LINES_MAX) {
        const struct tokens *t = &s->tokens[last].tokens, *next = &s->tokens[last + 1].tokens;
        if (t->count == 0 || next->count == 0 || s->page->lines[last + 1].repeated) break;
        if (sheet_step_percent(s, last) > STEP_MAX_PERCENT || token_is_sign(t, t->count - 1, '.')) break;
        bool doses =
            match_vaccine_rank(next, 0) > 0 && !names_day(s, i, last); /* "Vaccin : …" over "1ère dose : …" */
        bool more = last > i && match_vaccine_rank(next, 0) > 0 && match_vaccine_rank(t, 0) > 0;
        bool begins = next->items[0].kind == TOKEN_SIGN && !token_is_sign(next, 0, '(');
        if (begins || !(doses || more || token_is_lower(next, 0) || ends_open(t) || is_full_line(s, last)))
            break;
        last++;
    }
    return last;
}

/* The line of the text under way on which its token i stands. */
static size_t line_of(const struct vaccination_reader *r, size_t i) {
    size_t line = r->first, before = 0;
    while (line < r->last && i >= before + r->s->tokens[line].tokens.count)
        before += r->s->tokens[line++].tokens.count;
    return line;
}

static struct str span_text(const struct vaccination_reader *r, struct token_span span) {
    return tokens_text(r->t, span.from, span.to);
}

static void add_fact(struct vaccination_reader *r, const struct shot *shot, const struct shot_name *n) {
    size_t first = line_of(r, shot->from < n->name.from ? shot->from : n->name.from),
           last = line_of(r, shot->to > n->name.from ? shot->to - 1 : n->name.from);
    struct fact f = { .type = FACT_VACCINATION,
                      .name = span_text(r, n->name),
                      .value = span_text(r, shot->day),
                      .dose = span_text(r, n->rank),
                      .lot = span_text(r, n->lot),
                      .due = span_text(r, shot->due) };
    if (!fact_place(r->arena, r->s->page, first, last, &f) || !fact_list_add(r->out, &f)) r->is_full = true;
    for (size_t i = first; i <= last; i++) r->s->vaccinated[i] = true;
    sheet_claim(r->s, first, last);
}

/* Was it given, by what the text and the paper say? */
static bool is_given(const struct vaccination_reader *r, const struct shots *all, const struct shot *shot,
                     const struct shot_name *n, bool speaks) {
    bool about = speaks || r->in_section || r->context->is_card;
    if (shot->planned || shot->refused || (!n->vaccine.is_sure && !about)) return false;
    if (r->context->prescribes && !all->given) return false;
    if (shot->day.to > shot->day.from) return true;
    return all->given && about && !all->doubted && !r->context->is_card;
}

/* "rappel tétanos le …", "vaccin …": the clause speaks of vaccinations; "Rappel : …" reminds. */
static bool speaks_of_vaccines(const struct shots *all, const struct shot *shot) {
    bool ranked = false;
    for (size_t k = 0; k < shot->count; k++) ranked |= shot->names[k].rank.to > shot->names[k].rank.from;
    return all->speaks || ranked;
}

/* "12/06/2026*", which is only the day of an appointment: then it is that of the next dose. */
static bool is_to_come(const struct vaccination_reader *r, const struct shot *shot) {
    return shot->day.to > shot->day.from && token_is_sign(r->t, shot->day.to, '*') &&
           vaccination_asterisk_is_to_come(r->s);
}

static void add_next(struct vaccination_reader *r, size_t before, const struct shot *shot) {
    if (r->out->count > before && r->out->items[r->out->count - 1].due.n == 0)
        r->out->items[r->out->count - 1].due = span_text(r, shot->day);
}

static void read_clause(struct vaccination_reader *r, size_t from, size_t to, bool speaks) {
    struct shots all;
    size_t before = r->out->count;
    shots_read(r->t, from, to, r->s->tolerant, &all);
    for (size_t i = 0; i < all.count; i++) {
        const struct shot *shot = &all.items[i];
        if (is_to_come(r, shot)) {
            add_next(r, before, shot);
            continue;
        }
        for (size_t k = 0; k < shot->count && !r->is_full; k++)
            if (is_given(r, &all, shot, &shot->names[k], speaks || speaks_of_vaccines(&all, shot)))
                add_fact(r, shot, &shot->names[k]);
    }
}

/* A full stop behind a whole word or a figure, or a semicolon. "Dr.", "Hép. B" go on. */
static bool ends_clause(const struct tokens *t, size_t i) {
    if (token_is_sign(t, i, ';')) return true;
    if (!token_is_sign(t, i, '.') || i == 0) return false;
    bool goes_on = i + 1 < t->count && t->items[i + 1].glued,
         whole = t->items[i - 1].kind == TOKEN_NUMBER || t->items[i - 1].text.n >= STOP_WORD_MIN;
    return !goes_on && whole;
}

static void read_text(struct vaccination_reader *r, size_t first, size_t last) {
    struct tokens t;
    if (!sheet_join_lines(r->arena, r->s, first, last, &t)) {
        r->is_full = true;
        return;
    }
    r->t = &t;
    r->first = first;
    r->last = last;
    bool speaks = has_class(&t, WORD_VACCINE);
    for (size_t from = 0; from < t.count && !r->is_full;) {
        size_t to = from;
        while (to < t.count && !ends_clause(&t, to)) to++;
        read_clause(r, from, to, speaks);
        from = to + 1;
    }
    r->t = NULL;
}

/* "VACCINATIONS", "Statut vaccinal :", "Vaccins à faire"; any other heading ends that section. */
static bool read_heading(struct vaccination_reader *r, size_t line) {
    const struct tokens *t = &r->s->tokens[line].tokens;
    struct date_found date;
    if (t->count == 0 || t->count > HEADING_TOKENS_MAX || date_fr_next(t, 0, &date)) return false;
    bool speaks = has_class(t, WORD_VACCINE), ends = token_is_sign(t, t->count - 1, ':');
    if (names_vaccine(r, t)) return false;
    if (speaks) {
        r->in_section = true;
        r->section_planned = has_class(t, WORD_PLANNED);
        return true;
    }
    bool capitals = !token_is_lower(t, 0) && r->s->page->lines[line].cell_count == 1;
    for (size_t i = 0; i < t->count && capitals; i++)
        capitals = t->items[i].kind != TOKEN_WORD || !str_eq(t->items[i].text, t->items[i].fold);
    if (ends || capitals) r->in_section = r->section_planned = false;
    return ends || capitals;
}

bool vaccination_read(struct arena *arena, struct sheet *s, const struct vaccination_context *context,
                      struct fact_list *out) {
    struct vaccination_reader r = { .arena = arena, .s = s, .context = context, .out = out };
    if (!vaccination_read_tables(arena, s, out)) return false;
    for (size_t i = 0; i < s->page->count && !r.is_full; i++) {
        const struct table *table = sheet_table_at(s, i);
        bool in_table = table && table_column_of(table, COLUMN_VACCINE) < table->column_count;
        if (in_table || s->claimed[i] || s->page->lines[i].repeated || read_heading(&r, i)) continue;
        const struct tokens *t = &s->tokens[i].tokens;
        bool names = names_vaccine(&r, t);
        if (r.section_planned && names && !context->prescribes) sheet_claim(s, i, i);
        s->vaccinated[i] |= names && (r.in_section || context->is_card);
        if (r.section_planned || !(names || has_class(t, WORD_VACCINE))) continue;
        size_t last = text_end(s, i);
        read_text(&r, i, last);
        i = last;
    }
    return !r.is_full;
}

/* The day that a fact names; year 0: none. Only the year is known: its first day. */
static struct date day_of(struct arena *arena, const struct fact *f) {
    struct tokens t;
    struct date day = { 0 };
    if (f->value.n == 0 || !tokens_split(arena, f->value, &t)) return day;
    (void)match_vaccination_day(&t, 0, &day);
    if (day.year && day.month == 0) day.month = 1;
    if (day.year && day.day == 0) day.day = 1;
    return day;
}

void vaccination_drop_later(struct fact_list *l, struct arena *arena, struct date paper) {
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++) {
        struct date day = { 0 };
        if (l->items[i].type == FACT_VACCINATION) day = day_of(arena, &l->items[i]);
        if (day.year && date_compare(day, paper) > 0) continue;
        l->items[kept++] = l->items[i];
    }
    l->count = kept;
}
