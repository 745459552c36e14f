/*
 * measured_table -- small tables whose columns or rows are days (or sides), of which only the words are known: cells are told apart by what is written
 * in them.
 */
#include "language/when_word.h"
#include "rag/measured_line.h"
#include "rag/rag_words.h"

enum {
    CELLS_MAX = 16,
    LINES_BETWEEN_MAX = 3,
    TITLE_WORDS_MAX = 3 /* before what it names: "Historique du PSA total" */
};

struct cell {
    struct str text;
    bool empty; /* "-" */
};

static size_t skip_blanks(struct str s, size_t at) {
    while (at < s.n && s.p[at] == ' ') at++;
    return at;
}

/* A dash that stands alone: nothing was measured. */
static bool is_dash(struct str s, size_t at) {
    static const char *const dashes[] = { "-", "—", "–", "/" };
    for (size_t i = 0; i < COUNT_OF(dashes); i++) {
        size_t end = at + strlen(dashes[i]);
        if (str_starts(str_sub(s, at, s.n), str_from_c(dashes[i])) && (end == s.n || s.p[end] == ' '))
            return true;
    }
    return false;
}

static size_t word_end(struct str s, size_t at) {
    while (at < s.n && s.p[at] != ' ') at++;
    return at;
}

/* A cell of another column: a figure, with its unit behind it. 0: it is words, whose end nobody can tell. */
static size_t other_end(struct str s, size_t at) {
    if (at >= s.n || !(is_digit(s.p[at]) || strchr("<>+-", s.p[at]))) return 0;
    size_t end = word_end(s, at), next = skip_blanks(s, end), unit = word_end(s, next);
    char low[12];
    size_t n = unit - next;
    if (n == 0 || n >= sizeof low) return end;
    for (size_t i = 0; i < n; i++) low[i] = ascii_lower(s.p[next + i]);
    return word_in((struct str) { low, n }, &words_measure_unit) ? unit : end;
}

/* Cell number `index` behind byte `at`, as a value of what is wanted; false: it cannot be told for sure. */
static bool cell_at(struct measure_wanted w, struct str s, size_t at, size_t index, struct cell *out) {
    for (size_t i = 0;; i++) {
        at = skip_blanks(s, at);
        if (at >= s.n) return false;
        bool dash = is_dash(s, at), here = i == index;
        size_t end = dash ? word_end(s, at) : here ? measure_value_end(w, s, at, true) : other_end(s, at);
        if (!end && !here) end = measure_value_end(w, s, at, true);
        if (!end) return false;
        if (here) {
            *out = (struct cell) { str_sub(s, at, end - at), dash };
            return true;
        }
        at = end;
    }
}

/* Columns that the head of a table has before byte `at`: words. */
static size_t columns_before(struct str head, size_t from, size_t at) {
    size_t count = 0;
    for (size_t i = skip_blanks(head, from); i < at; i = skip_blanks(head, word_end(head, i))) count++;
    return count;
}

/* A word of the head, by its number. */
static struct str column_word(struct str head, size_t from, size_t index) {
    size_t at = skip_blanks(head, from);
    while (index-- && at < head.n) at = skip_blanks(head, word_end(head, at));
    return str_sub(head, at, word_end(head, at) - at);
}

static bool begins_with_date_word(const struct measured_line *l) {
    return l->tokens.count > 1 && word_in(l->tokens.items[0].folded, &words_day_heading);
}

/* "Mai" over a column: the first day of it, of the year of the paper or the one before. */
static bool month_at(const struct measured_list *list, const struct measured_line *l, size_t k,
                     struct date *day) {
    struct date of_paper = list->reading->record->documents[list->document].date;
    int month = when_month(&l->tokens, k);
    if (!month || !of_paper.year) return false;
    *day = (struct date) { of_paper.year - (month > of_paper.month), month, 1 };
    return true;
}

/* A column behind those of the days that holds none: "objectif", "normes". */
static bool heads_range(struct str folded) {
    return word_in(folded, &words_range_heading);
}

/* "Date 10/03/2026 12/05/2026", "juin mai objectif": nothing but days behind the first word, and the range. */
static size_t days_of(const struct measured_list *list, const struct measured_line *l, struct date *days,
                      struct str *words, bool *range) {
    size_t count = 0, k = begins_with_date_word(l) ? 1 : 0, last;
    *range = false;
    while (k < l->tokens.count && count < CELLS_MAX && !*range) {
        last = k;
        *range = count > 0 && heads_range(l->tokens.items[k].folded);
        if (*range) break;
        if (!measured_day_at(list->reading, list->document, l, k, &days[count], &last) &&
            !month_at(list, l, k, &days[count]))
            return 0;
        words[count++] = measured_words(l, k, last);
        k = last + 1;
    }
    return count > 1 ? count : 0;
}

/* "(g/dL)", "g/dL" and "kg" between a label and the first cell. */
static size_t skip_unit(struct str s, size_t at) {
    enum { UNIT_BYTES_MAX = 12 };
    size_t from = skip_blanks(s, at), end = word_end(s, from);
    struct str word = str_sub(s, from, end - from);
    if (word.n == 0 || word.n > UNIT_BYTES_MAX || is_digit(word.p[0]) || strchr("<>-", word.p[0])) return at;
    bool closed = word.p[0] == '(' && word.p[word.n - 1] == ')';
    bool unit = closed || str_find_char(word, '/') < word.n || word_in(word, &words_cell_unit);
    return unit ? end : at;
}

/* The last cell would be the beginning of a range: "3,5 - 5,5". */
static bool begins_range(struct str s, size_t end) {
    size_t at = skip_blanks(s, end);
    if (at >= s.n || !is_dash(s, at)) return false;
    at = skip_blanks(s, word_end(s, at));
    return at < s.n && is_digit(s.p[at]);
}

/* "OD (droit) OG (gauche)", "Droite Gauche": the sides over two columns. */
static bool sides_of(const struct measured_line *l, enum measured_side sides[2]) {
    size_t count = 0;
    for (size_t i = 0; i < l->tokens.count; i++) {
        enum measured_side side = measured_side_of(l->tokens.items[i].folded);
        if (side == SIDE_NONE) return false;
        if (count && sides[count - 1] == side) continue;
        if (count == 2) return false;
        sides[count++] = side;
    }
    return count == 2;
}

static bool is_row_label(const struct measured_line *l, const struct measure_label *label) {
    return label->first == 0 || (label->first == 1 && l->tokens.items[0].number);
}

/* "Poids 62 kg 65 kg 68,5 kg" below the days of the columns. */
static void read_columns_row(struct measured_list *list, const struct measured_table *table,
                             const struct measured_line *l, const struct measure_label *label) {
    struct date days[CELLS_MAX];
    struct str words[CELLS_MAX];
    enum measured_side sides[2] = { SIDE_NONE, SIDE_NONE };
    bool range;
    size_t count = days_of(list, &table->head, days, words, &range),
           from = measured_token_end(l, label->last);
    bool sided = count == 0 && sides_of(&table->head, sides);
    if (sided) count = 2;
    struct cell cells[CELLS_MAX], more;
    if (!sided) from = skip_unit(l->text, from);
    while (sided && from < l->text.n && !is_digit(l->text.p[from]) && !is_dash(l->text, from))
        from++; /* "AV loin sans corr. 2/10 5/10" */
    for (size_t i = 0; i < count; i++)
        if (!cell_at(label->of, l->text, from, i, &cells[i])) return;
    const char *behind = count ? cells[count - 1].text.p + cells[count - 1].text.n : l->text.p;
    if (count && begins_range(l->text, (size_t)(behind - l->text.p))) return;
    if (!range && cell_at(label->of, l->text, from, count, &more) && !more.empty) return;
    for (size_t i = 0; i < count; i++) {
        if (cells[i].empty) continue;
        struct measured m = { .of = label->of,
                              .label = measured_words(l, label->first, label->last),
                              .between = str_trim(str_sub(l->text, measured_token_end(l, label->last),
                                                          from - measured_token_end(l, label->last))),
                              .value = cells[i].text,
                              .line = l->text,
                              .head = table->head.text,
                              .side = sided ? sides[i] : SIDE_NONE };
        if (!sided) {
            m.day = days[i];
            m.day_words = words[i];
        }
        measured_add(list, &m);
    }
}

static void add_row_value(struct measured_list *list, const struct measured_line *l,
                          const struct measured_line *head, const struct measure_label *label,
                          struct str column, struct str value) {
    const struct measured m = { .of = label->of,
                                .label = measured_words(head, label->first, label->last),
                                .column = column,
                                .value = value,
                                .line = l->text,
                                .head = head->text,
                                .day = l->day,
                                .day_words = l->day_words };
    measured_add(list, &m);
}

/* "31/03/2026 18 mois 9,2 kg 79,5 cm" below "Date Age Poids Taille". */
static void read_dated_row(struct measured_list *list, const struct measured_table *table,
                           const struct measured_line *l) {
    const struct measured_line *head = &table->head;
    size_t from = measured_token_end(l, l->day_last), heads = measured_token_end(head, 0);
    struct cell cell;
    for (size_t i = 0; i < head->label_count; i++) {
        const struct measure_label *label = &head->labels[i];
        if (!measured_is_wanted(list, label->of)) continue;
        size_t index = columns_before(head->text, heads, head->tokens.items[label->first].at);
        if (cell_at(label->of, l->text, from, index, &cell) && !cell.empty)
            add_row_value(list, l, head, label, (struct str) { "", 0 }, cell.text);
    }
}

/* "12/05 1,71 1,69 1,88 1,49" below "Date Matin Midi Soir Coucher", of what the title above names. */
static void read_titled_row(struct measured_list *list, const struct measured_table *table,
                            const struct measured_line *l) {
    const struct measured_line *title = &table->title;
    size_t from = measured_token_end(l, l->day_last);
    struct cell cell;
    const struct measure_label *label = NULL;
    for (size_t i = 0; i < title->label_count && !label; i++)
        if (title->labels[i].first <= TITLE_WORDS_MAX && measured_is_wanted(list, title->labels[i].of))
            label = &title->labels[i];
    if (!label) return;
    if (table->kind != TABLE_ROWS) {
        if (cell_at(label->of, l->text, from, 0, &cell) && !cell.empty)
            add_row_value(list, l, title, label, (struct str) { "", 0 }, cell.text);
        return;
    }
    size_t heads = measured_token_end(&table->head, 0);
    for (size_t i = 0; i < CELLS_MAX && cell_at(label->of, l->text, from, i, &cell); i++) {
        struct str column = column_word(table->head.text, heads, i);
        if (column.n == 0) break;
        if (!cell.empty) add_row_value(list, l, title, label, column, cell.text);
    }
}

static bool holds_number(const struct measured_line *l) {
    for (size_t i = 0; i < l->tokens.count; i++)
        if (l->tokens.items[i].number) return true;
    return false;
}

static bool heads_wanted(const struct measured_list *list, const struct measured_line *head) {
    for (size_t i = 0; i < head->label_count; i++)
        if (measured_is_wanted(list, head->labels[i].of)) return true;
    return false;
}

/* The line goes on with the columns, or what comes next is below it. */
static void end_rows(struct measured_table *table, bool colon, const struct measured_line *l) {
    if (table->kind == TABLE_COLUMNS && !colon) return;
    /* A cell may go on for some lines before the next day's row. */
    if (table->kind == TABLE_ROWS && !colon && l->label_count == 0 &&
        table->lines_between++ < LINES_BETWEEN_MAX)
        return;
    table->kind = TABLE_NONE;
    table->title = *l;
}

void measured_table_pass(struct measured_table *table, struct str line) {
    const struct measured_line unread = { .text = line };
    end_rows(table, str_find_char(line, ':') < line.n, &unread);
}

bool measured_table_read(struct measured_list *list, struct measured_table *table,
                         const struct measured_line *l) {
    struct date days[CELLS_MAX];
    struct str words[CELLS_MAX];
    enum measured_side sides[2];
    bool range;
    if (days_of(list, l, days, words, &range) || sides_of(l, sides)) {
        table->kind = TABLE_COLUMNS;
        table->head = *l;
        return true;
    }
    if (l->day.year) {
        table->lines_between = 0;
        bool in_row = l->label_count && l->labels[0].first == l->day_last + 1;
        if (in_row) return false;
        if (table->kind == TABLE_ROWS && heads_wanted(list, &table->head))
            read_dated_row(list, table, l);
        else
            read_titled_row(list, table, l);
        return true;
    }
    if (begins_with_date_word(l) && !holds_number(l)) {
        table->kind = TABLE_ROWS;
        table->head = *l;
        return true;
    }
    bool colon = str_find_char(l->text, ':') < l->text.n;
    for (size_t i = 0; table->kind == TABLE_COLUMNS && !colon && i < l->label_count; i++) {
        if (!is_row_label(l, &l->labels[i])) continue;
        if (measured_is_wanted(list, l->labels[i].of)) read_columns_row(list, table, l, &l->labels[i]);
        return true;
    }
    end_rows(table, colon, l);
    return false;
}
