#include "rag/treatment.h"

#include "base/utf8.h"
#include "language/names.h"
#include "understanding/subject.h"

/* Shorter ones are more often something else. */
enum { DRUG_LETTERS_MIN = 4 };

bool treatment_is_later(const struct record_document *a, const struct record_document *b) {
    if (a->names_another != b->names_another) return b->names_another;
    if ((a->date.year == 0) != (b->date.year == 0)) return b->date.year == 0;
    int days = a->date.year ? date_compare(a->date, b->date) : 0;
    if (days) return days > 0;
    if (a->added_us != b->added_us) return a->added_us > b->added_us;
    return a->id > b->id;
}

static int days_of_unit(struct str unit) {
    if (str_eq(unit, STR("j")) || str_starts(unit, STR("jour"))) return 1;
    if (str_starts(unit, STR("sem"))) return 7;
    if (str_eq(unit, STR("mois"))) return 30;
    if (str_eq(unit, STR("an")) || str_eq(unit, STR("ans")) || str_starts(unit, STR("annee"))) return 365;
    return 0;
}

int treatment_days(struct str duration) {
    size_t at = 0, end;
    while (at < duration.n && (duration.p[at] < '0' || duration.p[at] > '9')) at++;
    for (end = at; end < duration.n && duration.p[end] >= '0' && duration.p[end] <= '9';) end++;
    int64_t number;
    if (end - at > 4 || !str_to_i64(str_sub(duration, at, end - at), &number)) return 0;
    while (end < duration.n && duration.p[end] == ' ') end++;
    size_t stop = end;
    while (stop < duration.n && ((duration.p[stop] >= 'a' && duration.p[stop] <= 'z') ||
                                 (duration.p[stop] >= 'A' && duration.p[stop] <= 'Z')))
        stop++;
    return (int)number * days_of_unit(str_sub(duration, end, stop - end));
}

static bool two_digits(struct str s, size_t at, int *out) {
    if (at + 2 > s.n || s.p[at] < '0' || s.p[at] > '9' || s.p[at + 1] < '0' || s.p[at + 1] > '9')
        return false;
    *out = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
    return true;
}

/* "du 01/12/2021 au 06/12/2021": the last day; year 0 when there is none. */
static struct date last_day(struct str duration) {
    size_t at = str_find(duration, STR("au "));
    struct str day = str_sub(duration, at + 3, 10);
    int d, m, century, year;
    if (at == duration.n || day.n < 10 || day.p[2] != '/' || day.p[5] != '/' || !two_digits(day, 0, &d) ||
        !two_digits(day, 3, &m) || !two_digits(day, 6, &century) || !two_digits(day, 8, &year))
        return (struct date) { 0 };
    struct date out = { century * 100 + year, m, d };
    return date_is_valid(out) ? out : (struct date) { 0 };
}

enum line_state treatment_line_state(const struct record *r, const struct record_fact *line,
                                     struct date today) {
    struct date day = r->documents[line->document].date;
    int days = treatment_days(line->fact.duration);
    struct date last = last_day(line->fact.duration);
    if (last.year) return date_compare(last, today) < 0 ? LINE_ENDED : LINE_HOLDS;
    if (day.year == 0 || days == 0) return LINE_UNKNOWN;
    int64_t end_us = date_to_us(day) + (int64_t)days * DAY_US;
    return end_us < date_to_us(today) ? LINE_ENDED : LINE_HOLDS;
}

/* "arrêt du lisinopril", "stopper", "ne plus prendre", "interrompre", "suspendre". */
static bool speaks_of_stopping(struct str folded) {
    static const char *const words[] = {
        "arret",      "arrete",          "arreter",          "arretee",        "stop",          "stoppe",
        "stopper",    "stoppee",         "suspendre",        "suspendu",       "suspension du", "interrompre",
        "interrompu", "ne plus prendre", "ne pas reprendre", "contre indique", "remplacer",     "remplace par"
    };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        struct str word = str_from_c(words[i]), rest = folded;
        for (size_t at = str_find(rest, word); at < rest.n; at = str_find(rest, word)) {
            bool starts = at == 0 || rest.p[at - 1] == ' ' || rest.p[at - 1] == '\'' || rest.p[at - 1] == '(';
            size_t behind = at + word.n;
            bool ends = behind == rest.n || rest.p[behind] < 'a' || rest.p[behind] > 'z';
            if (starts && ends) return true;
            rest = str_sub(rest, at + 1, rest.n);
        }
    }
    return false;
}

/* "ne pas arrêter", "sans interrompre": the contrary. */
static bool forbids_stopping(struct str folded) {
    static const char *const words[] = { "ne pas arreter",   "ne jamais arreter",  "n arretez pas",
                                         "n'arretez pas",    "ne pas interrompre", "sans arreter",
                                         "sans interrompre", "sans arret",         "ne pas stopper",
                                         "pas d'arret",      "arret de travail",   "arret maladie" };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_find(folded, str_from_c(words[i])) < folded.n) return true;
    return false;
}

bool treatment_is_stop(const struct fact *f) {
    return f->type == FACT_MEDICATION && str_starts(f->instruction, STR("arrêt"));
}

/* "Stop méthotrexate en cas de fièvre": what is to be done one day stops nothing today. */
static bool is_conditional(struct str folded) {
    static const char *const words[] = { " en cas de ", " en cas d'", " si " };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_find(folded, str_from_c(words[i])) < folded.n) return true;
    return false;
}

/* A stop that was read as a fact. */
static bool find_stop_fact(struct arena *arena, const struct record *r, const struct record_fact *line,
                           struct stop_sign *out) {
    const struct record_document *mine = &r->documents[line->document];
    for (size_t i = 0; i < r->fact_count; i++) {
        const struct record_fact *f = &r->facts[i];
        bool later = f->document == line->document || treatment_is_later(&r->documents[f->document], mine);
        if (!treatment_is_stop(&f->fact) || !later ||
            !subject_names_match(f->fact.name_folded, line->fact.name_folded))
            continue;
        struct str folded;
        if (utf8_fold(arena, f->fact.quote, &folded) && is_conditional(folded)) continue;
        *out = (struct stop_sign) { f->document, f->fact.page, f->fact.quote };
        return true;
    }
    return false;
}

/* Marks the chunks that hold a stem of the text. */
static enum status mark_chunks(const struct record *r, struct text_reader *reader, struct arena *arena,
                               struct str text, bool **out, struct err *err) {
    struct tokens t;
    enum status s = text_tokens(reader, arena, text, TEXT_DOCUMENT, &t, err);
    if (s != OK) return s;
    *out = arena_array(arena, r->chunk_count + 1, 1);
    if (!*out) return fail(err, E_LIMIT, NULL, "no memory for a question");
    for (size_t i = 0; i < t.count; i++) {
        if (t.items[i].stop || t.items[i].number || t.items[i].folded.n < 3) continue;
        postings_mark(&r->postings, t.items[i].stem, *out);
    }
    return OK;
}

static bool names_medicine(struct str folded) {
    for (size_t at = 0, end; at < folded.n; at = end + 1) {
        end = at;
        while (end < folded.n && folded.p[end] >= 'a' && folded.p[end] <= 'z') end++;
        struct str word = str_sub(folded, at, end - at);
        if (word.n >= DRUG_LETTERS_MIN && names_is_drug(word) && !names_lab(word)) return true;
    }
    return false;
}

/* The end of the sentence that begins at `at`: a full stop before a blank. */
static size_t sentence_end(struct str line, size_t at) {
    for (size_t i = at; i < line.n; i++)
        if (line.p[i] == '.' && text_ends_sentence(line, i)) return i + 1;
    return line.n;
}

/*
 * A sentence of the line that stops something stops this medicine, which the line names, unless it names another one instead: "Sertraline :
 * poursuivre. Hydroxyzine : stop."
 */
static bool line_stops(struct arena *arena, struct str line, struct str name_folded) {
    struct str folded;
    if (line.n == 0 || !utf8_fold(arena, line, &folded) || forbids_stopping(folded) ||
        !subject_names_match(folded, name_folded))
        return false;
    for (size_t at = 0, end; at < folded.n; at = end) {
        end = sentence_end(folded, at);
        struct str sentence = str_sub(folded, at, end - at);
        bool others = !subject_names_match(sentence, name_folded) && names_medicine(sentence);
        if (speaks_of_stopping(sentence) && !is_conditional(sentence) && !others) return true;
    }
    return false;
}

static bool find_in_chunk(struct arena *arena, const struct record_chunk *c, struct str name_folded,
                          struct str *sentence) {
    for (struct str rest = c->text; rest.n;) {
        size_t n = str_find_char(rest, '\n');
        *sentence = str_trim(str_sub(rest, 0, n));
        rest = str_sub(rest, n + 1, rest.n);
        if (line_stops(arena, *sentence, name_folded)) return true;
    }
    return false;
}

enum status treatment_find_stop(const struct record *r, struct text_reader *reader, struct arena *arena,
                                const struct record_fact *line, struct stop_sign *out, bool *found,
                                struct err *err) {
    static const char stopping[] =
        "arret arrete arreter arretee stop stoppe stopper stoppee suspendre suspendu suspension "
        "interrompre interrompu prendre reprendre indique remplacer remplace";
    const struct record_document *mine = &r->documents[line->document];
    bool *stops, *names;
    *found = find_stop_fact(arena, r, line, out);
    if (*found) return OK;
    enum status s = mark_chunks(r, reader, arena, STR(stopping), &stops, err);
    if (s == OK) s = mark_chunks(r, reader, arena, line->fact.name_folded, &names, err);
    for (size_t i = 0; s == OK && i < r->chunk_count && !*found; i++) {
        const struct record_chunk *c = &r->chunks[i];
        const struct record_document *other = &r->documents[c->document];
        struct str sentence;
        bool later = other->id == 0 || c->document == line->document || treatment_is_later(other, mine);
        if (!stops[i] || !names[i] || !later || !find_in_chunk(arena, c, line->fact.name_folded, &sentence))
            continue;
        *out = (struct stop_sign) { c->document, c->page, sentence };
        *found = true;
    }
    return s;
}
