#include "qa_set.h"

#include <jansson.h>
#include <stdio.h>

#include "eval.h"

enum { MOST = 20000 };

static struct str text_of(struct arena *arena, const json_t *value) {
    struct str out;
    if (!arena_dup(arena, str_from_c(json_string_value(value)), &out)) eval_end("no memory");
    return out;
}

static struct str field(struct arena *arena, const json_t *object, const char *name) {
    return text_of(arena, json_object_get(object, name));
}

static FILE *open_file(const char *folder, const char *name, const char *kind) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s_%s.jsonl", folder, name, kind);
    return fopen(path, "r");
}

static json_t *next_object(FILE *f) {
    json_error_t error;
    json_t *object = json_loadf(f, JSON_DISABLE_EOF_CHECK, &error);
    if (!object && !feof(f)) eval_end(error.text);
    return object;
}

static void add_passage(struct arena *arena, struct qa_set *set, const json_t *object) {
    if (set->passage_count == MOST) eval_end("too many passages");
    struct qa_passage *p = &set->passages[set->passage_count++];
    *p = (struct qa_passage) { field(arena, object, "id"), field(arena, object, "title"),
                               field(arena, object, "text"), 0 };
    if (set->passage_count == 1 || !str_eq(p[-1].title, p->title)) set->document_count++;
    p->document = set->document_count - 1;
}

static size_t find_passage(const struct qa_set *set, struct str id) {
    for (size_t i = 0; i < set->passage_count; i++)
        if (str_eq(set->passages[i].id, id)) return i;
    eval_end("a question names a passage that is not there");
}

static void add_question(struct arena *arena, struct qa_set *set, const json_t *object) {
    if (set->question_count == MOST) eval_end("too many questions");
    set->questions[set->question_count++] = (struct qa_question) {
        .text = field(arena, object, "question"),
        .group = field(arena, object, json_object_get(object, "drug") ? "drug" : "gold_id"),
        .answer = text_of(arena, json_array_get(json_object_get(object, "answers"), 0)),
        .right = find_passage(set, field(arena, object, "gold_id")),
    };
}

bool qa_set_read(struct arena *arena, const char *folder, const char *name, struct qa_set *out) {
    FILE *passages = open_file(folder, name, "passages"), *questions = open_file(folder, name, "questions");
    json_t *object;
    if (!passages || !questions) return false;
    *out = (struct qa_set) { .passages = eval_need(arena_array(arena, MOST, sizeof *out->passages)),
                             .questions = eval_need(arena_array(arena, MOST, sizeof *out->questions)) };
    for (; (object = next_object(passages)); json_decref(object)) add_passage(arena, out, object);
    for (; (object = next_object(questions)); json_decref(object)) add_question(arena, out, object);
    fclose(passages);
    fclose(questions);
    return true;
}
