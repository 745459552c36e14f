#include "documents/fact.h"

#include "documents/document_date.h"
#include "documents/kind.h"
#include "documents/lab.h"
#include "documents/lab_row.h"
#include "documents/leaflet.h"
#include "documents/medication.h"
#include "documents/person.h"
#include "documents/remark.h"
#include "documents/vaccination.h"

#include <stdlib.h>

static const char *const kind_names[KIND_COUNT] = {
    [KIND_OTHER] = "other",           [KIND_PRESCRIPTION] = "prescription",
    [KIND_LABORATORY] = "laboratory", [KIND_IMAGING] = "imaging",
    [KIND_REPORT] = "report",         [KIND_CERTIFICATE] = "certificate",
};

static const char *const type_names[FACT_TYPE_COUNT] = {
    [FACT_MEDICATION] = "medication",   [FACT_LAB_VALUE] = "lab_value", [FACT_ALLERGY] = "allergy",
    [FACT_APPOINTMENT] = "appointment", [FACT_DIAGNOSIS] = "diagnosis", [FACT_VACCINATION] = "vaccination",
};

const char *document_kind_name(enum document_kind kind) {
    return kind_names[kind];
}

bool document_kind_from_name(struct str name, enum document_kind *out) {
    for (int k = 0; k < KIND_COUNT; k++) {
        if (!str_eq(name, str_from_c(kind_names[k]))) continue;
        *out = (enum document_kind)k;
        return true;
    }
    return false;
}

const char *fact_type_name(enum fact_type type) {
    return type_names[type];
}

enum fact_type fact_type_from_name(struct str name) {
    for (int t = 0; t < FACT_TYPE_COUNT; t++)
        if (str_eq(name, str_from_c(type_names[t]))) return (enum fact_type)t;
    return FACT_TYPE_COUNT;
}

/* The legible pages, prepared. */
static enum status open_sheets(struct arena *arena, const struct page *pages, size_t count,
                               struct sheet **out, size_t *sheet_count, struct err *e) {
    struct page_lines *lines = NULL;
    enum status s = layout_pages(arena, pages, count, &lines, e);
    if (s != OK) return s;
    struct sheet *sheets = arena_array(arena, count + 1, sizeof *sheets);
    if (!sheets) return fail(e, E_LIMIT, NULL, "no memory to read %zu pages", count);
    for (size_t i = 0; i < count; i++) {
        if (!pages[i].legible) continue;
        if (!sheet_open(arena, &lines[i], &sheets[*sheet_count]))
            return fail(e, E_LIMIT, NULL, "page %d: no memory for its tables", pages[i].number);
        (*sheet_count)++;
    }
    *out = sheets;
    return OK;
}

/* Points of a title that a letter has, and of one that a paper of its own has. */
enum { LETTER_TITLE_POINTS = 45, PAPER_TITLE_POINTS = 25 };

/* What a page's head says, be it a title or a greeting. */
static int head_points(const struct kind_score *s) {
    return s->greets && s->best_title < LETTER_TITLE_POINTS ? LETTER_TITLE_POINTS : s->best_title;
}

/* One file may hold a prescription and a report: each page is read as what it is itself, else as what the document is. */
static bool read_facts(struct arena *arena, struct sheet *s, enum document_kind document, bool is_card,
                       struct fact_list *facts) {
    struct kind_score own = { 0 };
    kind_read(s, &own);
    enum document_kind kind = kind_of(&own);
    if (kind == KIND_OTHER || head_points(&own) == 0) kind = document;
    const struct vaccination_context vaccination = { is_card, kind == KIND_PRESCRIPTION };
    if (!vaccination_read(arena, s, &vaccination, facts)) return false;
    if (!lab_read(arena, s, kind == KIND_LABORATORY, facts)) return false;
    if (kind != KIND_LABORATORY && kind != KIND_IMAGING &&
        !medication_read(arena, s, kind == KIND_PRESCRIPTION, facts))
        return false;
    return remark_read(arena, s, facts);
}

/* Of all pages, in the place of what was read before. */
static bool read_all_facts(struct arena *arena, struct sheet *sheets, size_t count, enum document_kind kind,
                           bool is_card, struct fact_list *facts) {
    facts->count = 0;
    for (size_t i = 0; i < count; i++) {
        memset(sheets[i].claimed, 0, sheets[i].page->count * sizeof *sheets[i].claimed);
        memset(sheets[i].vaccinated, 0, sheets[i].page->count * sizeof *sheets[i].vaccinated);
        if (!read_facts(arena, &sheets[i], kind, is_card, facts)) return false;
    }
    return true;
}

static int compare_places(const void *va, const void *vb) {
    const struct fact *a = *(const struct fact *const *)va, *b = *(const struct fact *const *)vb;
    if (a->page != b->page) return a->page < b->page ? -1 : 1;
    if (a->box.y != b->box.y) return a->box.y < b->box.y ? -1 : 1;
    return a < b ? -1 : a > b; /* as they were found */
}

/* Facts in the order in which they stand. */
static bool sort_facts(struct arena *arena, struct fact_list *l) {
    struct fact **order = arena_array(arena, l->count + 1, sizeof(struct fact *));
    struct fact *sorted = arena_array(arena, l->count + 1, sizeof *sorted);
    if (!order || !sorted) return false;
    for (size_t i = 0; i < l->count; i++) order[i] = &l->items[i];
    qsort(order, l->count, sizeof(struct fact *), compare_places);
    for (size_t i = 0; i < l->count; i++) sorted[i] = *order[i];
    l->items = sorted;
    return true;
}

/*
 * A letter that goes before other papers: marks the pages of those, up to the next that is a report again and has no title of its own.
 * False: there are none. What they say is read; the document's kind, title, day and author are the letter's.
 */
static bool mark_enclosed(const struct sheet *sheets, size_t count, struct kind_score *letter,
                          bool *enclosed) {
    bool now = false, any = false;
    *letter = (struct kind_score) { 0 };
    if (count < 2) return false;
    kind_read(&sheets[0], letter);
    if (kind_of(letter) != KIND_REPORT || head_points(letter) < LETTER_TITLE_POINTS) return false;
    for (size_t i = 1; i < count; i++) {
        struct kind_score own = { 0 };
        kind_read(&sheets[i], &own);
        if (head_points(&own) >= LETTER_TITLE_POINTS)
            now = true;
        else if (head_points(&own) >= PAPER_TITLE_POINTS)
            now = kind_of(&own) != KIND_REPORT;
        enclosed[i] = now;
        any |= now;
    }
    return any;
}

/*
 * Without the pages that are the notice of a medicine; answers how many are left. All of the document is one when its pages make it up
 * together and none has a title of another paper. A notice behind a prescription leaves the prescription what it is.
 */
static size_t drop_leaflets(struct arena *arena, struct sheet *sheets, size_t count) {
    size_t kept = 0;
    bool titled = false;
    if (leaflet_phrases(arena, sheets, count) < LEAFLET_PHRASES_MIN) return count;
    for (size_t i = 0; i < count; i++) {
        struct kind_score own = { 0 };
        if (leaflet_phrases(arena, &sheets[i], 1) >= LEAFLET_PHRASES_MIN) continue;
        kind_read(&sheets[i], &own);
        titled |= head_points(&own) >= PAPER_TITLE_POINTS;
        sheets[kept++] = sheets[i];
    }
    return titled ? kept : 0;
}

/* A letter seldom has a heading: it is whose it is. False: the arena is full. */
static bool name_letter(struct arena *arena, const struct kind_score *score, struct document_reading *r) {
    if (!score->greets || r->kind != KIND_REPORT || r->title.n) return true;
    bool titled = str_starts(r->author, STR("Dr ")) || str_starts(r->author, STR("Pr "));
    const char *of = r->author.n == 0 ? "" : titled ? " du " : " de ";
    return arena_printf(arena, &r->title, "Lettre%s%.*s", of, STR_ARG(r->author));
}

/* The day of the papers of which `enclosed` is `which`. */
static void read_date(const struct sheet *sheets, size_t count, const bool *enclosed, bool which,
                      const struct date_about *about, struct date_choice *date) {
    for (size_t i = 0; i < count; i++)
        if (enclosed[i] == which) document_date_read(&sheets[i], about, date);
}

/* A paper is not of a day before that of its last results. */
static struct date latest_day(const struct fact_list *facts, struct date day) {
    struct date of_fact;
    for (size_t i = 0; i < facts->count; i++)
        if (date_parse_iso(facts->items[i].day, &of_fact) && date_compare(of_fact, day) > 0) day = of_fact;
    return day;
}

enum status document_read_pages(struct arena *arena, const struct page *pages, size_t count,
                                struct date received, struct document_reading *out, struct err *e) {
    struct sheet *sheets = NULL;
    size_t n = 0;
    struct kind_score score = { 0 }, letter;
    struct fact_list facts = { .arena = arena };
    struct date_choice date = { 0 };
    struct persons persons = { .signs = { .age = -1 } };
    *out = (struct document_reading) { 0 };
    enum status s = open_sheets(arena, pages, count, &sheets, &n, e);
    if (s != OK) return s;
    n = drop_leaflets(arena, sheets, n);
    bool is_card = false, *enclosed = arena_array(arena, n + 1, sizeof *enclosed);
    if (!enclosed) return fail(e, E_LIMIT, NULL, "no memory to read %zu pages", n);
    for (size_t i = 0; i < n; i++) {
        kind_read(&sheets[i], &score);
        is_card |= vaccination_is_card(&sheets[i]);
    }
    bool covers = mark_enclosed(sheets, n, &letter, enclosed);
    enum document_kind kind = kind_of(&score);
    if (!read_all_facts(arena, sheets, n, kind, is_card, &facts))
        return fail(e, E_LIMIT, NULL, "no memory for the facts of %zu pages", n);
    for (size_t i = 0; i < n; i++) {
        if (!persons_read(arena, &sheets[i], covers ? KIND_REPORT : kind, enclosed[i], &persons))
            return fail(e, E_LIMIT, NULL, "no memory for the names on page %zu", i + 1);
    }
    kind_weigh_facts(&score, facts.items, facts.count);
    bool was_laboratory = kind == KIND_LABORATORY;
    kind = covers ? KIND_REPORT : kind_of(&score);
    /* Its rows show that it is a laboratory's, of which every row counts. */
    if (kind == KIND_LABORATORY && !was_laboratory &&
        !read_all_facts(arena, sheets, n, kind, is_card, &facts))
        return fail(e, E_LIMIT, NULL, "no memory for the facts of %zu pages", n);
    struct date_about about = { .kind = kind, .received = received };
    read_date(sheets, n, enclosed, false, &about, &date);
    if (date.date.year == 0) read_date(sheets, n, enclosed, true, &about, &date);
    if (!persons_settle(arena, &persons, date.date)) return fail(e, E_LIMIT, NULL, "no memory for a name");
    date.date = latest_day(&facts, date.date);
    if (!lab_settle_days(arena, date.date, &facts)) return fail(e, E_LIMIT, NULL, "no memory for a day");
    if (!is_card && date.date.year) vaccination_drop_later(&facts, arena, date.date);
    if (!sort_facts(arena, &facts)) return fail(e, E_LIMIT, NULL, "no memory to sort %zu facts", facts.count);
    out->kind = kind;
    out->date = date.date;
    /* A prescription is not named after the house that its head names ("Rhumatologie - Rééducation"). */
    bool of_other = kind == KIND_PRESCRIPTION && score.title_kind == KIND_REPORT;
    out->title = covers ? letter.title : of_other ? STR("") : score.title;
    out->author = persons.author;
    out->patient_name = persons.patient;
    out->patient_birth = persons.birth;
    if (!name_letter(arena, covers ? &letter : &score, out))
        return fail(e, E_LIMIT, NULL, "no memory for a title");
    out->facts = facts.items;
    out->fact_count = facts.count;
    return OK;
}
