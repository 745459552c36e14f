#include "made_set.h"

#include <stdio.h>

#include "eval.h"
#include "os/file.h"

enum { FILE_BYTES_MAX = 1 << 20, QUESTIONS_MAX = 5000, NUMBER_MAX = 999 };

static struct str next_line(struct str *rest) {
    size_t n = str_find_char(*rest, '\n');
    struct str line = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return line;
}

static struct str next_field(struct str *rest, char between) {
    size_t n = str_find_char(*rest, between);
    struct str field = str_trim(str_sub(*rest, 0, n));
    *rest = str_sub(*rest, n + 1, rest->n);
    return field;
}

/* "Awa Diop, birth 1980-01-31, wo" */
static void read_patient(struct paper_person *p, struct str line) {
    struct str name = next_field(&line, ',');
    size_t at = name.n;
    while (at && name.p[at - 1] != ' ') at--;
    p->first_name = str_trim(str_sub(name, 0, at));
    p->last_name = str_sub(name, at, name.n);
    struct str birth = next_field(&line, ',');
    if (!date_parse_iso(str_trim(str_sub(birth, STR("birth").n, birth.n)), &p->birth))
        eval_end("a patient without a birth date");
    struct str lang = str_trim(line);
    p->language = str_eq(lang, STR("wo")) ? LANG_WO : str_eq(lang, STR("en")) ? LANG_EN : LANG_FR;
}

static bool read_about(struct paper_person *p, struct str line) {
    struct str value = line, key = next_field(&value, ':');
    value = str_trim(value);
    if (str_eq(key, STR("patient")))
        read_patient(p, value);
    else if (str_eq(key, STR("allergies")))
        p->allergies = value;
    else if (str_eq(key, STR("current")))
        p->current_medications = value;
    else if (str_eq(key, STR("history")))
        p->medical_history = value;
    else
        return false;
    return true;
}

static void read_record(struct paper_reader *reader, struct str text, struct made_record *out) {
    out->person.id = out->number;
    while (text.n && !str_starts(text, STR("===")))
        if (!read_about(&out->person, next_line(&text))) eval_end("a line about a patient that is not known");
    for (; text.n; out->paper_count++) {
        if (out->paper_count == MADE_PAPERS_MAX) eval_end("too many papers");
        struct str head = next_line(&text), title = next_field(&head, '|');
        size_t end = str_find(text, STR("\n=== "));
        struct made_label *label = &out->labels[out->paper_count];
        out->papers[out->paper_count] =
            (struct paper) { str_trim(str_sub(title, 3, title.n)), str_sub(text, 0, end) };
        label->kind = next_field(&head, '|');
        if (!date_parse_iso(str_trim(head), &label->day)) eval_end("a paper without a day");
        if (date_compare(label->day, out->latest) > 0) out->latest = label->day;
        text = str_sub(text, end + 1, text.n);
    }
    out->record = paper_record(reader, &out->person, out->papers, out->paper_count);
}

static void read_question(struct made_set *set, struct str line) {
    struct str number = next_field(&line, '\t'), label = next_field(&line, '\t');
    struct made_question q = { .answerable = str_eq(label, STR("answerable")) };
    int64_t n = 0;
    q.writing = next_field(&line, '\t');
    q.text = next_field(&line, '\t');
    q.words = str_trim(line);
    if (!str_to_i64(number, &n) || q.text.n == 0) eval_end("a question without its fields");
    for (size_t i = 0; i < set->record_count; i++)
        if (set->records[i].number == n) q.of = &set->records[i];
    if (!q.of) eval_end("a question of a record that is not there");
    if (set->question_count == QUESTIONS_MAX) eval_end("too many questions");
    set->questions[set->question_count++] = q;
}

void made_set_read(struct arena *arena, struct paper_reader *reader, const char *folder,
                   struct made_set *set) {
    char path[512];
    struct str text;
    struct err err = { 0 };
    *set = (struct made_set) { .questions =
                                   eval_need(arena_array(arena, QUESTIONS_MAX, sizeof *set->questions)) };
    for (int number = 1; number <= NUMBER_MAX && set->record_count < MADE_RECORDS_MAX; number++) {
        snprintf(path, sizeof path, "%s/%02d.txt", folder, number);
        if (file_read(arena, path, FILE_BYTES_MAX, &text, NULL) != OK) continue;
        struct made_record *r = &set->records[set->record_count++];
        *r = (struct made_record) { .number = number };
        read_record(reader, text, r);
    }
    snprintf(path, sizeof path, "%s/questions.tsv", folder);
    if (file_read(arena, path, FILE_BYTES_MAX, &text, &err) != OK) eval_end(err.detail);
    while (text.n) {
        struct str line = str_trim(next_line(&text));
        if (line.n && line.p[0] != '#') read_question(set, line);
    }
}

void made_set_done(struct made_set *set) {
    for (size_t i = 0; i < set->record_count; i++) record_free(set->records[i].record);
}
