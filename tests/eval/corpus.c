#include "corpus.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static void end(const char *what) {
    fprintf(stderr, "eval: %s\n", what);
    exit(1);
}

static struct str field(struct arena *arena, const json_t *object, const char *name) {
    struct str out;
    if (!arena_dup(arena, str_from_c(json_string_value(json_object_get(object, name))), &out))
        end("no memory");
    return out;
}

static FILE *open_file(const char *folder, const char *name, const char *kind) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s_%s.jsonl", folder, name, kind);
    return fopen(path, "r");
}

static json_t *next_object(FILE *f) {
    json_error_t error;
    json_t *object = json_loadf(f, JSON_DISABLE_EOF_CHECK, &error);
    if (!object && !feof(f)) end(error.text);
    return object;
}

struct passages {
    struct str *ids;
    size_t count, capacity;
};

/* Passages of one title are one document, as a leaflet and its sections are. */
static void add_passage(struct arena *arena, struct text_reader *reader, struct corpus *c,
                        struct passages *ids, const json_t *object, struct str *last_title) {
    struct record *r = c->record;
    struct str title = field(arena, object, "title"), terms;
    if (r->document_count == 0 || !str_eq(*last_title, title)) {
        struct record_document d = { .id = (int64_t)r->document_count + 1, .title = title };
        if (record_add_document(r, reader, &d, NULL) != OK) end("document");
        *last_title = title;
    }
    struct record_chunk chunk = { .id = (int64_t)ids->count,
                                  .confidence = 100,
                                  .text = field(arena, object, "text") };
    if (terms_pack(reader, arena, chunk.heading, chunk.text, &terms, NULL) != OK) end("terms");
    if (record_add_chunk(r, (int64_t)r->document_count, &chunk, terms, NULL) != OK) end("chunk");
    if (ids->count == ids->capacity) end("too many passages");
    ids->ids[ids->count++] = field(arena, object, "id");
}

static size_t find_passage(const struct passages *ids, struct str id) {
    for (size_t i = 0; i < ids->count; i++)
        if (str_eq(ids->ids[i], id)) return i;
    end("a question names a passage that is not there");
    return 0;
}

bool corpus_read(struct arena *arena, const char *folder, const char *name, struct corpus *out) {
    FILE *passages = open_file(folder, name, "passages"), *questions = open_file(folder, name, "questions");
    if (!passages || !questions) return false;
    enum { MOST = 20000 };
    struct text_reader *reader;
    struct passages ids = { arena_array(arena, MOST, sizeof *ids.ids), 0, MOST };
    struct str title = { "", 0 };
    *out = (struct corpus) { .questions = arena_array(arena, MOST, sizeof *out->questions) };
    if (!ids.ids || !out->questions || text_reader_open(arena, &reader, NULL) != OK ||
        record_new(&out->record, NULL) != OK)
        end("no memory");
    json_t *object;
    while ((object = next_object(passages))) {
        add_passage(arena, reader, out, &ids, object, &title);
        json_decref(object);
    }
    while ((object = next_object(questions)) && out->count < MOST) {
        struct corpus_question *q = &out->questions[out->count++];
        q->text = field(arena, object, "question");
        q->group = field(arena, object, json_object_get(object, "drug") ? "drug" : "gold_id");
        q->right = find_passage(&ids, field(arena, object, "gold_id"));
        json_decref(object);
    }
    fclose(passages);
    fclose(questions);
    return true;
}
