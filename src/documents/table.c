#include "documents/table.h"

#include "documents/date_fr.h"
#include "documents/line_tokens.h"
#include "documents/table_columns.h"
#include "documents/vaccination_match.h"

enum {
    HEADER_LINES_MAX = 6,
    TABLE_LINES_MAX = 2000,
    KNOWN_PERCENT = 60,
    KNOWN_ALONE_PERCENT = 85,
    KNOWN_REST_PERCENT = 65,
    FIRST_CELL_WORDS_MAX = 7,
    STEP_MIN_PERCENT = 110
};

/* "MédicamentFréquence": two headings that run together; where the second starts, or 0. */
static size_t glued_heading(struct str text) {
    for (size_t k = 4; k + 4 < text.n; k++) {
        unsigned char before = (unsigned char)text.p[k - 1], at = (unsigned char)text.p[k];
        if (((before >= 'a' && before <= 'z') || before >= 0x80) && at >= 'A' && at <= 'Z') return k;
    }
    return 0;
}

static bool add_heading(struct headings *h, struct heading new) {
    if (h->count >= HEADINGS_MAX) return false;
    h->items[h->count++] = new;
    return true;
}

/* Both halves of a word of the line that runs together, if both are headings. `text` is the word as it stands in the line's text, because
 * the title of a heading grows over what follows it there. */
static bool add_glued(struct arena *arena, struct headings *h, struct str text, struct box box) {
    size_t cut = glued_heading(text);
    struct tokens first, second;
    enum column_role a, b;
    if (!cut || !tokens_split(arena, str_sub(text, 0, cut), &first) ||
        !tokens_split(arena, str_sub(text, cut, text.n), &second))
        return false;
    if (table_heading_match(&first, 0, &a) == 0 || table_heading_match(&second, 0, &b) == 0) return false;
    int32_t middle = box.x + (int32_t)((int64_t)box.w * (int64_t)cut / (int64_t)text.n);
    return add_heading(h, (struct heading) { a, box.x, middle, first.text }) &&
           add_heading(h, (struct heading) { b, middle, box.x + box.w, second.text });
}

/* What a line says as headings. `known` counts its tokens that belong to one, the first cell apart. */
static void read_headings(struct arena *arena, const struct line *l, const struct line_tokens *lt,
                          bool of_days, struct headings *h) {
    const struct tokens *t = &lt->tokens;
    for (size_t i = 0; i < t->count;) {
        struct heading new = { COLUMN_OTHER, 0, 0, STR("") };
        size_t day = of_days ? table_day_match(t, i) : i,
               end = day > i ? day : table_heading_match(t, i, &new.role);
        bool known = end > i;
        if (day > i) new.role = COLUMN_DATE;
        if (!known && t->items[i].text.n == l->words[lt->word[i]].text.n &&
            add_glued(arena, h, t->items[i].text, l->words[lt->word[i]].box)) {
            h->known++;
            i++;
            continue;
        }
        if (!known) end = i + 1;
        while (end < t->count && t->items[end].cell == t->items[i].cell &&
               (table_heading_goes_on(t, end) || t->items[end].glued) &&
               table_heading_match(t, end, &(enum column_role) { 0 }) == end)
            end++;
        if (known || (t->items[i].cell == 0 && l->cell_count > 1)) h->known += end - i;
        bool goes_on = !known && h->count && i && t->items[i].cell == t->items[i - 1].cell;
        struct box box = line_tokens_box(l, lt, i, end);
        if (goes_on) {
            struct heading *last = &h->items[h->count - 1];
            last->right = box.x + box.w;
            last->title.n = (size_t)(t->items[end - 1].text.p + t->items[end - 1].text.n - last->title.p);
        } else {
            new.left = box.x;
            new.right = box.x + box.w;
            new.title = tokens_text(t, i, end);
            (void)add_heading(h, new);
        }
        i = end;
    }
}

static unsigned roles_of(const struct headings *h, size_t *moments) {
    unsigned roles = 0;
    *moments = 0;
    for (size_t i = 0; i < h->count; i++) {
        roles |= 1u << h->items[i].role;
        *moments += h->items[i].role == COLUMN_MOMENT;
    }
    return roles;
}

#define ROLE(r) (1u << COLUMN_##r)

/* Headings that belong together make a table. */
static bool roles_make_table(unsigned roles, size_t moments) {
    const unsigned taking = ROLE(STRENGTH) | ROLE(FORM) | ROLE(DOSE) | ROLE(FREQUENCY) | ROLE(POSOLOGY) |
                            ROLE(ROUTE) | ROLE(DURATION) | ROLE(START) | ROLE(QUANTITY) | ROLE(RENEWALS);
    const unsigned about_result =
        ROLE(ANALYTE) | ROLE(UNIT) | ROLE(REFERENCE) | ROLE(PREVIOUS) | ROLE(FLAG) | ROLE(METHOD);
    const unsigned of_shot = ROLE(OTHER) | ROLE(GIVEN) | ROLE(RANK) | ROLE(LOT) | ROLE(DUE) | ROLE(DOSE);
    const unsigned about_range = ROLE(DATE) | ROLE(PREVIOUS) | ROLE(UNIT) | ROLE(ANALYTE) | ROLE(METHOD);
    if (moments >= 2) return true;
    if ((roles & ROLE(DRUG)) && (roles & taking)) return true;
    if ((roles & ROLE(VACCINE)) && (roles & of_shot)) return true;
    if ((roles & ROLE(RESULT)) && (roles & about_result)) return true;
    if ((roles & ROLE(REFERENCE)) && (roles & about_range)) return true;
    if ((roles & ROLE(ANALYTE)) && (roles & (ROLE(DATE) | ROLE(SPECIMEN)))) return true;
    return (roles & ROLE(DEVICE)) != 0 && (roles & (ROLE(DURATION) | ROLE(OTHER) | ROLE(RENEWALS))) != 0;
}

/* Numbers beside dates, and what is labelled ("Prélèvement : …"), stand under no heading. */
static bool holds_values(const struct tokens *t) {
    struct date_found date;
    for (size_t i = 0; i < t->count;) {
        bool value = i && token_is_sign(t, i - 1, ':') && t->items[i].cell == t->items[i - 1].cell;
        if (value && t->items[i].cell > 0) return true;
        if (date_fr_at(t, i, &date)) {
            if (value && t->items[t->count - 1].cell == 0)
                return true; /* "Début du traitement : 10/07/2026" */
            i = date_fr_skip_time(t, date.to);
            continue;
        }
        if (match_vaccine_rank(t, i) > i) { /* "1ère dose" */
            i = match_vaccine_rank(t, i);
            continue;
        }
        if (token_is_number(t, i) && !(t->items[i].glued && i && t->items[i - 1].kind == TOKEN_WORD))
            return true;
        i++;
    }
    return false;
}

/* "Date 14/11/2024 22/10", "J0 J7 Cible": nothing but days, what they are days of before them, and the range or unit behind. */
static bool is_line_of_days(const struct tokens *t) {
    enum column_role role = COLUMN_OTHER;
    size_t days = 0, i = table_heading_match(t, 0, &role);
    if (i && role != COLUMN_ANALYTE && !token_is(t, 0, "date") && role != COLUMN_DATE) return false;
    if (role == COLUMN_DATE) i = 0;
    for (size_t end; i < t->count && (end = table_day_match(t, i)) > i; i = end) days++;
    while (days > 1 && i < t->count) {
        size_t end = table_heading_match(t, i, &role);
        bool about = end > i && (role == COLUMN_REFERENCE || role == COLUMN_UNIT);
        if (!about && (t->items[i].cell != t->items[i - 1].cell || t->items[i].kind != TOKEN_WORD))
            return false; /* "Cible dialyse" goes on in its cell */
        if (!about && table_day_match(t, i - 1) == i) return false;
        i = about ? end : i + 1;
    }
    return days > 1;
}

/* The first cell may be any title ("BILAN THYROIDIEN | Résultats | Valeurs de référence"). */
static bool is_header_line(struct arena *arena, const struct line *l, struct headings *h) {
    struct line_tokens lt;
    size_t moments = 0, columns = 0;
    size_t needed = l->cell_count > 1 ? KNOWN_PERCENT : KNOWN_ALONE_PERCENT;
    *h = (struct headings) { 0 };
    if (l->word_count < 2 || l->word_count > 60 || !line_tokens_split(arena, l, &lt)) return false;
    if (token_is_sign(&lt.tokens, lt.tokens.count - 1, ':')) return false;
    bool of_days = is_line_of_days(&lt.tokens);
    read_headings(arena, l, &lt, of_days, h);
    if (of_days) return true;
    if (h->count < 2 || h->known * 100 < lt.tokens.count * needed) return false;
    for (size_t i = 0; i < h->count; i++) columns += h->items[i].role != COLUMN_OTHER;
    if (holds_values(&lt.tokens)) return false;
    unsigned roles = roles_of(h, &moments);
    if (roles_make_table(roles, moments)) return columns >= 2 || (roles & ROLE(VACCINE)) != 0;
    bool titled = h->count == 2 && l->cell_count == 2 && h->items[0].role == COLUMN_OTHER &&
                  l->cells[0].count <= FIRST_CELL_WORDS_MAX &&
                  !token_is_sign(&lt.tokens, l->cells[0].count, ':');
    return titled && h->items[1].role == COLUMN_RESULT;
}

/* A line that only goes on with the headings above: known words, or dates under "Résultats antérieurs". */
static bool is_header_rest(struct arena *arena, const struct line *l, struct headings *h) {
    struct line_tokens lt;
    struct headings below = { 0 };
    if (l->word_count > 40 || !line_tokens_split(arena, l, &lt)) return false;
    const struct tokens *t = &lt.tokens;
    size_t dates = 0, known = 0;
    for (size_t i = 0; i < t->count;) {
        enum column_role role = COLUMN_OTHER;
        size_t end = table_heading_match(t, i, &role);
        if (end > i && role == COLUMN_DATE) {
            struct box box = line_tokens_box(l, &lt, i, end);
            (void)add_heading(&below,
                              (struct heading) { role, box.x, box.x + box.w, tokens_text(t, i, end) });
            dates++;
        } else if (end == i) {
            if (token_is_number(t, i)) return false;
            end = i + 1;
            known -= !table_heading_goes_on(t, i);
        }
        known += end - i;
        i = end;
    }
    size_t unused;
    bool is_row = dates && (roles_of(h, &unused) & ROLE(VACCINE)); /* the days of vaccinations */
    if (is_row || known * 100 < t->count * KNOWN_REST_PERCENT) return false;
    if (dates)
        headings_add_below(h, &below);
    else
        headings_join_below(arena, h, l, &lt);
    return true;
}

/* Where the first of several days over columns begins; INT32_MIN: there are none. */
static int32_t left_of_days(const struct headings *h) {
    int32_t left = INT32_MIN;
    size_t days = 0;
    for (size_t i = 0; i < h->count; i++) {
        if (h->items[i].role != COLUMN_DATE) continue;
        if (days++ == 0) left = h->items[i].left;
    }
    return days > 1 ? left : INT32_MIN;
}

static int32_t middle_of(const struct line *l) {
    return l->box.y + l->box.h / 2;
}

/* Who signs stands below a table. */
static bool closes(const struct tokens *t) {
    return token_has(t, 0, WORD_DOCTOR) ||
           token_in(t, 0, "medecin signature cachet prescripteur biologiste fait");
}

/* Behind the last line of the table: a much wider step than between its lines ends it, so do other headings. */
static size_t find_end(struct arena *arena, const struct page_lines *p, const struct headings *h,
                       size_t first) {
    struct headings other;
    struct tokens t;
    size_t unused;
    unsigned roles = roles_of(h, &unused);
    bool of_vaccines = (roles & ROLE(VACCINE)) != 0; /* days are those of shots */
    int32_t days_left = left_of_days(h);
    bool for_patient;
    int32_t step_min = INT32_MAX;
    size_t i = first;
    for (; i < p->count && i - first < TABLE_LINES_MAX; i++) {
        int32_t step = middle_of(&p->lines[i]) - middle_of(&p->lines[i - 1]);
        int32_t usual = step_min == INT32_MAX ? 2 * p->word_height : step_min;
        if (usual < p->word_height * 12 / 10) usual = p->word_height * 12 / 10;
        if (step > usual * 22 / 10 || step < -p->word_height) break; /* up again: another column */
        if (!tokens_split(arena, p->lines[i].text, &t) || table_row_label(&t, &for_patient) || closes(&t))
            break;
        bool goes_on = token_is_lower(&t, 0) || token_is_sign(&t, 0, '('); /* more of a name */
        bool beside = p->lines[i].cell_count < 2 && p->lines[i].box.x < days_left && !goes_on; /* of no day */
        if (p->lines[i].repeated || beside) break;
        if (!(of_vaccines && is_line_of_days(&t)) && is_header_line(arena, &p->lines[i], &other)) break;
        if (step < step_min && step > p->word_height * STEP_MIN_PERCENT / 100) step_min = step;
    }
    return i;
}

bool table_find(struct arena *arena, const struct page_lines *p, size_t from, struct table *out) {
    struct headings h;
    for (size_t i = from; i < p->count; i++) {
        if (!is_header_line(arena, &p->lines[i], &h)) continue; /* repeated at the head of each page or not */
        size_t first = i + 1;
        while (first < p->count && first - i < HEADER_LINES_MAX &&
               is_header_rest(arena, &p->lines[first], &h))
            first++;
        *out = (struct table) { .header_first = i, .first = first, .end = find_end(arena, p, &h, first) };
        if (!table_columns_build(arena, p, &h, out)) return false;
        return true;
    }
    return false;
}

size_t table_column_of(const struct table *t, enum column_role role) {
    for (size_t i = 0; i < t->column_count; i++)
        if (t->columns[i].role == role) return i;
    return t->column_count;
}
