#include "rag/measured.h"

#include "base/utf8.h"
#include "language/day_token.h"
#include "language/words.h"
#include "rag/measured_glance.h"
#include "rag/measured_line.h"
#include "rag/rag_words.h"

enum { WORDS_BETWEEN_MAX = 6, WORDS_BEHIND_MAX = 5, LINES_BYTES_MAX = 32 * 1024 * 1024 };

enum measured_side measured_side_of(struct str folded) {
    if (word_in(folded, &words_right_side)) return SIDE_RIGHT;
    if (word_in(folded, &words_left_side)) return SIDE_LEFT;
    return SIDE_NONE;
}

size_t measured_token_end(const struct measured_line *l, size_t token) {
    return l->tokens.items[token].at + l->tokens.items[token].bytes;
}

struct str measured_words(const struct measured_line *l, size_t first, size_t last) {
    size_t from = l->tokens.items[first].at;
    return str_sub(l->text, from, measured_token_end(l, last) - from);
}

bool measured_is_wanted(const struct measured_list *list, struct measure_wanted w) {
    for (size_t i = 0; i < list->wanted->count; i++)
        if (measure_is_same(list->wanted->items[i], w)) return true;
    return false;
}

void measured_add(struct measured_list *list, const struct measured *m) {
    if (list->count == list->capacity) {
        size_t more = list->capacity ? 2 * list->capacity : 32;
        struct measured *larger = arena_array(list->arena, more, sizeof *larger);
        if (!larger) {
            list->is_full = true;
            return;
        }
        if (list->count) memcpy(larger, list->items, list->count * sizeof *larger);
        list->items = larger;
        list->capacity = more;
    }
    list->items[list->count] = *m;
    list->items[list->count].document = list->document;
    list->items[list->count++].chunk = list->chunk;
}

/* The year that a row leaves out: the one of its paper, else the last in which the day has been. */
static struct date with_year(const struct measured_reading *r, uint32_t document, struct date day) {
    struct date of_paper = r->record->documents[document].date;
    day.year = of_paper.year ? of_paper.year : r->today.year;
    if (!of_paper.year && date_compare(day, r->today) > 0) day.year--;
    return day;
}

static bool small_number(const struct tokens *t, size_t i, int64_t least, int64_t most, int *out) {
    int64_t n;
    if (i >= t->count || !t->items[i].number || !str_to_i64(t->items[i].folded, &n) || n < least || n > most)
        return false;
    *out = (int)n;
    return true;
}

bool measured_day_at(const struct measured_reading *r, uint32_t document, const struct measured_line *l,
                     size_t i, struct date *day, size_t *last) {
    const struct tokens *t = &l->tokens;
    struct day_token found;
    int first, second;
    if (day_token_at(l->text, t, i, &found)) {
        *day = found.date;
        *last = found.last;
        return true;
    }
    size_t end = measured_token_end(l, i);
    bool slash =
        i + 1 < t->count && end < l->text.n && l->text.p[end] == '/' && t->items[i + 1].at == end + 1;
    if (!slash) return false;
    *last = i + 1;
    if (small_number(t, i, 1, 12, &first) && small_number(t, i + 1, 1990, 2100, &second)) {
        *day = (struct date) { second, first, 1 };
        return true;
    }
    if (!small_number(t, i, 1, 31, &first) || !small_number(t, i + 1, 1, 12, &second)) return false;
    *day = with_year(r, document, (struct date) { 0, second, first });
    return t->items[i].bytes == 2 && t->items[i + 1].bytes == 2 && date_is_valid(*day);
}

enum status measured_line_read(const struct measured_reading *r, uint32_t document, struct str text,
                               struct measured_line *out, struct err *err) {
    *out = (struct measured_line) { .text = text };
    enum status s = text_tokens(r->reader, r->arena, text, TEXT_DOCUMENT, &out->tokens, err);
    if (s == OK) s = measure_labels(r->book, r->arena, &out->tokens, out->labels, &out->label_count, err);
    if (s != OK || out->tokens.count == 0) return s;
    if (measured_day_at(r, document, out, 0, &out->day, &out->day_last))
        out->day_words = measured_words(out, 0, out->day_last);
    else
        out->day = (struct date) { 0 };
    return OK;
}

/* Another label begins there. */
static bool begins_label(const struct measured_line *l, size_t token) {
    for (size_t i = 0; i < l->label_count; i++)
        if (l->labels[i].first == token) return true;
    return false;
}

/* A sentence ends between two tokens; the dot of "corr." does not end one. */
static bool is_cut(const struct measured_line *l, size_t token) {
    size_t from = measured_token_end(l, token - 1), to = l->tokens.items[token].at;
    for (size_t i = from; i < to; i++) {
        if (strchr(";!?|", l->text.p[i])) return true;
        bool abbreviation = l->tokens.items[token - 1].bytes <= 4 && l->tokens.items[token].number;
        if (l->text.p[i] == '.' && !abbreviation) return true;
    }
    return false;
}

/* The side that a value's line names before its label: "OD : -0,25 … AV 9/10". */
static enum measured_side side_before(const struct measured_line *l, size_t token) {
    while (token-- > 0) {
        enum measured_side side = measured_side_of(l->tokens.items[token].folded);
        if (side != SIDE_NONE) return side;
    }
    return SIDE_NONE;
}

/* What is said right behind a value: "in the left arm", "le 02/02/2026". Answers the token behind it. */
static size_t read_behind(const struct measured_list *list, const struct measured_line *l, size_t token,
                          struct measured *m) {
    size_t k = token, last;
    for (; k < l->tokens.count && k < token + WORDS_BEHIND_MAX; k++) {
        struct date day;
        if (is_cut(l, k) || begins_label(l, k)) break;
        if (l->text.p[l->tokens.items[k].at - 1] == ',' ||
            str_find_char(measured_words(l, k - 1, k), ',') < measured_words(l, k - 1, k).n)
            break;
        if (l->tokens.items[k].number) {
            bool said = k > token && word_in(l->tokens.items[k - 1].folded, &words_before_measured_day);
            if (!said || !measured_day_at(list->reading, list->document, l, k, &day, &last)) break;
            m->day = day;
            m->day_words = measured_words(l, k, last);
            return last + 1;
        }
        enum measured_side side = measured_side_of(l->tokens.items[k].folded);
        if (side != SIDE_NONE && m->side == SIDE_NONE) m->side = side;
        if (str_in_words(l->tokens.items[k].folded, "puis et and then")) return k + 1;
    }
    return k;
}

/* The first token that begins behind byte `at`. */
static size_t token_behind(const struct measured_line *l, size_t at) {
    size_t k = 0;
    while (k < l->tokens.count && l->tokens.items[k].at < at) k++;
    return k;
}

/* "Personne de confiance : mon fils": the rest of the line behind a colon. */
static void read_rest(struct measured_list *list, const struct measured_line *l,
                      const struct measure_label *label, struct measured *m) {
    struct str rest = str_trim(str_sub(l->text, measured_token_end(l, label->last), l->text.n));
    if (rest.n < 2 || rest.p[0] != ':') return;
    m->value = str_trim(str_sub(rest, 1, rest.n));
    if (m->value.n) measured_add(list, m);
}

/* The values behind one label: "TO : OD 16 / OG 17 mmHg", "was 144/90 in the left arm, 140/88 in the right". */
static void read_label(struct measured_list *list, const struct measured_line *l,
                       const struct measure_label *label) {
    struct measured m = { .of = label->of,
                          .label = measured_words(l, label->first, label->last),
                          .line = l->text,
                          .day = l->day,
                          .day_words = l->day_words };
    size_t words = 0, first_word = label->last + 1, last;
    for (size_t k = label->first; k <= label->last && m.side == SIDE_NONE; k++)
        m.side = measured_side_of(l->tokens.items[k].folded);
    if (label->of.measure == MEASURE_TRUSTED_PERSON) {
        read_rest(list, l, label, &m);
        return;
    }
    for (size_t k = label->last + 1; k < l->tokens.count && words <= WORDS_BETWEEN_MAX;) {
        const struct token *t = &l->tokens.items[k];
        if (is_cut(l, k) || begins_label(l, k)) return;
        size_t end = measure_value_end(label->of, l->text, t->at, words == 0);
        if (end) {
            m.value = str_sub(l->text, t->at, end - t->at);
            m.between = words ? measured_words(l, first_word, k - 1) : (struct str) { "", 0 };
            size_t next = read_behind(list, l, token_behind(l, end), &m);
            if (m.side == SIDE_NONE) m.side = side_before(l, label->first);
            measured_add(list, &m);
            m.side = SIDE_NONE;
            k = first_word = next;
            words = 0;
            continue;
        }
        if (t->number) {
            struct date day;
            if (!measured_day_at(list->reading, list->document, l, k, &day, &last)) return;
            m.day = day;
            m.day_words = measured_words(l, k, last);
            k = last + 1;
            if (words == 0) first_word = k;
            continue;
        }
        enum measured_side side = measured_side_of(t->folded);
        if (side != SIDE_NONE) m.side = side;
        words++;
        k++;
    }
}

/* The line is about the patient's body: it says the age, the name or the pressure as well. */
static bool describes_patient(const struct measured_list *list, const struct measured_line *l) {
    struct str name;
    if (!utf8_fold(list->reading->arena, list->reading->record->last_name, &name)) return false;
    for (size_t i = 0; i < l->label_count; i++)
        if (l->labels[i].of.measure == MEASURE_PRESSURE) return true;
    for (size_t i = 0; i < l->tokens.count; i++) {
        bool age = i && l->tokens.items[i - 1].number && word_in(l->tokens.items[i].folded, &words_age_unit);
        if (age || (name.n && str_eq(l->tokens.items[i].folded, name))) return true;
    }
    return false;
}

/* "M. DIAGNE Ousseynou - 66 ans - 77 kg": a weight that nothing heads, cut off from what stands before it. */
static void read_unlabelled_weight(struct measured_list *list, const struct measured_line *l) {
    const struct measure_wanted weight = { MEASURE_WEIGHT, 0 };
    for (size_t i = 0; i < l->label_count; i++)
        if (measure_is_same(l->labels[i].of, weight)) return;
    if (!measured_is_wanted(list, weight) || !describes_patient(list, l)) return;
    for (size_t k = 0; k < l->tokens.count; k++) {
        size_t at = l->tokens.items[k].at, before = at;
        while (before && l->text.p[before - 1] == ' ') before--;
        bool cut = before == 0 || strchr(",:-(;/", l->text.p[before - 1]);
        size_t end = cut && l->tokens.items[k].number ? measure_value_end(weight, l->text, at, false) : 0;
        if (!end) continue;
        const struct measured m = { .of = weight,
                                    .value = str_sub(l->text, at, end - at),
                                    .line = l->text,
                                    .day = l->day,
                                    .day_words = l->day_words };
        measured_add(list, &m);
        return;
    }
}

void measured_labels_read(struct measured_list *list, const struct measured_line *l) {
    read_unlabelled_weight(list, l);
    for (size_t i = 0; i < l->label_count; i++) {
        const struct measure_label *label = &l->labels[i];
        if (measured_is_wanted(list, label->of)) read_label(list, l, label);
    }
}

static enum status read_chunk(struct measured_list *list, const struct record_chunk *c,
                              struct measured_table *table, struct err *err) {
    for (struct str rest = c->text; rest.n;) {
        struct str text = str_trim(str_next_line(&rest));
        struct measured_line line;
        enum line_worth worth;
        enum status s = measured_glance(&list->labels, list->reading->arena, text, &worth, err);
        if (s != OK) return s;
        if (worth == LINE_PASSED) measured_table_pass(table, text);
        if (worth != LINE_TO_READ) continue;
        s = measured_line_read(list->reading, c->document, text, &line, err);
        if (s != OK) return s;
        if (line.tokens.count == 0) continue;
        if (!measured_table_read(list, table, &line)) measured_labels_read(list, &line);
    }
    return list->is_full ? fail(err, E_LIMIT, NULL, "no memory for measures") : OK;
}

/* A heading that stands in another one is written behind it (chunk.h). */
static struct str last_heading(struct str heading) {
    static const char between[] = " – ";
    for (size_t at = str_find(heading, str_from_c(between)); at < heading.n;
         at = str_find(heading, str_from_c(between)))
        heading = str_sub(heading, at + strlen(between), heading.n);
    return heading;
}

/* A function word ("TA", "Tél.") is not looked up: the texts themselves are looked through. */
static enum status mark_by_text(const struct measured_reading *r, struct str word, bool *chunks,
                                struct err *err) {
    for (uint32_t i = 0; i < r->record->chunk_count; i++) {
        if (chunks[i]) continue;
        const struct str texts[] = { r->record->chunks[i].text, r->record->chunks[i].heading };
        for (size_t k = 0; k < COUNT_OF(texts); k++) {
            struct str folded;
            if (!utf8_fold(r->arena, texts[k], &folded))
                return fail(err, E_LIMIT, NULL, "no memory for measures");
            chunks[i] |= text_has_words(folded, word);
        }
    }
    return OK;
}

/* The chunks that may hold a label of what is wanted, in their text or heading, and what its table may go on in. */
static enum status mark_chunks(const struct measured_reading *r, const struct label_words *labels,
                               bool *chunks, struct err *err) {
    enum status s = OK;
    for (size_t i = 0; i < labels->count && s == OK; i++) {
        struct str stem;
        if (words_is_stop(labels->items[i])) continue;
        s = text_stem(r->reader, r->arena, labels->items[i], &stem, err);
        if (s == OK) postings_mark(&r->record->postings, stem, chunks);
    }
    for (size_t i = 0; i < labels->count && s == OK; i++)
        if (words_is_stop(labels->items[i])) s = mark_by_text(r, labels->items[i], chunks, err);
    for (size_t i = r->record->chunk_count; i > 0; i--) chunks[i] |= chunks[i - 1];
    return s;
}

/* The chunks that are marked. Lines and tables are read into the reading's arena, which is emptied before each new table. */
static enum status read_marked(struct measured_list *list, const bool *chunks, struct err *err) {
    const struct measured_reading *r = list->reading;
    struct measured_table table = { .kind = TABLE_NONE };
    const struct record_chunk *before = NULL;
    for (uint32_t i = 0; i < r->record->chunk_count; i++) {
        const struct record_chunk *c = &r->record->chunks[i];
        if (!chunks[i]) continue;
        bool goes_on = before && before->document == c->document && str_eq(before->heading, c->heading);
        list->document = c->document;
        list->chunk = i;
        if (!goes_on) {
            arena_reset(r->arena);
            table = (struct measured_table) { .kind = TABLE_NONE };
            enum status s = measured_line_read(r, c->document, last_heading(c->heading), &table.title, err);
            if (s != OK) return s;
        }
        enum status s = read_chunk(list, c, &table, err);
        if (s != OK) return s;
        before = c;
    }
    return OK;
}

enum status measured_find(const struct measured_reading *r, const struct measures_asked *wanted,
                          struct measured **out, size_t *count, struct err *err) {
    struct measured_reading lines = *r;
    struct measured_list list = { .reading = &lines, .arena = r->arena, .wanted = wanted };
    bool *chunks = arena_array(r->arena, r->record->chunk_count + 1, 1);
    lines.arena = arena_new(LINES_BYTES_MAX);
    enum status s = chunks && lines.arena ? OK : fail(err, E_LIMIT, NULL, "no memory for measures");
    if (s == OK) s = measure_label_words(r->arena, wanted, &list.labels, err);
    if (s == OK) s = mark_chunks(&lines, &list.labels, chunks, err);
    if (s == OK) s = read_marked(&list, chunks, err);
    arena_free(lines.arena);
    *out = list.items;
    *count = list.count;
    return s;
}
