#include "guard/guard.h"

#include "base/utf8.h"
#include "language/names.h"
#include "language/words.h"

/* A number of a text: "1,05", "15/11/2024", with the word that follows it. */
struct figure {
    struct str digits;
    struct str unit; /* folded; empty: none that changes its meaning */
};

struct reader {
    struct str text; /* folded */
    size_t at;
};

static const char *const units[] = { "%",
                                     "an",
                                     "ans",
                                     "amp",
                                     "ampoule",
                                     "ampoules",
                                     "annee",
                                     "annees",
                                     "bouffee",
                                     "bouffees",
                                     "cl",
                                     "comprime",
                                     "comprimes",
                                     "cp",
                                     "cpr",
                                     "cuillere",
                                     "cuilleres",
                                     "dl",
                                     "fois",
                                     "g",
                                     "gelule",
                                     "gelules",
                                     "gouttes",
                                     "goutte",
                                     "h",
                                     "heure",
                                     "heures",
                                     "injection",
                                     "injections",
                                     "j",
                                     "jour",
                                     "jours",
                                     "kg",
                                     "l",
                                     "mcg",
                                     "meq",
                                     "mg",
                                     "microgrammes",
                                     "ml",
                                     "mmol",
                                     "mois",
                                     "mol",
                                     "ng",
                                     "nmol",
                                     "pg",
                                     "pmol",
                                     "prise",
                                     "prises",
                                     "sachet",
                                     "sachets",
                                     "semaine",
                                     "semaines",
                                     "suppositoire",
                                     "suppositoires",
                                     "u",
                                     "ui",
                                     "ug",
                                     "umol",
                                     "μg",
                                     "μmol",
                                     "x" };

static bool is_unit(struct str word) {
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (str_eq(word, str_from_c(units[i]))) return true;
    return false;
}

/* The word right behind a number, over at most one space or line end. */
static struct str word_behind(struct str text, size_t at) {
    if (at < text.n && (text.p[at] == ' ' || text.p[at] == '\n')) at++;
    if (at < text.n && text.p[at] == '%') return STR("%");
    size_t end = at;
    while (end < text.n && is_letter_byte(text.p[end])) end++;
    return str_sub(text, at, end - at);
}

/* The next number: digits, and separators between digits. A digit inside a word ("B12", "HbA1c") belongs to the word. */
static bool next_figure(struct reader *r, struct figure *out) {
    while (r->at < r->text.n) {
        size_t start = r->at;
        if (!is_digit(r->text.p[start])) {
            r->at++;
            continue;
        }
        size_t end = start;
        while (end < r->text.n &&
               (is_digit(r->text.p[end]) ||
                (strchr(".,/", r->text.p[end]) && end + 1 < r->text.n && is_digit(r->text.p[end + 1]))))
            end++;
        r->at = end;
        if (start && is_letter_byte(r->text.p[start - 1])) continue;
        struct str unit = word_behind(r->text, end);
        *out = (struct figure) { str_sub(r->text, start, end - start),
                                 is_unit(unit) ? unit : (struct str) { "", 0 } };
        return true;
    }
    return false;
}

static bool text_holds(struct str folded, const struct figure *f) {
    struct reader r = { folded, 0 };
    struct figure other;
    while (next_figure(&r, &other))
        if (str_eq(other.digits, f->digits) && (f->unit.n == 0 || str_eq(other.unit, f->unit))) return true;
    return false;
}

void source_add_day(struct rag_source *s, struct date day) {
    for (size_t i = 0; i < s->day_count; i++)
        if (date_compare(s->days[i], day) == 0) return;
    if (s->day_count < SOURCE_DAYS_MAX) s->days[s->day_count++] = day;
}

static bool is_day_of(const struct rag_source *s, struct date day) {
    bool is = date_compare(s->date, day) == 0;
    for (size_t i = 0; i < s->day_count && !is; i++) is = date_compare(s->days[i], day) == 0;
    return is;
}

/* "15/11/2024" as the day of a cited document, or of a column of it. */
static bool is_cited_day(const struct figure *f, const struct rag_source *sources, size_t count) {
    if (f->digits.n != 10 || f->digits.p[2] != '/' || f->digits.p[5] != '/') return false;
    int64_t day, month, year;
    if (!str_to_i64(str_sub(f->digits, 0, 2), &day) || !str_to_i64(str_sub(f->digits, 3, 2), &month) ||
        !str_to_i64(str_sub(f->digits, 6, 4), &year))
        return false;
    for (size_t i = 0; i < count; i++)
        if (is_day_of(&sources[i], (struct date) { (int)year, (int)month, (int)day })) return true;
    return false;
}

static struct str next_word(struct reader *r) {
    while (r->at < r->text.n && !is_letter_byte(r->text.p[r->at])) r->at++;
    size_t start = r->at;
    while (r->at < r->text.n && (is_letter_byte(r->text.p[r->at]) || is_digit(r->text.p[r->at]))) r->at++;
    return str_sub(r->text, start, r->at - start);
}

static bool holds_word(struct str folded, struct str word) {
    struct reader r = { folded, 0 };
    for (struct str w = next_word(&r); w.n; w = next_word(&r))
        if (str_eq(w, word)) return true;
    return false;
}

struct evidence {
    struct str *texts; /* folded quotes and titles */
    size_t count;
};

static enum status fold_evidence(struct arena *arena, const struct rag_source *sources, size_t count,
                                 struct evidence *out, struct err *err) {
    out->texts = arena_array(arena, 2 * count + 1, sizeof *out->texts);
    if (!out->texts) return fail(err, E_LIMIT, NULL, "no memory to check an answer");
    for (size_t i = 0; i < count; i++) {
        if (!utf8_fold(arena, sources[i].quote, &out->texts[out->count++]) ||
            !utf8_fold(arena, sources[i].title, &out->texts[out->count++]))
            return fail(err, E_LIMIT, NULL, "no memory to check an answer");
    }
    return OK;
}

static bool source_bears(const struct evidence *e, size_t source, const struct figure *f) {
    return text_holds(e->texts[2 * source], f) || text_holds(e->texts[2 * source + 1], f);
}

/* One source bears all figures of the line but for days of cited documents: of two sources, each could lend a figure to the other's words. */
static bool line_is_borne(struct str line, const struct evidence *e, const struct rag_source *sources,
                          size_t count) {
    for (size_t i = 0; i < count || i == 0; i++) {
        struct reader r = { line, 0 };
        struct figure f;
        bool borne = true;
        while (borne && next_figure(&r, &f))
            borne = (i < count && source_bears(e, i, &f)) || is_cited_day(&f, sources, count);
        if (borne) return true;
    }
    return false;
}

enum status guard_check(struct arena *arena, struct str answer, struct str asked,
                        const struct rag_source *sources, size_t count, struct err *err) {
    struct evidence evidence = { 0 };
    struct str folded, asked_folded;
    enum status s = fold_evidence(arena, sources, count, &evidence, err);
    if (s != OK) return s;
    if (!utf8_fold(arena, answer, &folded) || !utf8_fold(arena, asked, &asked_folded))
        return fail(err, E_LIMIT, NULL, "no memory to check an answer");
    for (struct str rest = folded; rest.n;) {
        if (!line_is_borne(str_next_line(&rest), &evidence, sources, count))
            return fail(err, E_CONFLICT, NULL, "a figure that no source bears");
    }
    struct reader words = { folded, 0 };
    for (struct str w = next_word(&words); w.n; w = next_word(&words)) {
        bool borne = !names_is_drug(w) || holds_word(asked_folded, w);
        for (size_t i = 0; i < evidence.count && !borne; i++) borne = holds_word(evidence.texts[i], w);
        if (!borne) return fail(err, E_CONFLICT, NULL, "a medicine that no source bears");
    }
    return OK;
}

bool guard_line_stands(struct arena *arena, struct str line, struct str quote) {
    const struct rag_source source = { .quote = quote };
    return guard_check(arena, line, (struct str) { "", 0 }, &source, 1, NULL) == OK;
}
